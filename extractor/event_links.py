"""What belongs together: a later mention of an event already told, and the claims that are an attack's outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from extractor.events import Event
from extractor.rules.ruleset import Form

# How many sentences back a definite mention ("the attack") may reach.
_REACH: Final = 5
# How many words stand at most between a claim and the attack that it was made in.
_ADJUNCT: Final = 20
# What an attack brings about by itself; arrests and releases are other people's acts.
_OUTCOMES: Final = frozenset(
    ["killed", "wounded", "killed_or_wounded", "missing", "displaced", "destroyed", "damaged", "shot_down"]
)
_NO_ATTACK: Final = frozenset(["accident", "disaster", "disease"])
# Roles and context that a later mention may add to an event told before.
_OWN: Final = frozenset(
    [
        "id",
        "kind",
        "event_type",
        "mode",
        "form",
        "trigger",
        "evidence",
        "rule",
        "mentions",
        "claims",
        "polarity",
        "certainty",
        "background",
        "polarity_cue",
        "certainty_cue",
        "background_cue",
    ]
)


@dataclass(frozen=True, slots=True)
class Known:
    """An event told so far: in which sentence, as matched, and its record."""

    number: int
    event: Event
    record: dict[str, Any]


def told_before(
    known: Sequence[Known], number: int, event: Event, record: Mapping[str, Any], forms: Mapping[tuple[str, str], Form]
) -> Known | None:
    """The event that `event`, read in sentence `number`, refers back to, or None.

    A definite mention refers back to the nearest earlier event of its kind whose form is the same, or where one of
    the two forms is broad ("the attack" for a bombing), and of whose place and parties it says nothing different.
    """
    if not event.definite and event.match.rule.set.get("refers") != "back":
        return None
    for one in reversed(known):
        if number - one.number > _REACH:
            return None
        if one.event.kind != event.kind:
            continue
        here, there = record.get("form"), one.record.get("form")
        alike = here == there or _broad(forms, event.kind, here) or _broad(forms, event.kind, there)
        if alike and not _differ(one.record, record):
            return one
    return None


def _broad(forms: Mapping[tuple[str, str], Form], kind: str, form: str | None) -> bool:
    known = forms.get((kind, form or ""))
    return known is not None and known.broad


def _differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    for name in one.keys() & other.keys():
        first, second = one[name], other[name]
        if name in _OWN or not isinstance(first, Mapping) or not isinstance(second, Mapping) or name == "method":
            continue
        if first.get("id") and second.get("id"):
            if first["id"] != second["id"]:
                return True
        elif name == "place" and first.get("text") != second.get("text"):
            return True
    return False


def merge(one: Known, record: Mapping[str, Any]) -> None:
    """Add a later mention to an event: its words, and what it says that the first mention does not."""
    kept = one.record
    kept["mentions"] = [*kept.get("mentions", ()), record["trigger"]]
    for name, value in record.items():
        if name not in _OWN and value and not kept.get(name):
            kept[name] = value


def attack_of(
    claim: Mapping[str, Any], at: int, attacks: Sequence[tuple[Event, dict[str, Any]]]
) -> dict[str, Any] | None:
    """The attack of the same sentence that brought `claim` (its trigger at segment `at`) about, or None."""
    method = claim.get("method") or {}
    if method.get("type") in _NO_ATTACK:
        return None
    for event, record in attacks:
        if event.match.at == at or (method and method["start"] == record["trigger"]["start"]):
            return record
    if claim["outcome"] not in _OUTCOMES:
        return None
    near = [(abs(event.match.at - at), number) for number, (event, _) in enumerate(attacks)]
    return attacks[min(near)[1]][1] if near else None


def link(claim: dict[str, Any], attack: dict[str, Any]) -> None:
    """Note each on the other."""
    claim["event"] = attack["id"]
    attack["claims"] = [*attack.get("claims", ()), claim["id"]]


def share(event: dict[str, Any], at: int, told: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Give an event that only says by what a claim came about ("killed in an attack") what the claim says of itself.

    With no claim near, such words report nothing ("had a part in an attack"): background.
    """
    near = min(told, key=lambda one: abs(one[0] - at), default=None)
    if near is None or abs(near[0] - at) > _ADJUNCT:
        event["background"] = True
        return
    if near[1].get("background"):
        event["background"] = True
    # Not its polarity: an attack in which nobody was hurt took place.
    for name in ("certainty", "background"):
        cue = f"{name}_cue"
        if cue in near[1] and cue not in event:
            event[name], event[cue] = near[1][name], near[1][cue]
