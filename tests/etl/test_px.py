"""Tables of the statistics office's server: the shapes met, in small samples of our own."""

from decimal import Decimal

import pytest

from etl.px_labels import AGE, BREAKDOWN, SEX, Label
from etl.px_mapping import PxMapping
from tests.support.px import COLUMNS, Check, figures, issues

# Labels ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "year", "is_provisional"),
    [
        ("2016", "2016", False),
        ("Prel. 2016", "2016", True),
        (" Prel. 2016", "2016", True),
        ("Prel.2016", "2016", True),
        ("Pre. 2016", "2016", True),
        ("Pre.2016", "2016", True),
        ("Pre..2016", "2016", True),
        ("prel_2016", "2016", True),
        ("Sơ bộ 2019", "2019", True),
        ("Tổng số Sơ bộ 2019", "2019", True),
        ("Sơ bộ 2018 Tổng số", "2018", True),
        ("Sơ bộ - Prel. 2021", "2021", True),
        ("Sơ bộ - / Prel 2017", "2017", True),
        ("2019 (*)", "2019", False),
        ("1995 -1996", "1995", False),
        (" 2013-2014", "2013", False),
        ("Sơ bộ 2019-2020", "2019", True),
        ("Prel. 2016-2017", "2016", True),
        ("X2010", "2010", False),
        ("X2010.General.average", "2010", False),
        ("2004 Tổng số", "2004", False),
        ("Tổng số 1995", "1995", False),
    ],
)
def test_years_in_every_spelling_met(
    mapping: PxMapping, text: str, year: str, is_provisional: bool
) -> None:
    label = mapping.labels.read(text)
    assert (label.year, label.is_provisional, label.rest) == (year, is_provisional, "")


@pytest.mark.parametrize(
    ("text", "codes", "rest"),
    [
        ("Male Prel. 2016", {(SEX, "M")}, ""),
        ("Nữ Sơ bộ 2019", {(SEX, "F")}, ""),
        ("2004 Trung học cơ sở", {(BREAKDOWN, "SCHOOL_LEVEL.LOWER_SECONDARY")}, ""),
        ("Unemployment rate Female", {(SEX, "F")}, "unemployment rate"),
        ("Tỷ lệ thất nghiệp 15-24", {(AGE, "Y15T24")}, "ty le that nghiep"),
        ("50+", {(AGE, "Y_GE50")}, ""),
        ("15-19 tuổi", {(AGE, "Y15T19")}, ""),
        ("17-99", set(), "17 99"),  # no age group of the code list
        # "Males" and "females" in brackets explain a unit and name no sex.
        (
            "Sex ratio of population (Males per 100 females)",
            set(),
            "sex ratio of population males per 100 females",
        ),
        ("5 năm", set(), "5 nam"),  # years, not men
    ],
)
def test_parts_of_a_label_in_either_order(
    mapping: PxMapping, text: str, codes: set[tuple[str, str]], rest: str
) -> None:
    label = mapping.labels.read(text)
    assert (set(label.codes), label.rest) == (codes, rest)


@pytest.mark.parametrize("name", ["Nam Ðịnh", "Hà Nam", "Quảng Nam", "     Hà Nội", "South  East"])
def test_names_of_places_are_no_words(mapping: PxMapping, name: str) -> None:
    label = mapping.labels.read(name)
    assert isinstance(label, Label)
    assert label.place
    assert (label.codes, label.rest) == (frozenset(), "")


@pytest.mark.parametrize("text", ["Cả nước 2018", "2018 Huế", "Hà Nội Sơ bộ 2018"])
def test_a_place_and_a_year_in_one_label(mapping: PxMapping, text: str) -> None:
    label = mapping.labels.read(text)
    assert (label.year, bool(label.place), label.rest) == ("2018", True, "")


def test_total_beside_a_year_is_no_place(mapping: PxMapping) -> None:
    assert mapping.labels.read("2018 Tổng số").place == ""


# Shapes ---------------------------------------------------------------------------------------


def test_title_blank_line_header_and_semicolons(px: Check) -> None:
    batch = px(
        '\ufeff"Sex ratio at birth by region by Region and Year"\r\n\r\n'
        '"Region";"2014";"Prel. 2016"\r\n'
        '"WHOLE COUNTRY";112.5;..\r\n"South  East";103.25;99.241384289044\r\n'
    )
    assert issues(batch) == []
    assert figures(batch, "SEX_RATIO_AT_BIRTH") == {
        ("VN", "2014", "_T", "_T", "_T", Decimal("112.5"), "A"),
        ("VN", "2016", "_T", "_T", "_T", None, "M"),
        ("SEA@2004", "2014", "_T", "_T", "_T", Decimal("103.25"), "A"),
        ("SEA@2004", "2016", "_T", "_T", "_T", Decimal("99.241384289"), "P"),
    }
    submission = batch.submissions.row(0, named=True)
    assert submission["organisation"] == "Cục Thống kê"
    assert (submission["locality_id"], submission["reporting_period"]) == ("VN", "2016")
    assert submission["dataset_id"] == "PX-SEX-RATIO"
    assert "Ô C5 của bảng gốc" in set(batch.observations["note"])


def test_two_dimensions_in_one_heading_without_a_title(px: Check) -> None:
    batch = px(
        '"Ðịa phương","2004 Tổng số","2004 Tiểu học","Sơ bộ 2019 Tiểu học"\n'
        '"CẢ NƯỚC",100,60,61\n"     Ðiện Biên",10,6,7\n',
        "women_teachers_by_province_vi.csv",
    )
    assert issues(batch) == []
    primary = "SCHOOL_LEVEL.PRIMARY"
    assert figures(batch, "TEACHERS") == {
        ("VN", "2004", "F", "_T", "_T", Decimal(100), "A"),
        ("VN", "2004", "F", "_T", primary, Decimal(60), "A"),
        ("VN", "2019", "F", "_T", primary, Decimal(61), "P"),
        ("11@2004", "2004", "F", "_T", "_T", Decimal(10), "A"),
        ("11@2004", "2004", "F", "_T", primary, Decimal(6), "A"),
        ("11@2004", "2019", "F", "_T", primary, Decimal(7), "P"),
    }


def test_a_header_repeated_as_first_line_and_measures_down_the_side(px: Check) -> None:
    header = '"Child.mortality.rate";"Year";"Male";"Female"\n'
    batch = px(
        header
        + header
        + '"infant_mortality_rate_deaths_per_1000_live_births_";"2001";"32.9";"26"\n'
        '"under_five_mortality_rate_deaths_per_1000_live_births_";"Prel. 2016";NA;"14.9"\n'
    )
    assert issues(batch) == []
    assert figures(batch, "INFANT_MORTALITY_RATE") == {
        ("VN", "2001", "M", "_T", "_T", Decimal("32.9"), "A"),
        ("VN", "2001", "F", "_T", "_T", Decimal(26), "A"),
    }
    assert figures(batch, "UNDER_FIVE_MORTALITY_RATE") == {
        ("VN", "2016", "M", "_T", "_T", None, "M"),
        ("VN", "2016", "F", "_T", "_T", Decimal("14.9"), "P"),
    }


def test_years_and_regions_down_the_side_measures_and_sexes_across(px: Check) -> None:
    batch = px(
        '"Unemployment and underemployment rate of labour force at working age by region"\n\n'
        '"Year";"Region";"Unemployment rate General";"Underemployment rate Male"\n'
        '"2015";"Whole country";2.3;1.5\n'
    )
    assert issues(batch) == []
    working_age = "LABOUR_AGE.WORKING_AGE"
    assert figures(batch, "UNEMPLOYMENT_RATE") == {
        ("VN", "2015", "_T", "_T", working_age, Decimal("2.3"), "A")
    }
    assert figures(batch, "UNDEREMPLOYMENT_RATE") == {
        ("VN", "2015", "M", "_T", working_age, Decimal("1.5"), "A")
    }


def test_ages_down_the_side(px: Check) -> None:
    batch = px(
        '"Nhóm tuổi","2009","Sơ bộ 2019"\n"TỔNG SỐ",47743.6,1\n"15-19",3795.4,2\n"50+",8,3\n',
        "lực lượng lao động theo nhóm tuổi.csv",
    )
    assert issues(batch) == []
    assert {(row[3], row[5]) for row in figures(batch, "LABOUR_FORCE") if row[1] == "2009"} == {
        ("_T", Decimal("47743.6")),
        ("Y15T19", Decimal("3795.4")),
        ("Y_GE50", Decimal(8)),
    }


def test_decimal_commas_and_footnote_marks(px: Check) -> None:
    batch = px('"Tổng tỷ suất sinh theo vùng"\n\n"Vùng";"2018";"2019"\n"CẢ NƯỚC";2,05;2,09(*)\n')
    assert issues(batch) == []
    assert {(row[5], row[6]) for row in figures(batch, "TOTAL_FERTILITY_RATE")} == {
        (Decimal("2.05"), "A"),
        (Decimal("2.09"), "P"),
    }


def test_a_measure_in_persons_is_brought_to_thousands(px: Check) -> None:
    batch = px(
        '"Diện tích, dân số và mật độ dân số"\n\n'
        '"Tỉnh","2019 (*) Diện tích (Km2)","2019 (*) Dân số trung bình (Người)",'
        '"2020 Dân số trung bình (Nghìn người)"\n'
        '"Hà Nội",3358.6,8093912,8246.5\n'
    )
    assert issues(batch) == []
    assert {(row[1], row[5]) for row in figures(batch, "POPULATION")} == {
        ("2019", Decimal("8093.912")),
        ("2020", Decimal("8246.5")),
    }


def test_a_place_belongs_to_the_map_of_the_year(px: Check) -> None:
    batch = px(
        '"Dân số trung bình"\n\n"Tỉnh","Tổng số 1995","Tổng số 2007","Tổng số 2019"\n'
        '"Hà Nội",2431,3228.5,8093.9\n"Hà Tây",2299,2773.7,..\n"Cao Bằng",489,510,530\n'
    )
    assert {row[:2] for row in figures(batch, "POPULATION")} == {
        ("01@2003", "2007"),
        ("01@2004", "2019"),
        ("28@2003", "2007"),
        ("04@2004", "2007"),
        ("04@2004", "2019"),
    }
    [(code, value)] = issues(batch)  # the ".." of a province that had ended says nothing
    assert code == "PX_PLACE_NOT_VALID"
    assert value == "Hà Nội 1995; Hà Tây 1995; Cao Bằng 1995"


def test_lines_that_are_no_place_are_left_out_and_named(px: Check) -> None:
    batch = px(
        '"Number of pupils by province"\n\n"Province";"2019"\n"Cao Bằng";5\n"Other provinces";7\n'
    )
    assert issues(batch) == [("PX_NO_PLACE", "Other provinces")]
    assert figures(batch, "SCHOOL_PUPILS") == {("04@2004", "2019", "_T", "_T", "_T", 5, "A")}


def test_an_unknown_place_is_asked_back(px: Check) -> None:
    batch = px(
        '"Total fertility rate by province"\n\n"P";"2019"\n"Cao Bằng";2.1\n"Tỉnh Quảng Đông";2.2\n'
    )
    assert issues(batch) == [("UNKNOWN_LOCALITY", "Tỉnh Quảng Đông")]
    assert batch.submissions["status"][0] == "refused"


def test_an_unknown_label_leaves_its_figures_out_with_a_warning(px: Check) -> None:
    batch = px('"Labour force by skill"\n\n"Year";"Total";"Robots"\n"2019";10;3\n"2020";11;4\n')
    assert batch.issues.select("code", "value").rows() == [("PX_LABEL_UNKNOWN", "Robots")]
    assert "2 số liệu" in batch.issues["message_vi"][0]
    assert {row[5] for row in figures(batch, "LABOUR_FORCE")} == {Decimal(10), Decimal(11)}


def test_a_table_without_mapping_says_how_to_add_one(px: Check) -> None:
    batch = px('"Number of robots by province"\n\n"Province";"2019"\n"Cao Bằng";5\n')
    [issue] = batch.issues.iter_rows(named=True)
    assert (issue["code"], issue["severity"]) == ("PX_TABLE_UNKNOWN", "error")
    assert "px_tables/tables.csv" in issue["advice_vi"]


def test_a_table_of_which_nothing_is_understood_is_refused(px: Check) -> None:
    batch = px('"Labour force by skill"\n\n"Year";"Robots"\n"2019";3\n')
    assert {code for code, _ in issues(batch)} == {"PX_LABEL_UNKNOWN", "PX_NOTHING_READ"}
    assert batch.submissions["status"][0] == "refused"


# What real tables hold ------------------------------------------------------------------------


def test_a_table_of_the_old_yearbooks_in_tcvn3(px: Check) -> None:
    batch = px(
        '"Tæng tû suÊt sinh theo vïng"\n\n"Vïng";"2010";"S¬ bé - Prel. 2011"\n'
        '"C¶ n\u2212íc - Whole country";2,05;2,09\n'
        '"§ång b»ng s«ng Hång - Red River Delta";2,1;2,2(*)\n'
        '"§«ng Nam Bé - South East";..;-\n'
    )
    assert issues(batch) == []
    assert {(row[0], row[1], row[5], row[6]) for row in figures(batch, "TOTAL_FERTILITY_RATE")} == {
        ("VN", "2010", Decimal("2.05"), "A"),
        ("VN", "2011", Decimal("2.09"), "P"),
        ("RRD@2004", "2010", Decimal("2.1"), "A"),
        ("RRD@2004", "2011", Decimal("2.2"), "P"),
        ("SEA@2004", "2010", None, "M"),
        ("SEA@2004", "2011", None, "M"),
    }


@pytest.mark.parametrize("mark", ["..", "...", "…", "-", "–", "NA", "na", "n/a"])
def test_no_missing_mark_becomes_zero(px: Check, mark: str) -> None:
    batch = px(f'"Tổng tỷ suất sinh theo vùng"\n\n"Vùng";"2018";"2019"\n"CẢ NƯỚC";{mark};0\n')
    assert issues(batch) == []
    assert {(row[1], row[5]) for row in figures(batch, "TOTAL_FERTILITY_RATE")} == {
        ("2018", None),
        ("2019", Decimal(0)),
    }


@pytest.mark.parametrize(
    ("line", "code", "value"),
    [
        ("606.840,701.123", "AMBIGUOUS_NUMBER", "606.840"),
        ("7 420 1,7328.4", "NOT_A_NUMBER", "7 420 1"),  # two numbers, or one
        ("1.234.56,7328.4", "NOT_A_NUMBER", "1.234.56"),
    ],
)
def test_doubtful_figures_of_a_table_are_refused(
    px: Check, line: str, code: str, value: str
) -> None:
    batch = px(f'"Average population by province"\n\n"Province","2016","2017"\n"Ha Noi",{line}\n')
    assert (code, value) in issues(batch)
    assert batch.submissions["status"][0] == "refused"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ĐÔNG BẮC - NORTH EAST", "UNKNOWN_LOCALITY"),  # a region of the old yearbooks
        ("Tỉnh Quang Bình", "UNKNOWN_LOCALITY"),  # a tone lost
        ("B?c Ninh", "UNKNOWN_LOCALITY"),
        ("Không xác định - Nec.", "PX_NO_PLACE"),
        ("Unidentified", "PX_NO_PLACE"),
        ("Học sinh phổ thông trong các trường đại học", "PX_NO_PLACE"),
        (
            "Upper secondary schoolgirls in universities have been excluded in province",
            "PX_NO_PLACE",
        ),
    ],
)
def test_what_is_no_place_of_today_is_never_added_to_one(px: Check, name: str, code: str) -> None:
    batch = px(
        '"Average population by province"\n\n"Province","2016"\n'
        f'"Quảng Ninh",1224.6\n"{name}",5.5\n'
    )
    assert (code, name) in issues(batch)
    areas = {row[:1] + row[5:6] for row in figures(batch, "POPULATION")}
    assert areas <= {("22@2004", Decimal("1224.6"))}


def test_a_figure_merged_for_two_provinces_shifts_its_neighbours_and_is_refused(px: Check) -> None:
    """Yearbooks print one figure of 2000 between Điện Biên and Lai Châu."""
    batch = px(
        '"Dân số trung bình"\n\n"Tỉnh","2000","2005","2007"\n'
        '"Lai Châu",300,310\n7627\n"Điện Biên",400,410\n'
    )
    assert ("PX_LOOSE_FIGURE", "7627") in issues(batch)
    assert batch.submissions["status"][0] == "refused"


def test_two_line_labels_and_misspelt_titles_do_no_harm(px: Check) -> None:
    batch = px(
        '"Iterms: average population by province, as of 31 Februarry"\n\n'
        '"Cities, provincies","2015"\n'
        '"Đồng bằng sông Hồng",\n"Red River Delta",20925.5\n"Hà Nội",\n"Ha Noi",7216\n'
    )
    assert issues(batch) == []
    assert {row[:2] + row[5:6] for row in figures(batch, "POPULATION")} == {
        ("RRD@2004", "2015", Decimal("20925.5")),
        ("01@2004", "2015", Decimal(7216)),
    }


def test_a_stray_percent_sign_in_a_heading_is_no_unit(px: Check) -> None:
    batch = px('"Dân số trung bình"\n\n"Tỉnh","2015 %","2016"\n"Hà Nội",7216.5,7328.5\n')
    assert {row[1:2] + row[5:6] for row in figures(batch, "POPULATION")} == {
        ("2015", Decimal("7216.5")),
        ("2016", Decimal("7328.5")),
    }


def test_school_years_and_names_mangled_by_r(px: Check) -> None:
    batch = px('"Number of pupils by province";"2005-2006";"Sơ bộ 2019-2020"\n"Cao Bằng";5;6\n')
    assert {(row[1], row[5], row[6]) for row in figures(batch, "SCHOOL_PUPILS")} == {
        ("2005", Decimal(5), "A"),
        ("2019", Decimal(6), "P"),
    }
    mangled = px(
        '"Tỉnh";"X2010";"X2011.General.average"\n"Cao Bằng";500,5;501,5\n',
        "dân số trung bình.csv",
    )
    assert {row[1] for row in figures(mangled, "POPULATION")} == {"2010", "2011"}


@pytest.mark.parametrize("content", [b"B\xecnh Dinh", "B\ufffdnh \ufffdinh".encode()])
def test_a_file_with_one_broken_byte_is_refused(px: Check, content: bytes) -> None:
    batch = px(b'"Average population by province"\n\n"Province","2016"\n"' + content + b'",1\n')
    assert [code for code, _ in issues(batch)] == ["FILE_ENCODING"]


# What else tables hold ------------------------------------------------------------------------


def test_three_dimensions_in_one_heading_and_every_missing_mark(px: Check) -> None:
    batch = px(
        '"Average population by province, sex and residence"\n\n'
        '"Cities, provincies","Prel. 2024 Male Urban","Female Rural 2023"\n'
        '" WHOLE COUNTRY",19000.5,31000\n"     Thai  Nguyen",..,...\n"Hue",-,:\n'
    )
    assert figures(batch, "POPULATION") == {
        ("VN", "2024", "M", "_T", "RESIDENCE.URBAN", Decimal("19000.5"), "P"),
        ("VN", "2023", "F", "_T", "RESIDENCE.RURAL", Decimal(31000), "A"),
        ("19@2004", "2024", "M", "_T", "RESIDENCE.URBAN", None, "M"),
        ("19@2004", "2023", "F", "_T", "RESIDENCE.RURAL", None, "M"),
        ("46@2004", "2024", "M", "_T", "RESIDENCE.URBAN", None, "M"),
        ("46@2004", "2023", "F", "_T", "RESIDENCE.RURAL", None, "M"),
    }


def test_cells_with_line_breaks_tabs_and_utf_16(px: Check) -> None:
    text = 'Tổng tỷ suất sinh\t\t\n\t\t\n"Địa\nphương"\t"Sơ bộ\n2019"\t2018\n"Hà\nNội"\t2,1\t2,0\n'
    expected = {
        ("01@2004", "2019", "_T", "_T", "_T", Decimal("2.1"), "P"),
        ("01@2004", "2018", "_T", "_T", "_T", Decimal(2), "A"),
    }
    assert figures(px(text), "TOTAL_FERTILITY_RATE") == expected
    for encoding in ("utf-16-le", "utf-16-be"):
        wide = ("\ufeff" + text).encode(encoding)
        assert figures(px(wide), "TOTAL_FERTILITY_RATE") == expected


def test_notes_below_the_table_are_no_lines(px: Check) -> None:
    batch = px(
        '"Tổng tỷ suất sinh"\n\n"Vùng";"2018"\n"CẢ NƯỚC";2.05\n\n'
        '"Nguồn: Tổng cục Thống kê"\n"Ghi chú:";"(*) Số sơ bộ"\n"Latest update:";"20230101"\n'
    )
    assert batch.issues.is_empty()
    assert batch.observations["ref_area"].to_list() == ["VN"]
    starred = px('"Tổng tỷ suất sinh"\n\n"Vùng";"2018"\n"CẢ NƯỚC";2.05\n"(*) Theo vùng";"mới"\n')
    assert starred.issues.is_empty()


@pytest.mark.parametrize(
    ("above", "printed", "value"),
    [
        ('"Dân số trung bình (Người)"\n', "96484000", "96484"),
        ('"Dân số trung bình"\n"Đơn vị tính: Người"\n', "96484000", "96484"),
        ('"Dân số trung bình (Nghìn người)"\n', "96484.5", "96484.5"),
        ('"Average population (Thous. persons)"\n', '"96,484.5"', "96484.5"),
        ('"Average population"\n', "96 484.5", "96484.5"),
    ],
)
def test_the_unit_in_the_title_counts(px: Check, above: str, printed: str, value: str) -> None:
    batch = px(f'{above}\n"Vùng";"2019"\n"CẢ NƯỚC";{printed}\n')
    assert batch.observations["obs_value"].to_list() == [Decimal(value)]


def test_thousands_of_teachers_are_persons(px: Check) -> None:
    batch = px('"Số giáo viên phổ thông (Nghìn người)"\n\n"Vùng";"2019-2020"\n"CẢ NƯỚC";"803,6"\n')
    assert batch.observations["obs_value"].to_list() == [Decimal(803600)]


def test_points_that_group_digits_are_told_by_the_whole_table(px: Check) -> None:
    head = '"Số giáo viên phổ thông"\n\n"Địa phương";"2018";"2019"\n"CẢ NƯỚC";'
    grouped = px(f'{head}"803.601";"1.236.306"\n')
    assert grouped.observations["obs_value"].to_list() == [Decimal(803601), Decimal(1236306)]
    decimal = px(f"{head}803.601;804.5\n")
    assert decimal.observations["obs_value"].to_list() == [Decimal("803.601"), Decimal("804.5")]
    alone = px(f"{head}803.601;..\n")
    assert [code for code, _ in issues(alone)] == ["AMBIGUOUS_NUMBER"]
    assert alone.submissions["status"][0] == "refused"


@pytest.mark.parametrize(
    "period",
    ["Quý I năm 2023", "Quarter 2 2023", "01/2023", "2023M02", "2010-2015", "6 tháng đầu 2023"],
)
def test_other_periods_than_years_are_never_taken_for_years(px: Check, period: str) -> None:
    batch = px(f'"Tổng tỷ suất sinh"\n\n"Kỳ";"Chung"\n"2022";2.0\n"{period}";2.1\n')
    assert batch.observations["time_period"].to_list() == ["2022"]
    assert issues(batch) == [("PX_LABEL_UNKNOWN", period)]


def test_open_age_groups_in_words(px: Check) -> None:
    batch = px(
        '"Lực lượng lao động phân theo nhóm tuổi"\n\n"Nhóm tuổi";"2019"\n"TỔNG SỐ";54659.2\n'
        '"65 tuổi trở lên";10.5\n"60 years of age and above";20.5\n'
        '"25 – 49";30.5\n"Dưới 15 tuổi";1.5\n"62 tuổi trở lên";9\n'
    )
    ages = [row[3] for row in batch.observations.select(COLUMNS).rows()]
    assert ages == ["_T", "Y_GE65", "Y_GE60", "Y25T49", "Y_LT15"]
    assert ("PX_LABEL_UNKNOWN", "62 tuổi trở lên") in issues(batch)


def test_a_table_without_mapping_is_taken_apart_all_the_same(px: Check) -> None:
    batch = px(
        '"Số vụ kết hôn phân theo địa phương"\n\n'
        '"Địa phương";"2018 Tổng số";"2018 Lần thứ 2 trở lên";"2019 Nữ"\n'
        '"CẢ NƯỚC";735292;73402;1\n"Hà Nội";47803;6813;1\n'
    )
    [issue] = batch.issues.iter_rows(named=True)
    for part in (
        'PX-…,"Số vụ kết hôn phân theo địa phương",',
        "năm 2018-2019",
        "2 địa phương",
        "mã F",
        "Lần thứ 2 trở lên",
    ):
        assert part in issue["message_vi"]


@pytest.mark.parametrize(
    ("title", "sex"),
    [
        ("Lực lượng lao động nữ từ 15 tuổi trở lên", "F"),
        ("LỰC LƯỢNG LAO ĐỘNG NỮ", "F"),
        ("Female labour force", "F"),
        ("Lực lượng lao động nam", "M"),
        ("Lực lượng lao động Việt Nam", "_T"),
        ("Lực lượng lao động nam, nữ", "_T"),
        ("Lực lượng lao động (nam/100 nữ)", "_T"),
    ],
)
def test_a_title_that_speaks_of_one_sex_is_about_that_sex(px: Check, title: str, sex: str) -> None:
    batch = px(f'"{title}"\n\n"Vùng";"2019"\n"CẢ NƯỚC";25000.5\n')
    assert batch.observations["sex"].to_list() == [sex]


def test_percentages_are_not_taken_for_persons(px: Check) -> None:
    batch = px('"Dân số trung bình theo vùng (%)"\n\n"Vùng";"2019"\n"CẢ NƯỚC";25.5\n')
    assert issues(batch) == [("WRONG_UNIT", "PERCENT")]
    assert batch.submissions["status"][0] == "refused"
    for title in ("Tỷ lệ nữ trong lực lượng lao động", "Percentage of women teachers"):
        unmapped = px(f'"{title}"\n\n"Vùng";"2019"\n"CẢ NƯỚC";47.5\n')
        assert [code for code, _ in issues(unmapped)] == ["PX_TABLE_UNKNOWN"]
