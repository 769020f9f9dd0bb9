"""Whether a noun of killing or attacking reports, or names something known.

"The army announced the killing of" reports; "the inquiry into the killing of", "that the killing of … is a crime" and
"the attack that led to the killing of" speak of it as known. What decides is the word that governs the noun, which a
preposition may stand between: verbs of saying and of result report, each with prepositions of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from extractor.sentence import Sentence

_FARTHEST: Final = 12
# Preposition before the noun -> classes of the words that make what follows it news.
_BARE: Final = frozenset(
    [
        "report_verb",
        "report_participle",
        "reports",
        "result_word",
        "casualty_light",
        "colon",
        "according_to",
        "carries_out",
    ]
)
_GOVERNORS: Final[dict[str, frozenset[str]]] = {
    "about": _BARE,
    "prep_b": frozenset(["reports_with_b", "did_verb"]),
    "in": frozenset(["reports_with_in"]),
    "to": frozenset(["result_word", "reports_with_to"]),
    "of": frozenset(["reports_with_of"]),
    "on": frozenset(["reports_with_on"]),
    "prep_l": frozenset(["suffer_attack_verb"]),
}
_PREPOSITIONS: Final = frozenset(["prep_b", "prep_l", "in", "of", "on", "about", "to"])
# What may stand before a noun that opens a sentence.
_OPENS: Final = frozenset(
    [
        "sign",
        "digits",
        "quote",
        "dash",
        "open_bracket",
        "close_bracket",
        "conj",
        "quantity",
        "date",
        "year",
        "attack_quality",
        "country",
        "place",
    ]
)

Atoms = Callable[[Sentence, int], frozenset[str]]


def names_an_act(sentence: Sentence, at: int, atoms: Atoms) -> bool:
    """Whether the trigger at `at` is a noun that names an act or its outcome, and no verb.

    What could be either (قتل, خطف) is the noun where a preposition stands before it.
    """
    here = atoms(sentence, at)
    if not here & {"harm_noun", "act_noun", "take_noun"}:
        return False
    return "verb" not in here or (at > 0 and bool(atoms(sentence, at - 1) & _PREPOSITIONS))


def reported(sentence: Sentence, first: int, atoms: Atoms, *, strict: bool = False) -> bool:
    """Whether the noun at `first` opens its sentence or clause, or stands under a word that makes it news.

    With `strict`, a clause opens with the noun itself, not with words before it that say nothing of it.
    """
    at = first - 1
    while at >= 0 and atoms(sentence, at) & {"transparent", "quote"}:
        at -= 1
    preposition = next((p for p in _GOVERNORS if at >= 0 and p in atoms(sentence, at)), None)
    if preposition is not None:
        at -= 1
    wanted = _GOVERNORS.get(preposition or "", _BARE)
    for place in range(at, max(-1, at - _FARTHEST), -1):
        here = atoms(sentence, place)
        if here & wanted:
            return not (place > 0 and "relative" in atoms(sentence, place - 1))
        if "clause_end" in here:
            opens = not strict or all(atoms(sentence, k) & _OPENS for k in range(place + 1, first))
            return preposition is None and opens
        if "that" in here:
            return False
    return preposition is None and all(atoms(sentence, place) & _OPENS for place in range(at + 1))
