"""Words of pages, filters, tables and messages."""

from typing import Final

INTERFACE: Final[dict[str, tuple[str, str]]] = {
    # Shell
    "product": ("Bình đẳng giới", "Gender equality"),
    "product_long": (
        "Thống kê giới Việt Nam: kết quả thực hiện các chỉ tiêu bình đẳng giới",
        "Gender statistics of Viet Nam: progress on the gender-equality targets",
    ),
    "skip": ("Đến nội dung chính", "Skip to the main content"),
    "loading": ("Đang tải số liệu…", "Loading the figures…"),
    "noscript": (
        "Trang này cần JavaScript. Hãy bật JavaScript trong trình duyệt rồi tải lại trang.",
        "This page needs JavaScript. Switch it on in your browser and load the page again.",
    ),
    "unreachable": (
        "Máy chủ không trả lời nên trang vừa chọn chưa mở được.",
        "The server does not answer, so the page you asked for has not opened.",
    ),
    "unreachable.do": (
        "Hãy kiểm tra mạng rồi bấm Thử lại. Nếu vẫn không được, báo người vận hành.",
        "Check the network, then try again. If it still fails, tell the operator.",
    ),
    "unreachable.tried": ("Đã thử lại, chưa được, lúc", "Tried again without success at"),
    "retry": ("Thử lại", "Try again"),
    "theme.dark": ("Nền tối", "Dark theme"),
    "pages": ("Các trang", "Pages"),
    "filters": ("Chọn số liệu", "Choose the figures"),
    "language": ("Ngôn ngữ", "Language"),
    "release_of": ("Bản công bố {date}", "Release of {date}"),
    "release_as_of": ("Số liệu đến {date}", "Figures up to {date}"),
    "banner.as_of": (
        "Theo số liệu đến ngày {date} (lượt chạy {run}), tính lại theo danh mục và phương pháp "
        "hiện nay. Đây không phải bản công bố hiện hành.",
        "Figures received up to {date} (run {run}), judged by the catalogue and the method of "
        "today. This is not the current release.",
    ),
    "banner.chosen": (
        "Theo bản công bố ngày {date}, được chọn để xem riêng; có thể không phải bản hiện hành.",
        "The release of {date}, opened on its own; it may not be the current one.",
    ),
    "release_footer": (
        "Bản công bố {id}, ngày {date}; đánh giá theo phương pháp {method}, năm {year}.",
        "Release {id} of {date}; assessed by method {method}, as of {year}.",
    ),
    # Pages
    "page.overview": ("Tổng quan", "Overview"),
    "page.target": ("Chỉ tiêu", "Target"),
    # Filters
    "filter.locality": ("Địa phương", "Locality"),
    "filter.target": ("Chỉ tiêu", "Target"),
    "filter.milestone": ("Mốc", "Milestone"),
    "filter.geography": ("Địa giới", "Boundaries"),
    "filter.nothing": ("Không tìm thấy", "Nothing found"),
    "geography.2025": ("34 tỉnh", "34 provinces"),
    "geography.2004": ("63 tỉnh", "63 provinces"),
    "geography.long.2025": (
        "34 tỉnh, thành phố từ 01/07/2025",
        "34 provinces and cities since 1 July 2025",
    ),
    "geography.long.2004": (
        "63 tỉnh, thành phố đến 30/06/2025",
        "63 provinces and cities until 30 June 2025",
    ),
    "all_localities": ("Tất cả địa phương", "All localities"),
    "legend": ("Ký hiệu", "Key"),
    # Target
    "target.code": ("Chỉ tiêu {code}", "Target {code}"),
    "target.trend": ("Diễn biến", "Trend"),
    "target.parts": ("Các hợp phần", "Parts"),
    "target.part": ("Hợp phần", "Part"),
    "target.document": ("Văn bản giao chỉ tiêu", "Document that sets the target"),
    "document.wording": ("Mốc {year}: “{text}”", "{year}: “{text}”"),
    "document.confirmed": (
        "đã đối chiếu văn bản gốc: {office}, {date}",
        "checked against the original act: {office}, {date}",
    ),
    "target.statement": ("Ý kiến của đơn vị báo cáo", "What the reporting unit says"),
    "target.back": ("Về trang Tổng quan", "Back to the overview"),
    "target.all_note": (
        "Trang này xem một địa phương mỗi lần; đang hiển thị: {locality}.",
        "This page shows one locality at a time; shown now: {locality}.",
    ),
    "figure.provisional": (
        "Điểm rỗng: số liệu sơ bộ hoặc ước tính.",
        "Hollow marks: provisional or estimated.",
    ),
    "figure.break": (
        "Đường bị ngắt ở năm đổi cách tính hoặc thiếu số liệu.",
        "The line stops where the method changed or figures are missing.",
    ),
    "figure.rebuilt": (
        "Hình thoi: tổng hợp lại từ các đơn vị khác; vạch chấm: địa phương bắt đầu tự báo cáo.",
        "Diamonds: rebuilt from other units; dotted line: the locality begins to report itself.",
    ),
    "figure.projection": (
        "Đường đứt: kéo dài xu hướng tuyến tính đến {year}, kèm khoảng tin cậy.",
        "Dashed: the linear trend carried on to {year}, with its interval.",
    ),
    "figure.series_apart": (
        "Mỗi loại nguồn là một đường riêng, không nối với nhau.",
        "Each kind of source has a line of its own; they are never joined.",
    ),
    "figure.milestone": ("Mốc {years}", "{years}"),
    "figure.and": (" và ", " and "),
    "figure.base": ("Gốc {year}", "Base {year}"),
    "figure.alt": (
        "Biểu đồ diễn biến; bảng số liệu bên cạnh có cùng nội dung. {sentence}",
        "Trend chart; the table beside it holds the same figures. {sentence}",
    ),
    "figure.source": ("Nguồn: {sources}.", "Source: {sources}."),
    "figure.reference_years": (
        "Năm tham chiếu: {years}. {release}.",
        "Reference years: {years}. {release}.",
    ),
    "unverified": ("chưa đối chiếu văn bản gốc", "not yet checked against the original act"),
    "synthetic": ("số liệu minh họa", "synthetic figures"),
    "synthetic.not": ("số liệu thật", "real figures"),
    "synthetic.ribbon": ("SỐ LIỆU MINH HỌA", "SYNTHETIC FIGURES"),
    # Table of observations
    "table.figures": ("Bảng số liệu", "Figures"),
    "table.reference_year": ("Năm tham chiếu", "Reference year"),
    "table.value": ("Giá trị", "Value"),
    "table.counts": ("Tử số/mẫu số", "Numerator/denominator"),
    "table.family": ("Loại nguồn", "Kind of source"),
    "table.cell": ("Tệp, trang tính, ô", "File, sheet, cell"),
    "table.reported_for": ("báo cáo cho kỳ {period}", "reported for {period}"),
    "table.from_parts": ("tính từ nhiều báo cáo", "computed from several submissions"),
    "table.part": ("{locality}: {place}", "{locality}: {place}"),
    "table.more_parts": ("và {count} đơn vị khác", "and {count} more"),
    "table.only_cell": ("ô {cell}", "cell {cell}"),
    "table.sheet_cell": ("{sheet}, ô {cell}", "{sheet}, cell {cell}"),
    "table.sheet_row": ("{sheet}, dòng {row}", "{sheet}, row {row}"),
    "table.corrected": (
        "đã đính chính {what}: {received} → {corrected} ({reason})",
        "corrected, {what}: {received} → {corrected} (given in Vietnamese: {reason})",
    ),
    "table.decided_by": ("; người quyết định: {who}", "; decided by {who}"),
    "table.reported_value": ("giá trị", "value"),
    "table.numerator": ("tử số", "numerator"),
    "table.denominator": ("mẫu số", "denominator"),
    "table.milestone": ("Mốc {year}", "{year}"),
    "table.latest": ("Giá trị mới nhất", "Latest value"),
    # Statement of the unit
    "statement.own_status": ("Tự đánh giá", "Own assessment"),
    "statement.cause": ("Nguyên nhân", "Cause"),
    "statement.difficulty": ("Khó khăn, vướng mắc", "Difficulties"),
    "statement.proposal": ("Đề xuất giải pháp", "Proposed measures"),
    "statement.proposed_target": ("Mức đề xuất 2026-2030", "Target proposed for 2026-2030"),
    "statement.note": ("Ghi chú", "Note"),
    "statement.by": ("{organisation}, kỳ {period}", "{organisation}, {period}"),
    # Messages
    "fault.no_release": ("Chưa có bản công bố", "No release yet"),
    "fault.no_release.what": (
        "Chưa có bản công bố nào đọc được, nên chưa có số liệu để xem.",
        "There is no release that can be read, so there is nothing to show yet.",
    ),
    "fault.no_release.do": (
        "Người vận hành hãy chạy lệnh: etl run. Chạy xong, hãy tải lại trang này.",
        "The operator should run: etl run. Then load this page again.",
    ),
    "fault.page": ("Không có trang này", "No such page"),
    "fault.page.do": (
        "Hãy kiểm tra lại địa chỉ hoặc về trang Tổng quan.",
        "Check the address or go to the overview.",
    ),
    "fault.unknown": ("Không tìm thấy nội dung theo địa chỉ này", "Nothing at this address"),
    "fault.locality": (
        "Không có địa phương nào có mã “{code}” trong bản công bố này.",
        "This release has no locality “{code}”.",
    ),
    "fault.target": (
        "Không có chỉ tiêu nào có mã “{code}” trong bản công bố này.",
        "This release has no target “{code}”.",
    ),
    "fault.program": ("Trang gặp lỗi", "Something went wrong"),
    "fault.program.do": (
        "Hãy tải lại trang. Nếu lỗi còn lặp lại, báo cho người vận hành mã lỗi {code}.",
        "Load the page again. If it fails again, tell the operator the code {code}.",
    ),
    "empty.assessment": (
        "Chỉ tiêu này không được đánh giá riêng cho {locality}.",
        "This target is not assessed separately for {locality}.",
    ),
    "empty.observations": (
        "Chưa có số liệu của {locality} cho chỉ tiêu này.",
        "There are no figures for {locality} on this target yet.",
    ),
}
