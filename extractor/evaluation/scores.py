"""Precision, recall and F1 of claims against annotated texts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from extractor.evaluation.agreement import FIELDS, Claim, pairs, same_field
from extractor.evaluation.gold import GoldText

Tally = tuple[int, int, int]  # found rightly, found wrongly, missed
_DRAWS = 500  # of the bootstrap over texts (Efron 1979)
_MANY = 2


def counted(claim: Claim) -> bool:
    """Whether a claim gives a number, be it one person told by a noun or a name."""
    return claim.get("low") is not None or claim.get("high") is not None


def numbered(claim: Claim) -> bool:
    """Whether a claim gives a number of two or more."""
    return (claim.get("low") or claim.get("high") or 0) >= _MANY


ROWS: Mapping[str, Callable[[Claim], bool]] = {"numbered": numbered, "counted": counted, "all": lambda _: True}


def scores(gold: Sequence[GoldText], found: Mapping[str, Sequence[Claim]]) -> dict[str, Any]:
    """All figures, as plain values. `found` holds the claims read in each text, by its id."""
    paired = [(text, found.get(text.id, ()), pairs(text.claims, found.get(text.id, ()))) for text in gold]
    out: dict[str, Any] = {}
    for name, keep in ROWS.items():
        tallies = [_tally(text.claims, claims, both, keep) for text, claims, both in paired]
        right, wrong, missed = (sum(t[k] for t in tallies) for k in range(3))
        precision, recall, f1 = figures((right, wrong, missed))
        out[name] = {
            "tp": right,
            "fp": wrong,
            "fn": missed,
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(f1, 4),
            "f1_95": [round(bound, 4) for bound in _interval(tallies)],
        }
    told = [(t.claims[i], c[j]) for t, c, both in paired for i, j in both if not t.claims[i].get("optional")]
    out["fields"] = {
        name: round(sum(same_field(name, *pair) for pair in told) / len(told), 4) if told else None for name in FIELDS
    }
    quiet = [text for text in gold if not text.claims]
    out["claimless_texts"] = {
        "texts": len(quiet),
        "with_false_alarm": sum(bool(found.get(text.id)) for text in quiet),
    }
    out["by_outcome"] = _by_outcome(paired)
    return out


def figures(tally: Tally) -> tuple[float, float, float]:
    """Precision, recall and F1; one where there was nothing to find or nothing found."""
    right, wrong, missed = tally
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def errors(gold: Sequence[GoldText], found: Mapping[str, Sequence[Claim]]) -> Iterator[dict[str, Any]]:
    """Texts with claims that were missed or read wrongly, in order."""
    for text in gold:
        claims = found.get(text.id, ())
        both = pairs(text.claims, claims)
        met, read = {i for i, _ in both}, {j for _, j in both}
        missed = [dict(c) for i, c in enumerate(text.claims) if i not in met and not c.get("optional")]
        wrong = [dict(c) for j, c in enumerate(claims) if j not in read]
        if missed or wrong:
            yield {"id": text.id, "text": text.text, "missed": missed, "wrong": wrong}


def _tally(
    gold: Sequence[Claim], found: Sequence[Claim], both: Sequence[tuple[int, int]], keep: Callable[[Claim], bool]
) -> Tally:
    met, read = {i for i, _ in both}, {j for _, j in both}
    due = [i for i, claim in enumerate(gold) if keep(claim) and not claim.get("optional")]
    wrong = sum(keep(claim) for j, claim in enumerate(found) if j not in read)
    return sum(i in met for i in due), wrong, sum(i not in met for i in due)


def _interval(tallies: Sequence[Tally]) -> tuple[float, float]:
    """Where F1 lies with 95% when the texts are drawn anew; always the same draws."""
    draw = random.Random(0)  # noqa: S311  no secret
    values = []
    for _ in range(_DRAWS):
        drawn = [tallies[draw.randrange(len(tallies))] for _ in tallies]
        right, wrong, missed = (sum(t[k] for t in drawn) for k in range(3))
        values.append(figures((right, wrong, missed))[2])
    values.sort()
    return values[int(_DRAWS * 0.025)], values[int(_DRAWS * 0.975) - 1]


def _by_outcome(
    paired: Sequence[tuple[GoldText, Sequence[Claim], Sequence[tuple[int, int]]]],
) -> dict[str, dict[str, Any]]:
    rows: dict[str, list[int]] = {}
    for text, claims, both in paired:
        met, read = {i for i, _ in both}, {j for _, j in both}
        for i, claim in enumerate(text.claims):
            if not claim.get("optional"):
                rows.setdefault(claim["outcome"], [0, 0, 0])[0 if i in met else 2] += 1
        for j, claim in enumerate(claims):
            if j not in read:
                rows.setdefault(claim["outcome"], [0, 0, 0])[1] += 1
    out = {}
    for name, row in sorted(rows.items(), key=lambda item: -item[1][0] - item[1][2]):
        precision, recall, f1 = (round(value, 3) for value in figures((row[0], row[1], row[2])))
        out[name] = {"precision": precision, "recall": recall, "f1": f1, "n": row[0] + row[2]}
    return out
