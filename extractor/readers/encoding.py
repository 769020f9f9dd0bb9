"""Bytes to text: UTF-8, UTF-16 by its mark, and Windows-1256 where it is sure."""

from __future__ import annotations

import codecs
import re

from extractor.readers.items import InputError
from extractor.readers.names import names

_WORD = re.compile(r"[\u0621-\u064a]+")
# Below this many words nothing is sure; above, running Arabic has one frequent word in six, and bytes read in a wrong
# encoding have none.
_FEWEST_WORDS = 8
_FEWEST_HITS = 3
_SHARE = 0.06


def charset(sample: bytes, *, complete: bool) -> str:
    """The codec of a text that begins with `sample`, which may end within a character unless `complete`.

    Raises InputError where it is none of those that are known for sure.
    """
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(sample, complete)
    except UnicodeDecodeError as error:
        if is_windows_1256(sample):
            return "cp1256"
        line = sample[: error.start].count(b"\n") + 1
        raise InputError(f"not UTF-8 (byte {error.start}): save the file as UTF-8", line) from None
    return "utf-8-sig"


def decode(data: bytes) -> str:
    """All of a text. Raises InputError where the encoding is not known for sure, or the text breaks it."""
    codec = charset(data, complete=True)
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise InputError(f"not {codec.upper()} (byte {error.start}): save the file as UTF-8", 1) from None


def is_windows_1256(data: bytes) -> bool:
    """Whether `data` is surely Arabic in Windows-1256: enough words, many of them the language's most frequent ones,
    and more of these than the other encoding of the Arab world, ISO 8859-6, would give."""
    words, hits = _frequent(data, "cp1256")
    if words < _FEWEST_WORDS or hits < max(_FEWEST_HITS, _SHARE * words):
        return False
    return hits > 2 * _frequent(data, "iso8859-6")[1]


def _frequent(data: bytes, codec: str) -> tuple[int, int]:
    """Words of Arabic letters in `data` read as `codec`, and how many of them are frequent ones."""
    found = _WORD.findall(data[: 1 << 20].decode(codec, "replace"))
    known = names().frequent
    return len(found), sum(word in known for word in found)
