"""A long run that is killed again and again: every document must come out exactly once.

soak.py CORPUS [--documents 200000] [--kills 3] [--workers 2] [--longest 200]

Makes short documents of the texts of CORPUS (a JSON Lines file, or a folder of these and of .txt files), runs
`extractor extract --resume` over them, kills it with SIGKILL when a share of them is done, as often as said, lets the
last run end, and counts. Exit status 1 if a document is lost, doubled, out of its place or not read, or if the memory
of all processes together grows by more than a quarter between the first tenth of the documents and the last.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from extractor.readers.documents import Failure, read_paths
from extractor.run.journal import ENTRY_BYTES

_MOST_GROWTH = 1.25
# A process still reads its first documents and its rules.
_WARM = 0.01


@dataclass
class Memory:
    """Resident megabytes of a process and all below it, with how much of the journal's index was written by then."""

    seen: list[tuple[int, float]] = field(default_factory=list)

    def look(self, process: int, index: Path) -> None:
        """Add what can be seen now; nothing where there is no /proc."""
        if index.exists() and Path("/proc/self/status").exists():
            size = index.stat().st_size
            self.seen.append((size, sum(_resident(one) for one in _family(process)) / 1e3))

    def most(self, start: float, end: float) -> float:
        """The most that was seen between two parts of the documents, 0 to 1; 0 if nothing was seen there."""
        last = max((size for size, _ in self.seen), default=0)
        return max((megabytes for size, megabytes in self.seen if start * last <= size <= end * last), default=0.0)


def _family(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            below = children.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in below:
            yield from _family(int(child))


def _resident(process: int) -> int:
    """Resident kilobytes of one process; 0 if it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)


def texts(corpus: str, longest: int) -> list[str]:
    """The beginnings of the corpus's texts."""
    found = [d.text[:longest] for d in read_paths([corpus], io.BytesIO()) if not isinstance(d, Failure)]
    if not found:
        raise SystemExit(f"{corpus}: no text here")
    return found


def documents(found: list[str], count: int) -> Iterator[bytes]:
    """`count` lines of JSON, each a document that stands nowhere else."""
    chance = random.Random(11)
    for number in range(count):
        text = f"{chance.choice(found)} ({number})"
        yield json.dumps({"id": f"s{number}", "text": text}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def run(source: Path, output: Path, workers: int, stop_at: int | None, memory: Memory) -> tuple[int, float]:
    """Run until `stop_at` documents are done, then kill; exit status and seconds."""
    command = [sys.executable, "-m", "extractor", "extract", str(source), "-o", str(output), "--resume"]
    index = output.with_name(output.name + ".partial-index")
    begun = looked = time.monotonic()
    with subprocess.Popen([*command, "--workers", str(workers)]) as process:
        while process.poll() is None:
            time.sleep(0.05)
            if time.monotonic() - looked > 1:
                looked = time.monotonic()
                memory.look(process.pid, index)
            if stop_at is not None and index.exists() and index.stat().st_size > stop_at * ENTRY_BYTES:
                process.send_signal(signal.SIGKILL)
                break
    return process.returncode, time.monotonic() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--longest", type=int, default=200, help="characters of a document")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "d.jsonl", Path(folder) / "o.jsonl"
        found = texts(options.corpus, options.longest)
        memory = Memory()
        with source.open("wb") as file:
            file.writelines(documents(found, options.documents))
        spent = 0.0
        for kill in range(options.kills):
            stop_at = options.documents * (kill + 1) // (options.kills + 1)
            status, seconds = run(source, output, options.workers, stop_at, memory)
            spent += seconds
            print(f"run {kill + 1}: exit status {status} after {seconds:.0f} s", flush=True)
            if status != -signal.SIGKILL:
                print("it ended before it could be killed: more documents are needed")
                return 1
        status, seconds = run(source, output, options.workers, None, memory)
        spent += seconds
        print(f"last run: exit status {status} after {seconds:.0f} s")
        early, late = memory.most(_WARM, 0.1), memory.most(0.9, 1)
        print(f"all processes together: {early:.0f} MB in the first tenth of what was done, {late:.0f} MB in the last")
        if not output.exists():
            print("the last run did not come to its end")
            return 1
        numbers, errors, claims = array("q"), 0, 0
        with output.open("rb") as file:
            for line in file:
                record = orjson.loads(line)
                numbers.append(int(record["id"][1:]))
                errors += record["error"] is not None
                claims += len(record["events"])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    whole = numbers == array("q", range(options.documents))
    print(
        f"{options.documents:,} documents, {options.kills} kills: {len(set(numbers)):,} distinct in {len(numbers):,} "
        f"records, {'in order' if whole else 'NOT each once in order'}, {errors} errors, {claims:,} claims and events; "
        f"{spent:.0f} s, {options.documents / spent:,.0f} documents a second, largest process {peak:.0f} MB"
    )
    return int(not whole or bool(errors) or status != 0 or late > _MOST_GROWTH * early)


if __name__ == "__main__":
    sys.exit(main())
