"""Records as JSON and JSON Lines."""

from __future__ import annotations

from typing import IO

import orjson


class JsonLinesWriter:
    """A record a line, each line written out at once."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, line: bytes) -> None:
        """Add the record that `line` is."""
        self._stream.write(line + b"\n")
        self._stream.flush()

    def close(self) -> None:
        """Nothing is left to be written."""
        self._stream.flush()


class JsonWriter:
    """One object if there is exactly one record, else an array; indented, for reading."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._first: bytes | None = None
        self._count = 0

    def write(self, line: bytes) -> None:
        """Add the record that `line` is."""
        self._count += 1
        if self._count == 1:
            self._first = line
            return
        if self._first is not None:
            self._stream.write(b"[\n  " + _indented(self._first))
            self._first = None
        self._stream.write(b",\n  " + _indented(line))

    def close(self) -> None:
        """Write the end of the array, or the one record."""
        if self._count > 1:
            self._stream.write(b"\n]\n")
        elif self._first is not None:
            self._stream.write(orjson.dumps(orjson.loads(self._first), option=orjson.OPT_INDENT_2) + b"\n")
        else:
            self._stream.write(b"[]\n")
        self._stream.flush()


def _indented(line: bytes) -> bytes:
    # JSON strings hold no raw line break, so every one of these belongs to the layout.
    return orjson.dumps(orjson.loads(line), option=orjson.OPT_INDENT_2).replace(b"\n", b"\n  ")
