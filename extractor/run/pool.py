"""A supervised pool of worker processes.

A worker is given a batch and takes the next one when it has answered, so neither side ever waits for the other to
read. It keeps the number of the document that it is at, and since when, in memory that it shares with the supervisor:
when it dies, that document is suspect and the rest of its batch is innocent. All are given out again, the suspect
alone; a document whose worker dies twice is a failure. A worker that stays at one document beyond the time limit, which
it would end by itself if it could, is killed and the document is a failure.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait

from extractor.run.task import Result, Task, failed
from extractor.run.work import Done, Work
from extractor.run.worker import Worker

_BATCH = 32
_BATCH_BYTES = 256 * 1024
# Documents, and bytes of them, that may be under way or wait for an earlier one.
_WINDOW = 4096
_WINDOW_BYTES = 256 * 2**20
_DEATHS = 2
_GRACE = 5.0
_HOPELESS = 8


class PoolError(Exception):
    """The workers die whatever they are given."""


class Pool:
    """Runs `task` over documents in `workers` processes; `ordered` gives the results in the order of the input."""

    def __init__(self, task: Task, workers: int, *, ordered: bool = True) -> None:
        self._task = task
        self._count = workers
        self._ordered = ordered

    def run(self, works: Iterable[Work]) -> Iterator[Done]:
        """The result of each of `works`, exactly once. The workers end with the iteration, however it ends.

        Raises PoolError where workers die one after another at no document.
        """
        shift = _Shift(self._task, self._count, iter(works), ordered=self._ordered)
        try:
            yield from shift.results()
        finally:
            shift.end()


class _Shift:
    """One run of a pool: the workers, what they are at, what waits."""

    def __init__(self, task: Task, count: int, works: Iterator[Work], *, ordered: bool) -> None:
        self._task = task
        self._works = works
        self._exhausted = False
        self._again: deque[Work] = deque()
        self._alone: deque[Work] = deque()
        self._deaths: dict[int, int] = {}
        self._ready: dict[int, Done] = {}
        self._out: deque[Done] = deque()
        # Numbers of the documents that are under way, in the order of the input.
        self._order: deque[int] | None = deque() if ordered else None
        self._open: dict[int, int] = {}
        self._bytes = 0
        self._barren = 0
        self._workers: list[Worker] = []
        for _ in range(count):
            self._hire()

    def results(self) -> Iterator[Done]:
        """Results until all work is done."""
        while True:
            self._hand_out()
            while self._out:
                yield self._out.popleft()
            busy = [worker for worker in self._workers if worker.batch]
            if not busy:
                if self._exhausted and not self._again and not self._alone:
                    return
                continue
            for worker in wait([w.connection for w in busy], timeout=0.5):
                self._listen(next(w for w in busy if w.connection is worker))
            self._end_stuck()

    def end(self) -> None:
        """End every worker; they hold nothing that is not here too."""
        for worker in self._workers:
            worker.kill()

    def _hire(self) -> None:
        self._workers.append(Worker.start(self._task, [w.connection for w in self._workers]))

    def _hand_out(self) -> None:
        for worker in self._workers:
            if not worker.batch:
                batch = self._batch()
                if not batch:
                    return
                if not worker.give(batch):
                    self._bury(worker)
                    return  # the list of workers has changed: the next round goes on

    def _batch(self) -> list[Work]:
        if self._alone:
            return [self._alone.popleft()]
        batch: list[Work] = []
        size = 0
        while len(batch) < _BATCH and size < _BATCH_BYTES:
            work = self._again.popleft() if self._again else self._fresh()
            if work is None:
                break
            batch.append(work)
            size += work.size
        return batch

    def _fresh(self) -> Work | None:
        if self._exhausted or len(self._open) >= _WINDOW or self._bytes >= _WINDOW_BYTES:
            return None
        work = next(self._works, None)
        if work is None:
            self._exhausted = True
            return None
        if self._order is not None:
            self._order.append(work.number)
        self._open[work.number] = work.size
        self._bytes += work.size
        return work

    def _listen(self, worker: Worker) -> None:
        answers = worker.answers()
        if answers is None:
            self._bury(worker)
            return
        self._barren = 0
        for number, result in answers:
            work = worker.batch.pop(number)
            self._finish(work, result)

    def _finish(self, work: Work, result: Result) -> None:
        self._deaths.pop(work.number, None)
        done = Done(work.number, work.digest, result)
        if self._order is None:
            self._release(done)
            return
        self._ready[work.number] = done
        while self._order and self._order[0] in self._ready:
            self._release(self._ready.pop(self._order.popleft()))

    def _release(self, done: Done) -> None:
        self._bytes -= self._open.pop(done.number)
        self._out.append(done)

    def _bury(self, worker: Worker, reason: str | None = None) -> None:
        """Take over what a dead worker was at. `reason`: why it was killed by us, because of the document."""
        worker.kill()
        self._workers.remove(worker)
        at = worker.at()
        suspect = worker.batch.pop(at, None)
        self._again.extendleft(reversed(worker.batch.values()))
        if suspect is None:
            self._barren += 1
            if self._barren > _HOPELESS * (len(self._workers) + 1):
                raise PoolError("the workers die at no document: is there memory enough for so many?")
        else:
            deaths = self._deaths[at] = self._deaths.get(at, 0) + 1
            if reason is not None:
                self._finish(suspect, failed(suspect.item, reason))
            elif deaths >= _DEATHS:
                self._finish(suspect, failed(suspect.item, f"killed its worker {deaths} times"))
            else:
                self._alone.append(suspect)
        self._hire()

    def _end_stuck(self) -> None:
        if not self._task.limit:
            return
        now = time.monotonic()
        for worker in list(self._workers):
            since = worker.since()
            if worker.batch and since and now - since > self._task.limit + _GRACE:
                self._bury(worker, f"took longer than {self._task.limit:g} seconds")
