"""The clock: rounds in which every contestant does the same texts, each for the first time in the process."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.contestant import Contestant
from bench.corpus import weight

Clock = Callable[[], int]

BEFORE_TURN = 10  # texts; with fewer, the floor was measured at up to twice its cost


@dataclass(frozen=True)
class Round:
    """What each contestant took for the same texts: bytes of UTF-8, nanoseconds by name."""

    weight: int
    nanoseconds: Mapping[str, int]


def batches(texts: Sequence[str], most: int) -> list[Sequence[str]]:
    """The texts in order, in at most `most` groups of nearly equal number."""
    count = min(most, len(texts))
    cuts = [len(texts) * i // count for i in range(count + 1)] if count else []
    return [texts[a:b] for a, b in pairwise(cuts)]


def run(
    contestants: Sequence[Contestant],
    groups: Sequence[Sequence[str]],
    warm: Sequence[str],
    clock: Clock = time.thread_time_ns,
) -> list[Round]:
    """One round a group. The order of the contestants moves on by one from round to round.

    A change in the machine's load thus falls on all of them; what the clock counts is processor time, so that the turns
    of other programs are left out. Before the first turn each contestant does the texts of `warm`, which are never
    timed, and before every turn some of them again: what it remembers of words and patterns is then known and in the
    processor's cache, as in the middle of an archive and not as just after another program's turn. Garbage is collected
    before each turn and not during it; what lives before the first turn (vocabularies, spaCy's tables) is frozen, so
    that a turn does not begin with a walk over it.
    """
    prepared = [[contestant.prepare(text) for text in warm] for contestant in contestants]
    for contestant, texts in zip(contestants, prepared, strict=True):
        _turn(contestant.work, texts, [], clock)  # imports, lazy tables
    prepared = [texts[:BEFORE_TURN] for texts in prepared]
    gc.collect()
    gc.freeze()
    try:
        return [_round(index, contestants, prepared, group, clock) for index, group in enumerate(groups)]
    finally:
        gc.unfreeze()


def _round(
    index: int, contestants: Sequence[Contestant], warm: Sequence[Sequence[str]], group: Sequence[str], clock: Clock
) -> Round:
    ready = [[contestant.prepare(text) for text in group] for contestant in contestants]
    taken: dict[str, int] = {}
    for step in range(len(contestants)):
        turn = (index + step) % len(contestants)
        taken[contestants[turn].name] = _turn(contestants[turn].work, warm[turn], ready[turn], clock)
    return Round(sum(map(weight, group)), taken)


def _turn(work: Callable[[str], object], warm: Sequence[str], texts: Sequence[str], clock: Clock) -> int:
    was_enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        for text in warm:
            work(text)
        start = clock()
        for text in texts:
            work(text)
        return clock() - start
    finally:
        if was_enabled:
            gc.enable()
