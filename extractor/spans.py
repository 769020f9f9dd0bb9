"""Segments of a sentence turned into the spans of the original text that records show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.match import Span
from extractor.rules.lexicon import AL
from extractor.sentence import Sentence
from extractor.text.fold import Folded


def identities_of(identities: Mapping[str, tuple[str, ...]], word: str) -> tuple[str, ...]:
    """What a segment can refer to; an adjective with the article is looked up without it too."""
    found = identities.get(word, ())
    return found or (identities.get(word[2:], ()) if word.startswith(AL) else ())


class Spans:
    """Spans of one document, with the bodies in them that the vocabulary knows."""

    def __init__(
        self,
        folded: Folded,
        identities: Mapping[str, tuple[str, ...]],
        actors: Mapping[str, Mapping[str, str]],
        countries: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._folded = folded
        self._identities = identities
        self._actors = actors
        self._countries = countries

    def whole(self, sentence: Sentence) -> dict[str, Any]:
        """The sentence."""
        return self.between(sentence.start, sentence.end)

    def span(self, sentence: Sentence, pair: Span) -> dict[str, Any]:
        """Text and offsets of the segments `pair`."""
        return self.between(sentence.starts[pair[0]], sentence.ends[pair[1] - 1])

    def party(self, sentence: Sentence, pair: Span, skip: int = 0) -> dict[str, Any]:
        """A span with the id and English name of the first body in it that the vocabulary knows, else of its country.

        `skip` words at the beginning of the first segment, which is a phrase then, are left out.
        """
        words = sentence.words[pair[0] : pair[1]]
        out = self.span(sentence, pair)
        if skip:
            passed, words[0] = words[0].split(" ")[:skip], " ".join(words[0].split(" ")[skip:])
            out = self.between(sentence.starts[pair[0]] + sum(len(w) + 1 for w in passed), sentence.ends[pair[1] - 1])
        known = [identity for word in words for identity in identities_of(self._identities, word)]
        for identity in known:
            if identity.startswith("actor:"):
                return {**out, "id": identity[6:], "name": self._actors[identity[6:]]["name"]}
        for identity in known:
            if identity.startswith("country:"):
                return {**out, "id": identity, "name": self._countries.get(identity[8:], {}).get("name")}
        return out

    def first_word(self, sentence: Sentence, at: int) -> dict[str, Any]:
        """The first word of a segment: a head is one word, also where the vocabulary knows it as a phrase."""
        start = sentence.starts[at]
        text = self._folded.text[start : sentence.ends[at]]
        return self.between(start, start + len(text.split(" ", 1)[0]))

    def between(self, start: int, end: int) -> dict[str, Any]:
        """Text and offsets of a stretch of the folded text."""
        first, last = self._folded.span(start, end)
        return {"text": self._folded.original[first:last], "start": first, "end": last}
