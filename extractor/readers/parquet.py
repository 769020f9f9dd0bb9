"""Documents out of Parquet files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from extractor.readers.extras import need
from extractor.readers.items import Document, Failure, InputError, Options, Origin, Source
from extractor.readers.rows import RowReader
from extractor.readers.streams import too_long

_BATCH = 64
_LARGEST_GROUP = 1 << 30
_THRIFT = 1 << 26


def read_parquet(stream: io.BufferedReader, source: Source, options: Options) -> Iterator[Document | Failure]:
    """Every row of a Parquet file, a batch at a time; only the columns that hold parts of a document are read.

    Raises InputError where it is none, has no column of text, or is broken.
    """
    need("parquet", "reading Parquet")
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = RowReader(options.columns, "column")
    path, name = source.path, source.name
    try:
        limits = {"thrift_string_size_limit": _THRIFT, "thrift_container_size_limit": _THRIFT}
        source_file = _seekable(stream)
        header = pq.read_schema(source_file).names
        text = rows.text_name(header)
        wanted = list(dict.fromkeys(rows.parts(header).values()))
        # As a dictionary: a long text that a small file repeats in every row is held once.
        file = pq.ParquetFile(source_file, read_dictionary=[text], **limits)
        number = 0
        for group in range(file.num_row_groups):
            _bounded(file.metadata.row_group(group), wanted)
            for batch in file.iter_batches(_BATCH, row_groups=[group], columns=wanted, use_threads=False):
                for index in range(batch.num_rows):
                    number += 1
                    row = {column: batch.column(at)[index].as_py() for at, column in enumerate(batch.schema.names)}
                    document = rows.document(row, Origin(path, record=number), f"{name}:{number}")
                    if isinstance(document, Document) and len(document.text) > options.limits.document:
                        document = Failure(document.origin, too_long("the text", options.limits), document.id)
                    yield document
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"broken Parquet ({str(error).splitlines()[0][:200]})") from None


def _bounded(group: Any, wanted: list[str]) -> None:
    columns = (group.column(i) for i in range(group.num_columns))
    size = sum(c.total_uncompressed_size for c in columns if c.path_in_schema.split(".")[0] in wanted)
    if size > _LARGEST_GROUP:
        raise InputError(f"a row group of {size >> 20} MB: write the file with smaller row groups")


def _seekable(stream: io.BufferedReader) -> Any:
    """Parquet is read from its end: what comes through a pipe or from gzip is held in memory."""
    if stream.seekable():
        return stream
    data = stream.read(_LARGEST_GROUP + 1)
    if len(data) > _LARGEST_GROUP:
        raise InputError("Parquet from a pipe is held in memory and may have 1 GB: name the file instead")
    return io.BytesIO(data)
