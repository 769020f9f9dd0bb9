"""The reading of one document: its sentences, the claims found in them, and the record of each claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extractor.chunks import Chunker, Layer
from extractor.claims import Claim, ClaimBuilder, continue_sets, in_order
from extractor.context.agents import AgentReader
from extractor.context.assertion import Assertion, AssertionReader
from extractor.context.attribution import Attribution, AttributionReader
from extractor.context.places import PlaceReader
from extractor.match import Matcher
from extractor.resolve import resolve
from extractor.sentence import Sentence, SentenceReader
from extractor.text.fold import Folded
from extractor.watch import Seen, Watcher


@dataclass(frozen=True, slots=True)
class Tools:
    """What reads a document; all of it depends on the rules alone."""

    reader: SentenceReader
    chunker: Chunker
    claim_rules: Matcher
    source_rules: Matcher
    agent_rules: Matcher
    builder: ClaimBuilder
    sources: AttributionReader
    agents: AgentReader
    assertion: AssertionReader
    places: PlaceReader
    identities: Mapping[str, tuple[str, ...]]
    actors: Mapping[str, Mapping[str, str]]


class DocumentReader:
    """The reading of one document: sentences read so far, claims found so far. Made anew for each text."""

    def __init__(
        self, tools: Tools, folded: Folded, spans: list[tuple[int, int]], watcher: Watcher | None = None
    ) -> None:
        self._x = tools
        self._watcher = watcher
        self._folded = folded
        self._spans = spans
        self._read: dict[int, _Read] = {}
        self.events: list[dict[str, Any]] = []

    def _at(self, number: int) -> _Read:
        known = self._read.get(number)
        if known is None:
            sentence = self._x.reader.read(self._folded.text, *self._spans[number])
            known = self._read[number] = _Read(sentence, self._x.chunker.fold(sentence))
        return known

    def _attributions(self, read: _Read) -> list[Attribution]:
        if read.attributions is None:
            matches = list(self._x.source_rules.matches(read.layer))
            read.attributions = self._x.sources.attributions(read.sentence, matches)
        return read.attributions

    def sentence(self, number: int) -> None:
        """Read sentence `number` and add its claims."""
        x = self._x
        read = self._at(number)
        sentence = read.sentence
        found = list(x.claim_rules.matches(read.layer))
        matches = resolve(found)
        claims = list(in_order(c for m in matches for c in x.builder.claims(sentence, m)))
        before = len(self.events)
        if claims:
            self._claims(number, read, claims)
        if self._watcher is not None:
            records = self.events[before:]
            self._watcher(Seen(x, self._folded, number, sentence, read.layer, found, matches, claims, records))

    def skipped(self, number: int, watcher: Watcher) -> None:
        """Show a sentence in which nothing can begin a claim."""
        read = self._at(number)
        watcher(Seen(self._x, self._folded, number, read.sentence, read.layer, skipped=True))

    def _claims(self, number: int, read: _Read, claims: list[Claim]) -> None:
        x = self._x
        sentence = read.sentence
        continue_sets(claims)
        attributions = self._attributions(read)
        agents = list(x.agent_rules.matches(read.layer))
        methods = x.agents.methods(sentence)
        places = x.places.mentions(sentence)
        named = {at for a in attributions for span in (a.source, a.relay) if span for at in range(*span)}
        triggers = {c.match.at for c in claims}
        ids: dict[int, str] = {}
        before: Claim | None = None
        assertion: Assertion | None = None
        for claim in claims:
            ids[id(claim)] = f"c{len(self.events) + 1}"
            if assertion is None or before is None or claim.match is not before.match:
                assertion = x.assertion.read(sentence, claim, triggers, before, assertion)
            record = self._record(sentence, claim, ids)
            record["polarity"], record["certainty"] = assertion.polarity, assertion.certainty
            for name, cue in (("polarity_cue", assertion.polarity_cue), ("certainty_cue", assertion.certainty_cue)):
                if cue is not None:
                    record[name] = self._span(sentence, (cue, cue + 1))
            record["sources"] = self._sources(number, read, attributions, claim)
            method = x.agents.method(sentence, claim, methods)
            if method is not None:
                record["method"] = {**self._span(sentence, (method.at, method.at + 1)), "type": method.type}
            agent = x.agents.perpetrator(sentence, claim, agents)
            if agent is not None:
                record["perpetrator"] = self._party(sentence, agent)
            place = x.places.place(claim, places, named)
            if place is not None:
                record["place"] = {**self._span(sentence, place.span), **x.places.facts(place)}
            self.events.append(record)
            before = claim

    def _sources(self, number: int, read: _Read, attributions: list[Attribution], claim: Claim) -> list[dict[str, Any]]:
        x = self._x
        found = x.sources.covering(attributions, claim)
        if not found and x.sources.open_cue(read.sentence, claim) is not None:
            for earlier in range(number - 1, max(-1, number - 3), -1):
                known = self._attributions(self._at(earlier))
                if known:
                    found = known[-1:]
                    break
        out = []
        for attribution in found:
            stance = attribution.stance if attribution.relay is None else "claims"
            cue = self._span(attribution.sentence, (attribution.cue, attribution.cue + 1))
            out.append({**self._party(attribution.sentence, attribution.source), "cue": cue, "stance": stance})
            if attribution.relay is not None:
                out.append({**self._party(attribution.sentence, attribution.relay), "cue": cue, "stance": "relays"})
        return out

    def _span(self, sentence: Sentence, pair: tuple[int, int]) -> dict[str, Any]:
        first, last = self._folded.span(sentence.starts[pair[0]], sentence.ends[pair[1] - 1])
        return {"text": self._folded.original[first:last], "start": first, "end": last}

    def _party(self, sentence: Sentence, pair: tuple[int, int]) -> dict[str, Any]:
        """A span with the id and English name of the first body in it that the vocabulary knows."""
        out = self._span(sentence, pair)
        for at in range(*pair):
            for identity in self._x.identities.get(sentence.words[at], ()):
                if identity.startswith("actor:"):
                    return {**out, "id": identity[6:], "name": self._x.actors[identity[6:]]["name"]}
        return out

    def _first_word(self, sentence: Sentence, at: int) -> dict[str, Any]:
        """The first word of a segment: a head is one word, also where the vocabulary knows it as a phrase."""
        start = sentence.starts[at]
        text = self._folded.text[start : sentence.ends[at]]
        first, last = self._folded.span(start, start + len(text.split(" ", 1)[0]))
        return {"text": self._folded.original[first:last], "start": first, "end": last}

    def _record(self, sentence: Sentence, claim: Claim, ids: dict[int, str]) -> dict[str, Any]:
        first, last = self._folded.span(sentence.start, sentence.end)
        group: dict[str, Any] = self._span(sentence, claim.span)
        group["head"] = self._first_word(sentence, claim.head[0]) if claim.head else None
        group["type"] = claim.type or ("other" if claim.kind == "materiel" else "unknown")
        group["affiliation"] = self._party(sentence, claim.affiliation) if claim.affiliation else None
        group["names"] = [self._span(sentence, n) for n in claim.names]
        count = None
        if claim.low is not None or claim.high is not None:
            where = claim.count or claim.head or claim.span
            count = {**self._span(sentence, where), "low": claim.low, "high": claim.high, "approx": claim.approx}
        return {
            "id": ids[id(claim)],
            "kind": claim.kind,
            "outcome": claim.outcome,
            "trigger": self._span(sentence, (claim.match.at, claim.match.at + 1)),
            "count": count,
            "items" if claim.kind == "materiel" else "victims": group,
            "part_of": ids.get(id(claim.part_of)) if claim.part_of else None,
            "cumulative": claim.cumulative,
            "evidence": {"text": self._folded.original[first:last], "start": first, "end": last},
            "rule": claim.match.rule.id,
        }


@dataclass(slots=True)
class _Read:
    sentence: Sentence
    layer: Layer
    attributions: list[Attribution] | None = None
