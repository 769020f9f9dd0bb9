"""Numbers in running text: bounds, ranges, and what a number counts or tells instead.

Low and high follow the annotation guide: "at least 12" and "more than 12" are 12 and open, "up to 30" and "fewer than
30" are open and 30, "about 40" is 40 with `approx`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from extractor.text.number_words import TEN, TENS, NumberVocabulary, Phrase, Unit, load_number_vocabulary
from extractor.text.quantities import Bare, BareNumbers

__all__ = ["NumberReader", "NumberVocabulary", "Quantity", "load_number_vocabulary"]

# Signs passed over between a cue and its number: a bracket, a quotation mark, a colon.
_BETWEEN_CUE_AND_NUMBER: Final = frozenset("([\"':")
_DAY_CUES: Final = ("year-weak", "day", "weekday")
_OPENING: Final = ("(", "[", '"')
_LINE_START: Final = "\n"
# cue: (kind, greatest value, whether it yields to a thing counted that follows)
_CUES: Final[dict[str, tuple[str, int, bool]]] = {
    "age": ("age", 120, True),
    "time": ("time", 130, False),
    "day": ("date", 31, False),
    "weekday": ("date", 31, True),
    "month": ("date", 31, True),
    "percent": ("percent", 1000, True),
    "money": ("money", 10**15, True),
    "distance": ("distance", 10**6, True),
    "measure": ("measure", 10**9, True),
    "phone": ("phone", 10**15, True),
    "code": ("code", 10**6, False),
    "code-weak": ("code", 10**6, True),
}


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

    def bounded(self, bound: str) -> Quantity:
        """The same under a bound that stands elsewhere: "at-least", "at-most", "about" or "exactly"."""
        if bound == "at-least":
            return self._replace(high=None)
        if bound == "at-most":
            return self._replace(low=None)
        return self._replace(approx=True) if bound == "about" else self


class _Span(NamedTuple):
    """A number or a range of numbers. `scale` is 1 where there is none, 0 for a vague count."""

    low: int | None
    high: int | None
    first: int
    end: int
    definite: bool
    scale: int
    digits: bool
    kind: str


class NumberReader:
    """Reads quantities out of folded segments. Holds the vocabulary and nothing of any text."""

    def __init__(self, vocabulary: NumberVocabulary) -> None:
        self._v = vocabulary
        self._bare = BareNumbers(vocabulary)
        self._bounds = vocabulary.bounds.following
        self._units = vocabulary.units.following
        self._cues = vocabulary.cues.following
        self._links = frozenset((*vocabulary.to.following, *vocabulary.alternatives.following))
        self._signs = frozenset((":", "/", "+", vocabulary.conjunction, vocabulary.origin))
        self._after = frozenset((*self._units, *vocabulary.months.following, *vocabulary.month_words, *self._signs))
        self.starts: frozenset[str] = vocabulary.starts()
        self.origin = vocabulary.origin  # "of", with which "a number of" ends
        self._firsts = vocabulary.number_starts()
        # Words and signs that stand everywhere and begin a quantity only before another word that does.
        self.weak = frozenset((vocabulary.article, vocabulary.origin, *_OPENING)) & self.starts
        # What begins a quantity only before another word that can, or before the second word of its own phrase.
        trees = (vocabulary.bounds.following, vocabulary.between.following)
        self._leading = {
            word: frozenset(second for tree in trees if word in tree for second in tree[word].following)
            for word in self.starts - self._firsts
        }
        self.trailing_bounds: Mapping[Phrase, str] = vocabulary.trailing_bounds

    def __reduce__(self) -> tuple[Any, ...]:
        return NumberReader, (self._v,)

    def is_number(self, word: str) -> bool:
        """Whether `word` can be the first of a number; every quantity holds such a word."""
        return word[0].isdigit() or word in self._firsts

    def begins(self, words: Sequence[str]) -> list[int]:
        """The segments at which a quantity can begin."""
        starts, leading = self.starts, self._leading
        out = []
        for at in [at for at, word in enumerate(words) if word in starts or word[0].isdigit()]:
            seconds = leading.get(words[at])
            if seconds is not None:
                following = words[at + 1] if at + 1 < len(words) else ""
                if following not in starts and following not in seconds and not following[:1].isdigit():
                    continue
            out.append(at)
        return out

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
        span = self._span(words, at)
        if span is None and bounds:
            bounds, at = [], start  # "a number of" begins as "the number 20" does
            span = self._span(words, at)
        if span is None:
            return self._ordinal(words, start)
        kind, end = self._kind(words, start, span)
        if bounds and kind in ("year", "date", "time"):
            return None  # "until", "about": the caller meets the date by itself
        low, high, approx = span.low, span.high, False
        if end < len(words) and words[end] in self._v.trailing.following:
            end = self._trailing(words, end, bounds)
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

    # -- numbers and ranges ------------------------------------------------------------------------------------------

    def _number(self, words: Sequence[str], at: int) -> Bare | None:
        """A bare number, behind an article that stands by itself if there is one."""
        if at + 1 < len(words) and words[at] == self._v.article:
            bare = self._bare.read(words, at + 1)
            return None if bare is None else bare._replace(definite=True)
        return self._bare.read(words, at)

    def _span(self, words: Sequence[str], at: int) -> _Span | None:
        if at >= len(words):
            return None
        word = words[at]
        if word == self._v.origin:
            return self._from_to(words, at)
        if word in self._v.between.following:
            return self._between(words, at)
        bare = self._number(words, at)
        if bare is None:
            return None
        found = self._beyond(words, at, bare) if bare.end < len(words) else None
        if found is not None:
            return found
        return _Span(bare.low, bare.high, at, bare.end, bare.definite, bare.scale, bare.digits, bare.kind)

    def _beyond(self, words: Sequence[str], at: int, bare: Bare) -> _Span | None:
        """What a number makes together with the number that follows it, if anything."""
        following = words[bare.end]
        if bare.digits and following.isdecimal():
            parts = words[at : at + 3]
            dated = _chain_kind(parts, 2) == "date" and any(_spells_year(parts, k) for k in (0, 2))
            return _spelt(at, at + 3, "date") if dated else None
        if following not in self._links or not bare.scale or bare.kind:
            return None
        return self._dashed(words, at, bare) if following == "-" else self._linked(words, at, bare)

    def _linked(self, words: Sequence[str], at: int, left: Bare) -> _Span | None:
        link = self._v.to.longest(words, left.end)
        if link is not None and at and words[at - 1] == self._v.origin and self._is_change(words, at - 1):
            return None
        link = link or self._v.alternatives.longest(words, left.end)
        right = self._number(words, link[1]) if link is not None else None
        if right is None or (_is_year(right) and not _is_year(left) and left.low is not None and left.low < 1000):
            return None
        return _joined(at, left, right)

    def _from_to(self, words: Sequence[str], at: int) -> _Span | None:
        left = self._number(words, at + 1)
        link = self._v.to.longest(words, left.end) if left is not None else None
        if left is None or link is None or self._is_change(words, at):
            return None
        right = self._number(words, link[1])
        return None if right is None else _joined(at + 1, left, right)

    def _between(self, words: Sequence[str], at: int) -> _Span | None:
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

    def _second(self, words: Sequence[str], first: int, left: Bare, at: int) -> _Span | None:
        if at < len(words) and words[at] == self._v.conjunction:
            right = self._number(words, at + 1)
        else:
            link = self._v.to.longest(words, at)
            right = self._number(words, link[1]) if link is not None else None
        return None if right is None else _joined(first, left, right)

    def _is_change(self, words: Sequence[str], at: int) -> bool:
        return any(w in self._v.change for w in words[max(0, at - 8) : at])

    def _dashed(self, words: Sequence[str], at: int, left: Bare) -> _Span | None:
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
            return _spelt(at, end, _chain_kind(parts, end - right.end))
        kind = self._dash_kind(words, at, left, right)
        if kind == "item":
            return _Span(left.low, left.high, at, left.end + 1, left.definite, 1, digits=False, kind="item")
        if kind == "range":
            return _joined(at, left, right)
        return _spelt(at, end, kind) if kind else None

    def _dash_kind(self, words: Sequence[str], at: int, left: Bare, right: Bare) -> str:
        low, high = left.low or 0, right.low or 0
        if left.kind or right.kind or words[at][0] == "0" != words[at]:
            return "code"
        if _is_year(left) and (_is_year(right) or high == low % 100 + 1):
            return "year"
        if low == 1 and _opens_line(words, at) and self._bare.is_open(words, right.end):
            return "item"
        counted = self._bare.is_open(words, right.end)
        if low == 0 or (high < 10 and not counted) or self._is_sport(words, at):
            return "score"
        if low >= high:
            return "" if counted else "score"
        return "range"

    def _is_sport(self, words: Sequence[str], at: int) -> bool:
        cues = self._v.cues
        return any(words[k] in self._cues and cues.longest_back(words, k) == "score" for k in range(max(0, at - 6), at))

    # -- what the number is ------------------------------------------------------------------------------------------

    def _kind(self, words: Sequence[str], start: int, span: _Span) -> tuple[str, int]:
        """The kind of a number and the segment past its unit."""
        end = span.end
        if span.kind not in ("", "measure"):
            return span.kind, end
        if end < len(words) and words[end] in self._after:
            found = self._by_following(words, start, span)
            if found is not None:
                return found
        kind = span.kind or self._by_neighbours(words, start, span)
        if not kind and (span.digits or (span.low is not None and words[start] in _OPENING)):
            kind = self._by_place(words, start, span)
        return kind or "count", end

    def _by_neighbours(self, words: Sequence[str], start: int, span: _Span) -> str:
        end = span.end
        if span.digits and end < len(words) and words[end].isascii() and words[end].isalpha():
            return "code"  # "4K", a piece of an address
        return self._by_cue(words, start, span) if start else ""

    def _by_place(self, words: Sequence[str], start: int, span: _Span) -> str:
        """Years and numbers of items, told by what is not around them."""
        low, end = span.low or 0, span.end
        if low == span.high and start == span.first and not span.definite and 1900 <= low <= 2099 and low % 100:
            return "count" if self._bare.is_open(words, end) else "year"
        opening = start - 1 if start and words[start - 1] == "(" else start
        if low < 100 and _opens_line(words, opening) and end < len(words):
            bracketed = words[opening] == "(" and (words[end] == ")" or words[end - 1] == ")")
            further = words[end + 1] if end + 1 < len(words) else ""
            if bracketed or (words[end] in ("-", ")", ".") and further and not further[0].isdigit()):
                return "item"
        return "count"

    def _by_following(self, words: Sequence[str], start: int, span: _Span) -> tuple[str, int] | None:
        value = span.high
        if words[span.end] in ("/", ":", "+") and span.digits:
            return self._signed(words, span)
        if value is not None and 0 < value <= 31 and span.scale == 1:
            end = self._date(words, span.end)
            if end:
                return "date", end
        found = self._v.units.longest(words, span.end)
        if found is None or (found[0].adverb and self._tells_when(words, found[1])):
            return None
        unit, end = found
        kind = self._by_unit(words, (start, end), unit, value)
        return (kind, end) if kind else None

    def _by_unit(self, words: Sequence[str], whole: tuple[int, int], unit: Unit, value: int | None) -> str:
        """The kind that a unit gives, or nothing where it is none after this number."""
        start, end = whole
        if unit.kind == "era":
            if value is not None and 100 <= value <= 2100:
                return "year"
            return "distance" if words[end - 1] == self._v.metre else ""
        if unit.kind == "time":
            return "time" if self._is_hour(words, start, end, value) else ""
        if unit.kind == "date":
            # "On 12 of last month", not "12 (were killed) last month".
            dated = self._v.origin in words[end - 3 : end] or self._cue(words, start - 1) in _DAY_CUES
            return "date" if dated and value is not None and value <= 31 else ""
        return "age" if unit.age and self._is_age(words, start, end) else unit.kind

    def _tells_when(self, words: Sequence[str], at: int) -> bool:
        """Whether the unit before `at` is no unit: "12 on the day of Thursday", "12 (in the) year 2015"."""
        if at >= len(words):
            return False
        return words[at][:1].isdigit() or self._is_day(words, at) or self._v.months.longest(words, at) is not None

    def _is_hour(self, words: Sequence[str], start: int, end: int, value: int | None) -> bool:
        if self._cue(words, start - 1) == "time":
            return True
        if value is not None and value > 24:
            return False
        # "Five (were killed) in the evening of yesterday": the day follows.
        return not self._is_day(words, end)

    def _is_day(self, words: Sequence[str], at: int) -> bool:
        """Whether segment `at` names a day: yesterday, (the) Thursday."""
        word = words[at] if at < len(words) else ""
        return word in self._v.days or (len(word) > 3 and word.startswith(self._v.article))

    def _is_age(self, words: Sequence[str], start: int, end: int) -> bool:
        if self._cue(words, start - 1) == "age":
            return True
        before = words[start - 1] if start else ""
        after = words[end] if end < len(words) else ""
        return before in ("(", ",", "-") and after in (")", ",", "-", ".", "")

    def _signed(self, words: Sequence[str], span: _Span) -> tuple[str, int] | None:
        """Digits, a sign, digits: a time of day, a date, a fraction, a score."""
        end = span.end
        sign, value = words[end], span.high or 0
        other = words[end + 1] if end + 1 < len(words) else ""
        if not other.isdecimal() or len(other) > 4:
            return None
        if sign == ":":
            return self._clock(words, span, int(other))
        stop = end + 2
        while sign == "/" and stop + 1 < len(words) and words[stop] in ("/", "-") and words[stop + 1][:1].isdigit():
            stop += 2
        kind = "date" if value <= 31 and sign == "/" else "code"
        if stop > end + 2:
            kind = _chain_kind([words[end - 1], other, words[end + 3]], stop - end - 2)
        elif 1900 <= value <= 2099 and 1900 <= int(other) <= 2099:
            kind = "year"
        return kind, stop

    def _clock(self, words: Sequence[str], span: _Span, minutes: int) -> tuple[str, int] | None:
        value, end = span.high or 0, span.end + 2
        if len(words[end - 1]) != 2 or value > 24 or minutes > 59:
            return ("score", end) if value < 20 and minutes < 10 else None
        if end + 1 < len(words) and words[end] == ":" and words[end + 1].isdecimal():
            end += 2
        found = self._v.units.longest(words, end)
        return "time", found[1] if found is not None and found[0].kind == "time" else end

    def _date(self, words: Sequence[str], at: int) -> int:
        """The segment past the month (and year) that follows a day, or 0."""
        v = self._v
        if words[at] == v.conjunction:
            # "10 and 11 October": the month belongs to both days.
            if at + 2 < len(words) and words[at + 1].isdecimal() and len(words[at + 1]) < 3:
                return self._date(words, at + 2) if words[at + 2] != v.conjunction else 0
            return 0
        if words[at] == v.origin:
            at += 1
        if at < len(words) and words[at] in v.month_words:
            at += 1
        month = v.months.longest(words, at)
        if month is None:
            return 0
        end = month[1]
        if end + 1 < len(words) and words[end] in ("/", "(", "-"):
            pair = v.months.longest(words, end + 1)
            if pair is not None:
                bracket = words[end] == "("
                end = pair[1]
                if bracket and end < len(words) and words[end] == ")":
                    end += 1
        return self._year_after(words, end)

    def _year_after(self, words: Sequence[str], end: int) -> int:
        """Past the year that follows a month, if one does."""
        at = end
        while (
            at < len(words)
            and at - end < 3
            and (words[at] == self._v.origin or words[at] in ("/", "-", ",") or self._cue_word(words[at]) == "year")
        ):
            at += 1
        if at < len(words) and len(words[at]) == 4 and words[at].isdecimal() and 1300 <= int(words[at]) <= 2099:
            era = self._v.units.longest(words, at + 1)
            return era[1] if era is not None and era[0].kind == "era" else at + 1
        return end

    def _cue_word(self, word: str) -> str | None:
        node = self._cues.get(word)
        return None if node is None else node.value

    def _cue(self, words: Sequence[str], at: int) -> str | None:
        """The kind of the cue that stands before a number, signs and a lone article passed over."""
        while at >= 0 and (words[at] in _BETWEEN_CUE_AND_NUMBER or words[at] == self._v.article):
            at -= 1
        return self._v.cues.longest_back(words, at) if at >= 0 and words[at] in self._cues else None

    def _by_cue(self, words: Sequence[str], start: int, span: _Span) -> str:
        before = start - 1
        while before >= 0 and (words[before] in _BETWEEN_CUE_AND_NUMBER or words[before] == self._v.article):
            before -= 1
        if before < 0:
            return ""
        if span.definite or before < start - 1:
            named = self._v.definite_cues.longest_back(words, before)
            if named is not None and (span.definite or words[before + 1] == self._v.article):
                return "code" if named == "name" else "ordinal"
        word = words[before]
        if word.isascii():
            return self._by_sign(words, before, span)
        if word in self._cues:
            cue = self._v.cues.longest_back(words, before)
            if cue is not None:
                return self._cued(cue, words, span)
        if word == self._v.conjunction and _spells_year(words, before - 1) and span.digits:
            return self._cued("year-weak", words, span)
        return ""

    def _by_sign(self, words: Sequence[str], before: int, span: _Span) -> str:
        word, back = words[before], before - 1
        if span.digits:
            if word == "/" and back >= 0 and words[back] == "/":
                return ""  # two strokes part the pieces of a headline
            if word.isalpha() or word == "/":
                return "code"
            if word == "-" and back >= 0:
                cue = self._v.cues.longest_back(words, back)
                if (words[back].isascii() and words[back].isalpha()) or cue in ("code", "code-weak"):
                    return "code"
            month = word == ")" and self._v.cues.longest_back(words, back) == "month"
            if month or (word in ("-", ",", ")") and _spells_year(words, back)):
                return self._cued("year-weak", words, span)
        sign = self._cue_word(word)
        if sign is None or sign not in _CUES or (back >= 0 and words[back][:1].isdigit()):
            return ""
        return _CUES[sign][0]

    def _cued(self, cue: str, words: Sequence[str], span: _Span) -> str:
        value, counted = span.high, self._bare.is_open(words, span.end)
        if value is None or not span.scale:
            return ""
        if cue == "year":
            told = (1000 <= value <= 2100 and value % 1000) or value == 2000 or (value < 1000 and not counted)
            return "year" if told else ""
        if cue in ("year-weak", "month") and 1000 <= value <= 2099:
            recent = value >= 1900 and value % 100
            part = span.end < len(words) and words[span.end] == self._v.origin
            return "year" if span.digits and (recent or not (counted or part)) else ""
        rule = _CUES.get(cue)
        if rule is None or value > rule[1] or (rule[2] and counted):
            return ""
        return rule[0]

    # -- ordinals ----------------------------------------------------------------------------------------------------

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
        span = _Span(value, value, at, end, known.definite, 1, digits=False, kind="")
        if end < len(words) and words[end] in self._after:
            found = self._by_following(words, at, span)
            if found is not None and found[0] in ("date", "time", "age"):
                kind, stop = found
        if kind == "ordinal" and known.definite and self._cue(words, at - 1) == "time":
            kind = "time"
        return Quantity(at, stop, value, value, approx=False, kind=kind, definite=known.definite, core=(at, end))


def _joined(first: int, left: Bare, right: Bare) -> _Span | None:
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
    return _Span(low, high, first, right.end, definite, max(left.scale, right.scale), digits=False, kind=kind)


def _spelt(first: int, end: int, kind: str) -> _Span:
    """A span of digits and signs that is no number."""
    return _Span(None, None, first, end, definite=False, scale=1, digits=False, kind=kind)


def _chain_kind(parts: Sequence[str], further: int) -> str:
    """Date or code: three numbers with signs between; `further` segments follow the second."""
    if further > 2 or len(parts) < 3 or not all(p.isdecimal() for p in parts):
        return "code"
    if parts[0][0] == "0" and len("".join(parts)) > 8:
        return "phone"
    lengths = sorted(len(p) for p in parts)
    small = sum(len(p) < 3 and int(p) <= 31 for p in parts)
    return "date" if small >= 2 and (lengths[2] == 4 or (lengths[2] <= 2 and int(parts[1]) <= 12)) else "code"


def _is_year(bare: Bare) -> bool:
    return bare.digits and bare.low is not None and 1900 <= bare.low <= 2099


def _spells_year(words: Sequence[str], at: int) -> bool:
    return at >= 0 and len(words[at]) == 4 and words[at].isdecimal() and 1900 <= int(words[at]) <= 2099


def _opens_line(words: Sequence[str], at: int) -> bool:
    return at == 0 or words[at - 1] == _LINE_START
