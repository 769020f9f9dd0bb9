"""Texts to measure on."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_ENDS = re.compile(r"(?<=[.!?\u061f\n])(?=\s)")


class CorpusError(Exception):
    """A corpus that cannot be read; the message names the file, the line and the way out."""


def read(path: Path) -> list[str]:
    """Every text of a `.txt` file, a `.jsonl` file (one object with `text` a line) or a folder of these, once.

    A text that stands there twice is given once, because its second reading would not be a first sight any more.
    Raises `CorpusError` where something cannot be read or nothing is there.
    """
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.suffix in {".txt", ".jsonl"} and p.is_file())
    elif path.is_file():
        files = [path]
    else:
        raise CorpusError(f"{path}: no such file or folder; name one with BENCH_CORPUS=PATH")
    texts = dict.fromkeys(text for file in files for text in _texts(file) if text.strip())
    if not texts:
        raise CorpusError(f"{path}: no text here; a folder of .txt or .jsonl files is needed, or one such file")
    return list(texts)


def _texts(file: Path) -> Iterator[str]:
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{file}: {error}") from error
    if file.suffix != ".jsonl":
        yield content
        return
    # Not splitlines: it also breaks at separators that JSON strings may hold.
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield str(json.loads(line)["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{file}:{number}: a JSON object with `text` is needed ({error!r})") from error


def shuffled(texts: Sequence[str], seed: int) -> list[str]:
    """The texts in an order that only `seed` decides."""
    return random.Random(seed).sample(list(texts), len(texts))


def weight(text: str) -> int:
    """Length in bytes of UTF-8: the unit of every rate here, about 1.8 bytes a character in Arabic news."""
    return len(text.encode("utf-8", "surrogatepass"))


def joined(texts: Sequence[str], size: int) -> str:
    """Whole texts, a blank line between them, until they have `size` bytes; all of them where they have less."""
    parts: list[str] = []
    length = 0
    for text in texts:
        if length >= size:
            break
        parts.append(text)
        length += weight(text) + 2
    return "\n\n".join(parts)


def pieces(text: str, size: int) -> list[str]:
    """The whole of `text` in pieces of about `size` bytes, each cut where a sentence ends, a line at the latest."""
    made: list[str] = []
    piece: list[str] = []
    length = 0
    for sentence in _ENDS.split(text):
        more = weight(sentence)
        if piece and length + more / 2 > size:
            made.append("".join(piece))
            piece, length = [], 0
        piece.append(sentence)
        length += more
    return [one for one in (*made, "".join(piece)) if one.strip()]
