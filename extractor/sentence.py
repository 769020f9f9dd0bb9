"""A sentence read word by word: segments, the readings of each, and the type string that rules are matched on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from extractor.rules.lexicon import Lexicon, ReadingSet, Sizes
from extractor.text.numbers import NumberReader, Quantity
from extractor.text.tokens import TOKEN, token_starts
from extractor.word import Word, WordReader

ARMED: Final = frozenset({"military", "police", "militant"})  # types of people who carry arms, and the atoms of these

# Where a segment begins and ends within its token: four bits, which prefixes of at most four letters never fill.
_BITS: Final = 4
_UNKNOWN: Final = -1
_WITHIN: Final = (1 << _BITS) - 1


@dataclass(slots=True, eq=False, repr=False)
class Sentence:
    """Parallel lists over the segments of one sentence.

    A segment is a word, a proclitic split off a word, a sign, a phrase of the vocabulary, or a whole quantity. `starts`
    and `ends` are offsets into the folded text. They are worked out when first asked for, since most sentences make no
    record: until then `begins` and `stops` hold the number of a token, four bits up, and letters of it to skip below
    (for `stops` none: the end of the token).
    """

    text: str
    start: int
    end: int
    tokens: list[str]
    words: list[str] = field(default_factory=list)
    sets: list[int] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    chars: list[str] = field(default_factory=list)  # those of `types`, each the one string that the lexicon has of it
    types: str = ""
    quantities: dict[int, Quantity] = field(default_factory=dict)
    _offsets: tuple[list[int], list[int]] | None = None
    every_atom: list[frozenset[str]] | None = None  # as `SentenceReader.every_atom` has worked them out
    marks: list[int] | None = None  # of each segment, what finders look for, as `SentenceReader.mark` has worked it out
    marked: int = 0  # those of all segments together
    found: dict[int, list[int]] = field(default_factory=dict)  # what finders have found, by their bits

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
            starts = [first[b >> _BITS] + (b & _WITHIN) for b in self.begins]
            ends = [first[s >> _BITS] + (s & _WITHIN or len(tokens[s >> _BITS])) for s in self.stops]
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
        # The atoms of each reading set, once it has been asked for.
        self._atoms: list[frozenset[str] | None] = [None] * len(lexicon.sets)
        self._sought: list[frozenset[str]] = []  # what finders look for, each of them with a bit
        self._marks: list[int] = []  # the bits of each reading set, once it has been asked for

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
        found = self._atoms[index] = frozenset().union(*(r.atoms for r in self._lexicon.sets[index]))
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
        self._sought.append(frozenset(atoms))
        self._marks = [_UNKNOWN] * len(self._lexicon.sets)
        return Finder(self, 1 << len(self._sought) - 1)

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
        mark = self._marks[index] = sum(1 << bit for bit, sought in enumerate(self._sought) if sought & atoms)
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
        out = Sentence(text, start, end, TOKEN.findall(text, start, end))
        self._segment(out.tokens, out)
        self._quantify(out)
        out.chars = list(map(self._lexicon.codes.__getitem__, out.sets))
        out.types = "".join(out.chars)
        return out

    def _segment(self, tokens: list[str], out: Sentence) -> None:
        words, sets, begins, stops = out.words, out.sets, out.begins, out.stops
        done, count = 0, len(tokens)
        for at, (token, known) in enumerate(zip(tokens, self.words.words(tokens), strict=True)):
            word = known
            if at < done:
                continue  # within a phrase
            form, place, last = token, at << _BITS, at << _BITS
            if isinstance(word, int):
                index = word
            else:
                index, taken = -1, 0
                following = tokens[at + 1] if at + 1 < count else ""
                if word.whole is not None and following in word.whole:
                    index, taken = self._phrase(form, word.whole, tokens, at)
                led = 0
                if not taken and word.led is not None:
                    index, led = self._phrase_led(word.led, tokens, at)
                    word = word.led if led else word
                if not taken:
                    for number, (letter, proclitic) in enumerate(word.proclitics):
                        words.append(letter)
                        sets.append(proclitic)
                        begins.append(place | number)
                        stops.append(place | (number + 1))
                    form, index, taken = word.form, index if led else word.known, led
                    place |= word.skipped
                    if not led and word.behind is not None and following in word.behind:
                        phrase, taken = self._phrase(form, word.behind, tokens, at)
                        index = phrase if taken else index
                if taken:
                    done = at + 1 + taken
                    form = " ".join([form, *tokens[at + 1 : done]])
                    last += taken << _BITS
            words.append(form)
            sets.append(index)
            begins.append(place)
            stops.append(last)

    def _phrase(self, word: str, sizes: Sizes, tokens: list[str], at: int) -> tuple[int, int]:
        """Reading set of the longest listed phrase that `word` at token `at` begins, and its tokens behind that one;
        none (0) where none stands there."""
        for found, size in self._lexicon.phrases_at(word, sizes, tokens, at):
            if size > 1 or not self._begins_body(tokens, at + 1, found):
                return found, size
        return -1, 0

    def _phrase_led(self, led: Word, tokens: list[str], at: int) -> tuple[int, int]:
        """As `_phrase`, of the phrase that begins behind a preposition, with its reading there."""
        index, taken = self._phrase(led.form, led.behind or {}, tokens, at)
        if taken and (index := self._lexicon.bare[index]) >= 0:
            return index, taken
        return -1, 0

    def _begins_body(self, tokens: list[str], at: int, whole: int) -> bool:
        """Whether the second word of a phrase of armed people, at `at`, begins the longer name of a body ("elements of
        the army": of the National Army)."""
        sizes, sets = self._lexicon.phrase_sizes.get(tokens[at]), self._lexicon.sets
        if sizes is None or not any("person" in r.atoms and r.atoms & ARMED for r in sets[whole]):
            return False
        index, taken = self._phrase(tokens[at], sizes, tokens, at)
        return taken > 0 and any("actor" in r.atoms for r in sets[index])

    def _quantify(self, out: Sentence) -> None:
        """Fold each number phrase into one segment."""
        words = out.words
        hits = self._numbers.begins(words)
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
        named = self._lexicon.named
        sets, begins, stops = out.sets, out.begins, out.stops
        out.words, out.sets, out.begins, out.stops = [], [], [], []
        at = 0
        for quantity in found:
            start, end = quantity.start, quantity.end
            out.words += words[at:start]
            out.sets += sets[at:start]
            out.begins += begins[at:start]
            out.stops += stops[at:start]
            partitive = "partitive" if words[end - 1] == self._numbers.origin else ""
            out.quantities[len(out.words)] = quantity
            out.words.append(" ".join(words[start:end]))
            out.sets.append(named[f"quantity:{quantity.kind}{'def' if quantity.definite else partitive}"])
            out.begins.append(begins[start])
            out.stops.append(stops[end - 1])
            at = end
        out.words += words[at:]
        out.sets += sets[at:]
        out.begins += begins[at:]
        out.stops += stops[at:]
