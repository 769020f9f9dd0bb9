"""Words of a stretch of text as the reader of times sees them: proclitics cut off, numbers whole, offsets kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from extractor.rules.lexicon import CONJUNCTIONS, PREPOSITIONS
from extractor.text.number_words import COMPOUND_UNIT, TEEN_UNIT, TEN, TENS, UNIT, Node
from extractor.text.time_words import AL, TimeVocabulary
from extractor.text.tokens import token_starts

_PIECE: Final = re.compile(r"\d+|\D")  # of a number with separators, or dots in a row
_LAM: Final = AL[1]
_PREFIXES: Final = CONJUNCTIONS + PREPOSITIONS
_UNITS: Final = (UNIT, COMPOUND_UNIT, TEEN_UNIT)

T = TypeVar("T")
# Words that are remembered cut; what is hostile must not fill the memory.
_MOST: Final = 1 << 15


# What a word can begin, as bits, so that what it cannot begin need not be tried: an expression (OPENER), or one if a
# word of time follows (MERE, a preposition; FOLLOWER); what tells no time of an event (SKIPPED); kinds of expressions;
# parts of a point of time.
OPENER, MERE, FOLLOWER, SKIPPED = (1 << k for k in range(4))
RANGE, SINCE, WITHIN, AGO, LENGTH = (1 << k for k in range(4, 9))
DATE, DAY, WEEKDAY, PERIOD, CLOCK, HALF, WHICH, YEAR, CUE = (1 << k for k in range(9, 18))
POINT: Final = DATE | DAY | WEEKDAY | PERIOD | CLOCK | HALF | WHICH | YEAR | CUE


# A word cut: its pieces and what each can begin, as bits.
Pieces = tuple[tuple[str, ...], tuple[int, ...]]


class Cutter:
    """Cuts words of texts as the reader of times sees them: proclitics off, each piece with what it can begin.

    What it remembers of words depends on the vocabulary alone.
    """

    def __init__(self, vocabulary: TimeVocabulary) -> None:
        self.vocabulary = vocabulary
        self._telling: frozenset[str] | None = None  # every word that can begin something; made when first asked for
        self._known: dict[str, Pieces] = {}

    def pieces(self, words: Sequence[str]) -> list[Pieces]:
        """The pieces of each word."""
        known = self._known
        if len(known) > _MOST:
            known = self._known = {}  # a new one: another thread may be at work with the old
        out: list[Pieces] = []
        for word in words:
            found = known.get(word)
            if found is None:
                cut = self._cut(word)
                found = known[word] = cut, tuple(map(self._parts, cut))
            out.append(found)
        return out

    def _parts(self, word: str) -> int:
        if self._telling is None:
            self._telling = _telling(self.vocabulary)
        known = word in self._telling or word.removeprefix(AL) in self.vocabulary.cardinals or word[:1].isdecimal()
        return _parts(self.vocabulary, word) if known else 0

    def _cut(self, word: str) -> tuple[str, ...]:
        known = self.vocabulary.words
        if word[0].isdigit() or word[0] == ".":
            return tuple(_PIECE.findall(word))
        if word in known or len(word) < 2 or word[0] not in _PREFIXES:
            return (word,)
        for cut in (1, 2, 3):
            if word[cut - 1 : cut] not in _PREFIXES or len(word) < cut + 2:
                break
            prefix, rest = word[:cut], word[cut:]
            whole = AL[0] + prefix[-1] + rest if prefix[-1] == _LAM and rest[0] == _LAM else ""
            if rest in known or (rest.startswith(AL) and rest[2:] in known):
                return (*prefix, rest)
            if whole and AL + rest[1:] in known:  # behind the preposition the article loses its alef
                return (*prefix, AL + rest[1:])
        if len(word) > len(AL) and word.endswith(AL) and all(c in _PREFIXES for c in word[:-2]):
            return (*word[:-2], AL)  # the article belongs to the digits behind it
        return (word,)


def _telling(v: TimeVocabulary) -> frozenset[str]:
    trees: tuple[Node[Any], ...] = (v.months, v.weekdays, v.days, v.parts, v.units, v.which, v.edges, v.seasons)
    every = [*trees, *v.cues.values()]
    return frozenset({AL}.union(v.openers, v.followers, v.cardinals, v.ordinals, *(tree.following for tree in every)))


def _parts(v: TimeVocabulary, word: str) -> int:
    cues = {role for role, tree in v.cues.items() if word in tree.following}
    digits = word[:1].isdecimal()
    number = digits or word == AL or word in v.cardinals or word.removeprefix(AL) in v.cardinals
    ordinal = number or word in v.ordinals
    mere = not cues.isdisjoint({"from", "in"})
    edge, which, unit = word in v.edges.following, word in v.which.following, word in v.units.following
    told = {
        MERE: mere,
        OPENER: not mere and (digits or word in v.openers),
        FOLLOWER: digits or word in v.followers,
        SKIPPED: not cues.isdisjoint({"none", "anaphor", "until"}),
        RANGE: digits or not cues.isdisjoint({"between", "from", "year", "day"}),
        SINCE: "since" in cues,
        WITHIN: "within" in cues,
        AGO: not cues.isdisjoint({"ago", "later"}),
        LENGTH: number or unit or not cues.isdisjoint({"about", "vague"}),
        DATE: edge or ordinal or "month" in cues or word in v.months.following,
        DAY: word in v.days.following,
        WEEKDAY: word in v.weekdays.following,
        PERIOD: edge or which or unit or word in v.seasons.following,
        CLOCK: ordinal or "hour" in cues,
        HALF: word in v.parts.following,
        WHICH: which,
        YEAR: digits or "year" in cues,
        CUE: not cues.isdisjoint({"in", "day"}),
    }
    return sum(part for part, holds in told.items() if holds)


class TimeTokens:
    """Words of a stretch of a folded text, and what each can begin, as bits: those that `cut` holds, the first of them
    of token `first` of the stretch, which begins at `start`."""

    # No dataclass: of these mypyc leaves `__init__` to Python.
    def __init__(
        self, vocabulary: TimeVocabulary, text: str, start: int, tokens: Sequence[str], first: int, cut: list[Pieces]
    ) -> None:
        self.vocabulary = vocabulary
        self.text = text
        self.start = start
        self.tokens = tokens
        self.first = first
        self.cut = cut
        self.words = [piece for pieces, _ in cut for piece in pieces]
        self.parts = [part for _, of_pieces in cut for part in of_pieces]

    def offsets(self) -> list[tuple[int, int]]:
        """Start and end in the text of each word."""
        out = []
        tokens = list(self.tokens[: self.first + len(self.cut)])
        starts = token_starts(self.text, self.start, tokens)[self.first :]
        for at, token, (pieces, _) in zip(starts, tokens[self.first :], self.cut, strict=True):
            begin = at
            for piece in pieces[:-1]:
                out.append((begin, begin + len(piece)))
                begin += len(piece)
            out.append((begin, at + len(token)))
        return out

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


def time_tokens(text: str, start: int, tokens: Sequence[str], first: int, last: int, cutter: Cutter) -> TimeTokens:
    """The words of `tokens[first:last]`, of a stretch of folded text that begins at `start` and has these tokens."""
    cut = cutter.pieces(tokens[first:last])
    return TimeTokens(cutter.vocabulary, text, start, tokens, first, cut)
