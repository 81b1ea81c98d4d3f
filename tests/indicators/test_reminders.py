"""Letters that name the period, the deadline, what is wrong and how to send."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest

from indicators.reminders import is_to_remind, period_label_vi, reminder

TODAY = date(2025, 12, 2)


def row(**values: Any) -> dict[str, Any]:
    return {
        "locality_id": "00004@2025", "reporting_period": "2025", "recipient_vi": "Sở Nội vụ Hà Nội",
        "due_before": date(2025, 11, 30), "last_good_day": date(2025, 11, 29),
        "passed_on_before": None, "status": "missing", "received_on": None, "days_late": 3,
        "file_name": None, "error_count": None, "valid_to": None, **values,
    }  # fmt: skip


def test_a_missing_report() -> None:
    letter = reminder(row(), "phường Ba Đình", TODAY)
    assert letter.subject == "Nhắc nộp báo cáo bình đẳng giới năm 2025: phường Ba Đình"
    for words in (
        "Kính gửi: Ủy ban nhân dân phường Ba Đình",
        "trước ngày 30/11/2025, tức là chậm nhất hết ngày 29/11/2025",
        "chưa nhận được báo cáo của đơn vị, quá hạn 3 ngày",
        "kỳ báo cáo ghi 2025, mã địa phương 00004@2025",
        "gửi cả tệp tới Sở Nội vụ Hà Nội",
        "Trân trọng cảm ơn",
    ):
        assert words in letter.text
    assert unicodedata.is_normalized("NFC", letter.text)
    assert "None" not in letter.text


def test_a_refused_report_names_the_file_and_what_to_mend() -> None:
    refused = row(
        status="refused", file_name="bao-cao.xlsx", error_count=7, received_on=date(2025, 11, 20)
    )
    letter = reminder(refused, "phường Ba Đình", TODAY)
    assert letter.subject.startswith("Đề nghị sửa và gửi lại báo cáo")
    assert '"bao-cao.xlsx" nhận ngày 20/11/2025 chưa được tiếp nhận vì còn 7 lỗi' in letter.text
    assert "sửa các ô được đánh dấu" in letter.text
    assert "gửi lại cả tệp đã sửa tới Sở Nội vụ Hà Nội" in letter.text
    assert "chưa nhận được báo cáo" not in letter.text
    assert "điền biểu mẫu" not in letter.text  # it is filled in already


def test_before_the_deadline_the_letter_does_not_scold() -> None:
    ahead = row(status="not_yet_due", days_late=None)
    letter = reminder(ahead, "phường Ba Đình", date(2025, 11, 20))
    assert letter.subject.startswith("Sắp đến hạn nộp")
    assert "quá hạn" not in letter.text


def test_where_there_is_an_address_it_is_named() -> None:
    letter = reminder(row(), "phường Ba Đình", TODAY, "baocao@example.gov.vn")
    assert "tới địa chỉ baocao@example.gov.vn" in letter.text


def test_a_unit_whose_recipient_must_report_on_is_told_so() -> None:
    letter = reminder(row(passed_on_before=date(2025, 12, 5)), "phường Ba Đình", TODAY)
    assert "báo cáo lên cấp trên trước ngày 05/12/2025" in letter.text


def test_without_a_named_day_the_letter_names_none() -> None:
    refused = row(
        status="refused", due_before=None, last_good_day=None, days_late=None,
        file_name="a.xlsx", error_count=1, received_on=date(2025, 11, 20),
    )  # fmt: skip
    letter = reminder(refused, "phường Trần Liễu", TODAY)
    assert "theo quy định" in letter.text
    assert "trước ngày" not in letter.text


@pytest.mark.parametrize(
    ("values", "as_of", "wanted"),
    [
        ({"status": "missing"}, TODAY, True),
        ({"status": "refused"}, TODAY, True),
        ({"status": "on_time"}, TODAY, False),
        ({"status": "late"}, TODAY, False),
        ({"status": "no_deadline", "last_good_day": None}, TODAY, False),
        ({"status": "not_yet_due"}, date(2025, 11, 14), False),
        ({"status": "not_yet_due"}, date(2025, 11, 15), True),
        ({"status": "missing", "valid_to": date(2025, 12, 1)}, TODAY, False),
        ({"status": "missing", "valid_to": TODAY}, TODAY, True),
    ],
)
def test_who_is_written_to(values: dict[str, Any], as_of: date, *, wanted: bool) -> None:
    assert is_to_remind(row(**values), as_of) is wanted


@pytest.mark.parametrize(
    ("period", "label"),
    [("2025", "năm 2025"), ("2025-S1", "6 tháng đầu năm 2025")],
)
def test_periods_in_words(period: str, label: str) -> None:
    assert period_label_vi(period) == label
