"""The rules, one case each: what is sent, which finding comes back, and on which cell."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from etl.check import CheckedBatch
from etl.findings import check_rules
from tests.support.forms import observation

Check = Callable[..., CheckedBatch]
FIRST_ROW = 4  # of a line on sheet Số liệu

GOOD = observation(
    reported_value=111.4, source_family="REGISTRATION", unit_measure="MALES_PER_100_FEMALES"
)
SHARE = "VICTIMS_REACHING_SERVICE"


def findings(batch: CheckedBatch) -> list[tuple[str, str | None]]:
    return [(row["code"], row["cell"]) for row in batch.issues.iter_rows(named=True)]


def status(batch: CheckedBatch) -> str:
    return batch.submissions["status"][0]


def test_a_good_form_is_accepted_with_the_address_of_each_number(check: Check) -> None:
    batch = check(observation(SHARE, numerator=13, denominator=22, reported_value=59.1), GOOD)
    assert findings(batch) == []
    assert status(batch) == "accepted"
    first, second = batch.observations.sort("sheet_row").iter_rows(named=True)
    assert (first["numerator_cell"], first["denominator_cell"], first["value_cell"]) == (
        "J4",
        "K4",
        "L4",
    )
    assert first["obs_value"] == Decimal("59.090909091")  # from the counts, not as rounded
    assert first["reported_value"] == Decimal("59.1")
    assert second["obs_value"] == Decimal("111.4")
    assert (second["ref_area"], second["time_period"], second["reference_year"]) == (
        "33@2025",
        "2025",
        2025,
    )


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        ({"indicator_id": "SEX_RATIO_AT_BRITH"}, "UNKNOWN_INDICATOR", "A4"),
        ({"indicator_id": None}, "INDICATOR_MISSING", "A4"),
        ({"ref_area": "99@2025"}, "UNKNOWN_LOCALITY", "C4"),
        ({"ref_area": 33}, "UNKNOWN_LOCALITY", "C4"),  # a bare number names no locality
        ({"ref_area": "01@2025"}, "LOCALITY_NOT_COVERED", "C4"),
        ({"time_period": "năm ngoái"}, "UNKNOWN_PERIOD", "D4"),
        ({"time_period": 2024}, "LOCALITY_NOT_VALID", "C4"),  # 33@2025 began in 2025
        ({"time_period": 2027}, "PERIOD_IN_FUTURE", "D4"),
        ({"reference_year": 2026}, "REFERENCE_AFTER_PERIOD", "E4"),
        ({"reference_year": "20 19"}, "UNKNOWN_PERIOD", "E4"),
        ({"sex": "nữ giới"}, "UNKNOWN_CODE", "F4"),
        ({"sex": "Nữ"}, "SEX_NOT_EXPECTED", "F4"),
        ({"age": "trẻ"}, "UNKNOWN_CODE", "G4"),
        ({"breakdown": "MÀU_ÁO.ĐỎ"}, "UNKNOWN_CODE", "H4"),
        ({"definition": "KIỂU_KHÁC"}, "UNKNOWN_CODE", "I4"),
        ({"source_family": "TIN_ĐỒN"}, "UNKNOWN_CODE", "N4"),
        ({"obs_status": "Q?"}, "UNKNOWN_CODE", "P4"),
        ({"confidence": "recalled"}, "RECALLED_SOURCE", "Q4"),
        ({"unit_measure": "PERCENT"}, "WRONG_UNIT", "M4"),
        ({"reported_value": "nhiều"}, "NOT_A_NUMBER", "L4"),
        ({"reported_value": "111.4"}, "OTHER_NUMBER_STYLE", "L4"),  # this file writes 111,4
        ({"reported_value": -5}, "OUT_OF_LIMITS", "L4"),
        ({"indicator_id": SHARE, "reported_value": 1375}, "OUT_OF_LIMITS", "L4"),
        (
            {"indicator_id": SHARE, "numerator": 30, "denominator": 22, "reported_value": None},
            "PART_LARGER_THAN_WHOLE",
            "J4",
        ),
        (
            {"indicator_id": SHARE, "numerator": -1, "denominator": 22, "reported_value": None},
            "NEGATIVE_COUNT",
            "J4",
        ),
        (
            {"indicator_id": SHARE, "numerator": 3, "denominator": 0, "reported_value": None},
            "DENOMINATOR_ZERO",
            "K4",
        ),
        (
            {"indicator_id": SHARE, "numerator": 13, "denominator": 22, "reported_value": 62},
            "VALUE_NOT_RATIO",
            "L4",
        ),
        (
            {"indicator_id": SHARE, "numerator": 13, "denominator": 22, "reported_value": 0.591},
            "VALUE_IS_FRACTION",
            "L4",
        ),
        ({"reported_value": 1e30}, "NUMBER_TOO_LARGE", "L4"),
        ({"reported_value": "9" * 60}, "NUMBER_TOO_LARGE", "L4"),
        ({"numerator": 1e25, "denominator": 2e27}, "NUMBER_TOO_LARGE", "J4"),
        ({"reported_value": True}, "NOT_A_NUMBER", "L4"),
    ],
)
def test_each_fault_is_found_at_its_cell(check: Check, line: dict, code: str, cell: str) -> None:
    batch = check(GOOD | {"unit_measure": None} | line)
    assert (code, cell) in findings(batch)
    assert status(batch) == "refused"
    assert batch.observations.is_empty()


def words(batch: CheckedBatch) -> str:
    return " ".join(f"{row['message_vi']} {row['advice_vi']}" for row in batch.issues.to_dicts())


def test_an_empty_cell_is_told_by_what_it_stands_for(check: Check) -> None:
    """The sender's own locality, in a year in which it did not exist."""
    batch = check(GOOD | {"time_period": 2023})
    assert findings(batch) == [("LOCALITY_NOT_VALID", "C4")]
    assert "“33@2025”" in words(batch)


def test_numbers_in_messages_are_vietnamese_and_free_of_noise(check: Check) -> None:
    batch = check(observation(SHARE, numerator=13, denominator=22, reported_value=62.1 + 0.2))
    assert "Giá trị 62,3 không bằng tử số ÷ mẫu số (59,0909)" in words(batch)
    batch = check(observation(SHARE, reported_value=1375))
    assert "Giá trị 1375 nằm ngoài khoảng cho phép (từ 0 đến 100)." in words(batch)
    batch = check(observation("WEEKLY_WORKING_HOURS", numerator=5000, denominator=9))
    assert "tính ra kết quả 555,5556, ngoài khoảng cho phép (từ 0 đến 168)." in words(batch)


def test_a_ratio_out_of_limits_is_told_at_the_counts_and_once(check: Check) -> None:
    """The cell of the value is empty, and locked in the template."""
    batch = check(observation("WEEKLY_WORKING_HOURS", numerator=5000, denominator=9))
    assert findings(batch) == [("RATIO_OUT_OF_LIMITS", "J4")]
    batch = check(observation(SHARE, numerator=30, denominator=22))
    assert findings(batch) == [("PART_LARGER_THAN_WHOLE", "J4")]
    batch = check(observation(SHARE, numerator=-1, denominator=22))
    assert findings(batch) == [("NEGATIVE_COUNT", "J4")]


def test_one_count_without_the_other_is_not_passed_over(check: Check) -> None:
    """Accepted as a line without a figure, so the officer must be told."""
    batch = check(observation(SHARE, numerator=13))
    assert findings(batch) == [("INCOMPLETE_COUNTS", "J4")]
    assert status(batch) == "accepted"
    assert findings(check(observation(SHARE, denominator=22))) == [("INCOMPLETE_COUNTS", "K4")]
    assert findings(check(observation(SHARE, numerator="..", denominator=22))) == []
    assert findings(check(observation(SHARE, numerator=13, reported_value=59.1))) == []


def test_a_percentage_cell_of_excel_is_explained(check: Check) -> None:
    batch = check(observation(SHARE, numerator=13, denominator=22, reported_value=0.591))
    assert findings(batch) == [("VALUE_IS_FRACTION", "L4")]
    assert "phải là 59,0909" in words(batch)


def test_lines_that_are_not_understood_are_no_repetition_of_one_another(check: Check) -> None:
    lines = [GOOD | {"ref_area": f"Xứ {name}"} for name in "AB"]
    assert findings(check(*lines)) == [("UNKNOWN_LOCALITY", "C4"), ("UNKNOWN_LOCALITY", "C5")]


def test_few_misspelt_names_get_suggestions_and_many_do_not(check: Check) -> None:
    """Looking for similar names is dear: a column of wrong ones must not take minutes."""
    one = check(GOOD | {"ref_area": "Hưng Yênn", "indicator_id": "SEX_RATIO_AT_BRITH"})
    assert "gần giống: Hưng Yên" in words(one)
    assert "Gần giống: SEX_RATIO_AT_BIRTH" in words(one)
    many = check(
        *(GOOD | {"ref_area": f"Hưng Yên {n}", "indicator_id": f"SEX_{n}"} for n in range(100))
    )
    assert len(findings(many)) == 200
    assert "ần giống" not in words(many)


def test_characters_that_no_one_sees_are_removed(check: Check) -> None:
    batch = check(GOOD | {"indicator_id": "SEX_RATIO\x07_AT_BIRTH\u200b", "note": "a\x1b[31mb"})
    assert findings(batch) == []
    assert batch.observations["note"].to_list() == ["a[31mb"]


@pytest.mark.parametrize(
    ("sender", "locality", "covered"),
    [
        ("33@2025", "33@2025", True),
        ("33@2025", "33@2004", True),  # merged into it, and nobody else is left to report
        ("33@2025", "34@2004", True),  # Thái Bình, so was it
        ("33@2025", "30@2004", False),  # Hải Dương went into Hải Phòng
        ("33@2025", "336@2004", True),  # a district of the former Thái Bình
        ("33@2025", "001@2004", False),
        ("33@2025", "12070@2025", True),  # a commune below it
        ("33@2025", "00004@2025", False),
        ("33@2025", "VN", False),
        ("33@2004", "34@2004", False),
        ("RRD@2025", "33@2025", True),
        ("VN", "33@2004", True),
    ],
)
def test_for_whom_a_unit_may_report(
    check: Check, sender: str, locality: str, covered: bool
) -> None:
    batch = check(GOOD | {"ref_area": locality}, locality=sender)
    assert ("LOCALITY_NOT_COVERED" not in dict(findings(batch))) is covered
    assert "UNKNOWN_LOCALITY" not in dict(findings(batch))


@pytest.mark.parametrize("value", [59.1, 59, 59.09, 59.0909])
def test_a_rounded_value_fits_its_counts(check: Check, value: float) -> None:
    batch = check(observation(SHARE, numerator=13, denominator=22, reported_value=value))
    assert findings(batch) == []


def test_a_cut_off_value_is_a_warning_and_the_counts_win(check: Check) -> None:
    batch = check(observation(SHARE, numerator=14, denominator=30, reported_value=46.6))
    assert findings(batch) == [("VALUE_NOT_ROUNDED", "L4")]
    assert status(batch) == "accepted"
    assert batch.observations["obs_value"][0] == Decimal("46.666666667")


def test_all_faults_are_gathered_not_only_the_first(check: Check) -> None:
    batch = check(GOOD | {"indicator_id": "X"}, GOOD | {"sex": "?"}, GOOD | {"reported_value": "?"})
    assert {code for code, _ in findings(batch)} == {
        "UNKNOWN_INDICATOR",
        "UNKNOWN_CODE",
        "NOT_A_NUMBER",
    }
    assert batch.submissions["error_count"][0] == 3


def test_an_unknown_indicator_comes_with_suggestions(check: Check) -> None:
    issue = check(GOOD | {"indicator_id": "SEX_RATIO_AT_BRITH"}).issues.row(0, named=True)
    assert "SEX_RATIO_AT_BIRTH" in issue["message_vi"]
    assert issue["advice_vi"]


def test_the_name_of_another_indicator_is_a_warning(check: Check) -> None:
    batch = check(GOOD | {"indicator_name": "Tỷ suất sinh ở tuổi vị thành niên"})
    assert findings(batch) == [("INDICATOR_NAME_DIFFERS", "B4")]
    assert status(batch) == "accepted"


def test_a_name_is_judged_with_the_code_of_its_own_line(check: Check) -> None:
    """The right name on one line, the same under another code on the next."""
    name = {"indicator_name": "Tỷ số giới tính khi sinh"}
    batch = check(GOOD | name, observation(SHARE, numerator=1, denominator=2, **name))
    assert findings(batch) == [("INDICATOR_NAME_DIFFERS", "B5")]


def test_the_right_name_may_be_typed_loosely(check: Check) -> None:
    assert findings(check(GOOD | {"indicator_name": "TỶ SỐ  GIỚI TÍNH khi sinh"})) == []


def test_a_repeated_series_names_its_first_line(check: Check) -> None:
    batch = check(GOOD, GOOD | {"reported_value": 112})
    assert findings(batch) == [("DUPLICATE_SERIES", "A5")]
    assert "dòng 4" in batch.issues["message_vi"][0]


@pytest.mark.parametrize(
    ("women", "men", "total", "codes"),
    [
        (605.2, 601.3, 1206.5, []),
        (605.2, 601.3, 1206.6, []),  # three rounded terms
        (605.2, 601.3, 1216.5, ["SEX_TOTAL"]),
    ],
)
def test_women_and_men_make_the_total(
    check: Check, women: float, men: float, total: float, codes: list[str]
) -> None:
    lines = [
        observation("POPULATION", sex=sex, reported_value=value)
        for sex, value in (("Nữ", women), ("Nam", men), ("Chung", total))
    ]
    assert [code for code, _ in findings(check(*lines))] == codes


def test_cases_that_concern_both_sexes_need_not_add_up(check: Check) -> None:
    lines = [
        observation("DOMESTIC_VIOLENCE_CASES", sex=sex, reported_value=value)
        for sex, value in (("Nữ", 90), ("Nam", 20), ("Chung", 100))
    ]
    assert findings(check(*lines)) == []


@pytest.mark.parametrize("mark", ["..", "...", "-", "NA"])
def test_a_missing_mark_is_missing_and_never_zero(check: Check, mark: str) -> None:
    batch = check(GOOD | {"reported_value": mark})
    assert findings(batch) == []
    assert batch.observations["obs_value"].to_list() == [None]
    assert batch.observations["obs_status"].to_list() == ["M"]


def test_an_empty_denominator_is_kept_as_such(check: Check) -> None:
    batch = check(observation("TRAFFICKING_VICTIMS_SUPPORTED", numerator=0, denominator=0))
    assert findings(batch) == []
    row = batch.observations.row(0, named=True)
    assert (row["obs_value"], row["denominator"], row["obs_status"]) == (None, Decimal(0), "A")


def test_untouched_lines_of_a_template_are_no_report(check: Check) -> None:
    batch = check(GOOD, observation(SHARE), observation("POPULATION", sex="Nữ"))
    assert batch.submissions["row_count"][0] == 1


def test_a_form_without_any_content_is_refused(check: Check) -> None:
    assert findings(check()) == [("FORM_EMPTY", None)]


def test_numbers_as_text_are_read_as_the_form_says(check: Check) -> None:
    batch = check(GOOD | {"reported_value": "111,4"}, number_locale="vi")
    assert batch.observations["obs_value"][0] == Decimal("111.4")
    batch = check(GOOD | {"reported_value": "111.4"}, number_locale="en")
    assert batch.observations["obs_value"][0] == Decimal("111.4")


def test_two_readings_are_refused_with_both_shown(check: Check) -> None:
    batch = check(observation("POPULATION", sex="Nữ", reported_value="606.840"), number_locale=None)
    assert findings(batch) == [("AMBIGUOUS_NUMBER", "L4")]
    assert "606840 / 606,840" in batch.issues["message_vi"][0]


def test_other_numbers_of_the_file_are_evidence_for_its_way_of_writing(check: Check) -> None:
    lines = [
        observation("POPULATION", sex="Nữ", reported_value="606.840"),
        GOOD | {"reported_value": "111,4"},
    ]
    batch = check(*lines, number_locale=None)
    assert findings(batch) == []
    assert set(batch.observations["obs_value"]) == {Decimal(606840), Decimal("111.4")}


@pytest.mark.parametrize(
    ("information", "code", "cell"),
    [
        ({"locality": "33"}, "UNKNOWN_LOCALITY", "B6"),
        ({"reporting_period": "quý tư"}, "INFORMATION_INVALID", "B7"),
        ({"reporting_period": "2031"}, "INFORMATION_INVALID", "B7"),
        ({"is_synthetic": "không rõ"}, "INFORMATION_INVALID", "B12"),
        ({"prepared_on": "31/02/2025"}, "INFORMATION_INVALID", "B9"),
        ({"template_id": "BC-02"}, "INFORMATION_INVALID", "B3"),
        ({"template_version": "99"}, "INFORMATION_INVALID", "B4"),
        ({"number_locale": "fr"}, "INFORMATION_INVALID", "B11"),
        ({"organisation": ""}, "INFORMATION_MISSING", "B5"),
    ],
)
def test_the_information_sheet_is_checked(
    check: Check, information: dict, code: str, cell: str
) -> None:
    batch = check(GOOD, **information)
    assert (code, cell) in findings(batch)
    assert status(batch) == "refused"


@pytest.mark.parametrize(
    ("information", "said"),
    [
        ({"reporting_period": "2031"}, "Kỳ báo cáo: năm 2031 chưa tới"),
        ({"is_synthetic": "không rõ"}, "Số liệu minh họa: cần ghi có hoặc không"),
        ({"number_locale": "fr"}, "Kiểu viết số: cần ghi vi hoặc en"),
        ({"prepared_on": 46000}, "“46000” không phải là ngày"),
        ({"template_id": 2.0}, "Nội dung “2” không dùng được"),
    ],
)
def test_the_information_sheet_is_explained_in_plain_vietnamese(
    check: Check, information: dict, said: str
) -> None:
    batch = check(GOOD, **information)
    assert said in words(batch)
    assert "is no " not in words(batch)


STATEMENT = {"target_id": "NSGE-3.2a", "milestone_year": 2025, "own_status": "Đạt"}


def test_the_units_own_statement_is_kept(check: Check) -> None:
    line = STATEMENT | {"cause": "Chưa bố trí kinh phí", "proposed_target": "85,5"}
    batch = check(statements=[line])
    assert findings(batch) == []
    row = batch.statements.row(0, named=True)
    assert (row["own_status"], row["ref_area"], row["cause"]) == (
        "met",
        "33@2025",
        "Chưa bố trí kinh phí",
    )
    assert row["proposed_target"] == Decimal("85.5")


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        ({"target_id": "NSGE-9.9"}, "UNKNOWN_TARGET", "A4"),
        ({"milestone_year": 2027}, "UNKNOWN_MILESTONE", "C4"),
        ({"own_status": "tàm tạm"}, "UNKNOWN_STATUS", "E4"),
        ({"ref_area": "Sao Hỏa"}, "UNKNOWN_LOCALITY", "D4"),
        ({"proposed_target": "cao"}, "NOT_A_NUMBER", "I4"),
        ({"target_id": None}, "TARGET_MISSING", "A4"),
        ({"ref_area": "01@2025"}, "LOCALITY_NOT_COVERED", "D4"),
    ],
)
def test_statements_are_checked(check: Check, line: dict, code: str, cell: str) -> None:
    assert (code, cell) in findings(check(statements=[STATEMENT | line]))


def test_a_repeated_statement_names_its_first_line(check: Check) -> None:
    batch = check(statements=[STATEMENT, STATEMENT | {"own_status": "chưa đạt"}])
    assert findings(batch) == [("DUPLICATE_STATEMENT", "A5")]
    assert "dòng 4" in words(batch)


def test_an_unknown_target_comes_with_suggestions(check: Check) -> None:
    assert "NSGE-3.2a" in words(check(statements=[STATEMENT | {"target_id": "nsge-3.2a"}]))


def test_csv_says_the_same_as_the_workbook(check: Check) -> None:
    lines = [GOOD | {"reported_value": "111,4"}, observation(SHARE, numerator=13, denominator=22)]
    columns = ["indicator_id", "ref_area", "time_period", "obs_value", "numerator", "denominator"]
    workbook = check(*lines, statements=[STATEMENT]).observations.select(columns)
    csv = check(*lines, statements=[STATEMENT], ending=".csv").observations.select(columns)
    assert workbook.sort("indicator_id").equals(csv.sort("indicator_id"))


def test_every_rule_has_words_and_advice_in_both_languages() -> None:
    rules = check_rules()
    assert rules["code"].is_unique().all()
    assert set(rules["severity"]) <= {"error", "warning"}
    for column in ("message_vi", "message_en", "advice_vi", "advice_en"):
        assert rules[column].str.len_chars().min() > 10
