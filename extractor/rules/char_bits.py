"""Sets of characters turned round: for each character the sets that hold it, as bits."""

from __future__ import annotations

from collections.abc import Iterable


def char_bits(sets: Iterable[Iterable[str]]) -> dict[str, int]:
    """Bit number k of a character's number tells whether set k holds it; characters that none holds are left out."""
    out: dict[str, int] = {}
    for number, chars in enumerate(sets):
        for char in chars:
            out[char] = out.get(char, 0) | 1 << number
    return out


def bits_of(number: int) -> list[int]:
    """The numbers of the bits that are set, the lowest first."""
    out = []
    while number:
        lowest = number & -number
        out.append(lowest.bit_length() - 1)
        number ^= lowest
    return out
