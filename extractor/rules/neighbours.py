"""What may stand where: for each type of word the rules that it triggers or may stand beside, and likewise for chunks.

Worked out once for all rules together, as bits, so that the rules that can fit at a place are an intersection of three
numbers (the neighbour index: trigger, type before, type behind).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.rules.late import Late
from extractor.rules.ruleset import EDGE, CompiledChunk, Openers, Opening, Pattern, RuleBits


def neighbours(patterns: Sequence[Pattern | Late], codes: Iterable[str]) -> dict[str, RuleBits]:
    """For each character of the alphabet, and for the edge of a sentence, bits over `patterns`: those that it triggers,
    those that it may stand before, and those that it may stand behind."""
    every = [*dict.fromkeys(codes), EDGE]
    triggered = dict.fromkeys(every, 0)
    before = dict.fromkeys(every, _unasked(p.before for p in patterns))
    behind = dict.fromkeys(every, _unasked(p.after for p in patterns))
    for number, pattern in enumerate(patterns):
        for table, chars in ((triggered, pattern.triggers), (before, pattern.before), (behind, pattern.after)):
            for char in chars or ():
                table[char] |= 1 << number
    return {char: (triggered[char], before[char], behind[char]) for char in every}


def openers(chunks: Iterable[CompiledChunk], codes: Iterable[str]) -> dict[str, Openers]:
    """For each character, and for the edge of a sentence, bits over all openings of `chunks`, one chunk behind the
    other: those that it can begin, and those in which it can come second."""
    openings: list[Opening] = [opening for chunk in chunks for opening in chunk.openings]
    every = [*dict.fromkeys(codes), EDGE]
    first = dict.fromkeys(every, 0)
    second = dict.fromkeys(every, _unasked(o[1] for o in openings))
    for number, (begins, follows) in enumerate(openings):
        for table, chars in ((first, begins), (second, follows)):
            for char in chars or ():
                table[char] |= 1 << number
    return {char: (first[char], second[char]) for char in every}


def bits_of(number: int) -> list[int]:
    """The numbers of the bits that are set, the lowest first."""
    out = []
    while number:
        lowest = number & -number
        out.append(lowest.bit_length() - 1)
        number ^= lowest
    return out


def _unasked(allowed: Iterable[str | None]) -> int:
    return sum(1 << number for number, chars in enumerate(allowed) if chars is None)
