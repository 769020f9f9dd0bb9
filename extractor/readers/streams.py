"""Byte streams with bounds: files and standard input, plain or gzipped, by lines or whole."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import IO, Any

from extractor.readers.items import InputError, Limits

_CHUNK = 1 << 16
GZIP_MAGIC = b"\x1f\x8b"
# What files begin with that hold others and are not opened here, where nothing is ever unpacked to disk.
_CONTAINERS = {
    b"PK\x03\x04": "a zip archive (or an office document)",
    b"PK\x05\x06": "an empty zip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-zip archive",
    b"Rar!": "a RAR archive",
    b"\xfd7zXZ": "packed by xz",
    b"BZh": "packed by bzip2",
    b"\x28\xb5\x2f\xfd": "packed by zstd",
    b"%PDF-": "a PDF document",
}
_TAR = slice(257, 262)


class Unzipped(io.RawIOBase):
    """The content of a gzip stream of one or more members, never holding more than a chunk of it.

    Reading raises InputError where the stream is broken, cut off, or grows beyond what text ever does.
    """

    def __init__(self, packed: IO[bytes], limits: Limits) -> None:
        super().__init__()
        self._packed = packed
        self._limits = limits
        self._inflate = zlib.decompressobj(wbits=31)
        self._pending = b""
        self._taken = 0
        self._given = 0
        self._started = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with up to its length; the number of bytes, 0 at the end."""
        while True:
            data = self._more(len(buffer))
            if data is None:
                return 0
            if data:
                break
        self._given += len(data)
        if self._given > self._limits.grown and self._given > self._limits.ratio * self._taken:
            raise InputError(
                f"the gzip data grows to more than {self._limits.ratio} times its size, which no text does: "
                "unpack it by hand if it is honest"
            )
        buffer[: len(data)] = data
        return len(data)

    def _more(self, size: int) -> bytes | None:
        try:
            if self._inflate.eof:
                rest = (self._inflate.unused_data or self._take()).lstrip(b"\0")
                if not rest:
                    return None
                if not rest.startswith(GZIP_MAGIC[:1]):
                    raise InputError("there is something that is not gzip behind the gzip data")
                self._inflate = zlib.decompressobj(wbits=31)
                self._pending = rest
            if not self._pending:
                self._pending = self._take()
                if not self._pending:
                    if self._started:
                        raise InputError("the gzip data is cut off")
                    return None
            self._started = True
            data = self._inflate.decompress(self._pending, size)
        except zlib.error as error:
            raise InputError(f"broken gzip data ({error})") from None
        self._pending = self._inflate.unconsumed_tail
        return data

    def _take(self) -> bytes:
        data = self._packed.read(_CHUNK)
        self._taken += len(data)
        return data


def unpacked(stream: io.BufferedReader, limits: Limits) -> io.BufferedReader:
    """`stream`, or its content where it begins as gzip does."""
    if stream.peek(2)[:2] == GZIP_MAGIC:
        return io.BufferedReader(Unzipped(stream, limits), _CHUNK)
    return stream


def refuse_containers(stream: io.BufferedReader) -> None:
    """Raise InputError where `stream` is an archive or something else that no reader opens."""
    head = stream.peek(512)
    what = next((name for magic, name in _CONTAINERS.items() if head.startswith(magic)), None)
    if what is None and head[_TAR] == b"ustar":
        what = "a tar archive"
    if what is not None:
        raise InputError(f"this is {what}: unpack it and name what was in it")


def lines(stream: IO[bytes], limits: Limits) -> Iterator[bytes | None]:
    """The lines of `stream`, None for one that is longer than a document may be; that one is skipped, never held."""
    limit = limits.document
    while line := stream.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
            pass
        yield None


def whole(stream: IO[bytes], limits: Limits) -> bytes:
    """All of `stream`. Raises InputError if it is longer than a document may be."""
    data = stream.read(limits.document + 1)
    if len(data) > limits.document:
        raise InputError(too_long("the document", limits))
    return data


def too_long(what: str, limits: Limits) -> str:
    """Why `what` is not read."""
    return f"{what} is longer than {limits.document // 2**20} MB: split it into documents"
