"""What a sentence must hold for a rule to match there, told word by word: for sentences that a trigger opens in vain.

A rule asks for more than its trigger: for words of certain types somewhere in the sentence, and right behind the
trigger. Whether they are there can be told from the words alone, before phrases, quantities and chunks are put
together. Where a rule asks for a chunk, the words that the chunk cannot do without are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from extractor.rules.char_bits import bits_of, char_bits
from extractor.rules.ruleset import CompiledChunk, CompiledRule, Demand, Demands, Needs

_OFTEN = 40  # a number stands as often as a word that has one of so many characters


class _Chunk(NamedTuple):
    first: frozenset[str]  # what it can begin with
    held: frozenset[str] | None  # one of which it holds; None where that cannot be told


def demands(
    rules: Iterable[CompiledRule],
    chunks: Sequence[CompiledChunk],
    needs: Sequence[frozenset[str]],
    codes: Sequence[str],
    numbers: Collection[str],
) -> Demands:
    """The demands of `rules`, whose patterns need some of `needs`, in the alphabet `codes`, of which `numbers` stand
    for quantities."""
    folded = _chunks(chunks, needs, codes, frozenset(numbers))
    sets = {need: number for number, need in enumerate(needs)}
    of: dict[str, set[Demand]] = {}
    for rule in rules:
        pattern = rule.pattern
        before, behind = (_needed(_sets(n, needs), folded, sets) for n in (pattern.needs_before, pattern.needs_behind))
        next_to = 0 if pattern.after is None else 1 << _bit(sets, _first(frozenset(pattern.after), folded))
        for char in pattern.triggers:
            of.setdefault(char, set()).add((before, behind, next_to))
            if char in folded:
                # A chunk is the trigger: so is a word that it holds, and what follows that may be within the chunk.
                chunk = folded[char]
                for inner in chunk.first if chunk.held is None else chunk.held:
                    of.setdefault(inner, set()).add((before, behind if chunk.held else 0, 0))
    bits = char_bits(sets)
    return Demands({char: bits.get(char, 0) for char in codes}, {char: _least(found) for char, found in of.items()})


def _sets(bits: Needs, needs: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    return [needs[k] for k in bits_of(bits)]


def _needed(needs: Iterable[frozenset[str]], chunks: Mapping[str, _Chunk], sets: dict[frozenset[str], int]) -> int:
    held = (_held(need, chunks) for need in needs)
    return sum(1 << k for k in {_bit(sets, need) for need in held if need is not None})


def _bit(sets: dict[frozenset[str], int], chars: frozenset[str]) -> int:
    return sets.setdefault(chars, len(sets))


def _least(found: Iterable[Demand]) -> tuple[Demand, ...]:
    """`found` without what asks for more than another."""
    kept: list[Demand] = []
    for demand in sorted(found, key=lambda d: (sum(bits.bit_count() for bits in d), d)):
        if not any(all(k & bits == k for k, bits in zip(less, demand, strict=True)) for less in kept):
            kept.append(demand)
    return tuple(kept)


def _chunks(
    chunks: Sequence[CompiledChunk], needs: Sequence[frozenset[str]], codes: Sequence[str], numbers: frozenset[str]
) -> dict[str, _Chunk]:
    def weight(need: frozenset[str]) -> int:
        return len(need) + (_OFTEN if need & numbers else 0)

    made: dict[str, _Chunk] = {}
    for chunk in chunks:
        first = frozenset(char for chars, _ in chunk.openings for char in chars)
        held = min(_sets(chunk.needs, needs), key=weight, default=None)
        char = codes[chunk.set_index]
        before = made.get(char)
        if before is not None:
            first |= before.first
            held = None if held is None or before.held is None else held | before.held
        made[char] = _Chunk(first, held)
    return made


def _held(chars: frozenset[str], chunks: Mapping[str, _Chunk]) -> frozenset[str] | None:
    out = chars
    for char in chars & chunks.keys():
        held = chunks[char].held
        if held is None:
            return None
        out |= held
    return out


def _first(chars: frozenset[str], chunks: Mapping[str, _Chunk]) -> frozenset[str]:
    return chars.union(*(chunks[char].first for char in chars & chunks.keys()))
