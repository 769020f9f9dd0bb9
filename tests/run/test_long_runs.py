"""Runs that are broken off: by signals, by a closed pipe, by nobody; and what is seen of them meanwhile."""

from __future__ import annotations

import json
import os
import pty
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "extractor", "extract"]
COUNT = 900
PLACES = ["الزهيرات", "وادي العطر", "تل الرمان", "عين الصفا"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short reports, and two lines that are none."""
    path = tmp_path_factory.mktemp("corpus") / "d.jsonl"
    chance = random.Random(3)
    rows = []
    for i in range(COUNT):
        text = f"قتل {chance.randint(3, 90)} جنديا في هجوم على بلدة {chance.choice(PLACES)}، الخبر {i}."
        rows.append(json.dumps({"id": f"r{i}", "text": text}))
    rows[200] = rows[500] = "{broken"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a run that nothing disturbs writes."""
    output = tmp_path_factory.mktemp("whole") / "o.jsonl"
    assert run(corpus, "-o", output).returncode == 1
    return output.read_bytes()


def run(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, check=False, stdin=subprocess.DEVNULL)


def broken_off(number: int, corpus: Path, output: Path, *arguments: object) -> tuple[int, str]:
    """Send the signal when some documents are done; exit status and what was said."""
    command = [*COMMAND, str(corpus), "-o", str(output), *map(str, arguments)]
    partial = output.with_name(output.name + ".partial")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        size = partial.stat().st_size if partial.exists() else 0
        while process.poll() is None and not (partial.exists() and partial.stat().st_size > size + 180_000):
            time.sleep(0.005)
        process.send_signal(number)
        _, said = process.communicate()
    return process.returncode, said.decode()


@pytest.mark.parametrize("workers", [pytest.param(0, marks=pytest.mark.slow), 2])
def test_a_run_that_is_killed_again_and_again_loses_and_doubles_nothing(corpus, whole, tmp_path, workers: int) -> None:
    output = tmp_path / "o.jsonl"
    for _ in range(2):
        status, _ = broken_off(signal.SIGKILL, corpus, output, "--resume", "--workers", workers)
        assert status == -signal.SIGKILL
        assert not output.exists()
    with (tmp_path / "o.jsonl.partial").open("ab") as file:
        file.write(b'{"id": "torn')
    done = run(corpus, "-o", output, "--resume", "--workers", workers)
    assert done.returncode == 1
    assert b"documents were done before" in done.stderr
    assert b"900 documents" in done.stderr
    assert b"2 failures" in done.stderr
    assert output.read_bytes() == whole
    assert [p.name for p in tmp_path.iterdir()] == ["o.jsonl"]


@pytest.mark.slow
def test_unordered_runs_have_the_same_records(corpus, whole, tmp_path) -> None:
    output = tmp_path / "o.jsonl"
    broken_off(signal.SIGKILL, corpus, output, "--unordered", "--workers", 2)
    assert run(corpus, "-o", output, "--resume", "--unordered", "--workers", 2).returncode == 1
    assert Counter(output.read_bytes().splitlines()) == Counter(whole.splitlines())


@pytest.mark.parametrize(
    ("number", "status"), [pytest.param(signal.SIGINT, 130, marks=pytest.mark.slow), (signal.SIGTERM, 143)]
)
@pytest.mark.parametrize("workers", [pytest.param(0, marks=pytest.mark.slow), 2])
def test_signals_end_a_run_that_can_be_resumed(corpus, whole, tmp_path, number, status, workers: int) -> None:
    output = tmp_path / "o.jsonl"
    found, said = broken_off(number, corpus, output, "--workers", workers)
    assert (found, output.exists()) == (status, False)
    assert "--resume continues" in said
    assert "Traceback" not in said
    for line in (tmp_path / "o.jsonl.partial").read_bytes().splitlines():
        json.loads(line)
    assert run(corpus, "-o", output, "--resume").returncode == 1
    assert output.read_bytes() == whole


def test_signals_leave_whole_lines_on_standard_output(corpus) -> None:
    command = [*COMMAND, str(corpus), "--format", "jsonl", "--workers", "2"]
    # Without a buffer of ours: `communicate` would not see what it holds.
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, said = process.communicate()
    assert process.returncode == 130
    assert json.loads(first)["id"] == "r0"
    for line in rest.splitlines():
        json.loads(line)
    assert (first + rest).endswith(b"\n")
    assert b"Traceback" not in said


@pytest.mark.slow
def test_a_run_is_continued_in_another_format_too(corpus, whole, tmp_path) -> None:
    output = tmp_path / "o.csv"
    broken_off(signal.SIGKILL, corpus, output)
    assert run(corpus, "-o", output, "--resume").returncode == 1
    events = sum(len(json.loads(line)["events"]) for line in whole.splitlines())
    assert len(output.read_bytes().splitlines()) == events + 1


@pytest.mark.slow
def test_another_input_or_other_options_are_not_taken_for_the_same_run(corpus, tmp_path) -> None:
    output = tmp_path / "o.jsonl"
    broken_off(signal.SIGKILL, corpus, output)
    other = run(corpus, "-o", output, "--resume", "--with-text")
    assert other.returncode == 2
    assert b"other input, options" in other.stderr
    changed = tmp_path / "d.jsonl"
    changed.write_bytes(corpus.read_bytes().replace("الخبر 1.".encode(), "الخبر ١.".encode()))
    other = run(changed, "-o", output, "--resume")
    assert other.returncode == 2
    assert b"is not the one" in other.stderr
    assert not output.exists()


@pytest.mark.slow
def test_two_runs_do_not_write_the_same_output(corpus, tmp_path) -> None:
    output = tmp_path / "o.jsonl"
    with subprocess.Popen([*COMMAND, str(corpus), "-o", str(output)], stderr=subprocess.DEVNULL) as process:
        while not (tmp_path / "o.jsonl.partial").exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGSTOP)  # on a busy machine it could be through before the second begins
        second = run(corpus, "-o", output)
        process.kill()
    assert second.returncode == 2
    assert b"another run is writing" in second.stderr


def test_a_document_beyond_the_time_limit_is_a_failure(tmp_path) -> None:
    slow = "قتل 3 جنود في الهجوم وقتل 4 جنود. " * 200_000
    rows = [
        json.dumps({"id": "slow", "text": slow}, ensure_ascii=False),
        json.dumps({"id": "b", "text": "قتل 3 جنود."}),
    ]
    (tmp_path / "d.jsonl").write_text("\n".join(rows), encoding="utf-8")
    for workers in (0, 1):
        done = run(tmp_path / "d.jsonl", "--format", "jsonl", "--time-limit", "1", "--workers", workers)
        first, second = map(json.loads, done.stdout.splitlines())
        assert done.returncode == 1
        assert (first["id"], first["error"], first["events"]) == ("slow", "took longer than 1 seconds", [])
        assert second["events"]
        assert b"d.jsonl:1: took longer" in done.stderr


@pytest.mark.slow
def test_quiet_says_failures_alone(corpus, tmp_path) -> None:
    done = run(corpus, "-q", "-o", tmp_path / "o.jsonl")
    said = done.stderr.decode().splitlines()
    assert [line.split(": ")[0].rpartition(":")[2] for line in said] == ["201", "501"]


def on_terminal(*arguments: object, stdout: int | None = None) -> bytes:
    """What a terminal shows that is standard error, and standard output too unless another is given."""
    ours, theirs = pty.openpty()
    command = [*COMMAND, *map(str, arguments)]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, stdout=stdout or theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                data = os.read(ours, 4096)
            except OSError:
                break
            if not data:
                break
            shown += data
    os.close(ours)
    assert process.returncode == 1
    return shown


@pytest.mark.slow
def test_a_bar_is_drawn_where_a_person_looks_and_nothing_is_disturbed(corpus, tmp_path) -> None:
    shown = on_terminal(corpus, "-o", tmp_path / "o.jsonl")
    assert b"\x1b[" in shown
    assert b"%" in shown
    assert b"900 documents" in shown
    both = on_terminal(corpus, "--format", "jsonl")
    assert b"\x1b[" not in both
    ids = [json.loads(line)["id"] for line in both.replace(b"\r", b"").splitlines() if line.startswith(b"{")]
    assert len(ids) == COUNT
    assert b"\x1b[" not in on_terminal(corpus, "-q", "-o", tmp_path / "o.jsonl")
