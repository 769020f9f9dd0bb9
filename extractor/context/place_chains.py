"""The places that a text names beside each other, the smaller in the larger: which of them tells best where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from extractor.context.place_costs import CARE, LED
from extractor.context.place_mention import COMPASS, FINENESS, INSIDE, ROUTES, PlaceMention

_BESIDE: Final = 0.6  # in fineness
_LARGER: Final = 1.4  # in fineness
# Districts that hold towns, and no quarters of one.
_DISTRICTS: Final = frozenset({"district", "subdistrict", "area", "province", "governorate", "county", "municipality"})
# What is a spot where a larger place is told behind it. A front and an axis are in one.
_LAND: Final = frozenset(
    {"valley", "wood", "forest", "hill", "mountain", "farm", "marsh", "plain", "desert", "island", "oasis"}
    | {"front", "axis"}
)
_TWO_TOWNS: Final = 3  # segments of the names of two towns that a road joins, with the sign between


def _vague(mention: PlaceMention, *, inner: bool) -> float:
    """What a relation takes from the fineness of a place: north of a town is less telling than a named quarter, and
    so is a road through it; a road between towns than the town that it is told to lie in. `inner`: the place is told
    before those around it, so that what follows is the larger one ("east of X in the governorate of Y")."""
    if mention.distance:
        return 3.0
    if mention.relation == "on_the_way":
        return 2.0
    if mention.relation in COMPASS and mention.relation not in INSIDE:
        return _BESIDE if inner else 3.0
    if mention.type in ROUTES:
        return 1.5 if mention.span[1] - mention.name < _TWO_TOWNS else 2.6
    return 0.5 if mention.relation else 0.0


def _holds(mention: PlaceMention, before: Sequence[PlaceMention]) -> float:
    """What is taken from the fineness of a district that is told behind a town or a village: it is the larger one."""
    if mention.fineness != FINENESS["district"] or mention.type not in _DISTRICTS:
        return 0.0
    return _LARGER if any(m.fineness <= FINENESS["town"] and m.type not in ROUTES for m in before) else 0.0


def _fine(mention: PlaceMention, chain: Sequence[PlaceMention]) -> float:
    """How fine a place is: a valley or a wood told before what lies around it is a spot, not the region it may be."""
    if mention.type in _LAND and len(chain) > 1 and mention is chain[0]:
        return min(mention.fineness, FINENESS["town"] - 1.0)
    return mention.fineness


def _tells(mention: PlaceMention) -> bool:
    """Whether a place beside the one chosen can be taken for it, being finer."""
    if mention.weak or (mention.type in CARE and mention.led != "target" and mention.relation is None):
        return False
    return mention.led in LED or (mention.led == "office" and mention.type is not None)


def around(mention: PlaceMention) -> Iterator[PlaceMention]:
    """The larger places that a text names beside a place, outwards."""
    for other in mention.chain:
        yield other
        yield from around(other)


def finest(chosen: PlaceMention, mentions: Sequence[PlaceMention]) -> PlaceMention:
    """The most specific place of the chain that `chosen` belongs to."""
    chain = [chosen]
    for mention in reversed(mentions):
        if mention.chain and mention.chain[0] is chain[0]:
            chain.insert(0, mention)
    while chain[-1].chain:
        chain.append(chain[-1].chain[0])
    usable = [m for m in chain if m is chosen or _tells(m)]
    usable = [m for m in usable if m.type != "unnamed"] or usable
    costs = [
        (m.anaphoric, _fine(m, usable) + _vague(m, inner=not k) + _holds(m, usable[:k])) for k, m in enumerate(usable)
    ]
    return usable[costs.index(min(costs))]
