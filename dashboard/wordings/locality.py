"""Words of the page Địa phương."""

from typing import Final

LOCALITY: Final[dict[str, tuple[str, str]]] = {
    "page.locality": ("Địa phương", "Locality"),
    "locality.targets": ("Các chỉ tiêu so với mốc {year}", "Targets against {year}"),
    "locality.targets.note": (
        "Thước của mỗi chỉ tiêu vẽ theo số liệu của chính chỉ tiêu đó, không bắt đầu từ 0 và không "
        "so được giữa các dòng. Chữ bên cạnh có cùng nội dung.",
        "Each target has a scale of its own that does not start at 0 and cannot be compared "
        "between rows. The words beside it say the same.",
    ),
    "locality.shared": ("Mọi dòng dưới đây: {marks}.", "All rows below: {marks}."),
    "locality.empty": (
        "Chưa có số liệu nào của {locality} cho các chỉ tiêu của mốc {year}.",
        "There are no figures of {locality} yet for the targets of {year}.",
    ),
    "locality.empty.no_report": (
        "Bản công bố này chưa có báo cáo nào do {locality} gửi. Đơn vị lập báo cáo theo mẫu điền "
        "sẵn rồi gửi; số liệu hiện ở đây sau lần công bố kế tiếp.",
        "This release holds no report sent by {locality}. The unit fills in the prepared form and "
        "sends it; its figures appear here with the next release.",
    ),
    "locality.empty.report": (
        "Đã có báo cáo của {locality} (bảng cuối trang) nhưng không có số liệu dùng được cho các "
        "chỉ tiêu này. Hãy xem thư trả lời báo cáo, bổ sung và gửi lại.",
        "There are reports of {locality} (last table of this page) but without usable figures for "
        "these targets. See the reply to the report, complete it and send it again.",
    ),
    "locality.empty.region": (
        "Chỉ tiêu không được đánh giá riêng cho vùng {locality}; hãy chọn cả nước hoặc một tỉnh, "
        "thành phố.",
        "Targets are not assessed for a region ({locality}); choose the nation or a province.",
    ),
    "locality.empty.delivery": ("Xem tình trạng nộp báo cáo", "See who has reported"),
    "locality.silent": (
        "{count} chỉ tiêu chưa có số liệu hoặc chưa đánh giá được{codes}",
        "{count} targets without figures or not assessable{codes}",
    ),
    "locality.silent#one": (
        "{count} chỉ tiêu chưa có số liệu hoặc chưa đánh giá được{codes}",
        "{count} target without figures or not assessable{codes}",
    ),
    "locality.silent.codes": (
        "; của Chiến lược: {codes}",
        "; of the Strategy: {codes}",
    ),
    "locality.verdict": (
        "Mốc {year} ({condition}): {verdict}.",
        "{year} ({condition}): {verdict}.",
    ),
    "locality.ahead": ("Đến {year} ({condition}): {text}.", "By {year} ({condition}): {text}."),
    "locality.figure": ("{name}: {value}", "{name}: {value}"),
    "locality.figure.apart": ("{name}: {value} ({apart})", "{name}: {value} ({apart})"),
    "locality.until": ("{name} (đến {day})", "{name} (until {day})"),
    # The key of the bullets; also said before the figure of a unit
    "bullet.value": ("giá trị mới nhất", "latest value"),
    "bullet.provisional": ("giá trị sơ bộ hoặc ước tính", "provisional or estimated value"),
    "bullet.milestone": ("mức phải đạt của mốc", "level that the milestone asks for"),
    "bullet.zone": ("phần đạt mốc đang xem", "where the chosen milestone is met"),
    "place.predecessor": ("đơn vị cũ hình thành nên địa phương", "former unit that it came from"),
    "place.successor": ("đơn vị mới mà địa phương đã nhập vào", "new unit that it went into"),
    "place.above": ("tỉnh, thành phố", "province"),
    "region.title": (
        "{locality}: không có chỉ tiêu đặt riêng cho vùng",
        "{locality}: no targets are set for a region",
    ),
    "region.figures": (
        "Văn bản đặt mức phải đạt cho cả nước và cho từng tỉnh, thành phố, không đặt cho vùng; vì "
        "vậy vùng không được đánh giá đạt hay chưa đạt. Dưới đây là số liệu mới nhất của vùng.",
        "Documents set levels for the nation and for provinces, not for regions, so a region is "
        "not judged. Its latest figures follow.",
    ),
    "region.no_figures": (
        "Văn bản đặt mức phải đạt cho cả nước và cho từng tỉnh, thành phố, không đặt cho vùng. Bản "
        "công bố này cũng chưa có số liệu của {locality} cho các chỉ tiêu.",
        "Documents set levels for the nation and for provinces, not for regions. This release has "
        "no figures of the targets for {locality} either.",
    ),
    "region.life": ("Vùng này qua thời gian", "This region in time"),
    "region.nation": ("Xem cả nước", "Show the nation"),
    "region.list": ("Số liệu mới nhất của vùng", "Latest figures of the region"),
    "place.region": ("vùng", "region"),
    "place.former_region": ("vùng theo địa giới cũ", "region of the former boundaries"),
    "place.peer": ("địa phương được chọn để so sánh", "locality chosen to compare with"),
    "place.nation": ("cả nước", "nation"),
    # Comparison
    "locality.comparison": (
        "So với đơn vị cũ, vùng và cả nước",
        "Beside former units, region and nation",
    ),
    "locality.comparison.note": (
        "Năm ghi cạnh từng số; loại nguồn được ghi khi khác với loại nguồn của dòng. Số của các "
        "địa giới khác nhau không nối thành một chuỗi.",
        "The year stands beside each figure, and its kind of source where that differs from the "
        "row's. Figures of different boundaries never make one series.",
    ),
    "locality.peers": (
        "Chọn địa phương để so sánh (đang chọn {count}); chọn lần nữa để bỏ",
        "Choose localities to compare with ({count} chosen); choose again to leave one out",
    ),
    # Life of the unit
    "life": ("Địa phương qua thời gian", "The unit in time"),
    "life.unit": ("Đơn vị", "Unit"),
    "life.code": ("{unit}, mã {code}, {validity}", "{unit}, code {code}, {validity}"),
    "life.from_to": ("{first} - {last}", "{first} to {last}"),
    "life.from": ("từ {first}", "since {first}"),
    "life.to": ("đến {last}", "until {last}"),
    "life.always": ("không ghi thời hạn", "no dates recorded"),
    "life.predecessors": ("Hình thành từ", "Formed from"),
    "life.successors": ("Nhập vào", "Went into"),
    "life.lost": (
        "không có đơn vị nào thay thế trực tiếp; các đơn vị trực thuộc có đơn vị kế tiếp riêng",
        "no direct successor; the units below it have theirs",
    ),
    "life.merged_whole": ("nhập toàn bộ", "merged whole"),
    "life.whole": ("toàn bộ", "whole"),
    "life.unchanged": ("giữ nguyên", "unchanged"),
    "life.part": ("một phần", "in part"),
    "life.earlier": ("trước nữa", "still earlier"),
    "life.later": ("sau đó", "later"),
    "life.on": ("ngày {day}", "on {day}"),
    "life.names": ("Tên, cấp quản lý trước đây", "Former names and parents"),
    "life.region": ("Vùng", "Region"),
    "life.no_region": ("chưa phân vùng", "in no region"),
    "life.above": ("Thuộc", "Belongs to"),
    "life.below": ("Đơn vị trực thuộc", "Units below"),
    "life.below.region": ("{count} vùng", "{count} regions"),
    "life.below.province": ("{count} tỉnh, thành phố", "{count} provinces"),
    "life.below.district": ("{count} quận, huyện", "{count} districts"),
    "life.below.commune": ("{count} xã, phường", "{count} communes"),
    "life.below.on": ("{counts}, ngày {day}", "{counts}, on {day}"),
    "life.same_code": ("Mã này còn là mã của", "The code also belonged to"),
    # What the unit says and sent
    "locality.statements": ("Đơn vị tự giải trình", "The unit’s own explanations"),
    "locality.submissions": ("Báo cáo đã gửi", "Reports sent"),
    "locality.submissions.none": (
        "Bản công bố này chưa có báo cáo nào do {locality} gửi.",
        "This release holds no report sent by {locality}.",
    ),
    "locality.submissions.more": ("{count} báo cáo trước đó", "{count} earlier reports"),
    "locality.submissions.more#one": ("{count} báo cáo trước đó", "{count} earlier report"),
    "submission.period": ("Kỳ", "Period"),
    "submission.file": ("Tệp", "File"),
    "submission.organisation": ("Đơn vị gửi", "Sender"),
    "submission.received": ("Ngày nhận", "Received"),
    "submission.status": ("Tình trạng", "State"),
    "submission.rows": ("Số dòng", "Rows"),
    "submission.errors": ("Lỗi", "Errors"),
    "submission.warnings": ("Cảnh báo", "Warnings"),
    "submission.accepted": ("đã tiếp nhận", "accepted"),
    "submission.refused": ("chưa được tiếp nhận", "refused"),
    "submission.replaced": ("đã được thay bằng {file}", "replaced by {file}"),
}
