"""`Extractor`: the one place that knows the order in which a text is read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.belonging import BelongingReader
from extractor.chunks import Chunker
from extractor.claims import ClaimBuilder
from extractor.context.assertion import AssertionReader
from extractor.context.attribution import AttributionReader
from extractor.context.gazetteer import Gazetteer
from extractor.context.generic import GenericReader
from extractor.context.mentions import MentionReader
from extractor.context.methods import MethodReader
from extractor.context.perpetrators import PerpetratorReader
from extractor.context.place_names import PlaceNames
from extractor.context.places import PlaceReader
from extractor.context.speech import SpeechReader
from extractor.context.times import TimeChooser
from extractor.event_records import EventRecords
from extractor.events import EventReader
from extractor.gate import SentenceGate
from extractor.match import Matcher, RuleIndex
from extractor.metadata import MetadataReader
from extractor.reading import DocumentReader, Tools
from extractor.rules.cache import load_files, load_rules
from extractor.rules.ruleset import CLAIM_RECORDS, RuleSet
from extractor.sentence import SentenceReader
from extractor.sieve import Sieve
from extractor.subsets import SubsetReader
from extractor.text.dates import TimeReader
from extractor.text.fold import fold
from extractor.text.tokens import sentences
from extractor.tolls import TollReader
from extractor.watch import Watcher

# Characters, some hundred news texts: what they cost more with the vocabulary still packed is as much as unpacking it.
_MANY = 200_000


class Extractor:
    """Reads claims out of texts. Immutable once made: threads may share it, and it pickles small.

    `rules` names folders of rule files that are layered over the shipped ones, or replace them with `replace=True`.
    Raises `extractor.rules.problems.RuleError` with every mistake if the rules cannot be loaded.
    """

    def __init__(self, rules: Sequence[str | Path] = (), *, replace: bool = False) -> None:
        self._arguments: tuple[Any, ...] = (tuple(map(str, rules)), replace)
        self._begin(load_rules([Path(r) for r in rules], replace=replace))

    @classmethod
    def of_files(cls, files: Mapping[str, bytes]) -> Extractor:
        """An extractor with the rule files `files`, named as `extractor.rules.sources.read_files` names them.

        Raises RuleError with every mistake in them.
        """
        made = cls.__new__(cls)
        made._arguments = (dict(files),)
        made._begin(load_files(files))
        return made

    @classmethod
    def of_rules(cls, rules: RuleSet) -> Extractor:
        """An extractor with a rule set that is compiled already; it cannot be pickled."""
        made = cls.__new__(cls)
        made._arguments = ()
        made._begin(rules)
        return made

    def _begin(self, rules: RuleSet) -> None:
        self._rules = rules
        self._gate = SentenceGate(self._rules.gate, self._rules.gate_pairs, self._rules.gate_groups)
        self._tools = _tools(self._rules)
        self._metadata = MetadataReader(self._tools.times.times, self._rules.furniture)
        self._characters = 0  # read so far
        self._unpacked = False

    def prepare(self) -> None:
        """Read what is still packed, so that every look-up is as fast as it can be.

        Worth it before many texts, and before a process forks; it is done at the latest when it is `due`.
        """
        if self._unpacked:
            return
        from extractor.rules.packed import whole

        self._unpacked = True
        self._rules = whole(self._rules)
        self._gate = SentenceGate(self._rules.gate, self._rules.gate_pairs, self._rules.gate_groups)
        self._tools = _tools(self._rules)
        self._tools.reader.prepare()
        self._tools.chunker.prepare()
        self._tools.rules.prepare()

    @property
    def due(self) -> bool:
        """Whether so much has been read that `prepare` would have been worth its time, about a second."""
        return self._characters > _MANY and not self._unpacked

    def __reduce__(self) -> tuple[Any, ...]:
        return _make, self._arguments

    @property
    def tools(self) -> Tools:
        """What reads documents with these rules, part by part (for those who look after rules)."""
        self.prepare()
        return self._tools

    @property
    def rules(self) -> RuleSet:
        """The compiled rules."""
        self.prepare()
        return self._rules

    @property
    def rule_count(self) -> int:
        """Number of rules."""
        return len(self._rules.rules)

    def vocabulary_forms(self) -> list[str]:
        """Every folded surface form of the vocabulary; phrases as their words with single spaces."""
        lexicon = self.rules.lexicon
        phrases = [f"{first} {rest}" for first, rows in lexicon.phrases.items() for rest in rows]
        return sorted({*lexicon.words, *phrases})

    def extract(
        self, text: str, *, id: str = "", title: str | None = None, published: str | None = None
    ) -> dict[str, Any]:
        """The record of one text, as a dict in the shape of `records.Document`, validated.

        `published` is an ISO date or date and time; times of events are resolved against it.
        """
        from extractor.records.validation import validated

        return validated(self.read(text, id=id, title=title, published=published))

    def extract_many(self, texts: Iterable[str | Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Records of many texts, one after another; a mapping gives `text` and may give `id`, `title`, `published`."""
        for number, item in enumerate(texts):
            if isinstance(item, str):
                yield self.extract(item, id=str(number))
            else:
                yield self.extract(
                    item["text"],
                    id=str(item.get("id", number)),
                    title=item.get("title"),
                    published=item.get("published"),
                )

    def read(
        self,
        text: str,
        *,
        id: str,
        title: str | None = None,
        published: str | None = None,
        watcher: Watcher | None = None,
    ) -> dict[str, Any]:
        """As `extract`, not yet validated. `watcher` is shown every sentence in turn."""
        if self.due or len(text) > _MANY:
            self.prepare()
        self._characters += len(text)
        folded = fold(text)
        told = self._metadata.read(folded, title, published)
        spans = sentences(folded.text)
        if told.aside:
            spans = _outside(spans, told.aside)
        document = DocumentReader(self._tools, folded, spans, told.day, watcher)
        for number, is_open in enumerate(self._gate.open(folded.text, spans)):
            if is_open:
                document.sentence(number)
            elif watcher is not None:
                document.skipped(number, watcher)
        return {
            "id": id,
            "title": told.title,
            "published": told.published,
            "language": "ar",
            "events": document.finish(),
        }


def _make(*arguments: Any) -> Extractor:
    if len(arguments) == 1:
        return Extractor.of_files(arguments[0])
    rules, replace = arguments
    return Extractor(rules, replace=replace)


def _tools(rules: RuleSet) -> Tools:
    """The readers of one rule set."""
    reader = SentenceReader(rules.lexicon, rules.numbers)
    index = RuleIndex(rules.rules, rules.triggers, rules.neighbours)
    builder = ClaimBuilder(reader)
    names = PlaceNames(reader)
    sources = AttributionReader(reader, rules.lexicon.identities, rules.actors)
    return Tools(
        reader=reader,
        sieve=Sieve(rules.demands),
        chunker=Chunker(rules.chunks, rules.openers, rules.seconds, rules.lexicon.codes, rules.demands.bits),
        rules=index,
        claim_rules=Matcher(index, CLAIM_RECORDS),
        source_rules=Matcher(index, ("attribution",)),
        agent_rules=Matcher(index, ("perpetrator",)),
        belonging_rules=Matcher(index, ("belonging",)),
        belonging=BelongingReader(reader),
        builder=builder,
        subsets=SubsetReader(index, builder),
        tolls=TollReader(reader),
        events=EventReader(reader, Matcher(index, rules.roles), rules.roles, rules.forms),
        event_records=EventRecords(rules.roles, rules.forms),
        sources=sources,
        speech=SpeechReader(reader, sources),
        methods=MethodReader(reader),
        perpetrators=PerpetratorReader(reader, rules.lexicon.identities, rules.actors),
        assertion=AssertionReader(reader),
        generic=GenericReader(reader),
        identities=rules.lexicon.identities,
        actors=rules.actors,
        times=TimeChooser(TimeReader(rules.times), names),
        countries=rules.countries,
        places=PlaceReader(
            MentionReader(names, rules.lexicon.identities, rules.places),
            Gazetteer(
                rules.lexicon.identities,
                rules.places,
                rules.countries,
                rules.lexicon.weak_places,
            ),
        ),
    )


def _outside(spans: Sequence[tuple[int, int]], aside: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that do not begin in one of those of `aside`, which are in order."""
    starts = [start for start, _ in aside]
    kept = []
    for span in spans:
        at = bisect_right(starts, span[0]) - 1
        if at < 0 or span[0] >= aside[at][1]:
            kept.append(span)
    return kept
