"""Of whom and of what a figure is, in the names of the code lists."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.province_groups import parts_of
from dashboard.queries import Row
from dashboard.texts import Words

Codes = Mapping[tuple[str, str], str]  # names by code list and code

_WHOLE = "_T"


def group_phrase(row: Row, codes: Codes) -> str:
    """Sex, age and breakdown: ``Nữ, 15-24 tuổi, Thành thị``; empty for the whole."""
    named = [
        ("CL_SEX", row["sex"]),
        ("CL_AGE", row["age"]),
        *(("CL_BREAKDOWN", code) for code in (row["breakdown"] or _WHOLE).split("+")),
    ]
    told = [codes.get((of, code), code) for of, code in named if code and code != _WHOLE]
    return ", ".join(told)


def group_name(group: str, codes: Codes, words: Words) -> str:
    """A group of :mod:`dashboard.province_groups` in words; the whole is named too."""
    return group_phrase(parts_of(group), codes) or words("group.whole")


def code_name(code_list: str, code: str | None, codes: Codes) -> str:
    """The name of one code; the code itself where the list does not hold it."""
    return codes.get((code_list, code or ""), code or "")


def unit_name(row: Row, codes: Codes, words: Words) -> str:
    """The unit in the indicator's own words where it has some, else in those of the code list."""
    own = f"title.{row['indicator_id']}"
    if words.known(own):
        return words(own)
    return code_name("CL_UNIT_MEASURE", row["unit_measure"], codes)
