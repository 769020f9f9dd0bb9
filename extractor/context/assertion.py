"""Polarity and certainty of a claim or an event, and whether it is background, by cues before and behind it.

A cue is a vocabulary word with the class `cue`, what it does (`cue_kind`), the side on which the claim stands (`side`)
and how many words far it reaches (`reach`), in the manner of clinical negation detection; see Chapman et al. 2001
(NegEx) and Harkema et al. 2009 (ConText) for the method. Its scope ends at the end of a clause, at a `scope_end` word
and at another trigger.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from extractor.match import Told
from extractor.sentence import Sentence, SentenceReader

_FARTHEST = 16


@dataclass(slots=True)
class Assertion:
    """Polarity and certainty with the segments of the cues that decided them."""

    polarity: str = "affirmed"
    polarity_cue: int | None = None
    certainty: str = "stated"
    certainty_cue: int | None = None
    background_cue: int | None = None

    def note(self, kind: str, at: int) -> None:
        """Take a cue into account; the first cue of each sort stays, and unrealized outweighs hedged."""
        if kind == "denied" and self.polarity_cue is None:
            self.polarity, self.polarity_cue = "denied", at
        elif kind == "unrealized" and self.certainty != "unrealized":
            self.certainty, self.certainty_cue = "unrealized", at
        elif kind == "hedged" and self.certainty_cue is None:
            self.certainty, self.certainty_cue = "hedged", at
        elif kind == "background" and self.background_cue is None:
            self.background_cue = at


class AssertionReader:
    """Finds the cues of claims."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader

    def read(
        self, sentence: Sentence, claim: Told, triggers: Collection[int], before: Told | None, known: Assertion | None
    ) -> Assertion:
        """Assertion of `claim`. `triggers` are the segments of all triggers of the sentence; `before` is the claim
        in front of this one and `known` its assertion, which a coordinated noun shares."""
        found = Assertion()
        trigger = claim.match.at
        atoms = self._atoms(sentence, trigger)
        if "future" in atoms and "present" in atoms and "noun" not in atoms:
            found.note("unrealized", trigger)
        if claim.match.rule.set.get("certainty"):
            found.note(claim.match.rule.set["certainty"], trigger)
        if claim.match.rule.set.get("polarity"):
            found.note(claim.match.rule.set["polarity"], trigger)
        first = min(claim.match.start, trigger)
        self._backward(sentence, trigger, first, atoms, triggers, found)
        self._forward(sentence, claim.match.end, found)
        if before is not None and known is not None and self._coordinated(sentence, first, before, atoms):
            if found.polarity_cue is None and known.polarity_cue is not None:
                found.polarity, found.polarity_cue = known.polarity, known.polarity_cue
            if found.certainty_cue is None and known.certainty_cue is not None:
                found.certainty, found.certainty_cue = known.certainty, known.certainty_cue
        return found

    def _atoms(self, sentence: Sentence, at: int) -> frozenset[str]:
        return frozenset().union(*(r.atoms for r in self._reader.readings(sentence, at)))

    def _backward(
        self,
        sentence: Sentence,
        trigger: int,
        first: int,
        atoms: frozenset[str],
        triggers: Collection[int],
        found: Assertion,
    ) -> None:
        act = "act_noun" in atoms
        for distance, at in enumerate(range(trigger - 1, max(-1, trigger - _FARTHEST), -1)):
            readings = self._reader.readings(sentence, at)
            here = frozenset().union(*(r.atoms for r in readings))
            if "clause_end" in here or at in triggers:
                break
            if at == trigger - 1 and at < first and "prep_l" in here and act and not self._result(sentence, at):
                found.note("unrealized", at)
            for reading in readings:
                if "cue" in reading.atoms:
                    cue = dict(reading.attributes)
                    needs = cue.get("needs")
                    if cue["side"] == "after" and distance < int(cue["reach"]) and (not needs or needs in atoms):
                        found.note(cue["cue_kind"], at)
            if "scope_end" in here and at < first:
                break

    def _result(self, sentence: Sentence, at: int) -> bool:
        """Whether a word of result stands in the few words before `at`."""
        return any("result_word" in self._atoms(sentence, k) for k in range(max(0, at - 6), at))

    def _forward(self, sentence: Sentence, end: int, found: Assertion) -> None:
        for at in range(end, min(len(sentence), end + _FARTHEST)):
            for reading in self._reader.readings(sentence, at):
                if "cue" in reading.atoms:
                    cue = dict(reading.attributes)
                    if cue["side"] == "before" and at - end < int(cue["reach"]):
                        found.note(cue["cue_kind"], at)

    def _coordinated(self, sentence: Sentence, first: int, before: Told, atoms: frozenset[str]) -> bool:
        """Whether the claim that begins at `first` goes on the noun phrase of the claim before it."""
        if "verb" in atoms or first == 0:
            return False
        joint = first - 1
        if joint > 0 and self._atoms(sentence, joint) & {"noun", "casualty_light"}:
            joint -= 1  # "or the fall of"
        if not self._atoms(sentence, joint) & {"conj", "or"}:
            return False
        gap = (self._atoms(sentence, k) for k in range(before.match.at, first))
        return not any(atoms & {"clause_end", "report_verb"} for atoms in gap)
