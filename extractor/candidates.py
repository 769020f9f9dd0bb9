"""Where patterns can fit: by the types at a place and beside it, and by what the sentence holds.

The neighbour index: of many patterns those remain that the type of a place triggers and that the types on either side
of it leave a chance, as an intersection of bits over all patterns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from extractor.native import native
from extractor.rules.char_bits import bits_of
from extractor.rules.ruleset import EDGE, Beside, Needs

# A place, and the number of a pattern that can fit there.
Candidate = tuple[int, int]


class Candidates:
    """Knows patterns and nothing of any text; what it remembers depends on the rules alone.

    `here` says by type which patterns it triggers, `beside` before the trigger of which patterns it can stand, and
    behind that of which, as bits over all patterns; `numbers` what each of these bits is called, bits of one number
    one behind the other; `needs` what a pattern needs by its number, as `Demands.bits` has it.
    """

    def __init__(
        self,
        here: Mapping[str, int],
        beside: Mapping[str, Beside],
        numbers: Sequence[int],
        needs: Callable[[int], Needs],
    ) -> None:
        self._here = here
        self._beside = beside
        self._numbers = numbers
        self._needs = needs
        self._rows: dict[int, tuple[tuple[int, Needs], ...]] = {}
        self._native: Callable[[str, Needs], list[Candidate]] | None = None

    def prepare(self) -> None:
        """Make ready for many texts. To be asked for where `here` and `beside` are plain dictionaries."""
        made = native("candidates")
        if made is not None:
            before, behind = ({c: row[k] for c, row in self._beside.items()} for k in (0, 1))
            patterns = [(number, self._needs(number)) for number in self._numbers]
            width = max((needs.bit_length() for _, needs in patterns), default=0)
            self._native = made.Candidates(self._here, before, behind, patterns, EDGE, width).of

    def of(self, types: str, met: Needs) -> list[Candidate]:
        """The places of a sentence at which patterns can fit, by place; `met` are the bits of what the sentence
        meets."""
        return self._of(types, met) if self._native is None else self._native(types, met)

    def _of(self, types: str, met: Needs) -> list[Candidate]:
        here, beside, last, lacking = self._here, self._beside, len(types) - 1, ~met
        found: list[Candidate] = []
        for at in [at for at, char in enumerate(types) if char in here]:
            bits = here[types[at]] & beside[types[at - 1] if at else EDGE][0]
            bits &= beside[types[at + 1] if at < last else EDGE][1]
            if bits:
                rows = self._rows.get(bits)
                for number, needed in self._told(bits) if rows is None else rows:
                    if not needed & lacking:
                        found.append((at, number))
        return found

    def _told(self, bits: int) -> tuple[tuple[int, Needs], ...]:
        numbers = dict.fromkeys(self._numbers[bit] for bit in bits_of(bits))
        found = self._rows[bits] = tuple((number, self._needs(number)) for number in numbers)
        return found
