"""Back tests: what the engine would have said at the time, beside what was published.

``python -m tests.support.back_tests`` writes ``docs/methods/back-tests.md``.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import polars as pl

from indicators.assessment import AssessmentInputs, assess
from indicators.catalogue import load_catalogue
from indicators.numbers import format_number
from tests.support.published import REPOSITORY, publish_real_figures, table

CASES = REPOSITORY / "tests" / "data" / "back_tests" / "published_statuses.csv"
EXPLAINED = REPOSITORY / "tests" / "data" / "back_tests" / "explained.csv"
DOCUMENT = REPOSITORY / "docs" / "methods" / "back-tests.md"
KEY = ["target_id", "locality_id", "report_year"]

_WORDS = {
    "met": "đạt",
    "near": "gần đạt",
    "not_met": "chưa đạt",
    "partially_met": "đạt một phần",
    "not_assessable": "không đánh giá được",
}
_BASIS = {
    "status": "trạng thái công bố",
    "note": "lời văn báo cáo",
    "inferred": "suy từ kế hoạch",
    "by_value": "so con số với mốc",
}


def results(observations: pl.DataFrame) -> pl.DataFrame:
    """One row per published status: the engine's attainment of the milestone 2025 at the time.

    At the time means: figures reported for the year of the report or earlier, assessed in that
    year.
    """
    cases = pl.read_csv(CASES, schema_overrides={"value": pl.String}).with_columns(
        pl.coalesce("published_status", "by_value_status").alias("expected")
    )
    catalogue = load_catalogue()
    said = []
    for year in sorted(cases["report_year"].unique()):
        known = observations.filter(pl.col("time_period").str.slice(0, 4).cast(pl.Int64) <= year)
        inputs = AssessmentInputs.from_catalogue(catalogue, date(year, 12, 31))
        rows = assess(known, inputs, year).filter(pl.col("is_primary"))
        # The legal minimum of candidates is judged at each election, the rest against 2025.
        milestone = pl.when(pl.col("binding_target_id") == "ELEC-1").then(year).otherwise(2025)
        said.append(
            rows.filter(pl.col("milestone_year") == milestone).select(
                pl.col("binding_target_id").alias("target_id"),
                "locality_id",
                pl.lit(year, dtype=pl.Int64).alias("report_year"),
                "attainment",
                "verdict_reason",
                "latest_year",
                "latest_published",
            )
        )
    return cases.join(pl.concat(said), on=KEY, how="left", maintain_order="left")


def explained() -> pl.DataFrame:
    """The differences that are understood, each with its reason."""
    return pl.read_csv(EXPLAINED)


def markdown(found: pl.DataFrame) -> str:
    """The document: Vietnamese first, then English."""
    reasons = {
        (row["target_id"], row["report_year"], row["basis"]): row
        for row in explained().iter_rows(named=True)
    }
    agreeing = found.filter(pl.col("attainment") == pl.col("expected")).height
    lines = [
        "# Đối chiếu với kết quả đã công bố / Back tests",
        "",
        "Trang này do `python -m tests.support.back_tests` viết ra; kiểm thử so nó với kết quả "
        "tính lại. Với mỗi kết quả mà báo cáo đã nêu, hệ thống chỉ dùng số liệu có vào năm báo "
        "cáo, so với mốc 2025 (bầu cử: mức tối thiểu theo luật), rồi đặt cạnh kết quả công bố. "
        f"Giống nhau {agreeing}/{found.height}; mỗi chỗ khác có lý do.",
        "",
        "*English:* written by the command above and checked by a test. For every published status "
        "the engine sees only figures of the report's year or earlier and compares them with the "
        f"2025 value. {agreeing} of {found.height} agree; each difference has its reason below.",
        "",
        "| Mục tiêu | Báo cáo năm | Công bố | Căn cứ | Hệ thống nói | Số liệu dùng | Giống |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in found.iter_rows(named=True):
        value = "–"
        if row["latest_published"] is not None:
            value = f"{format_number(row['latest_published'], 1)} ({row['latest_year']})"
        same = "có" if row["attainment"] == row["expected"] else "**khác**"
        lines.append(
            f"| {row['target_id']} | {row['report_year']} | {_WORDS[row['expected']]} "
            f"| {_BASIS[row['basis']]} | {_WORDS[row['attainment']]} | {value} | {same} |"
        )
    lines += ["", "## Vì sao khác / Why they differ", ""]
    for row in found.filter(pl.col("attainment") != pl.col("expected")).iter_rows(named=True):
        reason = reasons[(row["target_id"], row["report_year"], row["basis"])]
        lines.append(
            f"- **{row['target_id']}, {row['report_year']}**: {reason['reason_vi']} "
            f"*{reason['reason_en']}*"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the document."""
    with tempfile.TemporaryDirectory() as directory:
        release = publish_real_figures(Path(directory))
        DOCUMENT.write_text(markdown(results(table(release, "observations"))), encoding="utf-8")


if __name__ == "__main__":
    main()
