"""Texts to measure on."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path


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


def pieces(texts: Iterator[str], size: int, count: int) -> list[str]:
    """Up to `count` texts of about `size` bytes each, made of whole articles one after another and cut at the end.

    Fewer where `texts` runs dry. What is cut off is thrown away, so that no piece holds what another one held.
    """
    made: list[str] = []
    while len(made) < count:
        parts: list[str] = []
        length = 0
        while length < size:
            part = next(texts, None)
            if part is None:
                return made
            parts.append(part)
            length += weight(part) + 2
        whole = "\n\n".join(parts).encode("utf-8", "surrogatepass")
        made.append(whole[:size].decode("utf-8", "ignore"))
    return made
