"""A sentence read word by word: segments, the readings of each, and the type string that rules are matched on."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.rules.lexicon import AL, CONJUNCTIONS, PREPOSITIONS, SHAPES, Lexicon, ReadingSet, beginning, shape
from extractor.text.numbers import NumberReader, Quantity
from extractor.text.tokens import TOKEN

_LAM = "\u0644"


# Where a segment begins and ends within its token: four bits, which prefixes of at most four letters never fill.
_BITS = 4
_WITHIN = (1 << _BITS) - 1


@dataclass(slots=True)
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
    words: list[str] = field(default_factory=list)
    sets: list[int] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    types: str = ""
    quantities: dict[int, Quantity] = field(default_factory=dict)
    _offsets: tuple[list[int], list[int]] | None = None

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
            tokens = [m.span() for m in TOKEN.finditer(self.text, self.start, self.end)]
            starts = [tokens[b >> _BITS][0] + (b & _WITHIN) for b in self.begins]
            ends = [tokens[s >> _BITS][0] + (s & _WITHIN) if s & _WITHIN else tokens[s >> _BITS][1] for s in self.stops]
            self._offsets = starts, ends
        return self._offsets


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
        out = Sentence(text, start, end)
        self._segment(TOKEN.findall(text, start, end), out)
        self._quantify(out)
        codes = self._lexicon.codes
        out.types = "".join([codes[s] for s in out.sets])
        return out

    def _segment(self, tokens: list[str], out: Sentence) -> None:
        """Look every token up; those that are listed and begin no phrase are taken over run by run."""
        get, firsts = self._lexicon.words.get, self._lexicon.phrase_sizes
        found = [get(word, -1) for word in tokens]
        done = 0
        for at in [i for i, word in enumerate(tokens) if found[i] < 0 or word in firsts]:
            if at < done:
                continue  # within a phrase
            if at > done:
                self._take(tokens, found, done, at, out)
            done = at + self._special(tokens, at, found[at], out)
        self._take(tokens, found, done, len(tokens), out)

    def _take(self, tokens: list[str], found: list[int], first: int, end: int, out: Sentence) -> None:
        """Tokens `first:end` as a segment each."""
        out.words += tokens[first:end]
        out.sets += found[first:end]
        places = range(first << _BITS, end << _BITS, 1 << _BITS)
        out.begins += places
        out.stops += places

    def _special(self, tokens: list[str], at: int, index: int, out: Sentence) -> int:
        """Add the segments of a token that begins a phrase or is not listed; how many tokens they take."""
        word, taken, skipped = tokens[at], 1, 0
        firsts = self._lexicon.phrase_sizes
        if word in firsts:
            whole, taken = self._phrase(word, tokens, at)
            index = whole if taken > 1 else index
        if index < 0:
            if len(word) > 2:
                index, word, skipped = self._split(word, at, out)
                if word in firsts:
                    whole, taken = self._phrase(word, tokens, at)
                    index = whole if taken > 1 else index
            else:
                index = self._unlisted(word)
        if taken > 1:
            word = " ".join([word, *tokens[at + 1 : at + taken]])
        out.words.append(word)
        out.sets.append(index)
        out.begins.append(at << _BITS | skipped)
        out.stops.append((at + taken - 1) << _BITS)
        return taken

    def _phrase(self, word: str, tokens: list[str], at: int) -> tuple[int, int]:
        """Reading set and size, in tokens, of the longest listed phrase that `word` at token `at` begins; (-1, 1)."""
        if at + 1 < len(tokens):
            rows = self._lexicon.phrases[word]
            for size in self._lexicon.phrase_sizes[word].get(tokens[at + 1], ()):
                found = rows.get(" ".join(tokens[at + 1 : at + 1 + size]), -1)
                if found >= 0 and at + size < len(tokens):  # the last tokens may be a shorter row
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
        return self._lexicon.unknown[shape(word) + beginning(word) * len(SHAPES)]

    def _split(self, word: str, at: int, out: Sentence) -> tuple[int, str, int]:
        """Split declared proclitics off token `at`, which no list holds whole; what is left must be listed.

        The proclitics are added to `out`; what is returned is the reading set, the form and the letters skipped.
        """
        conjunction = word[0] if word[0] in CONJUNCTIONS else ""
        for prefix in ("", conjunction) if conjunction else ("",):
            rest = word[len(prefix) :]
            index = self._lexicon.words.get(rest, -1) if prefix else -1
            if index < 0:
                index = self._with_article(rest)
            if index >= 0:
                return self._emit(prefix, at, out, index, rest, len(prefix))
            if len(rest) < 3 or rest[0] not in PREPOSITIONS:
                continue
            behind = self._behind_preposition(rest)
            if behind is not None:
                index, found, skipped = behind
                return self._emit(prefix + rest[0], at, out, index, found, len(prefix) + skipped)
        return self._unlisted(word), word, 0

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

    def _emit(self, prefixes: str, at: int, out: Sentence, found: int, word: str, skipped: int) -> tuple[int, str, int]:
        words = self._lexicon.words
        for number, prefix in enumerate(prefixes):
            out.words.append(prefix)
            out.begins.append(at << _BITS | number)
            out.stops.append(at << _BITS | (number + 1))
            index = words.get(prefix, -1)
            out.sets.append(index if index >= 0 else self._unlisted(prefix))
        return found, word, skipped

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
        kept: list[int] = []
        at = 0
        for quantity in found:
            kept.extend(range(at, quantity.start))
            out.stops[quantity.start] = out.stops[quantity.end - 1]
            partitive = "partitive" if words[quantity.end - 1] == self._numbers.origin else ""
            out.sets[quantity.start] = named[f"quantity:{quantity.kind}{'def' if quantity.definite else partitive}"]
            out.quantities[len(kept)] = quantity
            kept.append(quantity.start)
            at = quantity.end
        kept.extend(range(at, len(words)))
        out.words = [
            words[i] if k not in out.quantities else " ".join(words[i : out.quantities[k].end])
            for k, i in enumerate(kept)
        ]
        out.begins = [out.begins[i] for i in kept]
        out.stops = [out.stops[i] for i in kept]
        out.sets = [out.sets[i] for i in kept]
