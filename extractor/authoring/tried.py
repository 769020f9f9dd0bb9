"""Which rules were tried where, which fitted, which lost to which, and at what step the others stopped fitting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extractor.authoring.families import Families, Family
from extractor.authoring.words import atoms, span
from extractor.match import Match
from extractor.resolve import rank
from extractor.rules.build import compiler_of
from extractor.rules.ruleset import CompiledRule, RuleSet
from extractor.rules.sources import shown
from extractor.rules.steps import Step
from extractor.rules.written import Rule, RuleFiles
from extractor.type_pattern import TypePattern
from extractor.watch import Seen


class TriedRules:
    """Explains what became of each rule at each trigger. `files` are the rule files as written, without vocabulary."""

    def __init__(self, rules: RuleSet, families: Families, files: RuleFiles) -> None:
        self._families = families
        self._written: Mapping[str, Rule] = {rule.id: rule for rule in files.rules}
        self._compiler = compiler_of(rules.lexicon, files)
        self._patterns: dict[tuple[str, int, int], TypePattern] = {}

    def at_triggers(self, seen: Seen) -> Iterator[dict[str, Any]]:
        """For each word that can trigger a rule of some family: the rules, with what became of each."""
        layer = seen.layer
        for group in self._families.of(seen):
            for place in range(len(layer.types)):
                rules = group.rules.of_trigger(layer.types[place])
                if rules:
                    outcomes = [self._outcome(seen, group, place, rule) for rule in rules]
                    order = ("made", "lost", "no_match")
                    yield {
                        "family": group.name,
                        "trigger": span(seen, layer.firsts[place], layer.lasts[place]),
                        "rules": sorted(outcomes, key=lambda o: (order.index(o["result"]), -o["fitted"], o["rule"])),
                    }

    def _outcome(self, seen: Seen, group: Family, place: int, rule: CompiledRule) -> dict[str, Any]:
        written = self._written[rule.id]
        out: dict[str, Any] = {"rule": rule.id, "where": f"{shown(written.file)}:{written.line}"}
        match = next((m for m in group.found if m.rule.id == rule.id and m.at == seen.layer.firsts[place]), None)
        if match is None:
            fitted, why = self._stopped(seen, place, written)
            return {**out, "result": "no_match", "fitted": fitted, "why": why}
        out.update(
            {
                "fitted": len(written.steps),
                "text": span(seen, match.start, match.end)["text"],
                "fields": {
                    name: [span(seen, *pair)["text"] for pair in pairs] for name, pairs in match.captures.items()
                },
            }
        )
        if any(match is m for m in group.kept):
            return {**out, "result": "made", "why": ""}
        return {**out, "result": "lost", "why": _why_lost(seen, group, match)}

    def _stopped(self, seen: Seen, place: int, rule: Rule) -> tuple[int, str]:
        """How many steps of `rule` fit around the trigger at `place`, and where it stops fitting."""
        steps = rule.steps
        trigger = next(i for i, s in enumerate(steps) if s.field == "trigger")
        last, end = trigger + 1, place + 1
        types, turned = seen.layer.types, seen.layer.turned()
        for size in range(trigger + 1, len(steps) + 1):
            taken = self._pattern(rule, trigger, size).read(types, turned, place)
            if taken is None:
                break
            last, end = size, taken[0]
        if last < len(steps):
            return last - trigger, _stop_behind(seen, steps[last], end)
        first = trigger
        while first > 0 and self._pattern(rule, first - 1, len(steps)).read(types, turned, place):
            first -= 1
        if first == 0:
            return len(steps), "its steps fit, but the words between them do not"
        return len(steps) - first, _stop_before(seen, steps[first - 1], place)

    def _pattern(self, rule: Rule, first: int, last: int) -> TypePattern:
        key = rule.id, first, last
        found = self._patterns.get(key)
        if found is None:
            pattern = self._compiler.pattern(rule.steps[first:last])
            found = self._patterns[key] = TypePattern(pattern.code, pattern.fields)
        return found


def _stop_behind(seen: Seen, step: Step, place: int) -> str:
    layer = seen.layer
    if step.behind:
        return f"`{step.source}` forbids what stands before it: {_word(seen, place - 1)}"
    if step.negated:
        return f"`{step.source}` forbids what follows: {_word(seen, place)}"
    if place >= len(layer.types):
        return f"the sentence ends where `{step.source}` is wanted"
    return f"`{step.source}` is wanted where the text has {_word(seen, place)}"


def _stop_before(seen: Seen, step: Step, place: int) -> str:
    if place == 0:
        return f"`{step.source}` is wanted before the trigger, which begins the sentence"
    if step.negated:
        return f"`{step.source}` forbids what stands before the trigger: {_word(seen, place - 1)}"
    return f"`{step.source}` is wanted before the trigger, where the text has {_word(seen, place - 1)}"


def _word(seen: Seen, place: int) -> str:
    layer = seen.layer
    if place >= len(layer.types):
        return "the end"
    text = span(seen, layer.firsts[place], layer.lasts[place])["text"]
    if place in layer.names:
        return f"«{text}» (@{layer.names[place]})"
    known = atoms(seen, layer.firsts[place])
    if "quantity" in known and place + 1 < len(layer.types):
        # A count alone is no set: what counts is what it counts.
        return f"«{text}» with {_word(seen, place + 1)} behind it"
    if "unknown" in known:
        return f"«{text}» (a word that no list knows)"
    if known <= _MERELY_COMMON:
        return f"«{text}» (a common word that no list gives a meaning)"
    return f"«{text}»"


_MERELY_COMMON = frozenset({"common", "def", "shape_a", "nominal"})


def _why_lost(seen: Seen, group: Family, match: Match) -> str:
    """By what a better match took the words of `match`."""
    better = [m for m in group.kept if rank(m) >= rank(match)]
    sharing = [m for m in better if m.at == match.at] or [
        m for m in better if m.start < match.end and match.start < m.end
    ]
    if not sharing:
        return "another match took its words"
    winner = max(sharing, key=rank)
    shared = span(seen, max(winner.start, match.start), min(winner.end, match.end))["text"]
    by = f"{winner.rule.id} reads «{shared}» too and "
    if winner.rule.priority != match.rule.priority:
        return f"{by}has the higher priority ({winner.rule.priority} against {match.rule.priority})"
    if winner.length != match.length:
        return f"{by}reads more words ({winner.length} against {match.length})"
    return f"{by}begins earlier"
