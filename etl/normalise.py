"""Stage *normalise*: cells → typed rows. Names, codes, numbers and dates are understood or not;
what is not understood becomes null with a finding, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from etl import form
from etl.batch import Batch, ReceivedObservations, ReceivedStatements
from etl.columns import (
    distinct,
    letters_of,
    mapped,
    read_numbers,
    replaced,
    stack,
    with_advice,
)
from etl.findings import RowFindings, findings_frame, gather
from etl.information import ReadForm, read_information
from indicators.errors import UnknownLocality
from indicators.localities import LocalityRegistry
from indicators.numbers import DateFormatError, parse_period
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


def normalise_batch(forms: Sequence[ReadForm], registry: LocalityRegistry) -> Batch:
    """Typed tables of all files of a batch, and everything that could not be understood."""
    submissions, information_findings = read_information(forms, registry)
    observations, observation_letters, observation_findings = _observations(
        forms, submissions, registry
    )
    statements, statement_letters, statement_findings = _statements(forms, submissions, registry)
    read_findings = [findings_frame(one.file.submission_id, one.content.findings) for one in forms]
    return Batch(
        submissions,
        observations,
        observation_letters,
        statements,
        statement_letters,
        gather([*read_findings, information_findings, observation_findings, statement_findings]),
        empty(AppliedCorrections),
    )


def _observations(
    forms: Sequence[ReadForm], submissions: pl.DataFrame, registry: LocalityRegistry
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    blocks = [
        (one.file.submission_id, one.content.observations)
        for one in forms
        if one.content.observations is not None
    ]
    names = [one.name for one in form.OBSERVATION_FIELDS]
    rows = stack(blocks, names, form.NUMBER_FIELDS)
    rows = rows.filter(pl.any_horizontal(pl.col(f"{name}_text").is_not_null() for name in names))
    rows = rows.rename({"source_text_text": "source_text", "note_text": "note"})
    rows = rows.join(
        submissions.select("submission_id", "locality_id", "reporting_period", "number_locale"),
        on="submission_id",
        how="left",
        maintain_order="left",
    )
    letters = letters_of(blocks)
    rows, number_findings = read_numbers(rows, form.NUMBER_FIELDS, letters)
    rows, code_findings = _observation_codes(rows, registry, letters)
    return (
        conform(rows, ReceivedObservations),
        letters,
        gather([number_findings, code_findings]),
    )


def _observation_codes(
    rows: pl.DataFrame, registry: LocalityRegistry, letters: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows = _with_locality(rows, registry)
    period_map = {text: _period(text) for text in distinct(rows["time_period_text"])}
    upper = {
        name: pl.col(f"{name}_text").str.to_uppercase()
        for name in ("age", "breakdown", "definition")
    }
    given_period = pl.col("time_period_text")
    coded = rows.with_columns(
        pl.col("indicator_id_text").str.to_uppercase().alias("indicator_id"),
        pl.when(given_period.is_null())
        .then(pl.col("reporting_period"))
        .otherwise(replaced(given_period, period_map))
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
        _worded("obs_status", form.OBS_STATUS_WORDS),
        pl.col("confidence_text")
        .str.to_lowercase()
        .fill_null(_DEFAULT_CODES["confidence"])
        .alias("confidence"),
        pl.col("unit_measure_text").str.to_uppercase().alias("unit_measure"),
    ).with_columns(_reference_year())
    found = RowFindings(coded, letters)
    _add_unknown_localities(found)
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


def _period(text: str) -> str | None:
    try:
        return parse_period(text)
    except DateFormatError:
        return None


def _with_locality(rows: pl.DataFrame, registry: LocalityRegistry) -> pl.DataFrame:
    """Rows with ``ref_area`` (the sender's own where the cell is empty), and why it is null."""
    text = pl.col("ref_area_text")
    known = mapped(rows["ref_area_text"], lambda name: _locality(registry, name))
    rows = rows.with_columns(
        pl.when(text.is_null()).then("locality_id").otherwise(known).alias("ref_area")
    )
    unknown = text.is_not_null() & pl.col("ref_area").is_null()
    return with_advice(rows, unknown, "ref_area", lambda name: _why_unknown(registry, name))


def _locality(registry: LocalityRegistry, name: str) -> str | None:
    try:
        return registry.find(name, None, suggest=False)
    except UnknownLocality:
        return None


def _why_unknown(registry: LocalityRegistry, name: str) -> str | None:
    try:
        registry.find(name, None)
    except UnknownLocality as error:
        return f"{error}."
    return None


def _add_unknown_localities(found: RowFindings) -> None:
    found.add(
        "UNKNOWN_LOCALITY",
        pl.col("ref_area_text").is_not_null() & pl.col("ref_area").is_null(),
        "ref_area",
        pl.col("ref_area_advice"),
    )


def _statements(
    forms: Sequence[ReadForm], submissions: pl.DataFrame, registry: LocalityRegistry
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    blocks = [
        (one.file.submission_id, one.content.statements)
        for one in forms
        if one.content.statements is not None
    ]
    names = [one.name for one in form.STATEMENT_FIELDS]
    rows = stack(blocks, names, ("proposed_target",))
    # A template lists the targets; only lines that the unit filled in are statements.
    filled = ("own_status", "cause", "difficulty", "proposal", "proposed_target", "note")
    rows = rows.filter(pl.any_horizontal(pl.col(f"{name}_text").is_not_null() for name in filled))
    rows = rows.join(
        submissions.select("submission_id", "locality_id", "number_locale"),
        on="submission_id",
        how="left",
        maintain_order="left",
    )
    letters = letters_of(blocks)
    rows, number_findings = read_numbers(rows, ("proposed_target",), letters)
    rows = _with_locality(rows, registry)
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
        *(
            pl.col(f"{name}_text").alias(name)
            for name in ("cause", "difficulty", "proposal", "note")
        ),
    )
    found = RowFindings(rows, letters)
    _add_unknown_localities(found)
    return conform(rows, ReceivedStatements), letters, gather([number_findings, found.frame()])
