"""`Extractor`: the one place that knows the order in which a text is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.chunks import Chunker
from extractor.claims import Claim, ClaimBuilder, continue_sets, in_order
from extractor.match import Matcher
from extractor.resolve import resolve
from extractor.rules.cache import load_rules
from extractor.rules.ruleset import CLAIM_RECORDS, RuleSet
from extractor.sentence import Sentence, SentenceReader
from extractor.text.fold import Folded, fold
from extractor.text.numbers import NumberReader, load_number_vocabulary
from extractor.text.tokens import blanked, sentences


class Extractor:
    """Reads claims out of texts. Immutable once made: threads may share it, and it pickles small.

    `rules` names folders of rule files that are layered over the shipped ones, or replace them with `replace=True`.
    Raises `extractor.rules.problems.RuleError` with every mistake if the rules cannot be loaded.
    """

    def __init__(self, rules: Sequence[str | Path] = (), *, replace: bool = False) -> None:
        self._arguments = (tuple(map(str, rules)), replace)
        self._rules: RuleSet = load_rules([Path(r) for r in rules], replace=replace)
        self._gate = self._rules.gate
        self._reader = SentenceReader(
            self._rules.lexicon, NumberReader(load_number_vocabulary(dict(self._rules.numbers)))
        )
        self._claim_rules = Matcher(r for r in self._rules.rules if r.record in CLAIM_RECORDS)
        self._chunker = Chunker(self._rules.chunks, self._rules.lexicon.codes)
        self._builder = ClaimBuilder(self._reader)

    def __reduce__(self) -> tuple[Any, ...]:
        return _make, self._arguments

    @property
    def rule_count(self) -> int:
        """Number of rules."""
        return len(self._rules.rules)

    def vocabulary_forms(self) -> list[str]:
        """Every folded surface form of the vocabulary; phrases as their words with single spaces."""
        lexicon = self._rules.lexicon
        phrases = [" ".join((first, *rest)) for first, rows in lexicon.phrases.items() for rest, _ in rows]
        return sorted({*lexicon.words, *phrases})

    def extract(
        self, text: str, *, id: str = "", title: str | None = None, published: str | None = None
    ) -> dict[str, Any]:
        """The record of one text, as a dict in the shape of `records.Document`, validated.

        `published` is an ISO date or date and time; times of events are resolved against it.
        """
        from extractor.records import Document

        return Document.model_validate(self.read(text, id=id, title=title, published=published)).model_dump(
            mode="json", by_alias=True
        )

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

    def read(self, text: str, *, id: str, title: str | None = None, published: str | None = None) -> dict[str, Any]:
        """As `extract`, not yet validated."""
        folded = fold(text)
        gate = self._gate
        events: list[dict[str, Any]] = []
        plain = blanked(folded.text)
        for start, end in sentences(folded.text):
            if gate.isdisjoint(plain[start:end].split()):
                continue
            self._sentence(folded, start, end, events)
        return {"id": id, "title": title, "published": published, "language": "ar", "events": events}

    def _sentence(self, folded: Folded, start: int, end: int, events: list[dict[str, Any]]) -> None:
        sentence = self._reader.read(folded.text, start, end)
        matches = resolve(self._claim_rules.matches(self._chunker.fold(sentence)))
        claims = [c for m in matches for c in self._builder.claims(sentence, m)]
        claims = list(in_order(claims))
        continue_sets(claims)
        ids: dict[int, str] = {}
        for claim in claims:
            ids[id(claim)] = f"c{len(events) + 1}"
            events.append(self._record(folded, sentence, claim, ids))

    def _span(self, folded: Folded, sentence: Sentence, start: int, end: int) -> dict[str, Any]:
        first, last = folded.span(sentence.starts[start], sentence.ends[end - 1])
        return {"text": folded.original[first:last], "start": first, "end": last}

    def _record(self, folded: Folded, sentence: Sentence, claim: Claim, ids: dict[int, str]) -> dict[str, Any]:
        def span(pair: tuple[int, int]) -> dict[str, Any]:
            return self._span(folded, sentence, *pair)

        first, last = folded.span(sentence.start, sentence.end)
        group: dict[str, Any] = span(claim.span)
        group["head"] = span(claim.head) if claim.head else None
        group["type"] = claim.type or ("other" if claim.kind == "materiel" else "unknown")
        group["affiliation"] = span(claim.affiliation) if claim.affiliation else None
        group["names"] = [span(n) for n in claim.names]
        count = None
        if claim.low is not None or claim.high is not None:
            where = claim.count or claim.head or claim.span
            count = {**span(where), "low": claim.low, "high": claim.high, "approx": claim.approx}
        return {
            "id": ids[id(claim)],
            "kind": claim.kind,
            "outcome": claim.outcome,
            "trigger": span((claim.match.at, claim.match.at + 1)),
            "count": count,
            "items" if claim.kind == "materiel" else "victims": group,
            "part_of": ids.get(id(claim.part_of)) if claim.part_of else None,
            "cumulative": claim.cumulative,
            "polarity": "affirmed",
            "certainty": "stated",
            "sources": [],
            "evidence": {"text": folded.original[first:last], "start": first, "end": last},
            "rule": claim.match.rule.id,
        }


def _make(rules: tuple[str, ...], replace: bool) -> Extractor:
    return Extractor(rules, replace=replace)
