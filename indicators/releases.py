"""Where the published release lies: the one convention that writer and readers share.

``<processed>/releases/<release_id>.duckdb`` are immutable files; ``<processed>/current`` is
a small text file with the name of the one in force, replaced atomically.
"""

from pathlib import Path

from indicators.errors import ReleaseUnavailable

RELEASES_DIRECTORY = "releases"
POINTER_FILE = "current"


def current_release(processed: Path) -> Path:
    """Path of the release in force.

    Raises:
        ReleaseUnavailable: nothing was published yet, or the pointer names a missing file.
    """
    try:
        name = (processed / POINTER_FILE).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise ReleaseUnavailable(
            "Chưa có bản công bố nào; hãy chạy: etl run (no release has been published yet)"
        ) from None
    path = processed / RELEASES_DIRECTORY / name
    if Path(name).name != name or not path.is_file():
        raise ReleaseUnavailable(f"Không đọc được bản công bố {name!r} (release file is missing)")
    return path
