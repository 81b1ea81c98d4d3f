"""Serve the board: gunicorn with several processes, waitress on Windows."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any, Final

from flask import Flask

from dashboard.settings import Settings

_OBJECTS_BEFORE_SEARCH: Final = 50_000


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    # One thread of Polars for each reader, as with DuckDB; read when Polars is loaded.
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    if sys.platform == "win32":
        _serve_with_waitress(settings)
    else:
        _serve_with_gunicorn(settings)


def _server(settings: Settings) -> Flask:
    from dashboard.app import create_app  # noqa: PLC0415 - Dash loads in the workers only

    server: Flask = create_app(settings, rehearsed=True).server
    _spare_the_collector()
    return server


def _spare_the_collector() -> None:
    """Let the search for circular garbage pass over what stays, and run more seldom.

    A page is some ten thousand objects that live for a moment: with Python's own thresholds their
    making sets off a search through everything loaded, a fifth of a second each time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BEFORE_SEARCH)


def _serve_with_waitress(settings: Settings) -> None:
    from waitress import serve as serve_with_waitress  # noqa: PLC0415 - Windows only

    threads = settings.workers * settings.threads
    serve_with_waitress(_server(settings), host=settings.host, port=settings.port, threads=threads)


def _serve_with_gunicorn(settings: Settings) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - absent on Windows

    class BoardServer(BaseApplication):  # type: ignore[misc] # gunicorn has no types
        def load_config(self) -> None:
            for name, value in _gunicorn_options(settings).items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return _server(settings)  # in the worker: a connection must not cross a fork

    BoardServer().run()


def _gunicorn_options(settings: Settings) -> dict[str, Any]:
    return {
        "bind": f"{settings.host}:{settings.port}",
        "workers": settings.workers,
        "threads": settings.threads,
        "worker_class": "gthread",
        "timeout": 60,
        "graceful_timeout": 10,
        "control_socket_disable": True,
        "loglevel": "warning",
    }
