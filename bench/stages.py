"""Our own work, stage by stage and with fewer rules: contestants that do ever more of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from bench.contestant import Contestant
from extractor import Extractor
from extractor.rules.build import compile_rules
from extractor.rules.cache import shipped_rules
from extractor.rules.gate import opens
from extractor.rules.load import parse
from extractor.rules.sources import read_files
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


def with_share_of_rules(share: float) -> Extractor:
    """An extractor of a part of the shipped rules, picked by chance, compiled with all that goes with them."""
    files = parse(read_files([shipped_rules()]))
    rules = random.Random(0).sample(files.rules, round(len(files.rules) * share))
    return Extractor.of_rules(compile_rules(replace(files, rules=rules)))
