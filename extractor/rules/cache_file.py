"""The file format of the cache: key, checksum, a pickle, and the bytes of the packed containers behind it.

The bytes stay in the mapped file (pickle protocol 5, PEP 574) and are touched when a bucket is opened. A file that is
absent, foreign, torn, of another key or not ours reads as None; a folder that cannot be written is left alone.
"""

from __future__ import annotations

import gc
import mmap
import os
import pickle
import time
import zlib
from contextlib import suppress
from pathlib import Path

from extractor.rules.ruleset import RuleSet

_NUMBER = 8  # bytes of a length
_KEPT = 12  # files of a cache folder that are kept when a new one is written, those used last first


def folder() -> Path:
    """Where the cache lies: $EXTRACTOR_CACHE, or `extractor` under $XDG_CACHE_HOME or ~/.cache."""
    own = os.environ.get("EXTRACTOR_CACHE")
    if own:
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "extractor"


def read(path: Path, key: str) -> RuleSet | None:
    """The rule set that the file holds under `key`, or None."""
    collecting = gc.isenabled()
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_uid not in (os.getuid(), 0):
                return None
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        start = len(key) + 4
        if data[: len(key)] != key.encode():
            return None
        if zlib.crc32(data[start:]).to_bytes(4, "big") != data[len(key) : start]:
            return None  # buckets are opened late: what is torn must show now
        pieces = []
        while start < len(data):
            size = int.from_bytes(data[start : start + _NUMBER], "big")
            pieces.append(data[start + _NUMBER : start + _NUMBER + size])
            start += _NUMBER + size
        gc.disable()  # ten thousand containers come to life, none of them garbage
        loaded = pickle.loads(pieces[0], buffers=pieces[1:])
    except Exception:  # a cache never stops a run, whatever is wrong with it
        return None
    finally:
        if collecting:
            gc.enable()
    if not isinstance(loaded, RuleSet):
        return None
    with suppress(OSError):
        os.utime(path)  # who changes rules of his own twelve times still finds the shipped ones
    return loaded


def write(path: Path, key: str, rules: RuleSet) -> None:
    """Put `rules`, packed, into the file, whole or not at all, and forget what of the folder lies unused longest."""
    buffers: list[pickle.PickleBuffer] = []
    pickled = pickle.dumps(rules, protocol=5, buffer_callback=buffers.append)
    data = bytearray()
    for piece in (memoryview(pickled), *(b.raw() for b in buffers)):
        data += len(piece).to_bytes(_NUMBER, "big")
        data += piece
    write_bytes(path, key.encode() + zlib.crc32(data).to_bytes(4, "big") + data)
    prune(path.parent)


def write_bytes(path: Path, data: bytes) -> None:
    """Put `data` into the file, whole or not at all; nothing happens where that is not possible."""
    import tempfile  # only where something is written

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix="new-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        return


def prune(where: Path) -> None:
    """Remove all but the files of a cache folder that were used last, and what a broken run left an hour ago."""
    try:
        found = sorted(where.glob("rules-*"), key=lambda p: p.stat().st_mtime, reverse=True)
        old = [p for p in where.glob("new-*") if p.stat().st_mtime < time.time() - 3600]
        signs = sorted(where.glob("seen-*"), key=lambda p: p.stat().st_mtime, reverse=True)
        for path in [*found[_KEPT:], *signs[4 * _KEPT :], *old]:
            path.unlink(missing_ok=True)
    except OSError:
        return
