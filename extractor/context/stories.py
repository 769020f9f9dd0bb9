"""Whether a text tells one story, by where its claims happen: in one place told ever more closely, or in several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from extractor.context.place_mention import FINENESS

# In degrees: how far from a town, a province or a region what lies in it can be.
_REACH: Final = {FINENESS["town"]: 0.5, FINENESS["governorate"]: 2.0, FINENESS["region"]: 6.0}


class _Scene(NamedTuple):
    """A place of the story: its name, its fineness, and what is known of it."""

    name: str
    fineness: int
    country: str | None
    lat: float | None
    lon: float | None


class Story:
    """The places of a text's claims as they come to be known. Made anew for each text."""

    def __init__(self) -> None:
        self.is_one = True
        self.is_loose = False  # its places have names of their own, and only may lie in each other
        self._names: set[str] = set()
        self._scenes: list[_Scene] = []

    def add(self, name: str, wider: set[str], fineness: int, facts: Mapping[str, Any]) -> None:
        """Note the place `name` of a claim, which lies in the places `wider`: one that lies elsewhere than those before
        makes the text one of several stories."""
        scene = _Scene(name, fineness, facts.get("country"), facts.get("lat"), facts.get("lon"))
        if self._names and not any(name in other or other in name for other in self._names):
            fits = self.is_one and wider.isdisjoint(self._names) and self._fits(scene)
            self.is_one = fits or not wider.isdisjoint(self._names)
            self.is_loose = self.is_loose or fits
        self._names.add(name)
        self._names |= wider
        self._scenes.append(scene)

    def _fits(self, scene: _Scene) -> bool:
        """Whether a place of another name can be the scene of the same story: it may lie in one told before, and none
        as fine has been told."""
        tier = max(scene.fineness, FINENESS["district"])
        if any(max(other.fineness, FINENESS["district"]) == tier for other in self._scenes):
            return False
        return any(_holds(other, scene) for other in self._scenes)


def _holds(outer: _Scene, inner: _Scene) -> bool:
    """Whether `inner` may lie in `outer`, as far as is known."""
    reach = _REACH.get(outer.fineness)
    if reach is None or inner.fineness >= outer.fineness:
        return False
    if None not in (outer.country, inner.country) and outer.country != inner.country:
        return False
    if outer.lat is None or inner.lat is None or outer.lon is None or inner.lon is None:
        return True
    return abs(outer.lat - inner.lat) < reach and abs(outer.lon - inner.lon) < reach
