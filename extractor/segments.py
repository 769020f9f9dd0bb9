"""The segments of a sentence: words, proclitics split off words, signs, phrases of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from extractor.native import native
from extractor.rules.lexicon import ARMED, Lexicon, Sizes
from extractor.text.tokens import TOKEN
from extractor.word import Word, WordReader

# Where a segment begins and ends within its token: four bits, which prefixes of at most four letters never fill.
BITS: Final = 4

# The tokens of a sentence; of each of its segments the word, the reading set, where it begins and stops (the number of
# a token, BITS up, and letters of it to skip below, for a stop none: the end of the token); the types of all, each a
# character; and the segments with which a quantity can begin.
Segments = tuple[list[str], list[str], list[int], list[int], list[int], str, list[int]]


class Segmenter:
    """Cuts sentences with one lexicon; quantities can begin with one of the words `starts`. What it remembers of tokens
    depends on these alone."""

    def __init__(self, lexicon: Lexicon, words: WordReader, starts: frozenset[str]) -> None:
        self._lexicon = lexicon
        self._words = words
        self._starts = starts
        # The segments of the sentence at a span of a folded text.
        self.segments: Callable[[str, int, int], Segments] = self._segments
        made = native("segments")
        if made is not None:
            phrases = self._phrase, self._phrase_led
            self.segments = made.Segmenter(words.read, *phrases, lexicon.codes, starts, words.looked_up()).segments

    def _segments(self, text: str, start: int, end: int) -> Segments:
        tokens = TOKEN.findall(text, start, end)
        words: list[str] = []
        sets: list[int] = []
        begins: list[int] = []
        stops: list[int] = []
        done, count = 0, len(tokens)
        for at, (token, known) in enumerate(zip(tokens, self._words.words(tokens), strict=True)):
            word = known
            if at < done:
                continue  # within a phrase
            form, place, last = token, at << BITS, at << BITS
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
                    last += taken << BITS
            words.append(form)
            sets.append(index)
            begins.append(place)
            stops.append(last)
        starts = self._starts
        numeric = [at for at, word in enumerate(words) if word in starts or word[0].isdigit()]
        return tokens, words, sets, begins, stops, "".join(map(self._lexicon.codes.__getitem__, sets)), numeric

    def _phrase(self, word: str, sizes: Sizes, tokens: Sequence[str], at: int) -> tuple[int, int]:
        """Reading set of the longest listed phrase that `word`, what is left of token `at`, begins, and its tokens
        behind that one; none (0) where none stands there. `sizes` are those of `word` in `Lexicon.phrase_sizes`."""
        behind = at + 1
        if behind < len(tokens) and tokens[behind] in sizes:
            rows = self._lexicon.phrases[word]
            for size in sizes[tokens[behind]]:
                found = rows.get(" ".join(tokens[behind : behind + size]), -1)
                if found < 0 or at + size >= len(tokens):  # the last tokens may be a shorter row
                    continue
                if size > 1 or not self._begins_body(tokens, behind, found):
                    return found, size
        return -1, 0

    def _phrase_led(self, led: Word, tokens: Sequence[str], at: int) -> tuple[int, int]:
        """As `_phrase`, of the phrase that begins behind a preposition, with its reading there."""
        index, taken = self._phrase(led.form, led.behind or {}, tokens, at)
        if taken and (index := self._lexicon.bare[index]) >= 0:
            return index, taken
        return -1, 0

    def _begins_body(self, tokens: Sequence[str], at: int, whole: int) -> bool:
        """Whether the second word of a phrase of armed people, at `at`, begins the longer name of a body ("elements of
        the army": of the National Army)."""
        sizes, sets = self._lexicon.phrase_sizes.get(tokens[at]), self._lexicon.sets
        if sizes is None or not any("person" in r.atoms and r.atoms & ARMED for r in sets[whole]):
            return False
        index, taken = self._phrase(tokens[at], sizes, tokens, at)
        return taken > 0 and any("actor" in r.atoms for r in sets[index])
