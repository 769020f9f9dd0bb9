"""What sets of people take from the company they stand in: from the body whose toll they are or the vehicle they sat
in, told before them; from the gang that they were the members of; from the policemen among whom an officer fell; from
the sets that they go on from, or are part of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from extractor.bodies import BodyReader
from extractor.claims import (
    OPEN_OR_CIVILIAN,
    OPEN_TYPES,
    PEOPLE_NOUNS,
    PEOPLE_TYPES,
    Claim,
    type_of_group,
    type_of_people,
)
from extractor.match import Match, Span
from extractor.rules.lexicon import ARMED
from extractor.sentence import Sentence, SentenceReader

_AHEAD: Final = 16  # segments from the words that tell whose the victims are to the set
_NEXT: Final = 2  # segments between two counts told in one breath: "and", and a verb or noun of harm
_CLOSE: Final = 3  # segments between sets told in one breath
_NEWS: Final = frozenset({"stop_sign", "scope_break"})
_RANKED: Final = frozenset({"police", "militant"})  # whose officers are called as those of an army are
SIDES: Final = frozenset({"military", "militant"})
_WITH: Final = 12  # segments between people and those who go along with them
_BACK: Final = 25  # segments from "some of them" back to those of whom they are


class CompanyReader:
    """Settles what the claims of a sentence take from the words and sets around them. Holds nothing of any text."""

    def __init__(self, reader: SentenceReader, bodies: BodyReader) -> None:
        self._reader = reader
        self._bodies = bodies

    def told_ahead(self, sentence: Sentence, claims: Sequence[Claim], match: Match) -> None:
        """Give the sets behind "the dead of the army", "a bus that carries soldiers" the people told there."""
        kind = match.captures.get("kind", ())
        whose = match.captures.get("affiliation", ())
        group = next((s for s in whose if s[0] > match.at), None)
        told = None
        if kind and group is None and "actor" in self._reader.atoms(sentence, kind[0][0]):
            group = kind[0]
        elif kind:
            told = self._told(sentence, kind[0])
        skipped = self._bodies.tail(sentence.words[kind[0][0]]) if kind and group is None else 0
        if skipped:  # "the dead of the policemen"
            group = (kind[0][0], kind[0][0] + 1)
        if group is not None and told is None:
            told = type_of_group(self._reader.readings(sentence, group[0]))
            told = None if told == "civilian" else told  # an opposition has its dead on battlefields and in squares
        last = match.end
        for claim in sorted(claims, key=lambda c: c.span):
            if claim.span[0] < match.end:
                continue
            limit = _AHEAD if last == match.end else _CLOSE
            open_ = claim.type in OPEN_TYPES
            if match.rule.set.get("ranks") == "yes":  # of those in a vehicle that was struck: soldiers, its crew
                open_ = self._by_rank(sentence, claim)
            if claim.span[0] - last > limit or not open_ or claim.affiliation is not None:
                return
            if any(self._reader.atoms(sentence, k) & _NEWS for k in range(last, claim.span[0])):
                return
            claim.type, last = told or claim.type, claim.span[1]
            claim.affiliation, claim.affiliation_skip = group, skipped

    def _by_rank(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether a rank, or that they belong to something, is all that is told of people."""
        if claim.head is None or claim.names or claim.type == "civilian":
            return False
        own = [r for r in self._reader.readings(sentence, claim.head[0]) if r.atoms & PEOPLE_NOUNS]
        return bool(own) and all(dict(r.attributes).get("type") is None or "military" in r.atoms for r in own)

    def settle(self, sentence: Sentence, claims: Sequence[Claim]) -> None:
        """Settle the sets of gangs, mixed sets and officers, once every set has its own type."""
        before: Claim | None = None
        for claim in claims:
            if claim.match.rule.set.get("whole") == "antecedent" and claim.type in OPEN_TYPES:
                self._of_those(sentence, claim)
            if claim.head is not None:
                head = self._reader.atoms(sentence, claim.head[0])
                if before is not None and "aide_word" in head:
                    self._along(sentence, claim, before)
                if before is not None and claim.affiliation is None and "poss" in head and head & {"kin", "aide_word"}:
                    self._of_his(sentence, claim, before)
                if "crew_word" in head and claim.type in OPEN_TYPES:
                    self._crew(sentence, claim)
                if before is not None and claim.type in OPEN_TYPES and "member" in head:
                    self._of_his_group(sentence, claim, before)
                if "seaman_word" in head and claim.type == "civilian" and self._navy(sentence):
                    claim.type = "military"
            for span in claim.match.captures.get("group", ()):
                self._of_gang(sentence, claim, span)
            if claim.head is not None and self._mixed(sentence, claim):
                claim.type = "unknown"
            whole = claim.part_of
            if whole is not None and whole.type == "militant" and claim.type == "civilian":
                claim.type = "militant" if self._partisan(sentence, claim) else claim.type  # an official of fighters
            if whole is not None and claim.type == "military":
                beside = before if before is not None and before.part_of is whole else whole
                self._among(sentence, claim, beside)
            before = claim

    def _told(self, sentence: Sentence, span: Span) -> str | None:
        """The type of the people named in `span`."""
        return type_of_people(self._reader.readings(sentence, span[0]))

    def _of_those(self, sentence: Sentence, claim: Claim) -> None:
        """Some of them are of the kind of the people told last before."""
        for at in range(claim.match.at - 1, max(-1, claim.match.at - 1 - _BACK), -1):
            atoms = self._reader.atoms(sentence, at)
            if "pl" in atoms and atoms & {"person", "member"} and "actor" not in atoms:
                claim.type = self._told(sentence, (at, at + 1)) or claim.type
                if claim.affiliation is None and (body := self._bodies.told_at(sentence, at)) is not None:
                    claim.affiliation, claim.affiliation_skip = body
                return

    def _along(self, sentence: Sentence, claim: Claim, before: Claim) -> None:
        """His guards and aides are soldiers with a soldier, militants with a militant."""
        # Beside somebody named, of whom nobody says what he was.
        fellow = before.type in OPEN_TYPES and before.names and claim.type == "civilian"
        if not fellow and before.type not in ARMED and (before.type != "civilian" or claim.type not in OPEN_TYPES):
            return
        gap = range(before.span[1], claim.span[0])
        if 0 <= len(gap) <= _WITH and not any(self._reader.atoms(sentence, k) & _NEWS for k in gap):
            claim.type = before.type

    def _partisan(self, sentence: Sentence, claim: Claim) -> bool:
        return claim.head is not None and "partisan" in self._reader.atoms(sentence, claim.head[0])

    def _crew(self, sentence: Sentence, claim: Claim) -> None:
        """The crew of a tank, of a military vehicle are soldiers."""
        for at in range(claim.span[0] - 1, max(-1, claim.span[0] - _WITH), -1):
            for reading in self._reader.readings(sentence, at):
                if "item" in reading.atoms:
                    arms = dict(reading.attributes).get("type") in ("armour", "artillery")
                    own = self._reader.known(sentence.words[at].rpartition(" ")[2])  # "military vehicle" is one segment
                    if arms or any("of_war" in r.atoms for r in own + self._reader.readings(sentence, at + 1)):
                        claim.type = "military"
                        return

    def _of_his_group(self, sentence: Sentence, claim: Claim, before: Claim) -> None:
        """Members of "his group" are what he is."""
        at = claim.head[1] if claim.head is not None else len(sentence)
        atoms = self._reader.atoms_behind(sentence, at)
        if before.high == 1 and before.type in ARMED and "poss" in atoms and atoms & {"org_noun", "collective"}:
            claim.type = before.type
            claim.affiliation, claim.affiliation_skip = before.affiliation, before.affiliation_skip

    def _of_his(self, sentence: Sentence, claim: Claim, before: Claim) -> None:
        """His kin are of his nation; those who go along with him are of his body too."""
        whose = before.affiliation
        if whose is None or (before.high or 0) > 2 or before.high is None:
            return
        if claim.head is not None and "aide_word" in self._reader.atoms(sentence, claim.head[0]):
            fellow = "fellow_word" in self._reader.atoms(sentence, claim.head[0])
            same = fellow or bool(before.names) or before.type in SIDES
        else:
            led = self._reader.atoms(sentence, whose[0] - 1) if whose[0] else frozenset()
            same = "nationality" in self._reader.atoms(sentence, whose[0]) and "preposition" not in led
        gap = range(before.span[1], claim.span[0])
        if same and len(gap) <= _WITH and not any(self._reader.atoms(sentence, k) & _NEWS for k in gap):
            claim.affiliation, claim.affiliation_skip = whose, before.affiliation_skip

    def _navy(self, sentence: Sentence) -> bool:
        return any("navy_word" in self._reader.atoms(sentence, k) for k in range(len(sentence)))

    def _of_gang(self, sentence: Sentence, claim: Claim, span: Span) -> None:
        """The members of a terrorist cell are militants, of whatever nation."""
        if claim.type not in OPEN_OR_CIVILIAN:
            return
        if claim.type == "civilian" and any(
            "plain_gang" in self._reader.atoms(sentence, k) for k in range(span[0], claim.span[0])
        ):
            return  # spies and thieves are what they are besides
        for at in range(span[0], claim.span[0]):
            readings = self._reader.readings(sentence, at)
            body = any("actor" in r.atoms for r in readings) and type_of_group(readings) == "militant"
            if body or (at < span[1] and any("militant" in r.atoms for r in readings)):
                claim.type = "militant"
            if body:
                claim.affiliation, claim.affiliation_skip = (at, at + 1), 0
                return

    def _mixed(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether one count is of people of two types ("25 soldiers and civilians")."""
        if claim.head is None or claim.count is None or claim.type not in PEOPLE_TYPES:
            return False
        for at in range(claim.head[1], claim.span[1] - 1):
            if "conj" in self._reader.atoms(sentence, at):
                other = self._told(sentence, (at + 1, at + 2))
                return other is not None and other != claim.type
        return False

    def _among(self, sentence: Sentence, part: Claim, whole: Claim) -> None:
        """An officer among policemen is one of them."""
        if whole.type not in _RANKED or part.head is None or part.affiliation is not None:
            return
        readings = [dict(r.attributes) for r in self._reader.readings(sentence, part.head[0]) if r.atoms & PEOPLE_NOUNS]
        if readings and all(r.get("type") is None for r in readings):
            part.type = whole.type
            part.affiliation, part.affiliation_skip = whole.affiliation, whole.affiliation_skip


def continue_sets(claims: Sequence[Claim]) -> None:
    """Let sets take type and affiliation from those beside them: "others" and sets without a noun from the set that
    they go on from, a set without a noun at the beginning from the one that follows, parts from their whole."""
    last: dict[str, Claim] = {}  # of each kind
    waiting: list[Claim] = []
    for claim, following in zip_longest(claims, claims[1:]):
        if following is not None and _of_the_next(claim, following):
            claim.type, claim.affiliation = following.type, following.affiliation
            claim.affiliation_skip = following.affiliation_skip
        previous = last.get(claim.kind)
        if previous is not None and (claim.others or claim.head is None):
            claim.continues = previous
            if claim.type in OPEN_TYPES:
                claim.type = previous.type
            if claim.affiliation is None and (claim.others or claim.head is None):
                claim.affiliation, claim.affiliation_skip = previous.affiliation, previous.affiliation_skip
        if claim.part_of is None:
            of_known = claim.continues is not None and claim.continues.head is not None
            if claim.head is None and claim.type in OPEN_TYPES and claim.kind == "casualty":
                if not of_known:
                    waiting.append(claim)
            elif claim.kind == "casualty" and not claim.names:  # one told by name is of another deed
                for earlier in waiting:
                    if not claim.others or claim.affiliation is not None:
                        earlier.type = claim.type
                        if claim.others and earlier.affiliation is None:
                            earlier.affiliation = claim.affiliation  # "4 killed and 3 others of the rebels wounded"
                            earlier.affiliation_skip = claim.affiliation_skip
                        if claim.head is None and earlier.affiliation is None:
                            earlier.affiliation = claim.affiliation  # "5 killed and 7 wounded of the army"
                waiting = []
            last[claim.kind] = claim
            continue
        whole = claim.part_of
        if whole.kind != claim.kind:
            continue
        if claim.type in OPEN_TYPES and (claim.names or whole.type in ARMED):
            claim.type = whole.type  # Saudis among gunmen are gunmen
        of_nation = whole.affiliation is not None and whole.affiliation == whole.head and not whole.affiliation_skip
        if claim.affiliation is None and of_nation:
            claim.affiliation = whole.affiliation  # women and children among Pakistanis are Pakistanis


def _of_the_next(claim: Claim, following: Claim) -> bool:
    """Whether a bare count is of the body that the count right behind it names ("3 killed and 5 of the army hurt")."""
    bare = claim.head is None and claim.affiliation is None and claim.part_of is following.part_of is None
    near = following.span[0] - claim.span[1] == _NEXT and (claim.outcome, following.outcome) == ("killed", "wounded")
    whose = following.affiliation
    return bare and near and whose is not None and following.head in (None, whose)
