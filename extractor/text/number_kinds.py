"""What a number is if it counts nothing: a year, a date, an age, a time of day, money, the number of an item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractor.text.number_words import NumberVocabulary, Unit
from extractor.text.quantities import BareNumbers
from extractor.text.ranges import Span, chain_kind, opens_line, spells_year

# Signs passed over between a cue and its number: a bracket, a quotation mark, a colon.
_BETWEEN_CUE_AND_NUMBER: Final = frozenset("([\"':")
_DAY_CUES: Final = ("year-weak", "day", "weekday")
_OPENING: Final = ("(", "[", '"', "'")
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


class KindReader:
    """Tells the kind of a number by the words around it. Holds the vocabulary and nothing of any text."""

    def __init__(self, vocabulary: NumberVocabulary, bare: BareNumbers) -> None:
        self._v = vocabulary
        self._bare = bare
        self._cues = vocabulary.cues.following
        signs = (":", "/", "+", vocabulary.conjunction, vocabulary.origin)
        # Behind a number, what can tell its kind.
        self.after = frozenset(
            (*vocabulary.units.following, *vocabulary.months.following, *vocabulary.month_words, *signs)
        )

    def kind(self, words: Sequence[str], start: int, span: Span) -> tuple[str, int]:
        """The kind of a number and the segment past its unit."""
        end = span.end
        if span.kind not in ("", "measure"):
            return span.kind, end
        if end < len(words) and words[end] in self.after:
            found = self.following(words, start, span)
            if found is not None:
                return found
        kind = span.kind or self._by_neighbours(words, start, span)
        if not kind and (span.digits or (span.low is not None and words[start] in _OPENING)):
            kind = self._by_place(words, start, span)
        return kind or "count", end

    def _by_neighbours(self, words: Sequence[str], start: int, span: Span) -> str:
        end = span.end
        if span.digits and end < len(words) and words[end].isascii() and words[end].isalpha():
            return "code"  # "4K", a piece of an address
        return self._by_cue(words, start, span) if start else ""

    def _by_place(self, words: Sequence[str], start: int, span: Span) -> str:
        """Years and numbers of items, told by what is not around them."""
        low, end = span.low or 0, span.end
        if low == span.high and start == span.first and not span.definite and 1900 <= low <= 2099 and low % 100:
            return "count" if self._bare.is_open(words, end) else "year"
        opening = start - 1 if start and words[start - 1] == "(" else start
        if low < 100 and opens_line(words, opening) and end < len(words):
            bracketed = words[opening] == "(" and (words[end] == ")" or words[end - 1] == ")")
            further = words[end + 1] if end + 1 < len(words) else ""
            if bracketed or (words[end] in ("-", ")", ".") and further and not further[0].isdigit()):
                return "item"
        return "count"

    def following(self, words: Sequence[str], start: int, span: Span) -> tuple[str, int] | None:
        """The kind that the word or sign behind a number gives, and the segment past it; None where it gives none."""
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
            dated = self._v.origin in words[end - 3 : end] or self.cue(words, start - 1) in _DAY_CUES
            return "date" if dated and value is not None and value <= 31 else ""
        return "age" if unit.age and self._is_age(words, start, end) else unit.kind

    def _tells_when(self, words: Sequence[str], at: int) -> bool:
        """Whether the unit before `at` is no unit: "12 on the day of Thursday", "12 (in the) year 2015"."""
        if at >= len(words):
            return False
        return words[at][:1].isdigit() or self._is_day(words, at) or self._v.months.longest(words, at) is not None

    def _is_hour(self, words: Sequence[str], start: int, end: int, value: int | None) -> bool:
        if self.cue(words, start - 1) == "time":
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
        if self.cue(words, start - 1) == "age":
            return True
        before = words[start - 1] if start else ""
        after = words[end] if end < len(words) else ""
        return before in ("(", ",", "-") and after in (")", ",", "-", ".", "")

    def _signed(self, words: Sequence[str], span: Span) -> tuple[str, int] | None:
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
            kind = chain_kind([words[end - 1], other, words[end + 3]], stop - end - 2)
        elif 1900 <= value <= 2099 and 1900 <= int(other) <= 2099:
            kind = "year"
        return kind, stop

    def _clock(self, words: Sequence[str], span: Span, minutes: int) -> tuple[str, int] | None:
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

    def cue(self, words: Sequence[str], at: int) -> str | None:
        """The kind of the cue that stands before a number, signs and a lone article passed over."""
        while at >= 0 and (words[at] in _BETWEEN_CUE_AND_NUMBER or words[at] == self._v.article):
            at -= 1
        return self._v.cues.longest_back(words, at) if at >= 0 and words[at] in self._cues else None

    def _by_cue(self, words: Sequence[str], start: int, span: Span) -> str:
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
        if word == self._v.conjunction and spells_year(words, before - 1) and span.digits:
            return self._cued("year-weak", words, span)
        return ""

    def _by_sign(self, words: Sequence[str], before: int, span: Span) -> str:
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
            if month or (word in ("-", ",", ")") and spells_year(words, back)):
                return self._cued("year-weak", words, span)
        sign = self._cue_word(word)
        if sign is None or sign not in _CUES or (back >= 0 and words[back][:1].isdigit()):
            return ""
        return _CUES[sign][0]

    def _cued(self, cue: str, words: Sequence[str], span: Span) -> str:
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
