"""Reads files in processes of their own, several at once, none of which can stop the run.

A reader that dies, takes too long or too much memory costs one file: answers come back file by
file, so the first one missing names the culprit, and the others go on in a new process.
"""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import IO, Final, Self, cast

import structlog

from etl.finding import Finding
from etl.limits import ReadLimits
from etl.read import ReadResult
from etl.reading_process import LENGTH

File = tuple[str, bytes]  # name, content

_COMMAND: Final = (sys.executable, "-P", "-m", "etl.reading_process")
_SECONDS_TO_START: Final = 60.0
_SECONDS_BETWEEN_LOOKS: Final = 0.05
# Handed over together: enough that nobody waits for the next, few enough that all end together.
_FILES_TOGETHER: Final = 8
_BYTES_TOGETHER: Final = 4_000_000


class ReadingPool:
    """Reading processes, started when there is something to read; a context that ends them."""

    def __init__(self, limits: ReadLimits, processes: int) -> None:
        self._readers = [_Reader(limits) for _ in range(processes)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for reader in self._readers:
            reader.end_for_good()
            reader.end()

    def read(self, files: Sequence[File]) -> list[ReadResult]:
        """The results in the order of the files.

        Raises:
            OSError: no reading process can be started.
        """
        return _unpacked(self._read(files))

    def read_ahead(self, batches: Iterable[Sequence[File]]) -> Iterator[list[ReadResult]]:
        """The results of each batch; while one is worked on, the next is being read.

        Raises:
            OSError: no reading process can be started.
        """
        with ThreadPoolExecutor(1) as ahead:
            try:
                current: Future[list[bytes]] | None = None
                for batch in batches:
                    following = ahead.submit(self._read, batch)
                    if current is not None:
                        yield _unpacked(current.result())
                    current = following
                if current is not None:
                    yield _unpacked(current.result())
            except BaseException:
                self._end_for_good()
                raise

    def _read(self, files: Sequence[File]) -> list[bytes]:
        """Packed results: threads that unpack them would keep the readers waiting."""
        answers: dict[int, bytes] = {}
        groups = deque(_groups(files))
        readers = self._readers[: len(groups)]
        if not readers:
            return []
        with ThreadPoolExecutor(len(readers)) as threads, _Watch(readers):
            running = [threads.submit(_serve, reader, groups, files, answers) for reader in readers]
            try:
                for one in running:
                    one.result()
            except BaseException:
                groups.clear()
                self._end_for_good()
                raise
        return [answers[position] for position in range(len(files))]

    def _end_for_good(self) -> None:
        for reader in self._readers:
            reader.end_for_good()


def _unpacked(answers: Sequence[bytes]) -> list[ReadResult]:
    was_enabled = gc.isenabled()
    gc.disable()  # of so many cells none is garbage; the search would take most of the time
    try:
        return [pickle.loads(answer) for answer in answers]  # noqa: S301 - from our own processes
    finally:
        if was_enabled:
            gc.enable()


def _groups(files: Sequence[File]) -> Iterator[list[int]]:
    """Positions of files that are handed over together."""
    group: list[int] = []
    size = 0
    for position, (_, content) in enumerate(files):
        group.append(position)
        size += len(content)
        if len(group) == _FILES_TOGETHER or size > _BYTES_TOGETHER:
            yield group
            group, size = [], 0
    if group:
        yield group


def _serve(
    reader: _Reader,
    groups: deque[list[int]],
    files: Sequence[File],
    answers: dict[int, bytes],
) -> None:
    """Have a reader read one group after the other."""
    while True:
        try:
            left = groups.popleft()
        except IndexError:
            return
        while left:
            for answer in reader.read([files[position] for position in left]):
                answers[left.pop(0)] = answer
            if left:  # the reader ended over the first one
                culprit = left.pop(0)
                answers[culprit] = _read_alone(reader, files[culprit])


def _read_alone(reader: _Reader, file: File) -> bytes:
    """A second chance, in a process that has read nothing before, unless time ran out."""
    reason = reader.reason
    if not reader.took_too_long:
        for answer in reader.read([file]):
            return answer
        reason = reader.reason
    structlog.get_logger().warning("reader_ended", file=file[0], reason=reason)
    finding = Finding("FILE_READING_STOPPED", value=file[0], detail=reason)
    return pickle.dumps(ReadResult(findings=[finding]))


class _Reader:
    """One process at a time; a new one when the last has ended."""

    def __init__(self, limits: ReadLimits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._due: float | None = None
        self._is_over = False
        self.took_too_long = False

    @property
    def reason(self) -> str:
        """Why the last process ended, in Vietnamese."""
        if self.took_too_long:
            return f"đọc quá {self._limits.maximum_seconds:g} giây"
        megabytes = self._limits.maximum_process_bytes // 1_000_000
        return f"chương trình đọc dừng đột ngột hoặc cần hơn {megabytes} MB bộ nhớ"

    def read(self, files: list[File]) -> Iterator[bytes]:
        """Packed results in order; fewer than files where the process ended over the next one."""
        process = self._running()
        self.took_too_long = False
        try:
            self._due = time.monotonic() + self._limits.maximum_seconds
            _send(process, files)
            for _ in files:
                answer = _answer(process)
                self._due = time.monotonic() + self._limits.maximum_seconds
                yield answer
        except (EOFError, OSError):
            self.end()
        finally:
            self._due = None

    def look(self) -> None:
        """End the process if its time is over."""
        process, due = self._process, self._due
        if process is not None and due is not None and time.monotonic() > due:
            self.took_too_long = True
            process.kill()

    def end(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            _close(cast("IO[bytes]", stream))

    def end_for_good(self) -> None:
        """End the process and start no other."""
        self._is_over = True
        process = self._process
        if process is not None:
            process.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None:
            return self._process
        if self._is_over:
            raise OSError("the reading processes were ended")
        process = self._process = subprocess.Popen(  # noqa: S603 - our own module
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._due = time.monotonic() + _SECONDS_TO_START
        try:
            _send(process, self._limits)
            _answer(process)
        except (EOFError, OSError) as error:
            self.end()
            raise OSError(f"etl.reading_process does not start: {error!r}") from error
        return process


class _Watch:
    """A context in which a thread looks at the readers' time."""

    def __init__(self, readers: Sequence[_Reader]) -> None:
        self._readers = readers
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(_SECONDS_BETWEEN_LOOKS):
            for reader in self._readers:
                reader.look()


def _send(process: subprocess.Popen[bytes], message: object) -> None:
    stream = cast("IO[bytes]", process.stdin)
    pickle.dump(message, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _answer(process: subprocess.Popen[bytes]) -> bytes:
    """The next answer, still packed.

    Raises:
        EOFError: the process ended before it.
    """
    stream = cast("IO[bytes]", process.stdout)
    length = stream.read(LENGTH.size)
    answer = stream.read(LENGTH.unpack(length)[0]) if len(length) == LENGTH.size else b""
    if not answer or len(answer) < LENGTH.unpack(length)[0]:
        raise EOFError
    return answer


def _close(stream: IO[bytes]) -> None:
    with suppress(OSError):  # what was not sent yet will not be
        stream.close()
