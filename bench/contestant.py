"""What takes part in a comparison."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def unchanged(text: str) -> str:
    """The text as it came."""
    return text


@dataclass(frozen=True)
class Contestant:
    """A named piece of work on one text.

    `work` is on the clock and its result is dropped; `prepare` runs before any clock starts and makes out of the
    original text the one that `work` gets.
    """

    name: str
    work: Callable[[str], object]
    prepare: Callable[[str], str] = unchanged
