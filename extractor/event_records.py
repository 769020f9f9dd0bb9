"""Events turned into records: spans, parties and counts of the roles, by the shape that each kind declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.events import Event
from extractor.match import Span
from extractor.rules.ruleset import Form
from extractor.sentence import Sentence
from extractor.spans import Spans

# Captures that chunks make inside the words of a role.
_PERSON, _OFFICE = "name", "title"


class EventRecords:
    """Builds the part of a record that is an event's own. `roles` and `forms` come from the rule set."""

    def __init__(self, roles: Mapping[str, Mapping[str, str]], forms: Mapping[tuple[str, str], Form]) -> None:
        self._roles = roles
        self._forms = forms

    def fields(self, kind: str) -> Mapping[str, str]:
        """The fields that records of `kind` have beside what all events have."""
        return self._roles[kind]

    @property
    def forms(self) -> Mapping[tuple[str, str], Form]:
        """Event type and mode of each form, and whether it is broad."""
        return self._forms

    def record(self, spans: Spans, sentence: Sentence, event: Event, form: str | None) -> dict[str, Any]:
        """Kind, type, mode, form, trigger and roles of `event`."""
        known = self._forms.get((event.kind, form or "")) or self._forms[event.kind, ""]
        out: dict[str, Any] = {
            "kind": event.kind,
            "event_type": known.event_type,
            "mode": known.mode,
            "form": form,
            "trigger": spans.span(sentence, event.span),
            "evidence": spans.whole(sentence),
            "rule": event.match.rule.id,
        }
        for name, found in event.roles.items():
            shape = self._roles[event.kind][name]
            if shape.endswith("*"):
                out[name] = [self._shaped(spans, sentence, event, shape[:-1], one) for one in found]
            else:
                out[name] = self._shaped(spans, sentence, event, shape, found[0])
        return out

    def _shaped(self, spans: Spans, sentence: Sentence, event: Event, shape: str, pair: Span) -> dict[str, Any] | None:
        if shape == "count":
            return self._count(spans, sentence, pair)
        if shape == "span":
            return spans.span(sentence, pair)
        out = spans.party(sentence, pair)
        person, office = (self._inside(event, capture, pair) for capture in (_PERSON, _OFFICE))
        if person is not None:
            out["person"] = spans.span(sentence, person)
            if pair[0] < person[0]:
                office = pair[0], person[0]  # all that stands before the name
        if office is not None:
            out["office"] = spans.span(sentence, office)
        return out

    @staticmethod
    def _inside(event: Event, capture: str, pair: Span) -> Span | None:
        found = (s for s in event.match.captures.get(capture, ()) if pair[0] <= s[0] and s[1] <= pair[1])
        return next(found, None)

    @staticmethod
    def _count(spans: Spans, sentence: Sentence, pair: Span) -> dict[str, Any] | None:
        for at in range(pair[0], pair[1]):
            quantity = sentence.quantities.get(at)
            if quantity is not None:
                bounds = {"low": quantity.low, "high": quantity.high, "approx": quantity.approx}
                return {**spans.span(sentence, pair), **bounds}
        return None
