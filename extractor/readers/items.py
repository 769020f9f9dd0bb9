"""What readers give: documents, pages still to be read, and failures, each with the place that it came from."""

from __future__ import annotations

from typing import Any, NamedTuple


class InputError(Exception):
    """Input that cannot be read. The message says what is wrong and the way out; `line` counts from 1 if known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class Origin(NamedTuple):
    """Where a document stands: its file as named by the caller (`-` is standard input), and its place in the file.

    `line` is the line at which it starts in a file of lines, `record` its number among the records of the file; both
    count from 1. `url` is the address that the file gives for it.
    """

    path: str
    line: int | None = None
    record: int | None = None
    url: str | None = None

    def __str__(self) -> str:
        if self.line is not None:
            return f"{self.path}:{self.line}"
        return self.path if self.record is None else f"{self.path}#{self.record}"

    def as_record(self) -> dict[str, Any]:
        """The value of `source` in the record of the document."""
        return {"path": self.path, "line": self.line, "record": self.record, "url": self.url}


class Source(NamedTuple):
    """A file or standard input: its path as messages and records name it, and the name that ids are made of."""

    path: str
    name: str


class Document(NamedTuple):
    """A text with what is known about it. `published` is an ISO date, or what the input says if it is no date."""

    id: str
    text: str
    origin: Origin
    title: str | None = None
    published: str | None = None

    @property
    def where(self) -> str:
        """Its place, for messages."""
        return str(self.origin)


class Page(NamedTuple):
    """An HTML page as found. Taking it apart costs as much as reading the text, so it is left to whoever reads it."""

    id: str
    data: bytes
    origin: Origin
    charset: str | None = None


class Failure(NamedTuple):
    """A document or file that could not be read, and why. `id` is None where there is no document to name."""

    origin: Origin
    reason: str
    id: str | None = None

    @property
    def where(self) -> str:
        """Its place, for messages."""
        return str(self.origin)


Item = Document | Page | Failure


class Columns(NamedTuple):
    """Names of the columns (keys, in JSON) that hold the parts of a document; None: guessed by common names."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None


class Limits(NamedTuple):
    """Bounds on hostile input. `document`: bytes of one document, line, record or page. `ratio`: how many times its
    own size a compressed file may grow, looked at from `grown` bytes on. `depth`: elements within elements in XML."""

    document: int = 32 * 2**20
    grown: int = 16 * 2**20
    ratio: int = 200
    depth: int = 200


class Options(NamedTuple):
    """How to read: the format of every input (None: by suffix, else by its first bytes), columns, limits."""

    form: str | None = None
    columns: Columns = Columns()
    limits: Limits = Limits()
