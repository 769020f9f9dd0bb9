"""Documents out of JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

import orjson

from extractor.readers.encoding import is_windows_1256
from extractor.readers.items import Document, Failure, InputError, Options, Origin, Source
from extractor.readers.rows import RowReader
from extractor.readers.streams import lines, too_long


def read_json_lines(stream: IO[bytes], source: Source, options: Options) -> Iterator[Document | Failure]:
    """Every object of `stream`; a line that is none is a failure and costs no other line."""
    rows = RowReader(options.columns, "key")
    path, name = source.path, source.name
    for number, line in enumerate(lines(stream, options.limits), 1):
        if line is not None and line.isspace():
            continue
        origin = Origin(path, line=number)
        identity = f"{name}:{number}"
        if line is None:
            yield Failure(origin, too_long("the line", options.limits), identity)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # noqa: PLW2901
        if not line.strip():
            continue
        try:
            row = parse(line)
        except InputError as error:
            yield Failure(origin, f"not a line of JSON: {error}", identity)
            continue
        if isinstance(row, dict):
            yield rows.document(row, origin, identity)
        else:
            yield Failure(origin, "not a JSON object: each line is {…} with `text`", identity)


def parse(data: bytes) -> Any:
    """A JSON value. Raw control characters within strings, which many exports hold, are let through.

    Raises InputError saying what is wrong.
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        reason = str(error)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not is_windows_1256(data):
            raise InputError(f"not UTF-8 (byte {error.start})") from None
        text = data.decode("cp1256", "replace")
    try:
        return json.loads(text, strict=False, parse_constant=lambda _: None)
    except RecursionError:
        raise InputError("nested too deeply") from None
    except ValueError:
        raise InputError(reason) from None
