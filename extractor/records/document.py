"""The record of a document: the whole of what comes out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from extractor.records.claims import Casualty, Materiel
from extractor.records.events import Agreement, Appeal, Attack, Meeting, Protest, Statement
from extractor.records.head import Head

Event = Annotated[
    Casualty | Materiel | Attack | Protest | Meeting | Agreement | Appeal | Statement, Field(discriminator="kind")
]


class Document(Head):
    """One document and what was read in it."""

    events: tuple[Event, ...] = ()
