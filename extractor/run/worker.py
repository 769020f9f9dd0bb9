"""One worker process, as its supervisor sees it, and what runs in it."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import multiprocessing.sharedctypes
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any

from extractor.run.task import Result, Task
from extractor.run.work import Work

# Results are sent together, but not held back for longer than this.
_HOLD = 0.1
_NOTHING = -1.0


class Worker:
    """A process and the batch that it has not yet answered for, by number."""

    def __init__(self, process: Any, connection: Connection[Any, Any], board: Any) -> None:
        self._process = process
        self.connection = connection
        self._board = board
        self.batch: dict[int, Work] = {}

    @classmethod
    def start(cls, task: Task, siblings: Sequence[Connection[Any, Any]]) -> Worker:
        """Start a process. It forks where that is sound, so that the rules are loaded once for all."""
        context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        ours, theirs = context.Pipe()
        # Number of the document under way, and since when by the system's monotonic clock.
        board = context.RawArray("d", [_NOTHING, 0.0])
        # A forked process holds the supervisor's ends of all pipes too; while it did, none of its siblings would see
        # the supervisor end.
        inherited = [ours, *siblings] if context.get_start_method() == "fork" else []
        process = context.Process(target=_serve, args=(task, theirs, board, inherited), daemon=True)
        with _undisturbed():
            process.start()
        theirs.close()
        return cls(process, ours, board)

    def give(self, batch: Sequence[Work]) -> bool:
        """Send a batch to an idle worker; whether it is there to take it."""
        self.batch = {work.number: work for work in batch}
        try:
            self.connection.send([(work.number, work.item) for work in batch])
        except OSError:
            return False
        return True

    def answers(self) -> list[tuple[int, Result]] | None:
        """What it has sent; None where it died instead, perhaps amid sending."""
        try:
            found: list[tuple[int, Result]] = self.connection.recv()
        except (EOFError, OSError):
            return None
        return found

    def at(self) -> int:
        """The number of the document under way, -1 between documents."""
        return int(self._board[0])

    def since(self) -> float:
        """When the document under way was begun, on the monotonic clock; 0 between documents."""
        return float(self._board[1]) if self._board[0] != _NOTHING else 0.0

    def kill(self) -> None:
        """End the process and wait for its end. Harmless if it is dead."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold signals back while a process forks, so that it never runs the supervisor's handlers."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(task: Task, connection: Connection[Any, Any], board: Any, inherited: list[Connection[Any, Any]]) -> None:
    """Answer batches until the supervisor goes away."""
    # The supervisor ends its workers: what the terminal sends to all of them is for it alone.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))
    for other in inherited:
        other.close()
    # What was there before the fork is never garbage: collecting it would copy its pages into every worker.
    gc.freeze()
    try:
        while True:
            _answer(task, connection, board, connection.recv())
    except (EOFError, OSError):
        os._exit(0)


def _answer(task: Task, connection: Connection[Any, Any], board: Any, batch: list[tuple[int, Any]]) -> None:
    held: list[tuple[int, Result]] = []
    sent = time.monotonic()
    for number, item in batch:
        board[1] = time.monotonic()
        board[0] = number
        held.append((number, task(item)))
        board[0] = _NOTHING
        if time.monotonic() - sent > _HOLD:
            connection.send(held)
            held = []
            sent = time.monotonic()
    if held:
        connection.send(held)
