"""A limit on the time that one document may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeLimitError(BaseException):
    """A document took longer than it may. No `Exception`, so that no library takes it for one of its own troubles."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimitError in what runs within `seconds` from now, if it still does; 0 is no limit.

    Works by a signal, which `re` and `regex` heed within a match; only in the main thread of a POSIX system, and
    without effect elsewhere.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    active = True

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        if active:
            raise TimeLimitError

    before = signal.signal(signal.SIGALRM, end)
    try:
        try:
            # Again every second: a library may swallow the first.
            signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
            yield
        finally:
            active = False
    finally:
        # Reached also where the alarm goes off on the way here.
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
