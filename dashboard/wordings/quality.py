"""Words of the findings, corrections and revisions on the page Nộp báo cáo & chất lượng."""

from typing import Final

QUALITY: Final[dict[str, tuple[str, str]]] = {
    "quality.of_period": ("{heading}, {period}", "{heading}, {period}"),
    "quality.all_periods": ("{heading}, mọi kỳ", "{heading}, all periods"),
    "quality.show_all": ("Xem mọi kỳ", "Show all periods"),
    # Findings
    "quality.findings": ("Kết quả kiểm tra theo quy tắc", "Findings by rule"),
    "quality.findings.told": (
        "{rules} quy tắc có phát hiện: {errors} lỗi, {warnings} cảnh báo. Lỗi làm báo cáo chưa "
        "được tiếp nhận; cảnh báo đề nghị đơn vị xem lại, số vẫn được dùng.",
        "{rules} rules found something: {errors} errors, {warnings} warnings. An error keeps a "
        "report from being taken; a warning asks to look again, the figure is used.",
    ),
    "quality.findings.none": (
        "Không có lỗi hay cảnh báo nào trong các báo cáo đang xem.",
        "No error and no warning in the reports in view.",
    ),
    "quality.rule": ("Quy tắc", "Rule"),
    "quality.severity": ("Mức", "Severity"),
    "quality.count": ("Phát hiện", "Findings"),
    "quality.submissions": ("Báo cáo", "Submissions"),
    "quality.judged": ("Đã xét", "Judged"),
    "quality.cannot_tell": (
        "{count} lượt chưa đủ căn cứ",
        "{count} times something needed was missing",
    ),
    "quality.example": ("Ví dụ", "Example"),
    "quality.list": ("{rule}: từng phát hiện", "{rule}: every finding"),
    "quality.list.close": ("Đóng danh sách", "Close the list"),
    "quality.list.more": (
        "Chỉ hiển thị {shown} trong {count} phát hiện; chọn địa phương hoặc kỳ để thu hẹp.",
        "{shown} of {count} findings are shown; choose a locality or a period to narrow them down.",
    ),
    "quality.report": ("Báo cáo", "Submission"),
    "quality.cell": ("Ô", "Cell"),
    "quality.message": ("Nội dung", "Finding"),
    "quality.advice": ("Việc cần làm", "What to do"),
    "quality.replaced": ("đã có báo cáo thay thế", "replaced by a later report"),
    # Corrections
    "quality.corrections": ("Đính chính", "Corrections"),
    "quality.corrections.none": (
        "Chưa có đính chính nào cho số liệu đang xem. Đính chính là lỗi đã biết của nguồn mà hệ "
        "thống sửa khi nạp, kèm lý do và người quyết định.",
        "Nothing in view was corrected. A correction mends a known error of a source on loading, "
        "with its reason and who decided.",
    ),
    "quality.figure": ("Số liệu", "Figure"),
    "quality.column": ("Cột", "Column"),
    "quality.received": ("Đơn vị ghi", "Received"),
    "quality.corrected": ("Sửa thành", "Corrected"),
    "quality.reason": ("Lý do", "Reason"),
    "quality.decided_by": ("Người quyết định", "Decided by"),
    # Revisions
    "quality.revisions": ("Số liệu sửa lại", "Revised figures"),
    "quality.revisions.none": (
        "Chưa có báo cáo nào sửa lại số liệu đang xem.",
        "No later report changed a figure in view.",
    ),
    "quality.before": ("Trước", "Before"),
    "quality.now": ("Sau", "After"),
    "quality.when": ("Ngày nhận", "Received"),
    "quality.by": ("Báo cáo sửa", "Changed by"),
    "quality.withdrawn": ("rút bỏ", "withdrawn"),
    "quality.more": ("Xem thêm {count} dòng", "Show {count} more rows"),
}
