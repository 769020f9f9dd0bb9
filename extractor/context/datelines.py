"""Datelines: the place, agency, author and day that open a report, before its text begins.

"Damascus - 12 March", "(CNN) --", "Baghdad (Reuters) -", "Cairo - AFP:", "Occupied Jerusalem / Anadolu".
"""

from __future__ import annotations

from typing import Final

from extractor.context.place_names import Atoms
from extractor.sentence import Sentence

_LONGEST: Final = 14  # segments
_PARTS: Final = frozenset(
    {"place", "capital", "media", "latin", "given_name", "surname", "foreign_name", "weak_name", "name_particle"}
    | {"unknown", "dash", "slash", "comma", "open_bracket", "close_bracket", "date", "year", "quote", "weekday"}
)
_BULLETS: Final = frozenset({"sign", "dash"})
_VERBS: Final = frozenset(
    {"harm_verb", "harm_noun", "report_verb", "attack_noun", "casualty_noun", "quantity", "person"}
)


def dateline_end(sentence: Sentence, atoms: Atoms) -> int:
    """Past the last segment of the dateline that a sentence opens with; 0 if it opens with none."""
    end, parts, agency, place = 0, 0, False, False
    first = 0
    while first + 1 < len(sentence) and not atoms[first].isdisjoint(_BULLETS):
        first += 1  # "- 12 July: …" is a line of a list
    for at in range(first, min(len(sentence), _LONGEST)):
        here = atoms[at]
        closing = bool(here & {"dash", "colon"})
        if closing or ("slash" in here and place and agency):
            parts += 1
            if agency or parts > ("colon" in here):  # a place and a colon alone open a headline
                agency = agency or parts > 1
                end = at + 1
            if "colon" in here:
                break
            continue
        if here.isdisjoint(_PARTS) or (not here.isdisjoint(_VERBS) and here.isdisjoint({"place", "media"})):
            break
        place = place or bool(here & {"place", "capital"})
        agency = agency or bool(here & {"media", "latin"})
        if at + 1 == len(sentence) and parts and place:
            end = at + 1  # a line of its own
    return end if (place or agency) and end else 0
