"""Words of the overview."""

from typing import Final

OVERVIEW: Final[dict[str, tuple[str, str]]] = {
    # Tiles
    "tiles": ("Số chỉ tiêu theo kết quả", "Targets by result"),
    "tile.of": ("trên {total}", "of {total}"),
    "attention": ("Cần chú ý trước", "What needs attention first"),
    "attention.none": (
        "Không có kết quả chưa đạt nào trong {count} kết quả đánh giá được.",
        "Nothing is missed among the {count} results that can be assessed.",
    ),
    "attention.none#one": (
        "Không có kết quả chưa đạt nào trong {count} kết quả đánh giá được.",
        "Nothing is missed; {count} result can be assessed.",
    ),
    "attention.none_open": (
        "Chưa thấy chỉ tiêu nào chậm tiến độ trong {count} kết quả đánh giá được.",
        "Nothing is seen to fall behind among the {count} results that can be assessed.",
    ),
    "attention.none_open#one": (
        "Chưa thấy chỉ tiêu nào chậm tiến độ trong {count} kết quả đánh giá được.",
        "Nothing is seen to fall behind; {count} result can be assessed.",
    ),
    "attention.unknown": (
        "Chưa có kết quả nào đánh giá được, nên chưa biết chỉ tiêu nào cần chú ý.",
        "No result can be assessed yet, so it is not known what needs attention.",
    ),
    "matrix": ("Kết quả theo địa phương và chỉ tiêu", "Results by locality and target"),
    "matrix.former_closed": (
        "Địa giới 63 tỉnh, thành phố hết áp dụng trước thời điểm của mốc {year}: ô cho biết số "
        "liệu mới nhất so với mốc, không phải kết quả cuối cùng.",
        "The boundaries of the 63 provinces ended before the {year} milestone: cells set the "
        "latest figure against the milestone and are no final result.",
    ),
    "matrix.former_open": (
        "Địa giới 63 tỉnh, thành phố hết áp dụng trước thời điểm của mốc {year}, nên không được "
        "đánh giá cho mốc này.",
        "The boundaries of the 63 provinces ended before the {year} milestone, so they are not "
        "assessed for it.",
    ),
    "matrix.without": (
        "{count} địa phương không có kết quả đánh giá được cho chỉ tiêu nào",
        "{count} localities have no result that can be assessed for any target",
    ),
    "matrix.without#one": (
        "{count} địa phương không có kết quả đánh giá được cho chỉ tiêu nào",
        "{count} locality has no result that can be assessed for any target",
    ),
    "matrix.cell": ("{locality}, chỉ tiêu {target}: {verdict}", "{locality}, {target}: {verdict}"),
    "matrix.outside": ("không đánh giá ở cấp này", "not assessed at this level"),
    "matrix.source": (
        "Nguồn: kết quả đánh giá trong bản công bố {date}, phương pháp {method}.",
        "Source: assessments in the release of {date}, method {method}.",
    ),
    "matrix.unverified": (
        "* Mức chỉ tiêu hoặc số liệu chưa đối chiếu văn bản gốc ({count} kết quả).",
        "* Target or figure not yet checked against the original act ({count} results).",
    ),
    "matrix.unverified#one": (
        "* Mức chỉ tiêu hoặc số liệu chưa đối chiếu văn bản gốc ({count} kết quả).",
        "* Target or figure not yet checked against the original act ({count} result).",
    ),
    "tile.more": ("tăng {count} so với bản công bố trước", "{count} more than the last release"),
    "tile.fewer": ("giảm {count} so với bản công bố trước", "{count} fewer than the last release"),
    "tile.delivered": ("Đã nộp báo cáo", "Reports received"),
    "tile.period.year": ("năm {year}", "{year}"),
    "tile.period.S1": ("6 tháng đầu {year}", "first half of {year}"),
    "tile.period.S2": ("6 tháng cuối {year}", "second half of {year}"),
    # What needs attention
    "attention.of": ("Các chỉ tiêu theo kết quả", "Targets with this result"),
    "attention.group": ("{verdict} ({count})", "{verdict} ({count})"),
    "attention.value": ("so với {condition}, năm {year}", "against {condition}, {year}"),
    "attention.rest": ("{count} chỉ tiêu tiếp theo", "{count} more targets"),
    "attention.rest#one": ("{count} chỉ tiêu tiếp theo", "{count} more target"),
    "attention.more": (
        "Còn {count} kết quả nữa, xem trong bảng bên cạnh.",
        "{count} more results are in the table beside.",
    ),
    "attention.back": ("Về danh sách cần chú ý", "Back to what needs attention"),
    "attention.none_of": (
        "Không có chỉ tiêu nào có kết quả này.",
        "No target has this result.",
    ),
    "attention.sign": ("{sign} {note}.", "{sign} {note}."),
    "attention.shared": ("Tất cả: {notes}.", "All of them: {notes}."),
    # The matrix
    "matrix.all_unverified": (
        "Mọi mức chỉ tiêu hoặc số liệu trong bảng chưa đối chiếu văn bản gốc ({count} kết quả).",
        "No target or figure of the table is checked against the original act yet ({count} "
        "results).",
    ),
    "matrix.met": ("Đạt", "Met"),
    "matrix.met_of": ("{met}/{total}", "{met}/{total}"),
    "matrix.value": ("Giá trị", "Value"),
    "matrix.by_code": ("theo mã", "by code"),
    "matrix.by_name": ("theo tên", "by name"),
    "matrix.most": (
        "Xếp theo số chỉ tiêu đạt, nhiều nhất trước",
        "Sort by targets met, most first",
    ),
    "matrix.fewest": (
        "Xếp theo số chỉ tiêu đạt, ít nhất trước",
        "Sort by targets met, fewest first",
    ),
    "matrix.by_result": (
        "Xếp theo kết quả chỉ tiêu {target}, kém nhất trước",
        "Sort by the result on {target}, worst first",
    ),
    "matrix.by_result_off": ("Thôi xếp theo chỉ tiêu {target}", "Stop sorting by {target}"),
    "matrix.choose": (
        "{target} {name}: xem bản đồ và diễn biến",
        "{target} {name}: see map and trend",
    ),
    "matrix.rows": ("Hàng", "Rows"),
    "matrix.apart": ("Không nhóm", "Not grouped"),
    "matrix.regions": ("Nhóm theo vùng", "By region"),
    "matrix.group": ("{region} ({count})", "{region} ({count})"),
    "matrix.no_region": ("Chưa phân vùng", "In no region"),
    # The target in view
    "chosen.others": ("Chọn chỉ tiêu khác", "Choose another target"),
    "chosen.parts": ("Hợp phần:", "Parts:"),
    "chosen.latest": ("{locality}, năm {year}:", "{locality}, {year}:"),
    "chosen.point": ("{year}: {value}", "{year}: {value}"),
    "chosen.alt": (
        "Diễn biến tại {locality}: {points}. {sentence}",
        "Trend in {locality}: {points}. {sentence}",
    ),
    "chosen.map_alt": ("{name}, năm {year}: {counts}.", "{name}, {year}: {counts}."),
    "chosen.map_years": (
        "{count}/{total} tỉnh, {years}",
        "{count}/{total} provinces, {years}",
    ),
    "chosen.no_map": (
        "Chưa tỉnh, thành phố nào có số liệu cho chỉ tiêu này ({geography}).",
        "No province has a figure for this target yet ({geography}).",
    ),
    "chosen.map_source": ("Bản đồ: {family}.", "Map: {family}."),
    "chosen.map_unknown": ("Kẻ chéo: chưa có số liệu.", "Striped: no figure."),
}
