"""Ties that the rules' own examples show: two rules that fit the same words of one, with nothing to choose by.

Which of them makes the record then hangs on the order of files. Two that read the very same are no tie: either gives
the same record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractor.authoring.words import span
from extractor.engine import Extractor
from extractor.events import settle
from extractor.match import Match
from extractor.resolve import rank
from extractor.rules.problems import Problem
from extractor.rules.sources import layer
from extractor.rules.twins import tie
from extractor.rules.written import Rule
from extractor.watch import Seen


def ties(extractor: Extractor, rules: Sequence[Rule]) -> list[Problem]:
    """The ties between `rules`, which are those of `extractor`, one problem for each pair, at the rule laid over."""
    finder = _Finder({rule.id: rule for rule in rules})
    for rule in rules:
        for example in (*rule.examples, *rule.counter_examples):
            extractor.read(example.text, id="", watcher=finder.watch)
    return sorted(finder.found.values())


class _Finder:
    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = rules
        self.found: dict[frozenset[str], Problem] = {}

    def watch(self, seen: Seen) -> None:
        """Look at the matches of one sentence that stood, and at those that were as good."""
        if seen.skipped:
            return
        events = list(seen.tools.events.rules.matches(seen.layer))
        for winner, equal in (*_equals(seen.found, seen.kept), *_equals(events, settle(events))):
            pair = frozenset({winner.rule.id, equal.rule.id})
            if pair not in self.found:
                rules = sorted((self._rules[name] for name in pair), key=lambda r: (not layer(r.file), r.file, -r.line))
                start, end = min(winner.start, equal.start), max(winner.end, equal.end)
                self.found[pair] = tie(rules[0], rules[1], span(seen, start, end)["text"])


def _equals(found: Iterable[Match], kept: Iterable[Match]) -> Iterator[tuple[Match, Match]]:
    """Matches that stood, each with one at the same word that is as good and says something else."""
    ours = {match.at: match for match in kept}
    for match in found:
        winner = ours.get(match.at)
        if winner is None or winner.rule.id == match.rule.id or rank(winner) != rank(match):
            continue
        if _says(winner) != _says(match):
            yield winner, match


def _says(match: Match) -> tuple[object, ...]:
    return match.rule.record, dict(match.rule.set), dict(match.captures)
