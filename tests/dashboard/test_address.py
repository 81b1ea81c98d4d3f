"""The address holds the whole view."""

import pytest

from dashboard.address import LONGEST_SEARCH, View, read_address


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", View()),
        ("?locality=33@2025", View(locality="33@2025")),
        ("?locality=33%402025", View(locality="33@2025")),
        ("?locality=33@2004", View(locality="33@2004", geography="2004")),
        ("?locality=33@2004&geography=2025", View(locality="33@2004", geography="2004")),
        ("?locality=ALL&geography=2004", View(locality="ALL", geography="2004")),
        ("?milestone=2030&lang=en", View(milestone=2030, language="en")),
        ("?target=NSGE-4.1", View(target="NSGE-4.1")),
        ("?nam=2021", View(year="2021")),
        ("?gom=vung", View(groups="vung")),
        ("?q=t%E1%BB%B7+s%E1%BB%91&entry=NSGE-4.1", View(search="tỷ số", entry="NSGE-4.1")),
        ("?obs=a24b:2", View(observation="a24b:2")),
        ("?obs=a24b%3A2", View(observation="a24b:2")),
        ("?q=" + "a" * 5000, View(search="a" * LONGEST_SEARCH)),
    ],
)
def test_an_address_is_read_as_a_view(search: str, expected: View) -> None:
    assert read_address("/", search) == expected


@pytest.mark.parametrize(
    "search",
    [
        "?milestone=soon",
        "?milestone=²⁰²⁵",
        "?geography=1999",
        "?lang=fr",
        "?unknown=1",
        "???",
        "?&&",
    ],
)
def test_what_means_nothing_falls_back_to_the_default(search: str) -> None:
    assert read_address("/", search) == View()


def test_an_absent_address_is_the_first_page() -> None:
    assert read_address(None, None) == View()


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View(path="/chi-tieu", target="NSGE-4.1", locality="33@2025", language="en"),
        View(locality="33@2004", geography="2004", milestone=2030),
        View(locality="ALL", geography="2004"),
        View(locality="33@2025", peers="01@2025,31@2025"),
        View(path="/ban-do", target="WOMEN_PUPILS", year="2019"),
        View(path="/ban-do", target="X", group="F:_T:ETHNICITY.MINORITY+SCHOOL_LEVEL.PRIMARY"),
        View(path="/nop-bao-cao", rule="VALUE_JUMP", period="2025-S1"),
        View(target="a&b=c ?#%", locality="x y"),
        View(path="/danh-muc", search="tỷ số & giới tính ", entry="NSGE-4.1"),
        View(path="/truy-vet", observation="agg:0f?&#"),
    ],
)
def test_the_address_of_a_view_reproduces_it(view: View) -> None:
    pathname, _, search = view.at().partition("?")
    assert read_address(pathname, search) == view


def test_defaults_are_left_out_of_the_address() -> None:
    assert View().at() == "/"
    assert View(milestone=2030).at(milestone=2025, language="en") == "/?lang=en"
    assert View().at(path="/chi-tieu", target="NSGE-4.1") == "/chi-tieu?target=NSGE-4.1"


def test_the_identity_of_a_province_carries_its_geography() -> None:
    assert View(geography="2004").at(locality="33@2004") == "/?locality=33@2004"


def test_what_one_page_knows_stays_behind_when_another_is_asked_for() -> None:
    view = View(path="/danh-muc", search="tỷ số", entry="NSGE-4.1", locality="33@2025")
    assert view.at(path="/chi-tieu") == "/chi-tieu?locality=33@2025"
    assert view.at(language="en").endswith("&entry=NSGE-4.1&lang=en")
    assert View().at(path="/truy-vet", observation="a:2") == "/truy-vet?obs=a:2"
