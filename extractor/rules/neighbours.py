"""What may stand where: for each type of word the rules that it triggers or may stand beside, and likewise for chunks.

Worked out once for all rules together, as bits, so that the rules that can fit at a place are an intersection of three
numbers (the neighbour index: trigger, type before, type behind).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.rules.char_bits import char_bits
from extractor.rules.late import Late
from extractor.rules.ruleset import EDGE, Beside, CompiledChunk, Opening, Pattern


def neighbours(patterns: Sequence[Pattern | Late], codes: Iterable[str]) -> dict[str, Beside]:
    """For each character of the alphabet, and for the edge of a sentence, bits over `patterns`: those before whose
    trigger it may stand, and those behind whose trigger."""
    before, free_before = _allowed([p.before for p in patterns])
    behind, free_behind = _allowed([p.after for p in patterns])
    return {char: (before.get(char, 0) | free_before, behind.get(char, 0) | free_behind) for char in (*codes, EDGE)}


def openers(chunks: Iterable[CompiledChunk], codes: Iterable[str]) -> tuple[dict[str, int], dict[str, Beside]]:
    """Bits over all openings of `chunks`, one chunk behind the other: for each character that can begin some, these;
    and for each, and for the edge of a sentence, those before which it may stand, all, and those in which it may come
    second."""
    openings: list[Opening] = [opening for chunk in chunks for opening in chunk.openings]
    second, free = _allowed([follows for _, follows in openings])
    every = (1 << len(openings)) - 1
    beside = {char: (every, second.get(char, 0) | free) for char in (*codes, EDGE)}
    return char_bits(begins for begins, _ in openings), beside


def _allowed(places: Sequence[str | None]) -> tuple[dict[str, int], int]:
    """For each character the places, as bits, that ask for it among others; and the places that take anything."""
    free = sum(1 << number for number, chars in enumerate(places) if chars is None)
    return char_bits(chars or () for chars in places), free
