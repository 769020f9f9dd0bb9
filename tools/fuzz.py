"""Mutated news, read twice: nothing may be raised, every span be wrong, or a second reading differ.

fuzz.py CORPUS [--inputs 200000] [--seed 0]        PYTHONPATH must hold the checkout
fuzz.py CORPUS --show SEED                          print the input of one seed and what is wrong with it

Inputs are made of the texts of CORPUS (a JSON Lines or .txt file, or a folder of these), each by a number of its own,
so that any of them can be made again. Two processes read them in blocks, the second in another order, with another seed
for the hashes of strings, and watched, which leaves the sieve out: whatever hangs on what was read before, on the order
of a set, or on a sentence that the sieve should have let through differs. Exit status 1 if anything is wrong with any.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bench.corpus import read
from bench.hostile import material
from bench.mutations import Mutator
from extractor import Extractor
from extractor.records.validation import validated
from extractor.watch import Seen, Watcher
from extractor.writers.output import dump

_BLOCK = 500
_DAYS = (None, "2016-02-29", "2024-05-01T10:00:00", "2011-12-31")


@dataclass(frozen=True)
class Reading:
    """What reading one input gave: a digest of the record as it is written, or what was wrong."""

    digest: str
    events: int = 0
    wrong: str = ""


def spans(value: Any) -> Iterator[tuple[str, int, int]]:
    """Every span within a record."""
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            yield value["text"], value["start"], value["end"]
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from spans(inner)


class Reader:
    """Makes inputs and reads them."""

    def __init__(self, corpus: Path) -> None:
        examples, triggers = material()
        self._mutator = Mutator(read(corpus), [*triggers, *(w for text in examples for w in text.split())])
        self._extractor = Extractor()

    def text(self, seed: int) -> str:
        """The input of this seed."""
        return self._mutator.text(seed)

    def read(self, seed: int, watcher: Watcher | None = None) -> Reading:
        """Read one input and look at every span of the record. Where somebody watches, each sentence is read whole."""
        text, title = self.text(seed), None
        if seed % 3 == 0:
            title = text[:80]
        try:
            day, reads = _DAYS[seed % len(_DAYS)], self._extractor
            if watcher is None:
                record = reads.extract(text, id=str(seed), title=title, published=day)
            else:
                record = validated(reads.read(text, id=str(seed), title=title, published=day, watcher=watcher))
            line = dump(record)
        except Exception as error:  # noqa: BLE001  this is what is looked for
            return Reading("", wrong=f"raised {error!r}")
        events = record["events"]
        for told, start, end in spans(events):
            if not 0 <= start <= end or text[start:end] != told:
                return Reading("", len(events), f"a span says {told!r} at {start}:{end}, where {text[start:end]!r} is")
        return Reading(hashlib.sha256(line).hexdigest(), len(events))


def _unseen(seen: Seen) -> None:
    """Watch and do nothing."""


def second(reader: Reader) -> None:
    """The second process: blocks in, as the first seed and the size of each; digests out, in the order of the seeds."""
    for line in sys.stdin:
        first, size = map(int, line.split())
        order = random.Random(first).sample(range(first, first + size), size)
        found = {seed: reader.read(seed, _unseen).digest for seed in order}
        print(*(found[seed] or "-" for seed in range(first, first + size)), flush=True)


def fuzz(reader: Reader, twin: tuple[IO[str], IO[str]], first: int, count: int) -> tuple[int, list[str]]:
    """Read all inputs; how many events were read, and everything that is wrong."""
    ask, answer = twin
    events = 0
    wrong: list[str] = []
    begun = time.monotonic()
    for start in range(first, first + count, _BLOCK):
        size = min(_BLOCK, first + count - start)
        print(start, size, file=ask, flush=True)
        ours = [reader.read(seed) for seed in range(start, start + size)]
        theirs = answer.readline().split()
        if len(theirs) != size:
            return events, [*wrong, f"the second process ended within seeds {start} to {start + size}"]
        for seed, one, other in zip(range(start, start + size), ours, theirs, strict=True):
            events += one.events
            if one.wrong:
                wrong.append(f"seed {seed}: {one.wrong}")
            elif one.digest != other:
                wrong.append(f"seed {seed}: another record on the second reading, in another order")
        done = start + size - first
        if done % 10_000 == 0 or done == count:
            print(
                f"{done:,} inputs, {events:,} events, {len(wrong)} wrong, {time.monotonic() - begun:.0f} s", flush=True
            )
    return events, wrong


def main() -> int:
    """Run; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int)
    parser.add_argument("--second", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    reader = Reader(options.corpus)
    if options.second:
        second(reader)
        return 0
    if options.show is not None:
        print(reader.text(options.show).encode("utf-8", "replace").decode())
        print(reader.read(options.show).wrong or "nothing is wrong with it by itself")
        return 0
    command = [sys.executable, __file__, str(options.corpus), "--second"]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None  # noqa: S101  for mypy
        assert process.stdout is not None  # noqa: S101
        events, wrong = fuzz(reader, (process.stdin, process.stdout), options.seed, options.inputs)
        process.stdin.close()
    for one in wrong[:20]:
        print(one)
    print(f"{options.inputs:,} inputs read twice, {events:,} claims and events, {len(wrong)} wrong")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
