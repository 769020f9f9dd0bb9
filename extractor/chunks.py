"""Folding phrases into single segments, so that rules see sets of victims, items and names as one step each.

A finite-state cascade in the manner of FASTUS (Hobbs et al. 1997): small patterns over words first, then small
patterns over what these found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial, reduce
from operator import or_
from typing import Final

from extractor.candidates import Candidate, Candidates
from extractor.rules.late import Late
from extractor.rules.ruleset import Beside, CompiledChunk, Needs
from extractor.sentence import Sentence
from extractor.type_pattern import TypePattern, prepare

_LENGTH: Final = 512  # segments of nearly all sentences

Span = tuple[int, int]
Fields = Mapping[str, tuple[Span, ...]]


class Layer:
    """A sentence with its chunks folded: its type string, the segments each position covers, the bits of what it
    meets, the rules that can fit at each place, the chunks with their fields.

    `reader` reads the fields of an alternative of a chunk that fits at a segment.
    """

    # No dataclass: of these mypyc leaves `__init__` to Python.
    def __init__(self, met: int, reader: Callable[[int, int], Fields]) -> None:
        self.types = ""
        self.firsts: list[int] = []
        self.lasts: list[int] = []
        self.met = met
        self._reader = reader
        self.names: dict[int, str] = {}
        self.matches: dict[int, tuple[int, int]] = {}  # place -> number of the alternative, segment
        self.fitting: list[Candidate] | None = None  # as `RuleIndex.fitting` has worked them out
        self._fields: dict[int, Fields] = {}
        self._turned: str | None = None

    def turned(self) -> str:
        """The type string from right to left; worked out when first asked for."""
        if self._turned is None:
            self._turned = self.types[::-1]
        return self._turned

    def fields(self, place: int) -> Fields:
        """The fields of the chunk at `place`, as spans over the segments; worked out when first asked for."""
        known = self._fields.get(place)
        if known is None:
            known = self._fields[place] = self._reader(*self.matches[place])
        return known


class Chunker:
    """Folds chunks, earlier ones of the rule files first.

    Patterns are decoded when first needed; what is remembered depends on the rules alone.
    """

    def __init__(
        self,
        chunks: Iterable[CompiledChunk | Late],
        openers: Mapping[str, int],
        seconds: Mapping[str, Beside],
        codes: list[str],
        meets: Mapping[str, int],
    ) -> None:
        self._codes = codes
        self._meets = meets
        self._chunks = list(chunks)
        numbers = [number for number, chunk in enumerate(self._chunks) for _ in chunk.openings]
        self._candidates = Candidates(openers, seconds, numbers, self._needs)
        self._patterns: dict[int, TypePattern] = {}
        self._places = list(range(_LENGTH))  # slices of it are what sentences begin with

    def _needs(self, number: int) -> Needs:
        return self._chunks[number].needs

    def prepare(self) -> None:
        """Decode every pattern, for many texts."""
        self._candidates.prepare()
        prepare([self._pattern(number) for number in range(len(self._chunks))])

    def _pattern(self, number: int) -> TypePattern:
        found = self._patterns.get(number)
        if found is None:
            chunk = self._chunks[number]
            found = self._patterns[number] = TypePattern(chunk.code, chunk.fields)
        return found

    def _fields(self, types: str, number: int, at: int) -> Fields:
        taken = self._pattern(number).read(types, "", at)
        if taken is None:
            raise AssertionError(f"the patterns of chunk {self._chunks[number].name} disagree")
        return {name: tuple(spans) for name, spans in taken[1].items()}

    def fold(self, sentence: Sentence, met: int | None = None) -> Layer:
        """The layer of `sentence`: at each place the first chunk that fits, then on behind it. `met` is what its
        segments meet together, where that is known."""
        types = sentence.types
        if met is None:
            met = reduce(or_, map(self._meets.__getitem__, frozenset(types)), 0)
        count = len(types)
        layer = Layer(met, partial(self._fields, types))
        places = self._places
        if count >= len(places):
            places = self._places = list(range(count + 1))  # a new one: another thread may be at work with the old
        written: list[str] = []
        firsts, lasts = layer.firsts, layer.lasts
        done = 0  # segments taken over
        for at, number in self._candidates.of(types, met):
            if at < done:
                continue  # within a chunk
            end = self._pattern(number).end(types, at)
            if end > at:
                chunk = self._chunks[number]
                firsts += places[done : at + 1]
                lasts += places[done + 1 : at + 1]
                lasts.append(end)
                place = len(firsts) - 1
                layer.matches[place] = number, at
                layer.names[place] = chunk.name
                code = self._codes[chunk.set_index]
                written.append(types[done:at])
                written.append(code)
                # What lies within the chunk counts as well: the needs only tell what is not worth a try.
                layer.met |= self._meets[code]
                done = end
        firsts += places[done:count]
        lasts += places[done + 1 : count + 1]
        layer.types = types if done == 0 else "".join([*written, types[done:]])
        return layer
