"""The rules in their families as the engine tries them on a sentence: of claims, of events, of each sort of context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.events import settle
from extractor.match import Match, Matcher, RuleIndex
from extractor.records.events import MODELS
from extractor.rules.ruleset import CLAIM_RECORDS
from extractor.watch import Seen

# The families whose rules make records; the others fill fields of these.
TELLING = ("claims", "events")


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


class Families:
    """All families of a rule set. Rules of claims and of events compete; those of context go by their record kind, and
    all of them stand: each claim takes what suits it."""

    def __init__(self, index: RuleIndex) -> None:
        groups: dict[str, set[str]] = {name: set() for name in TELLING}
        for rule in index.rules:
            name = "claims" if rule.record in CLAIM_RECORDS else "events" if rule.record in MODELS else rule.record
            groups.setdefault(name, set()).add(rule.record)
        self._matchers = {name: Matcher(index, kinds) for name, kinds in groups.items()}

    def of(self, seen: Seen) -> list[Family]:
        """Every family on one sentence, claims and events first."""
        out = []
        for name, rules in self._matchers.items():
            found = seen.found if name == "claims" else list(rules.matches(seen.layer))
            kept = seen.kept if name == "claims" else settle(found) if name == "events" else found
            out.append(Family(name, rules, found, kept))
        return out
