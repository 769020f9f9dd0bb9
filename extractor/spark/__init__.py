"""Extraction of a data frame on Apache Spark (extra `spark`): `extract(df)`.

Rules are read on the driver and travel with the job; an executor compiles them once and keeps them (see
`worker.documents`). What a document does to the process that reads it never harms the job: documents are read in a
supervised child process, one that kills it twice or takes too long comes out as a row with an `error`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import functions
from pyspark.sql.pandas.types import from_arrow_schema

from extractor.rules.cache import shipped_rules
from extractor.rules.sources import read_files
from extractor.spark.worker import Job, documents
from extractor.writers.arrow import document_schema

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["extract"]


def extract(  # noqa: PLR0913
    df: DataFrame,
    text: str = "text",
    id: str = "id",  # noqa: A002  the contract's name
    *,
    title: str | None = None,
    published: str | None = None,
    rules: Sequence[str | Path] = (),
    time_limit: float = 60,
    with_text: bool = False,
) -> DataFrame:
    """The records of a data frame, a row for each of its rows, in the schema of `extractor.writers.arrow`.

    `text`, `id`, `title` and `published` name its columns; `rules` are folders on the driver that are laid over the
    shipped rules. `time_limit` is the seconds that one document may take. What cannot be read has its reason in
    `error`, so that the number of rows is the same before and after. Raises RuleError with every mistake in the rules.
    """
    files = read_files([shipped_rules(), *map(Path, rules)])
    job = Job.of(files, time_limit=time_limit, with_text=with_text)
    named = {"id": id, "text": text, "title": title, "published": published}
    columns = [
        (functions.col(column) if column else functions.lit(None)).cast("string").alias(name)
        for name, column in named.items()
    ]

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return documents(job, batches)

    return df.select(*columns).mapInArrow(read, from_arrow_schema(document_schema()))
