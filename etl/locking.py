"""One ETL run at a time on one data directory. The system frees the lock when a run is killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from indicators.errors import PipelineBusy


@contextmanager
def pipeline_lock(processed: Path) -> Iterator[None]:
    """Hold the lock.

    Raises:
        PipelineBusy: another run holds it.
    """
    processed.mkdir(parents=True, exist_ok=True)
    path = processed / "etl.lock"
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise PipelineBusy(
            f"Một lượt chạy ETL khác đang làm việc với {processed}; hãy đợi lượt đó xong "
            "(another ETL run is at work here; wait for it to finish)"
        ) from None
    try:
        yield
    finally:
        lock.release()
