"""Of what kind people are, civilians, soldiers, policemen or militants: as the body they belong to, the noun, the rank
or office that names them, or the scene around them tells it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from extractor.bodies import BodyReader
from extractor.claims import (
    OPEN_OR_CIVILIAN,
    OPEN_TYPES,
    PEOPLE_NOUNS,
    PEOPLE_TYPES,
    Claim,
    type_of_body,
    type_of_group,
    type_of_people,
)
from extractor.rules.lexicon import ARMED
from extractor.sentence import Sentence, SentenceReader

_SCENE: Final = 18  # segments around a set in which a scene is told
_NEWS: Final = frozenset({"stop_sign", "scope_break"})
_NUMBERS: Final = ("sg", "du", "pl")


class PeopleReader:
    """Tells the type of the people of a claim. Holds nothing of any text."""

    def __init__(self, reader: SentenceReader, bodies: BodyReader) -> None:
        self._reader = reader
        self._bodies = bodies

    def settle(self, sentence: Sentence, claim: Claim) -> None:
        """Give `claim` its type, by its body, its own words and those right behind it; None for that of no people."""
        if claim.affiliation is not None:
            group = self.told_by_body(sentence, claim)
            if group == "civilian" and claim.head and "own_ranks" in self._reader.atoms(sentence, claim.head[0]):
                group = None  # the fighters of a government are no officials
            fighters = (
                claim.type == "militant" and group in ("military", "police") and self._plain_fighter(sentence, claim)
            )
            told = claim.type in OPEN_TYPES and (not claim.suspected or self._member(sentence, claim))
            if group is None and self._member(sentence, claim) and "group_word" in self._atoms_of(sentence, claim):
                group = "militant"
            partisan = group == "militant" and claim.type == "civilian" and self._partisan(sentence, claim)
            learns = claim.type == "civilian" or (claim.type == "military" and group == "police")
            cadets = group in ("military", "police") and learns and self._cadet(sentence, claim)
            ranked = group in ARMED and claim.type in ARMED and self.by_rank(sentence, claim)
            if group is not None and (told or fighters or partisan or cadets or ranked):
                claim.type = group
        if claim.type in OPEN_TYPES and claim.affiliation is not None and claim.head is not None:
            foreign = self._reader.atoms(sentence, claim.affiliation[0]) & {"nationality", "foreign"}
            if foreign and "hostage_noun" in self._reader.atoms(sentence, claim.head[0]):
                claim.type = "civilian"  # soldiers who are taken are prisoners
        aide = claim.names and "aide_word" in self._reader.atoms(sentence, claim.span[0])
        if claim.names and (claim.type in OPEN_OR_CIVILIAN or aide):
            claim.type = self._rank(sentence, claim) or claim.type
        if claim.names and claim.type in OPEN_TYPES:
            claim.type = self._office(sentence, claim) or self._called(sentence, claim) or claim.type
        if claim.type in OPEN_TYPES:
            claim.type = self._beside(sentence, claim) or claim.type
        if claim.type == "military" and any(
            "defector_word" in self._reader.atoms_behind(sentence, k) for k in range(*claim.span)
        ):
            claim.type = "militant"  # who leaves his army fights for its foes
        if claim.type not in PEOPLE_TYPES:  # a word that names people may name a building too
            claim.type = None

    def told_by_body(self, sentence: Sentence, claim: Claim) -> str | None:
        """What the members of the body of `claim` are."""
        if claim.affiliation is None:
            return None
        if not claim.affiliation_skip:
            return type_of_body(self._reader, sentence, claim.affiliation)
        words = sentence.words[claim.affiliation[0]].split(" ")[claim.affiliation_skip :]
        return type_of_group(self._reader.known(" ".join(words)))

    def told_by_noun(self, sentence: Sentence, at: int) -> str | None:
        """The type of the people whom segment `at` names, where it does not leave them open."""
        for reading in self._reader.readings(sentence, at):
            if reading.atoms & PEOPLE_NOUNS:
                attributes = dict(reading.attributes)
                if (found := attributes.get("type")) not in OPEN_TYPES:
                    return found
        return None

    def in_scene(self, sentence: Sentence, claim: Claim) -> str | None:
        """Civilians, where a civilian scene is told around the set."""
        end = max(claim.span[1], claim.match.at + 1)
        ahead = range(claim.span[0], min(len(sentence), end + _SCENE))
        back = range(claim.span[0] - 1, max(-1, claim.span[0] - _SCENE), -1)
        if self._scene(sentence, ahead, _NEWS) or self._scene(sentence, back, _NEWS | {"report_verb"}):
            return "civilian"
        return None

    def _scene(self, sentence: Sentence, where: Iterable[int], stops: frozenset[str]) -> bool:
        """Whether a word of civilian life stands in `where` before a word that ends the news."""
        for at in where:
            atoms = self._reader.atoms(sentence, at)
            if atoms & {"civilian_cue", "of_one_family"}:
                return True
            if atoms & stops:
                return False
        return False

    def _member(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether the noun means the members of a body ("elements", "fighters") and not just anybody."""
        return claim.head is not None and bool(self._reader.atoms(sentence, claim.head[0]) & {"member", "fighter"})

    def _partisan(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether the noun is one for whoever works for a cause ("activists"): in an armed group, for its members."""
        at = claim.span[0] if claim.names else claim.head[0] if claim.head is not None else None
        return at is not None and "partisan" in self._reader.atoms(sentence, at)

    def by_rank(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether nothing but a rank tells what one is: armies, the police and fighters have the same."""
        if claim.head is None or claim.names:
            return False
        own = [dict(r.attributes) for r in self._reader.readings(sentence, claim.head[0]) if r.atoms & PEOPLE_NOUNS]
        return bool(own) and all(r.get("type") is None and "default_type" in r for r in own)

    def _cadet(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether the noun is one for those who learn, in an academy of the army or the police for their recruits."""
        return claim.head is not None and "learner" in self._reader.atoms(sentence, claim.head[0])

    def _plain_fighter(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether the noun leaves open for whom one fights, so that an army makes soldiers of the fighters."""
        return claim.head is not None and "fighter" in self._reader.atoms(sentence, claim.head[0])

    def _atoms_of(self, sentence: Sentence, claim: Claim) -> frozenset[str]:
        """The atoms of the first word of the affiliation."""
        return self._reader.atoms(sentence, claim.affiliation[0]) if claim.affiliation else frozenset()

    def _rank(self, sentence: Sentence, claim: Claim) -> str | None:
        """The type that a rank among the titles of a named person tells, or the person's own where it is known."""
        for at in range(claim.span[0], claim.span[1]):
            for reading in self._reader.readings(sentence, at):
                attributes = dict(reading.attributes)
                if "figure" in reading.atoms and self._himself(sentence, claim, at):
                    return attributes.get("type")
                if "title" in reading.atoms and attributes.get("default_type") in ARMED:
                    return attributes["default_type"]
        return None

    def _himself(self, sentence: Sentence, claim: Claim, at: int) -> bool:
        """Whether a known person is meant at `at`, and not one who shares his surname."""
        whole = any(name == (at, at + 1) for name in claim.names)
        return whole or (" " in sentence.words[at] and any(name[0] == at for name in claim.names))

    def _office(self, sentence: Sentence, claim: Claim) -> str | None:
        """The type of a named person by the office that the sentence gives him behind his name."""
        for span in claim.match.captures.get("head", ()):
            if 0 <= span[0] - claim.span[1] <= 2:
                people = [r for r in self._reader.readings(sentence, span[0]) if r.atoms & PEOPLE_NOUNS]
                if people:
                    return type_of_people(people)
        return None

    def _called(self, sentence: Sentence, claim: Claim) -> str | None:
        """The type of a named person by a noun among the titles before the name ("the martyr, the medic")."""
        titles = range(claim.span[0], claim.names[0][0])
        told = (self.told_by_noun(sentence, at) for at in titles if "set_free" not in self._reader.atoms(sentence, at))
        return next((t for t in told if t is not None), None)

    def _beside(self, sentence: Sentence, claim: Claim) -> str | None:
        """The type told by a noun right behind the set ("dead, civilians"; "elements of the rebels")."""
        end = max(claim.span[1], claim.match.at + 1)
        kind = self._kind(sentence, claim) or self._apposed(sentence, claim)
        if kind is not None:
            return kind
        if claim.head is None or "casualty_noun" not in self._reader.atoms(sentence, claim.head[0]):
            return None
        end = self._bodies.casualties_end(sentence, end)
        if end + 1 >= len(sentence):
            return None
        # "Dead, civilians", "dead of the policemen": the noun behind tells who the casualties were.
        behind = end + 1 if self._reader.atoms(sentence, end) & {"of", "prep_l", "bodies_of"} else end
        behind += "prep_l" in self._reader.atoms_behind(sentence, behind)  # "a body that belongs to a soldier"
        people = [
            r for r in self._reader.readings(sentence, behind) if r.atoms & PEOPLE_NOUNS and "poss" not in r.atoms
        ]
        if people and claim.affiliation is None and (skipped := self._bodies.tail(sentence.words[behind])):
            claim.affiliation, claim.affiliation_skip = (behind, behind + 1), skipped
        return type_of_people(people)

    def _kind(self, sentence: Sentence, claim: Claim) -> str | None:
        """The type told by the people of whom the noun names some ("a group of gunmen", "elements of the rebels")."""
        if claim.head is None or not self._reader.atoms(sentence, claim.head[0]) & {"member", "collective"}:
            return None
        at = claim.head[1]
        if at < len(sentence) and "of" in self._reader.atoms(sentence, at):
            at += 1
        if at < len(sentence):
            for reading in self._reader.readings(sentence, at):
                if {"def", "pl"} <= reading.atoms and reading.atoms & {"person", "member"}:
                    attributes = dict(reading.attributes)
                    return attributes.get("type") or attributes.get("default_type")
        return None

    def _apposed(self, sentence: Sentence, claim: Claim) -> str | None:
        """The type told by a second noun right behind that of the set, of its number ("two civilian persons")."""
        if claim.head is None or claim.names:
            return None
        head, atoms = (self._reader.atoms_behind(sentence, k) for k in claim.head)
        if "held_noun" in head and "of_conscience" in atoms:
            return "civilian"
        if "held_noun" in head and "set_free" in atoms:
            return None
        same = ("def" in head) == ("def" in atoms)
        if (
            not same
            or "adverb" in atoms
            or head & {"poss", "suspect"}
            or not any(number in head and number in atoms for number in _NUMBERS)
        ):
            return None
        return self.told_by_noun(sentence, claim.head[1])
