"""Checking rule files: everything that is wrong with them, in one run, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from extractor.rules.build import ENGINE_ATOMS
from extractor.rules.compile import REST, Phrase
from extractor.rules.cost import dear
from extractor.rules.lexicon import BEGINNINGS, SHAPES
from extractor.rules.lexicon_build import QUANTITY_KINDS
from extractor.rules.load import parse
from extractor.rules.problems import Problem, line_within, nearest
from extractor.rules.sources import shown
from extractor.rules.steps import Gap, Reference, Step, is_mixed
from extractor.rules.twins import twins
from extractor.rules.values import rule_values, vocabulary_values
from extractor.rules.written import Chunk, Rule, RuleFiles

_MIXED = (
    "Arabic and Latin words on one line, which editors show in another order than they are written in: "
    "give the Arabic words a class in a vocabulary file and write @class here"
)


def check(files: Mapping[str, bytes]) -> list[Problem]:
    """All problems of rule files, in order of file and line."""
    return check_parsed(parse(files), files)


def check_parsed(parsed: RuleFiles, files: Mapping[str, bytes]) -> list[Problem]:
    """All problems of rule files that are read already."""
    problems = list(parsed.problems)
    known = _known_classes(parsed)
    text = {name: data.decode("utf-8", "replace") for name, data in files.items() if name.endswith(".toml")}
    seen: dict[str, Rule] = {}
    for rule in parsed.rules:
        if rule.id in seen:
            first = seen[rule.id]
            message = f"rule {rule.id!r} stands in {shown(first.file)}:{first.line} too"
            problems.append(Problem(rule.file, rule.line, message))
        seen[rule.id] = rule
        problems.extend(_unknown(rule.file, rule.line, text[rule.file], rule.steps, known))
        problems.extend(_examples(rule))
    owners: list[Phrase | Chunk] = [*parsed.phrases.values(), *parsed.chunks]
    for owner in owners:
        file, line = parsed.owners[owner.name]
        steps = [step for alternative in owner.alternatives for step in alternative]
        problems.extend(_unknown(file, line, text[file], steps, known))
    references = _references(parsed)
    problems.extend(_hiding(parsed, references))
    loops = list(_loops(parsed))
    problems.extend(loops or dear(parsed))
    problems.extend(twins(parsed.rules))
    problems.extend(rule_values(parsed.rules, text))
    problems.extend(vocabulary_values(parsed.vocabulary, text, _asked(references)))
    return sorted(set(problems))


def _asked(references: Iterable[Reference]) -> set[str]:
    """Every class that a rule, a phrase or the engine asks for."""
    return {name.removeprefix("!") for u in references for name in (u.name, *u.atoms)} | set(ENGINE_ATOMS)


def _references(parsed: RuleFiles) -> list[Reference]:
    patterns = [rule.steps for rule in parsed.rules]
    patterns += [steps for phrase in parsed.phrases.values() for steps in phrase.alternatives]
    patterns += [steps for chunk in parsed.chunks for steps in chunk.alternatives]
    return [u for steps in patterns for step in steps for u in step.units if isinstance(u, Reference)]


def _known_classes(parsed: RuleFiles) -> set[str]:
    known = set(parsed.phrases) | {c.name for c in parsed.chunks} | set(ENGINE_ATOMS)
    known |= {
        "start",
        "end",
        "unknown",
        *(atom for first in BEGINNINGS for atom in first),
        "digits",
        "sign",
        "latin",
        REST,
        "quantity",
        "partitive",
        "number_word",
        *QUANTITY_KINDS,
        *SHAPES,
    }
    for chunk in parsed.chunks:
        known |= chunk.atoms
    for entry in parsed.entries:
        known |= entry.reading.atoms
    return known


def _unknown(file: str, line: int, text: str, steps: Iterable[Step], known: set[str]) -> Iterator[Problem]:
    for step in steps:
        at = line_within(text, line, step.source)
        if is_mixed(step.source):
            yield Problem(file, at, _MIXED, "warning")
        for unit in step.units:
            names = (unit.name,) if isinstance(unit, Reference) else unit.barred if isinstance(unit, Gap) else ()
            for name in names:
                if name not in known:
                    yield Problem(file, at, f"no class or phrase is called @{name}{nearest(name, known)}")
            for atom in unit.atoms if isinstance(unit, Reference) else ():
                name = atom.removeprefix("!")
                if name not in known:
                    yield Problem(file, at, f"no word has the class or feature .{name}{nearest(name, known)}")


def _examples(rule: Rule) -> Iterator[Problem]:
    example = "example: add [[rule.example]] with a sentence as `text` and what is to be read in it as `expect`"
    counter = (
        "counter-example: add [[rule.counter_example]] with a sentence that it must leave alone as `text`, and `why`"
    )
    for have, what in ((rule.examples, example), (rule.counter_examples, counter)):
        if not have:
            yield Problem(rule.file, rule.line, f"rule {rule.id!r} has no {what}")


def _hiding(parsed: RuleFiles, references: Iterable[Reference]) -> Iterator[Problem]:
    """Phrases with the name of a class of words: whoever writes the name gets the phrase. A class that is asked for as
    a feature of others (`@cue.alias`) can still be had."""
    features = {atom.removeprefix("!") for unit in references for atom in unit.atoms}
    classes = {atom for entry in parsed.entries for atom in entry.reading.atoms}
    for name in sorted(classes.intersection(parsed.phrases) - features):
        message = f"phrase {name!r} hides the class of words {name!r}, which no rule can ask for: rename one of them"
        yield Problem(*parsed.owners[name], message)


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
            yield Problem(*parsed.owners[name], f"phrase {name!r} contains itself")
