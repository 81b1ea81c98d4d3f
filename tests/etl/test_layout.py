"""The form is recognised by its words, wherever they stand."""

import pytest

from etl import form
from etl.findings import Finding
from etl.layout import lay_out
from etl.read import CSV_SHEET, Grid

INFORMATION = [[one.label, "x"] for one in form.INFORMATION_FIELDS]
OBSERVATION_HEADER = [one.label for one in form.OBSERVATION_FIELDS]


def information(rows=None, first_row: int = 3) -> Grid:
    return Grid("Thông tin", INFORMATION if rows is None else rows, first_row, 1)


def observations(rows, first_row: int = 1, first_column: int = 1, sheet: str = "Số liệu") -> Grid:
    return Grid(sheet, rows, first_row, first_column)


def found_codes(grids) -> list[str]:
    return [finding.code for finding in lay_out(grids).findings]


def test_each_value_has_its_address() -> None:
    line = ["SEX_RATIO_AT_BIRTH", *[""] * 10, 111.4]
    content = lay_out(
        [information(), observations([["tiêu đề"], [], OBSERVATION_HEADER, line], 2, 2)]
    )
    assert content.findings == []
    block = content.observations
    assert block.sheet_rows == [5]
    assert block.letters["indicator_id"] == "B"
    assert block.letters["reported_value"] == "M"
    assert block.columns["reported_value"] == [111.4]
    assert block.columns["note"] == [""]  # the reader drops trailing blanks
    assert content.information["locality"].cell == "B6"


@pytest.mark.parametrize(
    "sheet", ["SỐ LIỆU", "so lieu", "Số  liệu ", "Sô´ liệu".replace("ô´", "ố")]
)
def test_sheet_names_are_matched_folded(sheet: str) -> None:
    content = lay_out([information(), observations([OBSERVATION_HEADER], sheet=sheet)])
    assert content.observations is not None


def test_columns_may_be_moved_and_renamed_within_reason() -> None:
    header = [label.upper() for label in reversed(OBSERVATION_HEADER)]
    content = lay_out([information(), observations([header, list(range(18))])])
    assert content.findings == []
    assert content.observations.letters["indicator_id"] == "R"


def test_missing_sheets_are_named() -> None:
    found = lay_out([Grid("Sheet1", [["a"]], 1, 1)]).findings
    assert [(one.code, one.value) for one in found] == [
        ("SHEET_MISSING", "Thông tin"),
        ("SHEET_MISSING", "Số liệu"),
    ]


def test_missing_columns_are_named_and_the_table_is_not_read() -> None:
    header = [label for label in OBSERVATION_HEADER if label not in ("Mẫu số", "Giá trị")]
    content = lay_out([information(), observations([header, ["A"]])])
    assert [(one.code, one.value) for one in content.findings] == [
        ("COLUMN_MISSING", "Mẫu số"),
        ("COLUMN_MISSING", "Giá trị"),
    ]
    assert content.observations is None


def test_a_table_without_header_is_said_so() -> None:
    assert found_codes([information(), observations([["1", "2", "3"]])]) == ["HEADER_MISSING"]


def test_an_unknown_column_is_a_finding_with_its_cell() -> None:
    found = lay_out([information(), observations([[*OBSERVATION_HEADER, "Lưu ý riêng"]])]).findings
    assert [(one.code, one.cell, one.value) for one in found] == [
        ("COLUMN_UNKNOWN", "S1", "Lưu ý riêng")
    ]


def test_required_information_must_be_filled_in() -> None:
    rows = [[label, "" if label == "Kỳ báo cáo" else value] for label, value in INFORMATION]
    rows = [row for row in rows if row[0] != "Ngày lập"]
    found = lay_out([information(rows), observations([OBSERVATION_HEADER])]).findings
    assert [(one.code, one.value, one.cell) for one in found] == [
        ("INFORMATION_MISSING", "Kỳ báo cáo", "B7"),
        ("INFORMATION_MISSING", "Ngày lập", None),
    ]


def test_lost_cells_of_other_sheets_do_not_count() -> None:
    lost = [Finding("ERROR_CELL", "Nháp", 1, "A1"), Finding("ERROR_CELL", "Số liệu", 9, "L9")]
    content = lay_out([information(), observations([OBSERVATION_HEADER])], lost)
    assert [one.cell for one in content.findings] == ["L9"]


def test_a_copy_of_a_form_sheet_is_not_passed_over_in_silence() -> None:
    table = [OBSERVATION_HEADER, ["A"]]
    grids = [
        information(),
        observations(table),
        observations(table, sheet="Số liệu (2)"),
        observations(table, sheet="So lieu"),
        observations([["nháp"]], sheet="Nháp"),
    ]
    content = lay_out(grids)
    assert [(one.code, one.value) for one in content.findings] == [
        ("SHEET_NOT_READ", "Số liệu (2)"),
        ("SHEET_NOT_READ", "So lieu"),
    ]
    assert content.observations.columns["indicator_id"] == ["A"]


def test_a_form_sheet_too_large_to_read_is_the_only_finding() -> None:
    large = Finding("SHEET_TOO_LARGE", "Số liệu", value="Số liệu", detail="XFD1048576")
    assert lay_out([information([])], [large]).findings == [large]
    assert lay_out([], [large]).findings == [large]
    elsewhere = Finding("SHEET_TOO_LARGE", "Nháp", value="Nháp", detail="XFD1048576")
    assert lay_out([information(), observations([OBSERVATION_HEADER])], [elsewhere]).findings == []


def csv_grid(*lines) -> Grid:
    labels = [
        form.CSV_FORM_LOCALITY_LABEL if one.name == "locality" else one.label
        for one in form.INFORMATION_FIELDS
    ]
    header = [
        form.ROW_KIND_LABEL,
        *labels,
        *OBSERVATION_HEADER,
        "Mã mục tiêu",
        "Mốc",
        "Kết quả tự đánh giá",
    ]
    return Grid(CSV_SHEET, [header, *lines], 1, 1)


def csv_line(kind: str, *cells: str, organisation: str = "x") -> list[str]:
    shared = [
        organisation if one.name == "organisation" else "x" for one in form.INFORMATION_FIELDS
    ]
    return [kind, *shared, *cells]


def test_csv_lines_go_to_their_table_by_kind() -> None:
    statement = csv_line("DANH_GIA", *[""] * 18, "NSGE-3.2a", "2025", "đạt")
    content = lay_out([csv_grid(csv_line("SO_LIEU", "A"), statement, csv_line("SO_LIEU", "B"))])
    assert content.findings == []
    assert content.observations.columns["indicator_id"] == ["A", "B"]
    assert content.observations.sheet_rows == [2, 4]
    assert content.statements.columns["target_id"] == ["NSGE-3.2a"]
    assert content.statements.sheet_rows == [3]


def test_one_csv_is_one_submission() -> None:
    lines = (csv_line("SO_LIEU", "A"), csv_line("SO_LIEU", "B", organisation="Sở Y tế"))
    found = lay_out([csv_grid(*lines)]).findings
    assert [(one.code, one.sheet_row, one.value) for one in found] == [
        ("INFORMATION_DIFFERS", 3, "Sở Y tế")
    ]


def test_csv_without_its_header_on_the_first_line() -> None:
    grid = csv_grid(csv_line("SO_LIEU", "A"))
    titled = Grid(CSV_SHEET, [["BÁO CÁO NĂM 2025"], *grid.rows], 1, 1)
    assert found_codes([titled]) == ["CSV_HEADER_MISSING"]
    assert found_codes([Grid(CSV_SHEET, [], 1, 1)]) == ["CSV_HEADER_MISSING"]


def test_csv_that_lacks_a_column_names_it() -> None:
    grid = csv_grid(csv_line("SO_LIEU", "A"))
    grid.rows[0][grid.rows[0].index("Mẫu số")] = "Mẫu"
    found = lay_out([grid]).findings
    assert [(one.code, one.value) for one in found] == [("COLUMN_MISSING", "Mẫu số")]


def test_csv_with_nothing_below_its_header_is_empty() -> None:
    assert found_codes([csv_grid()]) == ["FORM_EMPTY"]
    assert found_codes([csv_grid(["", ""], [])]) == ["FORM_EMPTY"]


def test_blank_csv_lines_do_no_harm() -> None:
    content = lay_out([csv_grid([], csv_line("SO_LIEU", "A"), ["", ""], csv_line("SO_LIEU", "B"))])
    assert content.findings == []
    assert content.information["organisation"].cell == "D3"
    assert content.observations.sheet_rows == [2, 3, 4, 5]
