"""The command line, as its users meet it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "أعلن الجيش مقتل 304 مسلحين في سيناء."
COMMAND = [sys.executable, "-m", "extractor"]


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], input=stdin, capture_output=True, check=False)


def test_a_text_file_gives_one_json_object(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = run("extract", str(tmp_path / "a.txt"))
    assert done.returncode == 0
    assert json.loads(done.stdout)["events"][0]["count"]["low"] == 304
    assert done.stderr == b""


def test_standard_input_is_a_text_or_json_lines() -> None:
    assert json.loads(run("extract", "-", stdin=TEXT.encode()).stdout)["id"] == "stdin"
    line = json.dumps({"text": TEXT, "id": 7}).encode()
    assert json.loads(run("extract", "-", "--format", "jsonl", stdin=line).stdout)["id"] == "7"


def test_bad_documents_cost_nobody_else(tmp_path: Path) -> None:
    good = json.dumps({"id": "good", "text": TEXT}, ensure_ascii=False)
    surrogate = '{"id": "lone", "text": "مقتل ثلاثة جنود \\ud800"}'
    lines = ["{broken", '{"id": "x"}', '{"id": "empty", "text": ""}', '{"id": "nul", "text": "a\\u0000b"}', "[1]"]
    (tmp_path / "d.jsonl").write_text("\n".join([*lines, surrogate, good]), encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xff")
    done = run("extract", str(tmp_path), str(tmp_path / "missing.txt"), "--format", "jsonl")
    records = {r["id"]: r for r in map(json.loads, done.stdout.decode().splitlines())}
    assert done.returncode == 1
    assert records["good"]["events"]
    assert records["empty"]["events"] == records["nul"]["events"] == []
    said = done.stderr.decode()
    for place in ("bad.txt:1:", "d.jsonl:1:", "d.jsonl:2:", "d.jsonl:5:", "missing.txt: no such file"):
        assert place in said
    assert "d.jsonl:3: empty" in said
    assert "d.jsonl:4: no Arabic text" in said
    assert "Traceback" not in said


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    done = run("extract", str(tmp_path))
    assert done.returncode == 1
    assert b"no .txt or .jsonl" in done.stderr


def test_a_file_of_output_is_whole_or_absent(tmp_path: Path) -> None:
    out = tmp_path / "o.json"
    assert run("extract", "-", "--output", str(out), stdin=TEXT.encode()).returncode == 0
    assert json.loads(out.read_bytes())["events"]
    assert [p.name for p in tmp_path.iterdir()] == ["o.json"]


def test_a_closed_pipe_leaves_whole_lines_and_no_traceback(tmp_path: Path) -> None:
    rows = "\n".join(json.dumps({"id": i, "text": TEXT}) for i in range(2000))
    (tmp_path / "d.jsonl").write_text(rows, encoding="utf-8")
    command = " ".join([*COMMAND, "extract", str(tmp_path / "d.jsonl"), "--format", "jsonl"])
    done = subprocess.run(
        ["bash", "-c", f"{command} | head -n 2; exit ${{PIPESTATUS[0]}}"], capture_output=True, check=False
    )
    assert done.returncode == 141
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 2
    assert done.stderr == b""


def test_a_device_or_pipe_is_never_replaced_by_a_file(root: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    article = min((root / "fixtures").glob("*.txt"))
    command = [sys.executable, "-m", "extractor", "extract", str(article), "-o", str(pipe)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2
    assert pipe.is_fifo()
    assert "a file would take its place" in done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told_in_one_line(root: Path) -> None:
    article = min((root / "fixtures").glob("*.txt"))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "extractor", "extract", str(article)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1].startswith("standard output: could not be written")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("extract", "-", "--format", "xml"), ("extract", "-", "--rules", "/nowhere")])
def test_wrong_use_exits_with_two(arguments: tuple[str, ...]) -> None:
    done = run(*arguments, stdin=TEXT.encode())
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


def test_a_private_folder_of_rules_is_layered_over_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    word = '[[noun]]\nword = "زرنوق"\nplural = ["زرانيق"]\nclass = "person"\ntype = "militant"\n'
    (tmp_path / "vocabulary" / "mine.toml").write_text(word, encoding="utf-8")
    done = run("extract", "-", "--rules", str(tmp_path), stdin="مقتل ستة زرانيق في الوادي.".encode())
    assert json.loads(done.stdout)["events"][0]["victims"]["type"] == "militant"


def test_the_rules_commands_and_the_schema_answer() -> None:
    assert run("rules", "check").returncode == 0
    assert b"casualties.noun-victims" in run("rules", "list").stdout
    assert json.loads(run("schema").stdout)["title"] == "Document"
    assert run("--version").stdout.startswith(b"extractor ")
