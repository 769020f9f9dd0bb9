"""The parts that records are made of: spans of the text with what is known of them.

Offsets are Python string indices into the original text, end exclusive: `text[start:end] == span.text`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

VictimType = Literal["civilian", "military", "police", "militant", "unknown"]
ItemType = Literal[
    "armour",
    "artillery",
    "aircraft",
    "vehicle",
    "vessel",
    "weapon",
    "munitions",
    "position",
    "building",
    "other",
]
Polarity = Literal["affirmed", "denied"]
Certainty = Literal["stated", "hedged", "unrealized"]
Stance = Literal["claims", "confirms", "denies", "relays"]
MethodType = Literal[
    "airstrike",
    "drone",
    "shelling",
    "rocket",
    "suicide_bombing",
    "car_bomb",
    "ied",
    "explosion",
    "shooting",
    "clash",
    "assassination",
    "execution",
    "abduction",
    "chemical",
    "stabbing",
    "accident",
    "disaster",
    "disease",
]

Scope = Literal["sentence", "earlier", "lead", "dateline", "retold"]


class Record(BaseModel):
    """Base of all models: frozen, and no field that is not declared."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid")


class Span(Record):
    """Words of the text and where they stand."""

    text: str
    start: int
    end: int


class Count(Span):
    """How many: at least `low`, at most `high`; a bound that the text does not give is null."""

    low: int | None = None
    high: int | None = None
    approx: bool = False


class Party(Span):
    """A group, army, organisation or nationality as written; `id` and `name` where the vocabulary knows it."""

    id: str | None = None
    name: str | None = None


class Victims(Span):
    """A set of people. `head` is the noun that names them, null where the text leaves it out."""

    head: Span | None = None
    type: VictimType = "unknown"
    affiliation: Party | None = None
    names: tuple[Span, ...] = ()


class Items(Span):
    """A set of things."""

    head: Span | None = None
    type: ItemType = "other"
    affiliation: Party | None = None
    names: tuple[Span, ...] = ()


class Source(Span):
    """Who makes the claim, or relays it; `cue` is the word that says so."""

    id: str | None = None
    name: str | None = None
    cue: Span | None = None
    stance: Stance = "claims"


class Perpetrator(Party):
    """Who did it; `certainty` may be hedged while the claim itself is stated."""

    certainty: Certainty = "stated"


class Method(Span):
    """By what means."""

    type: MethodType


class Place(Span):
    """Where: coordinates in degrees (WGS 84) where the vocabulary knows the place.

    `scope` says where it stands: in the sentence of the claim, with a claim shortly before it, in the lead or title, in
    the dateline, or where the same count is told again.
    """

    id: str | None = None
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    scope: Scope = "sentence"


class Time(Span):
    """When: ISO dates, or dates and times, both included, where they can be resolved; `scope` as of a place."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", populate_by_name=True)

    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    scope: Scope = "sentence"


class Told(Record):
    """What claims and events share: the word that tells of it, whether it is so, who says so, where and when.

    `background` is true where the text does not report it but takes it as known: the killing that a trial is about,
    the attack since which something has changed.
    """

    id: str
    trigger: Span
    polarity: Polarity = "affirmed"
    polarity_cue: Span | None = None
    certainty: Certainty = "stated"
    certainty_cue: Span | None = None
    background: bool = False
    background_cue: Span | None = None
    sources: tuple[Source, ...] = ()
    place: Place | None = None
    time: Time | None = None
    evidence: Span
    rule: str
