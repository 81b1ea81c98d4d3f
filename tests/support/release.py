"""A small but realistic release for the tests of the board.

Nine headline targets (one compound, one without data, one not yet checked against its act), the
nation and provinces of both geographies, 2018 to 2024 with provisional figures, a break, two
source families that disagree, a unit's statement, and senders who write HTML into their files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from etl.warehouse import write_release_file
from indicators.releases import POINTER_FILE, RELEASES_DIRECTORY
from indicators.tables import (
    RELEASE_TABLES,
    SCHEMA_VERSION,
    Assessments,
    Observations,
    Table,
    conform,
    polars_schema,
)

HOSTILE = "<script>window.hacked = true</script><img src=x onerror='window.hacked = true'>"

Rows = list[dict[str, Any]]


def frame_of(model: type[Table], rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a frame of a release table; what a row leaves out is null."""
    schema = polars_schema(model)
    whole = [{name: row.get(name) for name in schema} for row in rows]
    return conform(pl.DataFrame(whole, schema=schema), model)


def decimal(value: str | float | None) -> Decimal | None:
    """The value as an exact decimal."""
    return None if value is None else Decimal(str(value))


# ------------------------------------------------------------------------------ localities

_PROVINCES = {
    "2025": [("01", "Hà Nội", "Ha Noi"), ("04", "Cao Bằng", "Cao Bang"),
             ("31", "Hải Phòng", "Hai Phong"), ("33", "Hưng Yên", "Hung Yen")],
    "2004": [("01", "Hà Nội", "Ha Noi"), ("33", "Hưng Yên", "Hung Yen"),
             ("34", "Thái Bình", "Thai Binh")],
}  # fmt: skip


_COMMUNES = [
    ("00004", "phường", "Ba Đình", "Ba Dinh", "01@2025"),  # in time
    ("00008", "phường", "Ngọc Hà", "Ngoc Ha", "01@2025"),  # late
    ("00025", "phường", "Giảng Võ", "Giang Vo", "01@2025"),  # nothing came
    ("12001", "phường", "Phố Hiến", "Pho Hien", "33@2025"),  # refused
]  # fmt: skip


def _localities() -> Rows:
    nation = {
        "locality_id": "VN", "code": "VN", "geo_version": "", "level": "national",
        "type_vi": "quốc gia", "name_vi": "Cả nước", "name_en": "Viet Nam",
    }  # fmt: skip
    provinces = [
        {
            "locality_id": f"{code}@{version}", "code": code, "geo_version": version,
            "level": "province", "type_vi": "tỉnh", "name_vi": name_vi, "name_en": name_en,
            "parent_id": "VN", "region_id": f"RRD@{version}",
            "valid_from": date(2025, 7, 1) if version == "2025" else date(2004, 1, 1),
            "valid_to": None if version == "2025" else date(2025, 6, 30),
        }
        for version, listed in _PROVINCES.items()
        for code, name_vi, name_en in listed
    ]  # fmt: skip
    regions = [
        {
            "locality_id": f"RRD@{version}", "code": "RRD", "geo_version": version,
            "level": "region", "type_vi": "vùng", "name_vi": "Đồng bằng sông Hồng",
            "name_en": "Red River Delta", "parent_id": "VN", "valid_from": valid_from,
            "valid_to": valid_to,
        }
        for version, valid_from, valid_to in (("2004", None, date(2025, 10, 4)),
                                              ("2025", date(2025, 10, 5), None))
    ]  # fmt: skip
    communes = [
        {
            "locality_id": f"{code}@2025", "code": code, "geo_version": "2025", "level": "commune",
            "type_vi": type_vi, "name_vi": name_vi, "name_en": name_en, "parent_id": parent_id,
            "valid_from": date(2025, 7, 1),
        }
        for code, type_vi, name_vi, name_en, parent_id in _COMMUNES
    ]  # fmt: skip
    everywhere = [nation, *regions, *provinces, *communes]
    return [{**row, "confidence": "official", "source": "test"} for row in everywhere]


# ------------------------------------------------------------------------------ catalogue


@dataclass(frozen=True)
class Series:
    """An indicator and the target that is judged on it."""

    target_id: str
    indicator_id: str
    objective: tuple[int, str, str]
    name_vi: str
    name_en: str
    unit: str
    operator: str
    values: tuple[str | None, str | None]  # for 2025 and 2030
    parent: str | None = None
    breakdown: str = "_T"
    confidence: str = "official"
    approximate: bool = False
    operators: tuple[str, str] = field(default=("", ""))

    @property
    def code(self) -> str:
        """What stands in the head of the matrix."""
        return self.target_id.removeprefix("NSGE-")

    @property
    def falls(self) -> bool:
        """Whether a smaller value is better."""
        return self.operator in ("<", "<=")


_POLITICS = (1, "Chính trị", "Politics")
_ECONOMY = (2, "Kinh tế, lao động", "Economy and labour")
_FAMILY = (3, "Đời sống gia đình", "Family life")
_HEALTH = (4, "Y tế", "Health")
_MEDIA = (6, "Thông tin, truyền thông", "Information")

_AGENCIES = "AGENCIES_WITH_WOMAN_KEY_LEADER"

SERIES = (
    Series("NSGE-1.1a", _AGENCIES, _POLITICS, "Bộ, cơ quan ngang bộ có lãnh đạo chủ chốt là nữ",
           "Ministries with a woman among key leaders", "PERCENT", ">=", ("60", "75"),
           parent="NSGE-1.1", breakdown="ADMIN_LEVEL.MINISTRY"),
    Series("NSGE-1.1c", _AGENCIES, _POLITICS, "Chính quyền cấp tỉnh có lãnh đạo chủ chốt là nữ",
           "Provincial authorities with a woman among key leaders", "PERCENT", ">=", ("60", "75"),
           parent="NSGE-1.1", breakdown="ADMIN_LEVEL.PROVINCE"),
    Series("NSGE-2.1", "WAGE_WORKER_SHARE", _ECONOMY, "Tỷ lệ lao động nữ làm công hưởng lương",
           "Share of employed women who are wage workers", "PERCENT", ">=", ("50", "60"),
           approximate=True),
    Series("NSGE-2.2", "AGRICULTURE_EMPLOYMENT_SHARE", _ECONOMY,
           "Tỷ trọng lao động nữ trong khu vực nông nghiệp",
           "Share of employed women working in agriculture", "PERCENT", "<", ("30", "25")),
    Series("NSGE-2.3", "WOMEN_ENTERPRISE_DIRECTORS", _ECONOMY,
           "Tỷ lệ nữ giám đốc, chủ doanh nghiệp, hợp tác xã",
           "Share of women among directors of enterprises", "PERCENT", ">=", ("27", "30")),
    Series("NSGE-3.1", "UNPAID_WORK_HOURS_RATIO", _FAMILY,
           "Số giờ làm việc nhà không được trả công của phụ nữ so với nam giới",
           "Women's hours of unpaid work relative to men's", "RATIO", "<=", ("1.7", "1.4")),
    Series("NSGE-3.4", "SOCIAL_ESTABLISHMENTS_AGAINST_VIOLENCE", _FAMILY,
           "Tỷ lệ cơ sở trợ giúp xã hội công lập phòng ngừa bạo lực trên cơ sở giới",
           "Public social establishments that prevent gender-based violence", "PERCENT", ">=",
           ("70", "100"), confidence="recalled"),
    Series("NSGE-4.1", "SEX_RATIO_AT_BIRTH", _HEALTH, "Tỷ số giới tính khi sinh",
           "Sex ratio at birth", "MALES_PER_100_FEMALES", "<=", ("111", "109")),
    Series("NSGE-4.4", "PROVINCES_WITH_LGBT_HEALTH_FACILITY", _HEALTH,
           "Tỷ lệ tỉnh có cơ sở y tế chăm sóc sức khỏe cho người đồng tính",
           "Provinces with a health facility for LGBT people", "PERCENT", ">=", ("40", "70")),
    Series("NSGE-6.4", "STATIONS_WITH_GENDER_PROGRAMME", _MEDIA,
           "Tỷ lệ đài phát thanh, truyền hình có chuyên mục về bình đẳng giới",
           "Stations with a programme on gender equality", "PERCENT", "=", ("100", "100")),
)  # fmt: skip
BY_TARGET = {series.target_id: series for series in SERIES}
MILESTONES = (2025, 2030)


# Three documents on the sex ratio at birth: the Strategy, a programme, a former province's plan.
_OTHER_TARGETS = {"P1679-1": ("VN", "QD1679-2019", "<", "109"),
                  "TB56-4.1": ("34@2004", "KH56-THAIBINH", "<=", "108.5")}  # fmt: skip


def _indicators() -> Rows:
    unique = {series.indicator_id: series for series in SERIES}
    return [
        {
            "indicator_id": name, "group_no": 1, "group_vi": "Nhóm", "group_en": "Group",
            "name_vi": series.name_vi, "name_en": series.name_en, "unit_measure": series.unit,
            "decimals": 1, "direction": "decrease" if series.falls else "increase",
            "formula_kind": "share", "aggregation": "none", "periodicity": "annual",
            "publishing_period_years": 5 if name == "UNPAID_WORK_HOURS_RATIO" else 1,
            "source_families": "SURVEY;ADMIN", "confidence": "official", "source": "test",
        }
        for name, series in unique.items()
    ]  # fmt: skip


def _targets() -> Rows:
    rows: Rows = [
        {
            "target_id": series.target_id, "programme_id": "NQ28-2021",
            "parent_target_id": series.parent, "is_headline": series.parent is None,
            "objective_no": series.objective[0], "objective_vi": series.objective[1],
            "objective_en": series.objective[2], "short_code": series.code,
            "name_vi": series.name_vi, "name_en": series.name_en,
            "indicator_id": series.indicator_id, "sex": "_T", "age": "_T",
            "breakdown": series.breakdown, "definition": "STD", "unit_measure": series.unit,
            "direction": "decrease" if series.falls else "increase", "locality_id": "VN",
            "applies_to_levels": "national;province", "confidence": series.confidence,
            "source": "test",
        }
        for series in SERIES
    ]  # fmt: skip
    births = next(row for row in rows if row["target_id"] == "NSGE-4.1")
    others = [
        {**births, "target_id": target_id, "programme_id": programme_id, "is_headline": False,
         "locality_id": locality_id, "short_code": target_id}
        for target_id, (locality_id, programme_id, _, _) in _OTHER_TARGETS.items()
    ]  # fmt: skip
    compound = {
        **rows[0], "target_id": "NSGE-1.1", "parent_target_id": None, "is_headline": True,
        "compound_rule": "all_parts", "short_code": "1.1", "indicator_id": None,
        "name_vi": "Tỷ lệ cơ quan nhà nước có lãnh đạo chủ chốt là nữ",
        "name_en": "State agencies with a woman among key leaders",
    }  # fmt: skip
    return [compound, *rows, *others]


def _milestones() -> Rows:
    rows: Rows = []
    for series in SERIES:
        for year, value in zip(MILESTONES, series.values, strict=True):
            rows.append(
                {
                    "target_id": series.target_id, "milestone_year": year, "version": 1,
                    "operator": series.operator, "target_value": decimal(value),
                    "is_approximate": series.approximate and year == 2030,
                    "wording_vi": "khoảng 60%" if series.approximate and year == 2030 else None,
                }
            )  # fmt: skip
    compound = [{**row, "target_id": "NSGE-1.1"} for row in rows[:2]]
    others: Rows = [
        {"target_id": target_id, "milestone_year": 2030, "version": 1, "operator": operator,
         "target_value": decimal(value), "is_approximate": False, "wording_vi": f"dưới {value}"}
        for target_id, (_, _, operator, value) in _OTHER_TARGETS.items()
    ]  # fmt: skip
    return [*compound, *rows, *others]


_PROGRAMMES: Rows = [
    {
        "programme_id": "NQ28-2021", "number": "28/NQ-CP", "issued_on": date(2021, 3, 3),
        "issuer_vi": "Chính phủ",
        "name_vi": "Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2030",
        "name_en": "National Strategy on Gender Equality 2021-2030", "locality_id": "VN",
        "valid_from_year": 2021, "valid_to_year": 2030, "confidence": "official", "source": "test",
    },
    {
        "programme_id": "QD1679-2019", "number": "1679/QĐ-TTg", "issued_on": date(2019, 11, 22),
        "name_vi": "Chiến lược Dân số", "name_en": "Population Strategy", "locality_id": "VN",
        "confidence": "official", "source": "test",
    },
    {
        "programme_id": "KH56-THAIBINH", "number": "56/KH-UBND", "issued_on": date(2021, 4, 13),
        "name_vi": f"Kế hoạch của tỉnh Thái Bình {HOSTILE}", "name_en": "Thai Binh plan",
        "locality_id": "34@2004", "confidence": "official", "source": "test",
    },
]  # fmt: skip

_CODES = {
    "CL_SEX": [("F", "Nữ", "Female"), ("M", "Nam", "Male"), ("_T", "Chung hai giới", "Total")],
    "CL_SOURCE_FAMILY": [("SURVEY", "Điều tra", "Survey"),
                         ("ADMIN", "Báo cáo hành chính", "Administrative report"),
                         ("REGISTRATION", "Đăng ký hộ tịch", "Civil registration")],
    "CL_OBS_STATUS": [("A", "Chính thức", "Normal"), ("P", "Sơ bộ", "Provisional"),
                      ("B", "Đổi cách tính", "Break")],
    "CL_UNIT_MEASURE": [("PERCENT", "Phần trăm", "Percent"), ("RATIO", "Lần", "Times"),
                        ("MALES_PER_100_FEMALES", "Nam trên 100 nữ", "Males per 100 females")],
    "CL_CONFIDENCE": [("official", "Chính thức", "Official"), ("reported", "Báo chí", "Reported")],
}  # fmt: skip


def _code_items() -> Rows:
    return [
        {"code_list": code_list, "code": code, "name_vi": name_vi, "name_en": name_en}
        for code_list, items in _CODES.items()
        for code, name_vi, name_en in items
    ]


# ------------------------------------------------------------------------------ figures


def _submissions() -> Rows:
    common = {
        "run_id": 1, "received_at": datetime(2026, 3, 1), "status": "accepted",
        "reporting_period": "2024", "is_synthetic": False, "row_count": 30, "error_count": 0,
        "warning_count": 0,
    }  # fmt: skip
    senders = [
        ("aaaaaaaaaaaaaaaa", "Cục Thống kê", "thong_ke_2024.xlsx", "VN"),
        ("bbbbbbbbbbbbbbbb", f"Sở Nội vụ {HOSTILE}", f"{HOSTILE}.xlsx", "33@2025"),
    ]
    delivered = [
        {
            **common, "submission_id": code * 2, "sequence": number, "archive_path": "x.xlsx",
            "sha256": code, "organisation": "UBND", "locality_id": f"{code}@2025",
            "reporting_period": "2025", "received_at": received_at, "status": status,
            "file_name": f"{HOSTILE}.xlsx", "error_count": errors,
        }
        for number, (code, received_at, status, errors) in enumerate(
            [("00004", datetime(2025, 11, 29, 16, 59), "accepted", 0),
             ("00008", datetime(2025, 12, 2, 3), "accepted", 0),
             ("12001", datetime(2025, 12, 1, 3), "refused", 1)], start=10,
        )
    ]  # fmt: skip
    return delivered + [
        {
            **common, "submission_id": name, "sequence": number, "archive_path": f"{name}.xlsx",
            "sha256": name * 4, "organisation": organisation, "file_name": file_name,
            "locality_id": locality_id,
        }
        for number, (name, organisation, file_name, locality_id) in enumerate(senders)
    ]  # fmt: skip


Point = tuple[int, str, str, str | None]  # year, value, status, counts "13/22"

_NATION: dict[tuple[str, str], list[Point]] = {
    ("NSGE-1.1a", "ADMIN"): [(2021, "53.3", "A", None), (2022, "59.090909", "A", "13/22"),
                             (2023, "59.090909", "A", "13/22"), (2024, "59.090909", "A", "13/22")],
    ("NSGE-1.1c", "ADMIN"): [(2023, "74.603175", "A", "47/63"), (2024, "76.190476", "A", "48/63")],
    ("NSGE-2.1", "SURVEY"): [(2019, "44.5", "A", None), (2020, "46.1", "A", None),
                             (2021, "47.6", "B", None), (2022, "49.3", "A", None),
                             (2023, "50.9", "A", None), (2024, "50.9", "P", None)],
    ("NSGE-2.2", "SURVEY"): [(2020, "32.4", "A", None), (2022, "28.1", "A", None),
                             (2023, "26.22", "A", None), (2024, "25.9", "A", None)],
    ("NSGE-2.3", "SURVEY"): [(2020, "28.2", "A", None)],
    ("NSGE-3.1", "SURVEY"): [(2019, "2.0", "A", "20.2/10.2"), (2024, "1.8", "A", None)],
    ("NSGE-3.4", "ADMIN"): [(2024, "71.0", "A", None)],
    ("NSGE-4.1", "SURVEY"): [(2018, "114.8", "A", None), (2019, "111.5", "A", None),
                             (2020, "112.1", "A", None), (2021, "112.0", "A", None),
                             (2022, "111.6", "A", None), (2023, "112.0", "A", None),
                             (2024, "111.4", "P", None)],
    ("NSGE-4.1", "REGISTRATION"): [(2023, "110.9", "A", None), (2024, "110.7", "A", None)],
    ("NSGE-6.4", "ADMIN"): [(2024, "98.5", "A", "66/67")],
}  # fmt: skip

_PROVINCIAL: dict[tuple[str, str, str], list[Point]] = {
    ("33@2025", "NSGE-4.1", "SURVEY"): [(2022, "117.2", "A", None), (2024, "115.9", "A", None)],
    ("33@2025", "NSGE-2.1", "SURVEY"): [(2023, "52.0", "A", None), (2024, "53.4", "A", None)],
    ("01@2025", "NSGE-4.1", "SURVEY"): [(2023, "112.2", "A", None), (2024, "110.8", "A", None)],
    ("01@2025", "NSGE-2.1", "SURVEY"): [(2024, "65.1", "A", None)],
    ("31@2025", "NSGE-4.1", "SURVEY"): [(2024, "111.1", "A", None)],
    ("33@2004", "NSGE-4.1", "SURVEY"): [(2019, "120.6", "A", None), (2023, "118.1", "A", None)],
    ("34@2004", "NSGE-4.1", "SURVEY"): [(2023, "110.1", "A", None)],
    ("RRD@2004", "NSGE-4.1", "SURVEY"): [(2023, "113.4", "A", None)],
}


_BY_SEX: dict[tuple[str, str], list[tuple[int, str, str]]] = {
    ("VN", "F"): [(2022, "45.14", "A"), (2023, "46.25", "A"), (2024, "46.94", "P")],
    ("VN", "M"): [(2022, "53.0", "A"), (2023, "54.9", "A")],
    ("33@2025", "F"): [(2023, "48.0", "A"), (2024, "49.44", "A")],
    ("33@2025", "M"): [(2023, "55.5", "A"), (2024, "56.96", "A")],
    ("01@2025", "F"): [(2024, "61.0", "A")],
    ("01@2025", "M"): [(2024, "68.8", "A")],
}  # fmt: skip


def _observations() -> Rows:
    everything = {("VN", *key): points for key, points in _NATION.items()} | _PROVINCIAL
    rows: Rows = []
    for (locality_id, target_id, family), points in everything.items():
        for point in points:
            rows.append(_observation(locality_id, BY_TARGET[target_id], family, point, len(rows)))
    reprinted = _observation(
        "VN", BY_TARGET["NSGE-2.3"], "SURVEY", (2020, "28.2", "A", None), len(rows)
    )
    return [*rows, {**reprinted, "time_period": "2024"}, *_of_one_sex(len(rows) + 1)]


def _of_one_sex(first: int) -> Rows:
    """Women and men of one indicator; one year has no figure of men."""
    series = BY_TARGET["NSGE-2.1"]
    rows: Rows = []
    for (locality_id, sex), points in _BY_SEX.items():
        for year, value, status in points:
            point = (year, value, status, None)
            row = _observation(locality_id, series, "SURVEY", point, first + len(rows))
            rows.append({**row, "sex": sex})
    return rows


def _observation(
    locality_id: str, series: Series, family: str, point: Point, number: int
) -> dict[str, Any]:
    year, value, status, counts = point
    numerator, _, denominator = (counts or "").partition("/")
    is_local = locality_id == "33@2025"
    return {
        "observation_id": f"obs:{number}", "indicator_id": series.indicator_id,
        "ref_area": locality_id, "time_period": str(year), "reference_year": year, "sex": "_T",
        "age": "_T", "breakdown": series.breakdown, "definition": "STD", "source_family": family,
        "unit_measure": series.unit, "obs_value": decimal(value),
        "numerator": decimal(numerator or None), "denominator": decimal(denominator or None),
        "reported_value": decimal(value), "obs_status": status, "conf_status": "F",
        "origin": "reported", "is_synthetic": False, "confidence": "reported" if is_local else
        "official", "source_text": HOSTILE if is_local else "Niên giám thống kê 2024, bảng 50",
        "submission_id": ("b" if is_local else "a") * 16, "sheet": "Số liệu",
        "sheet_row": number + 6, "value_cell": f"L{number + 6}",
    }  # fmt: skip


_STATEMENTS: Rows = [
    {
        "submission_id": "b" * 16, "ref_area": "33@2025", "target_id": "NSGE-4.1",
        "milestone_year": 2025, "own_status": "not_met", "cause": f"Tâm lý ưa con trai {HOSTILE}",
        "proposal": "Tăng cường truyền thông", "proposed_target": Decimal("113.5"),
        "sheet": "Đánh giá", "sheet_row": 9,
    }
]  # fmt: skip


def _expected() -> Rows:
    due = {"01@2025": date(2025, 11, 30), "33@2025": date(2025, 12, 10)}
    offices = {"01@2025": "Sở Nội vụ Hà Nội", "33@2025": "Sở Nội vụ Hưng Yên"}
    return [
        {
            "rule_id": f"{recipient}-{year}", "locality_id": f"{code}@2025",
            "report_kind": "annual", "reporting_period": str(year), "recipient_id": recipient,
            "recipient_vi": offices[recipient], "due_before": due[recipient].replace(year=year),
            "last_good_day": due[recipient].replace(year=year) - timedelta(days=1),
            "confidence": "official" if recipient == "01@2025" else "reported",
        }
        for year in (2025, 2026)
        for code, _, _, _, recipient in _COMMUNES
    ]  # fmt: skip


# ------------------------------------------------------------------------------ verdicts


def assessment(locality_id: str, target_id: str, year: int, **given: Any) -> dict[str, Any]:
    """One row of assessments; without figures it is not assessable for want of data."""
    series = BY_TARGET.get(target_id)
    value = series.values[MILESTONES.index(year)] if series else None
    return {
        "locality_id": locality_id, "target_id": target_id, "milestone_year": year,
        "source_family": "SURVEY" if series else "_Z", "is_primary": True,
        "binding_target_id": target_id, "programme_id": "NQ28-2021",
        "indicator_id": series.indicator_id if series else None,
        "binding": "own" if locality_id == "VN" else "national",
        "operator": series.operator if series else None, "target_value": decimal(value),
        "is_approximate": bool(series and series.approximate and year == 2030),
        "milestone_state": "closed" if year == 2025 else "open", "verdict": "not_assessable",
        "verdict_reason": "no_data" if "verdict" not in given else None,
        "attainment": given.get("verdict", "not_assessable"), "basis": "none",
        "is_provisional": False, "unrounded_flips": False, "is_old": False, "is_anomaly": False,
        "target_version": 1, "comparable_points": 0,
        "pace": "none", "has_source_conflict": False, "is_synthetic": False,
        "is_unverified": bool(series and series.confidence != "official"), "method_version": "1",
        **given,
    }  # fmt: skip


def _judged(year: int, value: str, counts: str | None = None, **more: Any) -> dict[str, Any]:
    numerator, _, denominator = (counts or "").partition("/")
    return {
        "latest_year": year, "latest_value": decimal(value), "basis": "earlier_year",
        "latest_published": round(Decimal(value), 1), "is_provisional": True,
        "latest_numerator": decimal(numerator or None),
        "latest_denominator": decimal(denominator or None), "comparable_points": 4, **more,
    }  # fmt: skip


def _nation_assessments() -> Rows:
    def of(target_id: str, closed: dict[str, Any], ahead: dict[str, Any]) -> Rows:
        later = {
            **closed,
            "basis": "none",
            "is_provisional": False,
            "has_source_conflict": False,
            **ahead,
        }
        return [
            assessment("VN", target_id, 2025, **closed),
            assessment("VN", target_id, 2030, **later),
        ]

    ministries = _judged(2024, "59.090909", "13/22", gap=decimal("0.9"), gap_whole_units=1)
    ratio = _judged(2024, "111.4", gap=decimal("0.4"), base_year=2020, base_value=decimal("112.1"))
    hours = _judged(2024, "1.8", gap=decimal("0.1"))
    met = {"verdict": "met", "gap": decimal("0")}
    under_way = {"verdict": "on_the_way"}
    parts = {"parts_total": 2, "basis": "parts"}
    return [
        *of("NSGE-1.1", {"verdict": "partially_met", "parts_met": 1, **parts},
            {**under_way, "parts_met": 1, "pace_reason": "compound", **parts}),
        *of("NSGE-1.1a", {**ministries, "verdict": "near", "source_family": "ADMIN"},
            {**under_way, "pace": "stalled", "gap": decimal("15.9"), "gap_whole_units": 4,
             "required_per_year": 2.65}),
        *of("NSGE-1.1c", {**_judged(2024, "76.190476", "48/63"), **met, "source_family": "ADMIN"},
            {**met, "pace_reason": "target_reached"}),
        *of("NSGE-2.1", {**_judged(2024, "50.9"), **met},
            {**under_way, "gap": decimal("9.1"), "pace": "slow", "required_per_year": 1.517,
             "observed_per_year": 1.1, "times_faster": 1.38, "projection_value": 56.9,
             "projection_low": 53.8, "projection_high": 60.1, "base_year": 2021,
             "base_value": decimal("47.6")}),
        *of("NSGE-2.2", {**_judged(2024, "25.9"), **met},
            {**under_way, "gap": decimal("0.9"), "pace": "on_track", "required_per_year": 0.15,
             "times_faster": 0.09}),
        *of("NSGE-2.3", {**_judged(2020, "28.2"), **met, "is_old": True},
            {**under_way, "gap": decimal("1.8"), "pace_reason": "too_old"}),
        *of("NSGE-3.1", {**hours, "verdict": "near"},
            {**under_way, "gap": decimal("0.4"), "pace": "slow", "required_per_year": 0.067,
             "times_faster": 1.7}),
        *of("NSGE-3.4", {**_judged(2024, "71.0"), **met, "source_family": "ADMIN"},
            {**under_way, "gap": decimal("29"), "pace_reason": "too_few_points"}),
        *of("NSGE-4.1", {**ratio, "verdict": "not_met", "has_source_conflict": True},
            {**under_way, "gap": decimal("2.4"), "pace": "slow", "required_per_year": 0.4,
             "observed_per_year": -0.13, "times_faster": 3.1, "projection_value": 110.7,
             "projection_low": 109.3, "projection_high": 112.2}),
        *(assessment("VN", "NSGE-4.1", year, **_judged(2024, "110.7"), source_family="REGISTRATION",
                     is_primary=False, verdict="met") for year in MILESTONES),
        *of("NSGE-4.4", {}, {}),
        *of("NSGE-6.4", {**_judged(2024, "98.507463", "66/67"), "verdict": "near",
                         "source_family": "ADMIN", "gap": decimal("1.5"), "gap_whole_units": 1},
            {**under_way, "gap": decimal("1.5"), "gap_whole_units": 1, "required_per_year": 0.25}),
    ]  # fmt: skip


_PROVINCIAL_VERDICTS: dict[tuple[str, str], dict[str, Any]] = {
    ("33@2025", "NSGE-4.1"): _judged(2024, "115.9", verdict="not_met", gap=decimal("4.9"),
                                     is_unverified=True),
    ("33@2025", "NSGE-2.1"): _judged(2024, "53.4", verdict="met", is_unverified=True),
    ("01@2025", "NSGE-4.1"): _judged(2024, "110.8", verdict="met"),
    ("01@2025", "NSGE-2.1"): _judged(2024, "65.1", verdict="met"),
    ("31@2025", "NSGE-4.1"): _judged(2024, "111.1", verdict="near", gap=decimal("0.1")),
    ("33@2004", "NSGE-4.1"): _judged(2023, "118.1", verdict="not_assessable", attainment="not_met",
                                     verdict_reason="locality_abolished", gap=decimal("7.1")),
    ("34@2004", "NSGE-4.1"): _judged(2023, "110.1", verdict="not_assessable", attainment="met",
                                     verdict_reason="locality_abolished"),
}  # fmt: skip


def _assessments() -> Rows:
    headline = ["NSGE-1.1", *(series.target_id for series in SERIES if series.parent is None)]
    provinces = [f"{code}@{version}" for version, rows in _PROVINCES.items() for code, *_ in rows]
    provincial: Rows = []
    for locality_id in provinces:
        for target_id in headline:
            given = _PROVINCIAL_VERDICTS.get((locality_id, target_id), {})
            open_given = {**given, "basis": "none"}
            if given.get("verdict") in ("not_met", "near"):
                open_given["verdict"] = "on_the_way"
            provincial.append(assessment(locality_id, target_id, 2025, **given))
            provincial.append(assessment(locality_id, target_id, 2030, **(given and open_given)))
    figures = {
        (row["ref_area"], row["indicator_id"], row["breakdown"], row["source_family"],
         row["reference_year"]): row["observation_id"]
        for row in _observations()
    }  # fmt: skip
    return [_with_figure(row, figures) for row in _nation_assessments() + provincial]


def _with_figure(row: dict[str, Any], figures: Mapping[tuple[Any, ...], str]) -> dict[str, Any]:
    """The assessment with the identity of the figure that it looks at."""
    series = BY_TARGET.get(row["target_id"])
    if series is None:
        return row
    key = (row["locality_id"], series.indicator_id, series.breakdown, row["source_family"],
           row.get("latest_year"))  # fmt: skip
    return {**row, "latest_observation_id": figures.get(key)}


# ------------------------------------------------------- what stands behind the verdicts

_BIRTHS = {"indicator_id": "SEX_RATIO_AT_BIRTH", "sex": "_T", "age": "_T", "breakdown": "_T",
           "definition": "STD"}  # fmt: skip

_SUCCESSION: Rows = [
    {
        "predecessor_id": predecessor, "successor_id": "33@2025", "relation": "merged_whole",
        "is_default": True, "effective_date": date(2025, 7, 1), "legal_basis": "202/2025/QH15",
    }
    for predecessor in ("33@2004", "34@2004")
]  # fmt: skip


def _bindings() -> Rows:
    common = {"locality_id": "33@2025", "target_id": "NSGE-4.1", "milestone_year": 2030,
              "operator": "<=", "is_approximate": False, "version": 1,
              "is_same_series": True}  # fmt: skip
    return [
        {**common, "binding_target_id": "TB56-4.1", "plan_locality_id": "34@2004",
         "binding": "inherited", "target_value": decimal("108.5"), "works": True},
        {**common, "binding_target_id": "NSGE-4.1", "plan_locality_id": "VN",
         "binding": "national", "target_value": decimal("109"), "works": False},
    ]  # fmt: skip


_CONFLICTS: Rows = [
    {**_BIRTHS, "milestone_year": 2030, "target_id": "NSGE-4.1", "other_target_id": other,
     "locality_id": _OTHER_TARGETS[other][0], "kind": kind}
    for other, kind in (("P1679-1", "other_operator"), ("TB56-4.1", "local_stricter"))
]  # fmt: skip

_REVIEWS: Rows = [
    {
        "submission_id": "b" * 16, "sheet": "Đánh giá", "sheet_row": 9, "locality_id": "33@2025",
        "target_id": "NSGE-4.1", "milestone_year": 2025, "own_status": "not_met",
        "verdict": "not_met", "attainment": "not_met", "agrees": True,
    }
]  # fmt: skip

_GAPS: Rows = [
    {
        **_BIRTHS, "ref_area": "33@2025", "time_period": str(year), "source_family": "SURVEY",
        "reference_year": year, "reason": "weight_missing", "parts_present": 2, "parts_total": 2,
        "coverage": 1.0,
    }
    for year in (2019, 2020, 2021, 2023)
]  # fmt: skip

_ROLL_UPS: Rows = [
    {
        **_BIRTHS, "ref_area": "33@2025", "time_period": "2024", "source_family": "SURVEY",
        "reference_year": 2024, "level_from": "commune", "rolled_value": decimal("115.2"),
        "numerator": decimal("2304"), "denominator": decimal("2000"), "coverage": 0.98,
        "parts_present": 102, "parts_total": 104, "reported_observation_id": "obs:40",
        "reported_value": decimal("115.9"), "difference": decimal("0.7"),
        "is_beyond_rounding": True, "is_synthetic": False,
    }
]  # fmt: skip

_DENOMINATORS: Rows = [
    {
        "indicator_id": _AGENCIES, "ref_area": "VN", "sex": "_T", "age": "_T",
        "breakdown": "ADMIN_LEVEL.MINISTRY", "definition": "STD", "source_family": "ADMIN",
        "year_before": 2024, "denominator_before": decimal("22"), "year": 2025,
        "denominator": decimal("17"), "relative_change": -5 / 22,
        "event_vi": "sắp xếp bộ, ngành ngày 01/03/2025",
    }
]  # fmt: skip


# ------------------------------------------------------------------------------ changes


def _verdict_changes() -> Rows:
    common = {"source_family": "SURVEY", "old_source_family": "SURVEY", "milestone_year": 2025,
              "is_synthetic": False}  # fmt: skip
    return [
        {
            **common, "locality_id": "VN", "target_id": "NSGE-4.1", "old_verdict": "met",
            "new_verdict": "not_met", "old_attainment": "met", "new_attainment": "not_met",
            "old_latest_published": decimal("110.7"), "new_latest_published": decimal("111.4"),
            "old_target_value": decimal("111"), "new_target_value": decimal("111"),
            "cause": "value_changed", "causing_submission_id": "a" * 16,
        },
        {
            **common, "locality_id": "33@2004", "target_id": "NSGE-4.1",
            "old_verdict": "not_assessable", "new_verdict": "not_assessable",
            "old_attainment": "met", "new_attainment": "not_met",
            "old_latest_published": decimal("118.1"), "new_latest_published": decimal("118.1"),
            "old_target_value": decimal("120"), "new_target_value": decimal("111"),
            "cause": "target_changed",
        },
    ]  # fmt: skip


def _value_changes() -> Rows:
    def change(locality_id: str, year: str, kind: str, *values: str | None, **given: Any) -> Any:
        old, new = values
        return {
            "indicator_id": "SEX_RATIO_AT_BIRTH", "ref_area": locality_id, "time_period": year,
            "sex": "_T", "age": "_T", "breakdown": "_T", "definition": "STD",
            "source_family": "SURVEY", "kind": kind, "old_value": decimal(old),
            "new_value": decimal(new), "cause": "submission", "is_synthetic": False,
            "causing_submission_id": "b" * 16, **given,
        }  # fmt: skip

    return [
        change("33@2025", "2024", "changed", "115.94", "115.91"),
        change("33@2025", "2023", "removed", "116.2", None, cause="withdrawn"),
        change("VN", "2020", "restated", "112.1", "112.1", causing_submission_id="a" * 16),
    ]


_VALUE_ADDITIONS: Rows = [
    {"cause": "submission", "causing_submission_id": "b" * 16, "value_count": 1234},
    {"cause": "catalogue", "causing_submission_id": None, "value_count": 5},
]


# ------------------------------------------------------------------------------ the release


def release_frames(release_id: str = "release-1") -> dict[str, pl.DataFrame]:
    """Every table of the small release, by name."""
    rows: dict[str, Rows] = {
        "localities": _localities(),
        "indicators": _indicators(),
        "programmes": _PROGRAMMES,
        "targets": _targets(),
        "target_milestones": _milestones(),
        "code_items": _code_items(),
        "submissions": _submissions(),
        "observations": _observations(),
        "statements": _STATEMENTS,
        "locality_succession": _SUCCESSION,
        "target_bindings": _bindings(),
        "target_conflicts": _CONFLICTS,
        "statement_reviews": _REVIEWS,
        "rebuild_gaps": _GAPS,
        "roll_ups": _ROLL_UPS,
        "denominator_changes": _DENOMINATORS,
        "assessments": _assessments(),
        "expected_submissions": _expected(),
        "value_changes": _value_changes(),
        "value_additions": _VALUE_ADDITIONS,
        "verdict_changes": _verdict_changes(),
        "release_info": [
            {
                "release_id": release_id, "created_at": datetime(2026, 11, 12, 8, 30), "run_id": 1,
                "as_of_year": 2026, "method_version": "1", "catalogue_digest": "0",
                "schema_version": SCHEMA_VERSION, "content_digest": "0",
                "previous_release_id": "release-0",
            }
        ],
    }  # fmt: skip
    return {name: frame_of(RELEASE_TABLES[name], found) for name, found in rows.items()}


def observation_rows(target_id: str, locality_id: str = "VN") -> pl.DataFrame:
    """The small release's figures of one target, as a frame of observations."""
    series = BY_TARGET[target_id]
    return frame_of(Observations, _observations()).filter(
        indicator_id=series.indicator_id, ref_area=locality_id, breakdown=series.breakdown
    )


def assessment_rows() -> pl.DataFrame:
    """The small release's assessments."""
    return frame_of(Assessments, _assessments())


def publish_test_release(
    processed: Path,
    release_id: str = "release-1",
    frames: Mapping[str, pl.DataFrame] | None = None,
) -> Path:
    """Write a release under ``processed`` and make it the one in force."""
    directory = processed / RELEASES_DIRECTORY
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{release_id}.duckdb"
    write_release_file(path, frames or release_frames(release_id))
    (processed / POINTER_FILE).write_text(path.name, encoding="utf-8")
    return path
