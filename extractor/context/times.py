"""When it happened: one expression of time chosen for each claim among those of its sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from datetime import date, datetime
from typing import Final, NamedTuple

from extractor.context.place_names import Atoms, PlaceNames
from extractor.match import Told
from extractor.sentence import Sentence
from extractor.text.dates import TimeExpression, TimeReader

# Costs of a candidate, in the manner of those of places.
_BREAK: Final = 36.0  # a word between claim and time that leads to another event
_REPORT: Final = 30.0  # a verb of saying between them: the time is that of the saying
_SINCE: Final = 30.0  # the claim is the background of what the time tells
_OTHER: Final = 18.0  # another claim stands nearer, or a relative clause tells more of somebody
_HAPPENINGS: Final = frozenset({"attack_noun", "place_event", "mishap_noun", "weapon_noun"})
_STOP: Final = 6.0
_COMMA: Final = 1.5
_BEFORE: Final = 1.0
_OPEN: Final = 3.0  # since
_WITHIN: Final = 14.0
_MOST: Final = 26.0
_NEAR: Final = 4  # segments
_SAYING: Final = frozenset({"report_verb", "relay_verb", "report_participle"})
_PREPOSITIONS: Final = frozenset({"of", "about", "on", "prep_b", "in", "prep_l", "to"})


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
        start, end, tokens = sentence.start, sentence.end, sentence.tokens
        out = []
        for found in self._times.expressions(text, start, end, published, tokens):
            first = max(0, bisect_right(sentence.starts, found.start) - 1)
            last = max(first, bisect_right(sentence.starts, found.end - 1) - 1)
            out.append(TimeMention(first, last, found))
        return out

    def time(
        self, sentence: Sentence, claim: Told, mentions: Sequence[TimeMention], triggers: Set[int], until: date | None
    ) -> TimeExpression | None:
        """The time of `claim`; `triggers` are the segments of all claims and events of the sentence.

        What begins after the day `until` is passed over: the day of publication, for what has happened.
        """
        usable = [m for m in mentions if m.expression.kind != "other" and not _is_after(m.expression, until)]
        if not usable:
            return None
        atoms = self._names.atoms(sentence)
        best: TimeMention | None = None
        most = _MOST
        at = claim.match.at
        # The nearest first, so that those far off are soon seen to cost more; of two that cost the same the first one.
        for mention in sorted(usable, key=lambda m: abs(m.first - at)):
            cost = self._cost(atoms, claim, mention, triggers, most)
            if cost < most or (cost == most and (best is None or mention.first < best.first)):
                best, most = mention, cost
        return best and best.expression

    def _cost(self, atoms: Atoms, claim: Told, mention: TimeMention, triggers: Set[int], most: float) -> float:
        """The cost of taking `mention`; where it is more than `most`, something more than that."""
        ends = sorted((claim.match.at, claim.span[0], claim.span[1] - 1))
        before = mention.last < ends[0]
        cost = _OPEN if mention.expression.kind == "since" else 0.0
        between = range(0)
        if before:
            between = range(mention.last + 1, ends[0])
            cost += _BEFORE
        elif mention.first > ends[-1]:
            between = range(ends[-1] + 1, mention.first)
        cost += min(len(between) * 0.5, _WITHIN)
        if before and cost <= most:
            cost += self._behind(atoms, claim, mention, between, triggers)
        if cost > most:
            return cost
        for k in between:
            here = atoms[k]
            if "place_break" in here or "place_part" in here:
                cost += _BREAK if triggers.isdisjoint(range(k + 1, k + _NEAR)) else 0.0
            elif not before and self._says(here):
                cost += _REPORT
            elif not before and self._is_aside(atoms, k, triggers):
                cost += _OTHER
            elif "comma" in here:
                cost += _COMMA
            elif "stop_sign" in here:
                cost += _STOP
            else:
                continue
            if cost > most:
                break
        return cost

    def _behind(self, atoms: Atoms, claim: Told, mention: TimeMention, between: range, triggers: Set[int]) -> float:
        """What tells that a time before the claim is that of something else: a report, or what followed the claim."""
        if mention.first <= 1 and "report_verb" not in atoms[0]:
            return 0.0  # "Yesterday, …"
        cost = 0.0
        for k in range(mention.first - 1, -1, -1):
            if k in triggers or not atoms[k].isdisjoint({"that", "stop_sign"}):
                break
            if self._says(atoms[k]) and k not in range(claim.match.start, claim.match.end):
                cost += _REPORT
                break
        if any(self._says(atoms[k]) for k in between):
            cost += _REPORT
        results = any("result_word" in atoms[k] for k in between)
        if not results:
            if any("place_since" in atoms[k] for k in between):
                cost += _SINCE
            led = atoms[claim.match.at - 1] if claim.match.at else frozenset()
            if (
                claim.match.at - 1 in between
                and not led.isdisjoint(_PREPOSITIONS)
                and "verb" not in atoms[claim.match.at]
            ):
                cost += _SINCE
        return cost

    @staticmethod
    def _is_aside(atoms: Atoms, at: int, triggers: Set[int]) -> bool:
        """Whether another claim stands at `at`, or a relative clause that tells more of somebody."""
        if "relative" in atoms[at]:
            return not any(atoms[k] & _HAPPENINGS for k in range(max(0, at - 3), at))
        return at in triggers and atoms[at - 1].isdisjoint({"conj", "comma"})

    @staticmethod
    def _says(atoms: frozenset[str]) -> bool:
        return not atoms.isdisjoint(_SAYING)


def _is_after(expression: TimeExpression, day: date | None) -> bool:
    first = expression.first.date() if isinstance(expression.first, datetime) else expression.first
    return day is not None and first is not None and first > day
