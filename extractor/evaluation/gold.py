"""Annotated texts (docs/gold.md) read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import orjson

from extractor.records.claims import Outcome, ThingOutcome
from extractor.records.parts import Certainty, ItemType, MethodType, Polarity, VictimType
from extractor.rules.problems import Problem, nearest

_VALUES = {
    "outcome": get_args(Outcome) + get_args(ThingOutcome),
    "victim": get_args(VictimType) + get_args(ItemType),
    "polarity": get_args(Polarity),
    "certainty": get_args(Certainty),
    "method": get_args(MethodType),
}
_COPIED = ("head", "affiliation", "source", "perpetrator", "place")
_NUMBERS = ("low", "high", "part_of")
_FLAGS = ("approx", "optional")
_KEYS = (*_VALUES, *_COPIED, *_NUMBERS, *_FLAGS)


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text and the claims that a person finds in it."""

    id: str
    text: str
    claims: tuple[Mapping[str, Any], ...]


def read_gold(path: Path) -> tuple[list[GoldText], list[Problem]]:
    """The texts of a file and all that is wrong with it; a line that is wrong gives no text.

    Raises OSError where the file cannot be read.
    """
    texts: list[GoldText] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        found = _row(line)
        if isinstance(found, str):
            problems.append(Problem(str(path), number, found))
            continue
        mistakes = list(_mistakes(found))
        if str(found["id"]) in seen:
            mistakes.append(("error", f"the id {found['id']!r} stands twice"))
        seen.add(str(found["id"]))
        problems.extend(Problem(str(path), number, said, severity) for severity, said in mistakes)
        if all(severity != "error" for severity, _ in mistakes):
            texts.append(GoldText(str(found["id"]), found["text"], tuple(found["claims"])))
    if not texts and not problems:
        problems.append(Problem(str(path), 0, "no texts here"))
    return texts, problems


def _row(line: bytes) -> dict[str, Any] | str:
    """The object of a line, or what is wrong with its shape."""
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return f"not a line of JSON: {error}"
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
        return 'each line is an object {"id": …, "text": "…", "claims": [ … ]}'
    if not isinstance(row.get("claims"), list) or not all(isinstance(c, dict) for c in row["claims"]):
        return "`claims` is a list of objects, empty where the text makes no claim"
    return row


def _mistakes(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Severity and message of each mistake in the claims of a text."""
    for number, claim in enumerate(row["claims"]):
        for severity, said in _claim(claim, row["text"], number, len(row["claims"])):
            yield severity, f"claim {number}: {said}"


def _claim(claim: Mapping[str, Any], text: str, number: int, count: int) -> Iterator[tuple[str, str]]:
    if "outcome" not in claim:
        yield "error", "no `outcome`"
    for key, value in claim.items():
        if key not in _KEYS:
            yield "error", f"unknown key {key!r}{nearest(key, _KEYS)}"
        elif key in _VALUES and value is not None and value not in _VALUES[key]:
            close = nearest(str(value), _VALUES[key]) or f"; one of {', '.join(_VALUES[key])}"
            yield "error", f"{key} is {value!r}{close}"
        elif key in _NUMBERS and value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            yield "error", f"{key} is {value!r} and no whole number"
        elif key in _FLAGS and not isinstance(value, bool):
            yield "error", f"{key} is {value!r}: true or false"
        elif key in _COPIED and isinstance(value, str) and value not in text:
            yield "warning", f"{key} {value!r} does not stand in the text letter for letter"
    low, high, whole = (claim.get(k) for k in _NUMBERS)
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield "error", f"low {low} is more than high {high}"
    if isinstance(whole, int) and (whole == number or not 0 <= whole < count):
        yield "error", f"part_of {whole} is no other claim of this text: they are counted from 0 to {count - 1}"
