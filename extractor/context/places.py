"""Where it happened: place names of a sentence, with what kind of place and direction is said of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.match import Span, Told
from extractor.sentence import Sentence, SentenceReader

# The finer the place the better it tells where: used to choose among places that stand equally near.
_FINENESS = {"point": 0, "district": 1, "town": 2, "governorate": 3, "region": 4, "country": 5}
_AFTER, _BEFORE = 0, 1


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as named: all its words, the segment of the name itself, what it can refer to, how it is led in."""

    span: Span
    name: int
    identities: tuple[str, ...]
    led: bool
    fineness: int


class PlaceReader:
    """Finds place mentions and chooses one for a claim."""

    def __init__(
        self,
        reader: SentenceReader,
        identities: Mapping[str, tuple[str, ...]],
        places: Mapping[str, Mapping[str, Any]],
        countries: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._reader = reader
        self._identities = identities
        self._places = places
        self._countries = countries

    def mentions(self, sentence: Sentence) -> list[PlaceMention]:
        """Every place named in the sentence, in order."""
        atoms = [
            frozenset().union(*(r.atoms for r in self._reader.readings(sentence, at))) for at in range(len(sentence))
        ]
        out: list[PlaceMention] = []
        for at in range(len(sentence)):
            mention = self._mention(sentence, atoms, at)
            if mention is not None and (not out or mention.span[0] >= out[-1].span[1]):
                out.append(mention)
        return out

    def _mention(self, sentence: Sentence, atoms: Sequence[frozenset[str]], at: int) -> PlaceMention | None:
        here = atoms[at]
        typed = at > 0 and "place_type" in atoms[at - 1]
        plain = any("place" in r.atoms and "ambiguous" not in r.atoms for r in self._reader.readings(sentence, at))
        if not plain and not (typed and ("place" in here or here & {"unknown", "surname", "given_name"})):
            return None
        led_type = at > 1 and bool(atoms[at - 2] & {"in", "prep_b", "direction", "near"})
        if not plain and "place" not in here and not led_type:
            return None
        start = at - 1 if typed else at
        while start > 0 and atoms[start - 1] & {"direction", "near"}:
            start -= 1
        end = at + 1
        if "place" not in here and end < len(sentence) and atoms[end] & {"unknown"} and "def" in atoms[end]:
            end += 1
        while end < len(sentence) and "direction" in atoms[end] and "def" in atoms[end]:
            end += 1
        led = start < at or (
            start > 0 and bool(atoms[start - 1] & {"in", "prep_b", "near", "direction", "open_bracket"})
        )
        known = self._identities.get(sentence.words[at], ())
        # A capital is listed as its government's name too: where the word names a place, it is that place.
        identities = tuple(i for i in known if i.startswith("place:")) or tuple(
            i for i in known if i.startswith("country:")
        )
        fineness = min((self._fineness(i) for i in identities), default=1)
        return PlaceMention((start, end), at, identities, led, 1 if typed else fineness)

    def _fineness(self, identity: str) -> int:
        if identity.startswith("country:"):
            return _FINENESS["country"]
        return _FINENESS.get(self._places.get(identity[6:], {}).get("precision") or "", 2)

    def place(self, claim: Told, mentions: Sequence[PlaceMention], taken: Collection[int]) -> PlaceMention | None:
        """The place of `claim`; words in `taken` (those of its source, say) are passed over."""
        options = []
        for mention in mentions:
            if (
                mention.name in taken
                or not mention.led
                or (mention.name in range(*claim.span) and mention.fineness > 3)
            ):
                continue
            behind = mention.name < claim.match.at
            options.append(
                (_BEFORE if behind else _AFTER, mention.fineness, abs(mention.name - claim.match.at), mention)
            )
        return min(options, key=lambda o: o[:3])[3] if options else None

    def facts(self, mention: PlaceMention) -> dict[str, Any]:
        """Id, name, country, coordinates and precision of a mention, null where the vocabulary does not know them."""
        for identity in mention.identities:
            if identity.startswith("country:"):
                code = identity[8:]
                name = self._countries.get(code, {}).get("name")
                return {"id": code, "name": name, "country": code, "precision": "country"}
            row = self._places.get(identity[6:])
            if row is not None:
                keys = ("name", "country", "lat", "lon", "precision")
                return {"id": identity[6:], **{k: row.get(k) for k in keys}}
        return {}
