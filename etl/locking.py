"""One ETL run at a time on one data directory. The system frees the lock when a run is killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from indicators.errors import PipelineBusy

_LOCK_FILE = "etl.lock"
_PATIENCE_SECONDS = 0.5  # longer than somebody takes to look whether it is locked


@contextmanager
def pipeline_lock(processed: Path) -> Iterator[None]:
    """Hold the lock.

    Raises:
        PipelineBusy: another run holds it.
    """
    processed.mkdir(parents=True, exist_ok=True)
    lock = FileLock(processed / _LOCK_FILE)
    try:
        lock.acquire(timeout=_PATIENCE_SECONDS)
    except Timeout:
        raise PipelineBusy(
            f"Một lượt chạy ETL khác đang làm việc với {processed}; hãy đợi lượt đó xong "
            "(another ETL run is at work here; wait for it to finish)"
        ) from None
    try:
        yield
    finally:
        lock.release()


def is_locked(processed: Path) -> bool:
    """Whether a run is at work now; False too where this user may not ask."""
    path = processed / _LOCK_FILE
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except PermissionError:
        return False
    lock.release()
    return False
