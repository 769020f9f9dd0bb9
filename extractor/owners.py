"""Whose things are that were destroyed, damaged, seized or shot down: a country, an army, a group, as the words right
behind the noun tell ("two Ukrainian drones", "a depot of the movement")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from extractor.bodies import BodyReader, Found
from extractor.claims import Claim
from extractor.sentence import Sentence, SentenceReader

_REACH: Final = 4  # words between a thing and its owner: its kind, make and model
_PASSED: Final = frozenset(
    {
        "adjective",
        "make_word",
        "model_word",
        "latin",
        "code",
        "everyday_noun",
        "make_of",
        "armour_model",
        "item",
        "quote",
        "slash",
        "belonging_f",
    }
)
_STOPS: Final = frozenset(
    {"clause_end", "comma", "stop_sign", "verb", "conj", "scope_break", "preposition", "in", "of"}
)
_FIXED: Final = frozenset({"building", "position", "other"})  # what stands has a name, which may be that of a body
_OWNERS: Final = frozenset({"actor", "group_nisba", "org_noun"})


class OwnerReader:
    """Finds the owners of things. Holds nothing of any text."""

    def __init__(self, reader: SentenceReader, bodies: BodyReader) -> None:
        self._reader = reader
        self._bodies = bodies

    def settle(self, sentence: Sentence, claims: Iterable[Claim]) -> None:
        """Give each set of things among `claims` its owner, where the words behind it name one."""
        for claim in claims:
            if claim.kind == "materiel" and claim.affiliation is None and claim.head is not None:
                if claim.type == "vehicle" and self._armoured(sentence, claim.head[1]):
                    claim.type = "armour"
                found = self._owner(sentence, claim, claim.head[0])
                if found is not None:
                    claim.affiliation, claim.affiliation_skip = found

    def _owner(self, sentence: Sentence, claim: Claim, head: int) -> Found | None:
        first = max(claim.span[1], head + 1)
        for at in range(head + 1, min(len(sentence), first + _REACH)):
            atoms = self._reader.atoms(sentence, at)
            if "prep_l" in atoms:
                return self._held(sentence, at + 1)
            if "make_of" in self._reader.atoms_behind(sentence, at + 1):
                continue  # "of German make"
            if "nationality" in atoms and not atoms & {"foreign", "def"} and ("country" not in atoms or "f" in atoms):
                return (at, self._joined(sentence, at)), 0
            if at == first and "actor" in atoms and "place" not in atoms:
                return ((at, at + 1), 0) if claim.type not in _FIXED else None
            if atoms & _STOPS or not atoms & _PASSED or "actor" in atoms:
                return None
        return None

    def _armoured(self, sentence: Sentence, at: int) -> bool:
        """Whether `at` names a model of armoured vehicles."""
        readings = self._reader.readings(sentence, at) if at < len(sentence) else ()
        return any(
            "armour_model" in r.atoms or ("item" in r.atoms and dict(r.attributes).get("type") == "armour")
            for r in readings
        )

    def _held(self, sentence: Sentence, at: int) -> Found | None:
        """The body or nation at `at`, behind "of"."""
        at += "quote" in self._reader.atoms_behind(sentence, at)
        atoms = self._reader.atoms_behind(sentence, at)
        if {"def", "pl", "militant"} <= atoms and "actor" not in atoms:
            return (at, at + 1 + ("adjective" in self._reader.atoms_behind(sentence, at + 1))), 0
        if atoms & _OWNERS or {"nationality", "def"} <= atoms or atoms & {"member", "militant"}:
            return self._bodies.told_at(sentence, at)
        return None

    def _joined(self, sentence: Sentence, at: int) -> int:
        """Where the nationalities end that begin at `at` ("American and European")."""
        last = at + 1
        if "conj" in self._reader.atoms_behind(sentence, last):
            behind = self._reader.atoms_behind(sentence, last + 1)
            if "nationality" in behind and not behind & {"def", "foreign", "person"}:
                return last + 2
        return last
