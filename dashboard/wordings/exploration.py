"""Words of the page *Khám phá*."""

from typing import Final

EXPLORATION: Final[dict[str, tuple[str, str]]] = {
    "page.exploration": ("Khám phá", "Explore"),
    # Choices
    "explore.choices": ("Lựa chọn", "Choices"),
    "explore.indicators": ("Số liệu", "Indicators"),
    "explore.others": ("So sánh với", "Compare with"),
    "explore.others.example": ("Chọn địa phương", "Choose localities"),
    "explore.every.ALL": ("Tất cả tỉnh, thành phố", "All provinces and cities"),
    "explore.every.REGIONS": ("Tất cả các vùng", "All regions"),
    "explore.level.every": ("Chọn nhanh", "At once"),
    "explore.level.national": ("Cả nước", "The nation"),
    "explore.level.region": ("Vùng", "Regions"),
    "explore.level.province": ("Tỉnh, thành phố", "Provinces and cities"),
    "explore.level.other": ("Đơn vị khác", "Other units"),
    "explore.sexes": ("Giới", "Sex"),
    "explore.sex.F": ("Nữ", "Women"),
    "explore.sex.M": ("Nam", "Men"),
    "explore.sex._T": ("Chung", "Both"),
    "explore.sex.F-M": ("Nữ so với nam", "Women against men"),
    "explore.ages": ("Nhóm tuổi", "Ages"),
    "explore.groups": ("Nhóm", "Groups"),
    "explore.whole": ("Chung", "Total"),
    "explore.real": ("số liệu thật", "real figures"),
    "explore.sources": ("Nguồn và cách tính", "Source and definition"),
    "explore.first": ("Từ năm", "From"),
    "explore.last": ("Đến năm", "To"),
    "explore.chart": ("Dạng biểu đồ", "Form of the chart"),
    "explore.chart.lines": ("Đường", "Lines"),
    "explore.chart.bars": ("Cột", "Bars"),
    "explore.chart.dots": ("Chấm", "Dots"),
    "explore.chart.scatter": ("Tương quan", "Scatter"),
    "explore.chart.panels": ("Nhiều khung", "Small multiples"),
    "explore.chart.ranks": ("Thứ hạng", "Ranking"),
    "explore.gap": ("Khoảng cách giới", "Gender gap"),
    "explore.gap.none": ("Không", "None"),
    "explore.gap.points": ("Hiệu nữ − nam", "Women − men"),
    "explore.gap.ratio": ("Tỷ số nữ/nam", "Women/men"),
    "explore.gap.shaded": ("Hai giới, tô khoảng cách", "Both, gap shaded"),
    "explore.rows": ("Hàng của bảng", "Rows of the table"),
    "explore.columns": ("Cột của bảng", "Columns of the table"),
    "explore.by.place": ("Địa phương", "Locality"),
    "explore.by.year": ("Năm", "Year"),
    "explore.by.sex": ("Giới", "Sex"),
    "explore.by.group": ("Nhóm", "Group"),
    "explore.by.indicator": ("Số liệu", "Indicator"),
    "explore.by.source": ("Nguồn", "Source"),
    "explore.by.made_up": ("Loại số liệu", "Kind of figure"),
    "explore.table": ("Bảng", "Table"),
    "explore.table.pivot": ("Bảng chéo", "Cross table"),
    "explore.table.list": ("Danh sách đầy đủ", "Full list"),
    # The sentences
    "explore.title": ("{what}: {where}, {years}", "{what}: {where}, {years}"),
    "explore.title.many": ("{count} số liệu", "{count} indicators"),
    "explore.title.all": ("{count} địa phương", "{count} localities"),
    "explore.title.and": (
        "{place} và {count} địa phương khác",
        "{place} and {count} other localities",
    ),
    "explore.title.and#one": (
        "{place} và {count} địa phương khác",
        "{place} and {count} other locality",
    ),
    "explore.told": ("{name}: {facts}", "{name}: {facts}"),
    "explore.now": ("{who} {value} (năm {year})", "{who} {value} ({year})"),
    "explore.up": ("tăng {amount} so với năm {year}", "up {amount} since {year}"),
    "explore.down": ("giảm {amount} so với năm {year}", "down {amount} since {year}"),
    "explore.same": ("bằng năm {year}", "the same as in {year}"),
    "explore.silent": ("{who} chưa có số liệu", "{who} has no figure"),
    "explore.span": (
        "trong {count} địa phương có số liệu năm {year}, cao nhất là {highest} ({high}), "
        "thấp nhất là {lowest} ({low})",
        "of {count} localities with a figure for {year}, {highest} is highest ({high}) and "
        "{lowest} lowest ({low})",
    ),
    "explore.gap.fact.points": ("hiệu nữ − nam, {name}", "women − men, {name}"),
    "explore.gap.fact.ratio": ("tỷ số nữ/nam, {name}", "women/men, {name}"),
    # Hints
    "explore.nothing": (
        "Bản công bố này chưa có số liệu nào theo địa giới đang chọn.",
        "This release has no figure for these boundaries.",
    ),
    "explore.empty": (
        "Không có số liệu nào khớp với cả lựa chọn này.",
        "No figure answers all of these choices.",
    ),
    "explore.empty.reset": ("Bỏ mọi lựa chọn", "Clear all choices"),
    "explore.ignored": (
        "Bỏ qua phần địa chỉ không có nghĩa: {parts}.",
        "Ignored parts of the address that mean nothing: {parts}.",
    ),
    "explore.unmet.gap": (
        "{name}: chưa có số liệu riêng của nữ và nam, nên không tính được khoảng cách giới.",
        "{name}: there are no separate figures of women and men, so there is no gap to compute.",
    ),
    "explore.unmet.sexes": (
        "{name}: không có số liệu của giới đã chọn; đang xem phần có số liệu.",
        "{name}: no figures of the chosen sex; what there is is shown.",
    ),
    "explore.unmet.groups": (
        "{name}: không có số liệu của nhóm đã chọn; đang xem phần có số liệu.",
        "{name}: no figures of the chosen group; what there is is shown.",
    ),
    "explore.unmet.ages": (
        "{name}: không có số liệu của nhóm tuổi đã chọn; đang xem phần có số liệu.",
        "{name}: no figures of the chosen ages; what there is is shown.",
    ),
    "explore.unmet.sources": (
        "{name}: không có số liệu của nguồn đã chọn; đang xem nguồn được ưu tiên.",
        "{name}: no figures of the chosen source; the preferred one is shown.",
    ),
    "explore.missing": (
        "Chưa có số liệu theo lựa chọn này: {places}.",
        "No figure answers this choice in: {places}.",
    ),
    "explore.missing.more": ("và {count} địa phương khác", "and {count} others"),
    "explore.elsewhere": (
        "{place} có số liệu {years} ({what})",
        "{place} has figures of {years} ({what})",
    ),
    "explore.elsewhere.all": ("Tuy vậy: {told}.", "Yet: {told}."),
    "explore.need_two": (
        "Biểu đồ tương quan cần đúng hai số liệu: hãy chọn thêm ở ô Số liệu. Đang vẽ đường.",
        "A scatter chart needs two indicators: choose another one. Lines are drawn instead.",
    ),
    "explore.no_pairs": (
        "Không năm nào cả hai số liệu đều có ở cùng một địa phương: chưa vẽ được tương quan.",
        "In no year does a locality have both figures: there is nothing to plot.",
    ),
    "explore.first_two": (
        "Biểu đồ tương quan dùng hai số liệu đầu tiên.",
        "The scatter chart uses the first two indicators.",
    ),
    "explore.first_only": (
        "Thứ hạng của số liệu đầu tiên: {name}.",
        "Ranks of the first indicator: {name}.",
    ),
    "explore.need_places": (
        "Thứ hạng cần ít nhất hai địa phương cùng cấp có số liệu: hãy thêm ở ô So sánh với. "
        "Đang vẽ đường.",
        "A ranking needs two localities of one level with figures: add some to compare with. "
        "Lines are drawn instead.",
    ),
    "explore.shaded_panels": (
        "Khoảng cách giữa hai giới được tô trong khung riêng của từng địa phương.",
        "The gap between women and men is shaded in a panel for each locality.",
    ),
    "explore.too_many.lines": (
        "Vẽ {shown} trong {count} đường để còn đọc được; bảng và tệp tải về có đủ. Hãy bớt địa "
        "phương hoặc chọn Nhiều khung.",
        "{shown} of {count} lines are drawn so that they can be read; the table and the download "
        "hold them all. Choose fewer localities, or small multiples.",
    ),
    "explore.too_many.panels": (
        "Vẽ {shown} trong {count} khung; bảng và tệp tải về có đủ. Hãy bớt địa phương.",
        "{shown} of {count} panels are drawn; the table and the download hold them all. Choose "
        "fewer localities.",
    ),
    "explore.too_many.rows": (
        "Hiện {shown} trong {count} dòng; tệp tải về có đủ.",
        "{shown} of {count} rows are shown; the download holds them all.",
    ),
    # Figures
    "explore.charts": ("Biểu đồ", "Charts"),
    "explore.alt": (
        "Biểu đồ {form}: {title}. Bảng bên dưới có cùng số liệu.",
        "Chart, {form}: {title}. The table below holds the same figures.",
    ),
    "explore.with_unit": ("{name} ({unit})", "{name} ({unit})"),
    "explore.in_year": ("{name}, năm {year}", "{name}, {year}"),
    "explore.unit.points": ("hiệu nữ − nam, {unit}", "women − men, {unit}"),
    "explore.unit.points.PERCENT": (
        "hiệu nữ − nam, điểm phần trăm",
        "women − men, percentage points",
    ),
    "explore.unit.ratio": ("nữ/nam, lần", "women/men, times"),
    "explore.rank": ("hạng", "rank"),
    "explore.rank.title": ("Thứ hạng: {name}", "Ranking: {name}"),
    "explore.rank.note": (
        "Hạng 1 là giá trị cao nhất, xếp theo số đã làm tròn, các giá trị bằng nhau cùng hạng; "
        "trong ngoặc là số địa phương có số liệu của năm đó.",
        "Rank 1 is the highest value, as rounded; equal values share a rank; in brackets the "
        "number of localities with a figure of that year.",
    ),
    "explore.axis": (
        "Trục giá trị bắt đầu từ nơi có số liệu, không từ 0.",
        "The axis of values starts where the figures are, not at 0.",
    ),
    "explore.sign.hollow": ("điểm rỗng: sơ bộ hoặc ước tính", "hollow: provisional or estimated"),
    "explore.sign.rebuilt": (
        "hình thoi (cột: có vạch chéo): tổng hợp lại từ đơn vị khác",
        "diamond (bars: hatched): rebuilt from other units",
    ),
    "explore.sign.break": ("vạch chấm: đổi cách tính", "dotted line: break in the method"),
    "explore.sign.gap": (
        "đường đứt ở năm không có số liệu",
        "a line is interrupted where a year has no figure",
    ),
    "explore.sign.other_year": ("năm trong ngoặc: số của năm khác", "year in brackets: other year"),
    "explore.sign.reference": ("đường nhạt: {place}", "faint line: {place}"),
    "explore.signs": ("Dấu trên hình: {signs}.", "Signs: {signs}."),
    "explore.gap.note": (
        "Khoảng cách chỉ tính khi có cả hai số của nữ và nam cùng địa phương, năm, nguồn, cách "
        "tính và nhóm; lấy từ số chưa làm tròn rồi làm tròn.",
        "A gap is computed only from two figures of the same locality, year, source, definition "
        "and group; from the values before rounding, then rounded.",
    ),
    "explore.open": (
        "Bấm vào một điểm để truy vết con số.",
        "Choose a point to trace its figure.",
    ),
    "explore.family": ("{name}: {sources}.", "{name}: {sources}."),
    "explore.senders": ("Đơn vị báo cáo: {names}.", "Reported by: {names}."),
    "explore.senders.more": ("{names} và {count} đơn vị khác", "{names} and {count} others"),
    # Table
    "explore.pivot.note": (
        "Mỗi ô là một số đã công bố hoặc đã báo cáo, không cộng, không lấy trung bình; bấm vào số "
        "để truy vết.",
        "Each cell is one figure as published or reported, never a sum or an average; choose a "
        "number to trace it.",
    ),
    "explore.pivot.title": (
        "{rows} × {columns}",
        "{rows} × {columns}",
    ),
    "explore.mark.P": ("sơ bộ", "provisional"),
    "explore.mark.E": ("ước tính", "estimated"),
    "explore.mark.B": ("đổi cách tính", "break"),
    "explore.mark.rebuilt": ("tổng hợp lại", "rebuilt"),
    "explore.mark.P.sign": ("s", "p"),
    "explore.mark.E.sign": ("u", "e"),
    "explore.mark.B.sign": ("đ", "b"),
    "explore.mark.rebuilt.sign": ("◇", "◇"),
    "explore.pivot.marks": (
        "Dấu trước số: s sơ bộ, u ước tính, đ đổi cách tính, ◇ tổng hợp lại.",
        "Marks before numbers: p provisional, e estimated, b break, ◇ rebuilt.",
    ),
    "explore.list.value": ("Giá trị", "Value"),
    "explore.list.women": ("Nữ", "Women"),
    "explore.list.men": ("Nam", "Men"),
    "explore.list.unit": ("Đơn vị tính", "Unit"),
    "explore.list.numerator": ("Tử số", "Numerator"),
    "explore.list.denominator": ("Mẫu số", "Denominator"),
    "explore.list.status": ("Tình trạng", "Status"),
    "explore.list.origin": ("Cách có số", "How it was made"),
    "explore.list.sender": ("Đơn vị báo cáo", "Reported by"),
    "explore.list.age": ("Tuổi", "Age"),
    "explore.list.code": ("Mã địa phương", "Code"),
    "explore.list.definition": ("Cách tính", "Definition"),
    "explore.note.choice": ("Lựa chọn: {title}.", "Choice: {title}."),
}
