"""The records: what comes out. The output contract of the project, as frozen models.

Offsets are Python string indices into the original text, end exclusive: `text[start:end] == span.text`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Outcome = Literal[
    "killed",
    "wounded",
    "killed_or_wounded",
    "missing",
    "captured",
    "surrendered",
    "detained",
    "abducted",
    "released",
    "displaced",
]
ThingOutcome = Literal["destroyed", "damaged", "seized", "shot_down"]
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


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Record):
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
    """Where: coordinates in degrees (WGS 84) where the vocabulary knows the place."""

    id: str | None = None
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None


class Time(Span):
    """When: ISO dates, both included, where they can be resolved."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    from_: str | None = Field(default=None, alias="from")
    to: str | None = None


class _Claim(_Record):
    id: str
    trigger: Span
    count: Count | None = None
    part_of: str | None = None
    cumulative: bool = False
    polarity: Polarity = "affirmed"
    polarity_cue: Span | None = None
    certainty: Certainty = "stated"
    certainty_cue: Span | None = None
    sources: tuple[Source, ...] = ()
    perpetrator: Perpetrator | None = None
    method: Method | None = None
    place: Place | None = None
    time: Time | None = None
    evidence: Span
    rule: str


class Casualty(_Claim):
    """A claim about people."""

    kind: Literal["casualty"]
    outcome: Outcome
    victims: Victims


class Materiel(_Claim):
    """A claim about things."""

    kind: Literal["materiel"]
    outcome: ThingOutcome
    items: Items


Event = Annotated[Casualty | Materiel, Field(discriminator="kind")]


class Document(_Record):
    """One document and what was read in it. `error` says why a document could not be read."""

    schema_version: int = 1
    id: str
    title: str | None = None
    published: str | None = None
    language: str | None = None
    events: tuple[Event, ...] = ()
    error: str | None = None
