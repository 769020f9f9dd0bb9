"""A run's output on its way: the records so far, and an index that says which documents they are of.

`NAME.partial` holds the records as JSON Lines, `NAME.partial-index` a header and an entry of fixed size for each
document that is done. Records are written before their entries. After a crash at any point the entries that are whole
and agree with the records, by length and checksum, are the documents that are done; what stands behind them is cut off.
"""

from __future__ import annotations

import os
import struct
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from extractor.run.work import Done

_MAGIC = b"xtrcidx1"
# Number, digest, where its record ends, checksum of the record, claims, whether it failed; then the entry's checksum.
_ENTRY = struct.Struct("<QQQIIB3x")
_CHECK = struct.Struct("<I")
# Bytes of the index for each document that is done.
ENTRY_BYTES = _ENTRY.size + _CHECK.size
_EVERY = 64


class JournalError(Exception):
    """A broken run that cannot be continued as asked; the message says the way out."""


class Journal:
    """The journal of the run that writes `output`. `run` is a digest of everything that its records depend on.

    With `resume` it goes on where a broken run stopped; without, it begins anew. Raises JournalError where another
    process writes the same output, or the broken run was another one.
    """

    def __init__(self, output: Path, run: bytes, *, resume: bool) -> None:
        self.data = output.with_name(output.name + ".partial")
        self.index = output.with_name(output.name + ".partial-index")
        self.documents = self.claims = self.failures = 0
        self._digests = array("Q")
        self._end = 0
        self._waiting: list[bytes] = []
        self._index: IO[bytes] = self.index.open("ab+")
        try:
            _lock(self._index, self.index)
            self._data: IO[bytes] = self.data.open("ab+")
            self.dropped = not resume and os.fstat(self._index.fileno()).st_size > len(_MAGIC) + len(run)
            if resume:
                self._take_up(run)
            else:
                self._begin(run)
        except BaseException:
            self._index.close()
            if hasattr(self, "_data"):
                self._data.close()
            raise

    def _begin(self, run: bytes) -> None:
        self._data.truncate(0)
        self._index.truncate(0)
        self._index.write(_MAGIC + run)
        self._index.flush()

    def _take_up(self, run: bytes) -> None:
        header = _MAGIC + run
        self._index.seek(0)
        found = self._index.read(len(header))
        if len(found) < len(header):
            self._begin(run)
            return
        if found != header:
            raise JournalError(
                f"{self.data}: left by a run with other input, options, rules or version: repeat the command that was "
                "broken off, or leave --resume out to begin anew"
            )
        self._data.seek(0)
        good = 0
        while len(entry := self._index.read(ENTRY_BYTES)) == ENTRY_BYTES and self._agrees(entry):
            good += 1
        self._index.truncate(len(header) + good * ENTRY_BYTES)
        self._data.truncate(self._end)
        self._index.seek(0, os.SEEK_END)
        self._data.seek(0, os.SEEK_END)

    def _agrees(self, entry: bytes) -> bool:
        """Count the document of `entry`, if entry and record are whole."""
        body = entry[: _ENTRY.size]
        if _CHECK.unpack(entry[_ENTRY.size :])[0] != zlib.crc32(body):
            return False
        number, digest, end, checksum, claims, failed = _ENTRY.unpack(body)
        if end < self._end:
            return False
        line = self._data.read(end - self._end)
        if len(line) != end - self._end or zlib.crc32(line) != checksum:
            return False
        self._end = end
        self._count(number, digest, claims, failed=bool(failed))
        return True

    def _count(self, number: int, digest: int, claims: int, *, failed: bool) -> None:
        if number >= len(self._digests):
            self._digests.extend([0] * (number + 1 - len(self._digests)))
        self._digests[number] = digest
        self.documents += 1
        self.claims += claims
        self.failures += failed

    def holds(self, number: int, digest: int) -> bool:
        """Whether document `number` is done. Raises JournalError if what was done there was another document."""
        known = self._digests[number] if number < len(self._digests) else 0
        if known and known != digest:
            raise JournalError(
                f"document {number + 1} of the input is not the one that the broken run read: give it the same input "
                "in the same order, or leave --resume out to begin anew"
            )
        return bool(known)

    def add(self, done: Done) -> None:
        """Take in a result; documents are never added twice."""
        line = done.result.line + b"\n" if done.result.line else b""
        failed = done.result.failure is not None
        self._data.write(line)
        self._end += len(line)
        body = _ENTRY.pack(done.number, done.digest, self._end, zlib.crc32(line), done.result.claims, failed)
        self._waiting.append(body + _CHECK.pack(zlib.crc32(body)))
        self._count(done.number, done.digest, done.result.claims, failed=failed)
        if len(self._waiting) >= _EVERY:
            self.flush()

    def flush(self) -> None:
        """Hand over to the system what was added: records first, then the entries that vouch for them."""
        self._data.flush()
        self._index.write(b"".join(self._waiting))
        self._index.flush()
        self._waiting = []

    def close(self) -> None:
        """Keep what there is for a run that resumes."""
        self.flush()
        self._data.close()
        self._index.close()

    def complete(self) -> None:
        """To be called when all is done: the records lie on the disk for good."""
        self.flush()
        os.fsync(self._data.fileno())

    def lines(self) -> Iterator[bytes]:
        """The records, a line of JSON each."""
        with self.data.open("rb") as file:
            for line in file:
                yield line.rstrip(b"\n")

    def discard(self) -> None:
        """Remove both files; the one with the records may have been renamed before."""
        self.data.unlink(missing_ok=True)
        self.index.unlink(missing_ok=True)
        self._data.close()
        self._index.close()


def _lock(file: IO[bytes], path: Path) -> None:
    """Make sure that no other process writes here. The lock ends with the process, and no child inherits it."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise JournalError(f"{path}: another run is writing this output: wait for its end") from None
