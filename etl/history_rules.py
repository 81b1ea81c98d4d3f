"""The rules of :mod:`etl.check_history` as expressions, and their numbers from the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import polars as pl

from etl.history_across import size

_POWERS_OF_TEN = (1, 2, 3)
_ALWAYS = pl.lit(value=True)


@dataclass(frozen=True)
class Rule:
    """One rule over cells.

    ``applies``: the cells that it is about; ``known``: those of them with everything it needs;
    ``fails``: what must not be. ``fields``: where the finding is shown, by condition.
    """

    code: str
    applies: pl.Expr
    known: pl.Expr
    fails: pl.Expr
    detail: pl.Expr
    fields: Mapping[str, pl.Expr] = field(default_factory=lambda: {"reported_value": _ALWAYS})


@cache
def _parameters() -> pl.DataFrame:
    return pl.read_csv(
        (files("etl") / "check_parameters.csv").read_bytes(), schema_overrides={"value": pl.Float64}
    )


def parameter(code: str, name: str) -> pl.Expr:
    """The number of a rule for each cell's indicator: its own, or that for all (``*``)."""
    found = _parameters().filter((pl.col("code") == code) & (pl.col("parameter") == name))
    numbers = dict(found.select("indicator_id", "value").iter_rows())
    general = numbers.pop("*")
    if not numbers:
        return pl.lit(general)
    return pl.col("indicator_id").replace_strict(numbers, default=general, return_dtype=pl.Float64)


def stretch_limits() -> tuple[float, float]:
    """Fewest suspect cells and least share of a stretch: for columns, so not by indicator."""
    found = _parameters().filter(pl.col("code") == "SLIPPED_STRETCH")
    numbers = dict(found.select("parameter", "value").iter_rows())
    return numbers["fewest"], numbers["share"]


def _text(number: pl.Expr, places: int = 2) -> pl.Expr:
    return number.round(places).cast(pl.String)


def _is_share() -> pl.Expr:
    return pl.col("formula_kind") == "share"


def typical_changes(code: str, what: str) -> pl.Expr:
    """A move in typical changes of the indicator, or in the scatter of this very series where it
    scatters more.
    """
    scatter = parameter(code, "scatter") * pl.col(f"{what}_spread")
    return pl.col(f"{what}_move") / pl.max_horizontal(parameter(code, "scale"), scatter)


def _slipped_unit(name: str) -> pl.Expr:
    typical = pl.col(f"{name}_typical")
    ratio = pl.when((pl.col(name) > 0) & (typical > 0)).then((pl.col(name) / typical).log(10).abs())
    large = pl.max_horizontal(name, f"{name}_typical") >= parameter("UNIT_SLIP", "least")
    near = pl.any_horizontal(
        (ratio - power).abs() <= parameter("UNIT_SLIP", "tolerance") for power in _POWERS_OF_TEN
    )
    return large & near


def _slipped_row(name: str, moved: str) -> pl.Expr:
    fits = pl.min_horizontal(
        pl.col(f"{name}_from_above").abs(), pl.col(f"{name}_from_below").abs()
    ) <= parameter("ROW_SLIPPED", "fit")
    return fits & (pl.col(f"{moved}_move") >= parameter("ROW_SLIPPED", "away"))


def _differs(name: str, sum_name: str, tolerance: pl.Expr) -> pl.Expr:
    distance = (pl.col(name) - pl.col(sum_name)).abs()
    return distance > tolerance * pl.max_horizontal(pl.col(name).abs(), pl.col(sum_name).abs())


def _is_additive() -> pl.Expr:
    return pl.col("aggregation") == "sum"


def _larger_than_whole() -> pl.Expr:
    counts = pl.any_horizontal(
        pl.col(name) > pl.col(f"whole_{name}") for name in ("numerator", "denominator")
    )
    is_part = pl.col("breakdown") != "_T"
    by_breakdown = is_part & (
        (_is_share() & counts) | (_is_additive() & (pl.col("value") > pl.col("whole_value")))
    )
    by_sex = (
        _is_additive() & pl.col("sex").is_in(["F", "M"]) & (pl.col("value") > pl.col("total") + 0.5)
    )
    return by_breakdown.fill_null(value=False) | by_sex.fill_null(value=False)


_HAS_VALUE = pl.col("value").is_not_null()
_HAS_DENOMINATOR = pl.col("denominator").is_not_null()
_BY_SEX = pl.col("sex").is_in(["F", "M"])
_ROUNDING = 0.051  # of figures with one decimal, which nearly all rates by sex have
_GAP = pl.col("women") - pl.col("men")
_GAP_NOISE = (
    pl.when(_is_additive())
    .then(parameter("SEX_GAP_TURNED", "share"))
    .otherwise(parameter("SEX_GAP_TURNED", "share_of_rates"))
    * (pl.col("women") + pl.col("men")).abs()
)
_TURNED = ((pl.col("gap_least_before") > _GAP_NOISE) & (_GAP < -_GAP_NOISE)) | (
    (pl.col("gap_most_before") < -_GAP_NOISE) & (_GAP > _GAP_NOISE)
)

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            "VALUE_JUMP",
            _HAS_VALUE,
            pl.col("level_move").is_not_null(),
            typical_changes("VALUE_JUMP", "level") > parameter("VALUE_JUMP", "times"),
            _text(pl.col("value_typical")),
        ),
        Rule(
            "DENOMINATOR_JUMP",
            _HAS_DENOMINATOR,
            pl.col("log_denominator_move").is_not_null(),
            (
                typical_changes("DENOMINATOR_JUMP", "log_denominator")
                > parameter("DENOMINATOR_JUMP", "times")
            )
            & (
                pl.max_horizontal("denominator", "denominator_typical")
                >= parameter("DENOMINATOR_JUMP", "least")
            ),
            _text(pl.col("denominator_typical"), 0),
            {"denominator": _ALWAYS},
        ),
        Rule(
            "UNIT_SLIP",
            _HAS_VALUE,
            pl.col("value_typical").is_not_null() | pl.col("denominator_typical").is_not_null(),
            (_slipped_unit("value") & ~_is_share()) | _slipped_unit("denominator"),
            pl.coalesce(_text(pl.col("denominator_typical"), 0), _text(pl.col("value_typical"))),
            {
                "denominator": _slipped_unit("denominator").fill_null(value=False),
                "reported_value": ~_slipped_unit("denominator").fill_null(value=False),
            },
        ),
        Rule(
            "ALL_OR_NONE",
            _is_share() & _HAS_VALUE,
            pl.col("has_other_years"),
            pl.col("value").is_in([0.0, 100.0])
            & ~pl.col("extreme_around")
            & (pl.col("denominator") >= parameter("ALL_OR_NONE", "least")).fill_null(value=True),
            _text(pl.col("value_typical")),
        ),
        Rule(
            "REPEATED_FIGURES",
            _HAS_VALUE,
            pl.col("has_other_years"),
            pl.col("repeated_year").is_not_null()
            & (pl.col("declared_year") == pl.col("year"))
            & (size() >= parameter("REPEATED_FIGURES", "least")),
            pl.col("repeated_year").cast(pl.String),
        ),
        Rule(
            "ROW_SLIPPED",
            _HAS_VALUE,
            pl.any_horizontal(
                pl.col(f"{name}_from_{side}").is_not_null() & pl.col(f"{name}_-1").is_not_null()
                for name in ("value", "numerator", "denominator")
                for side in ("above", "below")
            ),
            _slipped_row("denominator", "log_denominator")
            | _slipped_row("numerator", "log_numerator")
            | (_slipped_row("value", "level") & _is_additive()),
            _text(pl.coalesce("denominator_-1", "value_-1")),
        ),
        Rule(
            "SEX_GAP_TURNED",
            _BY_SEX & _HAS_VALUE,
            pl.col("gap_least_before").is_not_null() & _GAP.is_not_null(),
            _TURNED,
            _text(_GAP),
        ),
        Rule(
            "TOTAL_OUTSIDE_SEXES",
            (pl.col("sex") == "_T") & ~_is_additive() & pl.col("women").is_not_null(),
            pl.col("women").is_not_null() & pl.col("men").is_not_null(),
            (pl.col("value") > pl.max_horizontal("women", "men") + _ROUNDING)
            | (pl.col("value") < pl.min_horizontal("women", "men") - _ROUNDING),
            pl.concat_str(_text(pl.col("women")), pl.lit("; "), _text(pl.col("men"))),
        ),
        Rule(
            "LARGER_THAN_WHOLE",
            _HAS_VALUE & ((pl.col("breakdown") != "_T") | (_BY_SEX & _is_additive())),
            pl.col("whole_value").is_not_null() | pl.col("total").is_not_null(),
            _larger_than_whole(),
            pl.coalesce(
                _text(pl.col("whole_denominator"), 0),
                _text(pl.col("whole_value")),
                _text(pl.col("total")),
            ),
        ),
        Rule(
            "PARTS_SUM",
            (pl.col("breakdown") == "_T") & pl.col("has_usual_parts").fill_null(value=False),
            pl.col("parts_denominator").is_not_null() | pl.col("parts_value").is_not_null(),
            (
                ~_is_additive()
                & (
                    _differs(
                        "denominator", "parts_denominator", parameter("PARTS_SUM", "tolerance")
                    )
                    | _differs("numerator", "parts_numerator", parameter("PARTS_SUM", "tolerance"))
                )
            )
            | (
                _is_additive()
                & _differs("value", "parts_value", parameter("PARTS_SUM", "tolerance"))
            ),
            pl.coalesce(_text(pl.col("parts_denominator"), 0), _text(pl.col("parts_value"))),
            {"denominator": ~_is_additive(), "reported_value": _is_additive()},
        ),
        Rule(
            "CHILDREN_SUM",
            pl.col("is_parent") & (_is_additive() | _HAS_DENOMINATOR),
            pl.when(_is_additive())
            .then(pl.col("children_value").is_not_null())
            .otherwise(pl.col("children_denominator").is_not_null()),
            pl.when(_is_additive())
            .then(_differs("value", "children_value", parameter("CHILDREN_SUM", "tolerance")))
            .otherwise(
                _differs(
                    "denominator", "children_denominator", parameter("CHILDREN_SUM", "tolerance")
                )
            ),
            pl.when(_is_additive())
            .then(_text(pl.col("children_value")))
            .otherwise(_text(pl.col("children_denominator"), 0)),
            {"denominator": ~_is_additive(), "reported_value": _is_additive()},
        ),
        Rule(
            "MERGED_SIZE",
            pl.col("merged_in").is_not_null()
            & (pl.col("year") - pl.col("merged_in")).is_between(0, 1)
            & size().is_not_null(),
            pl.col("predecessors_size").is_not_null(),
            (size() - pl.col("predecessors_size")).abs()
            > parameter("MERGED_SIZE", "tolerance") * pl.col("predecessors_size"),
            _text(pl.col("predecessors_size"), 0),
            {"denominator": ~_is_additive(), "reported_value": _is_additive()},
        ),
        Rule(
            "SAME_COLUMN",
            _HAS_VALUE,
            pl.col("has_sister_columns"),
            pl.col("same_as").is_not_null(),
            pl.col("same_as"),
        ),
        Rule(
            "SEX_GAP_COLUMN",
            _BY_SEX & _HAS_VALUE,
            pl.col("gap_shift").is_not_null(),
            pl.col("gap_shift") > parameter("SEX_GAP_COLUMN", "limit"),
            _text(pl.col("gap_shift")),
        ),
    )
}

# What makes a stretch of a column suspect.
SUSPECT_RULES = ("VALUE_JUMP", "DENOMINATOR_JUMP", "ROW_SLIPPED", "UNIT_SLIP")

# A row whose denominator (or value, of counts) is nearer to what the next row reported last time
# than to what itself did.
FITS_NEIGHBOUR = (
    pl.min_horizontal(
        pl.col("denominator_from_above").abs(), pl.col("denominator_from_below").abs()
    )
    < (pl.col("denominator") / pl.col("denominator_-1")).log().abs()
)

BLOCK_RULE = Rule(
    "SLIPPED_STRETCH",
    _HAS_VALUE,
    pl.col("has_column"),
    pl.col("in_block"),
    pl.lit(None, dtype=pl.String),
)
ALL_RULES = RULES | {BLOCK_RULE.code: BLOCK_RULE}
