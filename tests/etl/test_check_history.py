"""Wrong figures that pass a format check: each rule where it must doubt and where it must not."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from etl import pipeline
from etl.check import CheckedBatch
from etl.findings import check_rules, history_rules
from etl.history_rules import parameters, rules
from etl.settings import Settings
from etl.warehouse import Warehouse, release_table
from indicators.releases import current_release
from tests.support import checks_document, suspect_cells, synthetic_errors
from tests.support.forms import Form, observation

Check = Callable[..., CheckedBatch]
PROVINCES = [f"{code}@2004" for code in ("30", "31", "33", "34", "35", "36", "37")]


def share(area: str, year: int, numerator: int, denominator: int, level: str = "_T") -> dict:
    return observation(
        "WOMEN_PUPILS", ref_area=area, time_period=year, breakdown=level, numerator=numerator,
        denominator=denominator, source_family="ADMIN",
    )  # fmt: skip


def rate(area: str, year: int, sex: str, value: float, breakdown: str = "_T") -> dict:
    return observation(
        "UNEMPLOYMENT_RATE", ref_area=area, time_period=year, sex=sex, breakdown=breakdown,
        reported_value=value, source_family="SURVEY",
    )  # fmt: skip


def people(area: str, year: int, sex: str, thousands: float) -> dict:
    return observation(
        "POPULATION", ref_area=area, time_period=year, sex=sex, reported_value=thousands,
        source_family="SURVEY",
    )  # fmt: skip


def found(check: Check, lines: Iterable[dict]) -> set[tuple[str, str]]:
    batch = check(*lines, locality="VN")
    assert batch.submissions["status"][0] == "accepted"  # a doubt refuses nothing
    return set(batch.issues.select("code", "cell").iter_rows())


def codes(check: Check, lines: Iterable[dict]) -> set[str]:
    return {code for code, _ in found(check, lines)}


CALM = [share("33@2004", year, 48_000 + 37 * (year - 2014), 100_000) for year in range(2014, 2020)]


def test_a_calm_series_is_not_doubted(check: Check) -> None:
    assert found(check, CALM) == set()


@pytest.mark.parametrize("position", [0, 3, 5])
def test_a_jump_is_doubted_wherever_it_stands_but_not_its_neighbours(
    check: Check, position: int
) -> None:
    lines = [dict(line) for line in CALM]
    lines[position]["numerator"] = 60_000
    assert found(check, lines) == {("VALUE_JUMP", f"J{4 + position}")}


def test_a_lasting_step_is_no_error(check: Check) -> None:
    later = [share("33@2004", year, 56_000, 100_000) for year in range(2017, 2020)]
    assert "VALUE_JUMP" not in codes(check, [*CALM[:3], *later])


def test_figures_in_thousands_among_persons(check: Check) -> None:
    lines = [dict(line) for line in CALM]
    lines[2] |= {"numerator": 48, "denominator": 100}
    assert ("UNIT_SLIP", "K6") in found(check, lines)


def test_all_of_them_women(check: Check) -> None:
    lines = [dict(line) for line in CALM]
    lines[2] |= {"numerator": 100_000}
    assert "ALL_OR_NONE" in codes(check, lines)


def test_the_figures_of_an_older_year_again(check: Check) -> None:
    again = dict(CALM[5]) | {"numerator": 48_123, "denominator": 99_457}
    older = dict(CALM[3]) | {"numerator": 48_123, "denominator": 99_457}
    lines = [*CALM[:3], older, CALM[4], again]
    assert found(check, lines) == {("REPEATED_FIGURES", "J9")}
    declared = again | {"reference_year": 2017}
    assert found(check, [*lines[:5], declared]) == set()


def table(year: int, sizes: Iterable[int]) -> list[dict]:
    return [share(area, year, size * 48 // 100, size)
            for area, size in zip(PROVINCES, sizes, strict=True)]  # fmt: skip


SIZES = [10_000, 17_000, 26_000, 40_000, 61_000, 90_000, 140_000]


def test_rows_that_slipped_by_one(check: Check) -> None:
    before = [line for year in (2015, 2016, 2017) for line in table(year, SIZES)]
    slipped = [*SIZES[:3], *SIZES[4:], 230_000]
    assert "ROW_SLIPPED" not in codes(check, [*before, *table(2018, SIZES)])
    assert {f"J{28 + place - 3}" for place in range(3, 6)} <= {
        cell for code, cell in found(check, [*before, *table(2018, slipped)])
        if code == "ROW_SLIPPED"
    }  # fmt: skip


def test_a_figure_that_looks_right_inside_a_stretch_that_slipped(check: Check) -> None:
    before = [line for year in (2015, 2016, 2017) for line in table(year, SIZES)]
    now = table(2018, SIZES)
    for place in (3, 4, 6):
        now[place]["numerator"] = SIZES[place] * 70 // 100
    stretch = {cell for code, cell in found(check, [*before, *now]) if code == "SLIPPED_STRETCH"}
    assert stretch == {"J28", "J29", "J30", "J31"}


def test_the_gap_between_the_sexes_turns(check: Check) -> None:
    women, men = [605.0, 606.0, 606.5, 591.0], [600.0, 600.5, 601.0, 606.0]
    lines = [
        people("94@2004", 2019 + step, sex, values[step])
        for sex, values in (("Nữ", women), ("Nam", men))
        for step in range(4)
    ]
    assert {("SEX_GAP_TURNED", "L7"), ("SEX_GAP_TURNED", "L11")} == found(check, lines)


RATES = {area: 1.1 + 0.3 * place for place, area in enumerate(PROVINCES)}


def test_men_and_women_that_are_town_and_country(check: Check) -> None:
    calm = [rate(area, year, sex, round(value + (0.1 if sex == "Nam" else 0), 1))
            for year in (2014, 2015, 2016) for area, value in RATES.items()
            for sex in ("Nữ", "Nam")]  # fmt: skip
    assert found(check, calm) == set()
    wrong = [rate(area, 2013, sex, round(value * (2.2 if sex == "Nam" else 0.8), 1))
             for area, value in RATES.items() for sex in ("Nữ", "Nam")]  # fmt: skip
    first = 4 + len(calm)
    assert {(code, int(cell[1:])) for code, cell in found(check, [*calm, *wrong])
            if code == "SEX_GAP_COLUMN"} == {
        ("SEX_GAP_COLUMN", first + place) for place in range(len(wrong))
    }  # fmt: skip


def test_one_column_under_two_headings(check: Check) -> None:
    lines = [rate(area, 2015, "Nữ", round(value, 1)) for area, value in RATES.items()]
    lines += [rate(area, 2015, "Chung", round(value, 1), "RESIDENCE.RURAL")
              for area, value in RATES.items()]  # fmt: skip
    assert codes(check, lines) == {"SAME_COLUMN"}
    lines[0]["reported_value"] = 9.9
    assert codes(check, lines) == set()


def test_a_total_outside_women_and_men(check: Check) -> None:
    lines = [rate("VN", 2015, sex, value)
             for sex, value in (("Nữ", 2.0), ("Nam", 3.0), ("Chung", 3.4))]  # fmt: skip
    assert codes(check, lines) == {"TOTAL_OUTSIDE_SEXES"}
    lines[2]["reported_value"] = 2.4
    assert codes(check, lines) == set()


def test_a_part_larger_than_the_whole_of_another_line(check: Check) -> None:
    whole, part = (
        share("33@2004", 2015, 500, 1_000),
        share("33@2004", 2015, 510, 900, "SCHOOL_LEVEL.PRIMARY"),
    )
    assert found(check, [whole, part]) == {("LARGER_THAN_WHOLE", "J5")}
    assert found(check, [whole, part | {"numerator": 490, "denominator": 1_200}]) == {
        ("LARGER_THAN_WHOLE", "K5")
    }
    assert codes(check, [whole, part | {"numerator": 490}]) == set()


def test_a_total_that_is_not_the_sum_of_its_levels_as_elsewhere(check: Check) -> None:
    lines = []
    for size, area in zip(SIZES, PROVINCES, strict=True):
        half = size // 2
        lines += [share(area, 2015, half // 2, half, f"SCHOOL_LEVEL.{level}")
                  for level in ("PRIMARY", "LOWER_SECONDARY")]  # fmt: skip
        lines.append(share(area, 2015, size // 2, 2 * half))
    assert codes(check, lines) == set()
    lines[2] |= {"denominator": 12_000, "numerator": 6_000}
    assert found(check, lines) == {("PARTS_SUM", "K6")}


def test_a_region_that_is_not_the_sum_of_its_provinces(check: Check) -> None:
    regions = ("RRD", "NMM", "NCC", "CHL", "SEA", "MRD")
    lines = [people(f"{region}@2004", 2015, "Chung", 1_000.0 + place)
             for place, region in enumerate(regions)]  # fmt: skip
    assert codes(check, [*lines, people("VN", 2015, "Chung", 6_015.0)]) == set()
    assert found(check, [*lines, people("VN", 2015, "Chung", 7_015.0)]) == {("CHILDREN_SUM", "L10")}
    batch = check(*lines[1:], people("VN", 2015, "Chung", 7_015.0), locality="VN")
    assert batch.outcomes.filter(pl.col("code") == "CHILDREN_SUM").rows() == [
        (batch.submissions["submission_id"][0], "CHILDREN_SUM", 0, 0, 6)
    ]  # a part is missing: nobody can tell, of the regions as little as of the country


def take_in(settings: Settings, folder: Path, name: str, lines: list[dict], hours: int) -> None:
    path = Form(lines, information={"locality": "VN", "dataset_id": name}).write(
        folder / f"{name}.xlsx"
    )
    pipeline.run(settings, [path], datetime(2026, 11, 21) + timedelta(hours=hours))


def warnings(settings: Settings) -> list[tuple[str, str]]:
    with Warehouse(settings.warehouse) as warehouse:
        issues = warehouse.table("issues").join(
            warehouse.table("submissions").select("submission_id", "file_name"), on="submission_id"
        )
    return sorted(issues.select("file_name", "code").iter_rows())


def test_history_is_what_was_received_before_and_a_rebuild_finds_the_same(
    settings: Settings, tmp_path: Path
) -> None:
    jump = [dict(CALM[5]) | {"numerator": 60_000}]
    take_in(settings, tmp_path, "lone", jump, 0)  # nothing to compare with yet
    take_in(settings, tmp_path, "past", CALM[:5], 1)
    take_in(settings, tmp_path, "again", jump, 2)
    assert warnings(settings) == [("again.xlsx", "VALUE_JUMP")]
    pipeline.rebuild(settings, datetime(2026, 11, 22))  # all three in one batch
    assert warnings(settings) == [("again.xlsx", "VALUE_JUMP")]


def test_validate_looks_back_at_what_is_published(settings: Settings, tmp_path: Path) -> None:
    take_in(settings, tmp_path, "past", CALM[:5], 0)
    path = Form([dict(CALM[5]) | {"numerator": 60_000}], information={"locality": "VN"}).write(
        tmp_path / "new.xlsx"
    )
    batch = pipeline.validate(path, settings, datetime(2026, 11, 22)).checked
    assert batch.issues["code"].to_list() == ["VALUE_JUMP"]


def test_a_merged_province_that_reports_the_size_of_one_part(
    settings: Settings, tmp_path: Path
) -> None:
    parts = [people("33@2004", 2024, "Chung", 1_300.0), people("34@2004", 2024, "Chung", 1_900.0)]
    take_in(settings, tmp_path, "past", parts, 0)
    for size, expected in ((1_900.0, ["MERGED_SIZE"]), (3_210.0, [])):
        path = Form([people("33@2025", 2025, "Chung", size)], information={"locality": "VN"}).write(
            tmp_path / "new.xlsx"
        )
        batch = pipeline.validate(path, settings, datetime(2026, 11, 22)).checked
        assert batch.issues["code"].to_list() == expected


def test_a_value_made_from_counts_is_told_at_them_with_its_size(check: Check) -> None:
    """The cell of the value is empty, and locked in the template."""
    jump = dict(CALM[5]) | {"numerator": 60_000}
    issues = check(*CALM[:5], jump, locality="VN").issues
    (told,) = issues.filter(pl.col("code") == "VALUE_JUMP").rows(named=True)
    assert told["cell"].startswith("J")
    assert f"Giá trị {told['value']} " in told["message_vi"]
    assert "60000" not in told["value"]


def test_outcomes_are_counted_for_every_rule(check: Check) -> None:
    outcomes = check(*CALM, locality="VN").outcomes
    jump = outcomes.filter(pl.col("code") == "VALUE_JUMP").row(0, named=True)
    assert (jump["passed"], jump["failed"], jump["cannot_tell"]) == (6, 0, 0)
    lone = check(CALM[0], locality="VN").outcomes
    assert lone.filter(pl.col("code") == "VALUE_JUMP")["cannot_tell"].to_list() == [1]


def test_every_rule_has_its_words_and_is_a_warning() -> None:
    words = check_rules().filter(pl.col("code").is_in(list(rules())))
    assert words.height == len(rules())
    assert set(words["severity"]) == {"warning"}


def test_the_line_of_the_next_locality_copied(check: Check) -> None:
    lines = [share(area, year, round(0.48 * size * growth), round(size * growth))
             for year, growth in ((2014, 1), (2015, 1.01))
             for area, size in zip(PROVINCES, SIZES, strict=True)]  # fmt: skip
    assert codes(check, lines) == set()
    lines[9] |= {name: lines[10][name] for name in ("numerator", "denominator")}
    assert ("COPIED_LINE", "K13") in found(check, lines)
    assert ("COPIED_LINE", "K14") not in found(check, lines)


def test_a_new_rule_and_a_new_threshold_are_one_row_each(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {
        "code": "HALVED", "severity": "warning", "scope": "cell", "owner": "phòng thống kê",
        "message_vi": "Mẫu số {value} chưa bằng một nửa kỳ trước ({detail}).",
        "message_en": "Denominator {value} is less than half of the last one ({detail}).",
        "advice_vi": "Kiểm tra lại.", "advice_en": "Check it.", "field": "'denominator'",
        "applies": "denominator IS NOT NULL", "known": None,
        "fails": "denominator < :share * last_denominator", "detail": "last_denominator",
        "makes_stretch": None,
    }  # fmt: skip
    number = {
        "code": "HALVED", "parameter": "share", "indicator_id": "*", "value": 0.5, "reason": "thử"
    }  # fmt: skip
    table = pl.concat([history_rules(), pl.DataFrame([row], schema=history_rules().schema)])
    numbers = pl.concat([parameters(), pl.DataFrame([number], schema=parameters().schema)])
    words = pl.concat([check_rules(), table.tail(1).select(check_rules().columns)])
    monkeypatch.setattr("etl.history_rules.history_rules", lambda: table)
    monkeypatch.setattr("etl.findings.check_rules", lambda: words)
    monkeypatch.setattr("etl.history_rules.parameters", lambda: numbers)
    lines = [share("33@2004", 2014, 41, 81), share("33@2004", 2015, 20, 40)]
    batch = check(*lines, locality="VN")
    assert batch.issues.select("code", "cell", "message_vi").rows() == [
        ("HALVED", "K5", "Mẫu số 40 chưa bằng một nửa kỳ trước (81).")
    ]
    outcome = batch.outcomes.filter(pl.col("code") == "HALVED").row(0)[2:]
    assert outcome == (0, 1, 1)  # of the first year nobody can tell
    own = pl.DataFrame([number | {"indicator_id": "WOMEN_PUPILS", "value": 0.4}], numbers.schema)
    numbers = pl.concat([numbers, own])
    assert codes(check, lines) == set()


def test_of_two_figures_the_later_one_is_asked_about(check: Check) -> None:
    lines = [share("33@2004", 2014, 480, 1_000), share("33@2004", 2015, 650, 1_000)]
    assert found(check, lines) == {("VALUE_JUMP", "J5")}


def test_a_share_far_from_its_level_at_the_start_of_a_restless_series(check: Check) -> None:
    shares = (45.67, 49.59, 51.75, 55.84, 55.4, 53.7)  # upper secondary, a province from 2004 on
    lines = [share("08@2004", 2004 + place, round(10 * one), 1_000)
             for place, one in enumerate(shares)]  # fmt: skip
    assert found(check, lines) == {("VALUE_JUMP", "J4")}


def test_a_level_that_one_locality_leaves_out(check: Check) -> None:
    lines = [share(area, 2015, size // 2, size, f"SCHOOL_LEVEL.{level}")
             for area, size in zip(PROVINCES, SIZES, strict=True)
             for level in ("PRIMARY", "LOWER_SECONDARY")]  # fmt: skip
    assert "LEVEL_MISSING" not in codes(check, lines)
    batch = check(*lines[:-1], locality="VN")
    (issue,) = batch.issues.filter(pl.col("code") == "LEVEL_MISSING").iter_rows(named=True)
    assert (issue["sheet"], issue["cell"]) == ("Số liệu", None)
    assert "SCHOOL_LEVEL.LOWER_SECONDARY · 2015 ở Ninh Bình, trong khi" in issue["message_vi"]
    outcome = batch.outcomes.filter(pl.col("code") == "LEVEL_MISSING").row(0)[2:]
    assert outcome == (13, 1, 0)


def test_a_ratio_that_its_own_counts_belie(check: Check) -> None:
    line = observation(ref_area="33@2025", numerator=6_109, denominator=5_365,
                       reported_value=113.5, source_family="REGISTRATION")  # fmt: skip
    assert set(check(line).issues["code"]) == {"VALUE_NOT_RATIO"}


def test_a_denominator_that_jumped_when_borders_were_redrawn(
    settings: Settings, tmp_path: Path
) -> None:
    past = [share(area, 2024, size // 2, size)
            for area, size in (("33@2004", 180_000), ("34@2004", 240_000))]  # fmt: skip
    take_in(settings, tmp_path, "past", past, 0)
    for size, expected in ((240_000, ["MERGED_SIZE"]), (425_000, [])):
        form = Form([share("33@2025", 2025, size // 2, size)], information={"locality": "VN"})
        batch = pipeline.validate(
            form.write(tmp_path / "new.xlsx"), settings, datetime(2026, 11, 22)
        ).checked
        assert batch.issues["code"].to_list() == expected
        assert batch.issues["cell"].to_list() == ["K4"] * len(expected)


def test_the_release_says_how_many_rows_each_rule_passed(
    settings: Settings, tmp_path: Path
) -> None:
    take_in(settings, tmp_path, "past", CALM, 0)
    outcomes = release_table(current_release(settings.processed), "check_outcomes")
    assert outcomes.filter(pl.col("code") == "VALUE_JUMP").row(0)[1:] == ("VALUE_JUMP", 6, 0, 0)


@pytest.mark.parametrize("kind", ["rows_slipped", "lines_slipped", "women_are_total", "older_year"])
def test_made_up_errors_of_a_kind_are_found(kind: str) -> None:
    cells = synthetic_errors.with_errors(suspect_cells.clean_cells(), kind, seed=1)
    hits, errors, *_ = suspect_cells.counts(suspect_cells.flags(cells))
    assert hits >= 0.95 * errors > 0


def test_the_document_is_what_its_generator_writes() -> None:
    assert checks_document.DOCUMENT.read_text(encoding="utf-8") == checks_document.markdown()


def test_a_publishers_real_errors_are_found() -> None:
    cells = pl.concat([suspect_cells.clean_cells(), suspect_cells.suspect_cells()])
    hits, suspects, doubted, clean = suspect_cells.counts(suspect_cells.flags(cells))
    assert Decimal(hits) / suspects >= Decimal("0.95")
    assert Decimal(doubted) / clean <= Decimal("0.005")


def test_clean_figures_alone_are_never_refused() -> None:
    errors = check_rules().filter(pl.col("severity") == "error")["code"].to_list()
    flagged = suspect_cells.flags(suspect_cells.clean_cells())
    assert flagged.explode("codes").filter(pl.col("codes").is_in(errors)).is_empty()
