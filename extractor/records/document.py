"""The record of a document: the whole of what comes out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from extractor.records.claims import Casualty, Materiel
from extractor.records.events import Agreement, Appeal, Attack, Meeting, Protest, Statement
from extractor.records.parts import Record

Event = Annotated[
    Casualty | Materiel | Attack | Protest | Meeting | Agreement | Appeal | Statement, Field(discriminator="kind")
]


class Document(Record):
    """One document and what was read in it. `error` says why a document could not be read."""

    schema_version: int = 1
    id: str
    title: str | None = None
    published: str | None = None
    language: str | None = None
    events: tuple[Event, ...] = ()
    error: str | None = None
