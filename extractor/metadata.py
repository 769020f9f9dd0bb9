"""What a text says of itself: its title, when it was published, and the lines that are page furniture."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final, NamedTuple

from extractor.text.dates import TimeExpression, TimeReader
from extractor.text.fold import Folded
from extractor.text.furniture import FurnitureWords, words
from extractor.text.tokens import WORD

_DIGIT: Final = re.compile(r"\d")
_HEAD, _FOOT = 6, 3  # lines at either end among which the date of publication may stand
_LONGEST_TITLE: Final = 32  # words
_LONGEST_DATE_LINE: Final = 120  # letters
_LONGEST_LINE: Final = 240  # letters of furniture or of a caption
_LONGEST_FURNITURE: Final = 24  # words
_LONGEST_CAPTION: Final = 14  # words
_OTHER_WORDS: Final = 4  # beside a date on the line of publication
_SENTENCE_ENDS: Final = (".", "\u061f", "!", ":", ",", ";")


class Metadata(NamedTuple):
    """Title and time of publication, None where neither given nor told; `aside` are folded spans of furniture."""

    title: str | None
    published: str | None
    day: date | datetime | None
    aside: tuple[tuple[int, int], ...]


def parsed_day(published: str | None) -> date | datetime | None:
    """A publication date or date and time in ISO form as a value without zone; None where it is none."""
    if not published:
        return None
    try:
        if len(published) <= len("2024-05-01"):
            return date.fromisoformat(published)
        return datetime.fromisoformat(published).replace(tzinfo=None)
    except ValueError:
        return None


class MetadataReader:
    """Reads the metadata of texts. Holds vocabularies and nothing of any text."""

    def __init__(self, times: TimeReader, furniture: FurnitureWords) -> None:
        self._times = times
        self._furniture = furniture

    def read(self, folded: Folded, title: str | None, published: str | None) -> Metadata:
        """The metadata of a text. A `title` and a `published` that are given win over what is read."""
        text = folded.text
        lines = _lines(text)
        aside: list[tuple[int, int]] = []
        if len(lines) > 1:
            aside = self._aside(text, lines)
            gone = set(aside)
            kept = [line for line in lines if line not in gone]
            stamped = None
            for line in [*kept[:_HEAD], *kept[_HEAD:][-_FOOT:]]:
                found = self._stamp(text, line)
                if found is not None:
                    aside.append(line)
                    stamped = stamped or found
            if published is None and stamped is not None and stamped.first is not None:
                published = stamped.first.isoformat()
            if title is None:
                title = self._title(folded, [line for line in kept[:_HEAD] if line not in aside[len(gone) :]])
        return Metadata(title, published, parsed_day(published), tuple(sorted(aside)))

    def _aside(self, text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The lines that are furniture, and captions and titles told again."""
        out = []
        seen: set[str] = set()
        first = ""
        for start, end in lines:
            if end - start > _LONGEST_LINE:
                continue
            head = words(text, start, end, _LONGEST_FURNITURE)
            if head is None:
                continue
            if self._is_furniture(head):
                out.append((start, end))
                continue
            if len(head) <= _LONGEST_CAPTION:
                plain = " ".join(w for w in head if w[0].isalnum())
                if not plain or plain in seen or (len(head) > 2 and first.startswith(f"{plain} ")):
                    out.append((start, end))
                seen.add(plain)
                first = first or plain
            first = first or " ".join(w for w in head if w[0].isalnum())
        return out

    def _is_furniture(self, words: list[str]) -> bool:
        known = self._furniture
        plain = [w for w in words if w[0].isalnum()]
        if not plain:
            return True
        for count in range(min(known.longest, len(words)), 0, -1):
            if " ".join(words[:count]) in known.opening:
                return True
        at = 0
        while at < len(plain):  # words and phrases of buttons in a row
            size = next((n for n in range(known.longest, 0, -1) if " ".join(plain[at : at + n]) in known.whole), 0)
            if not size:
                return False
            at += size
        return True

    def _stamp(self, text: str, line: tuple[int, int]) -> TimeExpression | None:
        """The time of publication that a line tells and nothing else, or None."""
        start, end = line
        if end - start > _LONGEST_DATE_LINE or _DIGIT.search(text, start, end) is None:
            return None
        found = [
            e for e in self._times.expressions(text, start, end, None) if e.first is not None and e.first == e.last
        ]
        if not found:
            return None
        best = max(found, key=lambda e: e.end - e.start)
        rest = text[start : best.start] + " " + text[best.end : end]
        others = [w for w in WORD.findall(rest) if w[0].isalnum() and w not in self._furniture.date_words]
        if len(others) > (_OTHER_WORDS if ":" in rest or "|" in rest else 0):
            return None
        return best

    def _title(self, folded: Folded, lines: list[tuple[int, int]]) -> str | None:
        """The first line, if it looks like a title and more follows."""
        if len(lines) < 2:
            return None
        start, end = lines[0]
        line = folded.text[start:end]
        if line.count(" ") >= _LONGEST_TITLE or line.rstrip().endswith(_SENTENCE_ENDS):
            return None
        first, last = folded.span(start, end)
        return folded.original[first:last].strip() or None


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that hold more than space."""
    out: list[tuple[int, int]] = []
    start, size = 0, len(text)
    while start < size:
        end = text.find("\n", start)
        end = size if end < 0 else end
        if end > start and not (text[start].isspace() and text[start:end].isspace()):
            out.append((start, end))
        start = end + 1
    return out
