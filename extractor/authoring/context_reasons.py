"""Why a record is affirmed or denied, and why it has its sources, perpetrator, means, place and time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from extractor.authoring.case import Case
from extractor.authoring.words import atoms, span

_TIMES = frozenset({"date", "year", "time", "duration"})


def _polarity(case: Case, _value: Any) -> str:
    return _by_cue(case, "polarity", ("denied",), "no word of denial reaches it")


def _certainty(case: Case, _value: Any) -> str:
    return _by_cue(case, "certainty", ("hedged", "unrealized"), "no word that hedges it or leaves it open reaches it")


def _by_cue(case: Case, name: str, kinds: tuple[str, ...], otherwise: str) -> str:
    cue = case.record.get(f"{name}_cue")
    if cue is not None:
        return f"by «{cue['text']}»{_how(case, cue)}"
    cues = [at for at in range(len(case.seen.sentence)) if case.attributes(at).get("cue_kind") in kinds]
    return "; ".join([otherwise, *(f"«{span(case.seen, at, at + 1)['text']}»{_reach(case, at)}" for at in cues)])


def _how(case: Case, cue: Mapping[str, Any]) -> str:
    at = next(case.within(cue), None)
    if at is None:
        return ", in another sentence"
    if "cue_kind" in case.attributes(at):
        return _reach(case, at)
    return ", by its form or by the rule" if at == case.trigger else ", a preposition that makes the deed a purpose"


def _reach(case: Case, at: int) -> str:
    """How far a cue reaches and where the trigger stands."""
    said = case.attributes(at)
    side = "after" if at < case.trigger else "before"
    return (
        f", listed as {said['cue_kind']} for what stands {said.get('side')} it, {said.get('reach')} words far at most; "
        f"the trigger stands {abs(at - case.trigger)} words {side} it"
    )


def _sources(case: Case, value: Any) -> str:
    if value:
        told = [s for s in value if s.get("cue")]
        said = [f"«{s['text']}» by «{s['cue']['text']}»{_by_rule(case, 'attribution', 'source', s)}" for s in told]
        return "; ".join(said) or "named"
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


def _by_rule(case: Case, family: str, capture: str, value: Mapping[str, Any]) -> str:
    """The rule of context that captured a span, if one of this sentence did."""
    for match in case.context.get(family, ()):
        if any(span(case.seen, *pair)["start"] == value["start"] for pair in match.captures.get(capture, ())):
            return f", rule {match.rule.id}"
    return ""


def _perpetrator(case: Case, value: Any) -> str:
    if value is not None:
        rule = _by_rule(case, "perpetrator", "agent", value)
        return f"named{rule}" if rule else "named by the rule of the claim, or told in another sentence"
    found = [m for m in case.context.get("perpetrator", ()) if "agent" in m.captures]
    if found:
        texts = ", ".join(f"«{span(case.seen, *m.captures['agent'][-1])['text']}» ({m.rule.id})" for m in found)
        return f"{texts} was read as the one who did something, but belongs to the set itself"
    actors = case.listed(lambda at: "actor" in atoms(case.seen, at))
    rest = f": {actors}: named, but no rule ties this to the deed" if actors else ""
    return f"no rule of perpetrators fits in the sentence{rest}"


def _method(case: Case, value: Any) -> str:
    if value is not None:
        return f"«{value['text']}» is listed with method = {value['type']}"
    words = case.listed(lambda at: "method" in case.attributes(at))
    return f"{words} can tell of a method, but none suits" if words else "no word of the sentence tells of a method"


def _place(case: Case, value: Any) -> str:
    if value is not None:
        return (
            "a listed place" if value.get("name") else "read as a place by the word that leads it in; no list knows it"
        )
    known = case.listed(lambda at: bool(atoms(case.seen, at) & {"place", "capital"}))
    if known:
        return f"{known} can be a place, but nothing leads it in as the place of the event (in, at, the town of)"
    return "no listed place, and no word for a kind of place before an unknown one, stands in the sentence"


def _time(case: Case, value: Any) -> str:
    if value is not None:
        return "read from the text" if value.get("from") else "read from the text, but no date to count from is known"
    dates = case.listed(lambda at: bool(atoms(case.seen, at) & _TIMES))
    return f"{dates} was not taken as its time" if dates else "no date and no word of time was read for it"


def _event(_case: Case, value: Any) -> str:
    return f"tied to the attack {value}" if value else "no attack told in the text is tied to it"


CONTEXT_REASONS: Mapping[str, Callable[[Case, Any], str]] = {
    "polarity": _polarity,
    "certainty": _certainty,
    "sources": _sources,
    "perpetrator": _perpetrator,
    "method": _method,
    "place": _place,
    "time": _time,
    "event": _event,
}
