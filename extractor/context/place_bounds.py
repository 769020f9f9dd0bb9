"""Whether a place and a claim of one sentence belong to one event, by the words between them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from extractor.claims import Claim
from extractor.match import Told

_CAUSED: Final = 8  # segments before a place
_ABOUT: Final = frozenset({"of", "on", "in", "prep_b", "prep_l", "place_since"})
_INSIDE: Final = frozenset({"in", "prep_b", "direction"})
_HAPPENINGS: Final = frozenset({"attack_noun", "mishap_noun"})
_TAKEN: Final = frozenset({"abducted", "detained", "captured"})
_DEEDS: Final = frozenset({"place_deed", "for_doing"})
_HELD: Final = frozenset({"detained", "released"})
_MEMORY: Final = 3  # segments from "the anniversary of" to what is remembered
_TOTAL: Final = 14  # segments from "the number of the dead" to the number
_CHARGE: Final = 8  # segments from those who are held to what for
_CAUSE: Final = 4  # segments from a claim to "owing to"
_SINCE: Final = 3  # segments from the number to "since"


def is_aside(atoms: Sequence[frozenset[str]], between: range) -> bool:
    """Whether what stands before `between` is a clause of its own that opens the sentence: while five died in X, the
    police …"""
    return any("place_while" in a for a in atoms[:2]) and any("comma" in atoms[k] for k in between)


def says_more(atoms: Sequence[frozenset[str]], between: range) -> bool:
    """Whether a clause of something else that is said stands before the place: five died, adding that the court in X;
    but "adding that the attack was in X" tells of the same."""
    parted = False
    for k in between:
        here = atoms[k]
        if "comma" in here:
            parted = True
        elif parted and "that" in here and "that_it" not in here:  # "… who, it said, were of …"
            told = k + 2 if k + 1 < len(atoms) and "quote" in atoms[k + 1] else k + 1
            return told < len(atoms) and atoms[told].isdisjoint({"attack_noun", "mishap_noun", "place_event"})
    return False


def is_of_part(atoms: Sequence[frozenset[str]], claim: Told, between: range) -> bool:
    """Whether the place is that of a part of the set of `claim` alone: 60 are missing, among them 30 in X."""
    part = False
    for k in range(claim.span[1], between.stop):
        if "among" in atoms[k] or "of_them" in atoms[k]:
            part = True
        elif part and "quantity" in atoms[k] and k + 1 < len(atoms) and not atoms[k + 1].isdisjoint(_INSIDE):
            return True
    return False


def is_freed(atoms: Sequence[frozenset[str]], claim: Told, between: range, triggers: Set[int]) -> bool:
    """Whether the place is where those whom `claim` tells to be free again, or others, had been taken."""
    if "released" not in atoms[claim.match.at]:
        return False
    return any(k in triggers and not atoms[k].isdisjoint(_TAKEN) for k in between)


def total_at(atoms: Sequence[frozenset[str]], claim: Told) -> int:
    """Where the words of a total begin that `claim` tells of ("the number of the dead rose since X to 103"): what
    stands before them is where the last of them fell. 0 if it is no total since some time."""
    if not isinstance(claim, Claim) or not claim.cumulative:
        return 0
    first, last = claim.span
    begins = 0
    for k in range(max(0, first - _TOTAL), first):
        if "toll_noun" in atoms[k]:
            begins = k
    if not begins or not any("place_long" in a for a in atoms[begins : last + _SINCE]):
        return 0
    return begins


def is_punished(atoms: Sequence[frozenset[str]], at: int, between: range) -> bool:
    """Whether the claim at `at` is the deed of somebody who is punished or held in the place before: executed in X for
    the killing of …"""
    return at - 2 in between and bool(atoms[at - 2] & _DEEDS) and not atoms[at - 1].isdisjoint(_ABOUT)


def is_remembered(atoms: Sequence[frozenset[str]], at: int) -> bool:
    """Whether the claim at `at` is what an anniversary is of: people march in X, on the anniversary of the killing."""
    return any("place_memory" in a for a in atoms[max(0, at - _MEMORY) : at])


def is_occasion(atoms: Sequence[frozenset[str]], at: int, between: range) -> bool:
    """Whether the claim is but what the words before it are about: a rally in X over the killing of …"""
    if at - 1 not in between:
        return False
    if "verb" in atoms[at] and "harm_noun" not in atoms[at]:
        return False
    if atoms[at - 1].isdisjoint(_ABOUT | {"place_topic"}):
        return False
    # "Strikes in X caused the killing of" may begin far off.
    caused = range(max(0, between.start - _CAUSED), between.stop)
    return not any(atoms[k] & {"result_word", "support_verb", "place_records"} for k in caused)


def is_answered(atoms: Sequence[frozenset[str]], at: int, between: range) -> bool:
    """Whether what happens in the place before the claim at `at` is but the answer to it: a march in X in protest
    at the killing of …"""
    told = at - 2 in between and "place_other" in atoms[at - 2] and "place_long" not in atoms[at - 2]
    return told and not atoms[at - 1].isdisjoint({"on", "prep_l"})


def is_apart(atoms: Sequence[frozenset[str]], between: range, triggers: Set[int]) -> bool:
    """Whether a place behind the claim is that of another event: held for the attack in X; since that in X; sentenced
    in the case of the blast in X."""
    at = between.start
    if at > 0 and "place_other" in atoms[at - 1] and "place_long" not in atoms[at - 1]:
        # "In answer to the killing of three, it struck X": another deed, behind the comma.
        return any("comma" in atoms[k] for k in between)
    charged = False
    for k in between:
        here = atoms[k]
        if "place_case" in here and atoms[k - 1] & _INSIDE:
            return k + 1 in between
        if "charge_word" in here or "place_other" in here:
            charged = True
        elif "comma" in here:
            charged = False
        elif charged and ("attack_noun" in here or k in triggers):
            return True
    return False


def taken_up(atoms: Sequence[frozenset[str]], between: range) -> int:
    """Where what happened in the place before `between` is taken up again; 0 if it is not: fights in X, and he said
    that the fights left five dead."""
    said = False
    for k in between:
        said = said or "report_verb" in atoms[k]
        if said and "that" in atoms[k - 1] and "def" in atoms[k] and not atoms[k].isdisjoint(_HAPPENINGS):
            return k
    return 0


def is_taken_up_behind(atoms: Sequence[frozenset[str]], claim: Told) -> bool:
    """Whether right behind `claim` what was told before is named as its cause: … officials said that one was killed by
    the blast."""
    last = max(claim.match.at + 1, claim.span[1])
    for k in range(last, min(last + _CAUSE, len(atoms) - 1)):
        if not atoms[k].isdisjoint({"comma", "stop_sign"}):
            return False
        if "cause_of" in atoms[k] or "because" in atoms[k]:
            return "def" in atoms[k + 1] and not atoms[k + 1].isdisjoint(_HAPPENINGS)
    return False


def is_of_era(atoms: Sequence[frozenset[str]], claim: Told) -> bool:
    """Whether `claim` counts all since something began: 300 killed since the outbreak of the fighting."""
    first, last = claim.span
    for k in range(max(0, min(first, claim.match.at) - _TOTAL), min(last + _CAUSE, len(atoms) - 1)):
        if "place_long" in atoms[k] and not atoms[k + 1].isdisjoint({"place_era", "year"}):
            return True
    return False


def is_later(atoms: Sequence[frozenset[str]], at: int) -> bool:
    """Whether what stands before `at` sets it some time before what the text is about: two years after the …"""
    for k in range(max(0, at - _TOTAL), at - 2):
        if "place_since" not in atoms[k]:
            continue
        span = atoms[k + 1] | atoms[k + 2]
        if "place_later" in span or (span & {"duration", "place_era"} and atoms[k + 2] & {"on", "of"}):
            return True
    return False


def is_charged(atoms: Sequence[frozenset[str]], claim: Told) -> bool:
    """Whether those whom `claim` tells to be held are said to be held for something that happened elsewhere."""
    at = claim.match.at
    if atoms[at].isdisjoint(_HELD):
        return False
    last = max(at + 1, claim.span[1])
    first = at + 1 if "released" in atoms[at] else last
    return any(a & {"charge_word", "place_case", "place_other"} for a in atoms[first : last + _CHARGE])
