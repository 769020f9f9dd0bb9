"""Trying rules where their triggers stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

import regex

from extractor.chunks import Layer
from extractor.rules.pattern_code import decode, decode_bare
from extractor.rules.ruleset import CompiledRule

Span = tuple[int, int]
_EDGE = "\ue000"  # the neighbour of the first and the last segment


class Match(NamedTuple):
    """One rule that fits at one trigger. All spans are over the segments of the sentence, end exclusive."""

    rule: CompiledRule
    at: int
    start: int
    end: int
    captures: Mapping[str, tuple[Span, ...]]

    @property
    def length(self) -> int:
        return self.end - self.start


class Told(Protocol):
    """What the readers of context need of a claim or an event: the match it was read by and the words it is about."""

    match: Match
    span: Span


# Whether a pattern can match a type string at a place.
_Look = Callable[[str, int], object]


class Matcher:
    """The neighbour index over a set of rules: (type before, trigger, type after) → the rules that can fit there.

    The memo of that index and the compiled patterns are filled as they are first asked for; both depend on the rules
    alone, so that threads can share a matcher and no text leaves a trace that another could see.
    """

    def __init__(self, rules: Iterable[CompiledRule]) -> None:
        self._rules = [(rule, rule.pattern.triggers) for rule in rules]
        self._triggers = frozenset("".join(triggers for _, triggers in self._rules))
        self._by_trigger: dict[str, list[CompiledRule]] = {}
        self._memo: dict[str, tuple[tuple[CompiledRule, int], ...]] = {}
        self._compiled: dict[str, regex.Pattern[str]] = {}
        self._first_looks: dict[str, _Look] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Matcher, ([rule for rule, _ in self._rules],)

    def _candidates(self, key: str) -> tuple[tuple[CompiledRule, int], ...]:
        before, trigger, after = key[0], key[1], key[2]
        found = tuple(
            (rule, rule.pattern.needs)
            for rule in self.of_trigger(trigger)
            if (rule.pattern.before is None or before in rule.pattern.before)
            and (rule.pattern.after is None or after in rule.pattern.after)
        )
        self._memo[key] = found
        return found

    def pattern(self, rule: CompiledRule) -> regex.Pattern[str]:
        found = self._compiled.get(rule.id)
        if found is None:
            found = self._compiled[rule.id] = decode(rule.pattern.code)
        return found

    def _first_look(self, rule: CompiledRule) -> _Look:
        bare = decode_bare(rule.pattern.bare)
        found = self._first_looks[rule.id] = self.pattern(rule).match if bare is None else bare.match
        return found

    def matches(self, layer: Layer) -> Iterator[Match]:
        """Every match of every rule on a sentence, by place of trigger."""
        types, lacking = layer.types, layer.lacking
        triggers = layer.present & self._triggers
        if not triggers:
            return
        memo, looks = self._memo, self._first_looks
        last = len(types) - 1
        for at in [at for at, char in enumerate(types) if char in triggers]:
            key = (types[at - 1] if at else _EDGE) + types[at] + (types[at + 1] if at < last else _EDGE)
            rules = memo.get(key)
            for rule, needed in self._candidates(key) if rules is None else rules:
                if needed & lacking:
                    continue
                look = looks.get(rule.id)
                if (self._first_look(rule) if look is None else look)(types, at) is None:
                    continue
                found = self.pattern(rule).match(types, at)
                if found is not None:
                    yield _match(rule, layer, at, found)

    def of_trigger(self, char: str) -> list[CompiledRule]:
        """The rules that a word of this type triggers."""
        found = self._by_trigger.get(char)
        if found is None:
            found = self._by_trigger[char] = [rule for rule, triggers in self._rules if char in triggers]
        return found


def _match(rule: CompiledRule, layer: Layer, at: int, found: regex.Match[str]) -> Match:
    captures: dict[str, tuple[Span, ...]] = {}
    start, end = found.span()
    firsts, lasts = layer.firsts, layer.lasts
    for name in rule.pattern.fields:
        spans = found.spans(name)
        if spans:
            # A lookbehind captures from right to left.
            ordered = sorted(set(spans))
            start = min(start, ordered[0][0])
            captures[name] = tuple((firsts[a], lasts[b - 1]) for a, b in ordered if b > a)
    for place in layer.matches:
        if start <= place < end:
            for name, found_spans in layer.fields(place).items():
                captures[name] = tuple(sorted({*captures.get(name, ()), *found_spans}))
    return Match(rule, firsts[at], firsts[start], lasts[end - 1], captures)
