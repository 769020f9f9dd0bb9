"""Sets tied to those told before them: "three were killed, so that the toll rises to 19" makes the three a part of the
nineteen, which must not be added to them; "four soldiers" of the headline are told again as "an officer and three
soldiers"; and "five others were wounded" goes on from the soldiers of the sentence before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from extractor.claims import OPEN_TYPES, Claim
from extractor.sentence import Sentence, SentenceReader

_RISING: Final = 22  # segments from a word of rising to the count that it leads to
_OPENING: Final = 3  # segments at the beginning of a sentence that refer back to the one before
_TOLD_AGAIN: Final = 8  # claims back in which what is told again by its parts was told as a whole
_GOES_ON: Final = 3  # claims back from which "others" may go on
_LEAST: Final = 3  # smaller wholes add up by chance


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

    def join_told_again(self, claims: Sequence[Claim], earlier: Sequence[Claim]) -> None:
        """Make the sets that one word of a sentence tells of ("an officer and three soldiers were killed") parts of
        the set told in an earlier sentence that they add up to, all exactly counted."""
        by_match: dict[int, list[Claim]] = {}
        for claim in claims:
            if claim.part_of is None:
                by_match.setdefault(claim.match.at, []).append(claim)
        for parts in by_match.values():
            if len(parts) > 1 and all(_exact(part) for part in parts):
                whole = _whole_of(parts, earlier)
                for part in parts if whole is not None else ():
                    part.part_of = whole
        for claim in claims:
            if claim.others and claim.type in OPEN_TYPES and claim.continues is None and claim.part_of is None:
                _go_on(claim, claims, earlier)

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


def _go_on(others: Claim, claims: Sequence[Claim], earlier: Sequence[Claim]) -> None:
    """Let "others" that no set of their own sentence comes before be what the set told last was, where no part of
    theirs is told to be something else."""
    for claim in reversed(earlier[-_GOES_ON:]):
        if claim.part_of is not None or claim.kind != others.kind or claim.cumulative:
            continue
        like = OPEN_TYPES | {claim.type}
        if any(part.part_of is others and part.type not in like for part in claims):
            return
        if claim.type not in OPEN_TYPES:
            others.type, others.continues = claim.type, claim
        return


def _exact(claim: Claim) -> bool:
    return claim.low is not None and claim.low == claim.high and not claim.approx and not claim.cumulative


def _whole_of(parts: Sequence[Claim], earlier: Sequence[Claim]) -> Claim | None:
    """The set among the last of `earlier`, or the first of the text, that `parts` add up to; it is of one kind with
    some of them."""
    total, first = sum(part.low or 0 for part in parts), parts[0]
    if total < _LEAST:
        return None
    types = {part.type for part in parts}
    fitting = types | OPEN_TYPES
    for claim in [*reversed(earlier[-_TOLD_AGAIN:]), *earlier[:1]]:
        alike = claim.type in fitting or "unknown" in types
        same = claim.kind == first.kind and claim.outcome == first.outcome and claim.part_of is None
        if alike and same and _exact(claim) and claim.low == total:
            return claim
    return None
