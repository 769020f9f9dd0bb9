"""Names of places that no list knows: that they are names, by what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

Atoms = Sequence[frozenset[str]]

NAMES: Final = frozenset({"unknown", "surname", "given_name", "foreign_name", "weak_name", "place", "place_prefix"})
NO_NAME: Final = frozenset(
    {"person", "casualty_noun", "org_noun", "place_type", "clause_end", "attack_noun", "report_verb", "preposition"}
    | {"conjunction", "pronoun", "relative", "demonstrative", "negation", "auxiliary", "particle", "quantity"}
    | {"direction", "place_adjective"}
)
# Types that hardly ever stand without the name; what can follow a name rather than the verb or noun of a clause.
_NAMED: Final = frozenset({"city", "town", "village", "hamlet", "province", "governorate", "subdistrict", "island"})
_VAGUE_LAND: Final = frozenset({"area", "camp", "sector", "block", "industrial_zone", "housing_estate", "old_town"})
_PART: Final = frozenset(
    {"clause_end", "in", "prep_b", "conj", "comma", "of", "direction", "open_bracket", "close_bracket", "quote", "dash"}
    | {"relative", "nationality", "place_adjective"}
)
# What tells of the larger place around one.
_WIDER: Final = frozenset({"place", "direction", "governorate", "district", "town", "region", "country"})
# Types that are told many at a time before the name of one of them or of the land that they are in.
_MANY: Final = frozenset({"village", "town", "hamlet", "neighbourhood", "area", "suburb"})
_SEATED: Final = frozenset({"district", "republic", "sector"})
# Types that are named after people: the square of the martyrs, the quarter of the teachers.
_OF_PEOPLE: Final = frozenset(
    {"neighbourhood", "street", "square", "cemetery", "mosque", "roundabout", "junction", "bridge", "school", "market"}
)
_OF_BODIES: Final = frozenset({"mosque", "hospital", "school"})  # the mosque of the emergency forces
_NOTHING: Final[frozenset[str]] = frozenset()
_OURS: Final = frozenset(
    {
        "def",
        "nominal",
        "waw",
        "latin",
        "shape_h",
        "shape_pron",
        "shape_yn",
        "shape_at",
        "shape_an",
        "clitic_al",
        "clitic_l",
    }
)
_CLOSED: Final = frozenset(
    {"clause_end", "comma", "conj", "close_bracket", "open_bracket", "prep_b", "direction", "date"}
)
_MET: Final = frozenset({"attack_noun", "mishap_noun", "harm_noun", "harm_verb", "casualty_noun", "people"})
_BACK: Final = 5  # segments
MOST_TAIL: Final = 2  # further words of a name that no list knows


def is_named_after(behind: frozenset[str], kind: frozenset[str], *, weak: bool) -> bool:
    """Whether the word with the atoms `behind`, no name by itself, is the name of a place of `kind`: the prisons of the
    occupation, street 40, the square of the martyrs, the mosque of the security forces; `weak` as in `PlaceNames`."""
    if "prison" in kind and behind & {"actor", "place_keeper"}:
        return True
    if "street" in kind and "sg" in kind and {"count", "quantity"} <= behind:
        return True
    if weak:
        return False
    people = {"def", "pl"} <= behind and bool(behind & {"person", "casualty_noun"})
    if people and kind & _OF_PEOPLE and not behind & {"nationality", "actor"}:
        return True
    return "actor" in behind and bool(kind & _OF_BODIES)


def is_lined(here: frozenset[str], kind: frozenset[str]) -> bool:
    """Whether an unknown word with the atoms `here` behind an axis or a front of `kind` is its name."""
    ours = {"prefixed", "waw", "shape_pron", "shape_yn", "shape_at"}
    return "unknown" in here and bool(kind & {"axis", "front"}) and here.isdisjoint(ours)


def is_one_of(atoms: Atoms, name: int, kind: frozenset[str]) -> bool:
    """Whether the unknown word at `name` is the name of some of the villages or quarters told with `kind`: in the
    villages of X. An adjective of many has an ending of its own."""
    here = atoms[name]
    many = "pl" in kind and not kind.isdisjoint(_MANY) and kind.isdisjoint({"poss", "weak_type"})
    if not many or "unknown" not in here or not here.isdisjoint({"prefixed", "waw", "shape_pron"}):
        return False
    return "def" in here or here.isdisjoint({"shape_h", "shape_yn", "shape_at"}) or name + 1 == len(atoms)


def in_wider(atoms: Atoms, name: int, kind: frozenset[str]) -> bool:
    """Whether a larger place stands behind the name at `name` behind a type of weak name: in the centre X
    of the governorate of Y, in the republic X in the south of Y."""
    here = atoms[name]
    if kind.isdisjoint(_SEATED) or here.isdisjoint(NAMES) or not here.isdisjoint(NO_NAME | {"waw", "shape_pron"}):
        return False
    k = name + 1
    while k < len(atoms) and k < name + MOST_TAIL and "unknown" in atoms[k]:
        k += 1
    if k + 2 >= len(atoms) or (atoms[k].isdisjoint({"in", "prep_b"}) and not {"place_link", "def"} <= atoms[k]):
        return False
    if "place_link" in atoms[k]:
        k += "prep_l" in atoms[k + 1]
    return not atoms[k + 1].isdisjoint({"governorate", "district", "town", "direction", "region"})


def is_whole(atoms: Atoms, name: int, kind: frozenset[str]) -> bool:
    """Whether the unknown word at `name`, whose first letter could be a preposition or the prefix of a verb, is
    a name all the same. A town, a village or a province is nearly always named; behind "a centre" a purpose or a
    clause can stand as well."""
    here = atoms[name]
    if "shape_pron" in here or "sg" not in kind or "def" in kind:
        return False
    if "weak_type" in kind and kind.isdisjoint(_SEATED):
        return False
    sure = not kind.isdisjoint(_NAMED)
    if "district" in kind and kind.isdisjoint(_VAGUE_LAND) and "clitic" in here:
        sure = True  # a quarter, unless the letter is that of a verb
    area = "area" in kind and "clitic_al" not in here  # the area of L…, where nothing says what it is for
    if not here.isdisjoint({"clitic_l", "clitic_al"}) and not sure and not area:
        return False
    after = atoms[name + 1] if name + 1 < len(atoms) else frozenset({"clause_end"})
    return (sure and "clitic_al" not in here) or not after.isdisjoint(_PART)


def beyond(atoms: Atoms, at: int, *, sure: bool) -> int:
    """Past a name that no list knows at `at`, told by the direction before it and by what follows: north of X,
    where; near X in; `sure`: whatever follows, off the shores of X. 0 if none."""
    here, count = atoms[at], len(atoms)
    if "place_prefix" in here:
        return _prefixed(atoms, at)
    if "unknown" not in here or not here.isdisjoint({"shape_pron", "waw", "nominal", "latin", "clitic_al"}):
        return 0
    if "def" not in here and not here.isdisjoint({"shape_h", "shape_yn", "shape_at", "clitic_l"}):
        return 0  # an adjective, "to …"
    if "def" in here and not here.isdisjoint({"shape_yn", "shape_at"}):
        return 0  # near the two …
    end = at + 1
    if end < count and "unknown" in atoms[end] and atoms[end].isdisjoint({"prefixed", "waw", "shape_pron"}):
        end += 1
    return end if sure or end == count or not atoms[end].isdisjoint(_PART | {"place_since", "place_where"}) else 0


def scene(atoms: Atoms, at: int) -> int:
    """Past a name that no list knows at `at`, told where somebody met something and ended there: five were killed in X,
    and; 0 if none. A longer word with no ending of ours that nothing follows is hardly a noun of everyday."""
    here, count = atoms[at], len(atoms)
    if not at or "in" not in atoms[at - 1] or "unknown" not in here or not here.isdisjoint(_OURS):
        return 0
    end = at + 1
    if end < count and "unknown" in atoms[end] and atoms[end].isdisjoint(_OURS | {"prefixed"}):
        end += 1
    if end < count and atoms[end].isdisjoint(_CLOSED):
        return 0
    return end if any(a & _MET for a in atoms[max(0, at - 1 - _BACK) : at - 1]) else 0


def strange(atoms: Atoms, at: int) -> int:
    """Past a name that no list knows, told by what stands around it: in Kafr X; in X (north of Y); 0 if none."""
    here, count = atoms[at], len(atoms)
    if not at or not atoms[at - 1] & {"in", "prep_b", "place_records"} or at + 1 >= count:
        return 0
    if "place_prefix" in here:
        return _prefixed(atoms, at)
    if "unknown" not in here:
        return 0
    end = at + 1
    while end < count and end - at < MOST_TAIL + 1 and "unknown" in atoms[end]:
        end += 1
    return end if _is_placed(atoms, at, end) else 0


def _prefixed(atoms: Atoms, at: int) -> int:
    """Past the word behind the first word of many names at `at`, which is a name itself: Kafr X; 0 if it is not."""
    behind = atoms[at + 1] if at + 1 < len(atoms) else _NOTHING
    return at + 2 if behind & NAMES and not behind & NO_NAME else 0


def _is_placed(atoms: Atoms, at: int, end: int) -> bool:
    """Whether what follows the unknown words `at:end` tells of the place around them."""
    here = atoms[at]
    first, second = (atoms[k] if k < len(atoms) else _NOTHING for k in (end, end + 1))
    near = any("place" in a for a in atoms[end : end + 5])
    if "place_records" in atoms[at - 1]:  # X in the north of Y saw
        return near and bool(first & {"in", "prep_b"}) and "direction" in second
    if near and (second if first & {"adjective", "open_bracket"} else first) & {"direction", "distance"}:
        return True
    if here & {"shape_h", "shape_pron", "shape_at"} and not {"def", "shape_h"} <= here:
        return False  # "in his speech in"
    if {"nationality", "def"} <= first:
        return "def" not in here and end == at + 1  # in X the Italian
    wider = _WIDER if first & {"open_bracket", "prep_b"} else {"direction"} if "comma" in first else _NOTHING
    return near and bool(second & wider)
