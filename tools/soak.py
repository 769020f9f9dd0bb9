"""A long run that is killed again and again: every document must come out exactly once.

soak.py CORPUS [--documents 200000] [--kills 3] [--workers 2]

Makes short documents of the texts of CORPUS (a JSON Lines file, or a folder of these and of .txt files), runs
`extractor extract --resume` over them, kills it with SIGKILL when a share of them is done, as often as said, lets the
last run end, and counts. Exit status 1 if a document is lost, doubled, out of its place or not read.
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
from collections.abc import Iterator
from pathlib import Path

from extractor.readers.documents import Failure, read_paths

_LONGEST = 200


def texts(corpus: str) -> list[str]:
    """The beginnings of the corpus's texts."""
    found = [d.text[:_LONGEST] for d in read_paths([corpus], io.BytesIO()) if not isinstance(d, Failure)]
    if not found:
        raise SystemExit(f"{corpus}: no text here")
    return found


def documents(found: list[str], count: int) -> Iterator[bytes]:
    """`count` lines of JSON, each a document that stands nowhere else."""
    chance = random.Random(11)
    for number in range(count):
        text = f"{chance.choice(found)} ({number})"
        yield json.dumps({"id": f"s{number}", "text": text}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def run(source: Path, output: Path, workers: int, stop_at: int | None) -> tuple[int, float]:
    """Run until the partial output has `stop_at` bytes, then kill; exit status and seconds."""
    command = [sys.executable, "-m", "extractor", "extract", str(source), "-o", str(output), "--resume"]
    partial = output.with_name(output.name + ".partial")
    begun = time.monotonic()
    with subprocess.Popen([*command, "--workers", str(workers)]) as process:
        while process.poll() is None:
            time.sleep(0.05)
            if stop_at is not None and partial.exists() and partial.stat().st_size > stop_at:
                process.send_signal(signal.SIGKILL)
                break
    return process.returncode, time.monotonic() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "d.jsonl", Path(folder) / "o.jsonl"
        found = texts(options.corpus)
        with source.open("wb") as file:
            file.writelines(documents(found, options.documents))
        size = source.stat().st_size
        # A record is six to eight times its text; the kills are spread over the first two thirds of the run.
        spent = 0.0
        for kill in range(options.kills):
            status, seconds = run(source, output, options.workers, 4 * size * (kill + 1) // (options.kills + 1))
            spent += seconds
            print(f"run {kill + 1}: exit status {status} after {seconds:.0f} s", flush=True)
            if status != -signal.SIGKILL:
                print("it ended before it could be killed: more documents are needed")
                return 1
        status, seconds = run(source, output, options.workers, None)
        spent += seconds
        print(f"last run: exit status {status} after {seconds:.0f} s")
        with output.open("rb") as file:
            records = [json.loads(line) for line in file]
    numbers = [int(r["id"][1:]) for r in records]
    errors = sum(r["error"] is not None for r in records)
    claims = sum(len(r["events"]) for r in records)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    whole = numbers == list(range(options.documents))
    print(
        f"{options.documents:,} documents, {options.kills} kills: {len(set(numbers)):,} distinct in {len(numbers):,} "
        f"records, {'in order' if whole else 'NOT each once in order'}, {errors} errors, {claims:,} claims and events; "
        f"{spent:.0f} s, {options.documents / spent:,.0f} documents a second, largest process {peak:.0f} MB"
    )
    return int(not whole or bool(errors) or status != 0)


if __name__ == "__main__":
    sys.exit(main())
