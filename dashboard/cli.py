"""The command ``dashboard``: serve the board, or say whether there is a release to show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from dashboard.settings import load_settings
from indicators.errors import GenderStatisticsError

app = typer.Typer(
    help="Bảng theo dõi chỉ tiêu bình đẳng giới. (The board of gender-equality targets.)",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Địa chỉ máy phục vụ. (Address to listen on.)")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Cổng. (Port.)", min=1, max=65535)] = None,
    workers: Annotated[
        int | None, typer.Option(help="Số tiến trình phục vụ. (Server processes.)", min=1)
    ] = None,
    release: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            resolve_path=True,
            help="Xem một tệp bản công bố cũ hoặc tệp do «etl as-of» ghi, thay cho bản hiện hành. "
            "(Show this release file, not the current one.)",
        ),
    ] = None,
) -> None:
    """Mở bảng theo dõi cho trình duyệt. (Serve the board.)"""
    with _expected_faults():
        given = {"host": host, "port": port, "workers": workers, "release": release}
        settings = load_settings().model_copy(
            update={name: value for name, value in given.items() if value is not None}
        )
        typer.echo(f"http://{settings.host}:{settings.port}  (Ctrl+C: dừng / stop)")
        from dashboard.server import serve as serve_board  # noqa: PLC0415 - slow to import

        serve_board(settings)


@app.command()
def check(
    as_json: Annotated[
        bool, typer.Option("--json", help="In kết quả dạng JSON. (Print JSON.)")
    ] = False,
) -> None:
    """Kiểm tra có bản công bố đọc được hay không. (Is there a release to read?)"""
    from dashboard.release import ReleaseDoor  # noqa: PLC0415 - slow to import

    with _expected_faults():
        settings = load_settings()
        release = ReleaseDoor(settings.processed, settings.release).current()
        answer = {"release_id": release.release_id, "path": str(release.path)}
        typer.echo(json.dumps(answer) if as_json else release.release_id)


@contextmanager
def _expected_faults() -> Iterator[None]:
    """One line and an exit code for what may go wrong; a traceback only for our own faults."""
    try:
        yield
    except GenderStatisticsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from error


def main() -> None:
    """Entry point of the console command."""
    app()
