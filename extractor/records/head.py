"""What is said of a document as a whole."""

from __future__ import annotations

from extractor.records.parts import Record


class Head(Record):
    """A document without its events. `error` says why it could not be read."""

    schema_version: int = 1
    id: str
    title: str | None = None
    published: str | None = None
    language: str | None = None
    error: str | None = None
