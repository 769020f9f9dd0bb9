"""Names of places: where a name begins and ends, by the words that tell that it is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from extractor.context.place_mention import ANAPHORS, ROUTES
from extractor.sentence import Sentence, SentenceReader

Atoms = Sequence[frozenset[str]]

_NAMES: Final = frozenset({"unknown", "surname", "given_name", "foreign_name", "weak_name", "place", "place_prefix"})
_NO_NAME: Final = frozenset(
    {"person", "casualty_noun", "org_noun", "place_type", "clause_end", "attack_noun", "report_verb", "preposition"}
    | {"conjunction", "pronoun", "relative", "demonstrative", "negation", "auxiliary", "particle", "quantity"}
    | {"direction", "place_adjective"}
)
_NO_CONSTRUCT: Final = frozenset({"def", "poss", "acc"})
_CLOSING: Final = frozenset({"quote", "close_bracket"})
_ENDS: Final = frozenset({"clause_end", "in", "prep_b", "conj", "of"})
_EVERYDAY: Final = frozenset({"place_type", "item", "person", "nationality", "actor"})
# Types that hardly ever stand without the name; what can follow a name rather than the verb or noun of a clause.
_NAMED: Final = frozenset({"city", "town", "village", "hamlet", "province", "governorate", "subdistrict", "island"})
_PART: Final = frozenset(
    {"clause_end", "in", "prep_b", "conj", "comma", "of", "direction", "open_bracket", "close_bracket", "quote", "dash"}
    | {"relative", "nationality", "place_adjective"}
)
# What tells of the larger place around one.
_WIDER: Final = frozenset({"place", "direction", "governorate", "district", "town", "region", "country"})
# Of which one led in is named, be it many ("mountains of").
_LAND: Final = frozenset({"district", "mountain", "hill", "forest"})
_NOTHING: Final[frozenset[str]] = frozenset()
_MOST_TAIL: Final = 2  # further words of a name that no list knows
_MOST_QUOTED: Final = 4


class Typed(NamedTuple):
    """A type of place with its name: past its end, the first segment of the name, type and precision."""

    end: int
    name: int
    type: str | None
    precision: str | None


class PlaceNames:
    """Tells names of places in sentences. Holds the vocabulary and nothing of any text."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader
        self._kinds: dict[int, frozenset[str]] = {}  # depends on the rules alone

    def atoms(self, sentence: Sentence) -> list[frozenset[str]]:
        """The atoms of all readings of each segment."""
        return self._reader.every_atom(sentence)

    def attribute(self, sentence: Sentence, at: int, atom: str, key: str) -> str | None:
        """The attribute `key` of the first reading of a segment that has `atom`."""
        readings = [r for r in self._reader.readings(sentence, at) if atom in r.atoms]
        for reading in sorted(readings, key=lambda r: "poss" in r.atoms):  # a university before "his mosque"
            for name, value in reading.attributes:
                if name == key:
                    return value
        return None

    def typed(self, sentence: Sentence, atoms: Atoms, at: int) -> Typed | None:
        """The type of place at segment `at` with its name, or None."""
        here, count = atoms[at], len(sentence)
        if "place_type" not in here:
            return None
        if here & {"def", "poss"}:
            here = self._kind(sentence, at)
            if not here:
                return None
        if "place" in atoms[at] and not (at + 1 < count and "place" in atoms[at + 1]):
            return None
        quoted = at + 1 < count and not atoms[at + 1].isdisjoint({"quote", "open_bracket"})
        name = at + 2 if quoted else at + 1
        if name >= count:
            return None
        # "Markets", "a market (object)": words of the kind, not parts of names.
        weak = "weak_type" in here or not self._has(sentence, at, {"def", "poss", "acc", "pl"})
        # "In the centre of X": many things are called a centre, but one in an unknown X is a place.
        led = at > 0 and not atoms[at - 1].isdisjoint({"in", "prep_b", "on"}) and not here.isdisjoint(_LAND)
        weak = weak and not (led and {"unknown", "def"} <= atoms[name])
        end = self._name_end(atoms, name, here, weak=weak)
        if "valley" in here and "def" in atoms[name] and end < count and "to" in atoms[end]:
            end = 0  # the verb that leads to something is written like a valley
        if quoted and (end or not weak):
            # What stands in quotation marks behind a type is its name, whatever it is.
            last = min(count, name + _MOST_QUOTED + 1)
            end = next((k for k in range(name + 1, last) if atoms[k] & _CLOSING), end)
        if not end:
            return None
        if not here.isdisjoint(ROUTES):
            end = self._route(atoms, end)
        if quoted and end < count and atoms[end] & _CLOSING:
            end += 1
        kind = self.attribute(sentence, at, "place_type", "type")
        return Typed(end, name, kind, self.attribute(sentence, at, "place_type", "precision"))

    def _route(self, atoms: Atoms, end: int) -> int:
        """Past the second town of a road, whose first ends at `end`: the road A - B."""
        joined = end < len(atoms) and not atoms[end].isdisjoint({"dash", "slash"})
        at = end + joined
        if at >= len(atoms) or atoms[at].isdisjoint(_NAMES if joined else {"place"}) or atoms[at] & _NO_NAME:
            return end
        return end if not joined and "ambiguous" in atoms[at] else self._tail(atoms, at)

    def _kind(self, sentence: Sentence, at: int) -> frozenset[str]:
        """The atoms of a segment as a type of place that a name can follow: with no article and no pronoun behind."""
        index = sentence.sets[at]
        found = self._kinds.get(index)
        if found is None:
            readings = self._reader.readings(sentence, at)
            fitting = [r.atoms for r in readings if "place_type" in r.atoms and r.atoms.isdisjoint(_NO_CONSTRUCT)]
            found = self._kinds[index] = frozenset().union(*fitting)
        return found

    def _has(self, sentence: Sentence, at: int, without: set[str]) -> bool:
        """Whether a segment has a reading as a type of place without any of the atoms `without`."""
        readings = self._reader.readings(sentence, at)
        return any("place_type" in r.atoms and r.atoms.isdisjoint(without) for r in readings)

    def _name_end(self, atoms: Atoms, name: int, kind: frozenset[str], *, weak: bool) -> int:
        """Past the name that begins at `name` behind a word of type with the atoms `kind`; 0 if none does."""
        behind = atoms[name]
        doubtful = "prefixed" in behind and (weak or not self._is_whole(atoms, name, kind))
        if doubtful or ("shape_pron" in behind and "place" not in behind):
            return 0  # a preposition and a word that no list knows, a verb, "his house"
        proper = "place_prefix" in behind or (behind & _NAMES and not behind & _NO_NAME and "place" not in behind)
        everyday = "ambiguous" in behind and "common" in behind and "point" in kind and "named_by_common" not in kind
        if ("place" in behind and not everyday) or (proper and not weak):
            return self._tail(atoms, name)
        if weak:
            return 0
        if "named_by_common" in kind and not behind & _NO_NAME:
            facility = "point" in kind and "actor" in behind
            if facility or ("def" in behind and not behind & {"nationality", "actor", "title", "member"}):
                return name + 1
        return self._second(atoms, name, kind) if "place_type" in behind else 0

    def _second(self, atoms: Atoms, name: int, kind: frozenset[str]) -> int:
        """Past a name behind a type of place with the atoms `kind` that begins with a type, at `name`, itself: the area
        of the woods of X, the quarter of the airport; 0 if none does."""
        if "def" in atoms[name]:  # the market of the village is that of one named before
            named = "named_by_common" in kind or not kind.isdisjoint(ROUTES)
            return name + 1 if named and "sg" in kind and atoms[name].isdisjoint(ANAPHORS) else 0
        after = atoms[name + 1] if name + 1 < len(atoms) else _NOTHING
        if "place" in after:
            return name + 2
        named = "unknown" in after and not after & _NO_NAME and "prefixed" not in after
        return self._tail(atoms, name + 1) if named else 0

    @staticmethod
    def _is_whole(atoms: Atoms, name: int, kind: frozenset[str]) -> bool:
        """Whether the unknown word at `name`, whose first letter could be a preposition or the prefix of a verb, is
        a name all the same. A town, a village or a province is nearly always named; behind "a centre" a purpose or a
        clause can stand as well."""
        here = atoms[name]
        if "shape_pron" in here or "sg" not in kind or not kind.isdisjoint({"def", "weak_type"}):
            return False
        sure = not kind.isdisjoint(_NAMED)
        if not here.isdisjoint({"clitic_l", "clitic_al"}) and not sure:
            return False
        after = atoms[name + 1] if name + 1 < len(atoms) else frozenset({"clause_end"})
        return (sure and "clitic_al" not in here) or not after.isdisjoint(_PART)

    def _tail(self, atoms: Atoms, name: int) -> int:
        """Past the last word of a name that begins at `name`."""
        end, count = name + 1, len(atoms)
        here = atoms[name]
        if ("place" in here and "place_prefix" not in here) or end >= count:
            return end
        prefixed = "place_prefix" in here and not atoms[end] & _ENDS
        personal = here & {"given_name", "weak_name", "foreign_name"} and atoms[end] & {"surname", "given_name"}
        if prefixed or personal:
            end += 1
        last = min(count, end + _MOST_TAIL)
        while end < last and "unknown" in atoms[end] and not atoms[end] & {"verb", "latin", "prefixed"}:
            end += 1
        return end

    def goes_on(self, atoms: Atoms, at: int) -> bool:
        """Whether the segment at `at` can be a second name behind a type in the dual or plural."""
        here = atoms[at]
        return "place" in here or (bool(here & _NAMES or "def" in here) and not here & _NO_NAME)

    def listed(self, atoms: Atoms, at: int) -> int:
        """Past the names, joined by "and", that begin at `at`; 0 if none does."""
        end = 0
        while at < len(atoms) and self.goes_on(atoms, at):
            end = self._tail(atoms, at)
            at = end + 1 if end < len(atoms) and "conj" in atoms[end] else len(atoms)
        return end

    def sure(self, sentence: Sentence, at: int) -> bool:
        """Whether a segment names a place by itself, being no everyday word."""
        readings = self._reader.readings(sentence, at)
        return any("place" in r.atoms and "ambiguous" not in r.atoms for r in readings)

    def likely(self, sentence: Sentence, atoms: Atoms, start: int, at: int) -> bool:
        """Whether the name at `at`, an everyday word too, is led in as a place; its phrase begins at `start`."""
        here = atoms[at]
        before = atoms[start - 1] if start else _NOTHING
        named = bool(before & {"atrocity", "attack_noun"}) and "def" not in before  # the massacre of X
        if "place" not in here or not (start < at or "in" in before or named):
            return False
        if "acc" in here:  # no accusative stands behind a preposition
            here = frozenset().union(*(r.atoms for r in self._reader.readings(sentence, at) if "acc" not in r.atoms))
        after = atoms[at + 1] if at + 1 < len(atoms) else frozenset()
        if "bank" in here:
            return not after & {"def", "direction"}
        if here & _EVERYDAY or ("common" in here and "verb" not in here):
            return False
        return "surname" not in after

    def strange(self, atoms: Atoms, at: int) -> int:
        """Past a name that no list knows, told by what stands around it: in Kafr X; in X (north of Y); 0 if none."""
        here, count = atoms[at], len(atoms)
        if not at or not atoms[at - 1] & {"in", "prep_b", "place_records"} or at + 1 >= count:
            return 0
        if "place_prefix" in here:
            behind = atoms[at + 1]
            return at + 2 if behind & _NAMES and not behind & _NO_NAME else 0
        if "unknown" not in here:
            return 0
        end = at + 1
        while end < count and end - at < _MOST_TAIL + 1 and "unknown" in atoms[end]:
            end += 1
        return end if self._is_placed(atoms, at, end) else 0

    @staticmethod
    def _is_placed(atoms: Atoms, at: int, end: int) -> bool:
        """Whether what follows the unknown words `at:end` tells of the place around them."""
        here = atoms[at]
        first, second = (atoms[k] if k < len(atoms) else _NOTHING for k in (end, end + 1))
        near = any("place" in a for a in atoms[end : end + 5])
        if "place_records" in atoms[at - 1]:  # X in the north of Y saw
            return near and bool(first & {"in", "prep_b"}) and "direction" in second
        if near and (second if first & {"adjective", "open_bracket"} else first) & {"direction", "distance"}:
            return True
        if here & {"shape_h", "shape_pron", "shape_at"}:
            return False  # "in his speech in"
        if {"nationality", "def"} <= first:
            return "def" not in here and end == at + 1  # in X the Italian
        wider = _WIDER if first & {"open_bracket", "prep_b"} else {"direction"} if "comma" in first else _NOTHING
        return near and bool(second & wider)
