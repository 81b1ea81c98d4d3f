"""What a worker process does: it takes items, works on one after the other, and may die of one.

It takes pickles on stdin, first the limits, then lists of items, and answers on stdout, first
``None`` when it is ready, then one result per item as soon as it has it, each behind its length
(``LENGTH``). It ends with its stdin.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from typing import IO, Any, Final

from etl.limits import ReadLimits

LENGTH: Final = struct.Struct("!Q")
_ORPHAN_SECONDS = 5.0  # beyond the limit, by which a living parent has ended this process


def serve(work: Callable[[Any, ReadLimits], object]) -> int:
    """Work until stdin ends; the exit code."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    limits: ReadLimits = pickle.load(requests)  # noqa: S301 - from our own parent
    _limit_memory(limits.maximum_process_bytes)
    gc.disable()  # a search for garbage during every file takes a third of the time
    gc.freeze()
    _answer(answers, None)
    while True:
        try:
            items: list[Any] = pickle.load(requests)  # noqa: S301
        except EOFError:
            return 0
        for item in items:
            _end_in(limits.maximum_seconds + _ORPHAN_SECONDS)
            _answer(answers, work(item, limits))
        _end_in(0)
        gc.collect()


def _answer(answers: IO[bytes], answer: object) -> None:
    """Its length, then the pickle: who receives it need not unpack it to find its end."""
    packed = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    answers.write(LENGTH.pack(len(packed)) + packed)
    answers.flush()


def _limit_memory(size: int) -> None:
    """Where the system can: no more than ``size`` bytes."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _end_in(seconds: float) -> None:
    """Where the system can: it ends this process then, even inside a library; 0: not any more."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
