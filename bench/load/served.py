"""``python -m bench.load.served …``: ``dashboard …`` with one callback more, which does nothing.

It is the limit: the least that a callback of this server could cost.
"""

from __future__ import annotations

from dash import Dash, Input, Output

import dashboard.app
from bench.load.questions import EMPTY
from dashboard.cli import main
from dashboard.settings import Settings

_create_app = dashboard.app.create_app


def create_app(settings: Settings, **how: bool) -> Dash:
    """The board with the empty callback."""
    app = _create_app(settings, **how)

    @app.callback(Output(EMPTY, "data"), Input("address", "search"))
    def nothing(_search: str | None) -> str:
        return ""

    return app


if __name__ == "__main__":
    dashboard.app.create_app = create_app
    main()
