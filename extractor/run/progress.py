"""How far a run has come, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

_REFRESH = 0.25
_HEARTBEAT = 30.0


class Progress:
    """Counts a run's documents and shows them: a bar where a person looks at standard error, a line now and then where
    none does, and a line of the sums at the end.

    `bar`: whether to draw one; it must not be where standard output goes to the same terminal. `total` and `position`
    are bytes of input, all and read; 0 if unknown. With `quiet` only failures are said.
    """

    def __init__(
        self, stream: TextIO, *, bar: bool, quiet: bool, total: int = 0, position: Callable[[], int] | None = None
    ) -> None:
        self.documents = self.claims = self.failures = 0
        self._stream = stream
        self._quiet = quiet
        self._position = position or (lambda: 0)
        self._begun = self._shown = time.monotonic()
        self._before = 0
        self._bar = _Bar(stream, total) if bar and not quiet else None
        self._slack = 0

    def skip(self, documents: int, claims: int, failures: int) -> None:
        """Count what an earlier run did."""
        self.documents, self.claims, self.failures = documents, claims, failures
        self._before = documents
        if documents:
            self.note(f"resumed: {documents:,} documents were done before")

    def count(self, claims: int, *, failed: bool) -> None:
        """One more document is done."""
        self.documents += 1
        self.claims += claims
        self.failures += failed
        self._slack += 1
        if self._slack >= 16 or self._bar is None:
            self._slack = 0
            self.show()

    def show(self) -> None:
        """Bring what is shown up to date, if it is time to."""
        now = time.monotonic()
        if now - self._shown < (_HEARTBEAT if self._bar is None else _REFRESH):
            return
        self._shown = now
        if self._bar is not None:
            self._bar(self._position(), self._sums())
        else:
            self.note(self._sums())

    def note(self, message: str) -> None:
        """Say something that is good to know."""
        if not self._quiet:
            self.say(message)

    def say(self, message: str) -> None:
        """Say something that must be known."""
        clean = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(message.split()))
        if self._bar is not None:
            self._bar.say(clean)
        else:
            self._stream.write(clean.encode("utf-8", "replace").decode() + "\n")
            self._stream.flush()

    def close(self, *, finished: bool) -> None:
        """Take the bar away and, if the run came to its end, say the sums: of one document that was read, nothing."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
        if finished and (self.documents != 1 or self.failures):
            self.note(f"{self._sums()} in {time.monotonic() - self._begun:,.1f} s")

    def _sums(self) -> str:
        spent = max(time.monotonic() - self._begun, 1e-3)
        rate = (self.documents - self._before) / spent
        parts = [_plural(self.documents, "document"), _plural(self.claims, "claim"), _plural(self.failures, "failure")]
        return ", ".join(parts) + (f" ({rate:,.0f} documents a second)" if spent > 1 else "")


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def watched(stream: TextIO, *, to_stdout: bool) -> bool:
    """Whether a bar on `stream` has someone who looks at it and disturbs nothing."""
    return stream.isatty() and not (to_stdout and sys.stdout.isatty())


class _Bar:
    """A bar drawn with rich, which typer brings."""

    def __init__(self, stream: TextIO, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Drawn

        columns: list[Any] = [TextColumn("{task.description}")]
        if total:
            columns = [BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), *columns]
        console = Console(file=stream)
        # Drawn by us, between documents: a thread of its own would be copied half into forked workers.
        self._drawn = Drawn(*columns, console=console, auto_refresh=False, transient=True)
        self._drawn.start()
        self._task = self._drawn.add_task("", total=total or None)

    def __call__(self, position: int, text: str) -> None:
        self._drawn.update(self._task, completed=position, description=text, refresh=True)

    def say(self, message: str) -> None:
        self._drawn.console.print(message, markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        self._drawn.stop()
