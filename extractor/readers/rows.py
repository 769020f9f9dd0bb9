"""Documents out of rows: JSON objects, lines of tables, records of Parquet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from extractor.readers.items import Columns, Document, Failure, InputError, Origin
from extractor.readers.names import key, names

_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")


class RowReader:
    """Makes documents of rows that share a set of columns, which need not be the same in every row."""

    def __init__(self, columns: Columns, what: str) -> None:
        self._columns = columns
        self._what = what
        self._known: dict[tuple[str, ...], Mapping[str, str]] = {}

    def parts(self, header: Iterable[str]) -> Mapping[str, str]:
        """For `text`, `id`, `title`, `published`, `url` the name in `header` that holds it, where one does."""
        header = tuple(header)
        known = self._known.get(header)
        if known is None:
            if len(self._known) > 1000:  # a hostile file could give every row its own columns
                self._known.clear()
            known = self._known[header] = self._choose(header)
        return known

    def _choose(self, header: tuple[str, ...]) -> dict[str, str]:
        folded: dict[str, str] = {}
        for name in header:
            folded.setdefault(key(name), name)
        chosen: dict[str, str] = {}
        for part, common in names().columns.items():
            wanted = getattr(self._columns, part, None)
            if wanted is None:
                found = next((folded[name] for name in common if name in folded), None)
                if found is not None:
                    chosen[part] = found
            elif wanted in header or key(wanted) in folded:
                chosen[part] = wanted if wanted in header else folded[key(wanted)]
            else:
                raise InputError(f"no {self._what} {wanted!r} here; there are {_listed(header)}")
        return chosen

    def text_name(self, header: Iterable[str]) -> str:
        """The name in `header` that holds the text. Raises InputError if none does."""
        header = tuple(header)
        name = self.parts(header).get("text")
        if name is None:
            raise InputError(
                f"no string `text`: no {self._what} looks like the text; name it with --text-column "
                f"(there are {_listed(header)})"
            )
        return name

    def document(self, row: Mapping[str, Any], origin: Origin, name: str) -> Document | Failure:
        """The document that `row` holds; `name` is its id if the row has none."""
        try:
            parts = self.parts(row)
            identity = _identity(row.get(parts["id"])) if "id" in parts else None
            column = self.text_name(row)
        except InputError as error:
            return Failure(origin, str(error), name)
        identity = identity or name
        text = row[column]
        if not isinstance(text, str):
            return Failure(origin, f"no string `text`: {self._what} {column!r} holds {type(text).__name__}", identity)
        title = row[parts["title"]] if "title" in parts else None
        url = row[parts["url"]] if "url" in parts else None
        if isinstance(url, str) and url:
            origin = origin._replace(url=url)
        published = iso_date(row[parts["published"]]) if "published" in parts else None
        return Document(identity, text, origin, title if isinstance(title, str) and title else None, published)


def iso_date(value: Any) -> str | None:
    """A date of any common machine form in ISO 8601; a string that is no such date as it is; else None."""
    if isinstance(value, str):
        return _from_string(value.strip()) or None
    if isinstance(value, int | float):
        return _from_epoch(float(value))
    return value.isoformat() if isinstance(value, date) else None  # a datetime is a date


def _from_string(value: str) -> str | None:
    if _EPOCH.fullmatch(value):
        return _from_epoch(float(value))
    if not value or value[:4].isdecimal():
        return value
    try:
        # Imported here: only feeds and few tables write dates as letters do.
        from email.utils import parsedate_to_datetime

        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return value


def _from_epoch(seconds: float) -> str | None:
    if not 1e8 < seconds < 1e14:  # also false for NaN
        return None
    if seconds > 1e11:
        seconds /= 1000  # milliseconds
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _identity(value: Any) -> str | None:
    return None if value is None or value == "" or isinstance(value, dict | list) else str(value)


def _listed(header: tuple[str, ...]) -> str:
    shown = ", ".join(repr(name[:60]) for name in header[:12])
    return (shown or "none") + (f" and {len(header) - 12} more" if len(header) > 12 else "")
