"""Whose the victims are: the affiliation of each set from its own words and from words that say to which body it
belongs, and the order in which these, its type and the sets beside it are settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from extractor.bodies import BodyReader
from extractor.claims import OPEN_TYPES, PEOPLE_NOUNS, PEOPLE_TYPES, Claim, type_of_group
from extractor.company import SIDES, CompanyReader, continue_sets
from extractor.match import Match, Span
from extractor.owners import OwnerReader
from extractor.people import PeopleReader
from extractor.rules.lexicon import AL, ARMED
from extractor.sentence import Sentence, SentenceReader

_REACH: Final = 9  # words between a set and what says to which body it belongs
_CLOSE: Final = 3  # words between sets told in one breath
_RECALL: Final = 40  # segments back to where a person was told of first
_WITHOUT_RANKS: Final = frozenset({"media", "monitor"})
_DEFINITE: Final = frozenset({"def", "actor", "anaphor", "poss"})


class BelongingReader:
    """Settles affiliation and type of the claims of a sentence."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader
        self._bodies = BodyReader(reader)
        self._company = CompanyReader(reader, self._bodies)
        self._people = PeopleReader(reader, self._bodies)
        self._owners = OwnerReader(reader, self._bodies)

    def settle(
        self, sentence: Sentence, claims: Sequence[Claim], matches: Iterable[Match], sources: Sequence[Span]
    ) -> None:
        """Complete `claims` in place. `matches` are those of the rules of belonging, `sources` who speaks here."""
        self._owners.settle(sentence, claims)
        people = [c for c in claims if c.kind == "casualty"]
        for claim in people:
            self._of_its_words(sentence, claim, sources)
        ahead = []
        for match in matches:
            if match.rule.set.get("side") == "after":
                ahead.append(match)
            else:
                self._said(sentence, people, match, sources)
        for claim in people:
            if claim.affiliation is None:
                self._body_beside(sentence, claim)
            if claim.affiliation is None:
                claim.affiliation = self._told_before(sentence, claim)
        self._share(sentence, people)
        for claim in people:
            self._people.settle(sentence, claim)
        for match in ahead:
            self._company.told_ahead(sentence, people, match)
        continue_sets(claims)
        self._company.settle(sentence, people)
        for claim in people:  # a scene tells of those of whom neither words nor sets beside them do
            if claim.type in OPEN_TYPES and claim.match.rule.set.get("polarity") != "denied":
                claim.type = self._people.in_scene(sentence, claim) or claim.type
        continue_sets(claims)

    def _of_its_words(self, sentence: Sentence, claim: Claim, sources: Sequence[Span]) -> None:
        """Give `claim` the body that its own words tell."""
        if claim.affiliation is None:
            claim.affiliation = self._of_casualties(sentence, claim)
            if claim.affiliation is None:
                self._own_words(sentence, claim, sources)
        else:
            claim.affiliation = self._body_first(sentence, claim)
            if claim.head and claim.affiliation and self._by_nation(sentence, claim.head[0], claim.affiliation[0]):
                claim.affiliation = claim.head
            elif claim.affiliation and self._by_nation(sentence, claim.affiliation[1], claim.affiliation[0]):
                claim.affiliation = claim.affiliation[1], claim.affiliation[1] + 1
        if claim.affiliation is not None and self._no_body(sentence, claim, claim.affiliation):
            claim.affiliation = None
            self._own_words(sentence, claim, sources)
        if claim.affiliation is not None and not claim.affiliation_skip:
            claim.affiliation = self._bodies.whole(sentence, claim)

    def _no_body(self, sentence: Sentence, claim: Claim, whose: Span) -> bool:
        """Whether what was read as a body is none: "his company", the front on which they fought, the rank of the
        person right behind it ("major general", the word for a brigade)."""
        bodies = self._bodies
        if (
            bodies.of_somebody(sentence, whose[0])
            or bodies.on_front(sentence, whose)
            or bodies.unnamed(sentence, whose)
        ):
            return True
        before = bool(claim.names) and whose == (claim.names[0][0] - 1, claim.names[0][0])
        return before and {"title", "def"} <= self._reader.atoms(sentence, whose[0])

    def _by_nation(self, sentence: Sentence, head: int, whose: int) -> bool:
        """Whether the noun, or a further adjective, tells the nation and the word at `whose` the creed alone."""
        nation = self._reader.atoms_behind(sentence, head)
        return "creed" in self._reader.atoms(sentence, whose) and "nationality" in nation and "creed" not in nation

    def _body_beside(self, sentence: Sentence, claim: Claim) -> None:
        """An affiliation behind the set, or behind or before the name of a person."""
        if claim.names:
            found = self._bodies.of_office(sentence, claim) or self._bodies.in_title(sentence, claim)
            if found is None and self._mourned(sentence, claim):
                found = claim.match.captures["agent"][0], 0
            if found is not None:
                claim.affiliation, claim.affiliation_skip = found
            return
        if claim.others and claim.head is not None:
            nation = self._reader.atoms_behind(sentence, claim.head[1])
            if "nationality" in nation and not nation & {"def", "foreign"}:
                claim.affiliation = (claim.head[1], claim.head[1] + 1)
                return
            of = claim.head[1] < claim.span[1] and "of" in self._reader.atoms(sentence, claim.head[1])
            body = self._bodies.told_at(sentence, claim.head[1] + 1) if of else None  # "ten others of the policemen"
            if body is not None:
                claim.affiliation, claim.affiliation_skip = body
                return
        if claim.head is not None and claim.head[1] < claim.span[1]:
            inside = self._reader.atoms_behind(sentence, claim.head[1])
            if "actor" in inside and not self._reader.atoms(sentence, claim.head[0]) & {"def", "actor"}:
                claim.affiliation = (claim.head[1], claim.head[1] + 1)  # "supporters of the opposition"
                return
        told = self._bodies.behind(sentence, claim)
        if told is not None:
            found, kind = told
            if found is not None:
                claim.affiliation, claim.affiliation_skip = found
            elif "poss" in (noun := self._reader.atoms_behind(sentence, kind)) or "pl" not in noun:
                return
            people = self._people.told_by_noun(sentence, kind)
            group = self._people.told_by_body(sentence, claim)
            if claim.type in OPEN_TYPES:
                claim.type = people if people in ARMED else group or people or claim.type

    def _share(self, sentence: Sentence, claims: Sequence[Claim]) -> None:
        """Give the body behind the last of sets that "and" joins to all of one kind ("an officer and six soldiers of
        the army")."""
        for first, last in reversed(list(pairwise(claims))):
            body = last.affiliation
            if first.affiliation is not None or body is None or first.names:
                continue
            if first.match is not last.match and not (self._dead(sentence, first) and self._dead(sentence, last)):
                continue
            rank = self._people.by_rank(sentence, first)
            kind = rank or first.type in OPEN_TYPES or first.type == last.type in ("civilian", "military")
            led = range(last.head[1] if last.head else body[0], body[0])
            told = len(led) <= 2 and any("of" in self._reader.atoms(sentence, k) for k in led)
            if (
                self._joined(sentence, first, last)
                and kind
                and told
                and not self._reader.atoms(sentence, body[0]) & {"nationality", "creed"}
            ):
                first.affiliation, first.affiliation_skip = body, last.affiliation_skip

    def _dead(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether the noun of the set is "dead" or "wounded" ("25 dead and 35 wounded of the army")."""
        return claim.head is not None and "casualty_noun" in self._reader.atoms(sentence, claim.head[0])

    def _joined(self, sentence: Sentence, first: Claim, last: Claim) -> bool:
        """Whether nothing but "and" stands between two sets."""
        return last.span[0] - first.span[1] == 1 and "conj" in self._reader.atoms(sentence, first.span[1])

    def _told_before(self, sentence: Sentence, claim: Claim) -> Span | None:
        """The nationality of one person who was told of before with it ("a Palestinian boy … the boy died")."""
        if claim.head is None or claim.names or claim.low != 1 or claim.high != 1 or claim.count is not None:
            return None
        at, word = claim.head[0], sentence.words[claim.head[0]]
        if not word.startswith(AL) or not {"def", "sg"} <= self._reader.atoms(sentence, at):
            return None
        for k in range(at - 2, max(-1, at - _RECALL), -1):
            nation = self._reader.atoms(sentence, k + 1)
            if sentence.words[k] == word[len(AL) :] and "nationality" in nation and not nation & {"def", "foreign"}:
                return k + 1, k + 2
        return None

    def _mourned(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether a body mourns one of its own: a leader or fighter whom nothing else tells to be another's."""
        if claim.match.rule.set.get("whose") != "agent" or not claim.match.captures.get("agent"):
            return False
        return bool(self._reader.atoms(sentence, claim.span[0]) & {"member", "fighter", "partisan"})

    def _own_words(self, sentence: Sentence, claim: Claim, sources: Sequence[Span]) -> None:
        """An affiliation in the noun itself: a nationality, a phrase ("policemen"), a possessive ("its soldiers")."""
        if claim.head is None or claim.names:
            return
        at = claim.head[0]
        atoms = self._reader.atoms(sentence, at)
        if (atoms & {"nationality", "group_nisba"} and "foreign" not in atoms) or (
            "actor" in atoms and atoms & SIDES and "collective" not in atoms
        ):
            claim.affiliation = claim.head
        elif atoms & {"own_people", "own_ranks"}:
            claim.affiliation = self._owner(sentence, claim, sources)
        elif (skipped := self._bodies.tail(sentence.words[at])) > 0:
            known = any("def" in r.atoms for r in self._reader.known(sentence.words[at].rpartition(" ")[2]))
            named = None if known else self._bodies.phrase(sentence, at)  # "the commander of the Gaza Brigade"
            claim.affiliation, claim.affiliation_skip = named or (claim.head, skipped)

    def _of_casualties(self, sentence: Sentence, claim: Claim) -> Span | None:
        """Whose the dead and wounded were: an adjective of a country or "of" a body right behind the noun."""
        if claim.head is None or claim.names or "casualty_noun" not in self._reader.atoms(sentence, claim.head[0]):
            return None
        at, count = self._bodies.casualties_end(sentence, claim.head[1]), len(sentence)
        if at >= count:
            return None
        atoms = self._reader.atoms(sentence, at)
        if atoms & {"nationality", "group_nisba"} and "foreign" not in atoms:
            return at, at + 1
        if "of" not in atoms or at + 1 >= count:
            return None
        at += 1
        if "quote" in self._reader.atoms(sentence, at) and at + 1 < count:
            at += 1
        atoms = self._reader.atoms(sentence, at)
        body = "actor" in atoms or {"org_noun", "def"} <= atoms or "group_nisba" in atoms or "nationality" in atoms
        return (at, at + 1) if body and "place" not in atoms else None

    def _body_first(self, sentence: Sentence, claim: Claim) -> Span | None:
        """The affiliation of `claim`: of a nationality and a body ("Kurdish fighters of the party") the body."""
        if claim.affiliation is None or not self._reader.atoms(sentence, claim.affiliation[0]) & {"nationality"}:
            return claim.affiliation
        for span in claim.match.captures.get("affiliation", ()):
            inside = claim.span[0] <= span[0] and span[1] <= claim.span[1]
            if inside and self._reader.atoms(sentence, span[0]) & {"actor", "org_noun"}:
                return span
        return claim.affiliation

    def _owner(self, sentence: Sentence, claim: Claim, sources: Sequence[Span]) -> Span | None:
        """The body that a possessive in the words of `claim` means: who speaks, else the one named last before it."""
        first = min(claim.match.at, claim.span[0])
        ranks = claim.head is not None and "own_ranks" in self._reader.atoms(sentence, claim.head[0])
        # Who announces that he killed "its fighters" speaks of others; who announces their death, of his own.
        deed = "act_noun" in self._reader.atoms(sentence, claim.match.at) or (
            claim.span[0] > 0 and "cause_behind" in self._reader.atoms(sentence, claim.span[0] - 1)
        )
        for span in sources:
            # "The movement accused the army of killing its members": those of the accuser.
            accuses = span[0] > 0 and "accuse_verb" in self._reader.atoms(sentence, span[0] - 1)
            if (accuses or not deed) and span[1] <= first and self._body(sentence, span[0], ranks=ranks):
                return span
        if claim.match.rule.set.get("whose") == "agent":  # who mourns mourns his own
            first = claim.span[0]
        for at in range(first - 1, -1, -1):
            if self._body(sentence, at, ranks=ranks):
                return at, at + 1
        return None

    def _body(self, sentence: Sentence, at: int, *, ranks: bool) -> bool:
        """Whether segment `at` names a body; with `ranks` one that has any: a paper has no fighters."""
        atoms = self._reader.atoms(sentence, at)
        return bool(atoms & {"actor", "anaphor"}) and not (ranks and atoms & _WITHOUT_RANKS)

    def _said(self, sentence: Sentence, claims: Sequence[Claim], match: Match, sources: Sequence[Span]) -> None:
        """Give the set nearest before a word of belonging its body."""
        near = [c for c in claims if c.span[0] < match.at <= c.span[1] + _REACH and c.affiliation is None]
        if not near:
            return
        claim = max(near, key=lambda c: (c.span[1] <= match.at, c.span[1], c.part_of is None))
        end = self._bodies.casualties_end(sentence, claim.span[1])
        every = match.rule.set.get("all") == "yes"
        first = match.at - (every and "conj" in self._reader.atoms(sentence, match.at - 1))  # "and all of them"
        if self._stopped(sentence, end, first) or self._others_between(sentence, claim, match):
            return
        if claim.span[1] < match.at and self._arms(sentence, match.at):
            return
        if match.rule.set.get("own") == "yes" and match.at > claim.span[1] + _CLOSE:
            return
        if match.rule.set.get("close") == "yes":
            self._in_ranks(sentence, claims, claim, match, sources)
            return
        if match.rule.set.get("armed") == "yes" and claim.type not in ARMED:
            return
        named = [s for s in match.captures.get("affiliation", ()) if s[0] > match.at]
        back = match.rule.set.get("refers") == "back"
        found = named[0] if named else self._owner(sentence, claim, sources) if back else None
        if match.rule.set.get("refers") == "self" and (
            claim.high == 1 or "sg" not in self._reader.atoms(sentence, match.at)
        ):
            found = match.at, match.at + 1
        if found is not None:
            claim.affiliation = found
            claim.affiliation = self._bodies.whole(sentence, claim)
            claim.suspected = any(self._suspicion(sentence, k) for k in range(claim.span[1], match.at + 1))
            if "of_several" in self._reader.atoms(sentence, match.at):
                self._of_all(sentence, claims, claim)
            for part in claims:
                if part.part_of is claim and part.affiliation is None and part.type in OPEN_TYPES:
                    part.affiliation = found

    def _of_all(self, sentence: Sentence, claims: Sequence[Claim], last: Claim) -> None:
        """Give what is said of several people to those whom "and" joins to the set right before it, too."""
        for claim in sorted(claims, key=lambda c: -c.span[0]):
            if claim.match is last.match and claim.affiliation is None and self._joined(sentence, claim, last):
                claim.affiliation, claim.suspected = last.affiliation, last.suspected
                last = claim

    def _arms(self, sentence: Sentence, at: int) -> bool:
        """Whether what "belongs to" a body is what struck ("the aircraft belonging to the army")."""
        before = self._reader.atoms(sentence, at - 1)
        return "def" in self._reader.atoms(sentence, at) and "weapon_noun" in before and "def" in before

    def _others_between(self, sentence: Sentence, claim: Claim, match: Match) -> bool:
        """Whether those who "belong to" a body are its gunmen, told between the set and these words, behind a verb."""
        verb = False
        for at in range(claim.span[1], match.at):
            for reading in self._reader.readings(sentence, at):
                if verb and reading.atoms & {"person", "member"} and "pl" in reading.atoms:
                    return True
            verb = verb or "attack_noun" in self._reader.atoms(sentence, at)
        return False

    def _in_ranks(
        self, sentence: Sentence, claims: Sequence[Claim], last: Claim, match: Match, sources: Sequence[Span]
    ) -> None:
        """Give the sets right before "in the ranks of" the body or the kind of people told there."""
        kinds = match.captures.get("kind", ())
        every = match.rule.set.get("all") == "yes"
        if not kinds or (not every and match.at - self._bodies.casualties_end(sentence, last.span[1]) > 1):
            return
        at, end = kinds[0]
        atoms = self._reader.atoms(sentence, at)
        told = (
            next((t for t in sorted(PEOPLE_TYPES - {"unknown"}) if t in atoms), None) if atoms & PEOPLE_NOUNS else None
        )
        body = self._bodies.told_at(sentence, at)
        if {"poss", "member"} <= atoms and (owner := self._owner(sentence, last, sources)) is not None:
            body = owner, 0
        if body is None and not every and not atoms & _DEFINITE:
            return
        group = told or type_of_group(self._reader.readings(sentence, at))
        others = (
            self._reader.atoms_behind(sentence, end + 1)
            if "conj" in self._reader.atoms_behind(sentence, end)
            else frozenset()
        )
        if (group == "civilian" and others & ARMED) or (group in ARMED and "civilian" in others):
            told, body = "unknown", None  # among policemen and demonstrators
        first = last.span[0]
        for claim in sorted(claims, key=lambda c: -c.span[0]):
            if claim is not last and (every or not 0 <= first - claim.span[1] <= _CLOSE):
                continue
            first = claim.span[0]
            if claim.affiliation is None and body is not None:
                claim.affiliation, claim.affiliation_skip = body
            elif (
                told is None and not every and claim.affiliation is None and not self._bodies.of_somebody(sentence, at)
            ):
                claim.affiliation = kinds[0]
            if claim.type in OPEN_TYPES:
                claim.type = told or claim.type

    def _suspicion(self, sentence: Sentence, at: int) -> bool:
        atoms = self._reader.atoms(sentence, at)
        return "charge_word" in atoms or {"cue", "hedged"} <= atoms

    def _stopped(self, sentence: Sentence, low: int, high: int) -> bool:
        return any(self._reader.atoms(sentence, k) & {"stop_sign", "scope_break", "conj"} for k in range(low, high))
