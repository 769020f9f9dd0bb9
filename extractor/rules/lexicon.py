"""The lexicon: every declared form with its readings, and the alphabet in which sentences are written for the rules.

Words that no rule can tell apart share one character of the alphabet. The character thus stands for the set of
requirements (of pattern steps) that the word's readings meet, and a pattern step is a class of characters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple


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
# Second word of a phrase -> how many words its phrases have behind the first, most first.
Sizes = Mapping[str, tuple[int, ...]]
ReadingSet = tuple[Reading, ...]

AL: Final = "\u0627\u0644"
CONJUNCTIONS: Final = "\u0648\u0641"  # waw, feh
PREPOSITIONS: Final = "\u0628\u0644\u0643"  # beh, lam, kaf
ARMED: Final = frozenset({"military", "police", "militant"})  # types of people who carry arms, and the atoms of these
# What an unlisted word may begin with: nothing that tells, the article, "and" (such a word need not go on what stands
# before it), the prefix of a verb (teh, seen, noon, yeh, feh), a preposition (beh, kaf, lam), one with the article.
BEGINNINGS: Final[tuple[frozenset[str], ...]] = (
    frozenset(),
    frozenset({"def"}),
    frozenset({"waw"}),
    frozenset({"prefixed"}),
    frozenset({"prefixed", "clitic"}),
    frozenset({"prefixed", "clitic", "clitic_l"}),
    frozenset({"prefixed", "clitic", "clitic_al"}),
)
_VERB_PREFIXES: Final = "\u062a\u0633\u0646\u064a\u0641"
_LAM, _WAW = "\u0644", "\u0648"

SHAPES: Final = (
    "plain",
    "shape_yn",
    "shape_wn",
    "shape_an",
    "shape_at",
    "shape_h",
    "shape_y",
    "shape_wa",
    "shape_pron",
)
# Endings that tell something of a word that no list knows, with their index.
_ENDINGS: Final = {
    "\u064a\u0646": 1,
    "\u0648\u0646": 2,
    "\u0627\u0646": 3,
    "\u0627\u062a": 4,
    "\u0647": 5,
    "\u064a": 6,
    "\u0648\u0627": 7,
    # Pronouns: her, their.
    "\u0647\u0627": 8,
    "\u0647\u0645": 8,
}


def shape(word: str) -> int:
    """Index into SHAPES of the ending of an unknown word."""
    return _ENDINGS.get(word[-2:], 0) or _ENDINGS.get(word[-1], 0)


def beginning(word: str) -> int:
    """Index into BEGINNINGS of the first letters of an unknown word."""
    if len(word) < 4:
        return 0
    first = word[0]
    if first in PREPOSITIONS:
        if word[1:3] == AL or word[:2] == _LAM + _LAM:
            return 6
        return 5 if first == _LAM else 4
    if word.startswith(AL):
        return 1
    if first in _VERB_PREFIXES:
        return 6 if word[1:3] == AL else 3
    return 2 if first == _WAW else 0


@dataclass(slots=True)
class Lexicon:
    """Data alone, built once and never changed: plain containers, so that it is quick to load and to send.

    A `Mapping` here is a dictionary, or a `Shelf` that comes to life as it is used (`extractor.rules.packed`).
    """

    words: Mapping[str, int]  # form -> reading set
    phrases: Mapping[str, Mapping[str, int]]  # first word -> further words, with spaces -> reading set
    # first word -> second word -> how many words its phrases have behind the first, most first
    phrase_sizes: Mapping[str, Sizes]
    sets: Sequence[ReadingSet]
    codes: list[str]  # reading set -> character
    bare: list[int]  # reading set -> the set left behind a preposition, -1 if none
    definite: list[int]  # reading set -> the set with the article, -1 if none
    identities: Mapping[str, tuple[str, ...]]  # form -> what it can refer to
    weak_places: frozenset[str]  # names of places that are everyday words too
    unknown: list[int]  # reading sets of unknown words: for each of BEGINNINGS one for each of SHAPES
    named: dict[str, int]  # reading sets that the engine itself asks for: "digits", "sign", "quantity:count" …
    requirements: dict[Requirement, str] = field(default_factory=dict)  # requirement -> characters that meet it

    def readings(self, index: int) -> ReadingSet:
        return self.sets[index]
