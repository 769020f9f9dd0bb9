"""Running the examples and counter-examples that stand beside the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from extractor.records.events import MODELS
from extractor.rules.ruleset import CLAIM_RECORDS
from extractor.rules.written import Example, Rule

# Rules of these make records that bear their name; others (of sources, say) only fill fields.
RECORDED = frozenset([*CLAIM_RECORDS, "part", *MODELS])


class Extracts(Protocol):
    """What a trial needs of an extractor."""

    def extract(self, text: str) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Trial:
    """One example of one rule; `failure` is empty where it holds. `missing` are the expected records that were not
    found, `found` all that were, as the plain values that examples speak of."""

    rule: Rule
    example: Example
    counter: bool
    failure: str
    missing: Sequence[Mapping[str, Any]] = ()
    found: Sequence[Mapping[str, Any]] = ()

    @property
    def name(self) -> str:
        return f"{self.rule.id}:{'counter' if self.counter else 'example'}:{self.example.line}"


_COMMON = frozenset(
    [
        "victims",
        "items",
        "count",
        "sources",
        "method",
        "perpetrator",
        "place",
        "time",
        "evidence",
        "trigger",
        "claims",
        "polarity_cue",
        "certainty_cue",
        "background_cue",
    ]
)


def _shown_role(value: Any) -> Any:
    """A role as its text, several as the list of their texts, a count as its bounds ("200.." from 200 on)."""
    if isinstance(value, Mapping):
        if "low" in value:
            return "..".join("" if value[k] is None else str(value[k]) for k in ("low", "high"))
        return value.get("text")
    return [_shown_role(one) for one in value]


def flat(event: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an event that examples speak of, as plain values."""
    group = event.get("victims") or event.get("items") or {}
    count = event.get("count") or {}

    def text(value: Any) -> Any:
        return value.get("text") if isinstance(value, Mapping) else value

    sources: Sequence[Any] = event.get("sources") or [None]
    roles = {
        name: _shown_role(value)
        for name, value in event.items()
        if name not in _COMMON and isinstance(value, Mapping | list | tuple)
    }
    return {
        **roles,
        "kind": event.get("kind"),
        "form": event.get("form"),
        "event_type": event.get("event_type"),
        "mode": event.get("mode"),
        "claims": len(event.get("claims") or ()),
        "event": event.get("event") is not None,
        "background": bool(event.get("background")),
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
    merges = rule.set.get("refers") == "back"  # what it reads goes to the event that it refers to
    drops = rule.set.get("drop") == "yes"
    for example in rule.examples:
        events = extractor.extract(example.text)["events"]
        found = [flat(e) for e in events]
        missing = [e for e in example.expect if not any(all(f.get(k) == v for k, v in e.items()) for f in found)]
        failure = ""
        if drops and any(e["kind"] == rule.record for e in events):
            failure = f"nothing was to be read, found {_shown(found)}"
        elif missing:
            failure = f"expected {_shown(missing)}, found {_shown(found)}"
        elif rule.record in RECORDED and not (drops or merges) and not any(e["rule"] == rule.id for e in events):
            failure = f"made by {sorted({e['rule'] for e in events})}, not by this rule"
        yield Trial(rule, example, False, failure, missing, found)
    for example in rule.counter_examples:
        events = [e for e in extractor.extract(example.text)["events"] if e["rule"] == rule.id]
        found = [flat(e) for e in events]
        yield Trial(rule, example, True, f"the rule read {_shown(found)}" if events else "", (), found)


def _shown(rows: Sequence[Mapping[str, Any]]) -> str:
    return (
        "; ".join(", ".join(f"{k} {v}" for k, v in row.items() if v not in (None, False)) for row in rows) or "nothing"
    )
