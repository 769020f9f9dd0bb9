"""Documents out of text files, JSON Lines, folders of these and standard input, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson

SUFFIXES = (".txt", ".jsonl")


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what is known about it. `where` is its file, with the line in a JSON Lines file."""

    id: str
    text: str
    where: str
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A document or file that could not be read, and why. `id` is None where there is no document to name."""

    where: str
    reason: str
    id: str | None = None


def read_paths(paths: Iterable[str], stdin: IO[bytes]) -> Iterator[Document | Failure]:
    """Every document of `paths`: files, folders (all .txt and .jsonl in them, in order of name) and `-`.

    What cannot be read comes as a Failure in its place; nothing is raised.
    """
    for name in paths:
        if name == "-":
            yield from _read_stream(stdin)
            continue
        path = Path(name)
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES and p.is_file())
            if not found:
                yield Failure(name, "no .txt or .jsonl file in this folder")
            for inner in found:
                yield from _read_file(inner)
        elif not path.exists():
            yield Failure(name, "no such file")
        else:
            yield from _read_file(path)


def _read_file(path: Path) -> Iterator[Document | Failure]:
    try:
        if path.suffix == ".jsonl":
            with path.open("rb") as file:
                yield from _lines(file, str(path), path.stem)
        else:
            yield _text(path.read_bytes(), str(path), path.stem)
    except OSError as error:
        yield Failure(str(path), error.strerror or str(error))


def _read_stream(stream: IO[bytes]) -> Iterator[Document | Failure]:
    """Standard input: JSON Lines where the first character that is no space opens an object, else one text."""
    head = stream.readline()
    while head.isspace():
        head = stream.readline()
    if head.lstrip(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        yield from _lines(_chained(head, stream), "-", "stdin")
    else:
        yield _text(head + stream.read(), "-", "stdin")


def _chained(head: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    yield head
    yield from stream


def _text(data: bytes, where: str, name: str) -> Document | Failure:
    try:
        return Document(name, data.decode("utf-8-sig"), where)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Failure(f"{where}:{line}", f"not UTF-8 (byte {error.start}): save the file as UTF-8", name)


def _lines(lines: Iterable[bytes], where: str, name: str) -> Iterator[Document | Failure]:
    for number, line in enumerate(lines, 1):
        row = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if row.strip():
            yield _line(row, f"{where}:{number}", f"{name}:{number}")


def _line(line: bytes, where: str, name: str) -> Document | Failure:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Failure(where, f"not a line of JSON: {error}", name)
    if not isinstance(row, dict):
        return Failure(where, "not a JSON object: each line is {…} with `text`", name)
    identity = str(row.get("id", name))
    if not isinstance(row.get("text"), str):
        return Failure(where, "the line has no string `text`", identity)
    return Document(identity, row["text"], where, _string(row.get("title")), _string(row.get("published")))


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None
