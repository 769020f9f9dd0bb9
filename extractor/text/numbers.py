"""Numbers in running text: bounds, ranges, and what a number counts or tells instead.

Low and high follow the annotation guide: "at least 12" and "more than 12" are 12 and open, "up to 30" and "fewer than
30" are open and 30, "about 40" is 40 with `approx`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from extractor.text.marked_numbers import MarkedNumbers
from extractor.text.number_kinds import KindReader
from extractor.text.number_words import TEN, TENS, NumberVocabulary, Phrase
from extractor.text.ranges import RangeReader, Span


class Quantity(NamedTuple):
    """A number phrase over segments `start:end` of a sentence.

    `low` and `high` are the least and greatest number told, None where open or unknown. `kind` is "count" or what the
    number is instead. `core` is the span of the number without the words of its bounds.
    """

    start: int
    end: int
    low: int | None
    high: int | None
    approx: bool
    kind: str
    definite: bool
    core: tuple[int, int]


class NumberReader:
    """Reads quantities out of folded segments. Holds the vocabulary and nothing of any text."""

    def __init__(self, vocabulary: NumberVocabulary) -> None:
        self._v = vocabulary
        bare = self._bare = MarkedNumbers(vocabulary)
        self._ranges = RangeReader(vocabulary, bare)
        self._kinds = KindReader(vocabulary, bare)
        self._bounds = vocabulary.bounds.following
        self.starts: frozenset[str] = vocabulary.starts()
        self.origin = vocabulary.origin  # "of", with which "a number of" ends
        self._firsts = vocabulary.number_starts()
        # What begins a quantity only before another word that can, or before the second word of its own phrase.
        trees = (vocabulary.bounds.following, vocabulary.between.following)
        self._leading = {
            word: frozenset(second for tree in trees if word in tree for second in tree[word].following)
            for word in self.starts - self._firsts
        }
        self.trailing_bounds: Mapping[Phrase, str] = vocabulary.trailing_bounds

    def __reduce__(self) -> tuple[Any, ...]:
        return NumberReader, (self._v,)

    def begins(self, words: Sequence[str], numeric: Sequence[int]) -> list[int]:
        """The segments at which a quantity can begin, of those `numeric`, which are one of `starts` or digits."""
        starts, leading = self.starts, self._leading
        out = []
        for at in numeric:
            seconds = leading.get(words[at])
            if seconds is not None:
                following = words[at + 1] if at + 1 < len(words) else ""
                if following not in starts and following not in seconds and not following[:1].isdigit():
                    continue
            out.append(at)
        return out

    def _is_and_one(self, words: Sequence[str], at: int, end: int) -> bool:
        """Whether the number is none, but "and one of" with those of whom it is one behind it."""
        following = words[end] if end < len(words) else ""
        return end == at + 1 and words[at] == self._v.and_one and following in self._v.and_one_of

    def trailing(self, words: Sequence[str], at: int) -> tuple[str, int] | None:
        """The bound that stands at segment `at`, after a number or its noun, and the segment past it."""
        return self._v.trailing.longest(words, at) if at < len(words) else None

    def read(self, words: Sequence[str], at: int) -> Quantity | None:
        """The longest quantity that begins exactly at segment `at`, or None."""
        start, bounds = at, []
        while at < len(words) and words[at] in self._bounds:
            bound = self._v.bounds.longest(words, at)
            if bound is None:
                break
            bounds.append(bound[0])
            at = bound[1]
        span = self._ranges.read(words, at)
        if span is None and bounds:
            bounds, at = [], start  # "a number of" begins as "the number 20" does
            span = self._ranges.read(words, at)
        if span is None:
            return self._ordinal(words, start)
        if self._is_and_one(words, start, span.end):
            return None
        kind, end = self._kinds.kind(words, start, span)
        if bounds and kind in ("year", "date", "time"):
            return None  # "until", "about": the caller meets the date by itself
        low, high, approx = span.low, span.high, False
        if end < len(words) and words[end] in self._v.trailing.following:
            end = self._trailing(words, end, bounds)
            if end > span.end and kind == "count" and span.scale == 1 and (scale := self._bare.scale(words, end)) > 1:
                low, high, end = low and low * scale, high and high * scale, end + 1  # "3+ thousand"
        for bound_kind in bounds:
            if bound_kind == "at-least":
                high = None
            elif bound_kind == "at-most":
                low = None
            elif bound_kind == "about":
                approx = True
        return Quantity(start, end, low, high, approx, kind, span.definite, (span.first, span.end))

    def _trailing(self, words: Sequence[str], end: int, bounds: list[str]) -> int:
        found = self._v.trailing.longest(words, end)
        if found is None or (
            not words[end].isalpha() and words[found[1] : found[1] + 1] and words[found[1]][:1].isdigit()
        ):
            return end
        bounds.append(found[0])
        return found[1]

    def _in_date(self, words: Sequence[str], at: int) -> bool:
        """Whether an ordinal is part of the name of a month or of "the day before yesterday"."""
        if at and self._v.cues.longest_back(words, at) == "month":
            return True
        following = at + 2 if at + 1 < len(words) and words[at + 1] == self._v.origin else at + 1
        return following < len(words) and words[following] in self._v.days and not words[at].startswith(self._v.article)

    def _ordinal(self, words: Sequence[str], at: int) -> Quantity | None:
        if at >= len(words):
            return None
        known = self._v.ordinals.get(words[at])
        if known is None or self._in_date(words, at):
            return None
        value, end = known.value, at + 1
        nearest = self._v.words.get(words[end]) if end < len(words) else None
        if nearest is not None and nearest.role == TEN:
            value, end = value + 10, end + 1
        elif end + 1 < len(words) and words[end] == self._v.conjunction:
            tens = self._v.words.get(words[end + 1])
            if tens is not None and tens.role == TENS and tens.definite == known.definite:
                value, end = value + tens.value, end + 2
        if known.compound and end == at + 1:
            return None
        kind, stop = "ordinal", end
        span = Span(value, value, at, end, known.definite, 1, digits=False, kind="")
        if end < len(words) and words[end] in self._kinds.after:
            found = self._kinds.following(words, at, span)
            if found is not None and found[0] in ("date", "time", "age"):
                kind, stop = found
        if kind == "ordinal" and known.definite and self._kinds.cue(words, at - 1) == "time":
            kind = "time"
        return Quantity(at, stop, value, value, approx=False, kind=kind, definite=known.definite, core=(at, end))
