"""Sentences and tokens of a folded text, as offsets into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from extractor.native import native

# A run of letters; a number with its separators (1,234 3.5 9:30 03/10/2017 are put together by the number reader);
# dots in a row; a line break; any other sign by itself.
TOKEN: Final = re.compile(r"[^\W\d_]+|\d+(?:[.,\u066c]\d+)*|\.\.+|\u2026|\n|[^\w\s]")
# A run of letters, of digits, or a sign: words of phrases and of page furniture, which hold no numbers with separators.
WORD: Final = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
# A sentence ends at a line break or at . ! ? followed by space or the end. A dot after a one-letter word is an
# abbreviation, two or more dots are a pause within the sentence.
# One class at the very beginning, which `re` skips to fast; the lookbehinds say what it has taken.
_BOUNDARY: Final = re.compile(r"[\n.!?\u061f](?:(?<=\n)\s*|(?<!\n)(?<![.\u2026].)[.!?\u061f]*[\"')\]]*(?=\s|$))")
# Characters, about five hundred words: of 35,000 sentences of news four were longer.
_LONGEST: Final = 3000
_NATIVE: Final = native("sentences")
# Signs that can stand against a word: blanked before the cheap search for triggers.
_SIGNS: Final = ",;:.\"'()[]{}-/\\!?\u061f|*+=%\u2026<>~&0123456789"


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a folded text, in order, together covering all but white space."""
    spans: list[tuple[int, int]] = list(_spans(text)) if _NATIVE is None else _NATIVE.spans(text)
    if all(end - start <= _LONGEST for start, end in spans):
        return spans
    return [bounded for span in spans for bounded in _bounded(text, *span)]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BOUNDARY.finditer(text):
        end = match.end()
        if text[match.start()] == "." and _is_pause(text, match.start(), end):
            continue
        stop = match.start() if text[match.start()] == "\n" else end
        if stop > start and not text[start:stop].isspace():
            yield start, stop
        start = end
    if start < len(text) and not text[start:].isspace():
        yield start, len(text)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut where it is longer than any sentence is: at a comma near the limit, else between two words.

    What reads a sentence looks back and forth in it, so that its cost grows faster than its length.
    """
    while end - start > _LONGEST:
        limit = start + _LONGEST
        comma = text.rfind(",", start + _LONGEST // 2, limit)
        space = text.rfind(" ", start + _LONGEST // 2, limit)
        cut = comma + 1 if comma >= 0 else space if space >= 0 else limit
        yield start, cut
        start = cut
    yield start, end


def _is_pause(text: str, at: int, end: int) -> bool:
    """Whether the dots at `at:end` end no sentence: behind a one-letter word, or several of them within a line."""
    if end - at > 1 and text[at + 1] == ".":
        return end < len(text) and "\n" not in text[end : end + 2]
    if end - at > 1:
        return False
    abbreviation = at >= 2 and text[at - 1].isalpha() and not text[at - 2].isalpha()
    return at == 1 or (abbreviation and text[at + 1 : at + 2] == " ")


def token_starts(text: str, at: int, tokens: list[str]) -> list[int]:
    """Where each of `tokens` begins, of which the first stands at `at` or behind it and nothing but space between."""
    if _NATIVE is not None:
        told: list[int] = _NATIVE.token_starts(text, at, tokens)
        return told
    return _token_starts(text, at, tokens)


def _token_starts(text: str, at: int, tokens: Iterable[str]) -> list[int]:
    out = []
    for token in tokens:
        at = text.index(token, at)
        out.append(at)
        at += len(token)
    return out


def blanked(text: str) -> str:
    """`text` with signs and digits as spaces, of the same length: ready to be split into words without a pattern."""
    for sign in _SIGNS:
        if sign in text:
            text = text.replace(sign, " ")
    return text
