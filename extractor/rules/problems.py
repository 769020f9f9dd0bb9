"""What is wrong with a rule or vocabulary file: collected, placed, and told all at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake in one file; `line` counts from 1, 0 where the file as a whole is meant."""

    file: str
    line: int
    message: str
    severity: str = "error"  # "error" stops loading; "warning" and "note" are only told

    def __str__(self) -> str:
        # A divider of folder and file inside it (see `sources`) is no part of a path as people write it.
        return f"{self.file.replace('/./', '/')}:{self.line}: {self.severity}: {self.message}"


class RuleError(ValueError):
    """Rule files could not be loaded. `problems` holds every mistake found in the run."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


def nearest(name: str, known: Iterable[str]) -> str:
    """ ", did you mean X?" for the nearest known name, or nothing."""
    from difflib import get_close_matches  # only where something is wrong

    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f", did you mean {close[0]!r}?" if close else ""


def line_of_table(source: str, table: str, index: int) -> int:
    """Line (from 1) of the `index`-th `[[table]]` header of a TOML text; 0 if there is none."""
    seen = -1
    for number, line in enumerate(source.split("\n"), 1):
        if line.strip().replace(" ", "").startswith(f"[[{table}]]"):
            seen += 1
            if seen == index:
                return number
    return 0


def line_within(source: str, start: int, needle: str) -> int:
    """First line from `start` on (both from 1) that holds `needle`; `start` if none does."""
    for number, line in enumerate(source.split("\n")[max(start - 1, 0) :], max(start, 1)):
        if needle in line:
            return number
    return start
