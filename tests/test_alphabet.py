"""Characters of a class lie beside each other, and which word has which of them means nothing."""

from __future__ import annotations

from itertools import pairwise

from extractor import Extractor
from extractor.rules.alphabet import reordered


def _runs(chars: frozenset[str]) -> int:
    points = sorted(map(ord, chars))
    return 1 + sum(b != a + 1 for a, b in pairwise(points))


def test_classes_become_few_runs() -> None:
    lexicon = Extractor().rules.lexicon
    letters = sorted(set(lexicon.codes))
    scattered = {frozenset(letters[k::3]): 5 for k in range(3)} | {frozenset(letters[1::2]): 2}
    moved = reordered(lexicon, scattered)
    new = dict(zip(lexicon.codes, moved.codes, strict=True))
    before = sum(_runs(chars) for chars in scattered)
    after = sum(_runs(frozenset(new[c] for c in chars)) for chars in scattered)
    assert after <= 9 < before


def test_words_that_no_rule_tells_apart_stay_so_and_others_stay_apart() -> None:
    lexicon = Extractor().rules.lexicon
    moved = reordered(lexicon, {frozenset(sorted(set(lexicon.codes))[:40]): 1})
    pairs = set(zip(lexicon.codes, moved.codes, strict=True))
    assert len({old for old, _ in pairs}) == len({new for _, new in pairs}) == len(pairs)
    for requirement, chars in lexicon.requirements.items():
        assert len(moved.requirements[requirement]) == len(chars)
