"""Ranges, and what else numbers make together: from 3 to 5, between three and five, 3-5, a date, a score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from extractor.text.marked_numbers import CLOSING, MarkedNumbers
from extractor.text.number_words import NumberVocabulary
from extractor.text.quantities import Bare

_LINE_START: Final = "\n"


class Span(NamedTuple):
    """A number or a range of numbers. `scale` is 1 where there is none, 0 for a vague count."""

    low: int | None
    high: int | None
    first: int
    end: int
    definite: bool
    scale: int
    digits: bool
    kind: str


class RangeReader:
    """Reads numbers and ranges of them. Holds the vocabulary and nothing of any text."""

    def __init__(self, vocabulary: NumberVocabulary, bare: MarkedNumbers) -> None:
        self._v = vocabulary
        self._bare = bare
        self._cues = vocabulary.cues.following
        self._links = frozenset((*vocabulary.to.following, *vocabulary.alternatives.following))

    def read(self, words: Sequence[str], at: int) -> Span | None:
        """The number or range that begins at segment `at`, or None."""
        if at >= len(words):
            return None
        word = words[at]
        if word == self._v.origin:
            return self._from_to(words, at)
        if word in self._v.between.following:
            return self._between(words, at)
        bare = self._number(words, at)
        if bare is None:
            return self._enclosed(words, at) if word in CLOSING else None
        found = self._beyond(words, at, bare) if bare.end < len(words) else None
        if found is not None:
            return found
        return Span(bare.low, bare.high, at, bare.end, bare.definite, bare.scale, bare.digits, bare.kind)

    def _number(self, words: Sequence[str], at: int) -> Bare | None:
        """A bare number, behind an article that stands by itself if there is one."""
        if at + 1 < len(words) and words[at] == self._v.article:
            bare = self._bare.read(words, at + 1)
            return None if bare is None else bare._replace(definite=True)
        return self._bare.read(words, at)

    def _enclosed(self, words: Sequence[str], at: int) -> Span | None:
        """A range in brackets or quotation marks, and the scale behind it: "3-5" thousand."""
        following = words[at + 1] if at + 1 < len(words) else ""
        inner = self.read(words, at + 1) if following not in CLOSING else None
        if inner is None or inner.end >= len(words) or words[inner.end] != CLOSING[words[at]]:
            return None
        if inner.low is None or inner.high is None or inner.low == inner.high or inner.kind:
            return None
        end = inner.end + 1
        scale = self._bare.scale(words, end) if inner.scale == 1 else 1
        if scale > 1:
            return inner._replace(low=inner.low * scale, high=inner.high * scale, end=end + 1, scale=scale)
        return inner._replace(end=end)

    def _beyond(self, words: Sequence[str], at: int, bare: Bare) -> Span | None:
        """What a number makes together with the number that follows it, if anything."""
        following = words[bare.end]
        if bare.digits and following.isdecimal():
            parts = words[at : at + 3]
            dated = chain_kind(parts, 2) == "date" and any(spells_year(parts, k) for k in (0, 2))
            return _spelt(at, at + 3, "date") if dated else None
        if following not in self._links or not bare.scale or bare.kind:
            return None
        return self._dashed(words, at, bare) if following == "-" else self._linked(words, at, bare)

    def _linked(self, words: Sequence[str], at: int, left: Bare) -> Span | None:
        link = self._v.to.longest(words, left.end)
        if link is not None and at and words[at - 1] == self._v.origin and self._is_change(words, at - 1):
            return None
        link = link or self._v.alternatives.longest(words, left.end)
        right = self._number(words, link[1]) if link is not None else None
        if right is None or (_is_year(right) and not _is_year(left) and left.low is not None and left.low < 1000):
            return None
        return _joined(at, left, right)

    def _from_to(self, words: Sequence[str], at: int) -> Span | None:
        left = self._number(words, at + 1)
        link = self._v.to.longest(words, left.end) if left is not None else None
        if left is None or link is None or self._is_change(words, at):
            return None
        right = self._number(words, link[1])
        return None if right is None else _joined(at + 1, left, right)

    def _between(self, words: Sequence[str], at: int) -> Span | None:
        opened = self._v.between.longest(words, at)
        left = self._number(words, opened[1]) if opened is not None else None
        if opened is None or left is None:
            return None
        first = opened[1]
        span = self._second(words, first, left, left.end)
        if span is not None:
            return span
        # "Between five and twenty" was read as twenty-five: give the last parts back one by one.
        for cut in range(left.end - 1, first, -1):
            if words[cut] == self._v.conjunction:
                shorter = self._number(words[:cut], first)
                if shorter is not None and shorter.end == cut:
                    span = self._second(words, first, shorter, cut)
                    if span is not None:
                        return span
        return None

    def _second(self, words: Sequence[str], first: int, left: Bare, at: int) -> Span | None:
        if at < len(words) and words[at] == self._v.conjunction:
            right = self._number(words, at + 1)
        else:
            link = self._v.to.longest(words, at)
            right = self._number(words, link[1]) if link is not None else None
        return None if right is None else _joined(first, left, right)

    def _is_change(self, words: Sequence[str], at: int) -> bool:
        return any(w in self._v.change for w in words[max(0, at - 8) : at])

    def _dashed(self, words: Sequence[str], at: int, left: Bare) -> Span | None:
        """What stands around a dash: a range, a date, years, a score, the number of an item."""
        if left.end + 1 < len(words) and words[left.end + 1] == self._v.zero:
            return _spelt(at, left.end + 2, "score")
        right = self._number(words, left.end + 1)
        if right is None or not (left.digits and right.digits):
            return None if right is None or right.low is None else _joined(at, left, right)
        end = right.end
        while end + 1 < len(words) and words[end] in "-/" and words[end + 1][:1].isdigit():
            end += 2
        if end > right.end:
            parts = [words[at], words[left.end + 1], words[right.end + 1]]
            return _spelt(at, end, chain_kind(parts, end - right.end))
        kind = self._dash_kind(words, at, left, right)
        if kind == "item":
            return Span(left.low, left.high, at, left.end + 1, left.definite, 1, digits=False, kind="item")
        if kind == "range":
            return _joined(at, left, right)
        return _spelt(at, end, kind) if kind else None

    def _dash_kind(self, words: Sequence[str], at: int, left: Bare, right: Bare) -> str:
        low, high = left.low or 0, right.low or 0
        if left.kind or right.kind or words[at][0] == "0" != words[at]:
            return "code"
        if _is_year(left) and (_is_year(right) or high == low % 100 + 1):
            return "year"
        if low == 1 and opens_line(words, at) and self._bare.is_open(words, right.end):
            return "item"
        counted = self._bare.is_open(words, right.end) or self._bare.scale(words, right.end + 1) > 1
        if low == 0 or (high < 10 and not counted) or self._is_sport(words, at):
            return "score"
        if low >= high:
            return "" if counted else "score"
        return "range"

    def _is_sport(self, words: Sequence[str], at: int) -> bool:
        cues = self._v.cues
        return any(words[k] in self._cues and cues.longest_back(words, k) == "score" for k in range(max(0, at - 6), at))


def _joined(first: int, left: Bare, right: Bare) -> Span | None:
    """A range, or None where the two numbers make none. The scale of the right one may belong to both."""
    low, high = left.low, right.low
    if low is None or high is None or not left.scale or not right.scale or left.kind or right.kind:
        return None
    if left.scale == 1 < right.scale and high % right.scale == 0 and low <= high // right.scale:
        low *= right.scale
    if low >= high:
        return None
    kind = "year" if _is_year(left) and _is_year(right) and low % 100 and high % 100 else ""
    definite = left.definite or right.definite
    return Span(low, high, first, right.end, definite, max(left.scale, right.scale), digits=False, kind=kind)


def _spelt(first: int, end: int, kind: str) -> Span:
    """A span of digits and signs that is no number."""
    return Span(None, None, first, end, definite=False, scale=1, digits=False, kind=kind)


def _is_year(bare: Bare) -> bool:
    return bare.digits and bare.low is not None and 1900 <= bare.low <= 2099


def chain_kind(parts: Sequence[str], further: int) -> str:
    """Date or code: three numbers with signs between; `further` segments follow the second."""
    if further > 2 or len(parts) < 3 or not all(p.isdecimal() for p in parts):
        return "code"
    if parts[0][0] == "0" and len("".join(parts)) > 8:
        return "phone"
    lengths = sorted(len(p) for p in parts)
    small = sum(len(p) < 3 and int(p) <= 31 for p in parts)
    return "date" if small >= 2 and (lengths[2] == 4 or (lengths[2] <= 2 and int(parts[1]) <= 12)) else "code"


def spells_year(words: Sequence[str], at: int) -> bool:
    return at >= 0 and len(words[at]) == 4 and words[at].isdecimal() and 1900 <= int(words[at]) <= 2099


def opens_line(words: Sequence[str], at: int) -> bool:
    return at == 0 or words[at - 1] == _LINE_START
