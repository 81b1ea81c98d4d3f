"""Stage *normalise*: cells → typed rows. Names, codes, numbers and dates are understood or not;
what is not understood becomes null with a finding, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

from etl import form
from etl.batch import Batch, ReceivedObservations, ReceivedStatements, ReceivedSubmissions
from etl.columns import letters_of, mapped, read_numbers, stack, with_number_locales
from etl.findings import RowFindings, findings_frame, gather
from etl.information import ReadForm, read_information
from etl.layout import Block, FormContent
from etl.places_and_periods import localised, with_periods
from indicators.cell_marks import PROVISIONAL
from indicators.localities import LocalityRegistry
from indicators.tables import AppliedCorrections, conform, empty
from indicators.text import fold

# What an empty cell of a code column means.
_DEFAULT_CODES: Final = {
    "sex": "_T",
    "age": "_T",
    "breakdown": "_T",
    "definition": "STD",
    "source_family": "ADMIN",
    "obs_status": "A",
    "confidence": "reported",
}

_STATEMENT_NUMBER_FIELDS: Final = ("proposed_target",)
_STATEMENT_WORDS: Final = ("cause", "difficulty", "proposal", "note")


def normalise_batch(forms: Sequence[ReadForm], registry: LocalityRegistry) -> Batch:
    """Typed tables of all files of a batch, and everything that could not be understood."""
    submissions, information_findings = read_information(forms, registry)
    observation_blocks = _blocks(forms, lambda content: content.observations)
    statement_blocks = _blocks(forms, lambda content: content.statements)
    observation_lines = _observation_lines(observation_blocks)
    statement_lines = _statement_lines(statement_blocks)
    submissions = with_number_locales(
        submissions,
        [(observation_lines, form.NUMBER_FIELDS), (statement_lines, _STATEMENT_NUMBER_FIELDS)],
    )
    observation_letters, statement_letters = (
        letters_of(observation_blocks),
        letters_of(statement_blocks),
    )
    observations, observation_findings = _observations(
        _of_submissions(observation_lines, submissions), registry, observation_letters
    )
    statements, statement_findings = _statements(
        _of_submissions(statement_lines, submissions), registry, statement_letters
    )
    read_findings = [findings_frame(one.file.submission_id, one.content.findings) for one in forms]
    return Batch(
        conform(submissions, ReceivedSubmissions),
        observations,
        observation_letters,
        statements,
        statement_letters,
        gather([*read_findings, information_findings, observation_findings, statement_findings]),
        empty(AppliedCorrections),
    )


def _blocks(
    forms: Sequence[ReadForm], table: Callable[[FormContent], Block | None]
) -> list[tuple[str, Block]]:
    """One table of every file that has it."""
    found = ((one.file.submission_id, table(one.content)) for one in forms)
    return [(identity, block) for identity, block in found if block is not None]


def _observation_lines(blocks: Sequence[tuple[str, Block]]) -> pl.DataFrame:
    """Lines of sheet Số liệu that hold anything, as texts."""
    names = [one.name for one in form.OBSERVATION_FIELDS]
    rows = stack(blocks, names, form.NUMBER_FIELDS)
    rows = rows.filter(pl.any_horizontal(pl.col(f"{name}_text").is_not_null() for name in names))
    return rows.rename({"source_text_text": "source_text", "note_text": "note"})


def _statement_lines(blocks: Sequence[tuple[str, Block]]) -> pl.DataFrame:
    """Lines of sheet Đánh giá that the unit filled in: a template lists every target."""
    names = [one.name for one in form.STATEMENT_FIELDS]
    rows = stack(blocks, names, _STATEMENT_NUMBER_FIELDS)
    filled = ("own_status", "cause", "difficulty", "proposal", "proposed_target", "note")
    return rows.filter(pl.any_horizontal(pl.col(f"{name}_text").is_not_null() for name in filled))


def _of_submissions(lines: pl.DataFrame, submissions: pl.DataFrame) -> pl.DataFrame:
    """Lines with what sheet Thông tin says about all of them."""
    said = ("submission_id", "locality_id", "reporting_period", "number_locale", "geo_version")
    return lines.join(
        submissions.select(said), on="submission_id", how="left", maintain_order="left"
    )


def _observations(
    rows: pl.DataFrame, registry: LocalityRegistry, letters: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows, number_findings = read_numbers(rows, form.NUMBER_FIELDS, letters)
    rows, code_findings = _observation_codes(rows, registry, letters)
    return conform(rows, ReceivedObservations), gather([number_findings, code_findings])


def _observation_codes(
    rows: pl.DataFrame, registry: LocalityRegistry, letters: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows = localised(rows, registry)
    rows = with_periods(rows)
    upper = {
        name: pl.col(f"{name}_text").str.to_uppercase()
        for name in ("age", "breakdown", "definition")
    }
    given_period = pl.col("time_period_text")
    coded = rows.with_columns(
        pl.col("indicator_id_text").str.to_uppercase().alias("indicator_id"),
        pl.when(given_period.is_null())
        .then(pl.col("reporting_period"))
        .otherwise(pl.col("found_period"))
        .alias("time_period"),
        _worded("sex", form.SEX_WORDS),
        upper["age"].fill_null(_DEFAULT_CODES["age"]).alias("age"),
        upper["breakdown"]
        .str.split("+")
        .list.eval(pl.element().str.strip_chars())
        .list.sort()
        .list.join("+")
        .fill_null(_DEFAULT_CODES["breakdown"])
        .alias("breakdown"),
        upper["definition"].fill_null(_DEFAULT_CODES["definition"]).alias("definition"),
        _worded("source_family", form.SOURCE_FAMILY_WORDS),
        pl.when(pl.col("obs_status_text").is_null() & _is_provisional())
        .then(pl.lit(PROVISIONAL))
        .otherwise(_worded("obs_status", form.OBS_STATUS_WORDS))
        .alias("obs_status"),
        pl.col("confidence_text")
        .str.to_lowercase()
        .fill_null(_DEFAULT_CODES["confidence"])
        .alias("confidence"),
        pl.col("unit_measure_text").str.to_uppercase().alias("unit_measure"),
    ).with_columns(_reference_year())
    found = RowFindings(
        coded.with_columns(note_text="note", source_text_text="source_text"), letters
    )
    _add_unknown_localities(found)
    found.add("SCHOOL_YEAR", pl.col("is_school_year"), "time_period", pl.col("found_period"))
    _add_lost_characters(found, ("indicator_name", "source_text", "note"))
    found.add(
        "UNKNOWN_PERIOD",
        given_period.is_not_null() & pl.col("time_period").is_null(),
        "time_period",
    )
    found.add(
        "UNKNOWN_PERIOD",
        pl.col("reference_year_text").is_not_null() & pl.col("reference_year").is_null(),
        "reference_year",
    )
    return coded, found.frame()


def _worded(name: str, words: dict[str, str]) -> pl.Expr:
    """A code column in which officers may also type the word for the code."""
    text = pl.col(f"{name}_text")
    return (
        pl.when(text.is_null())
        .then(pl.lit(_DEFAULT_CODES[name]))
        .otherwise(
            text.map_batches(
                lambda series: mapped(series, lambda word: words.get(fold(word), word.upper())),
                return_dtype=pl.String,
            )
        )
        .alias(name)
    )


def _reference_year() -> pl.Expr:
    given = pl.col("reference_year_text")
    return (
        pl.when(given.is_null())
        .then(pl.col("time_period").str.slice(0, 4))
        .when(given.str.contains(r"^(19|20)\d\d$"))
        .then(given)
        .cast(pl.Int64)
        .alias("reference_year")
    )


def _add_unknown_localities(found: RowFindings) -> None:
    found.add(
        "UNKNOWN_LOCALITY",
        pl.col("ref_area_text").is_not_null() & pl.col("ref_area").is_null(),
        "ref_area",
        pl.col("ref_area_advice"),
    )


def _add_lost_characters(found: RowFindings, fields: Sequence[str]) -> None:
    for name in fields:
        found.add("LOST_CHARACTERS", pl.col(f"{name}_text").str.contains("\ufffd"), name)


def _is_provisional() -> pl.Expr:
    """The year is headed "Sơ bộ", or a figure carries the star of preliminary ones."""
    marks = [f"{name}_is_provisional" for name in form.NUMBER_FIELDS]
    return pl.any_horizontal("is_provisional_period", *marks).fill_null(value=False)


def _statements(
    rows: pl.DataFrame, registry: LocalityRegistry, letters: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows, number_findings = read_numbers(rows, _STATEMENT_NUMBER_FIELDS, letters)
    rows = localised(rows, registry)
    milestone = pl.col("milestone_year_text")
    rows = rows.with_columns(
        pl.col("target_id_text").alias("target_id"),
        pl.when(milestone.str.contains(r"^20\d\d$"))
        .then(milestone)
        .cast(pl.Int64)
        .alias("milestone_year"),
        pl.col("own_status_text")
        .map_batches(
            lambda series: mapped(series, lambda word: form.STATUS_WORDS.get(fold(word))),
            return_dtype=pl.String,
        )
        .alias("own_status"),
        *(pl.col(f"{name}_text").alias(name) for name in _STATEMENT_WORDS),
    )
    found = RowFindings(rows, letters)
    _add_unknown_localities(found)
    _add_lost_characters(found, _STATEMENT_WORDS)
    return conform(rows, ReceivedStatements), gather([number_findings, found.frame()])
