"""Signals that end a run, held back while it writes."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Stopped(BaseException):
    """A signal said to end; `number` is that of the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Stop:
    """Raises Stopped where a signal finds the run, at once or, while something is being written, behind that."""

    def __init__(self) -> None:
        self._deferring = False
        self._pending: int | None = None

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Within this the ending signals raise Stopped."""
        before = {number: signal.signal(number, self._handle) for number in _ENDING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """What is done within this is done whole; only a second signal breaks it off."""
        self._deferring = True
        try:
            yield
        finally:
            self._deferring = False
        if self._pending is not None:
            raise Stopped(self._pending)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        del frame
        if self._deferring and self._pending is None:
            self._pending = number
            return
        raise Stopped(number)
