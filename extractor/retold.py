"""The place of a claim that its text tells twice: a title or an opening names the country, what follows the town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from extractor.context.place_mention import FINENESS

_Count = tuple[str, str, int, str]  # kind, outcome, count, polarity
_LEAST: Final = 3  # one or two of one outcome are told of many events
_BEHIND: Final = 8  # letters from a part of a set to a place that is told of it alone
_MANY: Final = 8  # so many that a second event of the same count is unlikely


def place_again(records: Sequence[dict[str, Any]]) -> None:
    """Give a claim whose place is coarse or not told that of the claim which tells the same count of the same outcome
    in another sentence, where just one finer place is told with it.

    A small count is the same only where another count of the two sentences agrees too: 5 dead and 9 hurt, twice.
    """
    told: dict[_Count, list[dict[str, Any]]] = defaultdict(list)
    counts: dict[int, set[_Count]] = defaultdict(set)  # by sentence
    for record in records:
        count = record.get("count") or {}
        low = count.get("low")
        if low is None or low < _LEAST or count.get("high") not in (low, None) or record["certainty"] == "unrealized":
            continue
        key = (record["kind"], record["outcome"], low, record["polarity"])
        told[key].append(record)
        counts[record["evidence"]["start"]].add(key)
    finer = [(record, _finer(record, same, counts)) for same in told.values() if len(same) > 1 for record in same]
    for record, place in finer:
        if place is not None:
            record["place"] = {**place, "scope": "retold"}


def place_parts(records: Sequence[dict[str, Any]]) -> None:
    """Give a part of a set the place of the whole, or the whole that of its parts, where only one of the two sentences
    tells it, or the one of the parts is finer."""
    by_id = {record["id"]: record for record in records}
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        whole = by_id.get(record.get("part_of") or "")
        if whole is None or "unrealized" in (record["certainty"], whole["certainty"]):
            continue
        beside = whole["evidence"]["start"] == record["evidence"]["start"]
        if beside and record.get("place") is None and whole.get("place") is not None:
            record["place"] = whole["place"]
        elif not whole.get("cumulative") and (record.get("place") or {}).get("scope") == "sentence":
            parts[whole["id"]].append(record)
    for identity, found in parts.items():
        whole = by_id[identity]
        if len({record["place"]["text"] for record in found}) == 1 and _told_by(whole, found[0]):
            whole["place"] = {**found[0]["place"], "scope": "retold"}


def _finer(
    record: Mapping[str, Any], same: Sequence[Mapping[str, Any]], counts: Mapping[int, set[_Count]]
) -> dict[str, Any] | None:
    """The one finer place that the other claims of `same` tell in their own sentences, if any."""
    own, sentence = record.get("place"), record["evidence"]["start"]
    if own is not None and FINENESS.get(own["precision"] or "", 0) < FINENESS["governorate"]:
        return None
    found: dict[str, dict[str, Any]] = {}
    for other in same:
        place, there = other.get("place"), other["evidence"]["start"]
        if place is None or place["scope"] != "sentence" or there == sentence:
            continue
        if record["count"]["high"] is None and other["count"]["high"] is None:
            continue  # dozens here and dozens there
        if record["count"]["low"] < _MANY and len(counts[sentence] & counts[there]) < 2:
            continue
        if _of_two_sides(record, other):
            continue
        if own is None or (_is_coarser(own, place) and _may_hold(own, place)):
            found[place["text"]] = place
    return next(iter(found.values())) if len(found) == 1 else None


def _of_two_sides(record: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the people of two claims are told to be of two bodies: sixteen of the army, sixteen of the rebels."""
    ids = [((r.get("victims") or {}).get("affiliation") or {}).get("id") for r in (record, other)]
    return None not in ids and ids[0] != ids[1]


def _is_coarser(place: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return FINENESS.get(place["precision"] or "", 0) > FINENESS.get(other["precision"] or "", 0)


def _may_hold(place: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether `other` can lie in `place`: they are of one country, as far as is known."""
    return None in (place["country"], other["country"]) or place["country"] == other["country"]


def _told_by(whole: Mapping[str, Any], part: Mapping[str, Any]) -> bool:
    """Whether the place of `part` is that of `whole`, which tells none of its own or a larger one."""
    own, place = whole.get("place"), part["place"]
    if whole["evidence"]["start"] == part["evidence"]["start"]:
        group = part.get("victims") or part.get("items") or part["trigger"]
        alone = 0 <= place["start"] - group["end"] < _BEHIND  # 60 are missing, among them 30 in X
        return not alone and (own is None or own["scope"] != "sentence")
    if own is None or FINENESS.get(own["precision"] or "", 0) < FINENESS["region"]:
        return False
    return _is_coarser(own, place) and _may_hold(own, place)
