"""A place as a sentence names it."""

from __future__ import annotations

from typing import Final

from extractor.match import Span

# The finer the place the better it tells where.
FINENESS: Final = {"point": 0, "district": 1, "town": 2, "governorate": 3, "region": 4, "country": 5}
# The types of place that stand for one named before: north of the city.
ANAPHORS: Final = frozenset(
    {"city", "town", "village", "country", "governorate", "province", "capital", "district", "border", "island"}
    | {"prison", "territorial_waters"}
    | {
        "coast",
        "beach",
        "peninsula",
        "camp",
        "subdistrict",
        "area",
        "strip",
        "bank",
        "hamlet",
        "border_strip",
        "municipality",
    }
)
ROUTES: Final = frozenset({"road", "motorway", "railway"})
INSIDE: Final = frozenset({"centre", "inside", "upper", "above"})
AROUND: Final = frozenset(
    {"near", "edge", "surroundings", "off", "opposite", "on_the_way", "behind", "outside", "border_with"}
)
COMPASS: Final = frozenset(
    {"north", "south", "east", "west", "north_east", "north_west", "south_east", "south_west", "centre"}
)


class PlaceMention:
    """A place as named.

    `span` holds all its words, `name` is the segment of the name itself. `led` says what leads it in: "in" (in, at,
    near, north of), "target" (on it, an attack of it), "typed" (only its type: city of), "header" (it opens the
    text), "bare", or what makes it no place of an event: "origin", "goal", "office". `relation` is the direction or
    nearness told of it, `type` the kind of place that its words give.
    """

    # No dataclass: of these mypyc leaves `__init__` to Python.
    led: str = ""
    type: str | None = None
    precision: str | None = None
    relation: str | None = None
    distance: bool = False
    nationality: str | None = None
    anaphoric: bool = False
    several: bool = False  # two names
    weak: bool = False  # an everyday word too
    tag: bool = False  # a hashtag by itself, or with what happened there, which is said of the whole post

    def __init__(self, span: Span, name: int, identities: tuple[str, ...], fineness: int) -> None:
        self.span = span
        self.name = name
        self.identities = identities
        self.fineness = fineness
        self.chain: list[PlaceMention] = []
