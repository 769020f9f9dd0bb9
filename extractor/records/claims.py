"""Claims: what became of people and of things."""

from __future__ import annotations

from typing import Literal

from extractor.records.parts import Count, Items, Method, Perpetrator, Told, Victims

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


class Claim(Told):
    """One outcome of one set of people or things; `event` is the id of the attack that brought it about."""

    count: Count | None = None
    part_of: str | None = None
    cumulative: bool = False
    perpetrator: Perpetrator | None = None
    method: Method | None = None
    event: str | None = None


class Casualty(Claim):
    """A claim about people."""

    kind: Literal["casualty"]
    outcome: Outcome
    victims: Victims


class Materiel(Claim):
    """A claim about things."""

    kind: Literal["materiel"]
    outcome: ThingOutcome
    items: Items
