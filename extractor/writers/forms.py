"""The formats of output, by name and by suffix, and the writer of each."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from extractor.writers.output import whole_file, whole_path

# Suffix of --output: format.
SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".geojson": "geojson",
}
# Format: module and class that write it.
_WRITERS = {
    "json": ("json_text", "JsonWriter"),
    "jsonl": ("json_text", "JsonLinesWriter"),
    "csv": ("csv_table", "CsvWriter"),
    "parquet": ("parquet", "ParquetWriter"),
    "sqlite": ("sqlite", "SqliteWriter"),
    "geojson": ("geojson", "GeoJsonWriter"),
}
FORMATS = tuple(_WRITERS)
# Formats that need a file of their own; the others can go to standard output.
FILES = ("parquet", "sqlite")


class Writer(Protocol):
    """Takes records one at a time, each as its line of JSON; `close` ends what was begun."""

    def write(self, line: bytes) -> None:
        """Add the record that `line` is."""

    def close(self) -> None:
        """Write what is still to be written; the target itself stays open."""


def stream_writer(form: str, stream: IO[bytes], *, bom: bool = False) -> Writer:
    """The writer of `form` on a byte stream. `bom` puts a byte order mark before CSV, for Excel."""
    module, name = _WRITERS[form]
    found: Any = getattr(importlib.import_module(f"extractor.writers.{module}"), name)
    writer: Writer = found(stream, bom=bom) if form == "csv" else found(stream)
    return writer


@contextmanager
def file_writer(form: str, path: Path, *, bom: bool = False) -> Iterator[Writer]:
    """A writer of `form` to a file that appears, or changes, only when everything was written.

    An SQLite file that is there already takes the records in, in one transaction. Raises
    `extractor.readers.items.InputError` where an extra is missing or the file is no database of ours.
    """
    if form == "sqlite":
        from extractor.writers.sqlite import SqliteWriter

        if path.exists():
            with SqliteWriter(path) as base:
                yield base
        else:
            with whole_path(path) as temporary, SqliteWriter(temporary) as base:
                yield base
        return
    with whole_file(path) as file:
        writer = stream_writer(form, file, bom=bom)
        try:
            yield writer
        finally:
            writer.close()  # also of what is broken off and goes away: libraries hold on to what they did not end
