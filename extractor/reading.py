"""The reading of one document: its sentences, the claims and events found in them, and the record of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from extractor.belonging import BelongingReader
from extractor.chunks import Chunker, Layer
from extractor.claim_records import claim_record
from extractor.claims import Claim, ClaimBuilder, in_order
from extractor.context.assertion import Assertion, AssertionReader
from extractor.context.attribution import Attribution, AttributionReader
from extractor.context.generic import GenericReader
from extractor.context.method_words import MethodMention
from extractor.context.methods import MethodReader
from extractor.context.perpetrators import Agent, Means, PerpetratorReader
from extractor.context.places import PlaceReader
from extractor.context.speech import SpeechReader
from extractor.context.times import TimeChooser
from extractor.deeds import Deeds
from extractor.event_links import Known, attack_of, link, merge, share, told_before
from extractor.event_records import EventRecords
from extractor.events import Event, EventReader
from extractor.match import Match, Matcher, RuleIndex, Span, Told
from extractor.resolve import resolve
from extractor.retold import place_again, place_parts
from extractor.sentence import Sentence, SentenceReader
from extractor.setting import Setting
from extractor.sieve import Sieve
from extractor.spans import Spans
from extractor.subsets import SubsetReader
from extractor.text.fold import Folded
from extractor.tolls import TollReader
from extractor.watch import Seen, Watcher

_KEPT: Final = 64  # sentences read that are kept at most; an earlier one that is asked for again is read again
_OPENING: Final = 3  # sentences that open a text and are asked for again and again
_SHORT: Final = 5  # sentences of a post, which its publisher's name may head
_SPEECH: Final = 8  # sentences that somebody speaks on for at most


class Tools(NamedTuple):
    """What reads a document; all of it depends on the rules alone."""

    reader: SentenceReader
    sieve: Sieve
    chunker: Chunker
    rules: RuleIndex
    claim_rules: Matcher
    source_rules: Matcher
    agent_rules: Matcher
    belonging_rules: Matcher
    builder: ClaimBuilder
    belonging: BelongingReader
    subsets: SubsetReader
    tolls: TollReader
    events: EventReader
    event_records: EventRecords
    sources: AttributionReader
    speech: SpeechReader
    methods: MethodReader
    perpetrators: PerpetratorReader
    assertion: AssertionReader
    generic: GenericReader
    places: PlaceReader
    times: TimeChooser
    identities: Mapping[str, tuple[str, ...]]
    actors: Mapping[str, Mapping[str, str]]
    countries: Mapping[str, Mapping[str, str]]


class DocumentReader:
    """The reading of one document: sentences read so far, claims and events found so far. Made anew for each text."""

    __deletable__ = ("_setting", "_deeds")  # for mypyc

    def __init__(
        self,
        tools: Tools,
        folded: Folded,
        spans: list[tuple[int, int]],
        published: date | datetime | None = None,
        watcher: Watcher | None = None,
    ) -> None:
        self._x = tools
        self._watcher = watcher
        self._folded = folded
        self._bounds = spans
        self._spans = Spans(folded, tools.identities, tools.actors, tools.countries)
        self._setting = Setting(tools.places, tools.times, folded, self._spans, self._sentence, len(spans), published)
        self._read: dict[int, _Read] = {}
        self._deeds = Deeds(
            tools.reader, tools.methods, tools.perpetrators, self._spans, self._at, self._agents, len(spans)
        )
        self._known: list[Known] = []
        self._claims: list[Claim] = []
        self._ids: dict[int, str] = {}
        self._people: dict[str, str] = {}  # last name -> what somebody told of was
        self._last: tuple[int, list[Claim], list[dict[str, Any]]] = (-1, [], [])
        self.events: list[dict[str, Any]] = []

    def finish(self) -> list[dict[str, Any]]:
        """The records of all sentences read, each claim with the finest place that any telling of it gives. Nothing can
        be read afterwards."""
        if len(self._claims) > 1:
            place_again(self.events)
            place_parts(self.events)
        # They call back to this reader: a circle, which only the search for garbage would free, and the text with it.
        del self._setting, self._deeds
        return self.events

    def _at(self, number: int) -> _Read:
        return self._read.get(number) or self._layered(number, self._sentence(number))

    def _layered(self, number: int, sentence: Sentence, met: int | None = None) -> _Read:
        read = self._read[number] = _Read(number, sentence, self._x.chunker.fold(sentence, met))
        return read

    def _agents(self, number: int) -> list[Match]:
        read = self._at(number)
        if read.agents is None:
            read.agents = list(self._x.agent_rules.matches(read.layer))
        return read.agents

    def _sentence(self, number: int) -> Sentence:
        """A sentence read word by word, its phrases not yet folded: enough for places and times."""
        known = self._read.get(number)
        return known.sentence if known else self._x.reader.read(self._folded.text, *self._bounds[number])

    def _attributions(self, read: _Read) -> list[Attribution]:
        if read.attributions is None:
            matches = list(self._x.source_rules.matches(read.layer))
            read.attributions = self._x.sources.attributions(read.sentence, matches)
        return read.attributions

    def sentence(self, number: int) -> None:
        """Read sentence `number` and add its claims and events."""
        x = self._x
        sentence = self._sentence(number)
        met = x.sieve.met(sentence)
        if self._watcher is None and met is None:
            return
        read = self._read.get(number) or self._layered(number, sentence, met)
        found = list(x.claim_rules.matches(read.layer))
        matches = resolve(found)
        told = [c for m in matches for c in x.builder.claims(sentence, m)]
        claims = list(in_order(c for c in told if not x.generic.generic(sentence, c)))
        general = {c.match.at for c in told}.difference(c.match.at for c in claims)
        parts = x.subsets.parts(sentence, read.layer, claims, self._claims)
        if parts:
            claims = list(in_order([*claims, *parts]))
        events = [e for e in x.events.events(sentence, read.layer) if e.match.at not in general]
        before = len(self.events)
        if claims or events:
            self._found(read, claims, events)
        if len(self._read) > _KEPT:
            self._forget(number)
        if self._watcher is not None:
            records = self.events[before:]
            self._watcher(Seen(x, self._folded, number, sentence, read.layer, found, matches, claims, records))

    def _forget(self, number: int) -> None:
        """Let go of what was read of sentences well before `number`, so that memory does not grow with the text."""
        for known in (self._read, self._setting.scenes, self._deeds.known):
            for old in [k for k in known if _OPENING <= k < number - _OPENING]:
                del known[old]

    def skipped(self, number: int, watcher: Watcher) -> None:
        """Show a sentence in which nothing can begin a claim or an event."""
        read = self._at(number)
        watcher(Seen(self._x, self._folded, number, read.sentence, read.layer, skipped=True))

    def _found(self, read: _Read, claims: list[Claim], events: list[Event]) -> None:
        context = self._context(read, {c.match.at for c in claims}, {e.match.at for e in events})
        context.spoken_of = self._x.events.spoken_of(events)
        said = self._x.belonging_rules.matches(read.layer)
        self._x.belonging.settle(read.sentence, claims, said, context.speaking)
        self._recall(read.sentence, claims)
        self._x.tolls.join(read.sentence, claims)
        if self._claims:
            self._x.tolls.join_told_again(claims, self._claims)
        records = self._claim_records(read, claims, context)
        self._deeds.adopt(read.number)
        context.told = [(c.match.at, r) for c, r in zip(claims, records, strict=True)]
        attacks = [pair for event in events if (pair := self._event(read, event, context)) and "claims" in pair[1]]
        for claim, record in zip(claims, records, strict=True):
            attack = attack_of(record, claim.match.at, attacks)
            if attack is not None:
                link(record, attack)

    def _recall(self, sentence: Sentence, claims: Sequence[Claim]) -> None:
        """Let somebody called by the last name alone be of the type that the text told with the full name."""
        for claim in claims:
            if claim.names:
                names = " ".join(sentence.words[claim.names[0][0] : claim.names[0][1]]).split(" ")
                if claim.type in (None, "unknown"):
                    claim.type = self._people.get(names[-1], claim.type)
                elif len(names) > 1:
                    self._people[names[-1]] = claim.type

    def _context(self, read: _Read, claims: set[int], events: set[int]) -> _Context:
        attributions = self._attributions(read)
        return _Context(
            attributions=attributions,
            agents=self._agents(read.number),
            methods=self._deeds.mentions(read.number),
            named={at for a in attributions for span in (a.source, a.relay) if span for at in range(span[0], span[1])},
            claims=claims,
            triggers=claims | events,
        )

    def _claim_records(self, read: _Read, claims: Sequence[Claim], context: _Context) -> list[dict[str, Any]]:
        x, sentence = self._x, read.sentence
        before: Claim | None = None
        last: tuple[Claim, Agent] | None = None
        assertion: Assertion | None = None
        asserted: dict[int, Assertion] = {}
        records = []
        for claim in claims:
            self._claims.append(claim)
            self._ids[id(claim)] = f"c{len(self._claims)}"
        for claim in claims:
            known = asserted.get(claim.match.at)
            if known is None:
                known = x.assertion.read(sentence, claim, context.claims, before, assertion)
                asserted[claim.match.at] = known
            assertion = known
            record = claim_record(self._spans, sentence, claim, self._ids)
            self._told(read, claim, record, assertion, context)
            last = self._deeds.add(read.number, claim, claims, record, last, context.speaking)
            records.append(record)
            before = claim
        self.events.extend(records)
        self._join_toll(read, claims, records)
        return records

    def _join_toll(self, read: _Read, claims: Sequence[Claim], records: list[dict[str, Any]]) -> None:
        """Make the claims of the sentence before parts of a toll told now that takes them in."""
        number, earlier, told = self._last
        if number == read.number - 1:
            self._x.tolls.join_earlier(read.sentence, claims, earlier)
            for part, record in zip(earlier, told, strict=True):
                if part.part_of is not None and record["part_of"] is None:
                    record["part_of"] = self._ids[id(part.part_of)]
        self._last = read.number, list(claims), records

    def _told(self, read: _Read, told: Told, record: dict[str, Any], assertion: Assertion, context: _Context) -> None:
        """Add what claims and events share: polarity, certainty, sources, place."""
        sentence = read.sentence
        speaking = context.spoken_of.get(told.match.at)
        if speaking is not None:
            assertion.note("background", speaking)
        record["polarity"], record["certainty"] = assertion.polarity, assertion.certainty
        record["background"] = assertion.background
        for name in ("polarity_cue", "certainty_cue", "background_cue"):
            cue = getattr(assertion, name)
            if cue is not None:
                record[name] = self._spans.span(sentence, (cue, cue + 1))
        record["sources"] = self._sources(read, context.attributions, told)
        # Only claims take place and time from outside their sentence.
        carry = isinstance(told, Claim)
        self._setting.settle(read.number, told, context.named, context.claims, context.triggers, record, carry=carry)

    def _event(self, read: _Read, event: Event, context: _Context) -> tuple[Event, dict[str, Any]] | None:
        """The record of `event`: added to the document, or merged into that of an event told before."""
        x, sentence = self._x, read.sentence
        method = x.methods.of_event(sentence, event, event.method, context.methods)
        form = event.form
        if method is not None and (form is None or form == event.method):
            form = method.type  # no finer than a method: follow the better word for that
        record = x.event_records.record(self._spans, sentence, event, form)
        assertion = x.assertion.read(sentence, event, context.triggers, None, None, roles=True)
        self._told(read, event, record, assertion, context)
        if x.assertion.adjunct(sentence, event):
            share(record, event.match.at, context.told)
        if "method" in x.event_records.fields(event.kind) and method is not None:
            record["method"] = {**self._spans.span(sentence, (method.at, method.at + 1)), "type": method.type}
        if "attacker" in x.event_records.fields(event.kind) and "attacker" not in record:
            agent = x.perpetrators.perpetrator(sentence, event, [event], context.agents, Means(None, ()), None)
            if agent is not None:
                record["attacker"] = self._spans.party(sentence, agent.span)
        earlier = told_before(self._known, read.number, event, record, x.event_records.forms)
        if earlier is not None:
            merge(earlier, record)
            return event, earlier.record
        if event.match.rule.set.get("refers") == "back":
            return None
        record["id"] = f"e{len(self._known) + 1}"
        if "claims" in x.event_records.fields(event.kind):
            record["claims"] = []
        self._known.append(Known(read.number, event, record))
        self.events.append(record)
        return event, record

    def _sources(self, read: _Read, attributions: list[Attribution], told: Told) -> list[dict[str, Any]]:
        x = self._x
        found = x.speech.covering(attributions, told)
        if not found and x.speech.goes_on(read.sentence, told):
            found = self._speaker_before(read.number)
        if not found and read.number and len(self._bounds) <= _SHORT:
            found = x.speech.label(self._attributions(self._at(0)))
        out = []
        for attribution in found:
            stance = attribution.stance if attribution.relay is None else "claims"
            sentence = attribution.sentence
            cue = self._spans.span(sentence, (attribution.cue, attribution.cue + 1))
            out.append({**self._spans.party(sentence, attribution.source), "cue": cue, "stance": stance})
            if attribution.relay is not None:
                out.append({**self._spans.party(sentence, attribution.relay), "cue": cue, "stance": "relays"})
        return out

    def _speaker_before(self, number: int) -> list[Attribution]:
        """The source that the sentences before leave open for what goes on: the last one named, however long he has
        been speaking."""
        passed = 0
        for earlier in range(number - 1, max(-1, number - 1 - _SPEECH), -1):
            read = self._at(earlier)
            known = self._attributions(read)
            if known:
                return known[-1:]
            passed += not self._x.speech.speaks_on(read.sentence)
            if passed > 1:
                break
        return []


class _Read:
    # No dataclass: of these mypyc leaves `__init__` to Python.
    def __init__(self, number: int, sentence: Sentence, layer: Layer) -> None:
        self.number = number
        self.sentence = sentence
        self.layer = layer
        self.attributions: list[Attribution] | None = None
        self.agents: list[Match] | None = None


class _Context:
    """What a sentence says around its claims and events. `speaking` are those whose words follow."""

    # No dataclass: of these mypyc leaves `__init__` to Python.
    def __init__(
        self,
        attributions: list[Attribution],
        agents: list[Match],
        methods: list[MethodMention],
        named: set[int],
        claims: set[int],
        triggers: set[int],
    ) -> None:
        self.attributions = attributions
        self.speaking: list[Span] = [a.source for a in attributions if a.covers == "after"]
        self.agents = agents
        self.methods = methods
        self.named = named
        self.claims = claims
        self.triggers = triggers
        self.told: list[tuple[int, dict[str, Any]]] = []
        self.spoken_of: Mapping[int, int] = {}
