"""Bare numbers: digits, number words, their mixtures, and vague counts, before bounds, ranges and units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from extractor.text.number_words import (
    COMPOUND_UNIT,
    DUAL,
    HUNDRED,
    HUNDREDS,
    PLURAL,
    SINGULAR,
    TANWIN,
    TEEN,
    TEEN_UNIT,
    TEN,
    TENS,
    TWO_HUNDRED,
    TWO_HUNDRED_CONSTRUCT,
    UNIT,
    Indefinite,
    NumberVocabulary,
)

_ARABIC_THOUSANDS: Final = "\u066c"
# Longer runs of digits count nothing.
_MOST_DIGITS: Final = 15
# Parts the thousands as the Swiss write them.
_APOSTROPHE: Final = "'"
_TIMES_HUNDRED: Final = "3456789"  # "3 hundred"


class Bare(NamedTuple):
    """A number by itself. `scale` is that of its first part (1: none), 0 for a vague count."""

    low: int | None
    high: int | None
    end: int
    definite: bool
    scale: int
    digits: bool  # a single token of digits
    kind: str  # set where the spelling alone tells that it is no count


class _Part(NamedTuple):
    """One addend of a number: below a thousand, or with its scale."""

    value: int
    end: int
    scale: int
    definite: bool


class BareNumbers:
    """Reads numbers without signs around them. Holds the vocabulary and nothing of any text."""

    def __init__(self, vocabulary: NumberVocabulary) -> None:
        self._words = vocabulary.words
        self._indefinites = vocabulary.indefinites
        self._fractions = vocabulary.fractions
        self._and = vocabulary.conjunction
        self._closed = vocabulary.closed
        self._article = vocabulary.article

    def scale(self, words: Sequence[str], at: int) -> int:
        """By how much the word at `at` multiplies the number before it: thousand, millions. 1 where it is none."""
        known = self._words.get(words[at]) if at < len(words) else None
        return known.value if known is not None and known.role in (SINGULAR, TANWIN, PLURAL) else 1

    def is_open(self, words: Sequence[str], at: int) -> bool:
        """Whether segment `at` may be the thing counted: a word, no particle, without the article."""
        if at >= len(words):
            return False
        word = words[at]
        return word.isalpha() and word not in self._closed and not (len(word) > 3 and word.startswith(self._article))

    def _plain(self, words: Sequence[str], at: int) -> Bare | None:
        word = words[at]
        if word[:1].isdigit():
            return self._digits(words, at)
        known = self._words.get(word)
        if known is not None and known.role != PLURAL:
            return self._sum(words, at)
        if word in self._fractions.following:
            fraction = self._fraction(words, at)
            if fraction is not None:
                value, end, scale = fraction
                return Bare(value, value, end, definite=False, scale=scale, digits=False, kind="")
        if word in self._indefinites.following:
            return self._indefinite(words, at)
        return None

    def _digits(self, words: Sequence[str], at: int) -> Bare:
        token = words[at]
        following = words[at + 1] if at + 1 < len(words) else ""
        if following == _APOSTROPHE and at + 2 < len(words):
            following = words[at + 2]
        halved = following == self._and and at + 2 < len(words) and words[at + 2] in self._fractions.following
        if halved or following in self._words or (len(following) == 3 and following.isdecimal()):
            whole = self._sum(words, at)
            if whole is not None:
                return whole
        value, kind = _token(token)
        return Bare(value, value, at + 1, definite=False, scale=1, digits=token.isdecimal(), kind=kind)

    def _sum(self, words: Sequence[str], at: int) -> Bare | None:
        """Parts of falling scale joined by "and"."""
        part = self._part(words, at)
        if part is None:
            return None
        halved = self._half_of_scale(words, part) if part.scale == 1 else None
        if halved is not None:
            return halved
        first, total = part, part.value
        while part.scale > 1:
            at_further = self._after_and(words, part.end)
            if at_further < 0:
                break
            fraction = self._fraction(words, at_further, part.scale)
            if fraction is not None:
                total += fraction[0]
                part = part._replace(end=fraction[1])
                break
            further = self._part(words, at_further)
            if further is None or not self._falls(words, part, further, at_further):
                break
            total += further.value
            part = further
        plain = part is first and part.end == at + 1 and words[at].isdecimal()
        return Bare(total, total, part.end, first.definite, first.scale, digits=plain, kind="")

    def _half_of_scale(self, words: Sequence[str], part: _Part) -> Bare | None:
        """A number below a thousand with a fraction and the scale of both behind it: "three and a half million"."""
        if not (part.value < 1000 and self._follows(words, part.end)):
            return None
        fraction = self._fraction(words, part.end + 1)
        if fraction is None:
            return None
        value, end, scale = fraction
        whole = part.value * scale + value
        return Bare(whole, whole, end, part.definite, scale, digits=False, kind="")

    def _falls(self, words: Sequence[str], part: _Part, further: _Part, at: int) -> bool:
        """Whether a further part is small enough to add; "three hundred thousand and a thousand" is as well."""
        if further.scale == part.scale:
            return part.value >= 100 * part.scale and self._role(words, at) in (SINGULAR, TANWIN, DUAL)
        return further.value < part.scale and further.scale < part.scale

    def _part(self, words: Sequence[str], at: int) -> _Part | None:
        word = words[at]
        if word[:1].isdigit():
            return self._digit_part(words, at)
        known = self._words.get(word)
        if known is None:
            return None
        if known.role == DUAL:
            return _Part(2 * known.value, at + 1, known.value, known.definite)
        if known.role in (SINGULAR, TANWIN):
            # The tanwin form before a noun is the dual's construct state.
            two = known.role == TANWIN and self._role(words, at + 1) >= SINGULAR
            two = two or (known.role == TANWIN and self.is_open(words, at + 1) and words[at + 1] not in self._words)
            return self._scaled(words, (2 if two else 1) * known.value, at + 1, known.value, definite=known.definite)
        if known.role == PLURAL:
            return None
        small = self._below_thousand(words, at)
        return None if small is None else self._scaled(words, small[0], small[1], 1, definite=known.definite)

    def _scaled(self, words: Sequence[str], value: int, end: int, scale: int, *, definite: bool) -> _Part:
        """Multiply by the scales that follow ("three thousand", "a thousand million")."""
        while end < len(words):
            known = self._words.get(words[end])
            if known is None or known.role not in (SINGULAR, TANWIN, PLURAL) or known.value <= scale:
                break
            value *= known.value
            scale *= known.value
            end += 1
        return _Part(value, end, scale, definite)

    def _digit_part(self, words: Sequence[str], at: int) -> _Part | None:
        token, end = words[at], at + 1
        if token.isdecimal() and len(token) <= 3 and token[0] != "0":
            # Thousands apart by a space, as the French-taught press writes them, or by an apostrophe.
            while end < len(words) and len(token) < 12:
                further = end + 1 if words[end] == _APOSTROPHE and end + 1 < len(words) else end
                if len(words[further]) != 3 or not words[further].isdecimal():
                    break
                token += words[further]
                end = further + 1
        if len(token) == 1 and token in _TIMES_HUNDRED and self._role(words, end) == HUNDRED:
            return _Part(int(token) * 100, end + 1, 1, definite=False)
        scale = self.scale(words, end)
        parsed = _parse(token, large=scale > 1000)
        if parsed is None or (parsed[1] and scale == 1):
            return None
        mantissa, power = parsed
        part = self._scaled(words, mantissa, end, 1, definite=False)
        return part._replace(value=part.value // 10**power)

    def _below_thousand(self, words: Sequence[str], at: int) -> tuple[int, int] | None:
        """Value and end of number words below a thousand, in either order of their parts."""
        role, value, _ = self._words[words[at]]
        end = at + 1
        if role in (HUNDRED, HUNDREDS, TWO_HUNDRED, TWO_HUNDRED_CONSTRUCT):
            if role in (TWO_HUNDRED, TWO_HUNDRED_CONSTRUCT) and not self._counts_on(words, end, role):
                return None
            return self._and_tens(words, value, end)
        if role == UNIT and value > 2 and self._role(words, end) == HUNDRED:
            return self._and_tens(words, value * 100, end + 1)
        small = self._below_hundred(words, at)
        if small is None:
            return None
        value, end = small
        # Units, tens, then the hundred: the order of older books.
        if (
            role == UNIT
            and value > 20
            and self._follows(words, end)
            and self._role(words, end + 1) in (HUNDRED, HUNDREDS)
        ):
            return value + self._words[words[end + 1]].value, end + 2
        return small

    def _and_tens(self, words: Sequence[str], value: int, end: int) -> tuple[int, int]:
        at = self._after_and(words, end)
        if at < 0:
            return value, end
        word = words[at]
        if word.isdecimal() and len(word) < 3:
            return value + int(word), at + 1
        if word in self._words:
            small = self._below_hundred(words, at)
            if small is not None and not (small[0] < 10 and self._role(words, small[1]) == HUNDRED):
                return value + small[0], small[1]
        return value, end

    def _below_hundred(self, words: Sequence[str], at: int) -> tuple[int, int] | None:
        role, value, definite = self._words[words[at]]
        end = at + 1
        if role in (TEN, TEEN, TENS):
            unit = self._role(words, end + 1) if role == TENS and self._follows(words, end) else -1
            if unit == UNIT and self._ends_number(words, end + 2):
                return value + self._words[words[end + 1]].value, end + 2
            return value, end
        if role not in (UNIT, COMPOUND_UNIT, TEEN_UNIT):
            return None
        if self._role(words, end) == TEN:
            return value + 10, end + 1
        if role != TEEN_UNIT and self._follows(words, end) and self._role(words, end + 1) == TENS:
            tens = self._words[words[end + 1]]
            if definite or not tens.definite:
                return value + tens.value, end + 2
        return (value, end) if role == UNIT else None

    def _ends_number(self, words: Sequence[str], at: int) -> bool:
        """Whether a unit that ends before `at` belongs to the tens before it, not to what follows."""
        if self._role(words, at) in (TEN, HUNDRED, PLURAL):
            return False
        return not (self._follows(words, at) and self._role(words, at + 1) == TENS)

    def _counts_on(self, words: Sequence[str], at: int, role: int) -> bool:
        """Whether a folded "two hundred" is one, and not the word for dead: a noun or a number follows."""
        if self.is_open(words, at) or self._role(words, at) >= SINGULAR:
            return True
        if role == TWO_HUNDRED_CONSTRUCT or not self._follows(words, at):
            return False
        return words[at + 1][:1].isdigit() or words[at + 1] in self._words

    def _after_and(self, words: Sequence[str], at: int) -> int:
        """Where the part after "and" begins, or -1. Folded, "and one" of "and eleven" is the word for one."""
        if self._follows(words, at):
            return at + 1
        if at + 1 < len(words) and words[at][:1] == self._and and self._role(words, at) == UNIT:
            compound = self._role(words, at + 1) == TEN or (
                self._follows(words, at + 1) and self._role(words, at + 2) == TENS
            )
            return at if compound else -1
        return -1

    def _follows(self, words: Sequence[str], at: int) -> bool:
        return at + 1 < len(words) and words[at] == self._and

    def _role(self, words: Sequence[str], at: int) -> int:
        known = self._words.get(words[at]) if at < len(words) else None
        return -1 if known is None else known.role

    def _fraction(self, words: Sequence[str], at: int, scale: int = 0) -> tuple[int, int, int] | None:
        """Value, end and scale of "half a million"; after a number, of "and a half"."""
        found = self._fractions.longest(words, at)
        if found is None:
            return None
        (numerator, denominator), end = found
        if end < len(words) and words[end] == self._article:
            end += 1
        known = self._words.get(words[end]) if end < len(words) else None
        if known is not None and known.role in (SINGULAR, TANWIN):
            if scale and known.value > scale:
                return None
            return numerator * known.value // denominator, end + 1, known.value
        return (numerator * scale // denominator, found[1], scale) if scale else None

    def _indefinite(self, words: Sequence[str], at: int) -> Bare | None:
        found = self._indefinites.longest(words, at)
        if found is None:
            return None
        vague, end = found
        low, high = vague.low, vague.high
        if vague.sense == "plural":
            known = self._words.get(words[end]) if end < len(words) else None
            if low is not None and known is not None and known.role in (PLURAL, SINGULAR) and 2 * known.value > low:
                low, end = low * known.value, end + 1
        elif end < len(words):
            low, high, end = self._multiplied(words, vague, end)
        return Bare(low, high, end, vague.definite, scale=0, digits=False, kind="")

    def _multiplied(self, words: Sequence[str], vague: Indefinite, end: int) -> tuple[int | None, int | None, int]:
        """A few, or several, of the vague number or the ten that follows."""
        low, high = vague.low, vague.high
        if words[end] in self._indefinites.following:
            base = self._indefinite(words, end)
            if base is not None and base.low is not None and base.high is None:
                if low is None or high is None:
                    return base.low, None, base.end
                return low * (base.low // 2), high * (base.low // 2), base.end
        if low is not None and high is not None:
            if self._role(words, end) == TEN:
                return low + 10, high + 10, end + 1
            if self._follows(words, end) and self._role(words, end + 1) == TENS:
                tens = self._words[words[end + 1]].value
                return low + tens, high + tens, end + 2
        return low, high, end


def _token(token: str) -> tuple[int | None, str]:
    """The value of a token of digits with no scale behind it, or the kind that its spelling tells."""
    parsed = _parse(token, large=False)
    if token.isdecimal():
        if len(token) > 6 and token[0] == "0":
            return None, "phone"
        # A run of noughts is what is left of a number whose thousands were torn off.
        return (None, "code") if parsed is None or (len(token) > 1 and not parsed[0]) else (parsed[0], "")
    if parsed is None:
        return None, "date" if token.count(".") == 2 and len(token) <= 10 else "code"
    return (None, "measure") if parsed[1] else (parsed[0], "")


def _parse(token: str, *, large: bool) -> tuple[int, int] | None:
    """Mantissa and power of ten below the point. `large`: a scale of a million or more follows, "1.250 million"."""
    if token.isdecimal():
        return (int(token), 0) if len(token) <= _MOST_DIGITS else None
    if len(token) > _MOST_DIGITS:
        return None
    signs = [c for c in token if not c.isdecimal()]
    parts = token.replace(_ARABIC_THOUSANDS, ",").replace(",", ".").split(".")
    if not all(p.isdecimal() for p in parts) or not set(signs) <= {".", ",", _ARABIC_THOUSANDS}:
        return None
    grouped = len(parts[0]) <= 3 and parts[0][0] != "0" and all(len(p) == 3 for p in parts[1:-1])
    thousands = grouped and len(parts[-1]) == 3 and len(set(signs)) == 1
    if thousands and not (large and len(parts) == 2 and signs[0] != _ARABIC_THOUSANDS):
        return int("".join(parts)), 0
    if signs[-1] == _ARABIC_THOUSANDS or signs.count(signs[-1]) > 1 or (len(parts) > 2 and not grouped):
        return None
    return int("".join(parts)), len(parts[-1])
