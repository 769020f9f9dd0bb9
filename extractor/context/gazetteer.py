"""What is known of a place: which of the places of a name is meant, its country, coordinates and precision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from extractor.context.place_mention import AROUND, COMPASS, FINENESS, INSIDE, PlaceMention
from extractor.text.tokens import blanked

Around = Callable[[], Mapping[str, int]]  # how often the document names each country, by ISO code
_SETTLED: Final = frozenset({"town", "district"})
_EXACT: Final = _SETTLED | {"point"}
_PARTS: Final = _EXACT | {"governorate", "region"}  # what some countries call a province
_SMALL: Final = ("district", "point")
_SLACK: Final = 0.3  # degrees by which the press errs when it says north of a town
# Countries that a place can be said to lie in both.
_DISPUTED: Final = (
    {"PS", "IL"}, {"SY", "IL"}, {"LB", "IL"}, {"EH", "MA"}, {"XK", "RS"}, {"UA", "RU"}, {"TW", "CN"},
    {"SO", "ET"}, {"SD", "SS"}, {"AZ", "AM"}, {"GE", "RU"}, {"YE", "SA"}, {"HK", "CN"}, {"US", "PR"}, {"CY", "TR"},
)  # fmt: skip
_MOST: Final = 1 << 16  # words remembered; what is hostile must not fill the memory
_OFTEN: Final = 3  # times that a text names a country before a village there is taken for its namesake


class Gazetteer:
    """The places of the vocabulary. Holds nothing of any text.

    `identities` says what a form can refer to, `places` and `countries` what is known of each by id and code; `weak`
    holds the names of places that are everyday words too.
    """

    def __init__(
        self,
        identities: Mapping[str, tuple[str, ...]],
        places: Mapping[str, Mapping[str, Any]],
        countries: Mapping[str, Mapping[str, str]],
        weak: frozenset[str],
    ) -> None:
        self._identities = identities
        self._places = places
        self._countries = countries
        self._weak = weak
        self._told: dict[str, str | None] = {}  # word -> the country that it tells; depends on the vocabulary alone

    def countries_in(self, text: str) -> Counter[str]:
        """How often a folded text names each country by its own name, its people, or a place of it alone."""
        known = self._told
        if len(known) > _MOST:
            known = self._told = {}  # a new one: another thread may be at work with the old
        counts: Counter[str] = Counter()
        for word, times in Counter(blanked(text).split()).items():
            country = known.get(word, "")
            if country == "":
                country = known[word] = self._country_told(word)
            if country is not None:
                counts[country] += times
        return counts

    def _country_told(self, word: str) -> str | None:
        """The one country that a word names, a preposition and a conjunction before it or not."""
        for form in (word, word[1:], word[2:]):
            known = self._identities.get(form)
            if known:
                codes = {self.country(i) for i in known if self._tells_country(i)} - {None}
                return codes.pop() if len(codes) == 1 and form not in self._weak else None
        return None

    def _tells_country(self, identity: str) -> bool:
        """Whether a name tells of which country a text speaks: no village of the table, no quarter."""
        row = self._places.get(identity[6:], {}) if identity.startswith("place:") else {}
        return not row.get("listed") and row.get("precision") not in _SMALL

    def country(self, identity: str) -> str | None:
        """ISO code of the country that an identity is or lies in."""
        if identity.startswith("country:"):
            return identity[8:]
        code = self._places.get(identity[6:], {}).get("country")
        return code if isinstance(code, str) else None

    def is_likely(self, mention: PlaceMention, around: Around) -> bool:
        """Whether the text speaks of a country that has a place of this name."""
        counts = around()
        return not counts or any(counts.get(self.country(i) or "") for i in mention.identities)

    def is_at_home(self, mention: PlaceMention, around: Around) -> bool:
        """Whether no country is named as often as that of the place, which its own name tells of once."""
        codes = {self.country(i) for i in mention.identities}
        counts = around()
        own = max((counts.get(c or "", 0) for c in codes), default=0)
        return all(count < max(own, 1) for code, count in counts.items() if code not in codes)

    def facts(self, mention: PlaceMention, around: Around) -> dict[str, Any]:
        """Id, name, country, coordinates and precision of a mention, null where neither text nor vocabulary tells."""
        country = None if mention.type == "border" else self.country_beside(mention)  # a border has two sides
        row, identity = self._row(mention, country, around)
        if row is None:
            return {"country": country, "precision": mention.precision}
        own = None if mention.relation == "border_with" else row.get("country")
        if not self._is_itself(mention, row):
            # The prison of X need not lie where a village X does.
            sure = not row.get("listed") or around().get(own or "")
            if mention.precision == "governorate" and row.get("precision") == "country":
                sure = None  # the state of Georgia
            return {"country": country or (own if sure else None), "precision": mention.precision or "region"}
        if self._is_another(mention, row, own, country):
            return {"country": country or own, "precision": mention.precision or row.get("precision")}
        if mention.several:
            return {"country": own or country, "precision": mention.precision}
        small = row.get("precision") in _SMALL or mention.precision == "district"  # the quarter of X, and a town X
        if country is None and small and not self._is_spoken_of(own, around()):
            # Many towns have a quarter of the same name.
            return {"country": None, "precision": mention.precision or row["precision"]}
        facts = {"id": identity, **{k: row.get(k) for k in ("name", "country", "lat", "lon", "precision")}}
        facts["country"] = own or country  # a river's, say, by the words beside it
        if mention.relation in (COMPASS | AROUND) - INSIDE:
            facts["precision"] = "region"
        return facts

    @staticmethod
    def _is_spoken_of(country: str | None, counts: Mapping[str, int]) -> bool:
        """Whether a text that names the countries of `counts` names this one, or none at all."""
        return not counts or bool(counts.get(country or ""))

    def country_beside(self, mention: PlaceMention) -> str | None:
        """The country that the words of the mention or of the places around it tell."""
        if mention.nationality:
            return mention.nationality
        for other in mention.chain:
            if other.relation == "border_with" or other.type == "border":
                continue  # by the border with Turkey, on either side of it
            codes = {self.country(i) for i in other.identities} - {None}
            if len(codes) == 1:
                return codes.pop()
            deeper = self.country_beside(other)
            if deeper:
                return deeper
        return None

    def _is_another(self, mention: PlaceMention, row: Mapping[str, Any], own: str | None, country: str | None) -> bool:
        """Whether the text places the mention elsewhere than `row` lies: in another country, or east of a town that
        lies east of it."""
        if own and country and own != country and {own, country} not in _DISPUTED:
            return True
        other = mention.chain[0] if mention.chain else None
        if other is None or other.relation not in COMPASS - {"centre"} or row.get("lat") is None:
            return False
        there = self._places.get(other.identities[0][6:], {}) if other.identities else {}
        if there.get("lat") is None or there.get("precision") not in _EXACT:
            return False
        north, east = row["lat"] - there["lat"], row["lon"] - there["lon"]
        ahead = {"north": north, "south": -north, "east": east, "west": -east}
        return any(ahead[way] < -_SLACK for way in other.relation.split("_"))

    def _is_itself(self, mention: PlaceMention, row: Mapping[str, Any]) -> bool:
        """Whether the mention means the place of `row` or near it, not something else told by its name."""
        precision = row.get("precision") or "town"
        if mention.distance:
            return False
        if mention.relation in (COMPASS | AROUND) - INSIDE and FINENESS.get(precision, 2) > FINENESS["governorate"]:
            return False
        if mention.type is None:
            return True
        if mention.type == "area":
            return precision in _PARTS
        return precision == mention.precision or (mention.precision in _SETTLED and precision in _EXACT)

    def _row(self, mention: PlaceMention, country: str | None, around: Around) -> tuple[Mapping[str, Any] | None, str]:
        """What the vocabulary knows of the place that the name most likely means."""
        options = list(mention.identities)
        if not options:
            return None, ""
        codes = [self.country(i) for i in options]
        if len(set(codes)) > 1:
            beside = [i for i, c in zip(options, codes, strict=True) if c == country]
            options = beside or self._likeliest(options, around())
        fitting = [i for i in options if self._fits(i, mention.precision)]
        chosen = (fitting or options)[0]
        if chosen.startswith("country:"):
            code = chosen[8:]
            name = self._countries.get(code, {}).get("name")
            return {"name": name, "country": code, "precision": "country"}, code
        return self._places.get(chosen[6:]), chosen[6:]

    def _likeliest(self, options: Sequence[str], counts: Mapping[str, int]) -> list[str]:
        """Those of the country that the text speaks of most; a small namesake only where it speaks of no other's."""
        first = options[0]
        strong = [i for i in options if i == first or self._is_known_well(i)]
        best = max(strong, key=lambda i: counts.get(self.country(i) or "", 0))
        if not counts.get(self.country(best) or "", 0):
            weak = max(options, key=lambda i: counts.get(self.country(i) or "", 0))
            best = weak if counts.get(self.country(weak) or "", 0) >= _OFTEN else first
        return [i for i in options if self.country(i) == self.country(best)]

    def _is_known_well(self, identity: str) -> bool:
        row = self._places.get(identity[6:], {})
        return not row.get("listed") and row.get("precision") in ("town", "governorate", "region", "country")

    def _fits(self, identity: str, precision: str | None) -> bool:
        own = self._places.get(identity[6:], {}).get("precision")
        return precision is None or own == precision or (precision in _SETTLED and own in _SETTLED)
