"""What leads a place in: whether something happened in it or to it, or somebody comes from it or speaks for it."""

from __future__ import annotations

from typing import Final

from extractor.context.place_mention import COMPASS, PlaceMention
from extractor.context.place_names import Atoms

# What stands between a preposition and a place: signs; before a type of place how many of them ("in one of the towns").
_PASSED: Final = frozenset({"quote", "open_bracket", "place_called"})
_PASSED_TYPED: Final = _PASSED | {"place_some", "quantity"}
_OFFICES: Final = frozenset({"place_type", "place_office", "org_noun", "item"})
_CLAUSE_ENDS: Final = frozenset({"clause_end", "comma", "stop_sign", "quote"})
_SHARE: Final = 8  # segments from a share of a place to the place
_SITE: Final = 6  # segments from a place that somebody goes to to the site that he goes for
_RELATIVE: Final = 7  # segments from a place to "which", with the larger place between
_AGENT: Final = 5  # segments from an attack to what is attacked, with who attacks between
_OBJECT: Final = 8  # segments from a verb to the place that is its object
_AGENTS: Final = frozenset(
    {"nationality", "actor", "org_noun", "adjective", "person", "collective", "thing_noun", "item", "def"}
)
# Who comes from somewhere.
_PEOPLE: Final = frozenset({"person", "collective", "casualty_noun", "adjective", "nationality"})
# What a word in front of a mention makes of it; the first that fits.
_LEADS: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (frozenset({"in", "prep_b", "direction"}), "in"),
    (frozenset({"of", "place_left"}), "origin"),
    (frozenset({"to"}), "goal"),
    (frozenset({"on", "place_verb"}), "target"),
    (
        frozenset({"place_event", "attack_noun", "mishap_noun", "harm_noun", "act_noun", "thing_noun"}),
        "target",
    ),
    (frozenset({"place_office", "title", "org_noun", "source_noun"}), "office"),
    (frozenset({"prep_l"}), "goal"),
)


def led_in(atoms: Atoms, mention: PlaceMention) -> str:
    """What leads `mention` in, as `PlaceMention.led` says; a noun of type before it is taken into its span."""
    if mention.relation is not None and mention.span[0] < mention.name:
        return "origin" if mention.relation in COMPASS and _comes_from(atoms, mention.span[0] - 1) else "in"
    at = mention.span[0] - 1
    passed = _PASSED if mention.type is None else _PASSED_TYPED
    while at >= 0 and not atoms[at].isdisjoint(passed):
        at -= 1
    if at >= 0 and {"place_type", "def"} <= atoms[at]:
        mention.span = (_first_type(atoms, at), mention.span[1])  # the capital Sanaa
        return led_in(atoms, mention)
    before = atoms[at] if at >= 0 else frozenset({"clause_end"})
    if "copula" in before:
        return "office"  # "which is the capital of X" says more of a place, and not where something happened
    led = next((led for wanted, led in _LEADS if before & wanted), "")
    if not led and "conj_f" in before and at and atoms[at - 1].isdisjoint(_CLAUSE_ENDS):
        led = "in"  # the "in" of the Maghreb, which is no "so" within a clause
    if led == "office" and ("def" in before or ("adjective" in before and "place_office" not in before)):
        led = ""  # a noun with the article takes no name behind it
    if not led and "capital" in atoms[mention.name] and mention.type is None:
        led = "" if _cut_off(atoms, mention) else "office"  # its government
    end = mention.span[1]
    if led == "in" and at > 1 and "of" in atoms[at - 2] and end < len(atoms) and "to" in atoms[end]:
        led = "origin"  # on his way from his house in X to
    if led == "in" and "prep_b" in before and at and "place_tie" in atoms[at - 1]:
        led = "office"  # companies that are linked to X
    if led == "in" and at > 1 and "of" in atoms[at - 2] and "place_speech" in atoms[at - 1]:
        led = "origin"  # on their way from a meeting in X
    if led == "in" and at > 1 and "to" in atoms[at - 2] and "poss" in atoms[at - 1]:
        led = "goal"  # … to their camp in Y
    if led in ("origin", "goal") and at:
        led = _struck_or_part(atoms, at) or led
    if led in ("", "office") and ("place_records" in _said(atoms, end) or _which_records(atoms, end)):
        led = "target"
    if led in ("", "office"):
        led = _of_office(atoms, at, led)
    if led == "goal" and _is_scene(atoms, end):
        led = "in"
    if not led and "clause_end" in before and _cut_off(atoms, mention):
        # "X: the minister condemned" is where he did; a town that is no capital does not speak.
        said = end + 1 < len(atoms) and not atoms[end + 1].isdisjoint({"report_verb", "stance_verb"})
        town = "colon" in atoms[end] and "town" in atoms[mention.name] and "capital" not in atoms[mention.name]
        led = "office" if said and not town else "header"
    return led or ("typed" if mention.type is not None or "open_bracket" in atoms[mention.span[0] - 1] else "bare")


def _of_office(atoms: Atoms, at: int, led: str) -> str:
    """What the segment at `at`, an office or nothing that leads a place in, makes of a place after all."""
    if led and _is_before_office(atoms, at):
        return "in"  # in front of the court of X
    if (led and _is_struck_office(atoms, at)) or (not led and _is_hit(atoms, at)):
        return "target"
    if at > 0 and "actor" in atoms[at] and _is_attacked(atoms, at + 1):
        return "target"  # after the shelling by the army of X; the storming by the forces of X
    return led


def _struck_or_part(atoms: Atoms, at: int) -> str:
    """What the preposition at `at` makes of a place after all: "in" where it goes with a part of it, "target" where
    with an attack on it, "" otherwise."""
    before = atoms[at]
    if "of" in before and (_is_part(atoms, at - 1) or _is_share(atoms, at)):
        return "in"  # quarters of the city; the part that the army holds of the city
    if "prep_l" in before and _is_attacked(atoms, at):
        return "target"  # shelling of the town
    if "prep_l" in before and _is_side(atoms, at - 1):
        return "in"  # in the territorial waters of
    return "target" if "to" in before and "place_enters" in atoms[at - 1] else ""  # soldiers stole into the camp


def _first_type(atoms: Atoms, at: int) -> int:
    """The first of the types of place that end with the one at `at`: the airport of the capital."""
    while at > 0 and "place_type" in atoms[at - 1] and atoms[at - 1].isdisjoint({"def", "poss"}):
        at -= 1
    return at


def _comes_from(atoms: Atoms, at: int) -> bool:
    """Whether the segment at `at`, before a side of a place, is the "of" of people who come from there."""
    return at > 0 and "of" in atoms[at] and bool(atoms[at - 1] & _PEOPLE)


def _is_hit(atoms: Atoms, at: int) -> bool:
    """Whether the place behind the segment at `at` is the object of a verb whose subject, an attack or a mishap, is
    told with how strong it was: an earthquake of magnitude 7 shook X."""
    for k in range(at, max(at - _OBJECT, 0), -1):
        here = atoms[k]
        if "place_verb" in atoms[k - 1] and here & {"attack_noun", "mishap_noun"}:
            return True
        if not here.isdisjoint({"clause_end", "comma", "in", "of", "on", "to", "conj", "report_verb"}):
            return False
    return False


def _is_side(atoms: Atoms, at: int) -> bool:
    """Whether what ends at `at`, led in as a place, is a part of the place behind it: in the northern suburb of."""
    if "place_link" in atoms[at]:
        return False  # the country next to X
    while at > 1 and atoms[at] & {"adjective", "place_adjective", "direction"} and "def" in atoms[at - 1]:
        at -= 1
    return at > 0 and {"place_type", "def"} <= atoms[at] and not atoms[at - 1].isdisjoint({"in", "prep_b", "on"})


def _is_part(atoms: Atoms, at: int) -> bool:
    """Whether the segment at `at`, or the noun that it is said of, is a type of place: several parts (of)."""
    if "place_adjective" in atoms[at] and at and "def" not in atoms[at]:
        at -= 1
    return bool(atoms[at] & {"place_type", "direction"})


def _is_share(atoms: Atoms, at: int) -> bool:
    """Whether the "of" at `at` goes with a share of the place in which something happens: in the part held by … of."""
    for k in range(at - 1, max(at - _SHARE, 0), -1):
        here = atoms[k]
        if {"place_share", "def"} <= here:
            return not atoms[k - 1].isdisjoint({"in", "prep_b", "on"})
        if not here.isdisjoint({"clause_end", "comma", "in", "of"}):
            return False
    return False


def _said(atoms: Atoms, end: int) -> frozenset[str]:
    """What follows the place that ends at `end`, be it told of as what it says: X announces the registration of."""
    if end < len(atoms) and "report_verb" in atoms[end]:
        end += 1
    return atoms[end] if end < len(atoms) else frozenset()


def _which_records(atoms: Atoms, end: int) -> bool:
    """Whether a relative clause behind the place that ends at `end` says that it saw something: X, which witnessed."""
    for k in range(end, min(end + _RELATIVE, len(atoms) - 1)):
        if "relative" in atoms[k]:
            return "place_records" in atoms[k + 1]
        if atoms[k].isdisjoint({"in", "prep_b", "place", "place_type", "comma", "conj", "nationality", "direction"}):
            return False
    return False


def _is_struck_office(atoms: Atoms, at: int) -> bool:
    """Whether the office at `at`, no person, is attacked: an attack on the police station of X; it hit the court of."""
    while at > 0 and atoms[at] & _OFFICES and "title" not in atoms[at]:
        at -= 1
    return "target_verb" in atoms[at] or (at > 0 and "on" in atoms[at] and "attack_noun" in atoms[at - 1])


def _is_before_office(atoms: Atoms, at: int) -> bool:
    """Whether the office at `at`, no person, is what something happens beside: in front of the court of X."""
    while at > 0 and atoms[at] & _OFFICES and "title" not in atoms[at]:
        at -= 1
        if "direction" in atoms[at]:
            return True
    return False


def _is_scene(atoms: Atoms, end: int) -> bool:
    """Whether what follows a place that somebody goes to tells what happened there: to X, where …"""
    for k in range(end, min(end + _SITE, len(atoms) - 1)):
        if "place_site" in atoms[k] and "def" in atoms[k + 1] and atoms[k + 1] & {"attack_noun", "mishap_noun"}:
            return True  # to X, to see the site of the attack
    if end < len(atoms) and "comma" in atoms[end]:
        end += 1
    if end + 1 >= len(atoms) or "place_where" not in atoms[end]:
        return False
    return "report_verb" not in atoms[end + 1]


def _is_attacked(atoms: Atoms, at: int) -> bool:
    """Whether the preposition at `at` goes with a noun for an attack; who attacks may stand between."""
    for k in range(at - 1, max(at - _AGENT, 0) - 1, -1):
        if "attack_noun" in atoms[k]:
            return True
        if atoms[k].isdisjoint(_AGENTS) or not atoms[k].isdisjoint({"in", "prep_b", "comma", "clause_end"}):
            return False
    return False


def _cut_off(atoms: Atoms, mention: PlaceMention) -> bool:
    """Whether a sign parts the mention from what follows, as in a headline."""
    end = mention.span[1]
    if end < len(atoms) and "nationality" in atoms[end]:
        end += 1
    return end < len(atoms) and not atoms[end].isdisjoint({"clause_end", "dash", "slash"})
