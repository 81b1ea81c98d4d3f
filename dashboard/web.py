"""What the web server adds to Dash: a health answer and security headers."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import Flask, Response, jsonify

from dashboard.release import ReleaseDoor
from dashboard.texts import Words
from indicators.errors import ReleaseUnavailable

log = logging.getLogger(__name__)


def add_health(server: Flask, door: ReleaseDoor) -> None:
    """``/healthz``: 200 with the id of the release, or 503 while there is none."""

    @server.get("/healthz")
    def healthz() -> tuple[Response, int]:
        try:
            return jsonify(status="ok", release_id=door.current().release_id), 200
        except ReleaseUnavailable as error:
            log.warning("%s", error)  # it names paths: nothing for whoever asks
            return jsonify(status="no_release", message=Words("vi")("fault.no_release.do")), 503


def add_security_headers(server: Flask, script_hashes: Sequence[str]) -> None:
    """Let the page load only what this server sends; ``script_hashes`` are Dash's own scripts."""
    policy = "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {' '.join(script_hashes)}",
            "style-src 'self' 'unsafe-inline'",  # Dash components and Plotly set styles inline
            "img-src 'self' data: blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )

    @server.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Frame-Options"] = "DENY"
        return response
