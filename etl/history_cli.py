"""The commands that look back: ``etl as-of`` and ``etl diff``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.as_of import PastRelease, release_as_of
from etl.deadlines import local_day
from etl.log import utc_now
from etl.printing import print_json, say
from etl.release_diff import compare_files, find_release
from etl.release_diff_report import counts_line, with_names
from etl.settings import load_settings
from indicators.assessment import METHOD_VERSION
from indicators.numbers import DateFormatError, format_date, parse_date

_AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON (print JSON).")]
_Release = Annotated[
    str,
    typer.Argument(
        help="Mã bản công bố, đường dẫn tệp, «hiện-hành» hoặc «trước» (identity, path, current, "
        "previous)."
    ),
]


def as_of(
    day: Annotated[
        str | None,
        typer.Argument(
            help="Ngày, ví dụ 30/11/2025: lấy lượt chạy cuối cùng đến hết ngày đó theo giờ Việt "
            "Nam (a day: the last run up to its end)."
        ),
    ] = None,
    run: Annotated[
        int | None, typer.Option(help="Số của lượt chạy, thay cho ngày (a run, not a day).")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False,
            help="Tệp để ghi; mặc định data/processed/as-of/<lượt>.duckdb (file to write).",
        ),
    ] = None,
    as_json: _AsJson = False,
) -> None:
    """Dựng lại số liệu và kết quả như sau một lượt chạy đã qua (the release as of a past run).

    Không đụng đến bản công bố hiện hành. Danh mục và phương pháp là của hôm nay.
    """
    if (day is None) == (run is None):
        raise typer.BadParameter("cần đúng một trong hai: ngày hoặc --run (a day or --run)")
    try:
        asked = parse_date(day) if day is not None else None
    except DateFormatError as error:
        raise typer.BadParameter(str(error)) from error
    past = release_as_of(load_settings(), utc_now(), day=asked, run_id=run, out=out)
    if as_json:
        print_json(_as_dict(past))
        return
    say(
        f"Theo số liệu đến hết ngày {format_date(past.day)}: lượt chạy {past.run.run_id}, ngày "
        f"{format_date(local_day(past.run.started_at))}, năm đánh giá {past.run.as_of_year}"
    )
    say(
        f"Danh mục và phương pháp đánh giá ({METHOD_VERSION}) là của hôm nay, không phải của khi đó"
    )
    for release_id in past.originals:
        say(f"Bản công bố của chính lượt chạy đó vẫn còn giữ: {release_id}")
    if past.since is not None:
        say(f"Từ đó đến bản hiện hành, {counts_line(past.since.counts())}")
    say(f"Đã ghi {past.path}")
    say(f"Xem trên bảng theo dõi: dashboard serve --release {past.path}")
    say(f"Xem từng thay đổi: etl diff {past.path} hiện-hành")


def _as_dict(past: PastRelease) -> dict[str, object]:
    return {
        "path": past.path,
        "as_of_day": past.day,
        "run_id": past.run.run_id,
        "started_at": past.run.started_at,
        "as_of_year": past.run.as_of_year,
        "original_releases": past.originals,
        "catalogue_and_method": "today",
        "changes_until_current": past.since.counts() if past.since is not None else None,
    }


def diff(
    old: _Release,
    new: _Release = "hiện-hành",
    csv: Annotated[
        Path | None,
        typer.Option(
            file_okay=False, help="Thư mục để ghi mọi thay đổi dạng CSV (folder for CSV files)."
        ),
    ] = None,
    as_json: _AsJson = False,
) -> None:
    """So sánh hai bản công bố, cũ trước mới sau (compare two releases, the older first).

    Số liệu thêm, bỏ, sửa và kết quả đổi, kèm báo cáo đã gây ra thay đổi.
    """
    settings = load_settings()
    paths = [find_release(settings.processed, name) for name in (old, new)]
    changes = with_names(compare_files(*paths), *reversed(paths))
    written = changes.write_csv(csv) if csv is not None else []
    if as_json:
        print_json({"old": paths[0].stem, "new": paths[1].stem, **changes.as_dict()})
        return
    say(f"Từ {paths[0].stem} đến {paths[1].stem}")
    for line in changes.lines():
        say(line)
    for path in written:
        say(f"Đã ghi {path}")
