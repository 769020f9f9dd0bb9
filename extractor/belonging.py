"""Whose the victims are: the affiliation and the type of each set, from its own words, from words that say to which
body it belongs, and from the sets beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from extractor.bodies import BodyReader
from extractor.claims import OPEN_OR_CIVILIAN, OPEN_TYPES, PEOPLE_TYPES, Claim, type_of_group
from extractor.company import CompanyReader
from extractor.match import Match, Span
from extractor.sentence import Sentence, SentenceReader

_ARMED: Final = frozenset({"military", "police", "militant"})
_REACH: Final = 9  # words between a set and what says to which body it belongs, or that it is civilian
_CLOSE: Final = 3  # words between sets told in one breath
_DEFINITE: Final = frozenset({"def", "actor", "anaphor", "poss"})
_NEWS: Final = frozenset({"stop_sign", "scope_break"})
_PEOPLE: Final = frozenset({"person", "member", "collective"})


class BelongingReader:
    """Settles affiliation and type of the claims of a sentence."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader
        self._bodies = BodyReader(reader, self._tail)
        self._company = CompanyReader(reader, self._bodies, self._tail)

    def settle(
        self, sentence: Sentence, claims: Sequence[Claim], matches: Iterable[Match], sources: Sequence[Span]
    ) -> None:
        """Complete `claims` in place. `matches` are those of the rules of belonging, `sources` who speaks here."""
        people = [c for c in claims if c.kind == "casualty"]
        for claim in people:
            if claim.affiliation is None:
                claim.affiliation = self._of_casualties(sentence, claim)
                if claim.affiliation is None:
                    self._own_words(sentence, claim, sources)
            else:
                claim.affiliation = self._body_first(sentence, claim)
            if claim.affiliation is not None and self._no_body(sentence, claim, claim.affiliation):
                claim.affiliation = None
                self._own_words(sentence, claim, sources)
            if claim.affiliation is not None and not claim.affiliation_skip:
                claim.affiliation = self._bodies.whole(sentence, claim)
        ahead = []
        for match in matches:
            if match.rule.set.get("side") == "after":
                ahead.append(match)
            else:
                self._said(sentence, people, match, sources)
        for claim in people:
            if claim.affiliation is None:
                self._body_beside(sentence, claim)
        for claim in people:
            self._type(sentence, claim)
            if claim.type not in PEOPLE_TYPES:  # a word that names people may name a building too
                claim.type = None
        for match in ahead:
            self._company.told_ahead(sentence, people, match)
        continue_sets(claims)
        self._company.settle(sentence, people)
        for claim in people:  # a scene tells of those of whom neither words nor sets beside them do
            if claim.type in OPEN_TYPES:
                claim.type = self._in_scene(sentence, claim) or claim.type
        continue_sets(claims)

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
            nation = self._atoms(sentence, claim.head[1])
            if "nationality" in nation and not nation & {"def", "foreign"}:
                claim.affiliation = (claim.head[1], claim.head[1] + 1)
                return
        if claim.head is not None and claim.head[1] < claim.span[1]:
            inside = self._atoms(sentence, claim.head[1])
            if "actor" in inside and not self._reader.atoms(sentence, claim.head[0]) & {"def", "actor"}:
                claim.affiliation = (claim.head[1], claim.head[1] + 1)  # "supporters of the opposition"
                return
        told = self._bodies.behind(sentence, claim)
        if told is not None:
            found, kind = told
            if found is not None:
                claim.affiliation, claim.affiliation_skip = found
            elif "poss" in self._atoms(sentence, kind) or "pl" not in self._atoms(sentence, kind):
                return
            people = self._people_type(sentence, kind)
            group = self._group(sentence, claim)
            if claim.type in OPEN_TYPES:
                claim.type = people if people in _ARMED else group or people or claim.type

    def _mourned(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether a body mourns one of its own: a leader or fighter whom nothing else tells to be another's."""
        if claim.match.rule.set.get("whose") != "agent" or not claim.match.captures.get("agent"):
            return False
        return bool(self._reader.atoms(sentence, claim.span[0]) & {"member", "fighter", "partisan"})

    def _group(self, sentence: Sentence, claim: Claim) -> str | None:
        """What the members of the body of `claim` are."""
        if claim.affiliation is None:
            return None
        if not claim.affiliation_skip:
            told = (type_of_group(self._reader.readings(sentence, at)) for at in range(*claim.affiliation))
            return next((t for t in told if t is not None), None)
        words = sentence.words[claim.affiliation[0]].split(" ")[claim.affiliation_skip :]
        return type_of_group(self._reader.known(" ".join(words)))

    def _people_type(self, sentence: Sentence, at: int) -> str | None:
        """The type of the people whom segment `at` names, where it does not leave them open."""
        for reading in self._reader.readings(sentence, at):
            if reading.atoms & _PEOPLE:
                attributes = dict(reading.attributes)
                if (found := attributes.get("type")) not in OPEN_TYPES:
                    return found
        return None

    def _own_words(self, sentence: Sentence, claim: Claim, sources: Sequence[Span]) -> None:
        """An affiliation in the noun itself: a nationality, a phrase ("policemen"), a possessive ("its soldiers")."""
        if claim.head is None or claim.names:
            return
        at = claim.head[0]
        atoms = self._reader.atoms(sentence, at)
        if (atoms & {"nationality", "group_nisba"} and "foreign" not in atoms) or {"actor", "military"} <= atoms:
            claim.affiliation = claim.head
        elif atoms & {"own_people", "own_ranks"}:
            claim.affiliation = self._owner(sentence, claim, sources)
        elif (skipped := self._tail(sentence.words[at])) > 0:
            claim.affiliation, claim.affiliation_skip = claim.head, skipped

    def _of_casualties(self, sentence: Sentence, claim: Claim) -> Span | None:
        """Whose the dead and wounded were: an adjective of a country or "of" a body right behind the noun."""
        if claim.head is None or claim.names or "casualty_noun" not in self._reader.atoms(sentence, claim.head[0]):
            return None
        at, count = claim.head[1], len(sentence)
        while at + 1 < count and self._joined_casualties(sentence, at):
            at += 2
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

    def _tail(self, phrase: str) -> int:
        """How many words of a phrase stand before the definite body that it ends in ("policemen"); 0 for none."""
        words = phrase.split(" ")
        for skipped in range(1, len(words)):
            rest = " ".join(words[skipped:])
            for reading in self._reader.known(rest):
                told = "def" in reading.atoms or (reading.atoms & _ARMED and "poss" not in reading.atoms)
                if "actor" in reading.atoms or ("org_noun" in reading.atoms and told):
                    return skipped
        return 0

    def _owner(self, sentence: Sentence, claim: Claim, sources: Sequence[Span]) -> Span | None:
        """The body that a possessive in the words of `claim` means: who speaks, else the one named last before it."""
        first = min(claim.match.at, claim.span[0])
        # Who announces that he killed "its fighters" speaks of others; who announces their death, of his own.
        deed = "act_noun" in self._reader.atoms(sentence, claim.match.at)
        for span in sources:
            # "The movement accused the army of killing its members": those of the accuser.
            accuses = span[0] > 0 and "accuse_verb" in self._reader.atoms(sentence, span[0] - 1)
            if (accuses or not deed) and span[1] <= first and self._body(sentence, span[0]):
                return span
        if claim.match.rule.set.get("whose") == "agent":  # who mourns mourns his own
            first = claim.span[0]
        for at in range(first - 1, -1, -1):
            if self._body(sentence, at):
                return at, at + 1
        return None

    def _body(self, sentence: Sentence, at: int) -> bool:
        return bool(self._reader.atoms(sentence, at) & {"actor", "anaphor"})

    def _said(self, sentence: Sentence, claims: Sequence[Claim], match: Match, sources: Sequence[Span]) -> None:
        """Give the set nearest before a word of belonging its body."""
        near = [c for c in claims if c.span[0] < match.at <= c.span[1] + _REACH and c.affiliation is None]
        if not near:
            return
        claim = max(near, key=lambda c: (c.span[1] <= match.at, c.span[1], c.part_of is None))
        if self._stopped(sentence, self._casualties_end(sentence, claim), match.at) or self._others_between(
            sentence, claim, match
        ):
            return
        if match.rule.set.get("own") == "yes" and match.at > claim.span[1] + _CLOSE:
            return
        if match.rule.set.get("close") == "yes":
            self._in_ranks(sentence, claims, claim, match, sources)
            return
        if match.rule.set.get("armed") == "yes" and claim.type not in _ARMED:
            return
        named = [s for s in match.captures.get("affiliation", ()) if s[0] > match.at]
        back = match.rule.set.get("refers") == "back"
        found = named[0] if named else self._owner(sentence, claim, sources) if back else None
        if found is not None:
            claim.affiliation = found
            claim.affiliation = self._bodies.whole(sentence, claim)
            claim.suspected = any(self._suspicion(sentence, k) for k in range(claim.span[1], match.at + 1))
            for part in claims:
                if part.part_of is claim and part.affiliation is None and part.type in OPEN_TYPES:
                    part.affiliation = found

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
        if not kinds or match.at - self._casualties_end(sentence, last) > 1:
            return
        at, end = kinds[0]
        atoms = self._reader.atoms(sentence, at)
        told = next((t for t in PEOPLE_TYPES - {"unknown"} if t in atoms), None) if atoms & _PEOPLE else None
        body = self._bodies.told_at(sentence, at)
        if {"poss", "member"} <= atoms and (owner := self._owner(sentence, last, sources)) is not None:
            body = owner, 0
        if body is None and not atoms & _DEFINITE:
            return
        group = told or type_of_group(self._reader.readings(sentence, at))
        others = self._atoms(sentence, end + 1) if "conj" in self._atoms(sentence, end) else frozenset()
        if (group == "civilian" and others & _ARMED) or (group in _ARMED and "civilian" in others):
            told, body = "unknown", None  # among policemen and demonstrators
        first = last.span[0]
        for claim in sorted(claims, key=lambda c: -c.span[0]):
            if claim is not last and not 0 <= first - claim.span[1] <= _CLOSE:
                continue
            first = claim.span[0]
            if claim.affiliation is None and body is not None:
                claim.affiliation, claim.affiliation_skip = body
            elif told is None and claim.affiliation is None and not self._bodies.of_somebody(sentence, at):
                claim.affiliation = kinds[0]
            if claim.type in OPEN_TYPES:
                claim.type = told or claim.type

    def _suspicion(self, sentence: Sentence, at: int) -> bool:
        atoms = self._reader.atoms(sentence, at)
        return "charge_word" in atoms or {"cue", "hedged"} <= atoms

    def _stopped(self, sentence: Sentence, low: int, high: int) -> bool:
        return any(self._reader.atoms(sentence, k) & {"stop_sign", "scope_break", "conj"} for k in range(low, high))

    def _type(self, sentence: Sentence, claim: Claim) -> None:
        if claim.affiliation is not None:
            group = self._group(sentence, claim)
            fighters = (
                claim.type == "militant" and group in ("military", "police") and self._plain_fighter(sentence, claim)
            )
            told = claim.type in OPEN_TYPES and (not claim.suspected or self._member(sentence, claim))
            if group is None and self._member(sentence, claim) and "group_word" in self._atoms_of(sentence, claim):
                group = "militant"
            partisan = group == "militant" and claim.type == "civilian" and self._partisan(sentence, claim)
            if group is not None and (told or fighters or partisan):
                claim.type = group
        if claim.type in OPEN_TYPES and claim.affiliation is not None and claim.head is not None:
            foreign = self._reader.atoms(sentence, claim.affiliation[0]) & {"nationality", "foreign"}
            if foreign and "hostage_noun" in self._reader.atoms(sentence, claim.head[0]):
                claim.type = "civilian"  # soldiers who are taken are prisoners
        aide = claim.names and "aide_word" in self._reader.atoms(sentence, claim.span[0])
        if claim.names and (claim.type in OPEN_OR_CIVILIAN or aide):
            claim.type = self._rank(sentence, claim) or claim.type
        if claim.names and claim.type in OPEN_TYPES:
            claim.type = self._office(sentence, claim) or claim.type
        if claim.type in OPEN_TYPES:
            claim.type = self._beside(sentence, claim) or claim.type
        if claim.type == "military" and any("defector_word" in self._atoms(sentence, k) for k in range(*claim.span)):
            claim.type = "militant"  # who leaves his army fights for its foes

    def _member(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether the noun means the members of a body ("elements", "fighters") and not just anybody."""
        return claim.head is not None and bool(self._reader.atoms(sentence, claim.head[0]) & {"member", "fighter"})

    def _partisan(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether the noun is one for whoever works for a cause ("activists"): in an armed group, for its members."""
        at = claim.span[0] if claim.names else claim.head[0] if claim.head is not None else None
        return at is not None and "partisan" in self._reader.atoms(sentence, at)

    def _atoms(self, sentence: Sentence, at: int) -> frozenset[str]:
        """The atoms of segment `at`; none behind the end."""
        return self._reader.atoms(sentence, at) if at < len(sentence) else frozenset()

    def _atoms_of(self, sentence: Sentence, claim: Claim) -> frozenset[str]:
        """The atoms of the first word of the affiliation."""
        return self._reader.atoms(sentence, claim.affiliation[0]) if claim.affiliation else frozenset()

    def _plain_fighter(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether the noun leaves open for whom one fights, so that an army makes soldiers of the fighters."""
        return claim.head is not None and "fighter" in self._reader.atoms(sentence, claim.head[0])

    def _rank(self, sentence: Sentence, claim: Claim) -> str | None:
        """The type that a rank among the titles of a named person tells, or the person's own where it is known."""
        for at in range(claim.span[0], claim.span[1]):
            for reading in self._reader.readings(sentence, at):
                attributes = dict(reading.attributes)
                if "figure" in reading.atoms:
                    return attributes.get("type")
                if "title" in reading.atoms and attributes.get("default_type") in _ARMED:
                    return attributes["default_type"]
        return None

    def _office(self, sentence: Sentence, claim: Claim) -> str | None:
        """The type of a named person by the office that the sentence gives him behind his name."""
        for span in claim.match.captures.get("head", ()):
            if 0 <= span[0] - claim.span[1] <= 2:
                for reading in self._reader.readings(sentence, span[0]):
                    if reading.atoms & _PEOPLE:
                        attributes = dict(reading.attributes)
                        return attributes.get("type") or attributes.get("default_type")
        return None

    def _beside(self, sentence: Sentence, claim: Claim) -> str | None:
        """The type told by a noun right behind the set ("dead, civilians"; "elements of the rebels")."""
        end = max(claim.span[1], claim.match.at + 1)
        if (kind := self._kind(sentence, claim)) is not None:
            return kind
        noun = claim.head is not None and "casualty_noun" in self._reader.atoms(sentence, claim.head[0])
        while noun and end + 1 < len(sentence) and self._joined_casualties(sentence, end):
            end += 2
        if noun and end + 1 < len(sentence):
            # "Dead, civilians", "dead of the policemen": the noun behind tells who the casualties were.
            behind = end + 1 if "of" in self._reader.atoms(sentence, end) else end
            for reading in self._reader.readings(sentence, behind):
                if reading.atoms & _PEOPLE:
                    if claim.affiliation is None and (skipped := self._tail(sentence.words[behind])):
                        claim.affiliation, claim.affiliation_skip = (behind, behind + 1), skipped
                    attributes = dict(reading.attributes)
                    return attributes.get("type") or attributes.get("default_type")
        return None

    def _in_scene(self, sentence: Sentence, claim: Claim) -> str | None:
        """Civilians, where a civilian scene is told around the set."""
        end = max(claim.span[1], claim.match.at + 1)
        ahead = range(claim.span[0], min(len(sentence), end + 2 * _REACH))
        back = range(claim.span[0] - 1, max(-1, claim.span[0] - 2 * _REACH), -1)
        if self._scene(sentence, ahead, _NEWS) or self._scene(sentence, back, _NEWS | {"report_verb"}):
            return "civilian"
        return None

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

    def _casualties_end(self, sentence: Sentence, claim: Claim) -> int:
        """Where the set of `claim` ends, with the casualties that "and" joins to it."""
        end = claim.span[1]
        while self._atoms(sentence, end) and self._joined_casualties(sentence, end):
            end += 2
        return end

    def _joined_casualties(self, sentence: Sentence, at: int) -> bool:
        """Whether "and wounded" goes on a casualty noun."""
        return "conj" in self._atoms(sentence, at) and "casualty_noun" in self._atoms(sentence, at + 1)

    def _scene(self, sentence: Sentence, where: Iterable[int], stops: frozenset[str]) -> bool:
        """Whether a word of civilian life stands in `where` before a word that ends the news."""
        for at in where:
            atoms = self._reader.atoms(sentence, at)
            if atoms & {"civilian_cue", "of_one_family"}:
                return True
            if atoms & stops:
                return False
        return False


def continue_sets(claims: Iterable[Claim]) -> None:
    """Let sets take type and affiliation from those beside them: "others" and sets without a noun from the set that
    they go on from, a set without a noun at the beginning from the one that follows, parts from their whole."""
    previous: Claim | None = None
    waiting: list[Claim] = []
    for claim in claims:
        if previous is not None and claim.kind == previous.kind and (claim.others or claim.head is None):
            claim.continues = previous
            if claim.type in OPEN_TYPES:
                claim.type = previous.type
            if claim.affiliation is None and (claim.others or claim.head is None):
                claim.affiliation, claim.affiliation_skip = previous.affiliation, previous.affiliation_skip
        if claim.part_of is None:
            if claim.head is None and claim.type in OPEN_TYPES and claim.kind == "casualty":
                waiting.append(claim)
            elif (claim.head is not None or claim.affiliation is not None) and claim.kind == "casualty":
                for earlier in waiting:
                    if not claim.others or claim.affiliation is not None:
                        earlier.type = claim.type
                        if claim.others and earlier.affiliation is None:
                            earlier.affiliation = claim.affiliation  # "4 killed and 3 others of the rebels wounded"
                            earlier.affiliation_skip = claim.affiliation_skip
                        if claim.head is None and earlier.affiliation is None:
                            earlier.affiliation = claim.affiliation  # "5 killed and 7 wounded of the army"
                waiting = []
            previous = claim
            continue
        whole = claim.part_of
        if whole.kind != claim.kind:
            continue
        if claim.type in OPEN_TYPES and (claim.names or whole.type in _ARMED):
            claim.type = whole.type  # Saudis among gunmen are gunmen
        of_nation = whole.affiliation is not None and whole.affiliation == whole.head and not whole.affiliation_skip
        if claim.affiliation is None and of_nation:
            claim.affiliation = whole.affiliation  # women and children among Pakistanis are Pakistanis
