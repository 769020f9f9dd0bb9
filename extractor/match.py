"""Trying rules where their triggers stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

import regex

from extractor.chunks import Layer
from extractor.rules.pattern_code import decode, decode_bare
from extractor.rules.ruleset import Chars, CompiledRule

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


class _Neighbours:
    """The rules of one trigger: for each type of word which of them it may stand before or behind, as bits."""

    __slots__ = ("_before", "_behind", "_fitting", "_left", "_right", "rules")

    def __init__(self, rules: list[CompiledRule]) -> None:
        self.rules = rules
        self._before = [rule.pattern.before for rule in rules]
        self._behind = [rule.pattern.after for rule in rules]
        self._left: dict[str, int] = {}
        self._right: dict[str, int] = {}
        self._fitting: dict[int, tuple[tuple[CompiledRule, int], ...]] = {}

    def fitting(self, before: str, behind: str) -> tuple[tuple[CompiledRule, int], ...]:
        """The rules that can fit between two types of words, each with the bits of what it needs."""
        left, right = self._left.get(before), self._right.get(behind)
        if left is None:
            left = self._left[before] = _bits(self._before, before)
        if right is None:
            right = self._right[behind] = _bits(self._behind, behind)
        found = self._fitting.get(left & right)
        if found is None:
            kept = [rule for k, rule in enumerate(self.rules) if left & right & 1 << k]
            found = self._fitting[left & right] = tuple((rule, rule.pattern.needs) for rule in kept)
        return found


def _bits(allowed: Iterable[Chars | None], char: str) -> int:
    return sum(1 << k for k, chars in enumerate(allowed) if chars is None or char in chars)


class Matcher:
    """The neighbour index over a set of rules: trigger, type before, type behind → the rules that can fit there.

    The memo of that index and the compiled patterns are filled as they are first asked for; both depend on the rules
    alone, so that threads can share a matcher and no text leaves a trace that another could see.
    """

    def __init__(self, rules: Iterable[CompiledRule]) -> None:
        self._rules = [(rule, rule.pattern.triggers) for rule in rules]
        self._triggers = frozenset("".join(triggers for _, triggers in self._rules))
        self._by_trigger: dict[str, _Neighbours] = {}
        self._compiled: dict[str, regex.Pattern[str]] = {}
        self._first_looks: dict[str, _Look] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Matcher, ([rule for rule, _ in self._rules],)

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
        known, looks = self._by_trigger, self._first_looks
        last = len(types) - 1
        for at in [at for at, char in enumerate(types) if char in triggers]:
            rules = known.get(types[at]) or self._neighbours(types[at])
            before, behind = types[at - 1] if at else _EDGE, types[at + 1] if at < last else _EDGE
            for rule, needed in rules.fitting(before, behind):
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
        return (self._by_trigger.get(char) or self._neighbours(char)).rules

    def _neighbours(self, char: str) -> _Neighbours:
        found = self._by_trigger[char] = _Neighbours([rule for rule, triggers in self._rules if char in triggers])
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
