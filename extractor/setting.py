"""Where a document's claims and events happened: from their own sentence, else from a claim before or the lead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from typing import Any

from extractor.context.mentions import PlaceMention
from extractor.context.places import PlaceReader
from extractor.match import Told
from extractor.sentence import Sentence
from extractor.spans import Spans
from extractor.text.fold import Folded

_RECENT = 2  # sentences back to a claim whose place still holds
_LEAD = 3  # sentences that open a text: its title and the first two


class Setting:
    """The places of one document as they come to be known. Made anew for each text.

    `sentence_at` reads sentence number n of the document, `count` is how many there are.
    """

    def __init__(
        self, places: PlaceReader, folded: Folded, spans: Spans, sentence_at: Callable[[int], Sentence], count: int
    ) -> None:
        self._places = places
        self._folded = folded
        self._spans = spans
        self._sentence_at = sentence_at
        self._count = count
        self._told: tuple[int, Sentence, PlaceMention] | None = None
        self._opening: list[tuple[Sentence, PlaceMention]] | None = None
        self._counted: Mapping[str, int] | None = None

    def place(
        self,
        number: int,
        told: Told,
        mentions: Sequence[PlaceMention],
        taken: Collection[int],
        triggers: Set[int],
    ) -> dict[str, Any] | None:
        """The record of the place that sentence `number` names for `told`, None where it names none.

        `mentions` are the places of the sentence, `taken` the words of its sources, `triggers` those of all claims.
        """
        sentence = self._sentence_at(number)
        mention = self._places.place(sentence, told, mentions, taken, triggers, self._countries)
        return None if mention is None else self._record(sentence, mention, "sentence")

    def place_of_claim(
        self,
        number: int,
        told: Told,
        mentions: Sequence[PlaceMention],
        taken: Collection[int],
        triggers: Set[int],
    ) -> dict[str, Any] | None:
        """As `place`, and where the sentence names none that of the claim shortly before it or of the lead."""
        sentence = self._sentence_at(number)
        mention = self._places.place(sentence, told, mentions, taken, triggers, self._countries)
        if mention is not None:
            self._told = number, sentence, mention
            return self._record(sentence, mention, "sentence")
        options = [o for o in self._lead() if o[0] is not sentence]
        if self._told is not None and number - self._told[0] <= _RECENT:
            options.insert(0, self._told[1:])
        if not options:
            return None
        where, mention = min(options, key=lambda o: o[1].fineness)
        return self._record(where, mention, "earlier" if self._told and mention is self._told[2] else "lead")

    def _record(self, sentence: Sentence, mention: PlaceMention, scope: str) -> dict[str, Any]:
        span = self._spans.span(sentence, mention.span)
        return {**span, **self._places.gazetteer.facts(mention, self._countries), "scope": scope}

    def _lead(self) -> list[tuple[Sentence, PlaceMention]]:
        """The places that the title and the first sentences are about."""
        if self._opening is None:
            self._opening = []
            for early in range(min(self._count, _LEAD)):
                sentence = self._sentence_at(early)
                mention = self._places.main(self._places.mentions(sentence), self._countries)
                if mention is not None:
                    self._opening.append((sentence, mention))
        return self._opening

    def _countries(self) -> Mapping[str, int]:
        """How often the text names each country, its places and its people; counted when first asked for."""
        if self._counted is None:
            self._counted = self._places.gazetteer.countries_in(self._folded.text)
        return self._counted
