"""Words of verdicts, reasons, pace, gaps and the sentences built from them."""

from typing import Final

JUDGEMENT: Final[dict[str, tuple[str, str]]] = {
    "verdict.met": ("đạt", "met"),
    "verdict.partially_met": ("đạt một phần", "partly met"),
    "verdict.near": ("gần đạt", "close"),
    "verdict.not_met": ("chưa đạt", "not met"),
    "verdict.on_the_way": ("đang thực hiện", "under way"),
    "verdict.not_assessable": ("không đánh giá được", "not assessable"),
    "reason.no_data": ("chưa có số liệu", "no figures"),
    "reason.too_old": ("số liệu quá cũ", "figures too old"),
    "reason.not_comparable": ("số liệu không cùng cách tính", "figures not comparable"),
    "reason.empty_denominator": ("mẫu số bằng 0", "the denominator is 0"),
    "reason.not_applicable": ("không áp dụng ở địa phương này", "does not apply here"),
    "reason.no_target_number": (
        "chỉ tiêu không có mức bằng số cho mốc này",
        "the target has no number for this milestone",
    ),
    "reason.locality_abolished": (
        "theo địa giới cũ, hết áp dụng trước thời điểm của mốc",
        "former boundaries, which ended before the milestone",
    ),
    "reason.part_missing": (
        "thiếu số liệu của ít nhất một hợp phần",
        "figures for at least one part are missing",
    ),
    "pace.on_track": ("đúng tiến độ", "on track"),
    "pace.slow": ("chậm tiến độ", "slow"),
    "pace.stalled": ("giậm chân tại chỗ", "stalled"),
    "pace.reversing": ("đi lùi", "moving backwards"),
    # The scales of reports
    "scales": (
        "Đếm theo thang ba mức, bốn mức của các báo cáo",
        "Counted on the scales of reports",
    ),
    "scales.three": ("Thang ba mức", "Scale of three"),
    "scales.four": ("Thang bốn mức", "Scale of four"),
    "scales.count": ("{status} {count}/{total}", "{status} {count} of {total}"),
    "status.met": ("đạt", "met"),
    "status.partially_met": ("đạt một phần", "partly met"),
    "status.near": ("gần đạt", "close"),
    "status.far": ("còn xa", "far"),
    "status.not_met": ("chưa đạt", "not met"),
    "status.on_the_way": ("đang thực hiện", "under way"),
    "status.not_assessable": ("không đánh giá được", "not assessable"),
    # After "Không tính được tiến độ: "
    "no_pace.target_reached": ("đã đạt mức của mốc", "the target is reached"),
    "no_pace.milestone_closed": ("mốc đã qua", "the milestone has passed"),
    "no_pace.too_few_points": (
        "chưa đủ số liệu so sánh được kể từ năm gốc",
        "too few comparable figures since the base year",
    ),
    "no_pace.too_old": ("số liệu quá cũ", "the figures are too old"),
    "no_pace.small_base": (
        "mẫu số nhỏ, thêm hay bớt một đơn vị đã vượt cả khoảng cách còn lại",
        "the base is small: one unit more or less outweighs the whole gap",
    ),
    "no_pace.no_target_number": ("mốc này không có mức bằng số", "this milestone has no number"),
    "no_pace.no_data": ("chưa có số liệu", "there are no figures"),
    "no_pace.locality_abolished": (
        "địa giới này hết áp dụng trước thời điểm của mốc",
        "these boundaries ended before the milestone",
    ),
    "no_pace.compound": (
        "chỉ tiêu gồm nhiều hợp phần, xem từng hợp phần",
        "the target has several parts; see each of them",
    ),
    "no_pace.maintain": (
        "chỉ tiêu yêu cầu giữ vững mức đã có",
        "the target asks to keep the level",
    ),
    "no_pace.anomaly": (
        "giá trị vượt ra ngoài khoảng tự nhiên, cần kiểm tra lại số liệu trước",
        "the value lies beyond its natural range and must be checked first",
    ),
    # The short word under a symbol of the matrix; a cell without a result has its symbol alone
    "short.met": ("đạt", "met"),
    "short.partially_met": ("1 phần", "partly"),
    "short.near": ("gần", "close"),
    "short.not_met": ("chưa", "unmet"),
    "short.on_the_way": ("đang", "going"),
    # The whole board in one sentence
    "count.partially_met": ("{count} đạt một phần", "{count} partly met"),
    "count.near": ("{count} gần đạt", "{count} close"),
    "count.not_met": ("{count} chưa đạt", "{count} not met"),
    "count.on_the_way": ("{count} đang thực hiện", "{count} under way"),
    "count.not_assessable": ("{count} không đánh giá được", "{count} not assessable"),
    "overview.closed": (
        "{locality} đạt {met}/{total} chỉ tiêu mốc {year}",
        "{locality} met {met} of {total} targets for {year}",
    ),
    "overview.open": (
        "{locality} đã đạt {met}/{total} chỉ tiêu của mốc {year}",
        "{locality} already meets {met} of {total} targets for {year}",
    ),
    "overview.silent": (
        "Chưa đánh giá được chỉ tiêu nào trong {total} chỉ tiêu mốc {year} của {locality}",
        "None of the {total} targets of {locality} for {year} can be assessed yet",
    ),
    "overview.all": (
        "Mốc {year}, {locality}: {met}/{total} lượt đánh giá đạt",
        "For {year}, in {locality}: {met} of {total} assessments met",
    ),
    "overview.localities": ("{count} địa phương", "{count} localities"),
    "overview.former": (
        "{locality} (địa giới đến {date}) không có kết quả cuối cùng của mốc {year}; so số liệu "
        "mới nhất với mốc: {met}/{total} đạt",
        "{locality} (boundaries until {date}) has no final result for {year}; its latest figures "
        "set against the milestone: {met} of {total} met",
    ),
    "overview.former_open": (
        "{locality} (địa giới đến {date}) không được đánh giá cho mốc {year}",
        "{locality} (boundaries until {date}): not assessed for {year}",
    ),
    "overview.why": ("Lý do không đánh giá được: {reasons}.", "Why not assessable: {reasons}."),
    "overview.none": (
        "Bản công bố này chưa có kết quả đánh giá nào cho {locality} ở mốc {year}.",
        "This release holds no assessment of {locality} for {year}.",
    ),
    "overview.earlier": (
        "{count} kết quả còn tạm tính vì chưa có số liệu năm {year}.",
        "{count} results are provisional: the figures of {year} are not there yet.",
    ),
    "overview.earlier#one": (
        "{count} kết quả còn tạm tính vì chưa có số liệu năm {year}.",
        "{count} result is provisional: the figure of {year} is not there yet.",
    ),
    "overview.faster": (
        "Đến {year}, {count} chỉ tiêu phải tiến nhanh hơn hiện nay; khó nhất: {name} "
        "(gấp {times} lần).",
        "By {year}, {count} targets must move faster than now; hardest: {name} "
        "({times} times as fast).",
    ),
    "overview.faster#one": (
        "Đến {year}, {count} chỉ tiêu phải tiến nhanh hơn hiện nay: {name} (gấp {times} lần).",
        "By {year}, {count} target must move faster than now: {name} ({times} times as fast).",
    ),
    # Gap in plain words
    "gap.missing": ("thiếu {amount}", "{amount} short"),
    "gap.above": ("còn cao hơn mốc {amount}", "still {amount} above"),
    "gap.below": ("còn thấp hơn mốc {amount}", "still {amount} below"),
    "gap.too_many": ("còn nhiều hơn mốc {amount}", "{amount} too many"),
    "gap.limit": ("vừa bằng giới hạn của mốc", "exactly at the limit"),
    "gap.parts": ("đạt {met}/{total} hợp phần", "{met} of {total} parts met"),
    # Pace towards the open milestone
    "pace.need_up": ("cần tăng {amount} mỗi năm", "must rise by {amount} a year"),
    "pace.need_down": ("cần giảm {amount} mỗi năm", "must fall by {amount} a year"),
    "pace.times": (", gấp {times} lần hiện nay", ", {times} times as fast as now"),
    "pace.towards": ("Đến {year}: {text}", "By {year}: {text}"),
    # One verdict in one sentence
    "sentence.milestone": (
        "Mốc {year} ({condition}): {verdict}.",
        "{year} ({condition}): {verdict}.",
    ),
    "sentence.milestone_no_number": ("Mốc {year}: {verdict}.", "{year}: {verdict}."),
    "sentence.value": ("Năm {year}: {value}", "{year}: {value}"),
    "sentence.earlier": (
        "Kết quả tạm tính theo số liệu năm {year}.",
        "Provisional: it rests on the figure of {year}.",
    ),
    "sentence.provisional": (
        "Số liệu năm {year} là sơ bộ.",
        "The figure of {year} is provisional.",
    ),
    "sentence.old": (
        "Số liệu đã cũ (năm {year}).",
        "The figure is old ({year}).",
    ),
    "sentence.origin": ("Số liệu {made}.", "The figure is {made}."),
    "sentence.anomaly": (
        "Giá trị nằm ngoài khoảng tự nhiên của chỉ tiêu: cần kiểm tra lại số liệu.",
        "The value lies beyond the natural band of the indicator: the figure has to be checked.",
    ),
    "sentence.no_pace": ("Không tính được tiến độ: {reason}.", "No pace is given: {reason}."),
    "sentence.flips": (
        "Nếu không làm tròn ({value}) thì kết quả sẽ khác.",
        "Unrounded ({value}) the result would be different.",
    ),
    "sentence.conflict": (
        "Loại nguồn khác cho kết quả ngược lại: {other}.",
        "Another kind of source says otherwise: {other}.",
    ),
    "sentence.other_family": ("{family} {year}: {value}", "{family} {year}: {value}"),
    "binding.own": ("chỉ tiêu của địa phương", "the locality’s own target"),
    "binding.national": ("mức quốc gia", "the national target is used"),
    "binding.inherited": (
        "kế thừa – chưa ban hành mới",
        "inherited from a former unit, none issued yet",
    ),
    "condition.>=": ("≥ {value}", "≥ {value}"),
    "condition.>": ("> {value}", "> {value}"),
    "condition.<=": ("≤ {value}", "≤ {value}"),
    "condition.<": ("< {value}", "< {value}"),
    "condition.=": ("{value}", "{value}"),
    "condition.range": ("{value} đến {upper}", "{value} to {upper}"),
    "condition.maintain": ("giữ {value}", "keep {value}"),
    "condition.approximate": ("khoảng {condition}", "about {condition}"),
    "condition.none": ("không có mức bằng số", "no number"),
}
