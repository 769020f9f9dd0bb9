"""A claim or event as one flat row: the columns of CSV, of SQLite's events and of GeoJSON's properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

# Fields that play the same part in records of different kinds; a record holds one of each at most.
_COUNT = "count|number|size"
_ACTOR = "attacker|speaker|initiator"
_TARGET = "target|addressee"
_ABOUT = "topic|subject|about|demand|against"
_PARTICIPANTS = ("participants", "parties")
# Column: where its value lies in the document or in the event. The order is part of the contract: columns are added at
# the end, before `other`.
_DOCUMENT = {
    "document": ("id",),
    "title": ("title",),
    "published": ("published",),
    "source_path": ("source", "path"),
    "source_line": ("source", "line"),
    "source_record": ("source", "record"),
    "source_url": ("source", "url"),
}
_EVENT = {
    "event": ("id",),
    "kind": ("kind",),
    "outcome": ("outcome",),
    "event_type": ("event_type",),
    "mode": ("mode",),
    "form": ("form",),
    "low": (_COUNT, "low"),
    "high": (_COUNT, "high"),
    "approx": (_COUNT, "approx"),
    "count": (_COUNT, "text"),
    "who": ("victims|items", "text"),
    "head": ("victims|items", "head", "text"),
    "type": ("victims|items", "type"),
    "affiliation": ("victims|items", "affiliation", "text"),
    "affiliation_id": ("victims|items", "affiliation", "id"),
    "actor": (_ACTOR, "text"),
    "actor_id": (_ACTOR, "id"),
    "target": (_TARGET, "text"),
    "target_id": (_TARGET, "id"),
    "about": (_ABOUT, "text"),
    "trigger": ("trigger", "text"),
    "trigger_start": ("trigger", "start"),
    "trigger_end": ("trigger", "end"),
    "polarity": ("polarity",),
    "polarity_cue": ("polarity_cue", "text"),
    "certainty": ("certainty",),
    "certainty_cue": ("certainty_cue", "text"),
    "background": ("background",),
    "part_of": ("part_of",),
    "cumulative": ("cumulative",),
    "perpetrator": ("perpetrator", "text"),
    "perpetrator_id": ("perpetrator", "id"),
    "perpetrator_certainty": ("perpetrator", "certainty"),
    "method": ("method", "text"),
    "method_type": ("method", "type"),
    "place": ("place", "text"),
    "place_name": ("place", "name"),
    "country": ("place", "country"),
    "lat": ("place", "lat"),
    "lon": ("place", "lon"),
    "precision": ("place", "precision"),
    "time": ("time", "text"),
    "time_from": ("time", "from"),
    "time_to": ("time", "to"),
    "evidence": ("evidence", "text"),
    "evidence_start": ("evidence", "start"),
    "evidence_end": ("evidence", "end"),
    "rule": ("rule",),
}
_LISTS = ("names", "participants", "source", "source_id", "source_stance", "source_cue", "sources")
_SHOWN = frozenset(key for path in _EVENT.values() for key in path[0].split("|")) | {*_PARTICIPANTS, "sources"}
COLUMNS: tuple[str, ...] = (*_DOCUMENT, *_EVENT, *_LISTS, "other")


def flat(document: Mapping[str, Any], event: Mapping[str, Any]) -> dict[str, Any]:
    """The row of `event`: every one of COLUMNS, None where the text says nothing.

    `names`, `participants` and `sources` join what are lists with " | "; `source` and its neighbours are the nearest
    claimant. `other` is a JSON object of the fields that have no column.
    """
    row = {column: _at(document, path) for column, path in _DOCUMENT.items()}
    row.update({column: _at(event, path) for column, path in _EVENT.items()})
    group = event.get("victims") or event.get("items") or {}
    row["names"] = " | ".join(name["text"] for name in group.get("names") or ()) or None
    together = next((event[name] for name in _PARTICIPANTS if event.get(name)), ())
    row["participants"] = (
        " | ".join(p["text"] for p in ([together] if isinstance(together, dict) else together)) or None
    )
    sources = event.get("sources") or ()
    first = sources[0] if sources else {}
    row["source"], row["source_id"] = first.get("text"), first.get("id")
    row["source_stance"], row["source_cue"] = first.get("stance"), _at(first, ("cue", "text"))
    row["sources"] = " | ".join(f"{s['text']} ({s['stance']})" for s in sources) or None
    other = {key: value for key, value in event.items() if key not in _SHOWN and value not in (None, [], False)}
    row["other"] = orjson.dumps(other).decode() if other else None
    return row


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        if not isinstance(value, Mapping):
            return None
        value = next((value[k] for k in key.split("|") if value.get(k) is not None), None)
    return value
