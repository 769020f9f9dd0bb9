"""Documents out of JSON files: lists of objects, single objects, Telegram Desktop's exports."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from extractor.readers.encoding import charset
from extractor.readers.items import Document, Failure, InputError, Options, Origin, Source
from extractor.readers.json_stream import JsonStream
from extractor.readers.rows import RowReader, iso_date


def read_json(stream: io.BufferedReader, source: Source, options: Options) -> Iterator[Document | Failure]:
    """Every object of the lists in `stream`, or the one object that it is.

    What is broken ends the file with a failure, since nothing behind it can be told apart.
    """
    # A cut-off character at the end of what is peeked at must not count as broken.
    codec = charset(stream.peek(4096)[:4096], complete=False)
    rows = RowReader(options.columns, "key")
    path, name = source.path, source.name
    number = 0
    try:
        for list_key, beside, value in JsonStream(stream, codec, options.limits).elements():
            number += 1
            origin = Origin(path, record=number)
            identity = f"{name}:{number}" if list_key or number > 1 else name
            if not isinstance(value, dict):
                yield Failure(origin, "not a JSON object: a document is {…} with `text`", identity)
            elif options.form == "telegram" or _is_telegram(list_key, value):
                message = _message(value, beside, origin, name)
                if message is not None:
                    yield message
            elif "schema_version" in value and "events" in value:
                yield Failure(origin, "this is a record that extractor wrote, no document", identity)
            else:
                yield rows.document(value, origin, identity)
    except InputError as error:
        yield Failure(Origin(path, line=error.line), str(error), None if number else name)


def _is_telegram(list_key: str, value: dict[str, Any]) -> bool:
    dated = "date_unixtime" in value or "date" in value
    return list_key == "messages" and dated and "type" in value and "text" in value


def _message(value: dict[str, Any], chat: dict[str, Any], origin: Origin, name: str) -> Document | Failure | None:
    """The document of a Telegram message; None for one that is no text (a join, a pinned note, a picture alone)."""
    if value.get("type") != "message":
        return None
    text = _text(value.get("text"))
    identity = f"{chat.get('id', name)}/{value.get('id', origin.record)}"
    if text is None:
        return Failure(origin, "the message has no readable `text`", identity)
    if not text.strip():
        return None
    published = iso_date(value.get("date_unixtime")) or iso_date(value.get("date"))
    return Document(identity, text, origin, None, published)


def _text(value: Any) -> str | None:
    """A message's text: a string, or a list of strings and of objects that mark links, names and bold words."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return None
    parts = [part.get("text") if isinstance(part, dict) else part for part in value]
    return "".join(part for part in parts if isinstance(part, str))
