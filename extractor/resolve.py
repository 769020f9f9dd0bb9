"""Settling matches that claim the same words: priority first, then length, then the earlier one."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.match import Match, Span


def _sets(match: Match) -> tuple[Span, ...]:
    return match.captures.get("victims", ()) + match.captures.get("items", ()) or ((match.at, match.at + 1),)


def rank(match: Match) -> tuple[int, int, int]:
    """Larger is better."""
    return match.rule.priority, match.length, -match.at


def resolve(matches: Iterable[Match]) -> list[Match]:
    """The matches that stay: no two of them share a trigger, nor a set of victims unless a rule says that it may."""
    kept: list[Match] = []
    taken: set[int] = set()
    for match in sorted(matches, key=rank, reverse=True):
        used = {match.at}
        # A rule that shares tells something more of people who may be the victims of another word, too.
        if match.rule.set.get("shares") != "yes":
            for start, end in (*_sets(match), *match.captures.get("part", ())):
                used.update(range(start, end))
        if taken.isdisjoint(used):
            kept.append(match)
            taken |= used
    return sorted(kept, key=lambda m: m.at)
