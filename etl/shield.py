"""A place in which a fault of our own code, or a library's, stops nothing else."""

from __future__ import annotations

from types import TracebackType

import structlog

from etl.finding import Finding


class Shield:
    """A context in which nothing breaks through: the error ends in the log and on the shield."""

    def __init__(self, event: str, **context: object) -> None:
        self._event = event
        self._context = context
        self._broken_by = ""

    def __enter__(self) -> Shield:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        # A panic of a native library is no Exception, so the two wishes to stop are named instead.
        if kind is None or issubclass(kind, KeyboardInterrupt | SystemExit):
            return False
        structlog.get_logger().error(self._event, error=repr(error), **self._context)
        self._broken_by = kind.__name__
        return True

    def finding(self) -> Finding:
        """The answer to the sender; the file itself is safe in the archive."""
        return Finding("FILE_NOT_PROCESSED", detail=self._broken_by)
