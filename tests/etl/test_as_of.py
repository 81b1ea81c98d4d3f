"""What the board said after a past run, on one history of six runs that was worked out by hand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from etl import pipeline
from etl.as_of import PastRelease, release_as_of
from etl.cli import app
from etl.locking import pipeline_lock
from etl.release_diff import compare_files, find_release
from etl.release_diff_report import SHOWN_AT_ONCE, NamedChanges, with_names
from etl.settings import Settings
from etl.warehouse import Warehouse, release_table
from indicators.errors import (
    FileExists,
    PipelineBusy,
    ReleaseUnavailable,
    UnknownRun,
    WarehouseError,
)
from indicators.release_changes import ReleaseChanges
from indicators.releases import current_release
from indicators.tables import ValueChanges, VerdictChanges, empty
from tests.support.forms import Form, observation

PROVINCE, OFFICE = "Sở Nội vụ tỉnh Hưng Yên", "Chi cục Dân số tỉnh Hưng Yên"
NOW = datetime(2026, 11, 21, 3)


@dataclass
class Past:
    """A data directory and, by run, the release that the run published."""

    settings: Settings
    published: dict[int, Path] = field(default_factory=dict)

    def send(self, name: str, *lines: dict, organisation: str = PROVINCE) -> None:
        form = Form(lines, information={"organisation": organisation, "provenance": name})
        form.write(self.settings.inbox / f"{name}.xlsx")

    def run(self, *moment: int) -> None:
        report = pipeline.run(self.settings, [], datetime(*moment))  # type: ignore[arg-type]
        assert report.release_id is not None
        self.published[len(self.published) + 1] = current_release(self.settings.processed)

    def as_of(self, run_id: int) -> PastRelease:
        return release_as_of(self.settings, NOW, run_id=run_id)


def ratio(value: float) -> dict:
    return observation(reported_value=value, source_family="REGISTRATION")


def population(old_province: str, thousands: float) -> dict:
    return observation(
        "POPULATION", ref_area=old_province, time_period=2024, sex="Nữ", reported_value=thousands
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Past:
    """Times are UTC; run 3 is on 1 December in Viet Nam, 30 November in UTC."""
    directory = tmp_path_factory.mktemp("past") / "data"
    past = Past(Settings(data_directory=directory, settle_seconds=0, _env_file=None))
    both = (population("33@2004", 600), population("34@2004", 900))
    past.send("hung-yen", ratio(113.5), *both)
    past.run(2025, 11, 10, 2)
    past.send("dan-so", ratio(112), organisation=OFFICE)
    past.run(2025, 11, 28, 2)
    past.send("hung-yen-2", ratio(110.9), *both)
    past.send("sai", observation(sex="?", reported_value=100), organisation="Sở Y tế tỉnh Hưng Yên")
    past.run(2025, 11, 30, 18)
    past.run(2026, 1, 5, 2)  # nothing came: the year changed
    past.send("hung-yen-3", ratio(110.9), both[0])
    past.run(2026, 2, 1, 2)
    past.send("dan-so-2", ratio(111), organisation=OFFICE)
    past.run(2026, 3, 1, 2)
    return past


@pytest.fixture
def past(made: Past, tmp_path: Path) -> Past:
    """A copy for tests that change something."""
    shutil.copytree(made.settings.data_directory, tmp_path / "data")
    return Past(Settings(data_directory=tmp_path / "data", settle_seconds=0, _env_file=None))


def digest(release: Path) -> str:
    return str(release_table(release, "release_info")["content_digest"][0])


def sex_ratio(release: Path) -> Decimal:
    rows = release_table(release, "observations").filter(indicator_id="SEX_RATIO_AT_BIRTH")
    return Decimal(rows["obs_value"].item())


@pytest.mark.parametrize("run_id", range(1, 7))
def test_a_past_run_is_what_it_published_whatever_came_later(made: Past, run_id: int) -> None:
    found = made.as_of(run_id)
    for table in ("observations", "submissions", "revisions", "assessments", "issues", "runs"):
        published = release_table(made.published[run_id], table)
        assert release_table(found.path, table).equals(published), table
    assert digest(found.path) == digest(made.published[run_id])


def test_the_runs_differ_from_each_other(made: Past) -> None:
    assert len({digest(path) for path in made.published.values()}) == len(made.published)
    values = [float(sex_ratio(made.published[run])) for run in range(1, 7)]
    assert values == [113.5, 112, 110.9, 110.9, 110.9, 111]


@pytest.mark.parametrize(
    ("day", "run_id"),
    [
        (date(2025, 11, 10), 1),
        (date(2025, 11, 27), 1),
        (date(2025, 11, 30), 2),
        (date(2025, 12, 1), 3),
        (date(2026, 1, 4), 3),
        (date(2099, 1, 1), 6),
    ],
)
def test_a_day_means_the_last_run_up_to_its_end_in_viet_nam(
    made: Past, day: date, run_id: int
) -> None:
    found = release_as_of(made.settings, NOW, day=day)
    assert (found.run.run_id, found.day) == (run_id, day)
    info = release_table(found.path, "release_info").row(0, named=True)
    assert (info["as_of_day"], info["run_id"]) == (day, run_id)


def test_the_board_is_not_touched(past: Past) -> None:
    before = {path: path.stat().st_mtime_ns for path in past.settings.processed.glob("releases/*")}
    current = (past.settings.processed / "current").read_text()
    past.as_of(2)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert set(past.settings.processed.glob("releases/*")) == set(before)
    assert (past.settings.processed / "current").read_text() == current


def test_it_says_what_has_changed_until_today_and_who_did_it(made: Past) -> None:
    found = made.as_of(2)
    assert found.since is not None
    # 112 became 111; Thái Bình's population went, and with it the sum of the new province.
    kinds = found.since.values.group_by("indicator_id", "kind").len().sort("indicator_id", "kind")
    assert kinds.rows() == [("POPULATION", "removed", 2), ("SEX_RATIO_AT_BIRTH", "changed", 1)]
    files = release_table(made.published[6], "submissions").select(
        "file_name", causing_submission_id="submission_id"
    )
    told = found.since.values.join(files, on="causing_submission_id").select(
        "ref_area", "cause", "file_name"
    )
    assert sorted(told.rows()) == [
        ("33@2025", "rebuilt", "hung-yen-3.xlsx"),
        ("33@2025", "submission", "dan-so-2.xlsx"),
        ("34@2004", "withdrawn", "hung-yen-3.xlsx"),
    ]


def test_the_original_is_named_where_it_is_kept(past: Past, made: Past) -> None:
    original = made.published[3].stem
    assert list(past.as_of(3).originals) == [original]
    (past.settings.processed / "releases" / f"{original}.duckdb").unlink()
    assert list(past.as_of(3).originals) == []


def test_a_milestone_is_judged_in_the_year_of_the_run(made: Past) -> None:
    state = {
        run_id: release_table(made.as_of(run_id).path, "assessments")
        .filter(pl.col("milestone_year") == 2025)["milestone_state"]
        .unique()
        .to_list()
        for run_id in (3, 4)
    }
    assert state == {3: ["open"], 4: ["closed"]}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"run_id": 99}, "từ 1 đến 6"),
        ({"day": date(2025, 11, 9)}, "lượt đầu tiên là ngày 10/11/2025"),
    ],
)
def test_a_run_that_never_was_is_said_so(made: Past, asked: dict, message: str) -> None:
    with pytest.raises(UnknownRun, match=message):
        release_as_of(made.settings, NOW, **asked)


def test_nothing_is_written_over(past: Past, tmp_path: Path) -> None:
    foreign = tmp_path / "thu-tu.docx"
    foreign.write_text("quan trọng")
    inside = current_release(past.settings.processed)
    for out in (foreign, inside, inside.with_name("moi.duckdb")):
        with pytest.raises(FileExists):
            release_as_of(past.settings, NOW, run_id=1, out=out)
    assert foreign.read_text() == "quan trọng"
    own = tmp_path / "nam-2025.duckdb"
    for run_id in (1, 2):  # one's own file may be made again
        release_as_of(past.settings, NOW, run_id=run_id, out=own)
    assert sex_ratio(own) == 112


def test_it_waits_for_no_run_and_mends_no_warehouse(past: Past) -> None:
    with pipeline_lock(past.settings.processed), pytest.raises(PipelineBusy):
        past.as_of(1)
    with Warehouse(past.settings.warehouse) as warehouse:
        warehouse.sign("another catalogue")
    with pytest.raises(WarehouseError, match="etl run"):
        past.as_of(1)
    past.settings.warehouse.unlink()
    with pytest.raises(WarehouseError, match="etl run"):
        past.as_of(1)
    assert not past.settings.warehouse.exists()


def test_changes_are_no_part_of_what_a_release_is(past: Past) -> None:
    """Made again from the archive alone, the content is the same though the history is not."""
    before = current_release(past.settings.processed)
    assert release_table(before, "value_changes")["new_value"].to_list() == [Decimal(111)]
    pipeline.rebuild(past.settings, NOW)
    after = current_release(past.settings.processed)
    assert digest(after) == digest(before)
    info = release_table(after, "release_info").row(0, named=True)
    assert info["previous_release_id"] == before.stem
    assert release_table(after, "value_changes").is_empty()


# The commands ---------------------------------------------------------------------------------


def etl(past: Past, *arguments: str) -> str:
    """What the real command prints."""
    found = subprocess.run(
        [sys.executable, "-c", "from etl.cli import main; main()", *arguments],
        env={**os.environ, "GENDER_STATS_DATA_DIRECTORY": str(past.settings.data_directory)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_as_of_says_which_run_what_it_rests_on_and_what_has_changed(made: Past) -> None:
    said = etl(made, "as-of", "30/11/2025").splitlines()
    path = made.settings.processed / "as-of" / "000002.duckdb"
    assert said == [
        "Theo số liệu đến hết ngày 30/11/2025: lượt chạy 2, ngày 28/11/2025, năm đánh giá 2025",
        "Danh mục và phương pháp đánh giá (1) là của hôm nay, không phải của khi đó",
        f"Bản công bố của chính lượt chạy đó vẫn còn giữ: {made.published[2].stem}",
        "Từ đó đến bản hiện hành, số liệu: 1 sửa, 2 bỏ, 0 thêm; kết quả: "
        f"{compare_files(path, made.published[6]).verdicts.height} đổi",
        f"Đã ghi {path}",
        f"Xem trên bảng theo dõi: dashboard serve --release {path}",
        f"Xem từng thay đổi: etl diff {path} hiện-hành",
    ]


def test_as_of_answers_programs(made: Past, tmp_path: Path) -> None:
    out = tmp_path / "cu.duckdb"
    found = json.loads(etl(made, "as-of", "--run", "1", "--out", str(out), "--json"))
    assert (found["run_id"], found["as_of_day"]) == (1, "2025-11-10")
    assert found["changes_until_current"]["removed"] == 2
    assert Path(found["path"]) == out


@pytest.mark.parametrize(
    "arguments", [["as-of"], ["as-of", "30/11/2025", "--run", "1"], ["as-of", "31/11/2025"]]
)
def test_as_of_asks_for_one_day_or_one_run(made: Past, arguments: list[str]) -> None:
    directory = str(made.settings.data_directory)
    found = CliRunner().invoke(app, arguments, env={"GENDER_STATS_DATA_DIRECTORY": directory})
    assert found.exit_code == 2


def test_diff_counts_first_then_names_place_figure_cause_and_report(made: Past) -> None:
    said = etl(made, "diff", "trước").splitlines()
    assert said[0] == f"Từ {made.published[5].stem} đến {made.published[6].stem}"
    assert said[1] == "Số liệu: 1 sửa, 0 bỏ, 0 thêm; kết quả: 0 đổi"
    report = release_table(made.published[6], "submissions")["submission_id"][-1]
    assert said[-2:] == [
        "Số liệu sửa (1):",
        "  tỉnh Hưng Yên [33@2025], Tỷ số giới tính khi sinh [SEX_RATIO_AT_BIRTH], 2025, "
        f"Đăng ký hộ tịch, số liệu 110,9 → 111 (báo cáo mới nhận: dan-so-2.xlsx [{report}])"
        " – số liệu minh họa",
    ]


def test_diff_names_the_result_that_flipped_and_who_flipped_it(made: Past) -> None:
    said = etl(made, "diff", made.published[1].stem, str(made.published[3]))
    (line,) = [line for line in said.splitlines() if "NSGE-4.1" in line and "mốc 2025" in line]
    assert line.startswith("  tỉnh Hưng Yên [33@2025], chỉ tiêu 4.1 Tỷ số giới tính khi sinh")
    assert "mốc 2025: đang thực hiện → đạt, số liệu 113,5 → 110,9" in line
    assert "(số liệu được sửa: hung-yen-2.xlsx [" in line


def test_diff_writes_everything_typed_and_harmless(made: Past, tmp_path: Path) -> None:
    etl(made, "diff", made.published[1].stem, "current", "--csv", str(tmp_path / "out"))
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    types = {
        one["name"]: {field["name"]: field["type"] for field in one["schema"]["fields"]}
        for one in package["resources"]
    }
    assert types["verdict_changes"]["milestone_year"] == "integer"
    assert types["value_changes"]["new_value"] == "number"
    read = pl.read_csv(tmp_path / "out" / "value_changes.csv")
    found = compare_files(made.published[1], made.published[6]).values
    assert read.height == found.height
    assert list(types["value_changes"]) == read.columns
    assert read["new_value"].drop_nulls().to_list() == [111]


def test_a_text_that_would_run_as_a_formula_is_written_with_an_apostrophe(tmp_path: Path) -> None:
    changed = pl.DataFrame(
        {"kind": ["changed"] * 3, "file_name": ["=1+1.xlsx", "-a", "b=c"], "old_value": [-1, 2, 3]}
    )
    NamedChanges(changed, empty(VerdictChanges), {}).write_csv(tmp_path)
    read = pl.read_csv(tmp_path / "value_changes.csv")
    assert read["file_name"].to_list() == ["'=1+1.xlsx", "'-a", "b=c"]
    assert read["old_value"].to_list() == [-1, 2, 3]


def test_the_screen_shows_the_beginning_of_a_long_list(made: Past) -> None:
    one = compare_files(made.published[5], made.published[6]).values
    many = pl.concat([one.with_columns(time_period=pl.lit(str(1000 + n))) for n in range(1200)])
    lines = list(with_names(ReleaseChanges(many, empty(VerdictChanges)), made.published[6]).lines())
    assert lines[0].startswith("Số liệu: 1.200 sửa")
    assert lines[1] == "Số liệu sửa (1.200):"
    assert len(lines) == SHOWN_AT_ONCE + 3
    assert lines[-1] == "  … và 1.180 dòng khác (xem hết: --csv hoặc --json)"


def test_diff_answers_programs_in_full(made: Past) -> None:
    found = json.loads(etl(made, "diff", "previous", "current", "--json"))
    assert found["counts"]["changed"] == len(found["values"]) == 1
    assert found["values"][0]["file_name"] == "dan-so-2.xlsx"


def test_a_release_is_found_by_word_identity_or_path(past: Past, made: Past) -> None:
    processed = past.settings.processed
    current = current_release(processed)
    for name in ("current", "hiện hành", "Hiện-hành", current.stem, current.name, str(current)):
        assert find_release(processed, name) == current
    before = current.with_name(made.published[5].name)
    assert [find_release(processed, name) for name in ("trước", "previous")] == [before] * 2
    before.unlink()
    with pytest.raises(ReleaseUnavailable, match="không còn được giữ"):
        find_release(processed, "trước")
    with pytest.raises(ReleaseUnavailable, match=current.stem):
        find_release(processed, "2099")


def test_the_first_release_has_nothing_before_it(made: Past) -> None:
    first = made.published[1]
    info = release_table(first, "release_info").row(0, named=True)
    assert info["previous_release_id"] is None
    assert release_table(first, "value_changes").equals(empty(ValueChanges))
    assert release_table(first, "value_additions").is_empty()
    second = release_table(made.published[2], "release_info").row(0, named=True)
    assert second["previous_release_id"] == first.stem
    assert second["as_of_day"] is None


def test_a_release_in_force_that_cannot_be_read_does_not_stop_the_next(past: Past) -> None:
    old = current_release(past.settings.processed)
    old.chmod(0o644)
    old.write_text("hỏng")
    past.send("dan-so-3", ratio(111.2), organisation=OFFICE)
    assert pipeline.run(past.settings, [], NOW).release_id is not None
    new = current_release(past.settings.processed)
    assert release_table(new, "release_info")["previous_release_id"].to_list() == [None]
    assert release_table(new, "verdict_changes").is_empty()
