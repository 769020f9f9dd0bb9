"""Records as JSON and JSON Lines, to standard output or to a file that is written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import orjson

FORMATS = ("json", "jsonl")


def dump(record: Any, *, indent: bool = False) -> bytes:
    """One record as UTF-8 JSON. A lone surrogate, which UTF-8 cannot hold, comes out as U+FFFD."""
    option = orjson.OPT_INDENT_2 if indent else 0
    try:
        return orjson.dumps(record, option=option)
    except TypeError:
        return orjson.dumps(_clean(record), option=option)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value


def write(records: Iterable[Any], stream: IO[bytes], form: str) -> None:
    """Write `records` as one JSON array, one object if there is exactly one, or as JSON Lines, flushed line by line."""
    if form == "jsonl":
        for record in records:
            stream.write(dump(record) + b"\n")
            stream.flush()
        return
    every = list(records)
    stream.write(dump(every[0] if len(every) == 1 else every, indent=True) + b"\n")
    stream.flush()


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only when everything was written."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
