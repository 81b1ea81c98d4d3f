"""Part of stage *reply*: what a file that is sent again changes against the last accepted one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import polars as pl

from etl import form
from etl.check import CheckedBatch
from etl.findings import number_text
from etl.reply_summary import Changes
from indicators.catalogue import Catalogue
from indicators.tables import SERIES_KEY

_STATEMENT_KEY = ("target_id", "milestone_year", "ref_area")
_FIGURES = ("obs_value", "numerator", "denominator", "obs_status")
_WORDS = ("own_status", "cause", "difficulty", "proposal", "proposed_target", "note")
_NOT_TEXTS = ("own_status", "proposed_target")
_STATUS_WORDS = {code: name.lower() for code, name in form.STATUS_NAMES.items()}
_CODE_LISTS = {
    "sex": "CL_SEX",
    "age": "CL_AGE",
    "breakdown": "CL_BREAKDOWN",
    "source_family": "CL_SOURCE_FAMILY",
    "obs_status": "CL_OBS_STATUS",
}
# Codes that say "not broken down", which a reader need not see.
_WHOLE = ("_T", "STD")
_SHOWN_DECIMALS = 4
_KINDS = ("added", "removed", "changed", "unchanged")
_PLACE_COLUMNS = ("submission_id", "kind", "sheet", "sheet_row")


class AcceptedFiles(Protocol):
    """Where accepted files are asked for: the warehouse, or a release."""

    def last_accepted(self, submissions: pl.DataFrame) -> pl.DataFrame:
        """``submission_id``, ``previous_id``, ``previous_name``, ``previous_received_at`` of those
        of the given submissions that have an earlier accepted one of the same sender, locality,
        period and set of data, among themselves or among those that were loaded.
        """
        ...

    def rows_of(self, table: str, submission_ids: Sequence[str]) -> pl.DataFrame:
        """Rows of ``observations`` or ``statements`` that those files sent."""
        ...


def find_changes(
    checked: CheckedBatch, accepted: AcceptedFiles, catalogue: Catalogue
) -> dict[str, Changes]:
    """Changes by ``submission_id``, for the files of a batch that are not the first of their kind.

    Refused files are compared too, as far as they could be read.
    """
    pairs = accepted.last_accepted(checked.submissions)
    if pairs.is_empty():
        return {}
    own = checked.submissions["submission_id"]
    loaded = [one for one in pairs["previous_id"].unique() if one not in set(own)]
    lines = pl.concat(
        [
            _observation_lines(checked, accepted.rows_of("observations", loaded), pairs, catalogue),
            _statement_lines(checked, accepted.rows_of("statements", loaded), pairs, catalogue),
        ]
    )
    by_submission = lines.partition_by("submission_id", as_dict=True, include_key=False)
    return {
        pair["submission_id"]: _changes(pair, by_submission.get((pair["submission_id"],)))
        for pair in pairs.iter_rows(named=True)
    }


def _changes(pair: dict[str, Any], lines: pl.DataFrame | None) -> Changes:
    lines = pl.DataFrame({"kind": []}) if lines is None else lines
    counts = {kind: lines.filter(pl.col("kind") == kind).height for kind in _KINDS}
    return Changes(
        pair["previous_id"],
        pair["previous_name"],
        pair["previous_received_at"],
        **counts,
        lines=lines.filter(pl.col("kind") != "unchanged").to_dicts(),
    )


def _observation_lines(
    checked: CheckedBatch, loaded: pl.DataFrame, pairs: pl.DataFrame, catalogue: Catalogue
) -> pl.DataFrame:
    columns = ["submission_id", *SERIES_KEY, *_FIGURES, "sheet", "sheet_row"]
    earlier = pl.concat([loaded.select(columns), checked.readable.select(columns)])
    compared = _compared(checked.readable.select(columns), earlier, pairs, SERIES_KEY, _FIGURES)
    names = catalogue.indicators.select("indicator_id", name="name_vi")
    words = _code_words(catalogue)
    group = [
        pl.when(~pl.col(name).is_in(_WHOLE)).then(_in_words(pl.col(name), words[name]))
        for name in ("sex", "age", "breakdown", "definition", "source_family")
    ]
    return compared.join(names, on="indicator_id", how="left", maintain_order="left").select(
        *_PLACE_COLUMNS,
        code="indicator_id",
        name="name",
        ref_area="ref_area",
        period="time_period",
        group=pl.concat_str(group, separator=" · ", ignore_nulls=True),
        before=_figure("_before", words["obs_status"]),
        after=_figure("", words["obs_status"]),
    )


def _statement_lines(
    checked: CheckedBatch, loaded: pl.DataFrame, pairs: pl.DataFrame, catalogue: Catalogue
) -> pl.DataFrame:
    columns = ["submission_id", *_STATEMENT_KEY, *_WORDS, "sheet", "sheet_row"]
    own = checked.readable_statements.select(columns)
    earlier = pl.concat([loaded.select(columns), own])
    compared = _compared(own, earlier, pairs, _STATEMENT_KEY, _WORDS)
    names = catalogue.targets.select("target_id", name="name_vi")
    return compared.join(names, on="target_id", how="left", maintain_order="left").select(
        *_PLACE_COLUMNS,
        code="target_id",
        name="name",
        ref_area="ref_area",
        period=pl.col("milestone_year").cast(pl.String),
        group=pl.lit(""),
        before=_said("_before"),
        after=_said(""),
    )


def _compared(
    sent: pl.DataFrame,
    earlier: pl.DataFrame,
    pairs: pl.DataFrame,
    key: Sequence[str],
    values: Sequence[str],
) -> pl.DataFrame:
    """Rows of both files side by side, with their ``kind``, in the order of the new file."""
    sent = sent.join(pairs.select("submission_id"), on="submission_id", how="semi")
    before = (
        earlier.rename({"submission_id": "previous_id"})
        .join(pairs.select("submission_id", "previous_id"), on="previous_id")
        .drop("previous_id")
    )
    kept = [
        rows.drop_nulls(list(key)).unique(["submission_id", *key], keep="last", maintain_order=True)
        for rows in (sent, before)
    ]
    differs = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in values
    )
    return (
        kept[0]
        .join(
            kept[1],
            on=["submission_id", *key],
            how="full",
            coalesce=True,
            suffix="_before",
            maintain_order="left_right",
        )
        .with_columns(
            pl.when(pl.col("sheet_row_before").is_null())
            .then(pl.lit("added"))
            .when(pl.col("sheet_row").is_null())
            .then(pl.lit("removed"))
            .when(differs)
            .then(pl.lit("changed"))
            .otherwise(pl.lit("unchanged"))
            .alias("kind")
        )
    )


def _code_words(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """Vietnamese words of the codes of each field; lists share codes such as F and M."""
    items = catalogue.code_items
    words = {
        field: dict(
            items.filter(pl.col("code_list") == code_list).select("code", "name_vi").iter_rows()
        )
        for field, code_list in _CODE_LISTS.items()
    }
    words["obs_status"] |= {"M": "Không có số liệu"}  # as the form says it
    words["definition"] = dict(catalogue.definitions.select("definition", "name_vi").iter_rows())
    return words


def _in_words(codes: pl.Expr, words: dict[str, str]) -> pl.Expr:
    """One code, or several joined by "+"; what has no words stays a code."""
    return codes.str.split("+").list.eval(pl.element().replace(words)).list.join(" + ")


def _figure(suffix: str, status_words: dict[str, str]) -> pl.Expr:
    """As it is read: "59,1 (13/22)", with the status where it is not the usual one."""
    value, numerator, denominator, status = (pl.col(f"{name}{suffix}") for name in _FIGURES)
    counts = pl.format(" ({}/{})", number_text(numerator), number_text(denominator))
    unusual = pl.when(status != "A").then(pl.format(" [{}]", _in_words(status, status_words)))
    shown = number_text(value.round(_SHOWN_DECIMALS)).fill_null("–")
    text = pl.concat_str([shown, counts.fill_null(""), unusual.fill_null("")])
    return pl.when(pl.col(f"sheet_row{suffix}").is_not_null()).then(text)


def _said(suffix: str) -> pl.Expr:
    """What the unit says of a target: the status, then its words."""
    status = pl.col(f"{_WORDS[0]}{suffix}").replace(_STATUS_WORDS)
    proposed = number_text(pl.col(f"proposed_target{suffix}"))
    said = [pl.col(f"{name}{suffix}") for name in _WORDS if name not in _NOT_TEXTS]
    text = pl.concat_str([status, *said, proposed], separator="; ", ignore_nulls=True)
    return pl.when(pl.col(f"sheet_row{suffix}").is_not_null()).then(text)
