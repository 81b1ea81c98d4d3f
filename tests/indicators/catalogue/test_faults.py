"""Each way a catalogue file can be wrong, and what the statistician is told about it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from indicators.catalogue import load_catalogue
from indicators.catalogue.models import FILES
from indicators.errors import CatalogueError
from tests.indicators.catalogue.conftest import read_rows, write_rows

INDICATORS = "indicators.csv"
MILESTONES = "target_milestones.csv"
BANDS = "near_bands.csv"
DATA = Path(__file__).parents[2] / "data"


@dataclass(frozen=True)
class Case:
    """Change one cell of the first row with that key; what is told, and at which column.

    ``told_at_another_row``: where the contradiction shows, not where it was made.
    """

    file: str
    key_column: str
    key: str
    changed_column: str
    new_value: str
    told_column: str
    told: str
    told_at_another_row: str

    def __str__(self) -> str:
        return f"{self.file} {self.key} {self.changed_column}={self.new_value}"


CASES = [Case(**row) for row in read_rows(DATA / "catalogue" / "faults.csv")]


def faults_of(directory: Path) -> list[str]:
    with pytest.raises(CatalogueError) as raised:
        load_catalogue(directory)
    return raised.value.faults


def change_row(directory: Path, case: Case) -> int:
    """Make the change; the row number as a spreadsheet shows it."""
    rows = read_rows(directory / case.file)
    index = next(i for i, row in enumerate(rows) if row[case.key_column] == case.key)
    rows[index][case.changed_column] = case.new_value
    write_rows(directory / case.file, rows)
    return index + 2


def test_a_unit_without_a_parent_in_force_on_some_day_is_told(catalogue_copy: Path) -> None:
    """Hà Đông belonged to Hà Tây before the Hà Nội that it is listed under began."""
    path = catalogue_copy / "localities" / "former_states.csv"
    write_rows(path, [row for row in read_rows(path) if row["locality_id"] != "268@2004"])
    [fault] = faults_of(catalogue_copy)
    assert fault.startswith("localities/districts_2004.csv")
    assert "parent_code" in fault
    assert "former_states.csv" in fault


def test_the_small_catalogue_itself_is_valid(catalogue_copy: Path) -> None:
    assert load_catalogue(catalogue_copy).indicators.height > 97


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_wrong_cell_is_named_with_file_row_and_column(case: Case, catalogue_copy: Path) -> None:
    row = change_row(catalogue_copy, case)
    named = [
        fault
        for fault in faults_of(catalogue_copy)
        if fault.startswith(f"{case.file}, dòng ") and f", cột {case.told_column}: " in fault
    ]
    told = [fault for fault in named if case.told in fault]
    assert told, named
    at_this_row = any(f", dòng {row}, " in fault for fault in told)
    assert at_this_row == (case.told_at_another_row == "false"), (row, told)


def test_all_faults_of_all_files_come_at_once(catalogue_copy: Path) -> None:
    spoilt = {case.file: case for case in CASES}
    for case in spoilt.values():
        change_row(catalogue_copy, case)
    assert {fault.split(",")[0] for fault in faults_of(catalogue_copy)} == set(spoilt)


def test_an_unreadable_cell_is_not_reported_again_as_empty(catalogue_copy: Path) -> None:
    rows = read_rows(catalogue_copy / INDICATORS)
    rows[0]["decimals"] = "1,5"
    write_rows(catalogue_copy / INDICATORS, rows)
    assert len(faults_of(catalogue_copy)) == 1


@pytest.mark.parametrize("file", list(FILES))
def test_a_missing_file_is_named(file: str, catalogue_copy: Path) -> None:
    (catalogue_copy / file).unlink()
    assert any(fault.startswith(f"{file}: thiếu tệp") for fault in faults_of(catalogue_copy))


def test_a_renamed_column_is_named(catalogue_copy: Path) -> None:
    path = catalogue_copy / INDICATORS
    path.write_text(path.read_text("utf-8").replace("decimals", "decimal", 1), "utf-8")
    faults = faults_of(catalogue_copy)
    assert any("dòng 1: thiếu cột decimals; thừa cột decimal;" in fault for fault in faults)


def test_a_file_saved_with_semicolons_is_explained(catalogue_copy: Path) -> None:
    path = catalogue_copy / "near_bands.csv"
    path.write_text("target_id;whole_units\n*;1\n", "utf-8")
    assert any("ngăn cách bằng dấu phẩy" in fault for fault in faults_of(catalogue_copy))


def test_a_file_in_another_encoding_is_explained(catalogue_copy: Path) -> None:
    path = catalogue_copy / "near_bands.csv"
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))
    assert any(
        fault.startswith("near_bands.csv: không đọc được; hãy lưu dạng CSV UTF-8")
        for fault in faults_of(catalogue_copy)
    )


def test_the_common_near_band_must_be_there(catalogue_copy: Path) -> None:
    path = catalogue_copy / BANDS
    write_rows(path, [row for row in read_rows(path) if row["target_id"] != "*"])
    assert faults_of(catalogue_copy) == [
        'near_bands.csv, cột target_id: thiếu dòng chung "*"; hãy thêm dòng đó'
    ]


def test_a_target_without_any_milestone_row_is_named(catalogue_copy: Path) -> None:
    path = catalogue_copy / MILESTONES
    write_rows(path, [row for row in read_rows(path) if row["target_id"] != "NSGE-3.4"])
    (fault,) = faults_of(catalogue_copy)
    assert '"NSGE-3.4" không có mốc nào' in fault


CORRECTION = {
    "correction_id": "C1", "indicator_id": "SCHOOL_PUPILS", "ref_area": "33@2004",
    "time_period": "2015", "sex": "F", "age": "_T", "breakdown": "_T", "definition": "STD",
    "source_family": "ADMIN", "column_name": "reported_value", "expected_value": "10",
    "action": "replace", "corrected_value": "100", "reason_vi": "Nguồn in thiếu một chữ số.",
    "decided_by": "", "reported_to": "", "reported_on": "",
}  # fmt: skip


def test_a_complete_correction_is_accepted(catalogue_copy: Path) -> None:
    write_rows(catalogue_copy / "corrections.csv", [CORRECTION])
    assert load_catalogue(catalogue_copy).corrections["corrected_value"].to_list() == [100]


@pytest.mark.parametrize(
    ("change", "column", "says"),
    [
        ({"corrected_value": ""}, "action", "thiếu corrected_value"),
        ({"action": "remove"}, "action", "để trống"),
        ({"column_name": "note"}, "column_name", "reported_value"),
        ({"ref_area": "33"}, "ref_area", "localities"),
        ({"indicator_id": "X"}, "indicator_id", "indicators.csv"),
        ({"breakdown": "X.Y"}, "breakdown", "CL_BREAKDOWN.csv"),
    ],
)
def test_a_wrong_correction_is_named(
    change: dict[str, str], column: str, says: str, catalogue_copy: Path
) -> None:
    write_rows(catalogue_copy / "corrections.csv", [CORRECTION | change])
    assert any(
        fault.startswith(f"corrections.csv, dòng 2, cột {column}: ") and says in fault
        for fault in faults_of(catalogue_copy)
    )


ADJUSTED = {"version": "2", "adopted_on": "2026-07-15", "document_vi": "Nghị quyết điều chỉnh"}


@pytest.mark.parametrize(
    ("versions", "column", "told"),
    [
        ([{}], "", ""),
        ([{"version": "3"}], "version", "không liên tiếp"),
        ([{"adopted_on": ""}], "adopted_on", "phải ghi ngày và văn bản điều chỉnh"),
        ([{"document_vi": ""}], "document_vi", "phải ghi ngày và văn bản điều chỉnh"),
        ([{"adopted_on": "2031-01-01"}], "adopted_on", "mốc đã qua không được điều chỉnh"),
        ([{}, {"version": "3"}], "adopted_on", "không sau ngày của phiên bản trước"),
        ([{}, {"version": "3", "adopted_on": "2028-01-01"}], "", ""),
    ],
)
def test_adjusted_milestones_are_numbered_and_dated_in_order(
    catalogue_copy: Path, versions: list[dict[str, str]], column: str, told: str
) -> None:
    rows = read_rows(catalogue_copy / MILESTONES)
    issued = next(
        row for row in rows if (row["target_id"], row["milestone_year"]) == ("NSGE-4.1", "2030")
    )
    rows += [issued | ADJUSTED | version for version in versions]
    write_rows(catalogue_copy / MILESTONES, rows)
    if not told:
        assert load_catalogue(catalogue_copy).target_milestones.height == len(rows)
        return
    [fault] = faults_of(catalogue_copy)
    assert f", cột {column}: " in fault
    assert told in fault


def test_the_office_may_give_a_column_of_the_board_to_another_document(
    catalogue_copy: Path,
) -> None:
    path = catalogue_copy / "targets.csv"
    rows = read_rows(path)
    chosen = next(row for row in rows if row["target_id"] == "P1679-1")
    chosen |= {"stands_in_for": "NSGE-4.1", "applies_to_levels": "national;province"}
    write_rows(path, [chosen if row["target_id"] == "P1679-1" else row for row in rows])
    targets = load_catalogue(catalogue_copy).targets
    headline = targets.filter("is_headline")["target_id"].to_list()
    assert len(headline) == 20
    assert "P1679-1" in headline
    assert "NSGE-4.1" not in headline
