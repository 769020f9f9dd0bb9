"""Folding: one spelling for matching, with a way back to the original offsets.

Letters, digits and punctuation are replaced one to one, so that most texts need no offset map; marks that Arabic
writes or leaves out at will (tashkeel, tatweel, bidi and zero-width characters) are removed and their positions kept;
presentation forms and ligatures are expanded, which needs a map of every character of the text. The tables are the
one place of the package that holds Arabic letters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from typing import Final

from extractor.native import native

TAG: Final = "\u2004"
TIE: Final = "\u2005"
_GROUPS: Final[tuple[tuple[str, str], ...]] = (
    ("ا", "أإآٱ"),
    ("ي", "ىئیېے"),
    ("ه", "ةۀەھہ"),
    ("و", "ؤ"),
    ("ك", "کڪ"),
    (",", "\u060c"),
    (";", "\u061b"),
    ("%", "\u066a"),
    (".", "\u066b"),
    ('"', "«»“”„‟‹›"),
    ("'", "‘’`´"),
    ("-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"),
    # Rare spaces, so that a hashtag can still be told: where it begins, and what ties its words.
    (TAG, "#"),
    (TIE, "_"),
    (" ", "\u00a0\u2002\u2003\u2009\u202f\u3000\t\r"),
    ("\n", "\v\f\u2028\u2029\x85"),
)
_DIGITS: Final[tuple[tuple[str, str], ...]] = tuple((str(i), chr(0x0660 + i) + chr(0x06F0 + i)) for i in range(10))
REPLACED: Final[tuple[tuple[str, str], ...]] = tuple((old, new) for new, olds in _GROUPS + _DIGITS for old in olds)
_REPLACED_ASCII: Final = tuple((old, new) for old, new in REPLACED if old.isascii())
# Tashkeel, Quranic marks, superscript alef, tatweel, hamza marks, zero-width and bidi controls, byte order mark.
REMOVED: Final[tuple[str, ...]] = tuple(
    chr(c)
    for c in (
        *range(0x064B, 0x0660),
        0x0670,
        0x0640,
        *range(0x0610, 0x061B),
        *range(0x06D6, 0x06DD),
        0x06DF,
        0x06E0,
        0x06E1,
        0x06E2,
        0x06E3,
        0x06E4,
        0x06E7,
        0x06E8,
        *range(0x06EA, 0x06EE),
        0x061C,
        0x00AD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0x2066, 0x206A),
        0x20E3,
        0xFE0E,
        0xFE0F,
        0xFEFF,
    )
)
_TABLE: Final = {ord(old): new for old, new in REPLACED} | {ord(mark): "" for mark in REMOVED}
# Vowels drawn out for feeling: three of one letter are one. No word of written Arabic has three.
_DRAWN_OUT: Final = ("ااا", "ووو", "ييي", "ههه", "ىىى", "ةةة")
# The marks that ordinary news holds; the long tail is looked for only in texts that hold rarer characters still.
_COMMON_REMOVED: Final = (*REMOVED[:8], "\u0640", "\u200f", "\u200e", "\u200c", "\u200d", "\u200b", "\ufeff", "\ufe0f")
_RARE_REMOVED: Final = tuple(m for m in REMOVED if m not in _COMMON_REMOVED)
_EXPANDED: Final = "".join(map(chr, (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))))  # presentation forms
_PRESENTED: Final = re.compile(f"[{_EXPANDED}]")
_RUN: Final = re.compile(r"([^\W\d_])\1{2,}")
_GONE: Final = frozenset(REMOVED)
_MARK: Final = re.compile(f"[{''.join(REMOVED)}]")
# What draws a word out is a dash between numbers, the rest of a row of them nothing.
_TATWEEL: Final = "\u0640"
_SPACES: Final = " \u00a0"
_DASH: Final = re.compile(rf"(?:(?<=\d)|(?<=\d[{_SPACES}])){_TATWEEL}(?={_TATWEEL}*[{_SPACES}]?\d)")
_ONE_TO_ONE: Final = dict(REPLACED)
_NATIVE: Final = native("letters")
_LETTERS: Final = _NATIVE and _NATIVE.Letters(_TABLE, _EXPANDED, "".join(run[0] for run in _DRAWN_OUT))


class Folded:
    """A folded text and the way back to its original.

    `text` is what is matched. `span(start, end)` turns offsets into `text` (Python string indices, end exclusive)
    into offsets into `original` that cover the same characters, marks inside them included.
    """

    # No dataclass: of these mypyc leaves `__init__` to Python.
    def __init__(self, text: str, original: str, expanded: tuple[int, ...] | None = None) -> None:
        self.text = text
        self.original = original
        self.expanded = expanded
        self._marks: list[int] | None = None

    def _removed(self) -> list[int]:
        """Position of removed mark number i, less i: how far the folded text had come when the mark was left out."""
        found = self._marks  # kept by hand: of a cached property mypyc makes one that is worked out again and again
        if found is None:
            found = self._marks = marks(_dashed(self.original))
        return found

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Original offsets of the folded slice `start:end`."""
        if self.expanded is not None:
            if end <= start:
                at = self.expanded[start] if start < len(self.expanded) else len(self.original)
                return at, at
            return self.expanded[start], self.expanded[end - 1] + 1
        if len(self.text) == len(self.original):
            return start, end
        # A mark stands after the letter that it belongs to: marks before the first letter stay outside, marks after
        # the last letter are outside as well, so that a span never ends in a mark of which it does not hold the rest.
        removed = self._removed()
        first = start + _count_at_most(removed, start)
        if end <= start:
            return first, first
        return first, end - 1 + _count_at_most(removed, end - 1) + 1


def marks(text: str) -> list[int]:
    """Position of each mark of a text that is removed, less its number."""
    if _LETTERS is not None:
        found: list[int] = _LETTERS.marks(text)
        return found
    return [mark.start() - i for i, mark in enumerate(_MARK.finditer(text))]


def _count_at_most(removed: list[int], position: int) -> int:
    """How many marks were removed before the folded character at `position`."""
    return bisect_left(removed, position + 1)


def fold(text: str) -> Folded:
    """Fold `text` for matching. Any string is accepted; nothing is raised."""
    original = text
    text = _dashed(text)
    if _LETTERS is not None:
        folded: str | None = _LETTERS.fold(text)
        return _fold_expanding(original, text) if folded is None else Folded(folded, original)
    if not text.isascii():
        if _has_presentation_forms(text) or any(run in text for run in _DRAWN_OUT):
            return _fold_expanding(original, text)
        text = _replaced(text)
    else:
        for old, new in _REPLACED_ASCII:
            if old in text:
                text = text.replace(old, new)
    return Folded(text, original)


def fold_word(word: str) -> str:
    """The folded spelling of a vocabulary word: as `fold`, by a table, which is the faster way for a few letters."""
    return fold(word).text if _has_presentation_forms(word) else word.translate(_TABLE)


def _has_presentation_forms(text: str) -> bool:
    # U+F000 to U+FFFF, and nothing else, begin with the byte EF in UTF-8: one fast search settles nearly every text.
    return b"\xef" in text.encode("utf-8", "surrogatepass") and _PRESENTED.search(text) is not None


def _replaced(text: str) -> str:
    """`text` with letters replaced and marks left out, where no character becomes several."""
    for old, new in REPLACED:
        if old in text:
            text = text.replace(old, new)
    for mark in _COMMON_REMOVED:
        if mark in text:
            text = text.replace(mark, "")
    for mark in _RARE_REMOVED:
        if mark in text:
            text = text.replace(mark, "")
    return text


def _dashed(text: str) -> str:
    """A text with dashes for what draws out no word but stands between numbers; it is as long."""
    at = text.find(_TATWEEL)
    while at >= 0:
        # Looked at one by one, since many texts have some and hardly one has one behind a number.
        before = text[max(0, at - 2) : at].rstrip(_SPACES)[-1:]
        if before.isdecimal():
            return _DASH.sub("-", text)
        at = text.find(_TATWEEL, at + 1)
    return text


def _fold_expanding(original: str, text: str) -> Folded:
    """Fold `text`, which is `original` with dashes, where a character can become several (ligatures), or several one
    (letters drawn out)."""
    out: list[str] = []
    where: list[int] = []
    at = 0
    for found in _PRESENTED.finditer(text):
        _fold_piece(text, at, found.start(), out, where)
        at = found.end()
        parts = [p for p in unicodedata.normalize("NFKC", found.group()) if p not in _GONE]
        out += [_ONE_TO_ONE.get(p, p) for p in parts]
        where += [found.start()] * len(parts)
    _fold_piece(text, at, len(text), out, where)
    return _shortened(original, "".join(out), where)


def _fold_piece(text: str, start: int, end: int, out: list[str], where: list[int]) -> None:
    """Fold a piece without presentation forms, and note where each of its characters comes from."""
    piece = text[start:end]
    folded = _replaced(piece)
    out.append(folded)
    kept = len(folded) == len(piece)
    where += range(start, end) if kept else [start + i for i, c in enumerate(piece) if c not in _GONE]


def _shortened(original: str, text: str, where: list[int]) -> Folded:
    """Letters drawn out to three or more put back to one, which stands for the last of them within a word."""
    out: list[str] = []
    places: list[int] = []
    at = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        kept = end - 1 if start and text[start - 1].isalpha() else start
        out += [text[at:start], text[kept]]
        places += [*where[at:start], where[kept]]
        at = end
    return Folded("".join([*out, text[at:]]), original, (*places, *where[at:]))
