"""Extraction on a real Spark cluster: the records of one process, whatever is killed on the way."""

from __future__ import annotations

import json
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

pytest.importorskip("pyspark")
pq = pytest.importorskip("pyarrow.parquet")
if shutil.which("java") is None:
    pytest.skip("no Java here: apt-get install openjdk-17-jre-headless", allow_module_level=True)
sys.path.insert(0, str(Path(__file__).parent))

import pyarrow as pa  # noqa: E402
from cluster import ROOT, Cluster, kill, processes  # noqa: E402
from pyspark.sql import DataFrame, SparkSession  # noqa: E402

from extractor import Extractor  # noqa: E402
from extractor.readers.items import Document, Origin  # noqa: E402
from extractor.run.task import Task  # noqa: E402
from extractor.spark import extract  # noqa: E402
from extractor.writers.arrow import document_schema, row  # noqa: E402

pytestmark = [pytest.mark.spark, pytest.mark.slow]
# Put before the path of the executors of the session: a document that ends whatever process reads it.
_KILLER = """
import os, signal
from extractor.engine import Extractor
_extract = Extractor.extract
def extract(self, text, **more):
    if text == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    return _extract(self, text, **more)
Extractor.extract = extract
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def session(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """An application that the tests share: its executors are started and their rules loaded once."""
    killer = tmp_path_factory.mktemp("killer")
    (killer / "sitecustomize.py").write_text(_KILLER)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in cluster.environment().items():
            patch.setenv(name, value)
        session = SparkSession.builder.config(map=cluster.settings(killer)).getOrCreate()
        yield session
        session.stop()


def texts(count: int) -> list[str]:
    articles = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "fixtures").glob("*.txt"))]
    return [f"{articles[n % len(articles)]}\nمقتل {n + 2} جنديا." for n in range(count)]


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return path


def records(folder: Path) -> list[dict[str, Any]]:
    assert (folder / "_SUCCESS").exists()
    return sorted((r for p in folder.glob("*.parquet") for r in pq.read_table(p).to_pylist()), key=lambda r: r["id"])


def by_one_process(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What one process makes of the rows, in the shape of the Arrow schema."""
    task, kind = Task(Extractor()), pa.struct(list(document_schema()))
    results = (task(Document(r["id"], r["text"], Origin("spark"), None, r.get("published"))) for r in rows)
    return sorted((row(orjson.loads(r.line), kind) for r in results), key=lambda r: r["id"])


def without_place(found: list[dict[str, Any]]) -> bytes:
    """Records as bytes, without the place in the input, which is counted within a partition."""
    return json.dumps([{**r, "source": None} for r in found], ensure_ascii=False, sort_keys=True).encode()


def frame(session: SparkSession, rows: list[dict[str, Any]], parts: int) -> DataFrame:
    return session.createDataFrame(rows).repartition(parts)


def test_a_submitted_job_gives_the_records_of_one_process_byte_for_byte(cluster: Cluster, tmp_path: Path) -> None:
    rows = [{"id": f"{n:05}", "text": text, "published": "2024-03-01"} for n, text in enumerate(texts(60))]
    source = written(tmp_path / "in.jsonl", rows)
    done = cluster.submit(source, tmp_path / "out", "--published", "published", "--partitions", 5)
    assert done.wait(900) == 0, cluster.log()[-3000:]
    assert without_place(records(tmp_path / "out")) == without_place(by_one_process(rows))


def test_parquet_is_read_and_a_row_without_text_is_a_row_with_an_error(session: SparkSession, tmp_path: Path) -> None:
    table = pa.table({"key": ["a", "b"], "body": ["مقتل ثلاثة جنود.", None]})
    pq.write_table(table, tmp_path / "in.parquet")
    found = extract(session.read.parquet(str(tmp_path / "in.parquet")), text="body", id="key")
    found.write.parquet(str(tmp_path / "out"))
    first, second = records(tmp_path / "out")
    assert [e["count"]["low"] for e in first["events"]] == [3]
    assert (second["id"], second["error"]) == ("b", "the row has no text")


def test_a_document_that_kills_whatever_reads_it_costs_itself_alone(session: SparkSession, tmp_path: Path) -> None:
    rows = [{"id": f"{n:03}", "text": "kill" if n == 30 else text} for n, text in enumerate(texts(60))]
    extract(frame(session, rows, 3)).write.parquet(str(tmp_path / "out"))
    found = records(tmp_path / "out")
    assert [r["id"] for r in found if r["error"]] == ["030"]
    assert "killed its worker" in found[30]["error"]
    assert len(found) == 60


def test_a_stuck_document_ends_at_its_time_limit(session: SparkSession, tmp_path: Path) -> None:
    rows = [{"id": "quick", "text": "مقتل ثلاثة جنود."}, {"id": "slow", "text": "مقتل ثلاثة جنود. " * 200_000}]
    extract(frame(session, rows, 2), time_limit=0.5).write.parquet(str(tmp_path / "out"))
    quick, slow = records(tmp_path / "out")
    assert (len(quick["events"]), quick["error"]) == (1, None)
    assert (slow["id"], slow["error"]) == ("slow", "took longer than 0.5 seconds")


def test_nothing_is_lost_or_doubled_when_workers_and_an_executor_are_killed(
    session: SparkSession, tmp_path: Path
) -> None:
    rows = [{"id": f"{n:05}", "text": text} for n, text in enumerate(texts(400))]
    out = tmp_path / "out"
    job = threading.Thread(target=extract(frame(session, rows, 20)).write.parquet, args=(str(out),))
    job.start()
    killed = []
    for tasks, of in ((2, "pyspark.daemon"), (6, "CoarseGrainedExecutorBackend")):
        # So many tasks have written; none of it can be seen yet.
        while job.is_alive() and len(list(out.glob("_temporary/0/task_*"))) < tasks:
            time.sleep(0.05)
        assert not list(out.glob("*.parquet"))
        # One executor; of the Python workers all that there are.
        killed.append(kill(processes(of)[: 1 if of.startswith("Coarse") else None]))
    job.join(900)
    assert not job.is_alive()
    assert min(killed) > 0
    assert [r["id"] for r in records(out)] == [r["id"] for r in rows]
    assert without_place(records(out)) == without_place(by_one_process(rows))
