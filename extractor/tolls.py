"""Running tolls and the dead just told of: "three were killed, so that the toll rises to 19" makes the three a part of
the nineteen, which must not be added to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.claims import Claim
from extractor.sentence import Sentence, SentenceReader

_RISING = 22  # segments from a word of rising to the count that it leads to
_OPENING = 3  # segments at the beginning of a sentence that refer back to the one before


class TollReader:
    """Finds the toll that takes in what was told before it. Holds nothing of any text."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader

    def join(self, sentence: Sentence, claims: Sequence[Claim]) -> None:
        """Make the sets of a sentence parts of the toll that it lets them raise."""
        for claim in claims:
            claim.cumulative = claim.cumulative or self._risen(sentence, claim)
        for toll in claims:
            if toll.cumulative and toll.part_of is None:
                for part in _fitting(toll, claims):
                    if self._raised(sentence, part, toll):
                        part.part_of = toll

    def join_earlier(self, sentence: Sentence, claims: Sequence[Claim], before: Sequence[Claim]) -> None:
        """Make the claims `before`, of the sentence in front, parts of a toll of this one, which opens with "so that
        it rises"."""
        tolls = [claim for claim in claims if claim.cumulative and claim.part_of is None]
        if tolls and self._any(sentence, 0, min(_OPENING, len(sentence)), "toll_sums"):
            for toll in tolls:
                for part in _fitting(toll, before):
                    part.part_of = toll

    def _risen(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether a word of rising leads to the count of a claim ("the number … rose to 31")."""
        at = claim.span[0]
        if claim.low is None or not at or "reach" not in self._reader.atoms(sentence, at - 1):
            return False
        for k in range(at - 2, max(-1, at - _RISING), -1):
            atoms = self._reader.atoms(sentence, k)
            if "toll_rise" in atoms:
                return any("toll_noun" in self._reader.atoms(sentence, j) for j in range(k + 1, min(k + 3, at)))
            if atoms & {"stop_sign", "quantity"}:
                return False
        return False

    def _raised(self, sentence: Sentence, part: Claim, toll: Claim) -> bool:
        """Whether a word of rising stands between a set and the toll behind it, or before a toll and a set behind
        "after" it."""
        if part.span[1] <= toll.span[0]:
            return self._any(sentence, part.span[1], toll.span[0], "toll_sums")
        if toll.span[1] <= part.match.at and self._any(sentence, toll.span[1], part.match.at, "toll_after"):
            return self._any(sentence, 0, toll.span[0], "toll_rise")
        return False

    def _any(self, sentence: Sentence, low: int, high: int, atom: str) -> bool:
        return any(atom in self._reader.atoms(sentence, k) for k in range(low, high))


def _fitting(toll: Claim, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The counted sets of the outcome of a toll that are smaller than it."""
    least = toll.low or toll.high
    outcomes = {toll.outcome, "killed"} if toll.outcome == "killed_or_wounded" else {toll.outcome}
    for claim in claims:
        smaller = claim.low is not None and least is not None and claim.low < least
        free = not claim.cumulative and claim.part_of is None
        if smaller and free and claim.kind == toll.kind and claim.outcome in outcomes:
            yield claim
