"""How a text was read, sentence by sentence: words, chunks, rules, records and the reason of each field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.authoring.decisions import decisions
from extractor.authoring.families import TELLING, Families
from extractor.authoring.tried import TriedRules
from extractor.authoring.words import chunks, span, words
from extractor.engine import Extractor
from extractor.rules.load import parse
from extractor.rules.sources import without_vocabulary
from extractor.watch import Seen


def explain(
    text: str, extractor: Extractor, files: Mapping[str, bytes], *, published: str | None = None
) -> dict[str, Any]:
    """The explanation of `text` in plain values. `files` are the rule files that `extractor` was made of."""
    written = parse(without_vocabulary(files))
    families = Families(extractor.tools.rules)
    tried = TriedRules(extractor.rules, families, written)
    seen: list[Seen] = []
    # Records are completed after their sentence (a later one may add to an event): they are explained at the end.
    record = extractor.read(text, id="text", published=published, watcher=seen.append)
    return {
        "text": text,
        "published": published,
        "claims": sum(e["kind"] in ("casualty", "materiel") for e in record["events"]),
        "events": sum(e["kind"] not in ("casualty", "materiel") for e in record["events"]),
        "sentences": [_sentence(one, families, tried) for one in seen],
    }


def _sentence(seen: Seen, families: Families, tried: TriedRules) -> dict[str, Any]:
    start, end = seen.folded.span(seen.sentence.start, seen.sentence.end)
    rules = [] if seen.skipped else list(tried.at_triggers(seen))
    context = {f.name: list(f.found) for f in families.of(seen)}
    return {
        "text": seen.folded.original[start:end],
        "start": start,
        "end": end,
        "skipped": seen.skipped,
        "words": words(seen),
        "chunks": chunks(seen),
        "rules": rules,
        "verdict": _verdict(seen, rules),
        "left_over": _left_over(seen),
        "records": [{"record": dict(r), "fields": decisions(seen, r, context)} for r in seen.records],
    }


def _left_over(seen: Seen) -> list[dict[str, Any]]:
    """Phrases that could be sets of people or things, or counts, and that no claim took."""
    taken = {at for m in seen.kept for at in range(m.start, m.end)}
    layer = seen.layer
    places = [p for p in layer.names if taken.isdisjoint(range(layer.firsts[p], layer.lasts[p]))]
    return [
        {"chunk": layer.names[p], **span(seen, layer.firsts[p], layer.lasts[p])}
        for p in sorted(places)
        if {"head", "count", "name"} & layer.fields(p).keys()
    ]


def _verdict(seen: Seen, rules: list[dict[str, Any]]) -> str:
    """What the sentence came to, and if to nothing, why."""
    if seen.records:
        claims = sum(r["kind"] in ("casualty", "materiel") for r in seen.records)
        return f"{claims} claims, {len(seen.records) - claims} events"
    if seen.skipped:
        return "nothing: no word here is listed as one that a claim or an event can begin with"
    telling = [t for t in rules if t["family"] in TELLING]
    if not telling:
        return "nothing: no rule of claims or events has a trigger here"
    if seen.found:
        return "nothing: rules matched, but none gave a record (does the trigger's word have an outcome?)"
    near = max(
        ((t, r) for t in telling for r in t["rules"] if r["result"] == "no_match"),
        key=lambda pair: (pair[0]["family"] == "claims", pair[1]["fitted"]),
        default=None,
    )
    if near is None:
        return "nothing"
    trigger, rule = near
    return f"nothing: no rule fits; at «{trigger['trigger']['text']}» {rule['rule']} came furthest: {rule['why']}"
