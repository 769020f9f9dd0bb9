"""A trial that failed, as lines for a terminal: what was expected beside what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extractor.rules.sources import shown
from extractor.rules.trial import Trial

Line = tuple[str, str]  # style ("" for none), text
_TELLING = ("outcome", "kind", "low", "high", "head", "victim", "polarity", "certainty", "source", "place")


def lines(trial: Trial) -> Iterator[Line]:
    """What failed in one example and what to do next."""
    yield "bold", f"{shown(trial.example.file)}:{trial.example.line}: {trial.rule.id}"
    yield "", f"  {trial.example.text}"
    if trial.counter:
        yield "yellow", f"  a counter-example ({trial.example.why or 'no reason given'}): nothing was to be read"
        yield from (("", f"    found: {_row(row)}") for row in trial.found)
    elif trial.missing:
        for wanted in trial.missing:
            yield "green", f"    expected: {_row(wanted)}"
            yield from _nearest(wanted, trial.found)
    else:
        yield "yellow", f"  {trial.failure}"
    yield "dim", f"  to see why: extractor explain '{trial.example.text}'"


def _nearest(wanted: Mapping[str, Any], found: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    """The record that is most like the expected one, and where they differ."""
    if not found:
        yield "red", "    found:    nothing"
        return
    best = max(found, key=lambda row: sum(row.get(k) == v for k, v in wanted.items()))
    yield "red", f"    found:    {_row({k: best.get(k) for k in (*wanted, *_TELLING) if best.get(k) is not None})}"
    for key, value in wanted.items():
        if best.get(key) != value:
            yield "", f"    differs:  {key} is {_value(best.get(key))} and was to be {_value(value)}"


def _row(row: Mapping[str, Any]) -> str:
    told = {k: v for k, v in row.items() if v not in (None, False, [], 0) or k in ("low", "high")}
    return ", ".join(f"{k} {_value(v)}" for k, v in told.items() if v is not None) or "nothing"


def _value(value: Any) -> str:
    return "null" if value is None else "yes" if value is True else "no" if value is False else str(value)
