"""Expressions of time in folded text, resolved against the day of publication.

What is told relative to the publication (yesterday, last Friday, within two days, 5 May without a year) has no dates
where that day is not known. Weeks begin on different days in different countries: "last week" is the stretch that
holds it whichever is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from extractor.text.time_expressions import ExpressionReader
from extractor.text.time_tokens import FOLLOWER, MERE, OPENER, Cutter, TimeTokens, time_tokens
from extractor.text.time_words import TimeVocabulary
from extractor.text.tokens import TOKEN

_NUMERIC: Final = re.compile(r"\d[/.-]\d|\d{4}")
# Tokens between the words of an expression that tell that one stands there, or before the first and behind the last:
# "at a late hour of the night of Wednesday" has three.
_REACH: Final = 8


class TimeExpression(NamedTuple):
    """An expression at folded offsets `start:end`. `kind`: "point", "span", "since" (open until publication), or
    "other" for what tells no time of what stands beside it: until Friday, two days before the vote."""

    start: int
    end: int
    first: date | datetime | None
    last: date | datetime | None
    kind: str

    @property
    def known(self) -> bool:
        return self.first is not None or self.last is not None


class TimeReader:
    """Finds expressions of time. Holds the vocabulary and nothing of any text."""

    def __init__(self, vocabulary: TimeVocabulary) -> None:
        self._v = vocabulary
        self._cutter = Cutter(vocabulary)

    @property
    def vocabulary(self) -> TimeVocabulary:
        return self._v

    def expressions(
        self,
        text: str,
        start: int,
        end: int,
        published: date | datetime | None,
        found_tokens: Sequence[str] | None = None,
    ) -> list[TimeExpression]:
        """The expressions of `text[start:end]` in order. `published` is the day, or day and time, of publication,
        `found_tokens` are the tokens of the stretch where they are known."""
        tokens = TOKEN.findall(text, start, end) if found_tokens is None else found_tokens
        out: list[TimeExpression] = []
        if self._v.gate.isdisjoint(tokens) and _NUMERIC.search(text, start, end) is None:
            return out  # as most sentences
        today = published.date() if isinstance(published, datetime) else published
        for first, last in self._stretches(tokens):
            self._read(time_tokens(text, start, tokens, first, last, self._cutter), today, out)
        return out

    def _stretches(self, tokens: Sequence[str]) -> list[tuple[int, int]]:
        """Those of the tokens, as `first:last`, among which all expressions stand: around words that tell of one."""
        gate = self._v.gate
        out: list[tuple[int, int]] = []
        last = -1
        for at in [at for at, token in enumerate(tokens) if token in gate or token[0].isdigit()]:
            first = max(0, at - _REACH)
            if out and first <= last:
                first = out.pop()[0]
            last = at + _REACH + 1
            out.append((first, last))
        return out

    def _read(self, tokens: TimeTokens, today: date | None, out: list[TimeExpression]) -> None:
        """Add the expressions among `tokens` to `out`."""
        reading = ExpressionReader(tokens, today)
        offsets: list[tuple[int, int]] = []  # worked out when the first expression is found
        end_before = 0
        parts = tokens.parts
        for begin in [k for k, part in enumerate(parts) if part & (OPENER | MERE)]:
            if begin < end_before:
                continue  # within the expression before
            if parts[begin] & MERE and not (begin + 1 < len(parts) and parts[begin + 1] & FOLLOWER):
                continue
            found = reading.expression(begin)
            if found is None:
                continue
            if found.kind != "name":
                first: date | datetime | None = found.stretch.first
                last: date | datetime | None = found.stretch.last
                if found.clock is not None and found.stretch.day is not None:
                    first = last = datetime.combine(found.stretch.day, found.clock)
                offsets = offsets or tokens.offsets()
                out.append(TimeExpression(offsets[begin][0], offsets[found.end - 1][1], first, last, found.kind))
            end_before = found.end
