"""The command ``etl``. Each command says in one line what happened; expected faults end in one line
and an exit code (see :mod:`indicators.errors`), never in a traceback.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table as ScreenTable
from rich.text import Text

from etl import history_cli, locality_lines, pipeline
from etl.annex_file import read_annex
from etl.deadlines import delivered, local_day, of_period, summaries
from etl.letters import reminders, send_reminders, send_replies
from etl.log import configure_logging
from etl.log import utc_now as _now
from etl.mail import MailReport
from etl.printing import print_json as _print_json
from etl.printing import say as _say
from etl.reply import safe_stem
from etl.schedule import keep_running
from etl.settings import Settings, load_settings
from etl.status import read_status
from etl.status_lines import period_lines, status_lines
from etl.template import write_template, write_templates
from indicators.catalogue import load_catalogue
from indicators.catalogue.annex import apply_annex, match_annex
from indicators.errors import GenderStatisticsError, SettingsError
from indicators.numbers import parse_date
from indicators.receipt import SubmissionStatus

_MOST_NAMES_SHOWN = 3
_MOST_ISSUES_SHOWN = 100
_OTHER_SHEETS = (".xls", ".xlsm", ".ods", ".csv")
REFUSED_EXIT_CODE = 8  # etl validate: the file would be refused


class TemplateLevel(StrEnum):
    """Levels whose templates can be written without the others."""

    PROVINCE = "province"
    COMMUNE = "commune"


app = typer.Typer(
    help="Từ tệp báo cáo nhận được đến bản công bố (from received files to a published release).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
catalogue_app = typer.Typer(
    help="Kiểm tra và bổ sung danh mục (check and complete the catalogue).", no_args_is_help=True
)
app.add_typer(catalogue_app, name="catalogue")
app.command("as-of")(history_cli.as_of)
app.command("diff")(history_cli.diff)

AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON (print JSON).")]


@app.command()
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            exists=True,
            help="Tệp hoặc thư mục nhận thêm ngoài hộp thư đến; được chép, không bị xóa "
            "(files or folders to take in beside the inbox).",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Nhận tệp mới, kiểm tra, nạp, đánh giá và công bố (take in, check, load, assess, publish)."""
    settings = load_settings()
    with _progress() as progress:
        report = pipeline.run(settings, paths or [], _now(), progress)
    mailed = send_replies(settings, _now())
    _print_report(report, settings, as_json=as_json)
    if not as_json:
        # Said once, when the file comes: a timer would repeat it every quarter of an hour.
        _print_mailed(mailed if report.received else replace(mailed, without_address=0))


@app.command()
def rebuild(as_json: AsJson = False) -> None:
    """Dựng lại kho số liệu từ kho lưu và công bố lại (rebuild from the archive and publish)."""
    settings = load_settings()
    with _progress() as progress:
        report = pipeline.rebuild(settings, _now(), progress)
    _print_report(report, settings, as_json=as_json)


@app.command()
def validate(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Tệp báo cáo (file).")],
    reply: Annotated[
        Path | None,
        typer.Option(
            file_okay=False,
            help="Thư mục để ghi thư trả lời như khi gửi thật: <tên tệp>-ket-qua.xlsx và .json "
            "(folder for the reply).",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Kiểm tra một tệp mà không nạp (check one file without loading it).

    Mã thoát 8 nếu tệp sẽ không được tiếp nhận (exit code 8 if it would be refused).
    """
    found = pipeline.validate(file, load_settings(), _now())
    submission = found.checked.submissions.row(0, named=True)
    if reply is not None:
        found.answer.write(reply / f"{safe_stem(file.name)}-ket-qua")
    if as_json:
        _print_json(found.answer.as_dict())
    else:
        _print_issues(found.checked.issues)
        _say(
            f"{file.name}: {_status_words(submission['status'])}; "
            f"{submission['row_count']} dòng, {submission['error_count']} lỗi, "
            f"{submission['warning_count']} cảnh báo"
        )
    if submission["status"] == SubmissionStatus.REFUSED:
        raise typer.Exit(REFUSED_EXIT_CODE)


@app.command()
def status(
    period: Annotated[
        str | None,
        typer.Option(help="Liệt kê từng đơn vị của một kỳ: 2025, 2025-S1 (list one period)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bản công bố, lượt chạy, tệp chưa tiếp nhận, ai đã nộp (release, runs, who has reported)."""
    settings = load_settings()
    today = local_day(_now())
    rows = delivered(settings, load_catalogue(), today)
    if period is not None:
        rows = of_period(rows, period)
    found = read_status(settings, summaries(rows))
    if as_json:
        _print_json(asdict(found))
        return
    lines = status_lines(found, today) if period is None else period_lines(rows, period, today)
    for line in lines:
        _say(line)


@app.command()
def remind(
    period: Annotated[str, typer.Option(help="Kỳ báo cáo: 2025, 2025-S1 (reporting period).")],
    locality: Annotated[
        str | None, typer.Option(help="Chỉ một địa phương, ghi mã@phiên bản (one locality).")
    ] = None,
    send: Annotated[
        bool, typer.Option("--send", help="Gửi qua thư điện tử (send by e-mail).")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Thư nhắc cho từng đơn vị chưa nộp hoặc phải gửi lại (reminders, one per reporting unit)."""
    settings = load_settings()
    if send and not settings.smtp_host:
        raise SettingsError("Chưa đặt GENDER_STATS_SMTP_HOST nên chưa gửi thư được (no SMTP host)")
    catalogue, now = load_catalogue(), _now()
    rows = of_period(delivered(settings, catalogue, local_day(now)), period)
    if locality is not None:
        rows = rows.filter(pl.col("locality_id") == locality)
    letters = reminders(rows, now, settings.reply_address or None)
    mailed = send_reminders(settings, catalogue, letters, now) if send else MailReport()
    if as_json:
        _print_json({"period": period, "reminders": letters, "mailed": asdict(mailed)})
        return
    for letter in letters:
        _say(f"=== {letter['subject']}\n\n{letter['text']}")
    _say(f"{len(letters)} thư nhắc cho kỳ {period}")
    if any(letter["confidence"] != "official" for letter in letters):
        _say(
            "Lưu ý: có hạn nộp lấy theo văn bản cũ hoặc nguồn gián tiếp (cột confidence của "
            "reporting_calendar.csv); hãy đối chiếu trước khi gửi"
        )
    _print_mailed(mailed)


@app.command()
def locality(
    unit: Annotated[
        str, typer.Argument(help="Mã@phiên bản, mã hoặc tên: 33@2025, 01, Hưng Yên (which unit).")
    ],
    on: Annotated[
        str | None,
        typer.Option(help="Xét tại ngày, ví dụ 30/06/2025; mặc định hôm nay (as of a day)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Một đơn vị hành chính qua các thời kỳ: trước, sau, trên, dưới (a unit's life)."""
    catalogue = load_catalogue()
    day = parse_date(on) if on is not None else None
    found = locality_lines.answer(catalogue, unit, day, local_day(_now()))
    if as_json:
        _print_json(locality_lines.as_plain(found))
        return
    for line in locality_lines.answer_lines(catalogue, found, unit):
        _say(line)


@app.command()
def schedule() -> None:
    """Tự chạy theo lịch, cho máy không có cron hay systemd (run on schedule until stopped)."""
    keep_running(load_settings())


@app.command()
def template(
    period: Annotated[str, typer.Option(help="Kỳ báo cáo: 2026, 2026-S1 hoặc 2026-S2 (period).")],
    locality: Annotated[
        str | None, typer.Option(help="Mã hoặc tên địa phương, ví dụ 33@2025 (locality).")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Mọi địa phương lập báo cáo kỳ này (all that report).")
    ] = False,
    level: Annotated[
        TemplateLevel | None,
        typer.Option(help="Chỉ một cấp, khi dùng --all (one level only, with --all)."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Tệp hoặc thư mục để ghi; bắt buộc với --all (where to; needed with --all)."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ghi mẫu biểu điền sẵn cho đơn vị báo cáo (write the pre-filled workbook to be sent out)."""
    if every == (locality is not None):
        raise typer.BadParameter("cần đúng một trong hai: --locality hoặc --all (exactly one)")
    if every and out is None:
        raise typer.BadParameter("--all cần --out THƯ_MỤC (--all needs --out DIRECTORY)")
    if level and not every:
        raise typer.BadParameter("--level chỉ dùng với --all (--level goes with --all)")
    if out and out.suffix.lower() in _OTHER_SHEETS:
        raise typer.BadParameter("mẫu biểu được ghi dạng .xlsx (templates are .xlsx)")
    settings, catalogue = load_settings(), load_catalogue()
    if locality is not None:
        path, content = write_template(catalogue, settings.processed, locality, period, out)
        counts = {"series": len(content.series), "statements": len(content.statements)}
        if as_json:
            _print_json({"path": str(path), **counts})
        else:
            _say(
                f"Đã ghi {path}: {counts['series']} dòng số liệu, "
                f"{counts['statements']} dòng đánh giá"
            )
        return
    folder = out or Path()
    with _progress() as progress:
        done = write_templates(
            catalogue, settings.processed, level and level.value, period, folder, progress
        )
    if as_json:
        _print_json({"directory": str(folder), **asdict(done)})
        return
    _say(f"Đã ghi {done.written} mẫu biểu kỳ {period} vào {folder}")
    if done.kept:
        _say(f"Giữ nguyên {len(done.kept)} tệp đã có, không ghi đè (ví dụ {done.kept[0]})")


@catalogue_app.command("check")
def check_catalogue(as_json: AsJson = False) -> None:
    """Kiểm tra mọi tệp của danh mục (check every file of the catalogue)."""
    catalogue = load_catalogue()
    counts = {
        "indicators": catalogue.indicators.height,
        "programmes": catalogue.programmes.height,
        "targets": catalogue.targets.height,
        "localities": catalogue.localities.height,
    }
    if as_json:
        _print_json({"digest": catalogue.digest, **counts})
    else:
        _say(
            f"Danh mục hợp lệ: {counts['indicators']} chỉ tiêu thống kê, {counts['programmes']} "
            f"chương trình, {counts['targets']} mục tiêu, {counts['localities']} địa phương"
        )


@catalogue_app.command("import-annex")
def import_annex(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help="Phụ lục chính thức: xlsx, docx hoặc csv."
        ),
    ],
    apply: Annotated[
        bool, typer.Option("--apply", help="Ghi mã số khớp vào danh mục (write matched codes).")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Đối chiếu phụ lục chính thức (mã số, nhóm, tên) với danh mục (match the official annex)."""
    catalogue = load_catalogue()
    match = match_annex(read_annex(file), catalogue.indicators)
    if apply:
        target = catalogue.directory / "indicators.csv"
        target.write_text(
            apply_annex(target.read_text(encoding="utf-8"), match), encoding="utf-8", newline=""
        )
    if as_json:
        _print_json({"applied": apply, **match.as_dict()})
        return
    for line in match.lines():
        _say(line)
    _say("Đã ghi mã số vào danh mục." if apply else "Chưa ghi gì; thêm --apply để ghi mã số khớp.")


def main() -> None:
    """Entry point: expected faults are one line on standard error and an exit code."""
    configure_logging()
    try:
        app()
    except GenderStatisticsError as error:
        Console(stderr=True).print(Text(f"Lỗi: {error}"), soft_wrap=True)
        raise SystemExit(error.exit_code) from None
    except OSError as error:
        # The message of the system names the file and what is not permitted or full.
        words = f"Lỗi: hệ thống tệp không cho đọc hoặc ghi (file system): {error}"
        Console(stderr=True).print(Text(words), soft_wrap=True)
        raise SystemExit(1) from None


# Printing -------------------------------------------------------------------------------------


@contextmanager
def _progress() -> Iterator[pipeline.Progress]:
    """A bar when a person watches; nothing otherwise (the log has a line per stage)."""
    if not sys.stderr.isatty():
        yield pipeline.no_progress
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("etl", total=None)
        yield lambda name, done, total: bar.update(
            task, description=name, completed=done, total=total
        )


def _print_report(report: pipeline.RunReport, settings: Settings, *, as_json: bool) -> None:
    if as_json:
        _print_json(asdict(report))
        return
    if report.repeated:
        names = ", ".join(report.repeated[:_MOST_NAMES_SHOWN])
        more = " …" if len(report.repeated) > _MOST_NAMES_SHOWN else ""
        _say(f"Đã nhận trước đây, bỏ qua {len(report.repeated)} tệp: {names}{more}")
    for name in report.unsettled:
        _say(f"Đang được chép vào, để lượt sau: {name}")
    for name in report.unreadable:
        _say(f"Không đọc được, bỏ qua lượt này: {name} (kiểm tra quyền đọc tệp)")
    for name in report.not_cleared:
        _say(f"Đã nhận nhưng không xóa được khỏi hộp thư đến: {name} (kiểm tra quyền ghi)")
    for name in report.refused:
        _say(f"Chưa tiếp nhận: {name} (xem thư trả lời trong {settings.replies})")
    taken = report.accepted + len(report.refused)
    if taken:
        _say(
            f"Đã xử lý {taken} báo cáo: {report.accepted} tiếp nhận, {len(report.refused)} chưa "
            f"tiếp nhận; {report.warnings} cảnh báo"
        )
    if report.release_id:
        _say(
            f"Đã công bố bản {report.release_id}: {report.observations} số liệu, "
            f"{report.assessments} kết quả đánh giá"
        )


def _print_mailed(report: MailReport) -> None:
    if report.sent:
        _say(f"Đã gửi {report.sent} thư điện tử")
    if report.failed:
        _say(f"Chưa gửi được {report.failed} thư, lượt sau gửi lại; xem nhật ký để biết lý do")
    if report.without_address:
        _say(f"Chưa có địa chỉ thư trong contacts.csv cho {report.without_address} trường hợp")


def _status_words(status: str) -> str:
    return "được tiếp nhận" if status == SubmissionStatus.ACCEPTED else "chưa được tiếp nhận"


def _print_issues(issues: pl.DataFrame) -> None:
    if issues.is_empty():
        return
    table = ScreenTable("Mức", "Trang tính", "Ô", "Vấn đề", "Cách sửa")
    for issue in issues.head(_MOST_ISSUES_SHOWN).iter_rows(named=True):
        level = "lỗi" if issue["severity"] == "error" else "cảnh báo"
        cells = (level, issue["sheet"], issue["cell"], issue["message_vi"], issue["advice_vi"])
        table.add_row(*(Text(cell or "") for cell in cells))
    Console().print(table)
    if issues.height > _MOST_ISSUES_SHOWN:
        _say(f"Trên đây là {_MOST_ISSUES_SHOWN} vấn đề đầu tiên (tất cả: --json).")
