"""Talk of nobody in particular: claims that name a kind of deed or of victim and tell of no one set of people.

"To justify the killing of civilians", "every soldier killed", "sudden things such as the murder of an envoy" look like
claims and are none. A counted or named set is always particular.
"""

from __future__ import annotations

from extractor.claims import Claim
from extractor.sentence import Sentence, SentenceReader

_FARTHEST = 5
_REACH = 8


class GenericReader:
    """Tells general talk from claims, by vocabulary: `generic_cue` (before an act whose victims are an uncounted
    plural), `warn_cue` (before victims without the article), `law_noun` with a `law_verb` (before any), `every` (before
    the victims), `always` (behind them); and by victims that are `mankind`."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader

    def _atoms(self, sentence: Sentence, at: int) -> frozenset[str]:
        return frozenset().union(*(r.atoms for r in self._reader.readings(sentence, at)))

    def generic(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether `claim` is general talk."""
        if claim.kind != "casualty" or claim.count is not None or claim.names or claim.part_of is not None:
            return False
        trigger, start = claim.match.at, claim.span[0]
        example = trigger > 0 and "prep_k" in self._atoms(sentence, trigger - 1)  # "such as killing"
        each = claim.low == 1 and start > 0 and "every" in self._atoms(sentence, start - 1)
        mankind = claim.head is not None and {"mankind", "def"} <= self._atoms(sentence, claim.head[0])
        if example or each or mankind or (claim.low is None and self._habit(sentence, claim)):
            return True
        definite = claim.head is not None and "def" in self._atoms(sentence, claim.head[0])
        before = self._clause_before(sentence, trigger)
        return ("warn_cue" in before and not definite) or {"law_noun", "law_verb"} <= before

    def _clause_before(self, sentence: Sentence, trigger: int) -> frozenset[str]:
        """The atoms of the words shortly before a trigger, back to the end of a clause."""
        found: set[str] = set()
        for at in range(trigger - 1, max(-1, trigger - 1 - _REACH), -1):
            here = self._atoms(sentence, at)
            if "clause_end" in here:
                break
            found |= here
        return frozenset(found)

    def _habit(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether words around an act say that it is a kind of deed or done again and again."""
        trigger, end = claim.match.at, claim.match.end
        atoms = self._atoms(sentence, trigger)
        if "act_noun" in atoms or "present" in atoms:
            for at in range(trigger - 1, max(-1, trigger - 1 - _FARTHEST), -1):
                here = self._atoms(sentence, at)
                if "generic_cue" in here:
                    return True
                if here & {"clause_end", "scope_end"}:
                    break
        return "present" in atoms and any(
            "always" in self._atoms(sentence, at) for at in range(end, min(end + 4, len(sentence)))
        )
