"""Assemble submissions from the published figures, as the tables beside this file declare.

``submissions.csv`` names each file and its sender; ``series.csv`` selects from long series;
``results.csv`` maps every single published result or says why it is left out;
``statements.csv`` carries the statuses that a report gave to its own targets;
``citations.csv`` holds source and terms in Vietnamese, ``names.csv`` the names printed beside
codes. Sources are the csv files in ``data/raw/sources``.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from etl.form import TEMPLATE_ID
from scripts.published.model import ObservationRow, StatementRow, Submission

TABLES = Path(__file__).parent
SOURCES = Path(__file__).parents[2] / "data" / "raw" / "sources"

# A fixed date: the same sources must give the same files on any day.
PREPARED_ON = "21/11/2026"
_TEMPLATE_VERSION = "1"  # the plain form, without the columns that guide an officer
PREPARED_BY = "Dựng tự động từ số liệu đã công bố (scripts/build_published.py)"

# The series were read in copies; nobody has compared them with the publisher's own tables.
SERIES_CONFIDENCE = "reported"
PRELIMINARY_NOTE = "prel"

REGIONS = {
    "R1": "RRD@2004",
    "R2": "NMM@2004",
    "R3": "NCC@2004",
    "R4": "CHL@2004",
    "R5": "SEA@2004",
    "R6": "MRD@2004",
}
# Hà Nội took in Hà Tây, a district of Vĩnh Phúc and communes of Hòa Bình on 1 August 2008.
REDRAWN_IN_2008 = frozenset({"01", "17", "26"})

Line = dict[str, str]


def read_csv(path: Path) -> list[Line]:
    """Lines of a UTF-8 csv file as text, keyed by its header."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read_table(name: str) -> list[Line]:
    """Lines of one declaring table."""
    return read_csv(TABLES / f"{name}.csv")


def locality_id(code: str, year: int) -> str:
    """Identity of a locality of the series: the country, a region or a province of that year."""
    if code == "VN":
        return code
    if code in REDRAWN_IN_2008 and year < 2008:
        return f"{code}@2003"
    return REGIONS.get(code, f"{code}@2004")


def assemble(sources: Path = SOURCES) -> list[Submission]:
    """All submissions, in the order of ``submissions.csv``.

    Raises ``ValueError`` when the rows of one file stand under different terms, and ``KeyError``
    when a source has no citation or a code no name.
    """
    assembler = _Assembler(sources)
    return [assembler.submission(line) for line in read_table("submissions")]


class _Assembler:
    """Holds the lookup tables while the submissions are put together."""

    def __init__(self, sources: Path) -> None:
        self._sources = sources
        self._series = read_table("series")
        self._results = read_table("results")
        self._statements = read_table("statements")
        self._names = {line["code"]: line["name_vi"] for line in read_table("names")}
        self._citations = {line["source"]: line for line in read_table("citations")}
        self._published = {
            (line["target_id"], line["locality_name"], line["year"]): line
            for line in read_csv(sources / "published_results.csv")
        }

    def submission(self, line: Line) -> Submission:
        """The submission that one line of ``submissions.csv`` declares."""
        file = line["file"]
        rows = [*self._series_rows(file), *self._result_rows(file)]
        licences = {licence for _, licence in rows}
        if len(licences) != 1:
            raise ValueError(f"{file}: rows under {len(licences)} different terms")
        information = {
            "template_id": TEMPLATE_ID,
            "template_version": _TEMPLATE_VERSION,
            "organisation": line["organisation"],
            "locality": line["locality"],
            "reporting_period": line["reporting_period"],
            "dataset_id": line["dataset_id"],
            "prepared_on": PREPARED_ON,
            "prepared_by": PREPARED_BY,
            "number_locale": line["number_locale"],
            "is_synthetic": "không",
            "licence": licences.pop(),
            "provenance": line["provenance"],
        }
        statements = list(self._statement_rows(file))
        return Submission(file, information, [row for row, _ in rows], statements)

    def _series_rows(self, file: str) -> Iterator[tuple[ObservationRow, str]]:
        """Rows of long series with their terms."""
        for selection in self._series:
            if selection["file"] != file:
                continue
            for line in read_csv(self._sources / selection["source_file"]):
                if _is_selected(line, selection):
                    yield self._series_row(line, selection)

    def _series_row(self, line: Line, selection: Line) -> tuple[ObservationRow, str]:
        citation = self._citations[line["source"]]
        row = ObservationRow(
            indicator_id=selection["indicator_id"],
            indicator_name=self._names[selection["indicator_id"]],
            ref_area=locality_id(line["locality_code"], int(line["year"])),
            time_period=line["year"],
            reference_year=line["year"],
            sex=selection["sex"],
            age=selection["age"],
            breakdown=selection["breakdown"],
            definition=selection["definition"],
            numerator=_number(line["numerator"]),
            denominator=_number(line["denominator"]),
            reported_value=Decimal(line["value"]),
            unit_measure=selection["unit_measure"],
            source_family=selection["source_family"],
            source_text=citation["source_vi"],
            obs_status=_status(line, selection),
            confidence=SERIES_CONFIDENCE,
            note=selection["note_vi"],
        )
        return row, citation["licence_vi"]

    def _result_rows(self, file: str) -> Iterator[tuple[ObservationRow, str]]:
        """Rows of single published results with their terms."""
        for mapping in self._results:
            if mapping["file"] != file:
                continue
            published = self._published[_key(mapping)]
            citation = self._citations[published["source_url_or_doc"]]
            row = ObservationRow(
                indicator_id=mapping["indicator_id"],
                indicator_name=self._names[mapping["indicator_id"]],
                ref_area=mapping["ref_area"],
                time_period=mapping["source_year"],
                reference_year=mapping["reference_year"],
                sex=mapping["sex"],
                age="_T",
                breakdown=mapping["breakdown"],
                definition=mapping["definition"],
                numerator=_number(mapping["numerator"]),
                denominator=_number(mapping["denominator"]),
                reported_value=Decimal(published["value"]),
                unit_measure=mapping["unit_measure"],
                source_family=mapping["source_family"],
                source_text=citation["source_vi"],
                obs_status=mapping["obs_status"],
                confidence=published["confidence"],
                note=mapping["note_vi"],
            )
            yield row, citation["licence_vi"]

    def _statement_rows(self, file: str) -> Iterator[StatementRow]:
        for line in self._statements:
            if line["file"] != file:
                continue
            source = self._citations[self._published[_key(line)]["source_url_or_doc"]]["source_vi"]
            yield StatementRow(
                target_id=line["target_id"],
                target_name=self._names[line["target_id"]],
                milestone_year=line["milestone_year"],
                ref_area="VN",
                own_status=line["own_status"],
                note="; ".join(part for part in (line["note_vi"], source) if part),
            )


def _key(mapping: Line) -> tuple[str, str, str]:
    return mapping["source_target"], mapping["source_locality"], mapping["source_year"]


def _status(line: Line, selection: Line) -> str:
    """Break where the declared year begins a new line, else as the source prints it."""
    if line["year"] == selection["break_year"]:
        return "B"
    return "P" if line["note"] == PRELIMINARY_NOTE else "A"


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _is_selected(line: Line, selection: Line) -> bool:
    """Whether a source line belongs to a selection of ``series.csv``."""
    return (
        selection["source_contains"] in line["source"]
        and _is_among(line["locality_code"], selection["localities"])
        and int(selection["year_from"]) <= int(line["year"]) <= int(selection["year_to"])
        and line["disaggregation"] == selection["source_disaggregation"]
        and line["sex"] == selection["source_sex"]
    )


def _is_among(code: str, localities: str) -> bool:
    """Whether a code belongs to ``all``, ``regions``, ``provinces`` or is the code named."""
    if localities == "regions":
        return code in REGIONS
    if localities == "provinces":
        return code.isdigit()
    return localities in ("all", code)
