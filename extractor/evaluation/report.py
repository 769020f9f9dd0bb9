"""Scores and errors as lines for a terminal: (style, text) pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extractor.evaluation.scores import ROWS

Line = tuple[str, str]
_BRIEF = ("outcome", "low", "high", "head", "polarity", "certainty")
_MEANING = {"numbered": "two or more", "counted": "with single people", "all": "with uncounted ones"}


def lines(scores: Mapping[str, Any], errors: Iterable[Mapping[str, Any]]) -> Iterator[Line]:
    """The figures, the errors before them."""
    for error in errors:
        yield "bold", error["id"]
        yield "", f"  {' '.join(error['text'].split())}"
        for claim in error["missed"]:
            yield "yellow", f"  missed: {_brief(claim)}"
        for claim in error["wrong"]:
            yield "red", f"  wrong:  {_brief(claim)}"
        yield "", ""
    for name in ROWS:
        yield "", _figures(name, scores[name])
    shares = ", ".join(f"{name} {share:.3f}" for name, share in scores["fields"].items() if share is not None)
    if shares:
        yield "", f"fields right in the claims found: {shares}"
    quiet = scores["claimless_texts"]
    yield "", f"texts without a claim: {quiet['texts']}, of these with a false alarm: {quiet['with_false_alarm']}"
    for name, row in scores["by_outcome"].items():
        told = f"precision {row['precision']:.3f}  recall {row['recall']:.3f}  F1 {row['f1']:.3f}"
        yield "", f"  {name:18} {row['n']:4} due  {told}"


def _figures(name: str, row: Mapping[str, Any]) -> str:
    low, high = row["f1_95"]
    parts = [
        f"{name:8}",
        f"precision {row['precision']:.3f}",
        f"recall {row['recall']:.3f}",
        f"F1 {row['f1']:.3f} (95%: {low:.3f} to {high:.3f})",
        f"right {row['tp']}, wrong {row['fp']}, missed {row['fn']}",
        f"[{_MEANING[name]}]",
    ]
    return "  ".join(parts)


def _brief(claim: Mapping[str, Any]) -> str:
    told = {k: claim.get(k) for k in _BRIEF}
    usual = {"polarity": "affirmed", "certainty": "stated"}
    return ", ".join(f"{k} {v}" for k, v in told.items() if v is not None and v != usual.get(k))
