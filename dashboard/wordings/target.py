"""Words of the page Chỉ tiêu: all localities against the levels, and what stands behind them."""

from typing import Final

TARGET: Final[dict[str, tuple[str, str]]] = {
    # The first sentence: who misses the milestone
    "standing.missed": (
        "{missed}/{total} tỉnh, thành phố có kết quả chưa đạt mốc {year} ({condition}){near}; "
        "cách mốc xa nhất: {place} {value}, {gap}.",
        "{missed} of {total} provinces with a result miss the {year} level ({condition}){near}; "
        "furthest from it: {place} {value}, {gap}.",
    ),
    "standing.missed_parts": (
        "{missed}/{total} tỉnh, thành phố có kết quả chưa đạt mốc {year}{near}.",
        "{missed} of {total} provinces with a result miss the {year} level{near}.",
    ),
    "standing.ahead": (
        "{missed}/{total} tỉnh, thành phố có số liệu còn cách mốc {year} ({condition}){near}; "
        "xa nhất: {place} {value}, {gap}.",
        "{missed} of {total} provinces with figures are not yet at the {year} level "
        "({condition}){near}; furthest from it: {place} {value}, {gap}.",
    ),
    "standing.ahead_parts": (
        "{missed}/{total} tỉnh, thành phố có số liệu còn cách mốc {year}{near}.",
        "{missed} of {total} provinces with figures are not yet at the {year} level{near}.",
    ),
    "standing.near": (", trong đó {count} gần đạt", ", {count} of them close"),
    "standing.all_met": (
        "Cả {count} tỉnh, thành phố có kết quả đều đạt mốc {year} ({condition}).",
        "All {count} provinces with a result meet the {year} level ({condition}).",
    ),
    "standing.all_met#one": (
        "Mới {count} tỉnh, thành phố có kết quả, và đạt mốc {year} ({condition}).",
        "Only {count} province has a result; it meets the {year} level ({condition}).",
    ),
    "standing.none": (
        "Chưa đánh giá được tỉnh, thành phố nào cho mốc {year}.",
        "No province can be assessed for {year} yet.",
    ),
    "standing.former_open": (
        "Địa giới cũ hết áp dụng trước thời điểm của mốc {year}, nên các tỉnh, thành phố này không "
        "được đánh giá cho mốc đó; dưới đây là số liệu mới nhất.",
        "These boundaries ended before the {year} milestone, so the provinces are not assessed for "
        "it; their latest figures follow.",
    ),
    "standing.silent_count": (
        "{count} tỉnh, thành phố chưa có số liệu.",
        "{count} provinces have no figures.",
    ),
    "standing.silent_count#one": (
        "{count} tỉnh, thành phố chưa có số liệu.",
        "{count} province has no figures.",
    ),
    "standing.rank": (
        "Xếp thứ {rank} trong {total} tỉnh, thành phố có số liệu (thứ 1 là tốt nhất theo chỉ "
        "tiêu).",
        "Rank {rank} of {total} provinces with figures (1 is the best by this target).",
    ),
    # All localities as dots
    "standing": ("Các địa phương so với mốc", "Localities against the target lines"),
    "standing.in_region": (
        "Các tỉnh, thành phố trong vùng so với mốc",
        "Provinces of the region against the target lines",
    ),
    "standing.order": ("Xếp theo", "Order"),
    "standing.order.value": ("giá trị", "value"),
    "standing.order.region": ("vùng", "region"),
    "standing.place": ("Địa phương", "Locality"),
    "standing.value": ("Giá trị", "Value"),
    "standing.result": ("Kết quả mốc {year}", "Result for {year}"),
    "standing.axis": ("Trục từ {low} đến {high}", "Scale from {low} to {high}"),
    "standing.dot": (
        "{place}: {value} ({year}), {verdict}",
        "{place}: {value} ({year}), {verdict}",
    ),
    "standing.no_region": ("Chưa xếp vùng", "No region"),
    "standing.note": (
        "Giá trị năm {year}, năm khác ghi cạnh số. Bấm tên hay dấu để mở địa phương, bấm số để "
        "xem số đó từ đâu ra.",
        "Values of {year}; another year stands beside its number. A name or mark opens the "
        "locality, a number its trace.",
    ),
    "standing.own_level": ("mức riêng {levels}", "own level {levels}"),
    "standing.own_key": (
        "Vạch ngắn đậm trong hàng: mức riêng của địa phương.",
        "A short thick line in a row: the locality’s own level.",
    ),
    "standing.families": (
        "Số liệu của các địa phương thuộc nhiều loại nguồn ({families}); loại khác với phần lớn "
        "được ghi ở cột kết quả.",
        "The figures come from several kinds of source ({families}); where it is not that of most, "
        "the result says so.",
    ),
    "standing.all_unverified": (
        "Mọi kết quả dựa trên mức hoặc số liệu chưa đối chiếu văn bản gốc.",
        "Every result rests on a level or figure not yet checked against the original act.",
    ),
    # Who misses
    "standing.missed_list": ("Chưa đạt mốc {year}", "Missing the {year} level"),
    "standing.ahead_list": ("Còn cách mốc {year}", "Not yet at the {year} level"),
    "standing.missed_note": ("Xa mốc nhất ở trên.", "The widest gap first."),
    "standing.missed_more": ("Xem {count} địa phương còn lại", "Show the other {count}"),
    # Distribution
    "standing.distribution": ("Phân bố", "Distribution"),
    "standing.milestone": (
        "Mốc {year} ({condition}): {counts}.",
        "{year} ({condition}): {counts}.",
    ),
    "standing.milestone_own": ("Mốc {year}: {counts}.", "{year}: {counts}."),
    "standing.counted": ("{count} {verdict}", "{count} {verdict}"),
    "standing.low": ("thấp nhất", "lowest"),
    "standing.middle": ("ở giữa", "in the middle"),
    "standing.high": ("cao nhất", "highest"),
    "standing.middle_note": (
        "“Ở giữa” là địa phương đứng giữa khi xếp theo giá trị, không phải số bình quân.",
        "“In the middle” is the locality half way by rank, not an average.",
    ),
    # Of whom nothing is known
    "standing.silent": ("Chưa có số liệu", "No figures"),
    "standing.silent.not_sent": (
        "Chưa nhận được báo cáo kỳ {period}, cần đôn đốc nộp",
        "No report for {period} has come: remind them",
    ),
    "standing.silent.refused": (
        "Báo cáo kỳ {period} chưa được tiếp nhận, cần sửa và gửi lại",
        "The report for {period} was refused: to be mended and sent again",
    ),
    "standing.silent.left_out": (
        "Đã nộp báo cáo kỳ {period} nhưng không có số của chỉ tiêu này, cần bổ sung",
        "Reported for {period} without this figure: ask for it",
    ),
    "standing.silent.former": (
        "Đơn vị cũ không để lại số liệu của chỉ tiêu này",
        "Former units that left no figures on this target",
    ),
    "standing.silent.part_missing": (
        "Thiếu số liệu của ít nhất một hợp phần, cần bổ sung",
        "Figures for at least one part are missing: ask for them",
    ),
    "standing.silent.not_applicable": (
        "Chỉ tiêu không áp dụng ở đây",
        "The target does not apply here",
    ),
    "standing.silent.no_target_number": (
        "Chỉ tiêu không có mức bằng số cho mốc này",
        "The target has no number for this milestone",
    ),
    "standing.delivery": ("Xem tình hình nộp báo cáo", "See who has reported"),
    # Levels of localities
    "variations": ("Địa phương có mức riêng", "Localities with a level of their own"),
    "variations.against": ("So với mức chung", "Against the common level"),
    "variations.same": ("bằng", "the same"),
    "variations.stricter": ("cao hơn (chặt hơn)", "stricter"),
    "variations.weaker": ("thấp hơn (nhẹ hơn)", "weaker"),
    "variations.other": ("khác cách đặt", "set otherwise"),
    "variations.none": (
        "Không địa phương nào trong danh mục có mức riêng cho chỉ tiêu này.",
        "No locality in the catalogue has a level of its own for this target.",
    ),
    "variations.inherited": ("kế thừa của {place}", "inherited from {place}"),
    # Sources side by side
    "sources": ("Các loại nguồn đặt cạnh nhau", "Kinds of source side by side"),
    "sources.note": (
        "Mỗi loại nguồn được so với mốc riêng; không lấy trung bình, không nối thành một đường.",
        "Each kind of source is compared on its own; they are never averaged or joined.",
    ),
    "sources.conflict": (
        "Các loại nguồn cho kết quả khác nhau: cần thống nhất nguồn trước khi kết luận.",
        "The kinds of source lead to different results: agree on one before concluding.",
    ),
    "sources.value": ("Giá trị mới nhất", "Latest value"),
    "sources.against": ("Giá trị so với mốc {year}", "Value against {year}"),
    "sources.carries": ("dùng để đánh giá", "carries the verdict"),
    "figure.opens": (
        "Bấm một điểm để xem số đó từ đâu ra.",
        "A point opens the trace of its figure.",
    ),
    # Regions
    "target.region": (
        "Chỉ tiêu không đặt cho vùng nên {locality} không có kết quả đánh giá; dưới đây là số liệu "
        "của vùng và các tỉnh, thành phố trong vùng.",
        "Targets are not set for regions, so {locality} has no result; its figures and those of "
        "its provinces follow.",
    ),
    "target.map": ("Xem trên bản đồ", "See it on the map"),
    "standing.all_note": (
        "Diễn biến và số liệu ở phần dưới là của {locality}.",
        "The trend and the figures further down are those of {locality}.",
    ),
    # What all figures of a table share, said once under it
    "shared.synthetic": (
        "Mọi số trong bảng là số liệu minh họa.",
        "Every figure of the table is synthetic.",
    ),
    "shared.unverified": (
        "Mọi số trong bảng chưa đối chiếu văn bản gốc.",
        "No figure of the table has been checked against the original act yet.",
    ),
    "rollup.agrees": (
        "Không kỳ nào chênh quá mức làm tròn; xem từng kỳ",
        "No period differs beyond rounding; see each of them",
    ),
    "rollup.alone": (
        "Địa phương này không tự báo cáo: số liệu được cộng từ cấp dưới; xem từng kỳ",
        "Nothing is reported here itself: the level below is added up; see each period",
    ),
    "rollup.beyond": (
        "{count} kỳ chênh quá mức làm tròn",
        "{count} periods differ beyond rounding",
    ),
    "rollup.beyond#one": (
        "{count} kỳ chênh quá mức làm tròn",
        "{count} period differs beyond rounding",
    ),
    "table.from_units": ("từ {count} số liệu", "from {count} figures"),
    "table.from_units#one": ("từ {count} số liệu", "from {count} figure"),
}
