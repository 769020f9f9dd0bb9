"""Documents out of RSS and Atom: the items of a feed.

Read with the standard library's expat as a stream. Entities that a feed declares are refused, so none can grow; none is
fetched; the depth of elements is bounded.
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from extractor.readers.items import Document, Failure, InputError, Limits, Options, Origin, Source
from extractor.readers.markup import plain
from extractor.readers.rows import iso_date
from extractor.readers.streams import too_long

_CHUNK = 1 << 14
_CONTENT = "http://purl.org/rss/1.0/modules/content/ encoded"
# Elements of an item by local name, for each part the best first.
_PARTS = {
    "text": (_CONTENT, "content", "description", "summary"),
    "id": ("guid", "id"),
    "title": ("title",),
    "published": ("published", "pubDate", "issued", "date", "updated"),
    "url": ("link",),
}


def read_feed(stream: io.BufferedReader, source: Source, options: Options) -> Iterator[Document | Failure]:
    """Every item of an RSS or Atom feed; its text is its content or summary, or its title if it has neither.

    Broken XML ends the feed with a failure; the items before it are given.
    """
    parser = _FeedParser(options.limits)
    path, name = source.path, source.name
    number = 0
    trouble: InputError | None = None
    while True:
        data = stream.read(_CHUNK)
        try:
            parser.feed(data)
        except InputError as error:
            trouble = error
        for item in parser.taken():
            number += 1
            yield _document(item, Origin(path, record=number), f"{name}:{number}")
        if trouble is not None:
            yield Failure(Origin(path, line=trouble.line), str(trouble), None if number else name)
        if trouble is not None or not data:
            break
    if not number and trouble is None:
        yield Failure(Origin(path), "no item: not a feed in RSS or Atom", name)


def _document(item: dict[str, str], origin: Origin, name: str) -> Document | Failure:
    def first(part: str) -> str | None:
        return next((item[n].strip() for n in _PARTS[part] if item.get(n, "").strip()), None)

    title = first("title")
    title = plain(title) if title else None
    text = first("text")
    text = plain(text) if text else ""
    url = first("url")
    identity = first("id") or url or name
    if not text and not title:
        return Failure(origin, "the item has neither text nor title", identity)
    origin = Origin(origin.path, record=origin.record, url=url)
    return Document(identity, text or title or "", origin, title, iso_date(first("published")))


@dataclass
class _Item:
    depth: int
    values: dict[str, str] = field(default_factory=dict)


class _FeedParser:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._entity
        # Names of HTML (&nbsp;) that a feed uses without declaring them come to the handler instead of being errors.
        self._parser.UseForeignDTD(True)
        self._parser.SkippedEntityHandler = self._skipped
        self._depth = 0
        self._item: _Item | None = None
        self._name: str | None = None
        self._parts: list[str] = []
        self._length = 0
        self._items: list[dict[str, str]] = []

    def feed(self, data: bytes) -> None:
        """Take in more of the feed, nothing at its end. Raises InputError."""
        try:
            self._parser.Parse(data, not data)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise InputError(f"broken XML ({reason}); what stands behind it was not read", error.lineno) from None

    def taken(self) -> list[dict[str, str]]:
        """The items that are complete since the last call."""
        items, self._items = self._items, []
        return items

    def _fail(self, message: str) -> InputError:
        return InputError(message, self._parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._limits.depth:
            raise self._fail(f"more than {self._limits.depth} elements within each other: no feed")
        local = name.rpartition(" ")[2]
        if self._item is None:
            if local in ("item", "entry"):
                self._item = _Item(self._depth)
                self._length = 0
        elif self._depth == self._item.depth + 1:
            self._name = name if name == _CONTENT else local
            self._parts = []
            if local == "link" and attributes.get("href") and attributes.get("rel", "alternate") == "alternate":
                self._parts.append(attributes["href"])
        elif self._name is not None and name.startswith("http://www.w3.org/1999/xhtml "):
            self._parts.append(f"<{local}>")

    def _end(self, name: str) -> None:
        item = self._item
        if item is not None:
            if self._depth == item.depth:
                self._items.append(item.values)
                self._item = None
            elif self._depth == item.depth + 1 and self._name is not None:
                value = "".join(self._parts)
                if value.strip():
                    item.values.setdefault(self._name, value)
                self._name = None
            elif self._name is not None and name.startswith("http://www.w3.org/1999/xhtml "):
                self._parts.append(f"</{name.rpartition(' ')[2]}>")
        self._depth -= 1

    def _characters(self, data: str) -> None:
        if self._name is None:
            return
        self._length += len(data)
        if self._length > self._limits.document:
            raise self._fail(too_long("the item", self._limits))
        self._parts.append(data)

    def _entity(self, name: str, *_: object) -> None:
        raise self._fail(f"the feed declares an entity, {name!r}: refused, since such feeds are attacks")

    def _skipped(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001
        if not is_parameter:
            self._characters(html.unescape(f"&{name};"))
