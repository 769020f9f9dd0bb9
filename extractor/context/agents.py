"""Who did it, and by what means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.match import Match, Span, Told
from extractor.sentence import Sentence, SentenceReader

# How much each method says of itself: where several stand in a clause the more telling one is taken.
_TELLING = {"clash": 1, "explosion": 2, "accident": 2, "shelling": 3, "shooting": 3, "airstrike": 4}
_SAYS_LITTLE = 2
_NEAR = 8
_MISHAPS = frozenset(["accident", "disaster", "disease"])


@dataclass(frozen=True, slots=True)
class MethodMention:
    """A word that tells of a method."""

    at: int
    type: str


class AgentReader:
    """Finds methods and perpetrators for claims."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader

    def methods(self, sentence: Sentence) -> list[MethodMention]:
        """Every method word of a sentence, in order; trigger words that only imply a method are not among them."""
        out = []
        for at in range(len(sentence)):
            for reading in self._reader.readings(sentence, at):
                if reading.atoms & {"attack_noun", "weapon_noun"}:
                    for key, value in reading.attributes:
                        if key == "method":
                            out.append(MethodMention(at, value))
                    break
        return out

    def implied(self, sentence: Sentence, claim: Told) -> MethodMention | None:
        """The method that the trigger itself implies (an assassination, an abduction)."""
        for reading in self._reader.readings(sentence, claim.match.at):
            attributes = dict(reading.attributes)
            if "method" in attributes and ("outcome" in attributes or "thing_outcome" in attributes):
                return MethodMention(claim.match.at, attributes["method"])
        return None

    def method(self, sentence: Sentence, claim: Told, mentions: Sequence[MethodMention]) -> MethodMention | None:
        """The method of `claim`: implied by the trigger, else the most telling of the nearest words."""
        implied = self.implied(sentence, claim)
        near = [m for m in mentions if m.at not in range(*claim.span)]
        if implied is not None and implied.type in ("abduction", "execution"):
            return implied
        if not near:
            return implied
        types = {m.type for m in near}
        if "suicide_bombing" in types:
            return next(m for m in near if m.type == "suicide_bombing")
        if implied is not None and not types & {"car_bomb", "ied", "shooting"}:
            return implied

        def score(mention: MethodMention) -> tuple[int, int]:
            clause = self._same_clause(sentence, claim.match.at, mention.at)
            return (
                (0 if clause else 1),
                -_TELLING.get(mention.type, 5),
            )

        best = min(near, key=lambda m: (*score(m), abs(m.at - claim.match.at)))
        if best.type == "shelling" and any(m.type == "airstrike" for m in near):
            return next(m for m in near if m.type == "airstrike")
        return best

    def of_event(
        self, sentence: Sentence, event: Told, own: str | None, mentions: Sequence[MethodMention]
    ) -> MethodMention | None:
        """The method of an event whose own word says `own`: that one, unless it says little ("an attack") and a word
        of its clause says more."""
        here = MethodMention(event.match.at, own) if own else None
        if own is not None and _TELLING.get(own, 5) > _SAYS_LITTLE:
            return here
        near = [
            m
            for m in mentions
            if m.at != event.match.at
            and abs(m.at - event.match.at) <= _NEAR
            and _TELLING.get(m.type, 5) > _SAYS_LITTLE
            and m.type not in _MISHAPS
            and self._same_clause(sentence, event.match.at, m.at)
        ]
        return min(near, key=lambda m: abs(m.at - event.match.at)) if near else here

    def _same_clause(self, sentence: Sentence, one: int, other: int) -> bool:
        low, high = sorted((one, other))
        return not any(
            "clause_end" in reading.atoms for at in range(low, high) for reading in self._reader.readings(sentence, at)
        )

    def perpetrator(self, sentence: Sentence, claim: Told, matches: Sequence[Match]) -> Span | None:
        """The segments that name who did it, or None."""
        for span in claim.match.captures.get("agent", ()):
            atoms = frozenset().union(*(r.atoms for r in self._reader.readings(sentence, span[0])))
            if not atoms & {"attack_noun"} and span[0] not in range(*claim.span):
                return span
        options = [
            (match.rule.priority, -abs(match.at - claim.match.at), match.captures["agent"][-1])
            for match in matches
            if "agent" in match.captures and match.captures["agent"][-1][0] not in range(*claim.span)
        ]
        return max(options)[2] if options else None
