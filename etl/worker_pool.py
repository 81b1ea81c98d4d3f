"""Works on items in processes of their own, several at once, none of which can stop the run.

A worker that dies, takes too long or too much memory costs one item: answers come back item by
item, so the first one missing names the culprit, and the others go on in a new process.
"""

from __future__ import annotations

import gc
import pickle
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, Final, Generic, Self, TypeVar, cast

import structlog

from etl.limits import ReadLimits
from etl.worker_process import LENGTH

Item = tuple[Any, ...]  # name, content, …
Result = TypeVar("Result")

_SECONDS_TO_START: Final = 60.0
_SECONDS_BETWEEN_LOOKS: Final = 0.05
_BYTES_TOGETHER: Final = 4_000_000


class WorkerPool(Generic[Result]):
    """Worker processes, started when there is work; a context that ends them.

    Args:
        command: starts a worker (:func:`etl.worker_process.serve`).
        limits: time for one item and memory of a worker.
        processes: how many workers.
        together: items handed over at once: enough that nobody waits for the next, few enough
            that all end together.
        failed: the result of an item over which a worker ended, from the item and the reason.
    """

    def __init__(
        self,
        command: Sequence[str],
        limits: ReadLimits,
        processes: int,
        together: int,
        failed: Callable[[Item, str], Result],
    ) -> None:
        self._workers = [_Worker(command, limits) for _ in range(processes)]
        self._together = together
        self._failed = failed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.end_for_good()
            worker.end()

    def work(self, items: Sequence[Item]) -> list[Result]:
        """The results in the order of the items.

        Raises:
            OSError: no worker can be started.
        """
        return _unpacked(self._work(items))

    def work_ahead(self, batches: Iterable[Sequence[Item]]) -> Iterator[list[Result]]:
        """The results of each batch; while the caller uses one, the next is being made.

        Raises:
            OSError: no worker can be started.
        """
        with ThreadPoolExecutor(1) as ahead:
            try:
                current: Future[list[bytes]] | None = None
                for batch in batches:
                    following = ahead.submit(self._work, batch)
                    if current is not None:
                        yield _unpacked(current.result())
                    current = following
                if current is not None:
                    yield _unpacked(current.result())
            except BaseException:
                self._end_for_good()
                raise

    def _work(self, items: Sequence[Item]) -> list[bytes]:
        """Packed results: threads that unpack them would keep the workers waiting."""
        answers: dict[int, bytes] = {}
        groups = deque(self._groups(items))
        workers = self._workers[: len(groups)]
        if not workers:
            return []
        with ThreadPoolExecutor(len(workers)) as threads, _Watch(workers):
            running = [
                threads.submit(self._serve, worker, groups, items, answers) for worker in workers
            ]
            try:
                for one in running:
                    one.result()
            except BaseException:
                groups.clear()
                self._end_for_good()
                raise
        return [answers[position] for position in range(len(items))]

    def _groups(self, items: Sequence[Item]) -> Iterator[list[int]]:
        """Positions of items that are handed over together."""
        group: list[int] = []
        size = 0
        for position, (_, content, *_) in enumerate(items):
            group.append(position)
            size += len(content)
            if len(group) == self._together or size > _BYTES_TOGETHER:
                yield group
                group, size = [], 0
        if group:
            yield group

    def _serve(
        self,
        worker: _Worker,
        groups: deque[list[int]],
        items: Sequence[Item],
        answers: dict[int, bytes],
    ) -> None:
        """Have a worker take one group after the other."""
        while True:
            try:
                left = groups.popleft()
            except IndexError:
                return
            while left:
                for answer in worker.work([items[position] for position in left]):
                    answers[left.pop(0)] = answer
                if left:  # the worker ended over the first one
                    culprit = left.pop(0)
                    answers[culprit] = self._work_alone(worker, items[culprit])

    def _work_alone(self, worker: _Worker, item: Item) -> bytes:
        """A second chance, in a process that did nothing before, unless time ran out."""
        reason = worker.reason
        if not worker.took_too_long:
            for answer in worker.work([item]):
                return answer
            reason = worker.reason
        structlog.get_logger().warning("worker_ended", file=item[0], reason=reason)
        return pickle.dumps(self._failed(item, reason))

    def _end_for_good(self) -> None:
        for worker in self._workers:
            worker.end_for_good()


def _unpacked(answers: Sequence[bytes]) -> list[Any]:
    was_enabled = gc.isenabled()
    gc.disable()  # of so many cells none is garbage; the search would take most of the time
    try:
        return [pickle.loads(answer) for answer in answers]  # noqa: S301 - from our own processes
    finally:
        if was_enabled:
            gc.enable()


class _Worker:
    """One process at a time; a new one when the last has ended."""

    def __init__(self, command: Sequence[str], limits: ReadLimits) -> None:
        self._command = command
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._due: float | None = None
        self._is_over = False
        self.took_too_long = False

    @property
    def reason(self) -> str:
        """Why the last process ended, in Vietnamese."""
        if self.took_too_long:
            return f"mất quá {self._limits.maximum_seconds:g} giây"
        megabytes = self._limits.maximum_process_bytes // 1_000_000
        return f"chương trình dừng đột ngột hoặc cần hơn {megabytes} MB bộ nhớ"

    def work(self, items: list[Item]) -> Iterator[bytes]:
        """Packed results in order; fewer than items where the process ended over the next one."""
        process = self._running()
        self.took_too_long = False
        try:
            self._due = time.monotonic() + self._limits.maximum_seconds
            _send(process, items)
            for _ in items:
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
            raise OSError("the workers were ended")
        process = self._process = subprocess.Popen(  # noqa: S603 - our own module
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._due = time.monotonic() + _SECONDS_TO_START
        try:
            _send(process, self._limits)
            _answer(process)
        except (EOFError, OSError) as error:
            self.end()
            raise OSError(f"{self._command[-1]} does not start: {error!r}") from error
        return process


class _Watch:
    """A context in which a thread looks at the workers' time."""

    def __init__(self, workers: Sequence[_Worker]) -> None:
        self._workers = workers
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(_SECONDS_BETWEEN_LOOKS):
            for worker in self._workers:
                worker.look()


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
