"""Words of the map page."""

from typing import Final

PROVINCES: Final[dict[str, tuple[str, str]]] = {
    "page.map": ("Bản đồ", "Map"),
    "filter.year": ("Năm số liệu", "Year of the figures"),
    "filter.group": ("Nhóm", "Group"),
    "group.whole": ("Chung", "All"),
    "filter.mapped": ("Số liệu trên bản đồ", "Shown on the map"),
    "mapped.targets": ("Chỉ tiêu có số liệu của tỉnh", "Targets with provincial figures"),
    "mapped.indicators": ("Số liệu thống kê khác", "Other statistics"),
    "mapped.silent": (
        "Chỉ tiêu chưa có số liệu của tỉnh nào",
        "Targets without any provincial figure",
    ),
    # The sentences
    "map.title": ("{name}, năm {year}", "{name}, {year}"),
    "map.with_unit": ("{name} ({unit})", "{name} ({unit})"),
    "map.covered": (
        "{count}/{total} tỉnh, thành phố có số liệu",
        "{count} of {total} provinces and cities have a figure",
    ),
    "map.against": (
        "so với mốc {year} ({condition}): {counts}",
        "against {year} ({condition}): {counts}",
    ),
    "map.against_own": (
        "so với mức của từng địa phương ở mốc {year}: {counts}",
        "against each locality’s own level for {year}: {counts}",
    ),
    "map.span": (
        "từ {low} ({lowest}) đến {high} ({highest})",
        "from {low} ({lowest}) to {high} ({highest})",
    ),
    "map.single": ("{place}: {value}", "{place}: {value}"),
    "map.nation": ("cả nước {value}", "the nation {value}"),
    "map.counted": ("{count} {word}", "{count} {word}"),
    "map.sparse": (
        "Chưa năm nào có số liệu của ít nhất một nửa số tỉnh, thành phố; bản đồ mở ở năm gần nhất "
        "có số liệu.",
        "No year has figures for at least half of the provinces; the map opens on the latest year "
        "with any.",
    ),
    "map.year_absent": (
        "Không có số liệu của năm {asked}; đang xem năm {year}.",
        "There are no figures for {asked}; {year} is shown.",
    ),
    "map.no_number": (
        "Chỉ tiêu không có mức bằng số ở mốc {year}: màu đậm dần theo giá trị.",
        "The target has no number for {year}: darker means higher.",
    ),
    "map.is_count": (
        "Số đếm phụ thuộc quy mô dân số: đọc cùng danh sách, không so sánh mức độ giữa các tỉnh.",
        "A count follows the size of the population: it does not compare provinces by degree.",
    ),
    # Empty
    "map.empty": (
        "Chưa có số liệu của tỉnh, thành phố nào ({geography}) cho nội dung này. Hãy chọn địa giới "
        "khác, hoặc chọn một trong các số liệu dưới đây.",
        "No province ({geography}) has a figure for this yet. Choose the other boundaries, or one "
        "of the following.",
    ),
    "map.nothing": (
        "Bản công bố này chưa có số liệu của tỉnh, thành phố nào ({geography}).",
        "This release holds no figure of any province ({geography}).",
    ),
    # Map and legend
    "map.map": ("Bản đồ {geography}", "Map, {geography}"),
    "map.alt": (
        "Bản đồ các tỉnh, thành phố, có quần đảo Hoàng Sa và quần đảo Trường Sa; danh sách bên "
        "cạnh có cùng nội dung. {sentence}",
        "Map of the provinces with the Hoang Sa and Truong Sa archipelagos; the list beside it "
        "holds the same figures. {sentence}",
    ),
    "map.scale": ("Thang màu", "Colours"),
    "map.worse": ("kém hơn {amount}", "worse by {amount}"),
    "map.worse_only": ("kém hơn", "worse"),
    "map.at_target": ("mức phải đạt {condition}", "the level {condition}"),
    "map.at_own_target": ("mức phải đạt của mỗi nơi", "each locality’s level"),
    "map.better": ("tốt hơn {amount}", "better by {amount}"),
    "map.better_only": ("tốt hơn", "better"),
    "map.low": ("thấp nhất: {value}", "lowest: {value}"),
    "map.high": ("cao nhất: {value}", "highest: {value}"),
    "map.years": ("Số liệu năm {year}: {count}", "Figures of {year}: {count}"),
    "map.unknown": ("Chưa có số liệu: {count}", "No figure: {count}"),
    "map.hint": (
        "Chọn một tỉnh trên bản đồ để mở trang của tỉnh đó.",
        "Choose a province on the map to open its page.",
    ),
    "map.hint_indicator": (
        "Chọn một tỉnh trên bản đồ để đánh dấu tỉnh đó.",
        "Choose a province on the map to mark it.",
    ),
    "map.credit": (
        "Ranh giới: Open Development Vietnam (nguồn: Cục Đo đạc và Bản đồ), CC BY-SA 4.0; đã giản "
        "lược và gộp theo 34 tỉnh, thành phố.",
        "Boundaries: Open Development Vietnam (source: Department of Survey and Mapping), "
        "CC BY-SA 4.0; simplified, merged to 34 provinces.",
    ),
    "map.family": ("Loại nguồn: {family}.", "Kind of source: {family}."),
    "map.definition": ("Cách tính: {definition}.", "Definition: {definition}."),
    "map.breakdown": ("Nhóm: {breakdown}.", "Group: {breakdown}."),
    "map.of_group": ("{name}: {group}", "{name}: {group}"),
    "map.sources": ("Nguồn: {count} đơn vị báo cáo", "Source: {count} reporting offices"),
    # List
    "map.list": ("Danh sách tỉnh, thành phố", "List of provinces and cities"),
    "map.worst_first": ("kém nhất trước", "worst first"),
    "map.highest_first": ("cao nhất trước", "highest first"),
    "map.place": ("Địa phương", "Locality"),
    "map.value": ("Giá trị", "Value"),
    "map.year": ("Năm", "Year"),
    "map.result": ("So với mức phải đạt", "Against the level"),
    "map.strip": ("Từ {low} đến {high}", "From {low} to {high}"),
    "map.whole": ("Cả nước", "Viet Nam"),
    "map.other_year": ("số của năm khác", "another year"),
    "map.status.P": ("sơ bộ", "provisional"),
    "map.status.E": ("ước tính", "estimated"),
    "map.status.B": ("đổi cách tính", "break"),
    "map.level.met": ("đã ở mức của mốc", "at the level"),
    "map.level.not_met": ("chưa tới mức của mốc", "short of the level"),
    "map.rebuilt": (
        "◇ tổng hợp lại từ các đơn vị cũ hoặc từ cấp dưới.",
        "◇ rebuilt from former units or from the level below.",
    ),
    "map.line": ("Vạch dọc: cả nước.", "Upright line: the nation."),
    "map.made_up": (
        "Mọi số trong danh sách là số liệu minh họa.",
        "All figures of the list are synthetic.",
    ),
    "map.made_up_count": ("Số liệu minh họa: {count}", "Synthetic figures: {count}"),
    "map.none": ("Chưa có số liệu ({count}): ", "No figure ({count}): "),
}
