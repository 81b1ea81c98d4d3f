"""Every word of the board exists in both languages."""

import re
import string
import unicodedata
from pathlib import Path

import pytest

import dashboard
from dashboard.texts import TEXTS, Words
from indicators.tables import Pace, PaceReason, Verdict, VerdictReason

SOURCES = sorted(Path(dashboard.__file__).parent.rglob("*.py"))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_a_text_has_both_languages_with_the_same_places(key: str) -> None:
    vietnamese, english = TEXTS[key]
    assert vietnamese.strip()
    assert english.strip()
    assert places(vietnamese) == places(english)
    assert unicodedata.is_normalized("NFC", vietnamese)


def test_no_key_is_declared_in_two_tables() -> None:
    tables = [
        path.read_text(encoding="utf-8") for path in SOURCES if path.parent.name == "wordings"
    ]
    keys = re.findall(r'^    "([^"]+)": \(', "\n".join(tables), flags=re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(TEXTS)


def test_every_key_that_the_code_names_exists() -> None:
    named = {
        key
        for path in SOURCES
        for key in re.findall(
            r'words(?:\.counted)?\(\s*"([^"]+)"', path.read_text(encoding="utf-8")
        )
    }
    assert len(named) > 60
    assert named <= set(TEXTS)


@pytest.mark.parametrize(
    ("prefix", "members"),
    [
        ("verdict", set(Verdict)),
        ("count", set(Verdict) - {Verdict.MET}),
        ("short", set(Verdict) - {Verdict.NOT_ASSESSABLE}),
        ("reason", set(VerdictReason)),
        ("pace", set(Pace) - {Pace.NONE}),
        ("no_pace", set(PaceReason)),
    ],
)
def test_every_member_of_an_enumeration_has_its_words_and_no_other_has(
    prefix: str, members: set[str]
) -> None:
    told = {key.removeprefix(f"{prefix}.") for key in TEXTS if key.startswith(f"{prefix}.")}
    phrases = {"need_up", "need_down", "times", "towards"} if prefix == "pace" else set()
    assert told - phrases == {str(member) for member in members}


def test_an_english_noun_agrees_with_its_number() -> None:
    words = Words("en")
    key = "thing.AGENCIES_WITH_WOMAN_KEY_LEADER"
    assert [words.counted(key, count) for count in (1, 2)] == ["1 agency", "2 agencies"]


def test_a_name_missing_in_english_is_given_in_vietnamese() -> None:
    row = {"name_vi": "Hưng Yên", "name_en": None}
    assert Words("en").pick(row, "name") == "Hưng Yên"
