"""When it happened: one expression of time chosen for each claim among those of its sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from datetime import date, datetime
from typing import NamedTuple

from extractor.context.place_names import Atoms, PlaceNames
from extractor.match import Told
from extractor.sentence import Sentence
from extractor.text.dates import TimeExpression, TimeReader

# Costs of a candidate, in the manner of those of places.
_BREAK = 36.0  # a word between claim and time that leads to another event
_REPORT = 30.0  # a verb of saying between them: the time is that of the saying
_SINCE = 24.0  # the claim is the background of what the time tells
_STOP = 6.0
_COMMA = 1.5
_BEFORE = 1.0
_OPEN = 3.0  # since
_WITHIN = 14.0
_MOST = 26.0
_NEAR = 4  # segments
_SAYING = 5  # segments from a verb of saying to the time of the saying


class TimeMention(NamedTuple):
    """An expression with the segments of its sentence that it covers."""

    first: int
    last: int
    expression: TimeExpression


class TimeChooser:
    """Chooses a time for a claim. Holds the vocabulary and nothing of any text."""

    def __init__(self, times: TimeReader, names: PlaceNames) -> None:
        self._times = times
        self._names = names

    @property
    def times(self) -> TimeReader:
        """What reads the expressions."""
        return self._times

    def mentions(self, sentence: Sentence, text: str, published: date | datetime | None) -> list[TimeMention]:
        """The expressions of a sentence of the folded `text`."""
        if not self._times.worth(text[sentence.start : sentence.end]):
            return []
        out = []
        for found in self._times.expressions(text, sentence.start, sentence.end, published):
            first = max(0, bisect_right(sentence.starts, found.start) - 1)
            last = max(first, bisect_right(sentence.starts, found.end - 1) - 1)
            out.append(TimeMention(first, last, found))
        return out

    def time(
        self, sentence: Sentence, claim: Told, mentions: Sequence[TimeMention], triggers: Set[int]
    ) -> TimeExpression | None:
        """The time of `claim`; `triggers` are the segments of all claims and events of the sentence."""
        if not mentions:
            return None
        atoms = self._names.atoms(sentence)
        cost, best = min(((self._cost(atoms, claim, m, triggers), m) for m in mentions), key=lambda pair: pair[0])
        return best.expression if cost <= _MOST else None

    def _cost(self, atoms: Atoms, claim: Told, mention: TimeMention, triggers: Set[int]) -> float:
        ends = sorted((claim.match.at, claim.span[0], claim.span[1] - 1))
        before = mention.last < ends[0]
        cost = _OPEN if mention.expression.kind == "since" else 0.0
        if before:
            between = range(mention.last + 1, ends[0])
            cost += _BEFORE
            saying = range(max(0, mention.first - _SAYING), mention.first)
            if any(self._says(atoms[k]) for k in saying):
                cost += _REPORT
        elif mention.first > ends[-1]:
            between = range(ends[-1] + 1, mention.first)
        else:
            between = range(0)
        cost += min(len(between) * 0.5, _WITHIN)
        opens = mention.first <= 1
        for k in between:
            here = atoms[k]
            if not here.isdisjoint({"place_break", "place_part"}):
                cost += _BREAK if triggers.isdisjoint(range(k + 1, k + _NEAR)) else 0.0
            elif self._says(here):
                cost += 0.0 if opens else _REPORT
            elif before and "place_since" in here and not opens:
                cost += _SINCE
            elif "comma" in here:
                cost += _COMMA
            elif "stop_sign" in here:
                cost += _STOP
        return cost

    @staticmethod
    def _says(atoms: frozenset[str]) -> bool:
        return not atoms.isdisjoint({"report_verb", "relay_verb", "report_participle"})
