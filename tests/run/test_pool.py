"""Worker processes under supervision: every document exactly once, whatever becomes of the workers."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.readers.items import Document, Origin
from extractor.run import pool
from extractor.run.pool import Pool, PoolError
from extractor.run.task import Result
from extractor.run.work import Work, in_this_process, numbered

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kills processes by signal")


class Echo:
    """Stands for the extractor: some texts say what shall happen to the process that reads them."""

    def __init__(self, limit: float = 0) -> None:
        self.limit = limit

    def __call__(self, item: Document) -> Result:
        word = item.text.split(" ")[0]
        if word == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "once":
            mark = Path(item.text.split(" ")[1])
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        if word == "stuck":
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
            time.sleep(3600)
        if word == "slow":
            time.sleep(0.002)
        return Result(item.text.encode(), 1)


def works(texts: list[str]) -> Iterator[Work]:
    return numbered(Document(str(i), text, Origin("x", line=i + 1)) for i, text in enumerate(texts))


def run(texts: list[str], workers: int = 2, *, ordered: bool = True, limit: float = 0) -> list[tuple[int, Result]]:
    done = Pool(Echo(limit), workers, ordered=ordered).run(works(texts))  # type: ignore[arg-type]
    return [(d.number, d.result) for d in done]


def test_results_come_in_the_order_of_the_input_as_from_one_process() -> None:
    texts = [f"slow {i}" if i % 97 == 0 else f"text {i}" for i in range(3000)]
    alone = [(d.number, d.result) for d in in_this_process(works(texts), Echo())]  # type: ignore[arg-type]
    assert run(texts, 3) == alone
    assert sorted(run(texts, 3, ordered=False), key=lambda pair: pair[0]) == alone


def test_a_document_that_kills_its_worker_twice_is_a_failure_and_costs_no_other() -> None:
    texts = [f"text {i}" for i in range(300)]
    texts[7] = texts[250] = "die"
    found = run(texts)
    assert [number for number, _ in found] == list(range(300))
    failures = {number: result.failure for number, result in found if result.failure}
    assert failures == {7: "x:8: killed its worker 2 times", 250: "x:251: killed its worker 2 times"}
    assert b'"error":"killed its worker 2 times"' in found[7][1].line


def test_a_document_whose_worker_died_once_is_read_again(tmp_path: Path) -> None:
    texts = ["a", f"once {tmp_path / 'mark'}", "b"]
    assert [result.line.decode() for _, result in run(texts)] == texts


def test_a_stuck_document_that_heeds_no_signal_is_killed_after_the_limit(monkeypatch) -> None:
    monkeypatch.setattr(pool, "_GRACE", 0.3)
    start = time.monotonic()
    found = run(["a", "stuck", "b", *map(str, range(100))], limit=0.2)
    assert [result.failure for _, result in found if result.failure] == ["x:2: took longer than 0.2 seconds"]
    assert len(found) == 103
    assert time.monotonic() - start < 20


def children() -> set[int]:
    task = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    return set(map(int, Path(task).read_text(encoding="ascii").split()))


def test_workers_killed_at_random_lose_and_double_nothing() -> None:
    texts = [f"slow {i}" for i in range(4000)]
    texts[1234] = "die"
    before = children()
    # Killed by the progress of the run, not by the clock: on a machine that stalls the clock would hit the same
    # document again and again.
    chance = random.Random(7)
    killed, due = 0, 50
    found = []
    for done in Pool(Echo(0), 2, ordered=True).run(works(texts)):  # type: ignore[arg-type]
        found.append((done.number, done.result))
        if len(found) >= due:
            due += chance.randrange(150, 400)
            for victim in list(children() - before)[:1]:
                os.kill(victim, signal.SIGKILL)
                killed += 1
    assert killed > 5
    assert [number for number, _ in found] == list(range(4000))
    failures = {number: str(result.failure) for number, result in found if result.failure}
    assert 1234 in failures
    # Chance may hit the same document twice.
    assert len(failures) <= 2
    assert all("killed its worker 2 times" in reason for reason in failures.values())
    assert all(result.line.decode() == texts[number] for number, result in found if not result.failure)
    assert children() == before


def test_the_input_is_read_no_further_ahead_than_the_window(monkeypatch) -> None:
    monkeypatch.setattr(pool, "_GRACE", 0.5)
    read = 0

    def endless() -> Iterator[Work]:
        nonlocal read
        for work in works(["stuck", *map(str, range(100_000))]):
            read += 1
            yield work

    results = Pool(Echo(limit=1), 2).run(endless())  # type: ignore[arg-type]
    next(results)  # the stuck one, killed; all that could be read meanwhile was read
    assert read <= 4096 + 100
    results.close()  # type: ignore[attr-defined]


def test_workers_end_with_the_iteration() -> None:
    before = children()
    results = Pool(Echo(), 3).run(works(["slow"] * 1000))  # type: ignore[arg-type]
    next(results)
    assert len(children() - before) == 3
    results.close()  # type: ignore[attr-defined]
    assert children() == before


def test_workers_that_die_at_nothing_end_the_run(monkeypatch) -> None:
    monkeypatch.setattr("extractor.run.worker._answer", lambda *_: os._exit(1))
    with pytest.raises(PoolError, match="memory"):
        run(["a"] * 10)


def test_workers_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    script = f"""
import sys, time
sys.path[:0] = [{str(Path(__file__).parent)!r}]
from test_pool import Echo, Pool, works, children
results = Pool(Echo(), 3).run(works(["slow"] * 100000))
next(results)
print(*children(), flush=True)
for _ in results: time.sleep(0.001)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path.cwd()) as supervisor:
        assert supervisor.stdout is not None
        pids = list(map(int, supervisor.stdout.readline().split()))
        supervisor.kill()
    assert len(pids) == 3
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in pids if alive(pid)]


def alive(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
