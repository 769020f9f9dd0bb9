"""The rules in their families as the engine tries them on a sentence: of claims, of events, of context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.events import settle
from extractor.match import Match, Matcher
from extractor.watch import Seen


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that compete with each other: what they found in a sentence, and what stood."""

    name: str
    rules: Matcher
    found: Sequence[Match]
    kept: Sequence[Match]

    def lost(self) -> list[Match]:
        """Matches that were settled away."""
        kept = set(map(id, self.kept))
        return [m for m in self.found if id(m) not in kept]


def families(seen: Seen) -> list[Family]:
    """Every family on one sentence. Context rules (sources, perpetrators) all stand: each claim takes what suits it."""
    tools, layer = seen.tools, seen.layer
    events = list(tools.events.rules.matches(layer))
    out = [
        Family("claims", tools.claim_rules, seen.found, seen.kept),
        Family("events", tools.events.rules, events, settle(events)),
    ]
    for name, rules in (("sources", tools.source_rules), ("perpetrators", tools.agent_rules)):
        found = list(rules.matches(layer))
        out.append(Family(name, rules, found, found))
    return out
