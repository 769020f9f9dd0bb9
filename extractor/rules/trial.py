"""Running the examples and counter-examples that stand beside the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from extractor.rules.load import Example, Rule


class Extracts(Protocol):
    """What a trial needs of an extractor."""

    def extract(self, text: str) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Trial:
    """One example of one rule and what was found; `failure` is empty where it holds."""

    rule: Rule
    example: Example
    counter: bool
    failure: str

    @property
    def name(self) -> str:
        return f"{self.rule.id}:{'counter' if self.counter else 'example'}:{self.example.line}"


def flat(event: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an event that examples speak of, as plain values."""
    group = event.get("victims") or event.get("items") or {}
    count = event.get("count") or {}

    def text(value: Any) -> Any:
        return value.get("text") if isinstance(value, Mapping) else value

    sources: Sequence[Any] = event.get("sources") or [None]
    return {
        "outcome": event.get("outcome"),
        "low": count.get("low"),
        "high": count.get("high"),
        "approx": bool(count.get("approx")),
        "head": text(group.get("head")),
        "victim": group.get("type"),
        "affiliation": text(group.get("affiliation")),
        "polarity": event.get("polarity"),
        "certainty": event.get("certainty"),
        "cumulative": event.get("cumulative"),
        "source": text(sources[0]),
        "method": (event.get("method") or {}).get("type"),
        "perpetrator": text(event.get("perpetrator")),
        "place": text(event.get("place")),
        "part_of": event.get("part_of") is not None,
    }


def run(rule: Rule, extractor: Extracts) -> Iterator[Trial]:
    """Try every example of `rule`. Rules of context (sources, perpetrators) are tried by the fields they give."""
    claims = rule.record in ("casualty", "materiel")
    for example in rule.examples:
        events = extractor.extract(example.text)["events"]
        found = [flat(e) for e in events]
        missing = [e for e in example.expect if not any(all(f.get(k) == v for k, v in e.items()) for f in found)]
        failure = ""
        if missing:
            failure = f"expected {_shown(missing)}, found {_shown(found)}"
        elif claims and not any(e["rule"] == rule.id for e in events):
            failure = f"made by {sorted({e['rule'] for e in events})}, not by this rule"
        yield Trial(rule, example, False, failure)
    for example in rule.counter_examples:
        events = [e for e in extractor.extract(example.text)["events"] if e["rule"] == rule.id]
        yield Trial(rule, example, True, f"the rule read {_shown([flat(e) for e in events])}" if events else "")


def _shown(rows: Sequence[Mapping[str, Any]]) -> str:
    return (
        "; ".join(", ".join(f"{k} {v}" for k, v in row.items() if v not in (None, False)) for row in rows) or "nothing"
    )
