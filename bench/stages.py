"""Our own work, stage by stage and with fewer rules: contestants that do ever more of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import compress

from bench.contestant import Contestant
from extractor import Extractor
from extractor.chunks import Layer
from extractor.gate import SentenceGate
from extractor.rules.build import compile_rules
from extractor.rules.cache import shipped_rules
from extractor.rules.load import parse
from extractor.rules.sources import read_files
from extractor.sentence import Sentence
from extractor.text.fold import fold
from extractor.text.tokens import sentences


def stages(extractor: Extractor) -> list[Contestant]:
    """Each stage with all that comes before it; the last is the whole."""
    tools, rules = extractor.tools, extractor.rules
    gate = SentenceGate(rules.gate, rules.gate_pairs, rules.gate_groups)
    matchers = [tools.claim_rules, tools.source_rules, tools.agent_rules]

    def opened(text: str) -> list[tuple[int, int]]:
        spans = sentences(text)
        return list(compress(spans, gate.open(text, spans)))

    def read_words(text: str) -> list[Sentence]:
        return [tools.reader.read(text, a, b) for a, b in opened(text)]

    def passing(text: str) -> list[tuple[Sentence, int]]:
        sifted = ((sentence, tools.sieve.met(sentence)) for sentence in read_words(text))
        return [(sentence, met) for sentence, met in sifted if met is not None]

    def folded(text: str) -> object:
        return fold(text)

    def gated(text: str) -> object:
        return opened(fold(text).text)

    def segmented(text: str) -> object:
        return read_words(fold(text).text)

    def sifted(text: str) -> object:
        return passing(fold(text).text)

    def chunked(text: str) -> list[Layer]:
        return [tools.chunker.fold(sentence, met) for sentence, met in passing(fold(text).text)]

    def matched(text: str) -> object:
        return [list(matcher.matches(layer)) for layer in chunked(text) for matcher in matchers]

    def read(text: str) -> object:
        return extractor.read(text, id="")

    steps: dict[str, Callable[[str], object]] = {
        "fold": folded,
        "sentences, gate": gated,
        "segments": segmented,
        "sieve": sifted,
        "chunks": chunked,
        "rules": matched,
        "claims, context": read,
        "records": extractor.extract,
    }
    return [Contestant(name, work) for name, work in steps.items()]


def with_share_of_rules(share: float) -> Extractor:
    """An extractor of a part of the shipped rules, picked by chance, compiled with all that goes with them."""
    files = parse(read_files([shipped_rules()]))
    rules = random.Random(0).sample(files.rules, round(len(files.rules) * share))
    return Extractor.of_rules(compile_rules(replace(files, rules=rules)))
