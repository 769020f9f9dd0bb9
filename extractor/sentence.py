"""A sentence read word by word: segments, the readings of each, and the type string that rules are matched on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractor.rules.lexicon import Lexicon, ReadingSet
from extractor.segments import BITS, Segmenter, Segments
from extractor.text.numbers import NumberReader, Quantity
from extractor.text.tokens import token_starts
from extractor.word import WordReader

_UNKNOWN: Final = -1
_WITHIN: Final = (1 << BITS) - 1


class Sentence:
    """Parallel lists over the segments of one sentence.

    A segment is a word, a proclitic split off a word, a sign, a phrase of the vocabulary, or a whole quantity. `starts`
    and `ends` are offsets into the folded text. They are worked out when first asked for, since most sentences make no
    record: until then `begins` and `stops` hold what `Segments` say.
    """

    # No dataclass: made for every sentence, and of a dataclass mypyc leaves `__init__` to Python.
    def __init__(self, text: str, start: int, end: int, segments: Segments) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.tokens: list[str] = segments[0]
        self.words: list[str] = segments[1]
        self.sets: list[int] = segments[2]
        self.begins: list[int] = segments[3]
        self.stops: list[int] = segments[4]
        self.types: str = segments[5]
        self.quantities: dict[int, Quantity] = {}
        self._offsets: tuple[list[int], list[int]] | None = None
        self.every_atom: list[frozenset[str]] | None = None  # as `SentenceReader.every_atom` has worked them out
        self.marks: list[int] | None = None  # of each segment, what finders look for, as `SentenceReader.mark` tells it
        self.marked = 0  # those of all segments together
        self.found: dict[int, list[int]] = {}  # what finders have found, by their bits

    def __len__(self) -> int:
        return len(self.words)

    @property
    def starts(self) -> list[int]:
        """Offset of the first letter of each segment."""
        return self._located()[0]

    @property
    def ends(self) -> list[int]:
        """Offset past the last letter of each segment."""
        return self._located()[1]

    def _located(self) -> tuple[list[int], list[int]]:
        if self._offsets is None:
            tokens = self.tokens
            first = token_starts(self.text, self.start, tokens)
            starts = [first[b >> BITS] + (b & _WITHIN) for b in self.begins]
            ends = [first[s >> BITS] + (s & _WITHIN or len(tokens[s >> BITS])) for s in self.stops]
            self._offsets = starts, ends
        return self._offsets


class Finder:
    """Finds the segments of a sentence that have one of some atoms, which are `bit` of `Sentence.marks`."""

    def __init__(self, reader: SentenceReader, bit: int) -> None:
        self._reader = reader
        self.bit = bit

    def __call__(self, sentence: Sentence) -> Sequence[int]:
        """The segments found, in order; worked out when first asked for."""
        bit = self.bit
        marks = sentence.marks
        if marks is None:
            marks = self._reader.mark(sentence)
        if not sentence.marked & bit:
            return ()  # as in most sentences
        found = sentence.found.get(bit)
        if found is None:
            found = sentence.found[bit] = [at for at, mark in enumerate(marks) if mark & bit]
        return found


class SentenceReader:
    """Reads sentences with one lexicon and one number reader. Holds no state of any text."""

    def __init__(self, lexicon: Lexicon, numbers: NumberReader) -> None:
        self._lexicon = lexicon
        self._numbers = numbers
        self.words = WordReader(lexicon)
        self._segments = Segmenter(lexicon, self.words, numbers.starts).segments
        # The atoms of each reading set, once it has been asked for.
        self._atoms: list[frozenset[str] | None] = [None] * len(lexicon.sets)
        self._sought: dict[str, int] = {}  # the atoms that finders look for, with the bits of these finders
        self._finders = 0
        self._marks: list[int] = []  # the bits of each reading set, once it has been asked for

    def prepare(self) -> None:
        """Work out the atoms and marks of all reading sets, for many texts. Equal atoms become one set."""
        known: dict[frozenset[str], frozenset[str]] = {}
        for index in range(len(self._atoms)):
            atoms = self._united(index)
            self._atoms[index] = known.setdefault(atoms, atoms)
        if self._sought:
            for index in range(len(self._marks)):
                self._mark(index)

    def readings(self, sentence: Sentence, at: int) -> ReadingSet:
        """All readings of segment `at`."""
        return self._lexicon.sets[sentence.sets[at]]

    def atoms(self, sentence: Sentence, at: int) -> frozenset[str]:
        """The atoms of all readings of segment `at` together."""
        index = sentence.sets[at]
        found = self._atoms[index]
        return self._united(index) if found is None else found

    def atoms_behind(self, sentence: Sentence, at: int) -> frozenset[str]:
        """As `atoms`, of a segment that may lie behind the end; none there."""
        return self.atoms(sentence, at) if at < len(sentence) else frozenset()

    def _united(self, index: int) -> frozenset[str]:
        readings = self._lexicon.sets[index]
        found = self._atoms[index] = (
            readings[0].atoms if len(readings) == 1 else frozenset().union(*(r.atoms for r in readings))
        )
        return found

    def every_atom(self, sentence: Sentence) -> list[frozenset[str]]:
        """The atoms of all readings of each segment; worked out when first asked for."""
        found = sentence.every_atom
        if found is None:
            known = self._atoms
            found = sentence.every_atom = []
            for index in sentence.sets:
                atoms = known[index]
                found.append(self._united(index) if atoms is None else atoms)
        return found

    def finder(self, *atoms: str) -> Finder:
        """What finds the segments that can be one of `atoms`; to be made once, before texts are read."""
        bit = 1 << self._finders
        self._finders += 1
        for atom in atoms:
            self._sought[atom] = self._sought.get(atom, 0) | bit
        self._marks = [_UNKNOWN] * len(self._lexicon.sets)
        return Finder(self, bit)

    def mark(self, sentence: Sentence) -> list[int]:
        """What each segment has of all that finders look for, as their bits; kept with the sentence."""
        marks, out, marked = self._marks, [], 0
        for index in sentence.sets:
            mark = marks[index]
            if mark == _UNKNOWN:
                mark = self._mark(index)
            out.append(mark)
            marked |= mark
        sentence.marks, sentence.marked = out, marked
        return out

    def _mark(self, index: int) -> int:
        atoms = self._atoms[index]
        if atoms is None:
            atoms = self._united(index)
        sought, mark = self._sought, 0
        for atom in atoms:
            mark |= sought.get(atom, 0)
        self._marks[index] = mark
        return mark

    def known(self, form: str) -> ReadingSet:
        """The readings of a folded word or phrase by itself; none where no list holds it."""
        first, _, rest = form.partition(" ")
        lexicon = self._lexicon
        if rest:
            index = lexicon.phrases.get(first, {}).get(rest, -1)
        else:
            index = lexicon.words.get(first, -1)
            index = self.words.with_article(first) if index < 0 else index
        return lexicon.sets[index] if index >= 0 else ()

    def read(self, text: str, start: int, end: int) -> Sentence:
        """Read `text[start:end]`, a sentence of a folded text."""
        segments = self._segments(text, start, end)
        out = Sentence(text, start, end, segments)
        numeric = segments[6]
        if numeric:
            self._quantify(out, numeric)
        return out

    def _quantify(self, out: Sentence, numeric: list[int]) -> None:
        """Fold each number phrase into one segment; each begins with one of the segments `numeric`."""
        words = out.words
        hits = self._numbers.begins(words, numeric)
        if not hits:
            return
        found: list[Quantity] = []
        done = 0
        for at in hits:
            if at >= done:
                quantity = self._numbers.read(words, at)
                if quantity is not None:
                    found.append(quantity)
                    done = quantity.end
        if not found:
            return
        named, codes, types = self._lexicon.named, self._lexicon.codes, out.types
        sets, begins, stops = out.sets, out.begins, out.stops
        written: list[str] = []
        at = gone = 0
        for quantity in found:
            first, behind = quantity.start, quantity.end
            start, end = first - gone, behind - gone
            partitive = "partitive" if words[end - 1] == self._numbers.origin else ""
            index = named[f"quantity:{quantity.kind}{'def' if quantity.definite else partitive}"]
            out.quantities[start] = quantity
            sets[start] = index
            if end > start + 1:
                words[start:end] = [" ".join(words[start:end])]
                stops[start:end] = [stops[end - 1]]
                del sets[start + 1 : end]
                del begins[start + 1 : end]
                gone += end - start - 1
            written.append(types[at:first])
            written.append(codes[index])
            at = behind
        written.append(types[at:])
        out.types = "".join(written)
