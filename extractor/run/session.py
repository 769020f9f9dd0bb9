"""A whole run: documents in, records out, one after another."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from extractor.readers.items import Item
from extractor.run.journal import Journal, JournalError
from extractor.run.progress import Progress
from extractor.run.stop import Stop
from extractor.run.task import Task
from extractor.run.work import Done, Work, in_this_process, numbered
from extractor.writers.forms import file_writer, stream_writer


class Session:
    """Reads `items` with `task`, in this process or, with `workers`, in that many others, and says how far it is."""

    def __init__(
        self,
        items: Iterable[Item],
        task: Task,
        progress: Progress,
        stop: Stop,
        *,
        workers: int = 0,
        ordered: bool = True,
    ) -> None:
        self._items = items
        self._task = task
        self._progress = progress
        self._stop = stop
        self._workers = workers
        self._ordered = ordered

    def to_stream(self, stream: IO[bytes], form: str, *, bom: bool = False) -> None:
        """Write the records to `stream` as they come."""
        writer = stream_writer(form, stream, bom=bom)
        for done in self._results(numbered(self._items)):
            with self._stop.deferred():
                if done.result.line:
                    writer.write(done.result.line)
                self._tell(done)
        with self._stop.deferred():
            writer.close()

    def to_file(self, output: Path, form: str, run: bytes, *, resume: bool = False, bom: bool = False) -> None:
        """Write the records to `output`, which appears, or changes, only when all are there.

        Until then they lie beside it; a run that is broken off can be continued with `resume`, if `run`, a digest of
        all that the records depend on, is the same. Raises JournalError.
        """
        journal = Journal(output, run, resume=resume)
        try:
            if journal.dropped:
                self._progress.note(
                    f"{journal.data}: left by a broken run, begun anew; --resume would have continued it"
                )
            self._progress.skip(journal.documents, journal.claims, journal.failures)
            works = _remaining(numbered(self._items), journal)
            for done in self._results(works):
                with self._stop.deferred():
                    journal.add(done)
                    self._tell(done)
            with self._stop.deferred():
                journal.complete()
        except BaseException:
            journal.close()
            raise
        self._publish(journal, output, form, bom=bom)

    def _publish(self, journal: Journal, output: Path, form: str, *, bom: bool) -> None:
        if form == "jsonl":
            with self._stop.deferred():
                journal.data.replace(output)
                journal.discard()
            return
        with file_writer(form, output, bom=bom) as writer:
            for line in journal.lines():
                writer.write(line)
                self._progress.show()
        shared = getattr(writer, "shared", 0)
        if shared:
            self._progress.say(
                f"{output}: {shared} documents had the id of another one of this run, which they replaced: give every "
                "document an id of its own"
            )
        journal.discard()

    def _results(self, works: Iterator[Work]) -> Iterator[Done]:
        if not self._workers:
            return in_this_process(works, self._task)
        from extractor.run.pool import Pool

        self._task.prepare()
        return Pool(self._task, self._workers, ordered=self._ordered).run(works)

    def _tell(self, done: Done) -> None:
        result = done.result
        self._progress.count(result.claims, failed=result.failure is not None)
        if result.failure is not None:
            self._progress.say(result.failure)
        elif result.note is not None:
            self._progress.note(result.note)


def _remaining(works: Iterator[Work], journal: Journal) -> Iterator[Work]:
    """The works that the journal does not hold. Raises JournalError where it holds one that is not there any more."""
    held = journal.documents
    met = 0
    for work in works:
        if journal.holds(work.number, work.digest):
            met += 1
        else:
            yield work
    if met < held:
        raise JournalError(
            f"the broken run read {held - met} documents that the input does not hold any more: give it the same "
            "input, or leave --resume out to begin anew"
        )


def fingerprint(*parts: object) -> bytes:
    """A digest of what a run's records depend on."""
    return hashlib.sha256(os.fsencode("\0".join(map(repr, parts)))).digest()
