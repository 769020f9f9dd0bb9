"""Rule files compiled into a rule set."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from extractor.records.events import MODELS, Event, roles
from extractor.rules.alphabet import reordered
from extractor.rules.char_bits import char_bits
from extractor.rules.compile import PAST, STOPS, Compiler, literals, requirements
from extractor.rules.demands import demands
from extractor.rules.gate import gate, triggers
from extractor.rules.lexicon import Entry, Lexicon, Reading, Requirement
from extractor.rules.lexicon_build import build
from extractor.rules.neighbours import neighbours, openers
from extractor.rules.ruleset import CLAIM_RECORDS, CompiledChunk, CompiledRule, RuleSet
from extractor.rules.written import Rule, RuleFiles
from extractor.text.furniture import load_furniture
from extractor.text.number_tables import load_number_vocabulary
from extractor.text.numbers import NumberReader
from extractor.text.time_words import load_time_vocabulary

# Requirements that the engine's own mechanisms make of words, beside those of the rules.
ENGINE_ATOMS = ("clause_end", "quantity", "count", "unknown", "place", "actor")


def compile_rules(files: RuleFiles) -> RuleSet:
    """Compile what `load.parse` read; `files` must be free of errors."""
    wanted: dict[Requirement, None] = dict.fromkeys(frozenset({atom}) for atom in ENGINE_ATOMS)
    wanted[PAST] = None
    words: dict[str, None] = {}
    for rule in files.rules:
        wanted.update(dict.fromkeys(requirements(rule.steps, files.phrases)))
        words.update(dict.fromkeys(literals(rule.steps, files.phrases)))
    for chunk in files.chunks:
        for alternative in chunk.alternatives:
            wanted.update(dict.fromkeys(requirements(alternative, files.phrases)))
            words.update(dict.fromkeys(literals(alternative, files.phrases)))
    vocabulary = load_number_vocabulary(dict(files.numbers))
    number_word = Reading(frozenset({"number_word", "nominal"}))
    entries = [*files.entries, *(Entry(form, number_word) for form in sorted(vocabulary.forms()) if " " not in form)]
    lexicon = build(entries, words, wanted, {c.name: c.atoms for c in files.chunks})
    patterns = [rule.steps for rule in files.rules] + [a for chunk in files.chunks for a in chunk.alternatives]
    lexicon = reordered(lexicon, compiler_of(lexicon, files).survey(patterns))
    compiler = compiler_of(lexicon, files)
    compiled = [
        CompiledRule(rule.id, rule.title, rule.record, dict(rule.set), rule.priority, compiler.pattern(rule.steps))
        for rule in files.rules
    ]
    chunks = [
        CompiledChunk(chunk.name, *compiler.chunk(alternative), lexicon.named[f"chunk:{chunk.name}"])
        for chunk in files.chunks
        for alternative in chunk.alternatives
    ]
    opening = {*CLAIM_RECORDS, *MODELS}
    numbers = [lexicon.codes[index] for name, index in lexicon.named.items() if name.startswith("quantity:")]
    alone = [rule for rule in compiled if _alone(rule, opening)]
    demanded = demands(alone, chunks, [*compiler.needed], lexicon.codes, numbers)
    begins, seconds = openers(chunks, lexicon.codes)
    made = gate(lexicon, triggers(compiled, opening), demanded)
    return RuleSet(
        lexicon=lexicon,
        chunks=chunks,
        rules=compiled,
        triggers=char_bits(rule.pattern.triggers for rule in compiled),
        neighbours=neighbours([rule.pattern for rule in compiled], lexicon.codes),
        openers=begins,
        seconds=seconds,
        actors=files.actors,
        places=files.places,
        countries=files.countries,
        numbers=NumberReader(vocabulary),
        times=load_time_vocabulary(files.times, vocabulary),
        furniture=load_furniture(files.furniture),
        roles={kind: _fields(model) for kind, model in MODELS.items()},
        forms=files.forms,
        gate=made.words,
        gate_pairs=made.pairs,
        gate_groups=made.groups,
        demands=demanded,
    )


def _alone(rule: CompiledRule, opening: Collection[str]) -> bool:
    """Whether a sentence can hold what `rule` finds and nothing else: parts of a whole told earlier can stand alone."""
    return rule.record in opening or (rule.record == "part" and rule.set.get("whole") == "earlier")


def compiler_of(lexicon: Lexicon, files: RuleFiles) -> Compiler:
    """What compiles the patterns of `files`, which need not hold the vocabulary, for the alphabet of `lexicon`."""
    triggers = [r for rule in files.rules if rule.record in CLAIM_RECORDS for r in _triggers(rule, files)]
    return Compiler(lexicon.requirements, files.phrases, lexicon.codes, [*STOPS, *triggers])


def _fields(model: type[Event]) -> dict[str, str]:
    """Every field that a kind of event adds, with the shape of those that rules capture."""
    shapes = roles(model)
    return {name: shapes.get(name, "") for name in model.model_fields if name not in Event.model_fields}


def _triggers(rule: Rule, files: RuleFiles) -> Iterable[Requirement]:
    return requirements([step for step in rule.steps if step.field == "trigger"], files.phrases)
