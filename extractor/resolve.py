"""Settling matches that claim the same words: priority first, then length, then the earlier one."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.match import Match, Span


def _sets(match: Match) -> tuple[Span, ...]:
    """What a match keeps for itself beside its trigger: its sets, and the further words that it read with them."""
    named = (match.captures.get(name, ()) for name in ("victims", "items", "part", "share", "also", "more"))
    return tuple(span for spans in named for span in spans) or ((match.at, match.at + 1),)


def rank(match: Match) -> tuple[int, int, int]:
    """Larger is better."""
    return match.rule.priority, match.length, -match.at


def resolve(matches: Iterable[Match], occupied: Iterable[int] = ()) -> list[Match]:
    """The matches that stay: none touches `occupied`, no two of them share a trigger, nor a set of victims unless a
    rule says that it may."""
    kept: list[Match] = []
    taken = set(occupied)
    for match in sorted(matches, key=rank, reverse=True):
        used = {match.at}
        # A rule that shares tells something more of people who may be the victims of another word, too.
        if match.rule.set.get("shares") != "yes":
            for start, end in _sets(match):
                used.update(range(start, end))
        if taken.isdisjoint(used):
            kept.append(match)
            taken |= used
    return sorted(kept, key=lambda m: m.at)
