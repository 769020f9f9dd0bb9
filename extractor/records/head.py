"""What is said of a document as a whole."""

from __future__ import annotations

from extractor.records.parts import Record


class Origin(Record):
    """Where a document stands: its file (`-` is standard input) and its place there, counted from 1: the line at which
    it starts in a file of lines, its number among the records of any other; `url` is the address that the file gives.
    """

    path: str
    line: int | None = None
    record: int | None = None
    url: str | None = None


class Head(Record):
    """A document without its events. `error` says why it could not be read; `text` is what the offsets count in, where
    it was asked for."""

    schema_version: int = 1
    id: str
    title: str | None = None
    published: str | None = None
    language: str | None = None
    source: Origin | None = None
    error: str | None = None
    text: str | None = None
