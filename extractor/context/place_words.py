"""What the words in front of a place tell of it: that something is said there, or that somebody lives there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractor.context.place_mention import PlaceMention

# Outcomes of being taken, out of a mosque, say.
TAKING: Final = frozenset({"released", "displaced", "abducted", "detained"})
_SAID: Final = 4  # segments from a press conference to its place
_QUALITIES: Final = frozenset({"adjective", "place_adjective", "nationality", "of", "place_issued"})
_SPEAKERS: Final = _QUALITIES | {"actor", "prep_l"}
_HAPPENED: Final = frozenset({"attack_noun", "mishap_noun", "place_event", "place_verb"})
_CLAUSE: Final = 10  # segments of a clause before a place
_MEETING: Final = 6  # segments from a meeting to its place
_STRUCK: Final = 3  # segments before a place in which a word of attack stands


def is_spoken(atoms: Sequence[frozenset[str]], mention: PlaceMention, *, sources: bool) -> bool:
    """Whether a place is where something is said: at a press conference in X; with `sources`, by sources in X."""
    start = mention.span[0]
    if start < 2 or atoms[start - 1].isdisjoint({"in", "prep_b"}):
        return False
    if _is_held(atoms, start - 2):
        return True
    direct = sources
    for k in range(start - 2, max(start - 2 - _SAID, -1), -1):
        here = atoms[k]
        direct = direct and "prep_l" not in here  # "a site of the army in X" is no site on the web
        if "place_speech" in here or (direct and "source_noun" in here and "org_noun" not in here):
            return True
        if sources and {"title", "def"} <= here:
            return True  # the rapporteur of the United Nations in X
        if here.isdisjoint(_SPEAKERS if sources else _QUALITIES):
            return False
    return False


def _is_held(atoms: Sequence[frozenset[str]], at: int) -> bool:
    """Whether what ends at `at`, before "in X", is a meeting that is said to be held there: the session that the
    council held."""
    held = False
    for k in range(at, max(at - _MEETING, -1), -1):
        here = atoms[k]
        if "place_issued" in here:
            held = True
        elif held and "relative" in here:
            return k > 0 and "place_speech" in atoms[k - 1]
        elif here.isdisjoint({"actor", "org_noun", "title", "def", "nationality", "adjective"}):
            return False
    return False


def is_seat(atoms: Sequence[frozenset[str]], start: int) -> bool:
    """Whether the place whose words begin at `start` is where somebody speaks or comes from: from its seat in."""
    return start > 2 and "poss" in atoms[start - 2] and "of" in atoms[start - 3] and "item" in atoms[start - 2]


def is_stationed(atoms: Sequence[frozenset[str]], start: int, outcome: frozenset[str]) -> bool:
    """Whether the place whose words begin at `start` is where somebody lives or is stationed, or is held, which says
    no more than an `outcome` of being taken."""
    if start < 2 or atoms[start - 1].isdisjoint({"in", "prep_b"}):
        return False
    at = start - 2
    if at and atoms[at] & {"adjective", "of_war"} and "place_task" in atoms[at - 1]:
        return True  # its military mission in X
    return not atoms[at].isdisjoint({"place_stationed", "place_task"}) or (
        "place_held" in atoms[start - 2] and outcome.isdisjoint(TAKING)
    )


def opens_clause(atoms: Sequence[frozenset[str]], start: int) -> bool:
    """Whether the place whose words begin at `start` opens a clause of its own: …, and in X."""
    if start < 3 or atoms[start - 1].isdisjoint({"in", "prep_b"}) or atoms[start - 2].isdisjoint({"conj", "conj_f"}):
        return False
    return not atoms[start - 3].isdisjoint({"comma", "stop_sign", "clause_end"})


def is_struck(atoms: Sequence[frozenset[str]], start: int) -> bool:
    """Whether what happened is told right before the place whose words begin at `start`: a fire in one of …"""
    near = atoms[max(0, start - _STRUCK) : start]
    told = any(a & {"attack_noun", "mishap_noun", "strike_word"} for a in near)
    return told and any(a & {"in", "prep_b"} for a in near)


def is_scene(atoms: Sequence[frozenset[str]], mention: PlaceMention) -> bool:
    """Whether the clause before a place tells of an attack, a mishap or the like: fights went on in X."""
    if mention.led == "target":
        return True
    for k in range(mention.span[0] - 1, max(mention.span[0] - 1 - _CLAUSE, -1), -1):
        if not atoms[k].isdisjoint(_HAPPENED):
            return True
        if not atoms[k].isdisjoint({"comma", "clause_end", "stop_sign", "report_verb"}):
            return False
    return False
