"""Sets of characters turned round: for each character the sets that hold it, as bits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def char_bits(sets: Iterable[Iterable[str]]) -> dict[str, int]:
    """Bit number k of a character's number tells whether set k holds it; characters that none holds are left out."""
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for number, chars in enumerate(sets):
        for char in chars:
            holding[char].append(number)
    return {char: _bits(numbers) for char, numbers in holding.items()}


def _bits(numbers: list[int]) -> int:
    """The number with the bits `numbers`, which rise: set one by one, each would copy all those below it."""
    out = bytearray(numbers[-1] // 8 + 1)
    for number in numbers:
        out[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(out, "little")


def bits_of(number: int) -> list[int]:
    """The numbers of the bits that are set, the lowest first."""
    out = []
    while number:
        lowest = number & -number
        out.append(lowest.bit_length() - 1)
        number ^= lowest
    return out
