"""Bodies as the words around people tell of them: where the name of one ends, the body that a noun of people names, the
one behind a set ("27 members of the guard") and behind an office ("a clerk at the Union of Farmers")."""

from __future__ import annotations

from typing import Final

from extractor.claims import PEOPLE_NOUNS, Claim
from extractor.match import Span
from extractor.rules.lexicon import ARMED
from extractor.sentence import Sentence, SentenceReader

Found = tuple[Span, int]  # segments of a body, and words of the first of them that stand before it
_NATIONS: Final = frozenset({"nationality", "group_nisba"})
_PREPOSITIONS: Final = frozenset({"of", "in", "prep_b", "prep_l"})
_SIGNS: Final = frozenset({"quote", "open_bracket"})
# Between a set and its body.
_PASSED: Final = frozenset({"adjective", "at_least", "at_most", "roughly", "close_bracket", "quote"})
_ENDS: Final = _PREPOSITIONS | {"stop_sign", "clause_end", "conj", "scope_break", "relative", "that", "comma"}
_NAMING: Final = frozenset({"def", "place", "country", "capital", "proper", "quantity", "digits", "latin"})
_FURTHER: Final = frozenset({"adjective", "nationality", "group_nisba", "ordinal"})
_INSIDERS: Final = frozenset({"staff_word", "member", "fighter", "partisan", "title"})  # whose work or cause has a body
_TAKEN: Final = frozenset({"detained", "abducted", "captured", "released"})  # "taken of the police" is taken by them
_MARKS: Final = (("quote", "quote"), ("slash", "slash"), ("open_bracket", "close_bracket"))  # around a name
_QUOTED: Final = 4  # words of a name in quotation marks
_PASSES: Final = 2  # words between a set and what says of which body it is
_OFFICE: Final = frozenset({"person", "member", "title", "place_office"})
_OFFICE_WORDS: Final = 8  # words in which the body of an office follows it
_OFFICE_PART: Final = 4  # words of what an office is over
_OFFICE_ENDS: Final = frozenset(
    {"stop_sign", "clause_end", "conj", "verb", "scope_break", "by", "attack_noun", "relative"}
)
_OFFICE_OF: Final = frozenset({"def", "place", "country", "capital", "nationality"})  # names its body further


class BodyReader:
    """Finds the bodies that people belong to. Holds nothing of any text."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader

    def behind(self, sentence: Sentence, claim: Claim) -> tuple[Found | None, int] | None:
        """The body told behind the set of `claim`, if one is, and the segment whose noun tells what its people are."""
        at, count = claim.span[1], len(sentence)
        if claim.head is not None and "casualty_noun" in self._reader.atoms(sentence, claim.head[0]):
            at = self.casualties_end(sentence, at)  # "dead and wounded of the army"
            at += "casualty_noun" in self._reader.atoms_behind(sentence, at)  # "the body of a martyr of the army"
        first = at
        while at < count and at - first < _PASSES and self._reader.atoms_behind(sentence, at) & _PASSED:
            at += 1
        if at + 1 < count and self._reader.atoms_behind(sentence, at) & {
            "of",
            "partitive",
        }:  # "two of the guard" is one segment
            if claim.outcome in _TAKEN and self._by(sentence, claim, at + 1):
                return None
            return self.told_at(sentence, at + 1), at + 1
        if at + 1 >= count or claim.head is None:
            return None
        if (
            "conj" in self._reader.atoms_behind(sentence, at)
            and claim.type in ARMED
            and self._members(sentence, claim.head[0])
        ):
            found = self.told_at(sentence, at + 1) if self._members(sentence, at + 1) else None
        else:
            found = self._of_head(sentence, claim.head[0], at)
        return (found, claim.head[0]) if found is not None else None

    def casualties_end(self, sentence: Sentence, at: int) -> int:
        """Where a set whose words end in front of `at` ends with the casualties that "and" joins to it."""
        atoms = self._reader.atoms_behind
        while "conj" in atoms(sentence, at) and "casualty_noun" in atoms(sentence, at + 1):
            at += 2
        return at

    def _members(self, sentence: Sentence, at: int) -> bool:
        """Whether segment `at` names people by a plural that a body may follow ("officers and members of")."""
        return any(
            {"pl"} < r.atoms and r.atoms & {"person", "member"} and not r.atoms & {"def", "poss", "acc"}
            for r in self._reader.readings(sentence, at)
        )

    def _of_head(self, sentence: Sentence, head: int, at: int) -> Found | None:
        """The body at `at`, behind a noun of people: where they work, what they fight for, whose heads they are."""
        own = self._reader.atoms_behind(sentence, head)
        found = self.phrase(sentence, head) if at == head + 1 else None
        if "quote" in self._reader.atoms_behind(sentence, at) and "so_called" in self._reader.atoms_behind(
            sentence, at + 1
        ):
            at += 1
        behind = self._reader.atoms_behind(sentence, at)
        if found is None and "so_called" in behind:
            return self.told_at(sentence, at + 1 + ("prep_b" in self._reader.atoms_behind(sentence, at + 1)))
        seat = "about" in behind and "staff_word" in own  # a deputy "for" his party
        if found is None and (behind & _PREPOSITIONS or seat) and "by" not in behind and own & _INSIDERS:
            # "The president died in the hospital": the house, without a name, is where it was.
            there = "def" in own and "def" in self._reader.atoms_behind(sentence, at + 1)
            found = self._named(sentence, at + 1, seats="staff_word" in own and not there)
        elif (
            found is None and at == head + 1 and own & PEOPLE_NOUNS and "def" not in own and not behind & _PREPOSITIONS
        ):
            found = self._named(sentence, at, seats=True)
        if found is None and own & {"partisan", "title"} and "sg" in own:
            found = self._office_in(sentence, head + 1)
        return found

    def _office_in(self, sentence: Sentence, at: int) -> Found | None:
        """The body in which somebody holds an office told by what it is over ("head of the military cells in …")."""
        if "def" not in self._reader.atoms_behind(sentence, at):
            return None
        for k in range(at, min(len(sentence), at + _OFFICE_PART)):
            atoms = self._reader.atoms(sentence, k)
            if atoms & {"in", "prep_b", "prep_l"}:
                body = self._reader.atoms_behind(sentence, k + 1)
                return ((k + 1, k + 2), 0) if "actor" in body and "place" not in body else None
            if "def" not in atoms or atoms & (_ENDS | {"verb", "actor", "attack_noun"}):
                return None
        return None

    def told_at(self, sentence: Sentence, at: int) -> Found | None:
        """The body that the noun phrase at `at` names: itself, or the one whose people it tells of."""
        if self._reader.atoms_behind(sentence, at) & _SIGNS:
            quoted = self._quoted(sentence, at)
            at += 1
            if not self._reader.atoms_behind(sentence, at) & {"actor", "group_nisba"}:
                return ((at, quoted - 1), 0) if quoted is not None and quoted - at == 2 else None
        if "roll_word" in self._reader.atoms_behind(sentence, at):
            at += 1
        atoms = self._reader.atoms_behind(sentence, at)
        found: Found | None = None
        if "member_body" in atoms:
            found = self._named(sentence, at, seats=True)
        if found is None and atoms and "actor" not in atoms:
            skipped = self.tail(sentence.words[at])
            found = ((at, at + 1), skipped) if skipped > 0 else None
        if found is not None:
            return found
        behind = self._reader.atoms_behind(sentence, at + 1)
        if "side_word" in atoms and behind & _NATIONS:
            return (at, at + 2), 0
        if atoms & PEOPLE_NOUNS and "actor" not in atoms and behind & _NATIONS and "foreign" not in behind:
            return (at + 1, at + 2), 0
        if atoms & PEOPLE_NOUNS and not atoms & {"actor", "anaphor", "org_noun"} and behind:
            bare = "def" not in atoms or self._bare(sentence, at)
            quoted = "quote" in behind and "actor" in self._reader.atoms_behind(sentence, at + 2)
            return self._named(sentence, at + 1 + quoted, seats=True) if bare else None
        nation = {"nationality", "def"} <= atoms and not atoms & {"group_nisba", "actor", "foreign", "place"}
        return ((at, at + 1), 0) if nation else self._named(sentence, at, seats=True)

    def of_office(self, sentence: Sentence, claim: Claim) -> Found | None:
        """The body of the office that stands behind the name of a person ("Salem, a member of the bar")."""
        at = claim.span[1]
        while self._reader.atoms_behind(sentence, at) & {"comma", "dash", "quote", "open_bracket"}:
            at += 1
        atoms = self._reader.atoms_behind(sentence, at)
        if "of" in atoms and at == claim.span[1] and claim.outcome not in _TAKEN:
            return self._named(sentence, at + 1, seats=True)
        if "one_of" in atoms:
            at += 1
            atoms = self._reader.atoms_behind(sentence, at)
        if not atoms & _OFFICE or "kin" in atoms or at > claim.span[1] + 3:
            return None
        found = self.phrase(sentence, at)
        for k in range(at + 1, min(len(sentence), at + _OFFICE_WORDS)):
            atoms = self._reader.atoms_behind(sentence, k)
            if found is not None or (atoms & _OFFICE_ENDS and "nominal" not in atoms):
                break
            found = self._office_body(sentence, k)
        return found if found is None or "report_verb" not in self._reader.atoms_behind(sentence, found[0][1]) else None

    def _office_body(self, sentence: Sentence, at: int) -> Found | None:
        """The body of an office that begins at `at`."""
        atoms = self._reader.atoms_behind(sentence, at)
        end: int | None = None
        if "org_noun" in atoms and (name := self._quoted(sentence, at + 1)) is not None:
            end = name
        elif self._outlet(sentence, at) or "actor" in atoms or {"org_noun", "def"} <= atoms:
            end = at + 1
        elif {"org_noun", "civilian"} <= atoms:
            end = self.name_end(sentence, at) if self._reader.atoms_behind(sentence, at + 1) & _OFFICE_OF else None
            end = at + 1 if end is None else end
        elif atoms & {"member_body", "seat_noun"}:
            end = self.name_end(sentence, at)
        return ((at, end), 0) if end is not None else None

    def in_title(self, sentence: Sentence, claim: Claim) -> Found | None:
        """The body, or the country, among the titles before the name of a person."""
        name = claim.names[0][0]
        found = self.phrase(sentence, claim.span[0]) if claim.span[0] < name else None
        if found is not None and not {"civilian", "def"} <= self._reader.atoms_behind(sentence, claim.span[0]):
            return (found[0][0], min(found[0][1], name)), found[1]
        if claim.span[0] < name and "nationality" in self._reader.atoms_behind(sentence, claim.span[0]):
            nation = self._reader.atoms_behind(sentence, claim.span[0])
            known = "def" in nation and "foreign" not in nation
            return ((claim.span[0], claim.span[0] + 1), 0) if known else None
        for at in range(claim.span[0] + 1, name):
            atoms = self._reader.atoms_behind(sentence, at)
            if self._outlet(sentence, at):
                return (at, at + 1), 0
            rank = at + 1 == name and "title" in atoms  # "major general" is the word for a brigade
            if atoms & {"member_body", "seat_noun"} and not rank:
                end = self.name_end(sentence, at)
                if end is not None:
                    return (at, min(end, name)), 0
        return None

    def _outlet(self, sentence: Sentence, at: int) -> bool:
        """Whether segment `at`, behind the word for a reporter, names whom he reports for, which may be an everyday
        word."""
        atoms = self._reader.atoms_behind(sentence, at)
        return {"outlet", "def"} <= atoms and at > 0 and "staff_word" in self._reader.atoms(sentence, at - 1)

    def whole(self, sentence: Sentence, claim: Claim) -> Span | None:
        """The affiliation of `claim`, with what names the body further where it has no article ("battalion 13")."""
        whose = claim.affiliation
        if whose is None or whose[1] - whose[0] != 1:
            return whose
        atoms = self._reader.atoms_behind(sentence, whose[0])
        if "actor" in atoms or not atoms & {"org_noun", "member_body"}:
            return whose
        if "def" in atoms and "org_noun" in atoms:  # "the Third Brigade"
            return whose[0], whose[1] + self._numbered(sentence, whose[1])
        end = self.name_end(sentence, whose[0])
        if end is not None and claim.names and whose[0] < claim.names[0][0]:
            end = min(end, claim.names[0][0])
        return whose if end is None else (whose[0], end)

    def name_end(self, sentence: Sentence, at: int) -> int | None:
        """Where the name of the body that begins at `at` ends; None for one that is not named further and has no
        article ("a company")."""
        count = len(sentence)
        if (end := self._quoted(sentence, at + 1)) is not None:
            return end
        definite = "def" in self._reader.atoms_behind(sentence, at)
        end = at + 1
        if not definite:
            bridged = False
            while end < count:
                atoms = self._reader.atoms_behind(sentence, end)
                if atoms & _ENDS and "actor" not in atoms:
                    return None
                if atoms & _NAMING or atoms & _NATIONS:
                    break
                if bridged or "verb" in atoms or not atoms & {"nominal", "common"}:
                    return None
                bridged, end = True, end + 1
            if end >= count:
                return None
            end += 1
        while end < count and end - at < _QUOTED:
            atoms = self._reader.atoms_behind(sentence, end)
            further = "def" in atoms and bool(atoms & _FURTHER) and "belonging_f" not in atoms
            if atoms & _ENDS or not (further or atoms & {"digits", "quantity"}):
                break
            end += 1
        return end

    def _named(self, sentence: Sentence, at: int, *, seats: bool) -> Found | None:
        """A body that begins at `at`; with `seats` one whose name is also that of a building."""
        atoms = self._reader.atoms_behind(sentence, at)
        end: int | None = None
        if {"member_body", "place_type"} <= atoms and "place" in self._reader.atoms_behind(sentence, at + 1):
            return None  # the district of a town
        if self._outlet(sentence, at):
            return (at, at + 1), 0
        if "place" in atoms and "actor" not in atoms:
            return None
        if atoms & {"actor", "group_nisba"} or {"anaphor", "def"} <= atoms:
            end = at + 1
        elif "org_noun" in atoms and not self.of_somebody(sentence, at):
            end = self.name_end(sentence, at)
            if end is not None and "def" in atoms:
                end = at + 1 + self._numbered(sentence, at + 1)
        elif "member_body" in atoms or (seats and "seat_noun" in atoms):
            end = self.name_end(sentence, at)
        return ((at, end), 0) if end is not None else None

    def on_front(self, sentence: Sentence, whose: Span) -> bool:
        """Whether what was read as a body, "the front", is where they fought."""
        front = "battle_front" in self._reader.atoms_behind(
            sentence, whose[0]
        ) and "actor" not in self._reader.atoms_behind(sentence, whose[0])
        return front and whose[0] > 0 and bool(self._reader.atoms_behind(sentence, whose[0] - 1) & {"in", "prep_b"})

    def unnamed(self, sentence: Sentence, whose: Span) -> bool:
        """Whether what was read as a body is any company or union, with no name."""
        bodies = [r.atoms for r in self._reader.readings(sentence, whose[0])]
        if whose[1] - whose[0] != 1 or any("actor" in atoms or "def" in atoms for atoms in bodies):
            return False
        common = any("org_noun" in atoms and not atoms & {"military", "police"} for atoms in bodies)
        return common and self.name_end(sentence, whose[0]) is None

    def of_somebody(self, sentence: Sentence, at: int) -> bool:
        """Whether segment `at` names a body by its owner alone ("his company")."""
        bodies = [r.atoms for r in self._reader.readings(sentence, at) if "org_noun" in r.atoms]
        return bool(bodies) and all("poss" in atoms for atoms in bodies)

    def tail(self, phrase: str) -> int:
        """How many words of a phrase stand before the definite body that it ends in ("policemen"); 0 for none."""
        words = phrase.split(" ")
        for skipped in range(1, len(words)):
            rest = " ".join(words[skipped:])
            for reading in self._reader.known(rest):
                told = "def" in reading.atoms or (reading.atoms & ARMED and "poss" not in reading.atoms)
                if "actor" in reading.atoms or ("org_noun" in reading.atoms and told):
                    return skipped
        return 0

    def _numbered(self, sentence: Sentence, at: int) -> bool:
        """Whether segment `at` is an ordinal."""
        return "ordinal" in self._reader.atoms_behind(sentence, at)

    def phrase(self, sentence: Sentence, at: int) -> Found | None:
        """The body in an office listed as a phrase ("head of university"), with the name behind it."""
        words = sentence.words[at].split(" ")
        if len(words) == 1:
            return None
        atoms = frozenset().union(*(r.atoms for r in self._reader.known(words[-1])))
        if not atoms & {"org_noun", "member_body", "seat_noun"}:
            return None
        end = self.name_end(sentence, at)
        return ((at, end), len(words) - 1) if end is not None else None

    def _by(self, sentence: Sentence, claim: Claim, at: int) -> bool:
        """Whether "of" in front of `at` may tell who took people and not of whom they are."""
        civil = self._reader.atoms_behind(sentence, at)
        own = self._reader.atoms_behind(sentence, claim.head[0]) if claim.head is not None else frozenset()
        if "civilian" in civil and not civil & ARMED and "staff_word" in own:
            return False  # clerks are of an office, which takes nobody
        members = claim.type in ARMED or (
            claim.head is not None and bool(self._reader.atoms_behind(sentence, claim.head[0]) & {"member", "fighter"})
        )
        return not members and bool(
            self._reader.atoms_behind(sentence, at) & (ARMED | {"actor", "anaphor", "org_noun", "sg"})
        )

    def _bare(self, sentence: Sentence, at: int) -> bool:
        return any(r.atoms & PEOPLE_NOUNS and "def" not in r.atoms for r in self._reader.readings(sentence, at))

    def _quoted(self, sentence: Sentence, at: int) -> int | None:
        """Where a name in quotation marks ends that begins at `at`."""
        closing = next((c for o, c in _MARKS if o in self._reader.atoms_behind(sentence, at)), None)
        if closing is None:
            return None
        ends = range(at + 2, min(len(sentence), at + 2 + _QUOTED))
        return next((k + 1 for k in ends if closing in self._reader.atoms_behind(sentence, k)), None)
