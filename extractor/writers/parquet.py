"""Records as Parquet: a row for each document, zstd, the nested schema of `arrow.document_schema`."""

from __future__ import annotations

from typing import IO, Any

import orjson

from extractor.readers.extras import need

_GROUP = 2000


class ParquetWriter:
    """Row groups of some thousand documents; what waits for its group is all that is held."""

    def __init__(self, stream: IO[bytes]) -> None:
        need("parquet", "writing Parquet")
        import pyarrow.parquet as pq

        from extractor.writers.arrow import document_schema

        self._schema = document_schema()
        self._file = pq.ParquetWriter(stream, self._schema, compression="zstd")
        self._rows: list[Any] = []

    def write(self, line: bytes) -> None:
        """Add the record that `line` is."""
        self._rows.append(orjson.loads(line))
        if len(self._rows) >= _GROUP:
            self._hand_over()

    def close(self) -> None:
        """Write the last group and the footer."""
        self._hand_over()
        self._file.close()

    def _hand_over(self) -> None:
        import pyarrow as pa

        from extractor.writers.arrow import row

        if self._rows:
            kind = pa.struct(list(self._schema))
            columns = pa.array([row(r, kind) for r in self._rows], type=kind)
            self._file.write_batch(pa.RecordBatch.from_struct_array(columns).cast(self._schema))
            self._rows = []
