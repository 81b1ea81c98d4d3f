"""``python -m scripts.demo_full DIRECTORY``: make the reports, run the ETL on each of three days.

The directory is made anew each time; one that was not made here is left alone.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from etl.log import configure_logging
from etl.pipeline import RunReport, run
from etl.settings import Settings
from indicators.catalogue import load_catalogue
from scripts.demo_full.reports import RUN_DAYS, Report, Senders
from scripts.demo_full.world import World

SENT: Final = "minh-hoa"  # below the directory: the made-up files, a folder per day
_MARK: Final = ".demo-full"


def make(directory: Path, senders: Senders) -> list[RunReport]:
    """Write the reports below a directory and take them in, one run per day.

    Raises:
        FileExistsError: the directory holds something that was not made here.
    """
    _clear(directory)
    reports = list(senders.reports())
    settings = Settings(data_directory=directory)
    return [
        _one_run(settings, day, [one for one in reports if one.run == number])
        for number, day in enumerate(RUN_DAYS)
    ]


def _clear(directory: Path) -> None:
    if directory.exists() and any(directory.iterdir()):
        if not (directory / _MARK).exists():
            raise FileExistsError(
                f"{directory}: không phải thư mục số liệu minh họa, không ghi đè (not made here)"
            )
        shutil.rmtree(directory)
    directory.mkdir(parents=True, exist_ok=True)
    (directory / _MARK).touch()


def _one_run(settings: Settings, day: datetime, reports: Sequence[Report]) -> RunReport:
    folder = settings.data_directory / SENT / f"{day:%Y-%m-%d}"
    folder.mkdir(parents=True)
    start = time.perf_counter()
    for done, report in enumerate(reports, start=1):
        (folder / report.file_name).write_bytes(report.content)
        _show("ghi báo cáo", done, len(reports))
    found = run(settings, [folder], day, _show)
    _say(
        f"{day:%d/%m/%Y}: {len(reports)} báo cáo, {found.accepted} tiếp nhận, "
        f"{len(found.refused)} chưa tiếp nhận, {found.warnings} cảnh báo; "
        f"{found.observations} số liệu ({time.perf_counter() - start:.0f} giây)"
    )
    return found


def _show(what: str, done: int, total: int) -> None:
    """A line that is overwritten, where somebody watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{what} {done}/{total}")
        sys.stderr.flush()


def _say(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    sys.stdout.write(f"SỐ LIỆU MINH HỌA {text}\n")
    sys.stdout.flush()


def main() -> None:
    """Make the country that ``make demo-full`` shows."""
    configure_logging()
    [name] = sys.argv[1:]
    make(Path(name), Senders(World(load_catalogue())))


if __name__ == "__main__":
    main()
