"""Validation of what the engine read: each event once, by the model of its kind, which is built when first met.

The outcome is what `Document` makes of the same data; building the models of all kinds, which `Document` needs, would
cost a short run more than reading its text.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from extractor.records.head import Head
from extractor.records.parts import Record


@cache
def _model(kind: str) -> type[Record]:
    if kind in ("casualty", "materiel"):
        from extractor.records.claims import Casualty, Materiel

        return Casualty if kind == "casualty" else Materiel
    from extractor.records.events import MODELS

    return MODELS[kind]


def validated(document: Mapping[str, Any]) -> dict[str, Any]:
    """`document`, a dict in the shape of `records.Document`, with every field of its models, as plain data.

    Raises pydantic.ValidationError, and KeyError on an event of an unknown kind.
    """
    head = Head.model_validate({key: value for key, value in document.items() if key != "events"})
    events = [_model(e["kind"]).model_validate(e).model_dump(mode="json", by_alias=True) for e in document["events"]]
    return {**head.model_dump(mode="json", by_alias=True), "events": events}
