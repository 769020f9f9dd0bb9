"""Our own work, stage by stage and with fewer rules: contestants that do ever more of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from bench.contestant import Contestant
from extractor import Extractor
from extractor.rules.gate import gate, opens, triggers
from extractor.rules.ruleset import CLAIM_RECORDS
from extractor.text.fold import fold
from extractor.text.tokens import TOKEN, blanked, sentences


def stages(extractor: Extractor) -> list[Contestant]:
    """Each stage with all that comes before it; the last is the whole."""
    tools, words, pairs = extractor.tools, extractor.rules.gate, extractor.rules.gate_pairs
    matchers = [tools.claim_rules, tools.source_rules, tools.agent_rules]

    def opened(text: str) -> list[tuple[int, int]]:
        plain = blanked(text)
        return [(a, b) for a, b in sentences(text) if opens(words, pairs, plain[a:b].split())]

    def passing(text: str) -> list[tuple[int, int]]:
        return [(a, b) for a, b in opened(text) if tools.sieve.passes(TOKEN.findall(text, a, b))]

    def folded(text: str) -> object:
        return fold(text)

    def gated(text: str) -> object:
        return opened(fold(text).text)

    def sifted(text: str) -> object:
        return passing(fold(text).text)

    def segmented(text: str) -> object:
        whole = fold(text).text
        return [tools.reader.read(whole, a, b) for a, b in passing(whole)]

    def chunked(text: str) -> object:
        whole = fold(text).text
        return [tools.chunker.fold(tools.reader.read(whole, a, b)) for a, b in passing(whole)]

    def matched(text: str) -> object:
        whole = fold(text).text
        layers = [tools.chunker.fold(tools.reader.read(whole, a, b)) for a, b in passing(whole)]
        return [list(matcher.matches(layer)) for layer in layers for matcher in matchers]

    def read(text: str) -> object:
        return extractor.read(text, id="")

    steps: dict[str, Callable[[str], object]] = {
        "fold": folded,
        "sentences, gate": gated,
        "sieve": sifted,
        "segments": segmented,
        "chunks": chunked,
        "rules": matched,
        "claims, context": read,
        "records": extractor.extract,
    }
    return [Contestant(name, work) for name, work in steps.items()]


def with_share_of_rules(extractor: Extractor, share: float) -> Extractor:
    """The same with a part of its rules, picked by chance, and the gate that fits them."""
    rules = extractor.rules
    kept = set(random.Random(0).sample(range(len(rules.rules)), round(len(rules.rules) * share)))
    part = [rule for number, rule in enumerate(rules.rules) if number in kept]
    opening = triggers(part, {*CLAIM_RECORDS, *rules.roles})
    made = gate(rules.lexicon, opening)
    return Extractor.of_rules(replace(rules, rules=part, gate=made.words, gate_pairs=made.pairs))
