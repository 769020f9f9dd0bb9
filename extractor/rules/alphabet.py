"""The order of the alphabet that sentences are written in for the rules.

A pattern tests a character against classes, which are lists of ranges. Which word gets which character means nothing,
so they are given out such that the characters of a class lie beside each other as far as may be: classes then are a
tenth of the ranges, and patterns as much smaller and faster. To order the columns of a matrix so that the ones of each
row lie together is hard in general (consecutive ones, and travelling salesmen); sorting by the Gray code of the
memberships, the classes used most first, comes within a few hundredths of what a greedy tour over all characters gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extractor.rules.lexicon import Lexicon


def reordered(lexicon: Lexicon, classes: Mapping[frozenset[str], int]) -> Lexicon:
    """The same lexicon with its characters given out anew for patterns with these classes, each so often."""
    letters = sorted(set(lexicon.codes))
    memberships = dict.fromkeys(letters, 0)
    by_use = sorted(classes, key=lambda chars: (-classes[chars], sorted(chars)))
    for bit, chars in enumerate(reversed(by_use)):
        for char in chars:
            memberships[char] |= 1 << bit
    order = sorted(letters, key=lambda char: (_rank(memberships[char]), char))
    new = dict(zip(order, letters, strict=True))
    return replace(
        lexicon,
        codes=[new[char] for char in lexicon.codes],
        requirements={
            requirement: "".join(sorted(new[char] for char in chars))
            for requirement, chars in lexicon.requirements.items()
        },
    )


def _rank(code: int) -> int:
    """The place of `code` in the reflected Gray code: each bit becomes the parity of those from it up."""
    shift = 1
    while shift < code.bit_length():
        code ^= code >> shift
        shift <<= 1
    return code
