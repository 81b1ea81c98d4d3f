"""Heads and notes of the tables that are taken away."""

from typing import Final

EXPORTS: Final[dict[str, tuple[str, str]]] = {
    "export.yes": ("có", "yes"),
    # Heads
    "export.locality": ("Địa phương", "Locality"),
    "export.locality_id": ("Mã địa phương@hiệu lực", "Locality code@validity"),
    "export.target_code": ("Số chỉ tiêu", "Target no."),
    "export.target": ("Chỉ tiêu", "Target"),
    "export.milestone": ("Mốc", "Milestone"),
    "export.condition": ("Mức phải đạt", "Required level"),
    "export.target_value": ("Mức phải đạt (số)", "Required level (number)"),
    "export.value": ("Giá trị", "Value"),
    "export.unit": ("Đơn vị tính", "Unit"),
    "export.reference_year": ("Năm tham chiếu", "Reference year"),
    "export.numerator": ("Tử số", "Numerator"),
    "export.denominator": ("Mẫu số", "Denominator"),
    "export.verdict": ("Kết quả", "Result"),
    "export.gap_phrase": ("Còn thiếu", "Still missing"),
    "export.gap": ("Khoảng cách đến mức", "Gap to the level"),
    "export.gap_whole_units": ("Còn thiếu (đơn vị nguyên)", "Missing whole units"),
    "export.pace": ("Tiến độ", "Pace"),
    "export.required_per_year": ("Cần thay đổi mỗi năm", "Change needed per year"),
    "export.times_faster": ("Gấp mấy lần hiện nay", "Times as fast as now"),
    "export.pace_phrase": ("Diễn giải tiến độ", "Pace in words"),
    "export.source_family": ("Loại nguồn", "Kind of source"),
    "export.origin": ("Cách có số liệu", "How the figure was made"),
    "export.document": ("Văn bản giao", "Document"),
    "export.unverified": ("Chưa đối chiếu văn bản gốc", "Not checked against the act"),
    "export.synthetic": ("Số liệu minh họa", "Synthetic"),
    "export.method": ("Phương pháp", "Method"),
    # Notes
    "export.chosen": ("Lựa chọn: {told}.", "Chosen: {told}."),
    "export.missing": (
        "Ô trống là chưa có số liệu, không phải số 0. Số trong ô đã làm tròn như trên trang.",
        "An empty cell is a missing figure, not 0. Numbers are rounded as on the page.",
    ),
    "export.source.assessments": (
        "Nguồn: kết quả đánh giá của bản công bố; cột liên kết dẫn từng giá trị đến ô gốc trong "
        "báo cáo.",
        "Source: assessments of the release; the column of links leads from each value to its "
        "cell in the report.",
    ),
    "export.overview.title": (
        "Kết quả thực hiện chỉ tiêu bình đẳng giới, mốc {year}",
        "Results on the gender-equality targets, {year} milestone",
    ),
    "export.overview.note": (
        "Cả nước và các tỉnh, thành phố theo từng chỉ tiêu; riêng địa phương được chọn có thêm "
        "các hợp phần.",
        "The nation and the provinces by target; of the chosen locality the parts as well.",
    ),
}
