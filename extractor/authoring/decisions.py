"""Why each field of a record has its value, or none: by the record's own evidence and by what the sentence holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from extractor.authoring.words import atoms, span
from extractor.match import Match
from extractor.watch import Seen

Decision = dict[str, Any]
_TIMES = frozenset({"date", "year", "time", "duration"})


def decisions(seen: Seen, record: Mapping[str, Any], context: Mapping[str, list[Match]]) -> list[Decision]:
    """Field, value and reason, in the order of the record. `context` holds the matches of the rules of context by
    family: `attribution`, `perpetrator`."""
    case = _Case(seen, record, context)
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


# What a record may leave out where it is null.
_OPTIONAL = ("perpetrator", "method", "place", "time")


def _with_nulls(record: Mapping[str, Any]) -> dict[str, Any]:
    claim = record["kind"] in ("casualty", "materiel")
    missing = _OPTIONAL if claim else ("place", "time")
    return {**record, **{name: None for name in missing if name not in record}}


class _Case:
    """One record with the sentence that it was read in."""

    def __init__(self, seen: Seen, record: Mapping[str, Any], context: Mapping[str, list[Match]]) -> None:
        self.seen = seen
        self.record = record
        self.context = context
        self.group: Mapping[str, Any] = record.get("victims") or record.get("items") or {}
        starts = {span(seen, at, at + 1)["start"]: at for at in range(len(seen.sentence))}
        self.trigger = starts.get(record["trigger"]["start"], 0)

    def attributes(self, at: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for reading in self.seen.tools.reader.readings(self.seen.sentence, at):
            found.update(reading.attributes)
        return found

    def within(self, value: Mapping[str, Any]) -> Iterator[int]:
        """Segments that lie inside a span of the record."""
        for at in range(len(self.seen.sentence)):
            here = span(self.seen, at, at + 1)
            if value["start"] <= here["start"] and here["end"] <= value["end"]:
                yield at

    def listed(self, wanted: Callable[[int], bool]) -> str:
        """The words of the sentence that meet a condition, in guillemets."""
        found = [span(self.seen, at, at + 1)["text"] for at in range(len(self.seen.sentence)) if wanted(at)]
        return ", ".join(f"«{text}»" for text in dict.fromkeys(found))


def _decision(case: _Case, name: str, value: Any) -> Decision:
    reason = _REASONS.get(name.rsplit(".", 1)[-1])
    why = reason(case, value) if reason else _other(case, value)
    return {"field": name, "value": _shown(value), "why": why}


def _shown(value: Any) -> Any:
    """A value as its text and what else it says, without offsets."""
    if isinstance(value, Mapping):
        return {k: _shown(v) for k, v in value.items() if k not in ("start", "end") and v is not None}
    if isinstance(value, list | tuple):
        return [_shown(v) for v in value]
    return value


def _outcome(case: _Case, value: Any) -> str:
    for key in ("outcome", "thing_outcome", "form"):
        if case.attributes(case.trigger).get(key) == value:
            return f"«{case.record['trigger']['text']}» is listed with {key} = {value}"
    return f"rule {case.record['rule']} sets it"


def _trigger(case: _Case, _value: Any) -> str:
    return f"rule {case.record['rule']} fits around it"


def _count(case: _Case, value: Any) -> str:
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


def _head(case: _Case, value: Any) -> str:
    if value is None:
        text = case.group.get("text", "")
        return (
            f"«{text}» holds no noun that is listed for people or things: the text leaves it out, or no list knows it"
        )
    return "the noun of the set"


def _type(case: _Case, value: Any) -> str:
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


def _affiliation(case: _Case, value: Any) -> str:
    if value is not None:
        return "named with the set, or taken over from the set that it goes on from"
    inside = set(case.within(case.group)) if case.group else set()
    others = case.listed(lambda at: at not in inside and bool(atoms(case.seen, at) & {"actor", "nationality"}))
    rest = f"; {others} stand elsewhere in the sentence" if others else ""
    return f"no organisation or nationality stands among the words of the set{rest}"


def _names(_case: _Case, value: Any) -> str:
    return "read as personal names" if value else "no personal name was read in the set"


def _part_of(_case: _Case, value: Any) -> str:
    if value:
        return f"told as a part of {value}"
    return "no word before it says that it is a part of another set"


def _flag(case: _Case, value: Any) -> str:
    cue = case.record.get("background_cue")
    return (f"by «{cue['text']}»" if cue else "by the rule") if value else "nothing says so"


def _polarity(case: _Case, _value: Any) -> str:
    return _by_cue(case, "polarity", ("denied",), "no word of denial reaches it")


def _certainty(case: _Case, _value: Any) -> str:
    return _by_cue(case, "certainty", ("hedged", "unrealized"), "no word that hedges it or leaves it open reaches it")


def _by_cue(case: _Case, name: str, kinds: tuple[str, ...], otherwise: str) -> str:
    cue = case.record.get(f"{name}_cue")
    if cue is not None:
        return f"by «{cue['text']}»{_how(case, cue)}"
    cues = [at for at in range(len(case.seen.sentence)) if case.attributes(at).get("cue_kind") in kinds]
    return "; ".join([otherwise, *(f"«{span(case.seen, at, at + 1)['text']}»{_reach(case, at)}" for at in cues)])


def _how(case: _Case, cue: Mapping[str, Any]) -> str:
    at = next(case.within(cue), None)
    if at is None:
        return ", in another sentence"
    if "cue_kind" in case.attributes(at):
        return _reach(case, at)
    return ", by its form or by the rule" if at == case.trigger else ", a preposition that makes the deed a purpose"


def _reach(case: _Case, at: int) -> str:
    """How far a cue reaches and where the trigger stands."""
    said = case.attributes(at)
    side = "after" if at < case.trigger else "before"
    return (
        f", listed as {said['cue_kind']} for what stands {said.get('side')} it, {said.get('reach')} words far; "
        f"the trigger stands {abs(at - case.trigger)} words {side} it"
    )


def _sources(case: _Case, value: Any) -> str:
    if value:
        return "; ".join(f"«{s['text']}» by «{s['cue']['text']}»" for s in value if s.get("cue")) or "named"
    found = [m for m in case.context.get("attribution", ()) if "source" in m.captures]
    if found:
        notes = []
        for match in found:
            text = span(case.seen, *match.captures["source"][-1])["text"]
            side = match.rule.set.get("covers", "after")
            where = "before" if case.trigger < match.at else "after"
            notes.append(f"{match.rule.id} reads «{text}», but covers what stands {side} it and this stands {where} it")
        return "; ".join(notes)
    reporting = case.listed(lambda at: bool(atoms(case.seen, at) & {"report_verb", "relay_verb", "according_to"}))
    if reporting:
        return f"{reporting} can report, but no rule of sources finds who says it"
    return "no word in the sentence reports: the narrator says it"


def _perpetrator(case: _Case, value: Any) -> str:
    if value is not None:
        return "named by the rule of the claim, or by a rule of perpetrators"
    found = [m for m in case.context.get("perpetrator", ()) if "agent" in m.captures]
    if found:
        texts = ", ".join(f"«{span(case.seen, *m.captures['agent'][-1])['text']}» ({m.rule.id})" for m in found)
        return f"{texts} was read as the one who did something, but belongs to the set itself"
    actors = case.listed(lambda at: "actor" in atoms(case.seen, at))
    rest = f": {actors} is named, but no rule ties it to the deed" if actors else ""
    return f"no rule of perpetrators fits in the sentence{rest}"


def _method(case: _Case, value: Any) -> str:
    if value is not None:
        return f"«{value['text']}» is listed with method = {value['type']}"
    words = case.listed(lambda at: "method" in case.attributes(at))
    return f"{words} can tell of a method, but none suits" if words else "no word of the sentence tells of a method"


def _place(case: _Case, value: Any) -> str:
    if value is not None:
        return (
            "a listed place" if value.get("name") else "read as a place by the word that leads it in; no list knows it"
        )
    known = case.listed(lambda at: bool(atoms(case.seen, at) & {"place", "capital"}))
    if known:
        return f"{known} can be a place, but nothing leads it in as the place of the event (in, at, the town of)"
    return "no listed place, and no word for a kind of place before an unknown one, stands in the sentence"


def _time(case: _Case, value: Any) -> str:
    if value is not None:
        return "read from the text" if value.get("from") else "read from the text, but no date to count from is known"
    dates = case.listed(lambda at: bool(atoms(case.seen, at) & _TIMES))
    return f"{dates} was not taken as its time" if dates else "no date and no word of time was read for it"


def _event(_case: _Case, value: Any) -> str:
    return f"tied to the attack {value}" if value else "no attack told in the text is tied to it"


def _other(case: _Case, value: Any) -> str:
    if value in (None, [], ()):
        return f"rule {case.record['rule']} captured nothing for it"
    return f"by rule {case.record['rule']}, or by what its words are listed with"


_REASONS: Mapping[str, Callable[[_Case, Any], str]] = {
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
    "polarity": _polarity,
    "certainty": _certainty,
    "sources": _sources,
    "perpetrator": _perpetrator,
    "method": _method,
    "place": _place,
    "time": _time,
    "event": _event,
}
