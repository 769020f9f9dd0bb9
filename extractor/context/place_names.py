"""Names of places: where a name begins and ends, by the words that tell that it is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from extractor.context.place_mention import ANAPHORS, ROUTES
from extractor.context.place_unlisted import (
    MOST_TAIL,
    NAMES,
    NO_NAME,
    in_wider,
    is_lined,
    is_named_after,
    is_one_of,
    is_whole,
)
from extractor.rules.lexicon import AL
from extractor.sentence import Sentence, SentenceReader

Atoms = Sequence[frozenset[str]]

_NO_CONSTRUCT: Final = frozenset({"def", "poss", "acc"})
_CLOSING: Final = frozenset({"quote", "close_bracket"})
_ENDS: Final = frozenset({"clause_end", "in", "prep_b", "conj", "of"})
_EVERYDAY: Final = frozenset({"place_type", "item", "person", "nationality", "actor"})
# Of which one led in is named, be it many ("mountains of").
_LAND: Final = frozenset({"district", "mountain", "hill", "forest"})
# Types of which one that no name is told of can still be told by what it is like: in a border village.
_UNNAMED: Final = frozenset({"village", "town", "city", "area", "hamlet", "neighbourhood", "suburb", "settlement"})
_LEADS_TO: Final = 4  # segments behind the subject of a verb that leads "to" something
_NOTHING: Final[frozenset[str]] = frozenset()
_MOST_QUOTED: Final = 4


class Typed(NamedTuple):
    """A type of place with its name: past its end, the first segment of the name, type and precision."""

    end: int
    name: int
    type: str | None
    precision: str | None


# What mentions of places begin with, and what those that are parts of the place before.
STARTS: Final = frozenset({"place", "place_type", "direction", "distance", "place_noun", "unknown", "place_prefix"})
AMONG: Final = frozenset({"among", "of_them"})


class PlaceNames:
    """Tells names of places in sentences. Holds the vocabulary and nothing of any text."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader
        self.starts = reader.finder(*STARTS, *AMONG)  # finds where a mention of a place can begin
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
        if "place" in atoms[at] and not (at + 1 < count and self._names_type(atoms, at)):
            return None
        quoted = at + 1 < count and not atoms[at + 1].isdisjoint({"quote", "open_bracket"})
        called = not quoted and at + 1 < count and "place_named" in atoms[at + 1]
        name = at + 2 if quoted or called else at + 1
        if called and name + 1 < count and not atoms[name].isdisjoint({"quote", "open_bracket"}):
            name, quoted = name + 1, True
        if name >= count:
            return None
        # "Markets", "a market (object)": words of the kind, not parts of names.
        weak = "weak_type" in here or not self._has(sentence, at, {"def", "poss", "acc", "pl"})
        # "In the centre of X": many things are called a centre, but one in an unknown X is a place.
        led = at > 0 and not atoms[at - 1].isdisjoint({"in", "prep_b", "on"}) and not here.isdisjoint(_LAND)
        weak = weak and not (led and {"unknown", "def"} <= atoms[name])
        weak = (
            weak
            and not is_lined(atoms[name], here)
            and not is_one_of(atoms, name, here)
            and not in_wider(atoms, name, here)
        )
        end = self._name_end(atoms, name, here, weak=weak)
        if "valley" in here and self._is_verb(atoms, at, name, end):
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

    @staticmethod
    def _is_verb(atoms: Atoms, at: int, name: int, end: int) -> bool:
        """Whether what is written like a valley is the verb that leads "to" something farther on."""
        if "def" in atoms[name] and end < len(atoms) and "to" in atoms[end]:
            return True
        led = at > 0 and not atoms[at - 1].isdisjoint({"in", "prep_b", "of", "to", "on", "direction", "place_type"})
        near = atoms[name + 1 : name + 1 + _LEADS_TO]
        return not led and "unknown" in atoms[name] and any("to" in a for a in near)

    @staticmethod
    def _names_type(atoms: Atoms, at: int) -> bool:
        """Whether what stands behind the type at `at`, which is a place of its own as well, goes on its name."""
        behind = atoms[at + 1]
        if "ambiguous" in atoms[at] and "quote" in behind:
            return True
        named = "ambiguous" in atoms[at] and "prefixed" not in behind and not behind.isdisjoint(NAMES)
        return "place" in behind or (named and behind.isdisjoint(NO_NAME))

    def described(self, sentence: Sentence, atoms: Atoms, at: int) -> Typed | None:
        """The type of place with the article at segment `at` and the adjective that is its name: the old town, the
        national institute of oncology; None if that is not what stands there."""
        end = at + 1
        if not {"place_type", "def"} <= atoms[at]:
            return None
        road = bool(atoms[at] & ROUTES)
        if road or "named_alone" not in atoms[at]:
            if end >= len(atoms) or ("road_naming" if road else "place_naming") not in atoms[end]:
                return None
            end += 1
        while road and end < len(atoms) and "direction" in atoms[end] and sentence.words[end].startswith(AL):
            end += 1  # the western desert road
        if "point" in atoms[at] and end + 1 < len(atoms):
            if "clitic_al" in atoms[end]:
                end += 1
            elif "prep_l" in atoms[end] and "nominal" in atoms[end + 1] and not atoms[end + 1] & NO_NAME:
                end += 2
        precision = self.attribute(sentence, at, "place_type", "precision")
        kind = self.attribute(sentence, at, "place_type", "type")
        return Typed(end, at + road, kind, "district" if precision == "town" else precision)

    def unnamed(self, sentence: Sentence, atoms: Atoms, at: int) -> int:
        """Past the town, village or area at segment `at` that has no name but an adjective: in a border village;
        0 if none stands there."""
        end = at + 1
        if at == 0 or end >= len(atoms) or atoms[at - 1].isdisjoint({"in", "prep_b"}):
            return 0
        if not atoms[end] & {"place_kind", "nationality"} or "def" in atoms[end]:
            return 0
        here = self._kind(sentence, at)
        return end + 1 if "sg" in here and here & _UNNAMED else 0

    def _route(self, atoms: Atoms, end: int) -> int:
        """Past the second town of a road, whose first ends at `end`: the road A - B."""
        joined = end < len(atoms) and not atoms[end].isdisjoint({"dash", "slash"})
        at = end + joined
        if at >= len(atoms) or atoms[at].isdisjoint(NAMES if joined else {"place"}) or atoms[at] & NO_NAME:
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
        if is_named_after(behind, kind, weak=weak):
            return name + 1
        doubtful = "prefixed" in behind and (weak or not is_whole(atoms, name, kind))
        if doubtful or ("shape_pron" in behind and "place" not in behind):
            return 0  # a preposition and a word that no list knows, a verb, "his house"
        proper = "place_prefix" in behind or (behind & NAMES and not behind & NO_NAME and "place" not in behind)
        everyday = "ambiguous" in behind and "common" in behind and "point" in kind and "named_by_common" not in kind
        if ("place" in behind and not everyday) or (proper and not weak):
            return self._tail(atoms, name)
        if weak:
            return 0
        if "named_by_common" in kind and not behind & NO_NAME:
            facility = "point" in kind and "actor" in behind
            if facility or ("def" in behind and not behind & {"nationality", "actor", "title", "member"}):
                return name + 1
        return self._second(atoms, name, kind) if "place_type" in behind else 0

    def _second(self, atoms: Atoms, name: int, kind: frozenset[str]) -> int:
        """Past a name behind a type of place with the atoms `kind` that begins with a type, at `name`, itself: the area
        of the woods of X, the quarter of the airport; 0 if none does."""
        if "def" in atoms[name]:  # the market of the village is that of one named before
            named = "named_by_common" in kind or not kind.isdisjoint(ROUTES)
            other = "republic" in atoms[name] or atoms[name].isdisjoint(ANAPHORS)
            return name + 1 if named and "sg" in kind and other else 0
        after = atoms[name + 1] if name + 1 < len(atoms) else _NOTHING
        if "place" in after or ("point" in kind and "actor" in after):
            return name + 2
        named = "unknown" in after and not after & NO_NAME and "prefixed" not in after
        return self._tail(atoms, name + 1) if named else 0

    def _tail(self, atoms: Atoms, name: int) -> int:
        """Past the last word of a name that begins at `name`."""
        end, count = name + 1, len(atoms)
        here = atoms[name]
        if ("place" in here and "place_prefix" not in here) or end >= count:
            return end
        # The valley X in that of Y.
        wider = "place_type" in atoms[end] and end + 1 < count and "place" in atoms[end + 1]
        prefixed = "place_prefix" in here and not atoms[end] & _ENDS and not wider
        personal = here & {"given_name", "weak_name", "foreign_name"} and atoms[end] & {"surname", "given_name"}
        if prefixed or personal:
            end += 1
        last = min(count, end + MOST_TAIL)
        while end < last and "unknown" in atoms[end] and not atoms[end] & {"verb", "latin", "prefixed"}:
            end += 1
        return end

    def goes_on(self, atoms: Atoms, at: int) -> bool:
        """Whether the segment at `at` can be a second name behind a type in the dual or plural."""
        here = atoms[at]
        return "place" in here or (bool(here & NAMES or "def" in here) and not here & NO_NAME)

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
        struck = start > 1 and "prep_b" in before and bool(atoms[start - 2] & {"attack_noun", "mishap_noun"})
        if "place" not in here or not (start < at or "in" in before or named or struck or self._heads(atoms, at)):
            return False
        if "acc" in here:  # no accusative stands behind a preposition
            here = frozenset().union(*(r.atoms for r in self._reader.readings(sentence, at) if "acc" not in r.atoms))
        after = atoms[at + 1] if at + 1 < len(atoms) else frozenset()
        if "bank" in here:
            return not after & {"def", "direction"}
        if here & _EVERYDAY or ("common" in here and "verb" not in here):
            return False
        return "surname" not in after

    @staticmethod
    def _heads(atoms: Atoms, at: int) -> bool:
        """Whether the name at `at` opens a headline of an attack: "X: a barrel bomb on …"."""
        behind = atoms[1] if not at and len(atoms) > 2 else _NOTHING
        return "colon" in behind and not atoms[2].isdisjoint(
            {"attack_noun", "mishap_noun", "casualty_noun", "quantity"}
        )
