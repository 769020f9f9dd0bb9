"""Trying rules where their triggers stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Protocol

from extractor.candidates import Candidate, Candidates
from extractor.chunks import Layer
from extractor.rules.char_bits import bits_of
from extractor.rules.ruleset import Beside, CompiledRule, Needs
from extractor.type_pattern import Taken, TypePattern, prepare

Span = tuple[int, int]


class Match:
    """One rule that fits at one trigger. All spans are over the segments of the sentence, end exclusive."""

    # No dataclass: of these mypyc leaves `__init__` to Python.
    def __init__(
        self, rule: CompiledRule, at: int, start: int, end: int, captures: Mapping[str, tuple[Span, ...]]
    ) -> None:
        self.rule = rule
        self.at = at
        self.start = start
        self.end = end
        self.captures = captures

    @property
    def length(self) -> int:
        """How many segments it covers."""
        return self.end - self.start


class Told(Protocol):
    """What the readers of context need of a claim or an event: the match it was read by and the words it is about."""

    match: Match
    span: Span


class RuleIndex:
    """All rules with what tells where they can fit: trigger, type before, type behind.

    Patterns are decoded when first needed. What is remembered depends on the rules alone, so that threads can share an
    index and no text leaves a trace that another could see.
    """

    def __init__(
        self, rules: Sequence[CompiledRule], triggers: Mapping[str, int], neighbours: Mapping[str, Beside]
    ) -> None:
        self.rules = rules
        self.triggers = triggers
        self._candidates = Candidates(triggers, neighbours, range(len(rules)), self._needs)
        self._patterns: list[TypePattern | None] = [None] * len(rules)

    def _needs(self, number: int) -> Needs:
        return self.rules[number].pattern.needs

    def prepare(self) -> None:
        """Decode every pattern, for many texts."""
        self._candidates.prepare()
        prepare([self.pattern(number) for number in range(len(self.rules))])

    def fitting(self, layer: Layer) -> list[Candidate]:
        """The places of a sentence where rules can fit, each with the number of a rule; worked out when first asked
        for."""
        found = layer.fitting
        if found is None:
            found = layer.fitting = self._candidates.of(layer.types, layer.met)
        return found

    def pattern(self, number: int) -> TypePattern:
        """The pattern of rule `number`."""
        found = self._patterns[number]
        if found is None:
            packed = self.rules[number].pattern
            found = self._patterns[number] = TypePattern(packed.code, packed.fields)
        return found


class Matcher:
    """Some rules of an index: those whose records are of one of some kinds, and that `pick` picks of these."""

    def __init__(
        self, index: RuleIndex, kinds: Collection[str], pick: Callable[[CompiledRule], bool] | None = None
    ) -> None:
        self._index = index
        # By number, whether a rule is one of these.
        self._own = [rule.record in kinds and (pick is None or pick(rule)) for rule in index.rules]

    def matches(self, layer: Layer) -> Iterator[Match]:
        """Every match of every rule on a sentence, by place of trigger."""
        index, own, types = self._index, self._own, layer.types
        for at, number in index.fitting(layer):
            if own[number]:
                taken = index.pattern(number).read(types, layer.turned(), at)
                if taken is not None:
                    yield _match(index.rules[number], layer, at, taken)

    def of_trigger(self, char: str) -> list[CompiledRule]:
        """The rules that a word of this type triggers."""
        index = self._index
        return [index.rules[number] for number in bits_of(index.triggers.get(char, 0)) if self._own[number]]


def _match(rule: CompiledRule, layer: Layer, at: int, taken: Taken) -> Match:
    start = at
    end, fields = taken
    firsts, lasts = layer.firsts, layer.lasts
    captures: dict[str, tuple[Span, ...]] = {}
    for name, spans in fields.items():
        start = min(start, spans[0][0])
        captures[name] = tuple([(firsts[a], lasts[b - 1]) for a, b in spans if b > a])
    for place in layer.matches:
        if start <= place < end:
            for name, found_spans in layer.fields(place).items():
                captures[name] = tuple(sorted({*captures.get(name, ()), *found_spans}))
    return Match(rule, firsts[at], firsts[start], lasts[end - 1], captures)
