"""Sentences a person would say aloud, built from the rows of assessments; pure functions.

Rows are those of :func:`dashboard.queries.assessed` and its kin. Values are decimals in the
indicator's own unit; every number goes through the one formatter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from dashboard.queries import Row
from dashboard.texts import Words
from dashboard.wordings.units import COUNTS_OF_PERSONS
from indicators.numbers import format_date, format_number
from indicators.tables import Pace, Verdict, VerdictReason

# The order in which results are told and shown.
VERDICT_ORDER: Final = (
    Verdict.MET,
    Verdict.NEAR,
    Verdict.PARTIALLY_MET,
    Verdict.NOT_MET,
    Verdict.ON_THE_WAY,
    Verdict.NOT_ASSESSABLE,
)
# Sentences that say all there is to say, so that no counts of other results follow.
_WITHOUT_REST: Final = ("overview.silent", "overview.former_open")
_BEHIND: Final = (Pace.SLOW, Pace.STALLED, Pace.REVERSING)
_UPPER_BOUNDS: Final = ("<", "<=")


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text with its first letter small, for the middle of a sentence."""
    return text[:1].lower() + text[1:]


def number(value: Decimal | float | None, decimals: int, words: Words) -> str:
    """A number as this language writes it."""
    return format_number(value, decimals, words.language)


def own_decimals(value: Decimal) -> int:
    """How many decimals a number needs: 60 needs none, 1.7 needs one."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def in_unit(kind: str, value: Decimal | float | None, decimals: int, row: Row, words: Words) -> str:
    """A number with the words of its unit; ``kind`` is ``unit`` (a value) or ``gap``."""
    if value is not None and row["unit_measure"] == "YES_NO" and kind == "unit":
        return words("value.yes" if value else "value.no")
    text = number(value, decimals, words)
    for name in (row["indicator_id"], row["unit_measure"]):
        if value is not None and words.known(f"{kind}.{name}"):
            return words(f"{kind}.{name}", value=text)
    return text


def value_phrase(row: Row, words: Words) -> str:
    """The latest value as published, with its counts: ``59,1% (13/22)``."""
    text = in_unit("unit", row["latest_published"], row["decimals"] or 0, row, words)
    counts = counts_phrase(row["latest_numerator"], row["latest_denominator"], words)
    if not counts:
        return text
    own = f"counts.{row['indicator_id']}"  # where the two are no counts: hours a week
    return f"{text} ({words(own, counts=counts) if words.known(own) else counts})"


def counts_phrase(numerator: Decimal | None, denominator: Decimal | None, words: Words) -> str:
    """``13/22``, or nothing when a count is missing."""
    if numerator is None or denominator is None:
        return ""
    return "/".join(number(part, own_decimals(part), words) for part in (numerator, denominator))


def origin_phrase(row: Row, words: Words) -> str:
    """How a figure of ours was made and what it rests on; empty for a reported one."""
    if row["origin"] in (None, "reported"):
        return ""
    text = words(f"origin.{row['origin']}")
    coverage = row["coverage"]
    if coverage is None or coverage >= 1:
        return text
    return f"{text}, {words('origin.coverage', share=number(coverage * 100, 1, words))}"


def condition(row: Row, words: Words) -> str:
    """What a milestone asks for: ``≥ 60%``; a text that says "khoảng" keeps the word."""
    value = row["target_value"]
    if value is None or row["operator"] is None:
        return words("condition.none")
    upper = row["target_upper"]
    upper_text = "" if upper is None else in_unit("unit", upper, own_decimals(upper), row, words)
    text = words(
        f"condition.{row['operator']}",
        value=in_unit("unit", value, own_decimals(value), row, words),
        upper=upper_text,
    )
    return words("condition.approximate", condition=text) if row["is_approximate"] else text


def shown_word(row: Row, words: Words) -> str:
    """The result that is shown, with its reason when nothing can be said."""
    return _with_reason(row["shown"], row, words)


def verdict_word(row: Row, words: Words) -> str:
    """The verdict itself, which a province of former boundaries never has after them."""
    return _with_reason(row["verdict"], row, words)


def _with_reason(verdict: str, row: Row, words: Words) -> str:
    word = words(f"verdict.{verdict}")
    reason = row["verdict_reason"]
    if verdict == Verdict.NOT_ASSESSABLE and reason:
        return f"{word} ({words(f'reason.{reason}')})"
    return word


def gap_phrase(row: Row, words: Words) -> str:
    """What is missing, in whole units where counts are known: ``thiếu 1 cơ quan``."""
    if row["shown"] in (Verdict.MET, Verdict.NOT_ASSESSABLE):
        return ""
    if row["parts_total"]:
        return words("gap.parts", met=row["parts_met"] or 0, total=row["parts_total"])
    if row["gap_whole_units"]:
        key = "gap.too_many" if row["operator"] in _UPPER_BOUNDS else "gap.missing"
        return words(key, amount=_things(row, words))
    if row["gap"] is None or row["unit_measure"] == "YES_NO":
        return ""
    return _distance(row, words)


def _distance(row: Row, words: Words) -> str:
    gap: Decimal = row["gap"]
    if gap == 0:  # a strict operator at its very boundary
        return words("gap.limit")
    decimals = _visible_decimals(gap, row["decimals"] or 0)
    amount = in_unit("gap", gap, decimals, row, words)
    return words("gap.above" if _must_fall(row) else "gap.below", amount=amount)


def pace_phrase(row: Row, words: Words) -> str:
    """The way to an open milestone: ``chậm tiến độ, cần giảm 0,4 mỗi năm, gấp 3,1 lần …``."""
    if row["milestone_state"] != "open":
        return ""
    parts = [words(f"pace.{row['pace']}")] if row["pace"] != Pace.NONE else []
    required = row["required_per_year"]
    if required:
        size = Decimal(str(abs(required)))
        decimals = _visible_decimals(size, row["decimals"] or 0)
        unit_row = row if row["unit_measure"] == "PERCENT" else {**row, "unit_measure": None}
        amount = in_unit("gap", size, decimals, {**unit_row, "indicator_id": None}, words)
        need = words("pace.need_down" if _must_fall(row) else "pace.need_up", amount=amount)
        times = row["times_faster"]
        if times is not None and times > 1:
            need += words("pace.times", times=number(times, 1, words))
        parts.append(need)
    return ", ".join(parts)


def overview_sentences(
    rows: Sequence[Row], faster: Sequence[Row], who: str, words: Words
) -> list[str]:
    """The first lines of the overview.

    Args:
        rows: headline targets of one locality at one milestone.
        faster: the same targets at the milestone that is still open.
        who: name of the locality.
        words: the texts of one language.
    """
    year = rows[0]["milestone_year"]
    sentences = [_counted_results(rows, _overview_key(rows), who, words), *_why_not(rows, words)]
    earlier = sum(rests_on_earlier_figures(row) for row in rows)
    if earlier:
        sentences.append(words.counted("overview.earlier", earlier, year=year))
    return sentences + _faster_sentence(faster, words)


def everywhere_sentences(rows: Sequence[Row], localities: int, words: Words) -> list[str]:
    """The first lines of the overview when all localities are asked for."""
    who = words("overview.localities", count=number(localities, 0, words))
    key = _former_key(rows) or "overview.all"
    return [_counted_results(rows, key, who, words), *_why_not(rows, words)]


def _overview_key(rows: Sequence[Row]) -> str:
    former = _former_key(rows)
    if former:
        return former
    if all(row["shown"] == Verdict.NOT_ASSESSABLE for row in rows):
        return "overview.silent"
    return "overview.closed" if rows[0]["milestone_state"] == "closed" else "overview.open"


def _former_key(rows: Sequence[Row]) -> str:
    """The words for localities of boundaries that ended before the milestone, or none."""
    if all(row["verdict_reason"] != VerdictReason.LOCALITY_ABOLISHED for row in rows):
        return ""
    closed = rows[0]["milestone_state"] == "closed"
    return "overview.former" if closed else "overview.former_open"


def _counted_results(rows: Sequence[Row], key: str, who: str, words: Words) -> str:
    counts = Counter(str(row["shown"]) for row in rows)
    last_day = rows[0]["valid_to"]
    head = words(
        key,
        locality=who,
        met=number(counts[Verdict.MET], 0, words),
        total=number(len(rows), 0, words),
        year=rows[0]["milestone_year"],
        date=format_date(last_day, words.language) if last_day else "",
    )
    return f"{head}." if key in _WITHOUT_REST else _with_rest(head, counts, words)


def _why_not(rows: Sequence[Row], words: Words) -> list[str]:
    """Why targets cannot be assessed, the most frequent reason first."""
    counts = Counter(
        str(row["verdict_reason"])
        for row in rows
        if row["shown"] == Verdict.NOT_ASSESSABLE and row["verdict_reason"]
    )
    if not counts:
        return []
    told = ", ".join(
        f"{words(f'reason.{reason}')} ({number(count, 0, words)})"
        for reason, count in counts.most_common()
    )
    return [words("overview.why", reasons=told)]


def verdict_sentences(
    row: Row, others: Iterable[Row], family: Mapping[str, str], words: Words
) -> list[str]:
    """All that is to be said of one target at one milestone.

    Args:
        row: the primary assessment.
        others: assessments of the same milestone from other source families.
        family: names of the source families.
        words: the texts of one language.
    """
    verdict = verdict_word(row, words)
    year = row["milestone_year"]
    has_number = row["target_value"] is not None
    key = "sentence.milestone" if has_number else "sentence.milestone_no_number"
    sentences = [words(key, year=year, condition=condition(row, words), verdict=verdict)]
    told = [words("sentence.value", year=row["latest_year"], value=value_phrase(row, words))]
    told = told if row["latest_published"] is not None else []
    told += [text for text in (gap_phrase(row, words), pace_phrase(row, words)) if text]
    if told:
        sentences.append(capital("; ".join(told)) + ".")
    return sentences + _cautions(row, others, family, words)


def _cautions(
    row: Row, others: Iterable[Row], family: Mapping[str, str], words: Words
) -> list[str]:
    cautions = []
    if rests_on_earlier_figures(row):
        cautions.append(words("sentence.earlier", year=row["latest_year"]))
    elif row["is_provisional"] and row["basis"] == "milestone_year":
        cautions.append(words("sentence.provisional", year=row["latest_year"]))
    if row["is_old"]:
        cautions.append(words("sentence.old", year=row["latest_year"]))
    made = origin_phrase(
        {"origin": row["latest_origin"], "coverage": row["latest_coverage"]}, words
    )
    if made:
        cautions.append(words("sentence.origin", made=made))
    if row["is_anomaly"]:
        cautions.append(words("sentence.anomaly"))
    if _owes_a_pace(row):
        reason = words(f"no_pace.{row['pace_reason']}")
        cautions.append(words("sentence.no_pace", reason=reason))
    value = row["latest_value"]
    if row["unrounded_flips"] and value is not None:  # the parts of a compound say it themselves
        text = number(value, min(own_decimals(value), 3), words)
        cautions.append(words("sentence.flips", value=text))
    if row["has_source_conflict"]:
        told = "; ".join(
            words(
                "sentence.other_family",
                family=family.get(other["source_family"], other["source_family"]),
                year=other["latest_year"],
                value=value_phrase(other, words),
            )
            for other in others
            if _contradicts(other, row)
        )
        cautions.append(words("sentence.conflict", other=told))
    return cautions


def rests_on_earlier_figures(row: Row) -> bool:
    """Whether a closed milestone is judged on a figure from before its year."""
    return bool(
        row["basis"] == "earlier_year"
        and row["milestone_state"] == "closed"
        and row["verdict"] != Verdict.NOT_ASSESSABLE
    )


def _owes_a_pace(row: Row) -> bool:
    """Whether an open milestone has no pace for a reason that the verdict does not tell."""
    return bool(
        row["milestone_state"] == "open"
        and row["pace_reason"]
        and row["verdict"] not in (Verdict.MET, Verdict.NOT_ASSESSABLE)
    )


def _contradicts(other: Row, row: Row) -> bool:
    """Whether a figure of about the same year stands on the other side of the target."""
    if other["latest_published"] is None or abs(other["latest_year"] - row["latest_year"]) > 1:
        return False
    return bool((other["attainment"] == Verdict.MET) != (row["attainment"] == Verdict.MET))


def _with_rest(head: str, counts: Mapping[str, int], words: Words) -> str:
    rest = [
        words(f"count.{verdict}", count=number(counts[verdict], 0, words))
        for verdict in VERDICT_ORDER[1:]
        if counts.get(verdict)
    ]
    return f"{head}; {', '.join(rest)}." if rest else f"{head}."


def _faster_sentence(rows: Sequence[Row], words: Words) -> list[str]:
    behind = [row for row in rows if row["pace"] in _BEHIND]
    measured = [row for row in behind if row["times_faster"] is not None]
    if not measured:
        return []
    hardest = max(measured, key=lambda row: float(row["times_faster"]))
    return [
        words.counted(
            "overview.faster",
            len(behind),
            year=hardest["milestone_year"],
            name=lower_first(words.pick(hardest, "target")),
            times=number(hardest["times_faster"], 1, words),
        )
    ]


def _things(row: Row, words: Words) -> str:
    own = f"thing.{row['indicator_id']}"
    if not words.known(own):
        own = "thing.persons" if row["indicator_id"] in COUNTS_OF_PERSONS else "thing"
    count = int(row["gap_whole_units"])
    form = f"{own}#one" if count == 1 else own
    return words(form, count=number(count, 0, words))


def _must_fall(row: Row) -> bool:
    if row["operator"] in _UPPER_BOUNDS:
        return True
    latest = row["latest_published"]
    ceiling = row["target_upper"] if row["operator"] == "range" else row["target_value"]
    return row["operator"] in ("=", "range") and latest is not None and latest > ceiling


def _visible_decimals(size: Decimal, decimals: int) -> int:
    """Decimals that show the first digit of a small amount, three at most."""
    while decimals < 3 and 0 < size < Decimal(1).scaleb(-decimals):
        decimals += 1
    return decimals
