"""Extraction on a real Spark cluster: the records of one process, whatever is killed on the way."""

from __future__ import annotations

import json
import shutil
import sys
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

from extractor import Extractor  # noqa: E402
from extractor.readers.items import Document, Origin  # noqa: E402
from extractor.run.task import Task  # noqa: E402
from extractor.writers.arrow import document_schema, row  # noqa: E402

pytestmark = [pytest.mark.spark, pytest.mark.slow]
# Put before the path of executors alone: a document that ends whatever process reads it.
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


def test_a_cluster_gives_the_records_of_one_process_byte_for_byte(cluster: Cluster, tmp_path: Path) -> None:
    rows = [{"id": f"{n:05}", "text": text, "published": "2024-03-01"} for n, text in enumerate(texts(200))]
    source = written(tmp_path / "in.jsonl", rows)
    done = cluster.submit(source, tmp_path / "out", "--published", "published", "--partitions", 7)
    assert done.wait(300) == 0, cluster.log()[-3000:]
    assert without_place(records(tmp_path / "out")) == without_place(by_one_process(rows))


def test_parquet_is_read_and_a_row_without_text_is_a_row_with_an_error(cluster: Cluster, tmp_path: Path) -> None:
    table = pa.table({"key": ["a", "b"], "body": ["مقتل ثلاثة جنود.", None]})
    pq.write_table(table, tmp_path / "in.parquet")
    done = cluster.submit(tmp_path / "in.parquet", tmp_path / "out", "--text", "body", "--id", "key")
    assert done.wait(300) == 0, cluster.log()[-3000:]
    first, second = records(tmp_path / "out")
    assert [e["count"]["low"] for e in first["events"]] == [3]
    assert (second["id"], second["error"]) == ("b", "the row has no text")


def test_nothing_is_lost_or_doubled_when_workers_and_an_executor_are_killed(cluster: Cluster, tmp_path: Path) -> None:
    rows = [{"id": f"{n:05}", "text": text} for n, text in enumerate(texts(3000))]
    source, out = written(tmp_path / "in.jsonl", rows), tmp_path / "out"
    job = cluster.submit(source, out, "--partitions", 30)
    # Some tasks have written, none of it can be seen yet.
    while job.poll() is None and len(list(out.glob("_temporary/0/task_*"))) < 2:
        time.sleep(0.05)
    assert not list(out.glob("*.parquet"))
    killed = kill(processes("pyspark.daemon"))
    while job.poll() is None and len(list(out.glob("_temporary/0/task_*"))) < 6:
        time.sleep(0.05)
    executors = processes("CoarseGrainedExecutorBackend")
    killed_executors = kill(executors[:1])
    assert job.wait(500) == 0, cluster.log()[-3000:]
    assert killed > 0
    assert killed_executors == 1
    assert [r["id"] for r in records(out)] == [r["id"] for r in rows]
    assert without_place(records(out)) == without_place(by_one_process(rows))


def test_a_document_that_kills_whatever_reads_it_costs_itself_alone(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "killer").mkdir()
    (tmp_path / "killer" / "sitecustomize.py").write_text(_KILLER)
    rows = [{"id": f"{n:03}", "text": "kill" if n == 30 else text} for n, text in enumerate(texts(60))]
    source = written(tmp_path / "in.jsonl", rows)
    done = cluster.submit(source, tmp_path / "out", "--partitions", 3, python_path=(tmp_path / "killer",))
    assert done.wait(300) == 0, cluster.log()[-3000:]
    found = records(tmp_path / "out")
    assert [r["id"] for r in found if r["error"]] == ["030"]
    assert "killed its worker" in found[30]["error"]
    assert len(found) == 60


def test_a_stuck_document_ends_at_its_time_limit(cluster: Cluster, tmp_path: Path) -> None:
    rows = [{"id": "quick", "text": "مقتل ثلاثة جنود."}, {"id": "slow", "text": "مقتل ثلاثة جنود. " * 400_000}]
    source = written(tmp_path / "in.jsonl", rows)
    done = cluster.submit(source, tmp_path / "out", "--time-limit", 0.5)
    assert done.wait(300) == 0, cluster.log()[-3000:]
    quick, slow = records(tmp_path / "out")
    assert (len(quick["events"]), quick["error"]) == (1, None)
    assert (slow["id"], slow["error"]) == ("slow", "took longer than 0.5 seconds")
