"""Words of page furniture, compiled from `rules/vocabulary/furniture.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from extractor.native import native
from extractor.text.fold import fold_word
from extractor.text.tokens import WORD

_NATIVE: Final = native("sentences")


class FurnitureWords(NamedTuple):
    """Folded phrases of furniture.toml, as words joined by single spaces."""

    whole: frozenset[str]
    opening: frozenset[str]
    longest: int  # words of the longest phrase
    date_words: frozenset[str]


def words(text: str, start: int, end: int, most: int) -> list[str] | None:
    """The words, numbers and signs of a line of a folded text; None where there are more than `most`."""
    if _NATIVE is not None:
        told: list[str] | None = _NATIVE.words(text, start, end, most)
        return told
    if len(text[start:end].split()) > most:
        return None  # most lines, told before they are cut with care
    found = WORD.findall(text, start, end)
    return found if len(found) <= most else None


def load_furniture(tables: Mapping[str, Any]) -> FurnitureWords:
    """The furniture words out of the parsed TOML; tables that are missing count as empty."""

    def folded(key: str) -> frozenset[str]:
        return frozenset(" ".join(WORD.findall(fold_word(w))) for w in tables.get(key, ()))

    whole, opening = folded("whole"), folded("opening")
    longest = max((p.count(" ") + 1 for p in whole | opening), default=0)
    words = frozenset(w for phrase in folded("date_words") for w in phrase.split(" "))
    return FurnitureWords(whole, opening, longest, words)
