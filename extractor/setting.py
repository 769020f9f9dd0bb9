"""Where and when a document's claims and events happened.

From their own clause or sentence; a claim whose sentence tells neither takes the place and the time of the claim
shortly before it or of the lead, a place last of all that of the dateline. Each says from where it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Set
from datetime import date, datetime
from typing import Any, Final

from extractor.context.datelines import dateline_end
from extractor.context.place_chains import around
from extractor.context.place_mention import FINENESS, PlaceMention
from extractor.context.places import PlaceReader
from extractor.context.stories import Story
from extractor.context.times import TimeChooser, TimeMention
from extractor.match import Told
from extractor.sentence import Sentence
from extractor.spans import Spans
from extractor.text.dates import TimeExpression
from extractor.text.fold import Folded

_RECENT: Final = 2  # sentences back to a claim whose place and time still hold
_NAMED: Final = 4  # sentences at the beginning in which somebody told by name is likely one of what the text is about
_LEAD: Final = 3  # sentences that open a text: its title and the first two
_FAR: Final = 6  # sentences behind which a text may have turned to other events than those of its lead


class _Scene:
    """A sentence with the places and times that it names. Segments before `opens` are a dateline."""

    # No dataclass: of these mypyc leaves `__init__` to Python.
    def __init__(self, sentence: Sentence, places: list[PlaceMention], opens: int) -> None:
        self.sentence = sentence
        self.places = places
        self.opens = opens
        self.times: list[TimeMention] | None = None  # read when first asked for


def _is_news(record: Mapping[str, Any]) -> bool:
    """Whether a claim is likely one of what its text opens with: no background, or told with a count of its own."""
    if not record.get("background"):
        return True
    count = record.get("count") or {}
    low = count.get("low")
    return low is not None and low > 1 and low == count.get("high")


def _is_named(record: Mapping[str, Any]) -> bool:
    """Whether the victim is somebody told by name, of whom a text can speak wherever he died."""
    return bool((record.get("victims") or {}).get("names"))


class Setting:
    """The places and times of one document as they come to be known. Made anew for each text.

    `sentence_at` reads sentence number n of the document, `count` is how many there are.
    """

    def __init__(
        self,
        places: PlaceReader,
        times: TimeChooser,
        folded: Folded,
        spans: Spans,
        sentence_at: Callable[[int], Sentence],
        count: int,
        published: date | datetime | None,
    ) -> None:
        self._places = places
        self._times = times
        self._folded = folded
        self._spans = spans
        self._sentence_at = sentence_at
        self._count = count
        self._published = published
        self._today = published.date() if isinstance(published, datetime) else published
        self.scenes: dict[int, _Scene] = {}  # by sentence; what is left out is read again
        self._place_told: tuple[int, Sentence, PlaceMention] | None = None
        self._attack_told: tuple[int, Sentence, PlaceMention] | None = None  # where no claim stands beside it
        self._time_told: tuple[int, TimeExpression] | None = None
        self._opening: list[tuple[int, Sentence, PlaceMention]] | None = None
        self._counted: Mapping[str, int] | None = None
        self._story = Story()

    def settle(
        self,
        number: int,
        told: Told,
        taken: Collection[int],
        claims: Set[int],
        triggers: Set[int],
        record: dict[str, Any],
        *,
        carry: bool,
    ) -> None:
        """Put place and time of `told`, of sentence `number`, into its record.

        `taken` are the words of its sources, `claims` the triggers of all claims, `triggers` those of the events too;
        with `carry` what the sentence lacks is taken from elsewhere.
        """
        scene = self._scene(number)
        place = self._places.place(scene.sentence, told, scene.places, taken, claims, self._countries)
        if place is not None:
            named = self._meant(scene.sentence, place, number) if place.anaphoric and carry else None
            record["place"] = named or self._place(scene.sentence, place, "sentence")
        elif carry and not self._places.is_new(scene.sentence, told):
            if self._story.is_one:
                record["place"] = self._carried_place(number, told, record)
            elif record.get("certainty") != "unrealized" and not _is_named(record):
                record["place"] = self._beside(number)
        until = None if record.get("certainty") == "unrealized" else self._today
        time = self._times.time(scene.sentence, told, self._times_of(scene), triggers, until)
        if time is not None:
            record["time"] = self._time(time, "sentence")
        elif carry and self._story.is_one and not record.get("background"):
            record["time"] = self._carried_time(number, scene)
        if carry and place is not None:
            self._place_told = number, scene.sentence, place
            self._note(scene.sentence, place, record["place"])
        elif (
            place is not None
            and not claims
            and number >= _LEAD  # what opens the text is read as its lead
            and record["kind"] == "attack"
            and not record["background"]
        ):
            self._attack_told = number, scene.sentence, place
        if carry and time is not None and time.kind == "point" and not record.get("background"):
            self._time_told = number, time

    def _scene(self, number: int) -> _Scene:
        known = self.scenes.get(number)
        if known is None:
            sentence = self._sentence_at(number)
            places = self._places.mentions(sentence)
            opens = dateline_end(sentence, self._places.atoms(sentence)) if number < _LEAD else 0
            if opens:
                places = [p for p in places if p.span[0] >= opens]
            known = self.scenes[number] = _Scene(sentence, places, opens)
        return known

    def _times_of(self, scene: _Scene) -> list[TimeMention]:
        if scene.times is None:
            found = self._times.mentions(scene.sentence, self._folded.text, self._published)
            scene.times = [t for t in found if t.first >= scene.opens]
        return scene.times

    def _note(self, sentence: Sentence, place: PlaceMention, facts: Mapping[str, Any]) -> None:
        """Note the place of a claim as one of the story."""
        if place.fineness == FINENESS["country"] or place.anaphoric:
            return
        wider = {sentence.words[other.name] for other in around(place)}
        self._story.add(sentence.words[place.name], wider, place.fineness, facts)

    # -- places ------------------------------------------------------------------------------------------------------

    def _carried_place(self, number: int, told: Told, record: Mapping[str, Any]) -> dict[str, Any] | None:
        """The place told before, for the claim `told` of sentence `number`: that of a claim shortly before, that of
        the lead or of the dateline. One that the text only recalls is not of the lead; one of another incident takes
        only what its own sentence tells."""
        lead, named = _is_news(record), _is_named(record)
        if record.get("certainty") == "unrealized" or (named and not lead):
            return None
        same = self._place_told is not None and self._place_told[0] == number
        if not same and self._places.is_elsewhere(self._scene(number).sentence, told):
            return None
        early = _LEAD if lead else 0
        if named:  # only what stands before it, and not far
            early = min(number, early) if number < _NAMED else 0
        far = number > _FAR
        again = not (far or self._story.is_loose) or self._places.is_again(self._scene(number).sentence)
        if self._story.is_loose and not (again and number <= _FAR):
            early = 0
        found = self._told_before(number, early, named=named, broad=not again)
        if found is not None:
            return self._place(*found)
        return self._dateline() if lead and number < _LEAD else None

    def _beside(self, number: int) -> dict[str, Any] | None:
        """The place of the claim told before in the same sentence of a text of several stories."""
        if self._place_told is None or self._place_told[0] != number:
            return None
        return self._place(*self._place_told[1:], "earlier")

    def _told_before(
        self, number: int, lead: int = _LEAD, *, named: bool = False, broad: bool = False
    ) -> tuple[Sentence, PlaceMention, str] | None:
        """The place told shortly before sentence `number` or in the first `lead` sentences, with its scope; that of an
        attack only for victims that are not `named`, of whom a text can speak wherever they died; with `broad` no
        place of the lead that is smaller than a region."""
        opening = self._lead() if lead else []
        if broad:
            opening = [o for o in opening if o[2].fineness >= FINENESS["region"]]
        options = [(sentence, place, "lead") for at, sentence, place in opening if at != number and at < lead]
        told = [self._place_told] if named else [self._attack_told, self._place_told]
        recent = max((t for t in told if t is not None and number - t[0] <= _RECENT), key=lambda t: t[0], default=None)
        if recent is not None:
            options.insert(0, (*recent[1:], "earlier"))
        return min(options, key=lambda o: o[1].fineness, default=None)

    def _meant(self, sentence: Sentence, anaphor: PlaceMention, number: int) -> dict[str, Any] | None:
        """What "the city" in "west of the city" stands for, where a sentence before names a place of its kind."""
        found = self._told_before(number) if self._story.is_one else None
        if found is None or self._places.kind(sentence, anaphor.name) != found[1].fineness:
            return None
        return self._place(*found)

    def _lead(self) -> list[tuple[int, Sentence, PlaceMention]]:
        """The places that the title and the first sentences are about, each with the number of its sentence."""
        if self._opening is None:
            self._opening = []
            for early in range(min(self._count, _LEAD)):
                scene = self._scene(early)
                mention = self._places.main(scene.sentence, scene.places, self._countries)
                if mention is not None:
                    self._opening.append((early, scene.sentence, mention))
        return self._opening

    def _dateline(self) -> dict[str, Any] | None:
        for early in range(min(self._count, _LEAD)):
            scene = self._scene(early)
            if scene.opens:
                found = [m for m in self._places.mentions(scene.sentence) if m.span[1] <= scene.opens and not m.weak]
                if not found or not self._places.gazetteer.is_at_home(found[0], self._countries):
                    return None  # an office abroad, from which news of another country is sent
                return self._place(scene.sentence, found[0], "dateline")
        return None

    def _place(self, sentence: Sentence, mention: PlaceMention, scope: str) -> dict[str, Any]:
        span = self._spans.span(sentence, mention.span)
        return {**span, **self._places.gazetteer.facts(mention, self._countries), "scope": scope}

    def _countries(self) -> Mapping[str, int]:
        """How often the text names each country, its places and its people; counted when first asked for."""
        if self._counted is None:
            self._counted = self._places.gazetteer.countries_in(self._folded.text)
        return self._counted

    # -- times -------------------------------------------------------------------------------------------------------

    def _carried_time(self, number: int, scene: _Scene) -> dict[str, Any] | None:
        if self._times_of(scene) or self._time_told is None or number - self._time_told[0] > _RECENT:
            return None
        return self._time(self._time_told[1], "earlier")

    def _time(self, found: TimeExpression, scope: str) -> dict[str, Any]:
        return {
            **self._spans.between(found.start, found.end),
            "from": found.first.isoformat() if found.first else None,
            "to": found.last.isoformat() if found.last else None,
            "scope": scope,
        }
