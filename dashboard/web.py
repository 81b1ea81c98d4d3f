"""What the web server adds to Dash: a health answer and security headers."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, jsonify

from dashboard.release import ReleaseDoor
from indicators.errors import ReleaseUnavailable


def add_health(server: Flask, door: ReleaseDoor) -> None:
    """``/healthz``: 200 with the id of the release, or 503 while there is none."""

    @server.get("/healthz")
    def healthz() -> tuple[Response, int]:
        try:
            return jsonify(status="ok", release_id=door.current().release_id), 200
        except ReleaseUnavailable as error:
            return jsonify(status="no_release", message=str(error)), 503


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
