"""Why each field of a record has its value, or none: by the record's own evidence and by what the sentence holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.authoring.case import Case
from extractor.authoring.context_reasons import CONTEXT_REASONS
from extractor.authoring.set_reasons import SET_REASONS
from extractor.match import Match
from extractor.records.claims import Casualty, Materiel
from extractor.records.events import MODELS
from extractor.records.parts import Told
from extractor.watch import Seen

Decision = dict[str, Any]


def decisions(seen: Seen, record: Mapping[str, Any], context: Mapping[str, list[Match]]) -> list[Decision]:
    """Field, value and reason, in the order of the record. `context` holds the matches of the rules of context by
    family: `attribution`, `perpetrator`."""
    case = Case(seen, record, context)
    out: list[Decision] = []
    group = "items" if "items" in record else "victims"
    for name, value in _with_nulls(record).items():
        if name in ("id", "kind", "rule", "evidence") or name.endswith("_cue"):
            continue
        if name == group and isinstance(value, Mapping):
            parts = ("head", "type", "affiliation", "names")
            out.extend(_decision(case, f"{group}.{inner}", value.get(inner)) for inner in parts)
        else:
            out.append(_decision(case, name, value))
    return out


_MODELS: Mapping[str, type[Told]] = {"casualty": Casualty, "materiel": Materiel, **MODELS}


def _with_nulls(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with the fields of its kind that it leaves out."""
    return {**record, **{name: None for name in _MODELS[record["kind"]].model_fields if name not in record}}


def _decision(case: Case, name: str, value: Any) -> Decision:
    reason = REASONS.get(name.rsplit(".", 1)[-1])
    why = reason(case, value) if reason else _other(case, value)
    return {"field": name, "value": _shown(value), "why": why}


def _shown(value: Any) -> Any:
    """A value as its text and what else it says, without offsets."""
    if isinstance(value, Mapping):
        return {k: _shown(v) for k, v in value.items() if k not in ("start", "end") and v is not None}
    if isinstance(value, list | tuple):
        return [_shown(v) for v in value]
    return value


def _other(case: Case, value: Any) -> str:
    if value in (None, [], ()):
        return f"rule {case.record['rule']} captured nothing for it"
    return f"by rule {case.record['rule']}, or by what its words are listed with"


REASONS = {**SET_REASONS, **CONTEXT_REASONS}
