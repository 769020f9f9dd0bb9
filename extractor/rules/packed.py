"""Containers that come to life piece by piece, so that a short run does not pay for a hundred thousand words.

A `Shelf` holds a dictionary as marshalled buckets by the first letters of the keys, and reads a bucket when a key of it
is first asked for. What is asked for and when leaves no trace that a caller could see: a shelf answers like the
dictionary that it was packed from. Threads can share one. Pickled with protocol 5, the bytes stay outside the pickle
(PEP 574), so that they can lie in a mapped file and are never copied.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, SupportsIndex, TypeVar, overload

from extractor.rules.late import Buffer, Late
from extractor.rules.lexicon import Reading, ReadingSet
from extractor.rules.ruleset import RuleSet

_Value = TypeVar("_Value")
_LETTERS = 2  # of a key, which make about a thousand buckets of a hundred words out of the Arabic vocabulary


class Shelf(dict[str, Any]):
    """A dictionary with string keys that reads its buckets on demand: by `[]`, `get` and `in`.

    `data` holds the marshalled buckets one behind the other, `places` says which bytes of it each bucket takes, by
    the first letters of its keys. `whole()` gives a plain dictionary, for everything else and for speed in a long run.
    """

    __slots__ = ("_data", "_places")

    def __init__(self, places: dict[str, tuple[int, int]], data: Buffer) -> None:
        super().__init__()
        self._places = places
        self._data = memoryview(data)

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Shelf:
        """Pack `table`, whose values are what `marshal` can hold."""
        buckets: dict[str, dict[str, Any]] = {}
        for key, value in table.items():
            buckets.setdefault(key[:_LETTERS], {})[key] = value
        places, data = {}, bytearray()
        for prefix, bucket in buckets.items():
            start = len(data)
            data += marshal.dumps(bucket)
            places[prefix] = start, len(data)
        return cls(places, bytes(data))

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return Shelf, (self._places, pickle.PickleBuffer(self._data))

    def _bucket(self, prefix: str) -> dict[str, Any]:
        start, end = self._places[prefix]
        found: dict[str, Any] = marshal.loads(self._data[start:end])
        return found

    def __missing__(self, key: str) -> Any:
        prefix = key[:_LETTERS]
        if prefix in self._places:
            # Filled first and forgotten then: another thread finds the bucket or the words, never neither.
            with suppress(KeyError):  # another thread was faster
                self.update(self._bucket(prefix))
            self._places.pop(prefix, None)
        if key in self.keys():
            return self[key]
        raise KeyError(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key`, or `default`."""
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key, self) is not self

    def whole(self) -> dict[str, Any]:
        """All of it, as a plain dictionary."""
        out: dict[str, Any] = {}
        for prefix in list(self._places):
            with suppress(KeyError):  # another thread has read it meanwhile: what it held is below
                out.update(self._bucket(prefix))
        out.update(self)
        return out


class WordShelf:
    """A set of words that reads its buckets on demand; it answers what the gate of an engine is asked."""

    __slots__ = ("_words",)

    def __init__(self, words: Shelf) -> None:
        self._words = words

    @classmethod
    def of(cls, words: Iterable[str]) -> WordShelf:
        """Pack `words`."""
        return cls(Shelf.of(dict.fromkeys(words)))

    def isdisjoint(self, words: Iterable[str]) -> bool:
        """Whether none of `words` is in the set."""
        return not any(word in self._words for word in words)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def whole(self) -> frozenset[str]:
        """All of it, as a plain set."""
        return frozenset(self._words.whole())


class Rows(Sequence[ReadingSet]):
    """Reading sets by number, each unmarshalled when first asked for. `ends` says where each ends in `data`."""

    __slots__ = ("_data", "_ends", "_known")

    def __init__(self, ends: list[int], data: Buffer) -> None:
        self._ends = ends
        self._data = memoryview(data)
        self._known: dict[int, ReadingSet] = {}

    @classmethod
    def of(cls, rows: Iterable[ReadingSet]) -> Rows:
        """Pack `rows`."""
        ends, data = [], bytearray()
        for row in rows:
            data += marshal.dumps([(sorted(r.atoms), r.attributes) for r in row])
            ends.append(len(data))
        return cls(ends, bytes(data))

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return Rows, (self._ends, pickle.PickleBuffer(self._data))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> ReadingSet: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ReadingSet]: ...
    def __getitem__(self, index: int | slice) -> ReadingSet | Sequence[ReadingSet]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        found = self._known.get(index)
        if found is None:
            index = range(len(self))[index]  # counts negative numbers from the end, refuses what is outside
            rows = marshal.loads(self._data[self._ends[index - 1] if index else 0 : self._ends[index]])
            found = tuple(Reading(frozenset(atoms), attributes) for atoms, attributes in rows)
            self._known[index] = found
        return found

    def whole(self) -> list[ReadingSet]:
        """All of them; equal atoms are one set, so that what is looked up all the time lies together in memory."""
        atoms: dict[frozenset[str], frozenset[str]] = {}
        return [tuple(r._replace(atoms=atoms.setdefault(r.atoms, r.atoms)) for r in row) for row in self]


def packed(rules: RuleSet) -> RuleSet:
    """The same rules in containers that are quick to load and come to life as they are used."""
    lexicon = replace(
        rules.lexicon,
        words=Shelf.of(rules.lexicon.words),
        phrases=Shelf.of(rules.lexicon.phrases),
        phrase_sizes=Shelf.of(rules.lexicon.phrase_sizes),
        identities=Shelf.of(rules.lexicon.identities),
        sets=Rows.of(rules.lexicon.sets),
    )
    return replace(
        rules,
        lexicon=lexicon,
        rules=[r._replace(pattern=Late.of(r.pattern)) for r in rules.rules],
        chunks=[Late.of(c, "openings") for c in rules.chunks],
        triggers=Shelf.of(rules.triggers),
        neighbours=Shelf.of(rules.neighbours),
        openers=Shelf.of(rules.openers),
        seconds=Shelf.of(rules.seconds),
        demands=rules.demands._replace(of=Shelf.of(rules.demands.of)),
        actors=Shelf.of(rules.actors),
        places=Shelf.of(rules.places),
        gate=WordShelf.of(rules.gate) if isinstance(rules.gate, frozenset) else rules.gate,
        gate_pairs=Shelf.of(rules.gate_pairs),
        gate_groups=Shelf.of(rules.gate_groups),
    )


def whole(rules: RuleSet) -> RuleSet:
    """The same rules in plain containers, which are faster once everything is in use."""
    sets = rules.lexicon.sets
    lexicon = replace(
        rules.lexicon,
        words=_plain(rules.lexicon.words),
        phrases=_plain(rules.lexicon.phrases),
        phrase_sizes=_plain(rules.lexicon.phrase_sizes),
        identities=_plain(rules.lexicon.identities),
        sets=sets.whole() if isinstance(sets, Rows) else sets,
    )
    return replace(
        rules,
        lexicon=lexicon,
        rules=[rule._replace(pattern=rule.pattern._replace()) for rule in rules.rules],
        chunks=[chunk._replace() for chunk in rules.chunks],
        triggers=_plain(rules.triggers),
        neighbours=_plain(rules.neighbours),
        openers=_plain(rules.openers),
        seconds=_plain(rules.seconds),
        demands=rules.demands._replace(of=_plain(rules.demands.of)),
        actors=_plain(rules.actors),
        places=_plain(rules.places),
        gate=rules.gate.whole() if isinstance(rules.gate, WordShelf) else rules.gate,
        gate_pairs=_plain(rules.gate_pairs),
        gate_groups=_plain(rules.gate_groups),
    )


def _plain(table: Mapping[str, _Value]) -> Mapping[str, _Value]:
    return table.whole() if isinstance(table, Shelf) else table
