"""A sentence read word by word: segments, the readings of each, and the type string that rules are matched on."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.rules.lexicon import AL, CONJUNCTIONS, PREFIXES, PREPOSITIONS, SHAPES, Lexicon, ReadingSet, shape
from extractor.text.numbers import NumberReader, Quantity
from extractor.text.tokens import TOKEN

_LAM, _WAW = "\u0644", "\u0648"


@dataclass(slots=True)
class Sentence:
    """Parallel lists over the segments of one sentence. Offsets are into the folded text.

    A segment is a word, a proclitic split off a word, a sign, a phrase of the vocabulary, or a whole quantity.
    """

    start: int
    end: int
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sets: list[int] = field(default_factory=list)
    types: str = ""
    quantities: dict[int, Quantity] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.words)


class SentenceReader:
    """Reads sentences with one lexicon and one number reader. Holds no state of any text."""

    def __init__(self, lexicon: Lexicon, numbers: NumberReader) -> None:
        self._lexicon = lexicon
        self._numbers = numbers
        self._atoms: dict[int, frozenset[str]] = {}  # depends on the lexicon alone

    def readings(self, sentence: Sentence, at: int) -> ReadingSet:
        """All readings of segment `at`."""
        return self._lexicon.sets[sentence.sets[at]]

    def atoms(self, sentence: Sentence, at: int) -> frozenset[str]:
        """The atoms of all readings of segment `at` together."""
        index = sentence.sets[at]
        found = self._atoms.get(index)
        if found is None:
            found = self._atoms[index] = frozenset().union(*(r.atoms for r in self._lexicon.sets[index]))
        return found

    def known(self, form: str) -> ReadingSet:
        """The readings of a folded word or phrase by itself; none where no list holds it."""
        first, _, rest = form.partition(" ")
        lexicon = self._lexicon
        if rest:
            index = lexicon.phrases.get(first, {}).get(rest, -1)
        else:
            index = lexicon.words.get(first, -1)
            index = self._with_article(first) if index < 0 else index
        return lexicon.sets[index] if index >= 0 else ()

    def read(self, text: str, start: int, end: int) -> Sentence:
        """Read `text[start:end]`, a sentence of a folded text."""
        out = Sentence(start, end)
        self._segment(text, start, end, out)
        self._quantify(out)
        codes = self._lexicon.codes
        out.types = "".join([codes[s] for s in out.sets])
        return out

    def _segment(self, text: str, start: int, end: int, out: Sentence) -> None:
        lexicon = self._lexicon
        words, phrase_sizes = lexicon.words, lexicon.phrase_sizes
        tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, start, end)]
        count = len(tokens)
        at = 0
        while at < count:
            word, begin, stop = tokens[at]
            index, taken = -1, 1
            if word in phrase_sizes:
                index, taken = self._phrase(word, tokens, at)
            if taken == 1:
                index = words.get(word, -1)
                if index < 0 and len(word) > 2:
                    index, word, begin = self._split(word, begin, out)
                    if word in phrase_sizes:
                        found, taken = self._phrase(word, tokens, at)
                        index = found if taken > 1 else index
                elif index < 0:
                    index = self._unlisted(word)
            if taken > 1:
                stop = tokens[at + taken - 1][2]
                word = " ".join([word, *(t[0] for t in tokens[at + 1 : at + taken])])
            out.words.append(word)
            out.starts.append(begin)
            out.ends.append(stop)
            out.sets.append(index)
            at += taken

    def _phrase(self, word: str, tokens: list[tuple[str, int, int]], at: int) -> tuple[int, int]:
        """Reading set and size, in tokens, of the longest listed phrase that `word` at token `at` begins; (-1, 1)."""
        rows = self._lexicon.phrases[word]
        for size in self._lexicon.phrase_sizes[word]:
            if at + size < len(tokens):
                found = rows.get(" ".join([t[0] for t in tokens[at + 1 : at + 1 + size]]), -1)
                if found >= 0:
                    return found, size + 1
        return -1, 1

    def _unlisted(self, word: str) -> int:
        named = self._lexicon.named
        first = word[0]
        if first.isdigit():
            return named["digits"]
        if not first.isalpha():
            return named["sign"]
        if first.isascii():
            return named["latin"]
        # Behind a waw, which may be "and", an unknown word need not go on what stands before it.
        more = 0
        if len(word) > 3:
            more = 1 if word.startswith(AL) else 2 if first == _WAW else 3 if first in PREFIXES else 0
        return self._lexicon.unknown[shape(word) + more * len(SHAPES)]

    def _split(self, word: str, begin: int, out: Sentence) -> tuple[int, str, int]:
        """Split declared proclitics off a word that no list holds whole; what is left must be listed."""
        conjunction = word[0] if word[0] in CONJUNCTIONS else ""
        for prefix in ("", conjunction) if conjunction else ("",):
            rest = word[len(prefix) :]
            index = self._lexicon.words.get(rest, -1) if prefix else -1
            if index < 0:
                index = self._with_article(rest)
            if index >= 0:
                return self._emit(prefix, begin, out, index, rest, len(prefix))
            if len(rest) < 3 or rest[0] not in PREPOSITIONS:
                continue
            behind = self._behind_preposition(rest)
            if behind is not None:
                index, found, skipped = behind
                return self._emit(prefix + rest[0], begin, out, index, found, len(prefix) + skipped)
        return self._unlisted(word), word, begin

    def _with_article(self, word: str) -> int:
        if word.startswith(AL) and len(word) > 3:
            index = self._lexicon.words.get(word[2:], -1)
            return self._lexicon.definite[index] if index >= 0 else -1
        return -1

    def _behind_preposition(self, word: str) -> tuple[int, str, int] | None:
        """Reading set, form and letters to skip of a word that begins with a preposition."""
        words, lexicon = self._lexicon.words, self._lexicon
        rest = word[1:]
        index = words.get(rest, -1)
        if index >= 0:
            index = lexicon.bare[index]
        if index < 0:
            index = self._with_article(rest)
        if index >= 0:
            return index, rest, 1
        if word[0] == _LAM and rest[0] == _LAM and len(rest) > 2:
            # Behind the preposition the article loses its alef: the form is looked up with it.
            whole = "\u0627" + rest
            index = words.get(whole, -1)
            if index >= 0:
                index = lexicon.bare[index]
            if index < 0:
                index = self._with_article(whole)
            if index >= 0:
                return index, whole, 2
        return None

    def _emit(
        self, prefixes: str, begin: int, out: Sentence, found: int, word: str, skipped: int
    ) -> tuple[int, str, int]:
        words = self._lexicon.words
        for number, prefix in enumerate(prefixes):
            out.words.append(prefix)
            out.starts.append(begin + number)
            out.ends.append(begin + number + 1)
            index = words.get(prefix, -1)
            out.sets.append(index if index >= 0 else self._unlisted(prefix))
        return found, word, begin + skipped

    def _quantify(self, out: Sentence) -> None:
        """Fold each number phrase into one segment."""
        starts = self._numbers.starts
        words = out.words
        hits = [i for i, w in enumerate(words) if w[0].isdigit() or w in starts]
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
        kept: list[int] = []
        at = 0
        for quantity in found:
            kept.extend(range(at, quantity.start))
            out.ends[quantity.start] = out.ends[quantity.end - 1]
            out.sets[quantity.start] = named[f"quantity:{quantity.kind}{'def' if quantity.definite else ''}"]
            out.quantities[len(kept)] = quantity
            kept.append(quantity.start)
            at = quantity.end
        kept.extend(range(at, len(words)))
        out.words = [
            words[i] if k not in out.quantities else " ".join(words[i : out.quantities[k].end])
            for k, i in enumerate(kept)
        ]
        out.starts = [out.starts[i] for i in kept]
        out.ends = [out.ends[i] for i in kept]
        out.sets = [out.sets[i] for i in kept]
