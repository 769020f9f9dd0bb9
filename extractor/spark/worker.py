"""What runs on an executor: batches of documents in, batches of records out."""

from __future__ import annotations

import hashlib
import marshal
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
import pyarrow as pa

from extractor.engine import Extractor
from extractor.readers.items import Document, Failure, Item, Origin
from extractor.run.pool import Pool
from extractor.run.task import Task
from extractor.run.work import numbered
from extractor.writers.arrow import document_schema, row

_ROWS = 256  # records a batch: a few megabytes at the most


@dataclass(frozen=True, slots=True)
class Job:
    """What an executor must know: the rule files, packed, with a digest to know them by, and how to read."""

    digest: str
    packed: bytes
    time_limit: float
    with_text: bool

    @classmethod
    def of(cls, files: Mapping[str, bytes], *, time_limit: float, with_text: bool) -> Job:
        """A job with the rule files `files`, three megabytes of them packed into less than one."""
        data = marshal.dumps(dict(files))
        return cls(hashlib.sha256(data).hexdigest(), zlib.compress(data), time_limit, with_text)


def documents(job: Job, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The records of `batches`, whose columns are id, text, title and published, in their order.

    Documents are read in one child process, which the pool watches and replaces: what dies with a document is not the
    worker that Spark would run the whole partition again for.
    """
    task = Task(_extractor(_Rules(job)), limit=job.time_limit, with_text=job.with_text)
    task.prepare()
    schema = document_schema()
    kind = pa.struct(list(schema))
    rows: list[Any] = []
    for done in Pool(task, 1).run(numbered(_items(batches))):
        rows.append(row(orjson.loads(done.result.line), kind))
        if len(rows) == _ROWS:
            yield _batch(rows, kind, schema)
            rows = []
    if rows:
        yield _batch(rows, kind, schema)


class _Rules:
    """A job as far as its rules go: two with the same rule files are the same."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __hash__(self) -> int:
        return hash(self._job.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rules) and other._job.digest == self._job.digest

    def files(self) -> dict[str, bytes]:
        found: dict[str, bytes] = marshal.loads(zlib.decompress(self._job.packed))
        return found


@lru_cache(maxsize=2)
def _extractor(rules: _Rules) -> Extractor:
    """Spark reuses a Python worker for many tasks: the rules are compiled, or read from a cache, once in each."""
    return Extractor.of_files(rules.files())


def _items(batches: Iterator[pa.RecordBatch]) -> Iterator[Item]:
    record = 0
    for batch in batches:
        for values in batch.to_pylist():
            record += 1
            origin = Origin("spark", record=record)
            identity = values["id"] if values["id"] is not None else ""
            if values["text"] is None:
                yield Failure(origin, "the row has no text", identity)
            else:
                yield Document(identity, values["text"], origin, values["title"], values["published"])


def _batch(rows: list[Any], kind: pa.StructType, schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_struct_array(pa.array(rows, type=kind)).cast(schema)
