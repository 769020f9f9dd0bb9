"""The place of a claim that its text tells twice: a title or an opening names the country, what follows the town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from extractor.context.place_mention import FINENESS

_LEAST = 3  # one or two of one outcome are told of many events


def place_again(records: Sequence[dict[str, Any]]) -> None:
    """Give a claim whose place is coarse or not told that of the claim which tells the same count of the same outcome
    in another sentence, where just one finer place is told with it."""
    told: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        count = record.get("count") or {}
        low = count.get("low")
        if low is not None and low >= _LEAST and low == count.get("high") and record["certainty"] != "unrealized":
            told[record["kind"], record["outcome"], low, record["polarity"]].append(record)
    for same in told.values():
        if len(same) > 1:
            finer = [_finer(record, same) for record in same]
            for record, place in zip(same, finer, strict=True):
                if place is not None:
                    record["place"] = {**place, "scope": "retold"}


def _finer(record: Mapping[str, Any], same: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The one finer place that the other claims of `same` tell in their own sentences, if any."""
    own, sentence = record.get("place"), record["evidence"]["start"]
    if own is not None and FINENESS.get(own["precision"] or "", 0) < FINENESS["governorate"]:
        return None
    found: dict[str, dict[str, Any]] = {}
    for other in same:
        place = other.get("place")
        if place is None or place["scope"] != "sentence" or other["evidence"]["start"] == sentence:
            continue
        if own is None or (_is_coarser(own, place) and _may_hold(own, place)):
            found[place["text"]] = place
    return next(iter(found.values())) if len(found) == 1 else None


def _is_coarser(place: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return FINENESS.get(place["precision"] or "", 0) > FINENESS.get(other["precision"] or "", 0)


def _may_hold(place: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether `other` can lie in `place`: they are of one country, as far as is known."""
    return None in (place["country"], other["country"]) or place["country"] == other["country"]
