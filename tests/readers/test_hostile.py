"""Gigabytes out of kilobytes: the command reads them in bounded memory and says what is wrong."""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

# What the whole process may map; a plain run of the command maps a third of it.
MEMORY = 1 << 30
_STARTS = {
    "csv": r"id,text\n1,",
    "json": '[{"text": "',
    "feed": "<rss><item><title>",
    "html": "<p>",
}
GOOD = json.dumps({"id": "good", "text": "قتل 3 جنود في هجوم على حاجز."}).encode()


def run(*arguments: object, feed: str | None = None, memory: int = MEMORY) -> tuple[int, list[dict], str]:
    """Exit status, records and messages of a run that gets no more memory than `memory`; `feed`: a shell command."""
    command = [sys.executable, "-m", "extractor", "extract", *map(str, arguments), "--format", "jsonl"]
    source = subprocess.Popen(["bash", "-c", feed], stdout=subprocess.PIPE) if feed else None
    done = subprocess.run(
        command,
        stdin=source.stdout if source else subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=300,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
    )
    if source is not None and source.stdout is not None:
        source.stdout.close()
        source.wait()
    said = done.stderr.decode()
    assert "Traceback" not in said
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], said


@pytest.mark.slow
@pytest.mark.parametrize("form", ["jsonl", "csv", "text", "json", "feed", "html"])
def test_a_line_of_a_gigabyte_is_a_failure(form: str) -> None:
    start = _STARTS.get(form, "")
    feed = f"printf '{start}'; head -c 1000000000 /dev/zero | tr '\\0' a"
    status, records, said = run("-", "--from", form, feed=feed)
    assert status == 1
    assert "longer than 32 MB" in said
    assert all(record["error"] for record in records)


@pytest.mark.slow
def test_good_lines_around_a_long_one_are_read() -> None:
    text = GOOD.decode().replace("\\", "\\\\")
    long = "head -c 300000000 /dev/zero | tr '\\0' a"
    _, records, said = run("-", "--from", "jsonl", feed=f"printf '%b\\n' '{text}'; {long}; printf '\\n%b\\n' '{text}'")
    assert [bool(record["events"]) for record in records] == [True, False, True]
    assert "-:2: the line is longer than 32 MB" in said


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.txt.gz", "a.json.gz", "a.csv.gz", "a.xml.gz", "a.html.gz"])
def test_a_gzip_bomb_is_a_failure(tmp_path: Path, name: str) -> None:
    member = gzip.compress(b"\n" * (64 << 20))
    with (tmp_path / name).open("wb") as file:
        file.write(gzip.compress(b"id,text\n" if ".csv" in name else b""))
        for _ in range(60):  # 4 GB
            file.write(member)
    (tmp_path / "b.jsonl").write_bytes(GOOD)
    status, records, said = run(tmp_path)
    assert status == 1
    assert "200 times its size" in said or "longer than 32 MB" in said
    assert [record["id"] for record in records if record["events"]] == ["good"]


def test_a_parquet_file_that_repeats_a_long_text_is_held_once(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 64, pa.int32()), pa.array(["a" * 34_000_000]))
    pq.write_table(pa.table({"text": column}), tmp_path / "a.parquet")
    # Arrow maps a gigabyte at its start; held for each row, the texts would take two more.
    status, records, said = run(tmp_path / "a.parquet", memory=MEMORY * 5 // 2)
    assert status == 1
    assert len(records) == 64
    assert "a.parquet#64: the text is longer than 32 MB" in said
