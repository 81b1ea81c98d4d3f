"""Stage read, other formats and hostile files: judged by content, bounded, never a traceback."""

import io
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from etl import pipeline
from etl.layout import lay_out
from etl.limits import ReadLimits
from etl.read import read
from etl.reading_pool import reading_pool
from etl.settings import Settings
from tests.support.forms import Form, observation

SAMPLES = Path(__file__).parents[1] / "data" / "workbooks"
NOW = datetime(2026, 11, 21)
LIMITS = ReadLimits()


def codes(content: bytes, name: str, limits: ReadLimits = LIMITS) -> list[str]:
    return [finding.code for finding in read(content, name, limits).findings]


def workbook(write: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        write(book)
    return stream.getvalue()


def changed(content: bytes, changes: Sequence[tuple[str, bytes, bytes]]) -> bytes:
    """The zip archive with texts of some parts replaced; a new part where there was none."""
    source, stream = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    parts = {name: source.read(name) for name in source.namelist()}
    for name, old, new in changes:
        before = parts.get(name, b"")
        parts[name] = before.replace(old, new) if old else new
        assert parts[name] != before
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return stream.getvalue()


ONE_CELL = workbook(lambda book: book.add_worksheet("Số liệu").write(0, 0, "x"))
SHEET = "xl/worksheets/sheet1.xml"


# Formats --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["xls", "ods"])
@pytest.mark.parametrize("claimed", ["xls", "ods", "xlsx"])
def test_a_form_saved_by_libreoffice_is_accepted_whatever_its_ending(
    ending: str, claimed: str, tmp_path: Path
) -> None:
    path = tmp_path / f"bao-cao.{claimed}"
    path.write_bytes((SAMPLES / f"bao-cao.{ending}").read_bytes())
    batch = pipeline.validate(path, Settings(data_directory=tmp_path, _env_file=None), NOW).checked
    assert batch.issues.is_empty()
    cells = batch.observations.sort("sheet_row").select("sheet", "value_cell", "numerator_cell")
    assert cells.rows() == [("Số liệu", "L4", None), ("Số liệu", "L5", "J5")]


@pytest.mark.parametrize(("ending", "error"), [("xls", "#VALUE!"), ("ods", "Err:510")])
def test_error_cells_and_hidden_rows_of_old_and_open_formats(ending: str, error: str) -> None:
    result = read((SAMPLES / f"loi.{ending}").read_bytes(), f"loi.{ending}", LIMITS)
    found = {(one.code, one.sheet, one.cell, one.value) for one in result.findings}
    assert ("ERROR_CELL", "Số liệu", "C4", error) in found
    assert ("HIDDEN_ROWS", "Số liệu", "A5", "5") in found
    assert (result.grids[0].first_row, result.grids[0].first_column) == (4, 1)


def test_macros_are_not_run_and_external_links_not_followed() -> None:
    content = changed(
        ONE_CELL,
        [
            ("xl/vbaProject.bin", b"", b"macro"),
            ("xl/externalLinks/externalLink1.xml", b"", b"<a/>"),
        ],
    )
    result = read(content, "macro.xlsm", LIMITS)
    assert [one.code for one in result.findings] == ["EXTERNAL_LINKS", "MACROS_NOT_RUN"]
    assert result.grids[0].rows == [["x"]]
    assert {one.code for one in lay_out(result.grids, result.findings).findings} >= {
        "EXTERNAL_LINKS",
        "MACROS_NOT_RUN",
    }


def test_hidden_sheets_and_rows_are_read_and_named() -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Thông tin")
        sheet = book.add_worksheet("Số liệu")
        sheet.hide()
        for row in range(8):
            sheet.write(row, 0, row)
            sheet.set_row(row, None, None, {"hidden": True})

    result = read(workbook(write), "an.xlsx", LIMITS)
    assert [(one.code, one.sheet, one.value, one.detail) for one in result.findings] == [
        ("HIDDEN_ROWS", "Số liệu", "1, 2, 3, 4, 5 …", "8"),
        ("HIDDEN_SHEET", "Số liệu", None, None),
    ]
    assert len(result.grids[1].rows) == 8


def test_of_merged_cells_only_the_first_counts_and_only_lines_are_warned_of(tmp_path: Path) -> None:
    path = Form([observation(reported_value=111.4, source_family="REGISTRATION")] * 2).write(
        tmp_path / "gop.xlsx"
    )
    merges = b'</sheetData><mergeCells count="2"><mergeCell ref="A1:F1"/>'
    merges += b'<mergeCell ref="L4:L5"/></mergeCells>'
    content = changed(path.read_bytes(), [("xl/worksheets/sheet2.xml", b"</sheetData>", merges)])
    result = read(content, "gop.xlsx", LIMITS)
    laid_out = lay_out(result.grids, result.findings)
    assert [(one.code, one.cell, one.value) for one in laid_out.findings] == [
        ("MERGED_CELLS", "L4", "L4:L5")
    ]
    assert laid_out.observations is not None
    assert laid_out.observations.columns["reported_value"] == [111.4, ""]


# What is refused ------------------------------------------------------------------------------


def ole(*names: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"".join(one.encode("utf-16-le") for one in names)


@pytest.mark.parametrize(
    ("content", "name", "code", "detail"),
    [
        (ole("EncryptionInfo", "EncryptedPackage"), "khoa.xlsx", "FILE_PROTECTED", None),
        (ole("WordDocument"), "van-ban.xls", "FILE_NOT_WORKBOOK", None),
        (ole("Workbook"), "hong.xls", "FILE_UNREADABLE", "CalamineError"),
        (b"\x89PNG\r\n\x1a\n123", "anh.xlsx", "FILE_NOT_WORKBOOK", "hình ảnh"),
        (b"<html><table>", "web.xls", "FILE_NOT_WORKBOOK", "trang web (HTML)"),
        (b"\xef\xbb\xbfM\xc3\xa3;1", "csv.xls", "FILE_NOT_WORKBOOK", "văn bản thuần"),
        (b"", "rong.ods", "FILE_NOT_WORKBOOK", "tệp rỗng"),
        (b"%PDF-1.7", "bao-cao.pdf", "FILE_TYPE_UNKNOWN", ".pdf"),
        (b"{", "hong.json", "FILE_UNREADABLE", "JSONDecodeError"),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_named_for_what_it_is(
    content: bytes, name: str, code: str, detail: str | None
) -> None:
    [finding] = read(content, name, LIMITS).findings
    assert finding.code == code
    assert detail is None or finding.detail == detail


def test_a_protected_ods_is_told_so() -> None:
    content = changed(
        (SAMPLES / "bao-cao.ods").read_bytes(),
        [
            (
                "META-INF/manifest.xml",
                b"<manifest:file-entry",
                b"<manifest:encryption-data/><manifest:file-entry",
            )
        ],
    )
    assert codes(content, "khoa.ods") == ["FILE_PROTECTED"]


def far_cell(address: bytes) -> bytes:
    cell = b'<row r="1048576"><c r="%s"><v>1</v></c></row></sheetData>' % address
    return changed(ONE_CELL, [(SHEET, b"</sheetData>", cell)])


def many_rows() -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(2, 10**6))
    return changed(ONE_CELL, [(SHEET, b"</sheetData>", rows + b"</sheetData>")])


def cells_without_addresses() -> bytes:
    """23,000 cells that span a rectangle of 60 million."""
    cell = b"<c><v>1</v></c>"
    rows = b"<row>" + cell * 3_000 + b"</row>" + (b"<row>" + cell + b"</row>") * 20_000
    return changed(ONE_CELL, [(SHEET, b"</sheetData>", rows + b"</sheetData>")])


def shared_text_shown_often() -> bytes:
    cells = b"".join(b'<c t="s"><v>0</v></c>' for _ in range(20))
    rows = b"".join(b"<row>%s</row>" % cells for _ in range(2_000))
    return changed(
        ONE_CELL,
        [
            (SHEET, b"</sheetData>", rows + b"</sheetData>"),
            ("xl/sharedStrings.xml", b"<t>x</t>", b"<t>" + b"x" * 32_000 + b"</t>"),
        ],
    )


def repeated_ods_cells() -> bytes:
    cell = (
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        b'table:number-columns-repeated="16384" office:value-type="float" office:value="1">'
        b"<text:p>1</text:p></table:table-cell></table:table-row></table:table>"
    )
    return changed((SAMPLES / "loi.ods").read_bytes(), [("content.xml", b"</table:table>", cell)])


def many_parts() -> bytes:
    return changed(ONE_CELL, [(f"xl/x{n}.xml", b"", b"<a/>") for n in range(2_100)])


def lying_directory() -> bytes:
    """A part that claims to be a few bytes and unpacks to 30 MB."""
    content = changed(
        ONE_CELL, [("xl/sharedStrings.xml", b"</sst>", b" " * 30_000_000 + b"</sst>")]
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    return content.replace(size.to_bytes(4, "little"), (99).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("make", "name", "code"),
    [
        (lambda: far_cell(b"XFD1048576"), "xa.xlsx", "SHEET_TOO_LARGE"),
        (lambda: far_cell(b"A1048576"), "xa.xlsx", "SHEET_TOO_LARGE"),
        (
            lambda: changed(ONE_CELL, [(SHEET, b'r="A1"', b'r="ZZZ1"')]),
            "rong.xlsx",
            "SHEET_TOO_LARGE",
        ),
        (many_rows, "trieu-dong.xlsx", "SHEET_TOO_LARGE"),
        (cells_without_addresses, "khong-dia-chi.xlsx", "SHEET_TOO_LARGE"),
        (shared_text_shown_often, "lap.xlsx", "FILE_TOO_LARGE"),
        (repeated_ods_cells, "lap.ods", "FILE_TOO_LARGE"),
        (many_parts, "phan.xlsx", "FILE_TOO_LARGE"),
        (lying_directory, "doi.xlsx", "FILE_UNREADABLE"),
        (lambda: b"a,b\n" * 200_000, "dai.csv", "FILE_TOO_LARGE"),
        (lambda: b"," * 5_000, "rong.csv", "FILE_TOO_LARGE"),
        (lambda: b'"' + b"x" * 50_000 + b'"', "o-dai.csv", "FILE_TOO_LARGE"),
    ],
)
def test_files_made_to_exhaust_the_machine_are_refused_quickly(
    make: Callable[[], bytes], name: str, code: str
) -> None:
    content = make()
    started = time.monotonic()
    assert codes(content, name) == [code]
    assert time.monotonic() - started < 20  # on a machine that has other work


def test_each_limit_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENDER_STATS_MAXIMUM_ROWS", "3")
    monkeypatch.setenv("GENDER_STATS_MAXIMUM_CHARACTERS", "5")
    limits = Settings(_env_file=None).limits
    assert codes(b"a\n" * 4, "a.csv", limits) == ["FILE_TOO_LARGE"]
    assert codes("sáu chữ".encode(), "a.csv", limits) == ["FILE_TOO_LARGE"]
    assert codes(b"a\n" * 3, "a.csv", limits) == []


def test_an_old_workbook_that_takes_too_long_or_too_much_memory_is_given_up() -> None:
    content = (SAMPLES / "bao-cao.xls").read_bytes()
    with reading_pool(replace(LIMITS, maximum_seconds=0.0001), 1) as impatient:
        results = list(impatient.work([("a.xls", content)] * 12))
    stopped = [result for result in results if result.findings]
    assert len(results) == 12
    assert {one.code for result in stopped for one in result.findings} == {"FILE_READING_STOPPED"}
    with reading_pool(replace(LIMITS, maximum_process_bytes=100_000_000), 1) as narrow:
        [result] = narrow.work([("a.xls", content + bytes(45_000_000))])
    assert result.findings[0].code in ("FILE_READING_STOPPED", "FILE_TOO_LARGE")


def test_a_name_of_300_characters_is_read_and_shortened_only_for_display(tmp_path: Path) -> None:
    name = "Sở " + "Lao động " * 40
    path = Form(
        [observation(reported_value=111.4, source_family="REGISTRATION", ref_area=name)]
    ).write(tmp_path / "dai.xlsx")
    batch = pipeline.validate(path, Settings(data_directory=tmp_path, _env_file=None), NOW).checked
    [issue] = batch.issues.iter_rows(named=True)
    assert issue["code"] == "UNKNOWN_LOCALITY"
    assert len(issue["value"]) < 130 < len(name)
