"""Records as a table in CSV: a row for each claim or event."""

from __future__ import annotations

import csv
import io
from typing import IO, Any

import orjson

from extractor.writers.flat import COLUMNS, flat

# What a spreadsheet takes for a formula if a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvWriter:
    """Rows of `flat.COLUMNS` below a line of their names; UTF-8, with a byte order mark if `bom`, as Excel wants it."""

    def __init__(self, stream: IO[bytes], *, bom: bool = False) -> None:
        self._stream = stream
        self._buffer = io.StringIO(newline="")
        self._rows = csv.writer(self._buffer)
        if bom:
            stream.write(b"\xef\xbb\xbf")
        self._rows.writerow(COLUMNS)
        self._hand_over()

    def write(self, line: bytes) -> None:
        """Add a row for each event of the record."""
        document = orjson.loads(line)
        for event in document["events"]:
            row = flat(document, event)
            self._rows.writerow([_cell(row[column]) for column in COLUMNS])
        self._hand_over()

    def close(self) -> None:
        """Nothing is left to be written."""
        self._stream.flush()

    def _hand_over(self) -> None:
        self._stream.write(self._buffer.getvalue().encode("utf-8", "replace"))
        self._buffer.seek(0)
        self._buffer.truncate()


def _cell(value: Any) -> Any:
    """A value as a spreadsheet reads it as data: texts that begin as a formula does get an apostrophe before them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
