"""Folding phrases into single segments, so that rules see sets of victims, items and names as one step each.

A finite-state cascade in the manner of FASTUS (Hobbs et al. 1997): small patterns over words first, then small
patterns over what these found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import regex

from extractor.rules.pattern_code import decode
from extractor.rules.ruleset import CompiledChunk
from extractor.sentence import Sentence

Span = tuple[int, int]


@dataclass(slots=True)
class Layer:
    """A sentence with its chunks folded: its type string, the segments each position covers, the chunks' fields."""

    types: str
    firsts: list[int]
    lasts: list[int]
    chunks: dict[int, Mapping[str, tuple[Span, ...]]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)


class Chunker:
    """Folds chunks, earlier ones of the rule files first. Patterns are compiled when first needed."""

    def __init__(self, chunks: Iterable[CompiledChunk], codes: list[str]) -> None:
        self._chunks = list(chunks)
        self._codes = codes
        self._by_first: dict[str, list[CompiledChunk]] = {}
        for chunk in self._chunks:
            for char in chunk.first:
                self._by_first.setdefault(char, []).append(chunk)
        self._compiled: dict[str, regex.Pattern[str]] = {}

    def _pattern(self, chunk: CompiledChunk) -> regex.Pattern[str]:
        found = self._compiled.get(chunk.name)
        if found is None:
            found = self._compiled[chunk.name] = decode(chunk.code)
        return found

    def fold(self, sentence: Sentence) -> Layer:
        """The layer of `sentence`: at each place the first chunk that fits, then on behind it."""
        types = sentence.types
        by_first = self._by_first
        layer = Layer("", [], [])
        out: list[str] = []
        at, count = 0, len(types)
        while at < count:
            end = at + 1
            code = types[at]
            for chunk in by_first.get(code, ()):
                found = self._pattern(chunk).match(types, at)
                if found is not None and found.end() > at:
                    end = found.end()
                    layer.chunks[len(out)] = {
                        name: tuple(spans) for name in chunk.fields if (spans := found.spans(name))
                    }
                    layer.names[len(out)] = chunk.name
                    code = self._codes[chunk.set_index]
                    break
            out.append(code)
            layer.firsts.append(at)
            layer.lasts.append(end)
            at = end
        layer.types = "".join(out)
        return layer
