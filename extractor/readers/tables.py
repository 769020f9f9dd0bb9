"""Documents out of tables in text: CSV and TSV."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO, Any

from extractor.readers.encoding import charset, is_windows_1256
from extractor.readers.items import Document, Failure, InputError, Options, Origin, Source
from extractor.readers.rows import RowReader
from extractor.readers.streams import lines, too_long

_SAMPLE = 1 << 16
_DELIMITERS = ",;\t|"


def read_csv(stream: io.BufferedReader, source: Source, options: Options) -> Iterator[Document | Failure]:
    """As `read_table`; the sign between the cells is told by the first line."""
    return read_table(stream, source, options, None)


def read_tsv(stream: io.BufferedReader, source: Source, options: Options) -> Iterator[Document | Failure]:
    """As `read_table`, with tabs between the cells."""
    return read_table(stream, source, options, "\t")


def read_table(
    stream: io.BufferedReader, source: Source, options: Options, delimiter: str | None
) -> Iterator[Document | Failure]:
    """Every row of a table whose first line names its columns. `delimiter` None: told by the first line.

    Raises InputError where there is no such line, or no column that holds text.
    """
    try:
        codec = charset(stream.peek(_SAMPLE)[:_SAMPLE], complete=False)
    except InputError:
        codec = "utf-8-sig"  # the rows that it does not hold for are failures, the others are read
    if codec == "utf-16":
        recoded: Any = _Utf8(stream)
        stream = io.BufferedReader(recoded)
        codec = "utf-8-sig"
    limit = options.limits.document
    csv.field_size_limit(max(csv.field_size_limit(), limit))
    numbered = _Lines(stream, codec, options)
    try:
        first = numbered.first()
    except csv.Error as error:
        raise InputError(str(error), 1) from None
    mark = delimiter or _delimiter(first)
    reader = csv.reader(numbered, delimiter=mark)
    try:
        header = next(reader, None)
    except csv.Error as error:
        raise InputError(f"no table: {error}", 1) from None
    if not header:
        raise InputError("empty: the first line of a table names its columns", 1)
    rows = RowReader(options.columns, "column")
    rows.text_name(header)
    path, name = source.path, source.name
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            numbered.end_row()
            yield Failure(Origin(path, line=line), f"no row of a table: {error}", f"{name}:{line}")
            continue
        if row is None:
            return
        reason = numbered.end_row()
        if not row and reason is None:
            continue
        origin, identity = Origin(path, line=line), f"{name}:{line}"
        if reason is None and any(row[len(header) :]):
            reason = f"the row has {len(row)} cells, the table {len(header)} columns: quote cells that hold a {mark!r}"
        if reason:
            yield Failure(origin, reason, identity)
        elif any(row):
            cells = dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=False))
            yield rows.document(cells, origin, identity)


class _Lines:
    """Lines as text for the csv module, one at a time; what was wrong with one is kept for the row that it is in."""

    def __init__(self, stream: IO[bytes], codec: str, options: Options) -> None:
        self._lines = lines(stream, options.limits)
        self._codec = codec.removesuffix("-sig")
        self._limits = options.limits
        self._held = 0
        self._trouble: str | None = None
        self._ahead: str | None = None

    def first(self) -> str:
        """The first line, which stays to be read; "" if there is none."""
        self._ahead = next(self, "").removeprefix("\ufeff")
        return self._ahead

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._ahead:
            line, self._ahead = self._ahead, None
            return line
        return self._read(next(self._lines))

    def _read(self, line: bytes | None) -> str:
        self._held += len(line or b"")
        if line is None or self._held > self._limits.document:
            # Or a quote that nothing closes, which swallows the rest of the file: the row ends here.
            raise csv.Error(too_long("the row", self._limits))
        try:
            return line.decode(self._codec).replace("\0", "")
        except UnicodeDecodeError:
            if is_windows_1256(line):
                return line.decode("cp1256", "replace").replace("\0", "")
            self._trouble = f"not {self._codec.upper()}: save the file as UTF-8"
            return line.decode(self._codec, "replace").replace("\0", "")

    def end_row(self) -> str | None:
        """To be called behind every row: what was wrong with its lines."""
        trouble, self._trouble, self._held = self._trouble, None, 0
        return trouble


class _Utf8(io.RawIOBase):
    """A UTF-16 stream, as Excel writes it, in UTF-8."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with up to its length; the number of bytes, 0 at the end."""
        while not self._held:
            data = self._stream.read(_SAMPLE)
            self._held = self._decoder.decode(data, not data).encode("utf-8", "replace")
            if not data:
                break
        size = min(len(buffer), len(self._held))
        buffer[:size], self._held = self._held[:size], self._held[size:]
        return size


def _delimiter(header: str) -> str:
    """The sign that parts the names of the first line: the most frequent of the usual ones outside quotes."""
    outside = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)
