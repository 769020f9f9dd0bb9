"""Checking rule files: everything that is wrong with them, in one run, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import prod

from extractor.rules.build import ENGINE_ATOMS
from extractor.rules.compile import Phrase
from extractor.rules.lexicon_build import QUANTITY_KINDS
from extractor.rules.load import Chunk, Rule, RuleFiles, parse
from extractor.rules.problems import Problem, line_within, nearest
from extractor.rules.steps import Gap, Reference, Step

# Measured in the design: three gaps of twenty words cost 298 ms per 100 KB of near misses.
_MOST_WAYS = 20_000


def check(files: Mapping[str, bytes]) -> list[Problem]:
    """All problems of rule files, in order of file and line."""
    parsed = parse(files)
    problems = list(parsed.problems)
    known = _known_classes(parsed)
    text = {name: data.decode("utf-8", "replace") for name, data in files.items()}
    seen: dict[str, Rule] = {}
    for rule in parsed.rules:
        if rule.id in seen:
            first = seen[rule.id]
            problems.append(Problem(rule.file, rule.line, f"rule {rule.id!r} stands in {first.file}:{first.line} too"))
        seen[rule.id] = rule
        problems.extend(_unknown(rule.file, rule.line, text[rule.file], rule.steps, known))
        problems.extend(_examples(rule))
        problems.extend(_ways(rule))
    for name in files:
        if name.startswith("phrases/"):
            owners: list[Phrase | Chunk] = [*parsed.phrases.values(), *parsed.chunks]
            steps = [
                step
                for owner in owners
                if f'"{owner.name}"' in text[name]
                for alternative in owner.alternatives
                for step in alternative
            ]
            problems.extend(_unknown(name, 1, text[name], steps, known))
    problems.extend(_loops(parsed))
    return sorted(set(problems))


def _known_classes(parsed: RuleFiles) -> set[str]:
    known = set(parsed.phrases) | {c.name for c in parsed.chunks} | set(ENGINE_ATOMS)
    known |= {
        "unknown",
        "def",
        "waw",
        "prefixed",
        "digits",
        "sign",
        "latin",
        "quantity",
        "number_word",
        *QUANTITY_KINDS,
    }
    for chunk in parsed.chunks:
        known |= chunk.atoms
    for entry in parsed.entries:
        known |= entry.reading.atoms
    return known


def _unknown(file: str, line: int, text: str, steps: Iterable[Step], known: set[str]) -> Iterator[Problem]:
    for step in steps:
        for unit in step.units:
            names = (unit.name,) if isinstance(unit, Reference) else unit.barred if isinstance(unit, Gap) else ()
            for name in names:
                if name not in known:
                    at = line_within(text, line, step.source)
                    message = f"no class or phrase is called @{name}{nearest(name, known)}"
                    yield Problem(file, at, message)


def _examples(rule: Rule) -> Iterator[Problem]:
    for have, what in ((rule.examples, "an example"), (rule.counter_examples, "a counter-example")):
        if not have:
            yield Problem(rule.file, rule.line, f"rule {rule.id!r} has no {what.split(' ', 1)[1]}")


def _ways(rule: Rule) -> Iterator[Problem]:
    gaps = [unit.most for step in rule.steps for unit in step.units if isinstance(unit, Gap)]
    ways = prod(most + 1 for most in gaps)
    if ways > _MOST_WAYS:
        message = f"the gaps of rule {rule.id!r} can be filled in {ways} ways: near misses will be slow; shorten them"
        yield Problem(rule.file, rule.line, message, "warning")


def _loops(parsed: RuleFiles) -> Iterator[Problem]:
    inner = {
        name: {
            unit.name
            for alternative in phrase.alternatives
            for step in alternative
            for unit in step.units
            if isinstance(unit, Reference) and unit.name in parsed.phrases
        }
        for name, phrase in parsed.phrases.items()
    }
    for name, direct in inner.items():
        reached: set[str] = set()
        waiting = list(direct)
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting.extend(inner[one])
        if name in reached:
            yield Problem("phrases", 0, f"phrase {name!r} contains itself")
