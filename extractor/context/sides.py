"""On whose side a body named is: what kind it is, and whether the victims of a claim belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from extractor.claims import Claim
from extractor.match import Span
from extractor.sentence import Sentence, SentenceReader
from extractor.spans import identities_of

_OF_STATE: Final = frozenset({"state_military", "police", "security"})
_ACTOR: Final = "actor:"


class SideReader:
    """Tells of bodies named on whose side they are. Holds nothing of any text."""

    def __init__(
        self, reader: SentenceReader, identities: Mapping[str, tuple[str, ...]], actors: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._reader = reader
        self._identities = identities
        self._actors = actors

    def kinds(self, sentence: Sentence, span: Span) -> set[str | None]:
        """The kinds of the listed bodies that the words at `span` name."""
        return {self._actors[i[6:]].get("kind") for i in self._ids(sentence, span) if i.startswith(_ACTOR)}

    def of_state(self, sentence: Sentence, span: Span) -> bool:
        """Whether the body named is an army or a police."""
        if self.kinds(sentence, span) & _OF_STATE:
            return True
        atoms = self._reader.atoms(sentence, span[0])
        return bool(atoms & {"police", "military"} and atoms & {"org_noun", "person", "member"})

    def same_side(self, sentence: Sentence, claim: Claim, span: Span, where: Sentence | None = None) -> bool:
        """Whether the body named, in the sentence of the claim or in `where`, is the one that the victims belong to."""
        if claim.affiliation is None:
            return False
        where = where or sentence
        own = {i for i in self._ids(sentence, claim.affiliation) if i.startswith(_ACTOR)}
        same_words = where.words[span[0] : span[1]] == sentence.words[claim.affiliation[0] : claim.affiliation[1]]
        theirs = self._ids(where, span)
        return bool(own & theirs) or same_words or self._own_army(sentence, claim, theirs)

    def of_side(self, sentence: Sentence, claim: Claim, span: Span, foe: Span) -> bool:
        """Whether the victims are of the body at `span` and not of its `foe`: by name, else by what they are."""
        if claim.affiliation is not None:
            return self.same_side(sentence, claim, span) and not self.same_side(sentence, claim, foe)
        own, other = self.of_state(sentence, span), self.of_state(sentence, foe)
        if own:
            return not other and claim.type in ("military", "police")
        return other and claim.type == "militant"

    def _own_army(self, sentence: Sentence, claim: Claim, theirs: set[str]) -> bool:
        """Whether soldiers told by their nation alone ("Israeli soldiers") are of the army or police of `theirs`."""
        if claim.affiliation is None or claim.type not in ("military", "police"):
            return False
        nations = {i[8:] for i in self._ids(sentence, claim.affiliation) if i.startswith("country:")}
        if any(f"country:{nation}" in theirs for nation in nations):
            return True
        bodies = (self._actors[i[6:]] for i in theirs if i.startswith(_ACTOR))
        return any(b.get("kind") in _OF_STATE and b.get("country") in nations for b in bodies)

    def _ids(self, sentence: Sentence, span: Span) -> set[str]:
        return {i for at in range(*span) for i in identities_of(self._identities, sentence.words[at])}
