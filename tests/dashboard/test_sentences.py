"""Sentences in both languages, from rows of assessments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dashboard.sentences import (
    condition,
    everywhere_sentences,
    gap_phrase,
    overview_sentences,
    pace_phrase,
    shown_word,
    value_phrase,
    verdict_sentences,
    verdict_word,
)
from dashboard.texts import Words
from tests.support.release import BY_TARGET, assessment, decimal

VI, EN = Words("vi"), Words("en")


def row(target_id: str = "NSGE-4.1", year: int = 2025, **given: Any) -> dict[str, Any]:
    """An assessment as the pages get it: joined with names and units, decimals exact."""
    exact = {
        name: decimal(value) if isinstance(value, str) and value[:1].isdigit() else value
        for name, value in given.items()
    }
    series = BY_TARGET[target_id]
    found = {
        "parts_total": None, "gap": None, "gap_whole_units": None, "latest_published": None,
        "latest_numerator": None, "latest_denominator": None, "latest_year": None,
        "required_per_year": None, "times_faster": None, "target_upper": None,
        "pace_reason": None, "valid_to": None, "latest_origin": None, "latest_coverage": None,
        "latest_value": None,
        **assessment("VN", target_id, year, **exact),
    }  # fmt: skip
    return {
        **found, "shown": found["verdict"], "unit_measure": series.unit, "decimals": 1,
        "target_vi": series.name_vi, "target_en": series.name_en,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("operator", "value", "target_id", "expected"),
    [
        (">=", "60", "NSGE-2.1", ("≥ 60%", "≥ 60%")),
        (">", "90.5", "NSGE-2.1", ("> 90,5%", "> 90.5%")),
        ("<", "30", "NSGE-2.1", ("< 30%", "< 30%")),
        ("<=", "1.7", "NSGE-3.1", ("≤ 1,7 lần", "≤ 1.7 times")),
        ("<=", "111", "NSGE-4.1", ("≤ 111", "≤ 111")),
        ("=", "100", "NSGE-2.1", ("100%", "100%")),
        ("maintain", "100", "NSGE-2.1", ("giữ 100%", "keep 100%")),
    ],
)
def test_a_condition_keeps_the_operator_and_the_unit(
    operator: str, value: str, target_id: str, expected: tuple[str, str]
) -> None:
    asked = row(target_id, operator=operator, target_value=value)
    assert (condition(asked, VI), condition(asked, EN)) == expected


def test_a_range_names_both_ends_and_about_is_kept() -> None:
    asked = row("NSGE-2.1", operator="range", target_value="10", target_upper="15")
    assert condition(asked, VI) == "10% đến 15%"
    about = row("NSGE-2.1", operator=">=", target_value="60", is_approximate=True)
    assert (condition(about, VI), condition(about, EN)) == ("khoảng ≥ 60%", "about ≥ 60%")


def test_a_target_without_a_number_says_so() -> None:
    assert condition(row(target_value=None), VI) == "không có mức bằng số"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"target_id": "NSGE-1.1a", "gap": "0.9", "gap_whole_units": 1},
         ("thiếu 1 cơ quan", "1 agency short")),
        ({"target_id": "NSGE-1.1a", "gap": "15.9", "gap_whole_units": 4},
         ("thiếu 4 cơ quan", "4 agencies short")),
        ({"target_id": "NSGE-2.2", "gap": "1.5", "gap_whole_units": 12500},
         ("còn nhiều hơn mốc 12.500 người", "12,500 persons too many")),
        ({"target_id": "NSGE-4.1", "gap": "0.4", "latest_published": "111.4"},
         ("còn cao hơn mốc 0,4 bé trai/100 bé gái", "still 0.4 boys per 100 girls above")),
        ({"target_id": "NSGE-2.1", "gap": "9.1", "latest_published": "50.9"},
         ("còn thấp hơn mốc 9,1 điểm phần trăm", "still 9.1 percentage points below")),
        ({"target_id": "NSGE-2.2", "gap": "0", "latest_published": "30.0"},
         ("vừa bằng giới hạn của mốc", "exactly at the limit")),
        ({"target_id": "NSGE-6.4", "gap": "0.04", "latest_published": "99.96"},
         ("còn thấp hơn mốc 0,04 điểm phần trăm", "still 0.04 percentage points below")),
    ],
)  # fmt: skip
def test_the_gap_is_said_in_plain_words(given: dict[str, Any], expected: tuple[str, str]) -> None:
    missed = row(verdict="not_met", **given)
    assert (gap_phrase(missed, VI), gap_phrase(missed, EN)) == expected


def test_a_met_target_and_one_without_figures_have_no_gap() -> None:
    assert gap_phrase(row(verdict="met", gap="0"), VI) == ""
    assert gap_phrase(row(), VI) == ""


def test_a_compound_target_counts_its_parts() -> None:
    compound = row(verdict="partially_met", parts_total=5, parts_met=2)
    assert (gap_phrase(compound, VI), gap_phrase(compound, EN)) == (
        "đạt 2/5 hợp phần",
        "2 of 5 parts met",
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"target_id": "NSGE-4.1", "pace": "slow", "required_per_year": 0.4, "times_faster": 3.1},
         "chậm tiến độ, cần giảm 0,4 mỗi năm, gấp 3,1 lần hiện nay"),
        ({"target_id": "NSGE-2.1", "pace": "reversing", "required_per_year": 1.517},
         "đi lùi, cần tăng 1,5 điểm phần trăm mỗi năm"),
        ({"target_id": "NSGE-2.2", "pace": "on_track", "required_per_year": 0.15,
          "times_faster": 0.4}, "đúng tiến độ, cần giảm 0,2 điểm phần trăm mỗi năm"),
        ({"target_id": "NSGE-3.1", "pace": "slow", "required_per_year": 0.067},
         "chậm tiến độ, cần giảm 0,07 mỗi năm"),
        ({"target_id": "NSGE-2.1", "pace": "stalled"}, "giậm chân tại chỗ"),
        ({"target_id": "NSGE-2.3", "pace_reason": "too_old"}, ""),
    ],
)  # fmt: skip
def test_the_pace_says_what_is_needed_per_year(given: dict[str, Any], expected: str) -> None:
    assert pace_phrase(row(year=2030, verdict="on_the_way", **given), VI) == expected


def test_a_closed_milestone_has_no_pace() -> None:
    assert pace_phrase(row(year=2025, verdict="not_met", required_per_year=0.4), VI) == ""


def test_counts_stand_beside_a_value() -> None:
    value = row(
        "NSGE-1.1a", latest_published="59.1", latest_numerator="13", latest_denominator="22"
    )
    assert value_phrase(value, VI) == "59,1% (13/22)"


def test_hours_beside_a_ratio_are_called_hours() -> None:
    value = row(
        "NSGE-3.1", latest_published="1.8", latest_numerator="15.5", latest_denominator="8.6"
    )
    assert value_phrase(value, VI) == "1,8 lần (15,5/8,6 giờ/tuần)"
    assert value_phrase(value, EN) == "1.8 times (15.5/8.6 hours a week)"


def test_yes_and_no_are_words() -> None:
    asked = {**row("NSGE-2.1", latest_published="1"), "unit_measure": "YES_NO"}
    assert (value_phrase(asked, VI), value_phrase(asked, EN)) == ("có", "yes")


def test_a_verdict_that_cannot_be_given_says_why() -> None:
    silent = row(verdict="not_assessable", verdict_reason="too_old")
    assert verdict_word(silent, VI) == "không đánh giá được (số liệu quá cũ)"
    assert verdict_word(silent, EN) == "not assessable (figures too old)"


FORMER: dict[str, Any] = {
    "verdict": "not_assessable", "verdict_reason": "locality_abolished", "attainment": "not_met",
    "latest_year": 2023, "latest_published": "118.1", "latest_value": "118.1", "gap": "7.1",
    "basis": "earlier_year",
}  # fmt: skip


def former(year: int = 2025, shown: str = "not_met") -> dict[str, Any]:
    """A row of a province of the former boundaries, as the release gives it."""
    return {**row(year=year, **FORMER), "shown": shown, "valid_to": date(2025, 6, 30)}


def test_former_boundaries_have_no_verdict_but_their_latest_figure_is_compared() -> None:
    reason = "theo địa giới cũ, hết áp dụng trước thời điểm của mốc"
    assert shown_word(former(), VI) == "chưa đạt"
    assert verdict_sentences(former(), [], {}, VI) == [
        f"Mốc 2025 (≤ 111): không đánh giá được ({reason}).",
        "Năm 2023: 118,1; còn cao hơn mốc 7,1 bé trai/100 bé gái.",
    ]
    ahead = verdict_sentences(former(2030, "not_assessable"), [], {}, VI)
    assert ahead == [f"Mốc 2030 (≤ 109): không đánh giá được ({reason}).", "Năm 2023: 118,1."]


def test_the_overview_of_former_boundaries_claims_no_final_result() -> None:
    rows = [former(), former(shown="met")]
    assert overview_sentences(rows, [], "Hòa Bình", VI) == [
        "Hòa Bình (địa giới đến 30/06/2025) không có kết quả cuối cùng của mốc 2025; so số liệu "
        "mới nhất với mốc: 1/2 đạt; 1 chưa đạt."
    ]
    assert everywhere_sentences(rows, 63, VI)[0].startswith("63 địa phương (địa giới đến 30/06")
    ahead = [former(2030, "not_assessable")]
    assert overview_sentences(ahead, ahead, "Hoa Binh", EN) == [
        "Hoa Binh (boundaries until 30 Jun 2025): not assessed for 2030.",
        "Why not assessable: former boundaries, which ended before the milestone (1).",
    ]


def headline(*verdicts: str, year: int = 2025, **given: Any) -> list[dict[str, Any]]:
    return [row(year=year, verdict=verdict, **given) for verdict in verdicts]


def test_the_first_sentence_counts_results_with_their_denominator() -> None:
    rows = headline("met", "met", "near", "not_met", "not_assessable")
    vietnamese, *_ = overview_sentences(rows, [], "Hưng Yên", VI)
    english, *_ = overview_sentences(rows, [], "Hung Yen", EN)
    assert vietnamese == (
        "Hưng Yên đạt 2/5 chỉ tiêu mốc 2025; 1 gần đạt, 1 chưa đạt, 1 không đánh giá được."
    )
    assert english == "Hung Yen met 2 of 5 targets for 2025; 1 close, 1 not met, 1 not assessable."


def test_reasons_are_counted_the_most_frequent_first() -> None:
    rows = [
        *headline("met"),
        *headline("not_assessable", verdict_reason="too_old"),
        *headline("not_assessable", "not_assessable", verdict_reason="no_data"),
    ]
    assert overview_sentences(rows, [], "Cả nước", VI)[1] == (
        "Lý do không đánh giá được: chưa có số liệu (2), số liệu quá cũ (1)."
    )


def test_a_place_without_figures_is_not_said_to_meet_nothing() -> None:
    rows = headline("not_assessable", "not_assessable", verdict_reason="no_data")
    assert overview_sentences(rows, [], "Hưng Yên", VI) == [
        "Chưa đánh giá được chỉ tiêu nào trong 2 chỉ tiêu mốc 2025 của Hưng Yên.",
        "Lý do không đánh giá được: chưa có số liệu (2).",
    ]


def test_an_open_milestone_is_never_called_unmet() -> None:
    rows = headline("met", "on_the_way", year=2030)
    assert overview_sentences(rows, [], "Cả nước", VI) == [
        "Cả nước đã đạt 1/2 chỉ tiêu của mốc 2030; 1 đang thực hiện."
    ]


def test_results_on_earlier_figures_are_counted() -> None:
    rows = headline("met", basis="earlier_year")
    assert overview_sentences(rows, [], "Viet Nam", EN)[1] == (
        "1 result is provisional: the figure of 2025 is not there yet."
    )


def test_the_hardest_target_ahead_is_named() -> None:
    ahead = [
        *headline("on_the_way", year=2030, pace="slow", times_faster=3.1),
        *headline("on_the_way", year=2030, pace="slow", times_faster=1.2),
        *headline("on_the_way", year=2030, pace="on_track", times_faster=0.9),
    ]
    assert overview_sentences(headline("met"), ahead, "Cả nước", VI)[-1] == (
        "Đến 2030, 2 chỉ tiêu phải tiến nhanh hơn hiện nay; khó nhất: "
        "tỷ số giới tính khi sinh (gấp 3,1 lần)."
    )
    assert overview_sentences(headline("met"), ahead[:1], "Viet Nam", EN)[-1] == (
        "By 2030, 1 target must move faster than now: sex ratio at birth (3.1 times as fast)."
    )


def test_all_localities_are_counted_together() -> None:
    rows = headline("met", "not_met") * 600
    assert everywhere_sentences(rows, 34, VI) == [
        "Mốc 2025, 34 địa phương: 600/1.200 lượt đánh giá đạt; 600 chưa đạt."
    ]


def test_one_target_is_told_with_every_caution() -> None:
    primary = row(
        verdict="not_met", basis="earlier_year", latest_year=2024, latest_published="111.4",
        latest_value="111.4", gap="0.4", is_old=True, has_source_conflict=True,
    )  # fmt: skip
    others = [
        row(
            verdict="met", latest_year=2024, latest_published="110.7", source_family="REGISTRATION"
        ),
        row(verdict="not_met", latest_year=2024, latest_published="111.5", source_family="ADMIN"),
        row(verdict="met", latest_year=2019, latest_published="110.0", source_family="CENSUS"),
        row(source_family="SURVEY"),
    ]
    families = {"REGISTRATION": "Đăng ký hộ tịch"}
    assert verdict_sentences(primary, others, families, VI) == [
        "Mốc 2025 (≤ 111): chưa đạt.",
        "Năm 2024: 111,4; còn cao hơn mốc 0,4 bé trai/100 bé gái.",
        "Kết quả tạm tính theo số liệu năm 2024.",
        "Số liệu đã cũ (năm 2024).",
        "Loại nguồn khác cho kết quả ngược lại: Đăng ký hộ tịch 2024: 110,7.",
    ]


def test_a_result_that_cannot_be_given_rests_on_nothing() -> None:
    old = row(
        verdict="not_assessable", verdict_reason="too_old", basis="earlier_year", latest_year=2020,
        latest_published="28.2",
    )  # fmt: skip
    assert verdict_sentences(old, [], {}, VI) == [
        "Mốc 2025 (≤ 111): không đánh giá được (số liệu quá cũ).",
        "Năm 2020: 28,2.",
    ]
    told = overview_sentences([*headline("met"), old], [], "Cả nước", VI)
    assert not [text for text in told if "tạm tính" in text]


def test_a_compound_of_provisional_parts_names_no_year() -> None:
    compound = row(
        verdict="partially_met", basis="parts", is_provisional=True, parts_total=5, parts_met=1
    )
    assert verdict_sentences(compound, [], {}, VI)[1:] == ["Đạt 1/5 hợp phần."]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"verdict": "on_the_way", "pace_reason": "too_few_points"},
         ["Không tính được tiến độ: chưa đủ số liệu so sánh được kể từ năm gốc."]),
        ({"verdict": "on_the_way", "pace_reason": "compound"},
         ["Không tính được tiến độ: chỉ tiêu gồm nhiều hợp phần, xem từng hợp phần."]),
        ({"verdict": "met", "pace_reason": "target_reached"}, []),
        ({"verdict": "not_assessable", "verdict_reason": "no_data", "pace_reason": "no_data"}, []),
        ({"verdict": "on_the_way", "pace": "slow"}, []),
    ],
)  # fmt: skip
def test_why_there_is_no_pace_is_told_unless_the_verdict_says_it(
    given: dict[str, Any], expected: list[str]
) -> None:
    told = verdict_sentences(row(year=2030, **given), [], {}, VI)
    assert [text for text in told if "tiến độ:" in text] == expected


def test_a_closed_milestone_owes_no_pace() -> None:
    closed = row(year=2025, verdict="not_met", pace_reason="milestone_closed")
    assert verdict_sentences(closed, [], {}, VI) == ["Mốc 2025 (≤ 111): chưa đạt."]


def test_rounding_that_decides_is_told() -> None:
    rounded = row(
        verdict="met", latest_year=2025, latest_published="111.0", latest_value="111.04",
        unrounded_flips=True, is_provisional=True, basis="milestone_year",
    )  # fmt: skip
    assert verdict_sentences(rounded, [], {}, EN)[-2:] == [
        "The figure of 2025 is provisional.",
        "Unrounded (111.04) the result would be different.",
    ]
    assert rounded["latest_value"] == Decimal("111.04")


def test_rounding_that_decides_a_part_is_told_by_the_part() -> None:
    compound = row(verdict="partially_met", unrounded_flips=True)
    assert compound["latest_value"] is None
    assert verdict_sentences(compound, [], {}, EN) == verdict_sentences(
        {**compound, "unrounded_flips": False}, [], {}, EN
    )


def test_a_rebuilt_figure_and_an_anomaly_are_said_with_the_verdict() -> None:
    rebuilt = row(
        verdict="met", latest_published="103.2", latest_year=2024, latest_origin="weighted",
        latest_coverage=0.934, is_anomaly=True,
    )  # fmt: skip
    told = " ".join(verdict_sentences(rebuilt, (), {}, VI))
    assert "Số liệu tổng hợp lại từ các đơn vị cũ, theo quyền số, độ phủ 93,4%." in told
    assert "nằm ngoài khoảng tự nhiên" in told
    assert "beyond the natural band" in " ".join(verdict_sentences(rebuilt, (), {}, EN))
