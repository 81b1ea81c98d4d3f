"""A region has figures and no targets: its pages say so and lead on."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from dash import html

from dashboard.release import ReleaseDoor
from dashboard.texts import Words
from tests.dashboard.test_pages import open_page, table_rows, text_of, walk
from tests.support.release import publish_test_release, release_frames

VI = Words("vi")
REGION = "RRD@2025"


@pytest.fixture
def door_with_figures(tmp_path: Path) -> ReleaseDoor:
    frames = release_frames()
    births = frames["observations"].filter(
        pl.col("indicator_id") == "SEX_RATIO_AT_BIRTH", pl.col("ref_area") == "33@2025"
    )
    of_region = births.with_columns(
        ref_area=pl.lit(REGION), observation_id=pl.lit("region:") + pl.col("observation_id")
    )
    frames["observations"] = pl.concat([frames["observations"], of_region])
    publish_test_release(tmp_path, frames=frames)
    return ReleaseDoor(tmp_path)


@pytest.mark.parametrize("path", ["/", "/chi-tieu"])
def test_a_region_says_that_it_has_no_targets_and_shows_its_figures(
    door_with_figures: ReleaseDoor, path: str
) -> None:
    content, _ = open_page(door_with_figures, f"{path}?locality={REGION}")
    text = text_of(content)
    assert text.startswith(VI("region.title", locality="Đồng bằng sông Hồng"))
    assert VI("region.figures") in text
    (_, *rows) = table_rows(content, "region-table")
    assert [row[:3] for row in rows] == [["4.1 Tỷ số giới tính khi sinh", "115,9", "2024"]]
    links = {text_of(one): one.href for one in walk(content) if isinstance(one, html.A)}
    assert links["115,9"].startswith("/truy-vet?obs=region:")
    assert links["4.1 Tỷ số giới tính khi sinh"] == (f"/chi-tieu?target=NSGE-4.1&locality={REGION}")
    assert links[VI("region.life")] == f"/dia-phuong?locality={REGION}"


@pytest.mark.parametrize("path", ["/", "/chi-tieu"])
def test_a_region_without_figures_leads_to_the_nation(door: ReleaseDoor, path: str) -> None:
    content, _ = open_page(door, f"{path}?locality={REGION}")
    assert VI("region.no_figures", locality="Đồng bằng sông Hồng") in text_of(content)
    links = {text_of(one): one.href for one in walk(content) if isinstance(one, html.A)}
    assert links[VI("region.nation")] == path
