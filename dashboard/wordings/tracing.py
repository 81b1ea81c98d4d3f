"""Words of the page Truy vết."""

from typing import Final

TRACING: Final[dict[str, tuple[str, str]]] = {
    "page.tracing": ("Truy vết", "Trace"),
    "trace.title": (
        "{value}: {indicator}, {place}, năm {year}",
        "{value}: {indicator}, {place}, {year}",
    ),
    "trace.stands": (
        "{organisation} báo cáo tại {cell} của tệp {file}.",
        "Reported by {organisation}, {cell} of the file {file}.",
    ),
    "trace.made": (
        "Hệ thống tính: {origin}. Dựa trên {count} số liệu.",
        "Computed by the system: {origin}. It rests on {count} figures.",
    ),
    "trace.made#one": (
        "Hệ thống tính: {origin}. Dựa trên 1 số liệu.",
        "Computed by the system: {origin}. It rests on 1 figure.",
    ),
    "trace.judges": (
        "{count} kết quả đánh giá dựa trên số này.",
        "{count} verdicts rest on it.",
    ),
    "trace.judges#one": (
        "1 kết quả đánh giá dựa trên số này.",
        "1 verdict rests on it.",
    ),
    "trace.judges_none": (
        "Không kết quả đánh giá nào dựa trên số này.",
        "No verdict rests on it.",
    ),
    # The series
    "trace.series": ("Số này là gì", "What it is"),
    "trace.indicator": ("Chỉ tiêu", "Indicator"),
    "trace.place": ("Địa phương", "Locality"),
    "trace.year": ("Năm tham chiếu", "Reference year"),
    "trace.period": ("{year}, báo cáo cho kỳ {period}", "{year}, reported for {period}"),
    "trace.group": ("Nhóm", "Group"),
    "trace.group.whole": ("chung, không phân tổ", "all, not broken down"),
    "trace.definition": ("Cách tính", "Measure"),
    "trace.family": ("Loại nguồn", "Kind of source"),
    "trace.source": ("Nguồn gốc số liệu", "Source"),
    "trace.note": ("Ghi chú của người gửi", "Note of the sender"),
    "trace.status": ("Trạng thái", "Status"),
    "trace.confidence": ("Độ tin cậy", "Confidence"),
    "trace.id": ("Mã số liệu", "Identity"),
    # The value
    "trace.value": ("Giá trị: báo cáo và tính lại", "The value: reported and recomputed"),
    "trace.what": ("Số", "Number"),
    "trace.amount": ("Giá trị", "Value"),
    "trace.cell": ("Ô trong tệp", "Cell of the file"),
    "trace.reported": ("Giá trị đơn vị ghi", "Value as reported"),
    "trace.numerator": ("Tử số", "Numerator"),
    "trace.denominator": ("Mẫu số", "Denominator"),
    "trace.recomputed": ("Tính lại: {formula}", "Recomputed: {formula}"),
    "trace.used": ("Giá trị được dùng", "Value in use"),
    "trace.same": (
        "Số đơn vị ghi khớp với số tính lại sau khi làm tròn.",
        "The reported value agrees with the recomputed one once rounded.",
    ),
    "trace.differs": (
        "Số đơn vị ghi khác số tính lại; hệ thống dùng số tính lại từ tử số và mẫu số.",
        "The reported value differs from the recomputed one; the one from the counts is used.",
    ),
    "trace.as_reported": (
        "Không có đủ tử số và mẫu số để tính lại: dùng giá trị đơn vị ghi.",
        "Without both counts nothing can be recomputed: the value is used as reported.",
    ),
    # The report
    "trace.report": ("Báo cáo", "Report"),
    "trace.organisation": ("Đơn vị gửi", "Sender"),
    "trace.of": ("Báo cáo của", "Report of"),
    "trace.reporting_period": ("Kỳ báo cáo", "Period"),
    "trace.file": ("Tệp", "File"),
    "trace.received": ("Nhận lúc", "Received"),
    "trace.received_at": ("{time} ngày {day}", "{day}, {time}"),
    "trace.where": ("Vị trí", "Place in it"),
    "trace.prepared": ("Người lập, ngày lập", "Prepared by, on"),
    "trace.state": ("Tình trạng", "State"),
    "trace.state.accepted": ("đã tiếp nhận, đang có hiệu lực", "accepted, in force"),
    "trace.state.refused": ("không được tiếp nhận", "refused"),
    "trace.state.superseded": (
        "đã được thay bằng {file}, nhận {received}",
        "superseded by {file}, received {received}",
    ),
    "trace.provenance": ("Xuất xứ, giấy phép", "Provenance, licence"),
    "trace.sha256": ("SHA-256 của tệp gốc", "SHA-256 of the file"),
    "trace.carried": (
        "Số của đơn vị cũ giữ nguyên địa giới, chuyển sang đơn vị này.",
        "A figure of the former unit with unchanged borders, carried over to this one.",
    ),
    "trace.none": (
        "Không có tệp nào ghi số này: hệ thống tính từ các số liệu ở dưới.",
        "No file holds this figure: the system computed it from the figures below.",
    ),
    # What changed
    "trace.corrections": ("Đính chính", "Corrections"),
    "trace.corrections.none": ("Không đính chính.", "Nothing was corrected."),
    "trace.correction": (
        "{place}: {what} {received} → {corrected}. {reason}",
        "{place}: {what} {received} → {corrected}. (given in Vietnamese) {reason}",
    ),
    "trace.revisions": ("Các lần sửa của chuỗi số này", "Revisions of this series"),
    "trace.revisions.none": (
        "Chưa báo cáo nào sửa số này.",
        "No later report has changed it.",
    ),
    "trace.revision.when": ("Nhận", "Received"),
    "trace.revision.old": ("Giá trị cũ", "Old value"),
    "trace.revision.new": ("Giá trị mới", "New value"),
    "trace.revision.by": ("Do báo cáo", "By the report"),
    "trace.revision.withdrawn": ("rút bỏ", "withdrawn"),
    # Checks
    "trace.issues": ("Kiểm tra", "Checks"),
    "trace.issues.none": (
        "Không có lỗi hay cảnh báo ở dòng này.",
        "Nothing was found at this row.",
    ),
    "trace.issues.file": (
        "Cả tệp: {errors} lỗi, {warnings} cảnh báo; {rules} quy tắc so với lịch sử: {passed} lượt "
        "đạt, {failed} lượt nêu, {cannot_tell} lượt không đủ số để so.",
        "The whole file: {errors} errors, {warnings} warnings; {rules} rules against history: "
        "{passed} passed, {failed} told, {cannot_tell} could not be judged.",
    ),
    "trace.issue.severity": ("Mức", "Severity"),
    "trace.issue.cell": ("Ô", "Cell"),
    "trace.issue.message": ("Nội dung", "Finding"),
    "trace.issue.advice": ("Cần làm", "What to do"),
    "severity.error": ("lỗi", "error"),
    "severity.warning": ("cảnh báo", "warning"),
    # Whence and whereto
    "trace.parts": ("Tính từ", "Computed from"),
    "trace.parts.figure": ("Số liệu", "Figure"),
    "trace.parts.file": ("Tệp, vị trí", "File, place"),
    "trace.parts.weight": ("Quyền số", "Weight"),
    "trace.parts.catalogue": ("{weight} (theo dân số trong danh mục)", "{weight} (population)"),
    "trace.wholes": ("Đi vào", "Goes into"),
    "trace.wholes.none": (
        "Không số tổng hợp nào dùng số này.",
        "No computed figure uses it.",
    ),
    "trace.wholes.how": ("Cách tổng hợp", "How"),
    "trace.wholes.weight": ("dùng làm quyền số", "as a weight"),
    "trace.verdicts": ("Kết quả đánh giá dựa trên số này", "Verdicts that rest on it"),
    "trace.verdict.use": ("Vai trò", "Part played"),
    "trace.use.latest": ("giá trị được xét", "the value judged"),
    "trace.use.base": ("số gốc để tính tiến độ", "the base of the pace"),
    "trace.use.through": ("qua số tổng hợp", "through a computed figure"),
    "trace.use.not_primary": ("nguồn thứ hai", "second source"),
    "trace.more": ("và {count} dòng khác", "and {count} more"),
    # Without a figure
    "trace.start": ("Truy vết một con số", "Trace a number"),
    "trace.start.how": (
        "Bấm vào bất kỳ con số nào trong bảng số liệu của trang Chỉ tiêu, hoặc vào một số dưới "
        "đây, để xem tệp, trang tính và ô của nó, các lần sửa, các kiểm tra và kết quả dựa trên "
        "nó.",
        "Follow any number in the tables of the page Target, or one of those below, to its "
        "file, sheet and cell, its revisions, its checks and the verdicts that rest on it.",
    ),
    "trace.start.figures": (
        "Số đang được xét của {place}",
        "Figures judged for {place}",
    ),
    "trace.start.none": (
        "Chưa có số nào được xét của {place}; hãy chọn địa phương khác.",
        "No figure is judged for {place} yet; choose another locality.",
    ),
    "trace.unknown": ("Không có số liệu này", "No such figure"),
    "trace.unknown.what": (
        "Bản công bố này không có số liệu mang mã “{code}”.",
        "This release holds no figure “{code}”.",
    ),
    "trace.unknown.do": (
        "Hãy kiểm tra lại địa chỉ, hoặc tìm số ở trang Chỉ tiêu rồi bấm vào đó.",
        "Check the address, or find the number on the page Target and follow it.",
    ),
    "trace.replaced": (
        "Số này của chỉ tiêu {indicator}, {place}, kỳ {period} ({value}) đã được một báo cáo "
        "sau thay.",
        "This figure of {indicator}, {place}, {period} ({value}) was replaced by a later report.",
    ),
    "trace.withdrawn": (
        "Số này của chỉ tiêu {indicator}, {place}, kỳ {period} ({value}) đã được báo cáo sau "
        "rút bỏ.",
        "This figure of {indicator}, {place}, {period} ({value}) was withdrawn by a later report.",
    ),
    "trace.replaced.by": ("Xem số đang có hiệu lực", "Show the figure in force"),
}
