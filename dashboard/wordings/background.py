"""Words for what stands behind a verdict, and for the register of documents."""

from typing import Final

BACKGROUND: Final[dict[str, tuple[str, str]]] = {
    # Documents that compete for one locality
    "candidates": (
        "Mức phải đạt: các văn bản có liên quan",
        "The level to reach: documents concerned",
    ),
    "candidates.milestone": ("Mốc", "Milestone"),
    "candidates.document": ("Văn bản", "Document"),
    "candidates.of": ("Áp dụng cho", "Binding for"),
    "candidates.asks": ("Yêu cầu", "Asks for"),
    "candidates.use": ("Dùng để đánh giá", "Used for the verdict"),
    "candidates.works": ("đang dùng", "in use"),
    "candidates.rests": ("không dùng", "not used"),
    "candidates.version": ("bản điều chỉnh thứ {version}", "adjusted version {version}"),
    "candidates.inherited": (
        "Địa phương sau sắp xếp chưa ban hành chỉ tiêu mới: mỗi chỉ tiêu của đơn vị cũ được nêu "
        "riêng, mức chặt hơn được dùng.",
        "The merged locality has not issued its own target yet: each former unit’s target is "
        "shown, the stricter one is used.",
    ),
    # Both geographies
    "maps": ("Trên địa giới cũ và mới", "On the former and the present boundaries"),
    "maps.note": (
        "Mỗi cột là một đơn vị hành chính; số của các cột không nối thành một đường.",
        "Each column is one unit; the figures of different columns never share a line.",
    ),
    "maps.year": ("Năm", "Year"),
    "maps.until": ("đến {day}", "until {day}"),
    "maps.since": ("hiện nay", "at present"),
    "origin.carried": (
        "chuyển từ đơn vị cũ giữ nguyên địa giới",
        "carried from the unchanged unit",
    ),
    "origin.aggregated": ("tổng hợp lại từ các đơn vị cũ", "rebuilt from the former units"),
    "origin.weighted": (
        "tổng hợp lại từ các đơn vị cũ, theo quyền số",
        "rebuilt from the former units with weights",
    ),
    "origin.rolled_up": ("tổng hợp từ cấp dưới", "rolled up from the level below"),
    "origin.coverage": ("độ phủ {share}%", "coverage {share}%"),
    # Notices
    "notices": ("Lưu ý về số liệu", "Notes on the figures"),
    "notice.denominator": (
        "Mẫu số thay đổi: {before} (năm {year_before}) → {after} (năm {year})",
        "The denominator changed: {before} ({year_before}) → {after} ({year})",
    ),
    "notice.not_rebuilt": (
        "Không tính được cho địa giới này, năm {years}: {reason} (có số liệu của {present}/{total} "
        "đơn vị).",
        "Cannot be rebuilt for these boundaries, {years}: {reason} (figures of {present} of "
        "{total} units).",
    ),
    "gap.no_weight": (
        "chỉ có tỷ lệ, không có tử số, mẫu số, và chỉ tiêu không có quyền số",
        "only rates exist, without counts, and no weight is declared",
    ),
    "gap.weight_missing": (
        "chỉ có tỷ lệ và thiếu số liệu làm quyền số",
        "only rates exist and the weights are missing",
    ),
    "gap.low_coverage": (
        "các đơn vị có số liệu chiếm quá ít trong tổng thể",
        "the units with figures cover too little of the whole",
    ),
    "gap.missing_part": (
        "số đếm cần đủ mọi đơn vị thành phần",
        "a count needs every one of its parts",
    ),
    "gap.not_additive": (
        "chỉ tiêu này không cộng và không bình quân được",
        "this indicator can be neither added nor averaged",
    ),
    "gap.split": (
        "có đơn vị bị chia tách, không phân bổ được",
        "a unit was split and is not apportioned",
    ),
    # Roll-ups
    "rollup": ("Số tự báo cáo và số cộng từ cấp dưới", "Own report and the sum of the level below"),
    "rollup.year": ("Kỳ", "Period"),
    "rollup.reported": ("Tự báo cáo", "Reported"),
    "rollup.rolled": ("Cộng từ cấp dưới", "From the level below"),
    "rollup.difference": ("Chênh lệch", "Difference"),
    "rollup.on": ("Dựa trên", "Rests on"),
    "rollup.differs": ("vượt mức làm tròn", "beyond rounding"),
    "rollup.from.commune": ("{present}/{total} xã, phường", "{present} of {total} communes"),
    "rollup.from.district": ("{present}/{total} huyện", "{present} of {total} districts"),
    "rollup.from.province": ("{present}/{total} tỉnh, thành phố", "{present} of {total} provinces"),
    # The unit's own status beside the verdict
    "review.agrees": ("Trùng với kết quả tính được.", "Agrees with the computed verdict."),
    "review.differs": (
        "Khác với kết quả tính được: {verdict}. Nguyên nhân có thể: {reason}.",
        "Differs from the computed verdict: {verdict}. Probable reason: {reason}.",
    ),
    "review.reason.rounding": ("làm tròn số", "rounding"),
    "review.reason.other_year": ("đơn vị dùng số của năm khác", "the unit used another year"),
    "review.reason.other_denominator": ("mẫu số khác", "another denominator"),
    "review.reason.other_definition": ("cách tính khác", "another definition"),
    "review.reason.other_source": ("nguồn số liệu khác", "another kind of source"),
    "review.reason.near_band": (
        "đơn vị không dùng mức “gần đạt”",
        "the unit does not use the word “close”",
    ),
    "review.reason.other_target": (
        "đơn vị so với mức của văn bản khác",
        "the unit compared with another document",
    ),
    "review.reason.before_due": (
        "mốc chưa đến hạn nên hệ thống chưa kết luận",
        "the milestone is not due, so nothing is concluded yet",
    ),
    "review.reason.no_data": (
        "hệ thống chưa có số liệu để đánh giá",
        "the system has no figures to judge by",
    ),
    "review.reason.partial": ("chỉ đạt một số hợp phần", "only some parts are met"),
    "review.reason.unknown": ("chưa rõ, cần hỏi lại đơn vị", "not clear; ask the unit"),
    "disagreements": (
        "Đơn vị tự đánh giá khác kết quả tính được",
        "Where units judge otherwise than the system",
    ),
    "disagreements.note": (
        "Hai kết quả đứng cạnh nhau, không bên nào thay bên nào.",
        "Both stand side by side; neither overwrites the other.",
    ),
    "disagreement.locality": ("Địa phương", "Locality"),
    "disagreement.target": ("Chỉ tiêu", "Target"),
    "disagreement.milestone": ("Mốc", "Milestone"),
    "disagreement.own": ("Đơn vị tự đánh giá", "The unit says"),
    "disagreement.computed": ("Kết quả tính được", "Computed"),
    "disagreement.reason": ("Nguyên nhân có thể", "Probable reason"),
    "disagreement.report": ("Báo cáo", "Report"),
    # Register of documents
    "page.register": ("Văn bản", "Documents"),
    "register.title": (
        "{documents} văn bản giao {targets} chỉ tiêu",
        "{documents} documents set {targets} targets",
    ),
    "register.scope": ("Phạm vi: {locality}.", "Scope: {locality}."),
    "register.all": ("Xem văn bản của mọi địa phương", "Show the documents of all localities"),
    "register.conflicts": ("Chỗ các văn bản đặt mức khác nhau", "Where documents differ"),
    "register.no_conflicts": (
        "Không có hai văn bản nào đặt mức khác nhau cho cùng một chỉ tiêu.",
        "No two documents ask for different levels of one indicator.",
    ),
    "register.on_board": ("Bảng theo dõi dùng mức này.", "The board uses this one."),
    "register.conflict.among": ("{indicator}, mốc {year}", "{indicator}, {year}"),
    "register.local": (
        "Địa phương đặt mức khác quốc gia",
        "Localities that differ from the national level",
    ),
    "register.stricter": ("yêu cầu cao hơn mức quốc gia", "stricter than the national level"),
    "register.weaker": ("yêu cầu thấp hơn mức quốc gia", "weaker than the national level"),
    "register.differs": ("văn bản khác đặt mức khác", "another document differs"),
    "register.objective": ("Mục tiêu {number}. {name}", "Objective {number}. {name}"),
    "register.no_objective": ("Chương trình và quy định khác", "Other programmes and rules"),
    "register.code": ("Mã", "Code"),
    "register.target": ("Chỉ tiêu", "Target"),
    "register.document": ("Văn bản", "Document"),
    "register.place": ("Áp dụng cho", "Binding for"),
    "register.milestones": ("Mốc", "Milestones"),
    "register.milestone": ("{year}: {condition}", "{year}: {condition}"),
    "register.adjusted": (
        "điều chỉnh từ {day} ({document})",
        "adjusted from {day} ({document})",
    ),
    "register.none": (
        "Chưa có văn bản nào của {locality} trong danh mục.",
        "The catalogue holds no document of {locality} yet.",
    ),
}
