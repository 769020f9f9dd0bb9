"""The floor: one Aho-Corasick pass over all vocabulary forms, the least that any dictionary-driven reader must do."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from bench.contestant import Contestant
from extractor.text.fold import fold


def floor(forms: Sequence[str]) -> Contestant:
    """One pass that finds the longest of `forms` (folded spellings) at each place.

    It reads text that was folded beforehand, off the clock, since the forms are folded: the floor is charged with the
    search alone, while the extraction pays for its own folding.
    """
    automaton = AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest)
    return Contestant("floor", automaton.find_matches_as_indexes, prepare=lambda text: fold(text).text)
