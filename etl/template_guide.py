"""Sheets Hướng dẫn and Thông tin of the template."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from etl import form
from etl.template_content import TemplateContent
from etl.template_localities import last_day
from etl.template_styles import Styles

_STEPS: Final = (
    (
        "1. Thông tin",
        "Kiểm tra tên đơn vị báo cáo, ghi ngày lập và người lập.",
    ),
    (
        "2. Số liệu",
        "Nhập tử số và mẫu số ở các ô nền vàng; ô nền xanh tự tính ra kết quả. Cột Giá trị chỉ "
        "nhập khi biết kết quả mà không có tử số, mẫu số (số liệu điều tra), nếu ô cho nhập.",
    ),
    (
        "3. Không có số liệu",
        "Để trống, không ghi 0. Không có đối tượng nào để tính thì ghi tử số 0 và mẫu số 0.",
    ),
    (
        "4. Kỳ trước",
        "Số đã được tiếp nhận của kỳ gần nhất, để đối chiếu; chênh lệch lớn thì ghi lý do ở cột "
        "Ghi chú.",
    ),
    (
        "5. Danh sách chọn",
        "Loại nguồn, trạng thái số liệu, kết quả tự đánh giá: chọn trong danh sách thả xuống.",
    ),
    (
        "6. Đánh giá",
        "Chọn kết quả tự đánh giá cho từng mục tiêu và mốc; nêu nguyên nhân, khó khăn, đề xuất khi "
        "chưa đạt.",
    ),
    (
        "7. Giữ đúng mẫu",
        "Các ô khác được khóa (không có mật khẩu). Không đổi tên trang tính, không xóa cột, không "
        "xóa dòng; dòng không dùng thì để trống.",
    ),
    (
        "8. Gửi",
        "Lưu dạng .xlsx bằng Excel hoặc LibreOffice rồi gửi. Ô nào sai sẽ được đánh dấu trong thư "
        "trả lời.",
    ),
)
_LINE_LENGTH: Final = 100  # characters of a step on one line
_ONE_LINE: Final = 18.0
_TWO_LINES: Final = 34.0
_LEGEND: Final = (
    ("ô để nhập", "entry_text"),
    ("ô tự tính", "computed"),
    ("ô khóa, chỉ để đọc", "text"),
    ("không áp dụng cho chỉ tiêu này", "unused"),
)
_NOTES: Final = {
    "organisation": "viết giống nhau giữa các lần gửi",
    "prepared_on": "ngày/tháng/năm",
    "prepared_by": "họ tên, điện thoại để liên hệ",
    "number_locale": "vi: 1.234,5; en: 1,234.5 (chỉ cần cho số gõ dạng chữ)",
    "is_synthetic": "“có” nếu chỉ là số liệu thử",
    "licence": "chỉ ghi với số liệu đã công bố ở nơi khác",
    "provenance": "chỉ ghi với số liệu đã công bố ở nơi khác",
}
_LOCKED: Final = ("template_id", "template_version", "locality", "reporting_period", "dataset_id")
_DATASET: Final = "BDG"


def write_guide(sheet: Any, styles: Styles, content: TemplateContent) -> None:
    """A page that says what to do, by when, and what the colours mean."""
    locality = content.locality
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "BÁO CÁO SỐ LIỆU BÌNH ĐẲNG GIỚI", styles.title)
    facts = [
        ("Địa phương", f"{content.place} ({locality.locality_id})"),
        ("Kỳ báo cáo", _period_words(content.period)),
        ("Hạn gửi", content.deadline or "theo văn bản của cơ quan cấp trên"),
        ("Mẫu biểu", f"{form.TEMPLATE_ID}, phiên bản {form.TEMPLATE_VERSION}"),
        ("Gồm", f"{len(content.series)} dòng số liệu, {len(content.statements)} dòng đánh giá"),
    ]
    row = 2
    for label, words in facts:
        sheet.write_string(row, 0, label, styles.text)
        sheet.write_string(row, 1, words, styles.text)
        row += 1
    sheet.write_string(row + 1, 0, "Cách làm", styles.section)
    row += 2
    for heading, step in _STEPS:
        sheet.write_string(row, 0, heading, styles.paragraph)
        sheet.write_string(row, 1, step, styles.paragraph)
        sheet.set_row(row, _TWO_LINES if len(step) > _LINE_LENGTH else _ONE_LINE)
        row += 1
    sheet.write_string(row + 1, 0, "Màu ô", styles.section)
    row += 2
    looks = {
        "entry_text": styles.entry_text,
        "computed": styles.computed(1),
        "text": styles.text,
        "unused": styles.unused,
    }
    for words, look in _LEGEND:
        sheet.write_blank(row, 0, None, looks[look])
        sheet.write_string(row, 1, words, styles.text)
        row += 1


def write_information(sheet: Any, styles: Styles, content: TemplateContent) -> None:
    """The fields of the form, filled in as far as they are known."""
    locality = content.locality
    values = {
        "template_id": form.TEMPLATE_ID,
        "template_version": form.TEMPLATE_VERSION,
        "organisation": content.organisation or _usual_organisation(content),
        "locality": locality.locality_id,
        "reporting_period": content.period,
        "dataset_id": _DATASET,
        "number_locale": "vi",
        "is_synthetic": "không",
    }
    notes = _NOTES | {"locality": content.place}
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 48)
    sheet.set_column(2, 2, 56)
    sheet.write_string(0, 0, "THÔNG TIN BÁO CÁO", styles.title)
    for row, one in enumerate(form.INFORMATION_FIELDS, start=2):
        sheet.write_string(row, 0, one.label, styles.header)
        style = styles.text if one.name in _LOCKED else styles.entry_text
        if one.name == "prepared_on":
            sheet.write_blank(row, 1, None, styles.entry_date)
        elif one.name == "organisation":
            # Somebody once reported under this name; it stays words whatever it begins with.
            sheet.write_string(row, 1, values[one.name], styles.entry_quoted)
        else:
            sheet.write_string(row, 1, values.get(one.name, ""), style)
        needed = "bắt buộc; " if one.required and one.name not in _LOCKED else ""
        sheet.write_string(row, 2, f"{needed}{notes.get(one.name, '')}".strip("; "), styles.text)
        _restrict(sheet, row, one.name, content)


def _restrict(sheet: Any, row: int, name: str, content: TemplateContent) -> None:
    """Data validation of the fields that take a date or a word out of a list."""
    if name == "prepared_on":
        year = last_day(content.period).year
        first, last = date(year - 1, 1, 1), date(year + 2, 12, 31)
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": first,
            "maximum": last,
            "error_title": "Ngày không hợp lệ",
            "error_message": f"Ghi ngày/tháng/năm, từ 01/01/{first.year} đến 31/12/{last.year}.",
        }
    elif name in ("number_locale", "is_synthetic"):
        words = ["vi", "en"] if name == "number_locale" else ["không", "có"]
        rule = {
            "validate": "list",
            "source": words,
            "error_title": "Không có trong danh sách",
            "error_message": f"Hãy chọn: {'; '.join(words)}.",
        }
    else:
        return
    sheet.data_validation(row, 1, row, 1, rule)


def _period_words(period: str) -> str:
    halves = {"S1": "6 tháng đầu năm", "S2": "6 tháng cuối năm"}
    half = halves.get(period[5:])
    return f"{half} {period[:4]} ({period})" if half else f"năm {period}"


def _usual_organisation(content: TemplateContent) -> str:
    """Who usually signs, to be changed if it is another."""
    locality = content.locality
    if locality.level == "national":
        return "Bộ Nội vụ"
    office = "Sở Nội vụ" if locality.level == "province" else "Ủy ban nhân dân"
    return f"{office} {content.place}"
