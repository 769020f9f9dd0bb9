"""Words of a stretch of text as the reader of times sees them: proclitics cut off, numbers whole, offsets kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from extractor.rules.lexicon import CONJUNCTIONS, PREPOSITIONS
from extractor.text.number_words import COMPOUND_UNIT, TEEN_UNIT, TEN, TENS, UNIT, Node
from extractor.text.time_words import AL, TimeVocabulary

_TOKEN = re.compile(r"[^\W\d_]+|\d+|\n|[^\w\s]")
_LAM = AL[1]
_UNITS = (UNIT, COMPOUND_UNIT, TEEN_UNIT)

T = TypeVar("T")


@dataclass(slots=True)
class TimeTokens:
    """Parallel lists: words and their offsets."""

    vocabulary: TimeVocabulary
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def word(self, at: int) -> str:
        """The word at a place, empty past the end."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def find(self, tree: Node[T], at: int) -> tuple[T, int] | None:
        """The longest phrase of a tree at `at`: its value and the place past it."""
        if not 0 <= at < len(self.words) or self.words[at] not in tree.following:
            return None
        return tree.longest(self.words, at)

    def cue(self, role: str, at: int) -> int:
        """Past the small word of a role at `at`; 0 if none stands there."""
        found = self.find(self.vocabulary.cues[role], at)
        return found[1] if found else 0

    def digits(self, at: int) -> int | None:
        """The number in digits at `at`."""
        word = self.word(at)
        return int(word) if word.isdecimal() and len(word) <= 4 else None

    def number(self, at: int) -> tuple[int, int] | None:
        """A number of one to 99 at `at`, in digits or words, with the place past it."""
        if self.word(at) == AL:
            at += 1
        value = self.digits(at)
        if value is not None:
            return value, at + 1
        return self._in_words(at, self.vocabulary.cardinals)

    def ordinal(self, at: int) -> tuple[int, int] | None:
        """An ordinal of one to 99 at `at` (the third, the twenty-first), with the place past it."""
        value = self.vocabulary.ordinals.get(self.word(at))
        if value is None:
            role, ten = self._number_word(at)
            return (ten, at + 1) if role in (TEN, TENS) and self.word(at).startswith(AL) else None
        return self._compound(value, at + 1)

    def _number_word(self, at: int) -> tuple[int, int]:
        word = self.word(at)
        known = self.vocabulary.cardinals
        return known.get(word) or known.get(word.removeprefix(AL)) or (-1, 0)

    def _in_words(self, at: int, known: Mapping[str, tuple[int, int]]) -> tuple[int, int] | None:
        role, value = known.get(self.word(at)) or self._number_word(at)
        if role in (TEN, TENS) or (role >= 0 and 10 < value < 20):
            return value, at + 1
        return self._compound(value, at + 1) if role in _UNITS else None

    def _compound(self, value: int, at: int) -> tuple[int, int]:
        """`value` with the ten, or the tens behind a conjunction, that follow it."""
        role, ten = self._number_word(at)
        if role == TEN and value < 10:
            return value + ten, at + 1
        if self.word(at) in CONJUNCTIONS and self.word(at):
            role, ten = self._number_word(at + 1)
            if role == TENS:
                return value + ten, at + 2
        return value, at


def time_tokens(text: str, start: int, end: int, vocabulary: TimeVocabulary) -> TimeTokens:
    """The words of `text[start:end]`, folded text."""
    out = TimeTokens(vocabulary)
    known = vocabulary.words
    for match in _TOKEN.finditer(text, start, end):
        word, begin = match.group(), match.start()
        if word not in known and len(word) > 1 and word[0] in CONJUNCTIONS + PREPOSITIONS:
            word, begin = _cut(word, begin, out)
        out.words.append(word)
        out.starts.append(begin)
        out.ends.append(match.end())
    return out


def _cut(word: str, begin: int, out: TimeTokens) -> tuple[str, int]:
    """Put the proclitics of a word of time into `out`; what is left of the word, and where it begins."""
    known = out.vocabulary.words
    for cut in (1, 2, 3):
        prefix, rest = word[:cut], word[cut:]
        if any(c not in CONJUNCTIONS + PREPOSITIONS for c in prefix) or len(rest) < 2:
            break
        whole = AL[0] + prefix[-1] + rest if prefix[-1] == _LAM and rest[0] == _LAM else ""
        if rest in known or (rest.startswith(AL) and (rest in known or rest[2:] in known)):
            _emit(prefix, begin, out)
            return rest, begin + cut
        if whole and AL + rest[1:] in known:  # behind the preposition the article loses its alef
            _emit(prefix, begin, out)
            return AL + rest[1:], begin + cut
    if rest_is_article(word):
        _emit(word[:-2], begin, out)
        return word[-2:], begin + len(word) - 2
    return word, begin


def rest_is_article(word: str) -> bool:
    """Whether a word is proclitics and an article that belongs to the digits behind it."""
    return len(word) > len(AL) and word.endswith(AL) and all(c in CONJUNCTIONS + PREPOSITIONS for c in word[:-2])


def _emit(prefix: str, begin: int, out: TimeTokens) -> None:
    for number, letter in enumerate(prefix):
        out.words.append(letter)
        out.starts.append(begin + number)
        out.ends.append(begin + number + 1)
