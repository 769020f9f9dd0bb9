"""An explanation as lines for a terminal: (style, text) pairs, the styles by name so that plain output has none.

Arabic stands in logical order; the terminal lays it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extractor.authoring.families import TELLING

Line = tuple[str, str]  # style ("" for none), text
_MOST_MISSES = 3


def lines(explanation: Mapping[str, Any], *, everything: bool) -> Iterator[Line]:
    """The explanation; with `everything`, also all rules that did not fit and the rules of context."""
    for number, sentence in enumerate(explanation["sentences"], 1):
        yield "bold", f"Sentence {number}: {sentence['text'].strip()}"
        yield from _words(sentence["words"])
        yield from _chunks(sentence["chunks"])
        yield from _rules(sentence["rules"], everything=everything)
        yield ("green" if sentence["records"] else "yellow"), f"Result: {sentence['verdict']}"
        for item in sentence["records"]:
            yield from _record(item)
        if sentence["left_over"] and not sentence["skipped"]:
            texts = ", ".join(f"«{row['text']}» (@{row['chunk']})" for row in sentence["left_over"])
            yield "yellow", f"Left over (read as people, things or counts, in no claim): {texts}"
        yield "", ""


def _words(rows: list[dict[str, Any]]) -> Iterator[Line]:
    yield "cyan", "Words"
    for row in rows:
        folded = "" if row["folded"] == row["text"] else f" (folded {row['folded']})"
        number = row["number"]
        if number:
            said = f"number {_range(number)}, {number['kind']}"
        else:
            said = " or ".join(_reading(r) for r in row["readings"]) or "nothing"
        named = f" = {', '.join(row['names'])}" if row["names"] else ""
        chunk = f" in @{row['chunk']}" if row["chunk"] else ""
        yield "", f"  {row['text']}{folded}: {said}{named}{chunk} [{row['code']}]"


def _range(number: Mapping[str, Any]) -> str:
    low, high = number["low"], number["high"]
    text = str(low) if low == high else f"{'?' if low is None else low} to {'?' if high is None else high}"
    return f"about {text}" if number["approx"] else text


def _reading(reading: Mapping[str, Any]) -> str:
    extra = " ".join(f"{k}={v}" for k, v in reading["attributes"].items())
    return " ".join(filter(None, [".".join(reading["atoms"]), extra]))


def _chunks(rows: list[dict[str, Any]]) -> Iterator[Line]:
    if rows:
        yield "cyan", "Phrases folded into one step"
    for row in rows:
        fields = ", ".join(f"{name} = {'; '.join(texts)}" for name, texts in row["fields"].items() if texts)
        yield "", f"  @{row['name']}: {row['text']}" + (f" ({fields})" if fields else "")


def _rules(rows: list[dict[str, Any]], *, everything: bool) -> Iterator[Line]:
    shown = [r for r in rows if everything or r["family"] in TELLING or _fitting(r)]
    if shown:
        yield "cyan", "Rules tried"
    for row in shown:
        yield "bold", f"  at «{row['trigger']['text']}» ({row['family']})"
        missed = 0
        for rule in row["rules"]:
            if rule["result"] == "made":
                yield "green", f"    + {rule['rule']} matched «{rule['text']}»{_fields(rule)}"
            elif rule["result"] == "lost":
                yield "yellow", f"    - {rule['rule']} matched «{rule['text']}» and lost: {rule['why']}"
            elif everything or (row["family"] in TELLING and missed < _MOST_MISSES and not _fitting(row)):
                missed += 1
                yield "dim", f"    · {rule['rule']} did not fit: {rule['why']} ({rule['where']})"
            else:
                missed += 1
        hidden = missed - _MOST_MISSES if not _fitting(row) else missed
        if not everything and hidden > 0:
            yield "dim", f"    · {hidden} more did not fit (--all shows them)"


def _fitting(row: Mapping[str, Any]) -> bool:
    return any(rule["result"] != "no_match" for rule in row["rules"])


def _fields(rule: Mapping[str, Any]) -> str:
    found = ", ".join(f"{name} = {'; '.join(texts)}" for name, texts in rule["fields"].items() if texts)
    return f" ({found})" if found else ""


def _record(item: Mapping[str, Any]) -> Iterator[Line]:
    record = item["record"]
    yield "bold", f"  {record.get('id', '?')} {record['kind']} by {record['rule']}"
    for field in item["fields"]:
        value = _value(field["value"])
        yield ("dim" if value == "null" else ""), f"    {field['field']}: {value}  ({field['why']})"


def _value(value: Any) -> str:
    if value in (None, [], ()):
        return "null"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        rest = ", ".join(f"{k} {_value(v)}" for k, v in value.items() if k != "text" and v is not None)
        return f"{value.get('text', '')}" + (f" [{rest}]" if rest else "")
    if isinstance(value, list):
        return "; ".join(map(_value, value))
    return str(value)
