"""The compiled rules: what the engine works with, as plain data that loads fast and travels between processes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from extractor.rules.compile import STOPS, Compiler, Pattern, literals, requirements
from extractor.rules.lexicon import AL, CONJUNCTIONS, PREPOSITIONS, Lexicon, Requirement, build
from extractor.rules.load import Rule, RuleFiles
from extractor.rules.vocabulary import Entry, Reading
from extractor.text.numbers import load_number_vocabulary

CLAIM_RECORDS = ("casualty", "materiel")
# Requirements that the engine's own mechanisms make of words, beside those of the rules.
ENGINE_ATOMS = ("clause_end", "quantity", "count", "unknown", "place", "actor")


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its pattern. `set` holds fixed values of the record."""

    id: str
    title: str
    record: str
    set: Mapping[str, str]
    priority: int
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class CompiledChunk:
    """A chunk's regex source over type strings, what it can begin with, its fields, and the code it becomes."""

    name: str
    source: str
    first: str
    fields: tuple[str, ...]
    set_index: int


@dataclass(slots=True)
class RuleSet:
    """Everything compiled. Never changed after it is built."""

    lexicon: Lexicon
    chunks: list[CompiledChunk]
    rules: list[CompiledRule]
    actors: dict[str, dict[str, str]]
    places: dict[str, dict[str, Any]]
    countries: dict[str, dict[str, str]]
    numbers: Mapping[str, Any]
    gate: frozenset[str]  # surface words one of which a sentence must hold to be worth reading


def compile_rules(files: RuleFiles) -> RuleSet:
    """Compile what `load.parse` read; `files` must be free of errors."""
    wanted: dict[Requirement, None] = dict.fromkeys(frozenset({atom}) for atom in ENGINE_ATOMS)
    words: dict[str, None] = {}
    for rule in files.rules:
        wanted.update(dict.fromkeys(requirements(rule.steps, files.phrases)))
        words.update(dict.fromkeys(literals(rule.steps, files.phrases)))
    for chunk in files.chunks:
        for alternative in chunk.alternatives:
            wanted.update(dict.fromkeys(requirements(alternative, files.phrases)))
            words.update(dict.fromkeys(literals(alternative, files.phrases)))
    numbers = load_number_vocabulary(dict(files.numbers))
    number_word = Reading(frozenset({"number_word", "nominal"}))
    entries = [*files.entries, *(Entry(form, number_word) for form in sorted(numbers.forms()) if " " not in form)]
    lexicon = build(entries, words, wanted, {c.name: c.atoms for c in files.chunks})
    trigger_requirements = [r for rule in files.rules if rule.record in CLAIM_RECORDS for r in _triggers(rule, files)]
    compiler = Compiler(lexicon.requirements, files.phrases, lexicon.codes, [*STOPS, *trigger_requirements])
    compiled = [
        CompiledRule(rule.id, rule.title, rule.record, dict(rule.set), rule.priority, compiler.pattern(rule.steps))
        for rule in files.rules
    ]
    chunks = [
        CompiledChunk(chunk.name, *compiler.chunk(chunk.alternatives), lexicon.named[f"chunk:{chunk.name}"])
        for chunk in files.chunks
    ]
    chars = {c for rule in compiled if rule.record in CLAIM_RECORDS for c in rule.pattern.triggers}
    return RuleSet(
        lexicon=lexicon,
        chunks=chunks,
        rules=compiled,
        actors=files.actors,
        places=files.places,
        countries=files.countries,
        numbers=files.numbers,
        gate=frozenset(_gate(lexicon, chars)),
    )


def _triggers(rule: Rule, files: RuleFiles) -> Iterable[Requirement]:
    return requirements([step for step in rule.steps if step.field == "trigger"], files.phrases)


def _gate(lexicon: Lexicon, chars: set[str]) -> Iterable[str]:
    """Every surface form of a word whose character can be a trigger, clitics and article included."""
    firsts = [(form, index) for form, index in lexicon.words.items()]
    firsts += [(first, index) for first, rows in lexicon.phrases.items() for _, index in rows]
    for form, index in firsts:
        forms = []
        if lexicon.codes[index] in chars:
            forms.append(form)
        bare = lexicon.bare[index]
        if bare >= 0 and lexicon.codes[bare] in chars:
            forms += [p + form for p in PREPOSITIONS]
            if form.startswith(AL):
                forms.append("\u0644" + form[1:])
        definite = lexicon.definite[index]
        if definite >= 0 and lexicon.codes[definite] in chars:
            forms += [AL + form, *(p + AL + form for p in PREPOSITIONS), "\u0644\u0644" + form]
        for found in forms:
            yield found
            for conjunction in CONJUNCTIONS:
                yield conjunction + found
