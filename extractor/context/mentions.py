"""Place mentions of a sentence: how far each goes and what it can refer to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from extractor.context.place_leads import led_in
from extractor.context.place_mention import ANAPHORS, COMPASS, FINENESS, PlaceMention
from extractor.context.place_names import AMONG, STARTS, Atoms, PlaceNames
from extractor.context.place_unlisted import beyond, scene, strange
from extractor.rules.lexicon import AL
from extractor.sentence import Sentence
from extractor.text.fold import TAG, TIE

_OUTER: Final = (COMPASS - {"centre"}) | {"near", "edge", "off", "border_with"}
# Behind a wall: a place only by a name that is known.
_VAGUE: Final = frozenset({"above", "below"})
# Behind which a name that no list knows is one all the same.
_BEYOND: Final = (COMPASS - {"centre"}) | {"near", "off"}
_LONG: Final = 5  # letters of a word that is hardly one of everyday
_SEATS: Final = frozenset({"capital"})
# What lies between two places.
_LINES: Final = frozenset(
    {"border", "border_strip", "place_link", "road", "motorway", "railway", "junction", "area", "checkpoint", "bridge"}
)
_BEFORE: Final = 4  # segments from "quarters" to the town that they are quarters of
# What can follow a hashtag that is no word of a clause.
_APART: Final = frozenset({"clause_end", "latin", "dash", "slash"})


class MentionReader:
    """Finds the place mentions of sentences. Holds the vocabulary and nothing of any text.

    `identities` says what a form can refer to, `places` what is known of places by id.
    """

    def __init__(
        self,
        names: PlaceNames,
        identities: Mapping[str, tuple[str, ...]],
        places: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self._names = names
        self._identities = identities
        self._places = places

    def atoms(self, sentence: Sentence) -> Atoms:
        """The atoms of all readings of each segment."""
        return self._names.atoms(sentence)

    def mentions(self, sentence: Sentence) -> list[PlaceMention]:
        """Every place named in the sentence, in order."""
        atoms = self.atoms(sentence)
        out: list[PlaceMention] = []
        done = 0  # segments that are read
        for at in self._names.starts(sentence):
            if at < done:
                continue  # within a mention
            if out and not atoms[at].isdisjoint(AMONG):
                mention = self._parts(sentence, atoms, out[-1], at)
            else:
                mention = None if atoms[at].isdisjoint(STARTS) else self._mention(sentence, atoms, at)
            if mention is not None:
                out.append(mention)
                done = mention.span[1]
        if out and TAG in sentence.text[sentence.start : sentence.end]:
            for mention in out:
                self._tagged(sentence, atoms, mention)
        return out

    @staticmethod
    def _tagged(sentence: Sentence, atoms: Atoms, mention: PlaceMention) -> None:
        """Note a mention that is a hashtag by itself ("#X #Y", "… #X") or with what happened there ("#floods_X"). A
        hashtag whose name no list knows is no place by its first word alone ("#gate_of_news")."""
        text, (first, end) = sentence.text, mention.span
        if first < mention.name and "def" in atoms[first] and text[sentence.starts[mention.name] - 1] == TAG:
            first = mention.name  # "in the strip #X" is not the strip X
            mention.span, mention.led = (first, end), "bare"
        start, stop = sentence.starts[first], sentence.ends[end - 1]
        before = text[start - 1] if start else ""
        if before not in (TAG, TIE):
            return
        if not mention.identities:
            mention.led = "office" if mention.led == "typed" else mention.led
            return
        goes_on = text[stop : stop + 1] == TIE
        if goes_on and before == TAG and mention.led == "target":
            mention.led = "bare"  # a paper's own hashtag behind the word for an attack
        if goes_on or mention.weak:
            return
        apart = end == len(atoms) or not atoms[end].isdisjoint(_APART) or text[sentence.starts[end] - 1] == TAG
        mention.tag = mention.led == "target" if before == TIE else apart

    def kind(self, sentence: Sentence, at: int) -> int | None:
        """How fine the places are of which the word of type at segment `at` speaks; None where it is no such word."""
        return FINENESS.get(self._names.attribute(sentence, at, "place_type", "precision") or "")

    # -- one mention -------------------------------------------------------------------------------------------------

    def _mention(self, sentence: Sentence, atoms: Atoms, start: int) -> PlaceMention | None:
        at = self._past_distance(atoms, start)
        distance = at > start
        relation, at = self._direction(sentence, atoms, at)
        part = start > 0 and "place_type" in atoms[start - 1] and "def" in atoms[start - 1]
        if part and (relation in COMPASS or (relation is not None and "def" in atoms[start])):
            start -= 1  # the northern quarters of
        if at >= len(sentence) or (distance and relation is None and at == start + 1):
            return None
        typed = self._names.typed(sentence, atoms, at)
        described = self._names.described(sentence, atoms, at) if typed is None else None
        if typed is not None and not self._candidates(sentence, typed.name):
            before = start - 1 if relation is None else start
            if before >= 0 and self._names.attribute(sentence, before, "direction", "direction") in _VAGUE:
                return None
        told = typed or described
        if told is not None:
            end, name, kind, precision = told
            fine = FINENESS["governorate"] if kind in _SEATS else FINENESS.get(precision or "", 2)
            known = self._candidates(sentence, name) if typed is not None else ()
            if kind == "area" and {self._fineness(i) for i in known} == {FINENESS["governorate"]}:
                fine = FINENESS["governorate"]  # the area of Asir, a province
            mention = PlaceMention((start, end), name, known, fine)
            mention.type, mention.precision = kind, precision
        elif self._names.sure(sentence, at) or self._names.likely(sentence, atoms, start, at):
            known = self._candidates(sentence, at)
            fine = min((self._fineness(i) for i in known), default=2)
            mention = PlaceMention((start, at + 1), at, known, fine)
            mention.weak = not self._names.sure(sentence, at) and "bank" not in atoms[at]
        elif at > start and (end := self._beyond(sentence, atoms, at, relation)):
            mention = PlaceMention((start, end), at, (), FINENESS["town"])
        elif at == start and (end := strange(atoms, at) or (len(sentence.words[at]) >= _LONG and scene(atoms, at))):
            mention = PlaceMention((at, end), at, (), FINENESS["town"])
        else:
            return self._unnamed(sentence, atoms, start, at, relation)
        mention.relation, mention.distance = relation, distance
        self._behind(sentence, atoms, mention)
        mention.led = led_in(atoms, mention)
        if relation == "between" and not any(a & _LINES for a in atoms[max(0, start - 2) : start]):
            mention.led = "office"  # relations between two countries, a flight between two towns
        if relation in COMPASS and mention.fineness > FINENESS["governorate"]:
            mention.fineness = FINENESS["region"]
        return mention

    @staticmethod
    def _beyond(sentence: Sentence, atoms: Atoms, at: int, relation: str | None) -> int:
        """Past a name that no list knows behind the words for `relation`; 0 if none. "The northern" is no north of."""
        if relation not in _BEYOND or at >= len(sentence):
            return 0
        northern = relation in COMPASS and sentence.words[at - 1].startswith(AL)
        return 0 if northern else beyond(atoms, at, sure=relation == "off")

    def _parts(self, sentence: Sentence, atoms: Atoms, whole: PlaceMention, at: int) -> PlaceMention | None:
        """The places told behind the "among them" at `at` of the quarters, towns or villages of `whole`."""
        start, name = whole.span
        if name + ("comma" in atoms[name]) != at or whole.led not in ("in", "target", "typed"):
            return None
        for kind in range(whole.name - 1, max(start - _BEFORE, 0) - 1, -1):
            if {"place_type", "pl"} <= atoms[kind]:
                break
        else:
            return None
        end = self._names.listed(atoms, at + 1)
        if not end:
            return None
        precision = self._names.attribute(sentence, kind, "place_type", "precision")
        of = self._names.attribute(sentence, kind, "place_type", "type")
        known = self._candidates(sentence, at + 1)
        mention = PlaceMention((at + 1, end), at + 1, known, FINENESS.get(precision or "", 2))
        mention.led, mention.type, mention.precision = "in", of, precision
        mention.several = end > at + 2
        return mention

    def _past_distance(self, atoms: Atoms, at: int) -> int:
        """Past a distance and the preposition behind it: 30 km from."""
        if "distance" not in atoms[at] or "direction" in atoms[at]:
            return at
        behind = at + 1 < len(atoms) and not atoms[at + 1].isdisjoint({"of", "about", "to"})
        return at + 2 if behind else at + 1

    def _direction(self, sentence: Sentence, atoms: Atoms, at: int) -> tuple[str | None, int]:
        """The first direction or nearness told at `at`, and the segment past all of them."""
        relation = None
        part = at > 0 and "place_type" in atoms[at - 1] and "def" in atoms[at - 1]  # the northern part of
        while at < len(sentence) and "direction" in atoms[at] and not self._names.sure(sentence, at):
            if "border" in atoms[at] and at + 1 < len(sentence) and {"nationality", "def"} <= atoms[at + 1]:
                break  # the Syrian border
            told = self._names.attribute(sentence, at, "direction", "direction")
            relation = told if relation is None or told == "border_with" else relation
            joint = {"of", "prep_b", "prep_l"} if part or "def" in atoms[at] else {"of", "prep_b"}
            at += 1
            if at < len(sentence) and atoms[at] & joint:
                at += 1
            elif at + 1 < len(sentence) and "conj" in atoms[at] and "direction" in atoms[at + 1]:
                at += 1  # the north and the centre of
        return relation, at

    def _unnamed(
        self, sentence: Sentence, atoms: Atoms, start: int, at: int, relation: str | None
    ) -> PlaceMention | None:
        """North of the country; the Syrian border; the Lebanese south; in a border village."""
        count, here = len(sentence), atoms[at]
        if start == at and (end := self._names.unnamed(sentence, atoms, at)):
            mention = PlaceMention((start, end), at, (), FINENESS["country"])
            mention.led, mention.type, mention.precision, mention.relation = "in", "unnamed", "region", relation
            mention.nationality = self._country_of(sentence, end - 1)
            return mention
        nationality = None
        end = at + 1
        if "place_noun" in here or ("place_type" in here and "def" in here and here & ANAPHORS):
            while end < count and "nationality" in atoms[end] and "def" in atoms[end]:
                nationality = nationality or self._country_of(sentence, end)
                end += 1
            if "border" in here and end + 1 < count and "with" in atoms[end] and "place" in atoms[end + 1]:
                nationality = self._country_of(sentence, end + 1)
                end += 2
            if nationality is None and not here.isdisjoint({"prison", "territorial_waters"}):
                return None
            outer = relation in _OUTER or (relation == "centre" and "place_noun" in here)
            if nationality is None and (not outer or ("pl" in here and "place_noun" not in here)):
                return None
        elif start < at and "nationality" in here and "def" in here and (relation in COMPASS or relation == "off"):
            nationality = self._country_of(sentence, at)
        else:
            return None
        kind = "border" if "border" in here else None
        mention = PlaceMention((start, end), at, (), FINENESS["region"])
        mention.type, mention.precision, mention.relation = kind, "region", relation
        mention.nationality, mention.anaphoric = nationality, nationality is None
        mention.led = led_in(atoms, mention)
        return mention

    def _behind(self, sentence: Sentence, atoms: Atoms, mention: PlaceMention) -> None:
        """Take in a direction or a second name behind the name; note the country that an adjective tells."""
        (start, end), count = mention.span, len(sentence)
        while end < count and "direction" in atoms[end] and "def" in atoms[end]:
            end += 1
        if (
            end < count
            and "place" in atoms[end]
            and not set(self._candidates(sentence, end)).isdisjoint(mention.identities)
        ):
            mention.name, end = end, end + 1  # the Somali capital Mogadishu
        if end < count and "nationality" in atoms[end] and "def" in atoms[end]:
            mention.nationality = self._country_of(sentence, end)
        between = mention.relation in ("between", "on_the_way")
        mention.several = mention.relation == "between"
        if end + 1 < count and "conj" in atoms[end] and (mention.type is not None or between):
            several = between or atoms[mention.name - 1] & {"du", "pl"}
            if several and self._names.goes_on(atoms, end + 1):  # the districts of A and B; between A and B
                end += 2
                mention.several = True
            elif between and (typed := self._names.typed(sentence, atoms, end + 1)) is not None:
                end = typed.end
                mention.several = True
        elif between and end < count and {"unknown", "waw"} <= atoms[end] and "shape_pron" not in atoms[end]:
            end += 1  # … and a name that no list knows, written with its "and"
            mention.several = True
        mention.span = (start, end)

    # -- what it refers to -------------------------------------------------------------------------------------------

    def _candidates(self, sentence: Sentence, at: int) -> tuple[str, ...]:
        known = self._identities.get(sentence.words[at], ())
        # A capital is listed as its government's name too: where the word names a place, it is that place first.
        codes = {i[8:] for i in known if i.startswith("country:")}
        found = [i for i in known if i.startswith("place:")]
        if codes:
            found.sort(key=lambda i: self._places.get(i[6:], {}).get("country") not in codes)
        return tuple(found) or tuple(i for i in known if i.startswith("country:"))

    def _fineness(self, identity: str) -> int:
        if identity.startswith("country:"):
            return FINENESS["country"]
        return FINENESS.get(self._places.get(identity[6:], {}).get("precision") or "", 2)

    def _country_of(self, sentence: Sentence, at: int) -> str | None:
        """The country that a name or an adjective, with the article or not, belongs to."""
        word = sentence.words[at]
        for form in (word, word[len(AL) :]):
            for identity in self._identities.get(form, ()):
                if identity.startswith("country:"):
                    return identity[8:]
        return None
