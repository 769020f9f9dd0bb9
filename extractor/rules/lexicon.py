"""The lexicon: every declared form with its readings, and the alphabet in which sentences are written for the rules.

Words that no rule can tell apart share one character of the alphabet. The character thus stands for the set of
requirements (of pattern steps) that the word's readings meet, and a pattern step is a class of characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Reading(NamedTuple):
    """One way to read a word: its atoms, and attributes as sorted pairs."""

    atoms: frozenset[str]
    attributes: tuple[tuple[str, str], ...] = ()


class Entry(NamedTuple):
    """A surface form (folded; several words where it is a phrase) with one reading.

    `id` names what the form refers to, as "actor:…", "place:…" or "country:…"; empty for words of the language.
    """

    form: str
    reading: Reading
    id: str = ""


Requirement = frozenset[str]
ReadingSet = tuple[Reading, ...]

AL = "\u0627\u0644"
CONJUNCTIONS = "\u0648\u0641"  # waw, feh
PREPOSITIONS = "\u0628\u0644\u0643"  # beh, lam, kaf
# First letters of an unlisted word that may be a clitic or the prefix of a verb: teh, seen, noon, yeh and the above.
PREFIXES = "\u062a\u0633\u0646\u064a\u0641" + PREPOSITIONS

# Endings that tell something of a word that no list knows.
_SHAPES = {
    "\u064a\u0646": "shape_yn",
    "\u0648\u0646": "shape_wn",
    "\u0627\u0646": "shape_an",
    "\u0627\u062a": "shape_at",
    "\u0648\u0627": "shape_wa",
}
SHAPES = ("plain", "shape_yn", "shape_wn", "shape_an", "shape_at", "shape_h", "shape_y", "shape_wa")


def shape(word: str) -> int:
    """Index into SHAPES of the ending of an unknown word."""
    found = _SHAPES.get(word[-2:])
    if found:
        return SHAPES.index(found)
    return 5 if word[-1] == "\u0647" else 6 if word[-1] == "\u064a" else 0


@dataclass(slots=True)
class Lexicon:
    """Data alone, built once and never changed: plain containers, so that it is quick to load and to send."""

    words: dict[str, int]  # form -> reading set
    phrases: dict[str, dict[str, int]]  # first word -> further words, with spaces -> reading set
    # first word -> second word -> how many words its phrases have behind the first, most first
    phrase_sizes: dict[str, dict[str, tuple[int, ...]]]
    sets: Sequence[ReadingSet]
    codes: list[str]  # reading set -> character
    bare: list[int]  # reading set -> the set left behind a preposition, -1 if none
    definite: list[int]  # reading set -> the set with the article, -1 if none
    identities: dict[str, tuple[str, ...]]  # form -> what it can refer to
    weak_places: frozenset[str]  # names of places that are everyday words too
    unknown: list[int]  # shape -> reading set of an unknown word; then with the article, waw, another prefix
    named: dict[str, int]  # reading sets that the engine itself asks for: "digits", "sign", "quantity:count" …
    requirements: dict[Requirement, str] = field(default_factory=dict)  # requirement -> characters that meet it

    def readings(self, index: int) -> ReadingSet:
        return self.sets[index]
