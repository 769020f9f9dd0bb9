"""Why a record tells of these people or things, and so many: the reasons of what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from extractor.authoring.case import Case
from extractor.authoring.words import atoms


def _outcome(case: Case, value: Any) -> str:
    for key in ("outcome", "thing_outcome", "form"):
        if case.attributes(case.trigger).get(key) == value:
            return f"«{case.record['trigger']['text']}» is listed with {key} = {value}"
    return f"rule {case.record['rule']} sets it"


def _trigger(case: Case, _value: Any) -> str:
    return f"rule {case.record['rule']} fits around it"


def _count(case: Case, value: Any) -> str:
    head = case.group.get("head")
    if value is None:
        if head is None:
            return "no number stands with the victims"
        return f"no number stands with «{head['text']}», which is no singular or dual that tells one or two"
    if any(name["start"] == value["start"] for name in case.group.get("names", ())):
        return "a person told by name is one"
    if head is not None and value["start"] == head["start"]:
        number = {1: "a singular", 2: "a dual"}.get(value["low"], "a noun")
        return f"«{value['text']}» is {number}"
    if value["low"] == value["high"] == 1 and case.group.get("names"):
        return "a person told by name is one"
    bounds = " (a bound leaves the other end open)" if value["low"] is None or value["high"] is None else ""
    return f"read from «{value['text']}»{bounds}"


def _head(case: Case, value: Any) -> str:
    if value is None:
        text = case.group.get("text", "")
        return (
            f"«{text}» holds no noun that is listed for people or things: the text leaves it out, or no list knows it"
        )
    return "the noun of the set"


def _type(case: Case, value: Any) -> str:
    at = next(case.within(case.group["head"]), None) if case.group.get("head") else None
    said = case.attributes(at) if at is not None else {}
    if value in ("unknown", "other"):
        return "nothing in the words of the set says what they were"
    if said.get("type") == value:
        return f"«{case.group['head']['text']}» is listed with type = {value}"
    affiliation = case.group.get("affiliation")
    if affiliation:
        return f"by what «{affiliation['text']}» is"
    return "by the other words of the set, or by the set that it goes on from"


def _affiliation(case: Case, value: Any) -> str:
    if value is not None:
        return "named with the set, or taken over from the set that it goes on from"
    inside = set(case.within(case.group)) if case.group else set()
    others = case.listed(lambda at: at not in inside and bool(atoms(case.seen, at) & {"actor", "nationality"}))
    rest = f"; {others} in the rest of the sentence" if others else ""
    return f"no organisation or nationality stands among the words of the set{rest}"


def _names(_case: Case, value: Any) -> str:
    return "read as personal names" if value else "no personal name was read in the set"


def _part_of(_case: Case, value: Any) -> str:
    if value:
        return f"told as a part of {value}"
    return "no word before it says that it is a part of another set"


def _flag(case: Case, value: Any) -> str:
    cue = case.record.get("background_cue")
    return (f"by «{cue['text']}»" if cue else "by the rule") if value else "nothing says so"


SET_REASONS: Mapping[str, Callable[[Case, Any], str]] = {
    "outcome": _outcome,
    "form": _outcome,
    "trigger": _trigger,
    "count": _count,
    "head": _head,
    "type": _type,
    "affiliation": _affiliation,
    "names": _names,
    "part_of": _part_of,
    "cumulative": _flag,
    "background": _flag,
}
