"""`extractor extract` from and to every format, as its users meet it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.writers.flat import COLUMNS

TEXT = "أعلن الجيش مقتل 304 مسلحين في سيناء."


def run(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "extractor", "extract", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The same text in several formats, and a file that is none."""
    (tmp_path / "in").mkdir()
    put = (tmp_path / "in").joinpath
    put("a.txt").write_text(TEXT, encoding="utf-16")
    put("b.csv").write_text(f"\ufeffرقم الخبر;نص الخبر\nb1;{TEXT}\n", encoding="utf-8")
    put("c.json").write_text(json.dumps({"articles": [{"id": "c1", "body": TEXT}]}), encoding="utf-8")
    put("d.jsonl.gz").write_bytes(gzip.compress(json.dumps({"id": "d1", "content": TEXT}).encode()))
    put("e.xml").write_text(f"<rss><item><guid>e1</guid><description>{TEXT}</description></item></rss>", "utf-8")
    put("f.html").write_text(f"<html><body><article><p>{TEXT * 9}</p></article></body></html>", encoding="utf-8")
    put("notes.md").write_text("…", encoding="utf-8")
    return tmp_path / "in"


def test_a_folder_of_many_formats_is_read_in_one_run(folder: Path) -> None:
    done = run(folder, "--format", "jsonl", "--with-text")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [r["id"] for r in records] == ["a", "b1", "c1", "d1", "e1", "f"]
    assert {Path(r["source"]["path"]).name for r in records} == {p.name for p in folder.iterdir()} - {"notes.md"}
    assert (records[1]["source"]["line"], records[2]["source"]["record"]) == (2, 1)
    for record in records:
        span = record["events"][0]["trigger"]
        assert record["text"][span["start"] : span["end"]] == span["text"] == "مقتل"
    assert b"6 documents, 14 claims, 0 failures" in done.stderr


@pytest.mark.parametrize("suffix", ["json", "jsonl", "csv", "parquet", "sqlite", "geojson"])
def test_the_suffix_of_the_output_tells_the_format(folder: Path, tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"o.{suffix}"
    assert run(folder, "-o", output, "--bom").returncode == 0
    data = output.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", output.name]
    if suffix == "csv":
        assert data.startswith(b"\xef\xbb\xbf")
        assert len(list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))) == 14
    elif suffix == "sqlite":
        base = sqlite3.connect(output)
        assert base.execute("SELECT count(*), count(DISTINCT document) FROM events").fetchone() == (14, 6)
        assert base.execute("SELECT count(*) FROM documents WHERE text LIKE '%304%'").fetchone() == (6,)
        base.close()
    elif suffix == "geojson":
        assert json.loads(data)["features"][0]["geometry"]["coordinates"][0] > 30
    elif suffix == "parquet":
        assert data.startswith(b"PAR1")
    else:
        assert len(json.loads(data) if suffix == "json" else data.splitlines()) == 6


def test_standard_input_may_be_a_table_that_is_named_as_such() -> None:
    rows = f"k,t,d\n1,{TEXT},2020-01-02\n".encode()
    done = run("-", "--from", "csv", "--text-column", "t", "--id-column", "k", "--date-column", "d", stdin=rows)
    record = json.loads(done.stdout)
    assert (record["id"], record["published"], len(record["events"])) == ("1", "2020-01-02", 1)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("-o", "o.xyz"), "suffix is none of"),
        (("--format", "parquet"), "--output"),
        (("--format", "sqlite"), "--output"),
        (("--resume",), "--output"),
        (("--from", "pdf"), "is not one of"),
        (("-o", "/nowhere/o.json"), "does not exist"),
        (("--workers", "-1"), "workers"),
    ],
)
def test_wrong_use_is_said_before_anything_is_read(arguments: tuple[str, ...], reason: str) -> None:
    done = run("-", *arguments, stdin=TEXT.encode())
    assert done.returncode == 2
    assert reason in done.stderr.decode()
    assert done.stdout == b""


def test_a_message_holds_no_control_characters_of_the_input(tmp_path: Path) -> None:
    (tmp_path / "\x1b[31mred\n.jsonl").write_text("{broken", encoding="utf-8")
    done = run(tmp_path)
    assert b"\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_the_columns_and_options_are_those_of_the_documentation(root: Path) -> None:
    docs = (root / "docs" / "formats.md").read_text(encoding="utf-8")
    assert " ".join(COLUMNS) in " ".join(docs.replace("`", "").split())
    help_text = subprocess.run(
        [sys.executable, "-m", "extractor", "extract", "--help"],
        capture_output=True,
        check=True,
        env={"COLUMNS": "200", "PATH": "/usr/bin", "TERM": "dumb", "HOME": str(root)},
    ).stdout.decode()
    readme = (root / "README.md").read_text(encoding="utf-8")
    for option in ("--from", "--format", "--output", "--bom", "--with-text", "--resume", "--workers", "--unordered"):
        assert option in help_text
        assert option in readme + docs
