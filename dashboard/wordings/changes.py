"""Words of the page Thay đổi and of the line that leads to it."""

from typing import Final

CHANGES: Final[dict[str, tuple[str, str]]] = {
    "page.changes": ("Thay đổi", "Changes"),
    "changes.line": (
        "Thay đổi từ bản trước: {results}, {values}",
        "Changes since the previous release: {results}, {values}",
    ),
    "changes.line.none": (
        "Không có thay đổi từ bản trước",
        "No change since the previous release",
    ),
    "changes.results": ("{count} kết quả", "{count} results"),
    "changes.results#one": ("{count} kết quả", "{count} result"),
    "changes.values": ("{count} số liệu", "{count} figures"),
    "changes.values#one": ("{count} số liệu", "{count} figure"),
    "changes.title": (
        "So với bản trước: {results} đổi, {changed} sửa hoặc bỏ, {added} mới.",
        "Since the previous release: {results} changed, {changed} revised or removed, {added} new.",
    ),
    "changes.title.place": (
        "{locality}, so với bản trước: {results} đổi, {changed} sửa hoặc bỏ.",
        "{locality}, since the previous release: {results} changed, {changed} revised or removed.",
    ),
    "changes.compared": (
        "Bản trước: {previous}. Bản này: {release}.",
        "Previous release: {previous}. This release: {release}.",
    ),
    "changes.made_up": (
        "Mọi thay đổi dưới đây là của số liệu minh họa.",
        "All changes below are of synthetic figures.",
    ),
    "changes.everywhere": ("Xem thay đổi của mọi địa phương", "Show the changes of all localities"),
    "changes.none": ("Không có thay đổi", "No changes"),
    "changes.none.what": (
        "Bản này có cùng số liệu và cùng kết quả với bản trước.",
        "This release has the same figures and the same results as the one before.",
    ),
    "changes.none.place": (
        "Số liệu và kết quả của {locality} không đổi so với bản trước.",
        "Figures and results of {locality} are the same as in the previous release.",
    ),
    "changes.first": ("Bản công bố đầu tiên", "First release"),
    "changes.first.what": (
        "Không có bản trước cùng cấu trúc để so sánh. Thay đổi sẽ được liệt kê từ bản sau.",
        "There is no earlier release of the same structure to compare with. Changes are listed "
        "from the next one on.",
    ),
    "changes.as_of": ("Số liệu được tính lại cho một ngày đã qua", "Made again for a past day"),
    "changes.as_of.what": (
        "Tệp này không có bản trước. Để biết từ ngày đó đến nay có gì thay đổi, hãy dùng lệnh "
        "«etl diff» với tệp này và bản hiện hành.",
        "This file has none before it. To see what has changed from that day until now, use "
        "“etl diff” with this file and the current release.",
    ),
    "changes.verdicts": ("Kết quả đổi", "Results that changed"),
    "changes.revised": ("Số liệu sửa hoặc bỏ", "Figures revised or removed"),
    "changes.additions": ("Số liệu mới", "New figures"),
    "changes.more": (
        "Còn {count} dòng không hiển thị ở đây; lệnh «etl diff» ghi ra đầy đủ.",
        "{count} more rows are not shown here; the command “etl diff” writes them all.",
    ),
    "changes.locality": ("Địa phương", "Locality"),
    "changes.target": ("Chỉ tiêu", "Target"),
    "changes.milestone": ("Mốc", "Milestone"),
    "changes.before": ("Trước", "Before"),
    "changes.trace": (
        "Số hiện nay mở đường truy vết. Số trước chỉ còn trong bản {previous}.",
        "A present figure opens its trace. The former one is only in release {previous}.",
    ),
    "changes.now": ("Nay", "Now"),
    "changes.why": ("Vì sao", "Why"),
    "changes.indicator": ("Chỉ tiêu thống kê", "Indicator"),
    "changes.period": ("Kỳ", "Period"),
    "changes.report": ("Báo cáo", "Submission"),
    "changes.count": ("Số liệu mới", "New figures"),
    "changes.against_target": ("so với mức của mốc", "against the milestone’s value"),
    "changes.removed": ("không còn", "removed"),
    "changes.restated": (
        "giá trị như cũ; tử số, mẫu số, năm hoặc trạng thái đổi",
        "same value; counts, year, unit or status changed",
    ),
    "changes.value_from": ("số liệu {old} → ", "figure {old} → "),
    "changes.target_from": ("mức phải đạt {old} → ", "value to reach {old} → "),
    "changes.by": ("{organisation}, tệp {file}", "{organisation}, file {file}"),
    # Why a result changed
    "verdict_cause.milestone_closed": (
        "Năm của mốc đã qua, kết quả được chốt",
        "The year of the milestone is over and the result is final",
    ),
    "verdict_cause.target_changed": ("Mục tiêu đã đổi", "The target changed"),
    "verdict_cause.method_changed": ("Phương pháp đánh giá đã đổi", "The method changed"),
    "verdict_cause.primary_source_changed": (
        "Nguồn số liệu dùng để đánh giá đã đổi",
        "Another source of data is used now",
    ),
    "verdict_cause.value_changed": ("Số liệu được sửa", "The figure was revised"),
    "verdict_cause.value_added": ("Có số liệu mới", "There is a new figure"),
    "verdict_cause.value_removed": ("Số liệu không còn", "The figure is gone"),
    "verdict_cause.other": ("Chưa rõ nguyên nhân", "Cause not known"),
    # Why a figure changed
    "value_cause.submission": ("Báo cáo mới nhận", "A new submission"),
    "value_cause.withdrawn": (
        "Báo cáo gửi lại không còn số này",
        "The submission sent again no longer holds it",
    ),
    "value_cause.rebuilt": (
        "Tổng hợp lại vì số liệu thành phần đổi",
        "Rebuilt because a part changed",
    ),
    "value_cause.correction": (
        "Đính chính lỗi đã biết của nguồn",
        "A known error of the source was corrected",
    ),
    "value_cause.catalogue": ("Danh mục đã đổi", "The catalogue changed"),
    "value_cause.other": ("Chưa rõ nguyên nhân", "Cause not known"),
}
