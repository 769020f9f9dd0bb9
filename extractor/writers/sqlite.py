"""Records in an SQLite database: documents, events, sources, places."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Any

import orjson

from extractor.readers.items import InputError
from extractor.text.fold import fold_word
from extractor.writers.flat import COLUMNS, flat

# "xtrc": says in the file's header whose database it is.
_APPLICATION = 0x78747263
_VERSION = 1
# Columns of `events` whose flat column has another name; those of the document and of lists of their own are left out.
_RENAMED = {"event": "id", "place": "place_text", "trigger": "trigger_text"}
_OF_DOCUMENT = ("document", "title", "published", "source_path", "source_line", "source_record", "source_url")
_OF_TABLES = ("place_name", "country", "lat", "lon", "precision", "source_id", "source_stance", "source_cue")
_ELSEWHERE = frozenset((*_OF_DOCUMENT, *_OF_TABLES, "source", "sources", "other"))
_COLUMNS = tuple(column for column in COLUMNS if column not in _ELSEWHERE)
_INTEGERS = frozenset(("low", "high", "approx", "background", "cumulative"))


class SqliteWriter:
    """Takes records into a database, new or its own; all of them or, if it is left by an exception, none.

    A document replaces the one of the same id. `shared` counts the records whose id an earlier one of this run had.
    """

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        try:
            self._base.execute("PRAGMA foreign_keys = ON")
            self._begin(path)
        except BaseException:
            self._base.close()
            raise
        self._places: dict[str, int] = {}
        self._before = self._base.execute("SELECT coalesce(max(key), 0) FROM documents").fetchone()[0]
        self._next = self._before + 1
        self.shared = 0

    def _begin(self, path: Path) -> None:
        try:
            ours = self._base.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION
            if not ours and self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise InputError(f"{path}: a database of something else: name another file")
            version = self._base.execute("PRAGMA user_version").fetchone()[0]
            if ours and version != _VERSION:
                raise InputError(f"{path}: written by another version of extractor: name another file")
            self._base.execute("BEGIN IMMEDIATE")
            if not ours:
                self._base.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._base.execute(f"PRAGMA user_version = {_VERSION}")
                for statement in _statements(_schema()):
                    self._base.execute(statement)
        except sqlite3.DatabaseError as error:
            raise InputError(f"{path}: {error}") from None

    def __enter__(self) -> SqliteWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.close()
            elif self._base.in_transaction:
                self._base.execute("ROLLBACK")
        finally:
            self._base.close()

    def write(self, line: bytes) -> None:
        """Add the record that `line` is, in place of an earlier one of the same id."""
        document = orjson.loads(line)
        execute = self._base.execute
        known = execute("SELECT key FROM documents WHERE id = ?", (document["id"],)).fetchone()
        if known is not None:
            self.shared += known[0] > self._before
            execute("DELETE FROM documents WHERE key = ?", known)
        source = document.get("source") or {}
        text = document.get("text")
        # A new key each time: it tells the documents of this run from older ones.
        key, self._next = self._next, self._next + 1
        values = (
            key,
            *(document.get(name) for name in ("id", "title", "published", "language")),
            *(source.get(name) for name in ("path", "line", "record", "url")),
            document.get("error"),
            text,
            fold_word(f"{document.get('title') or ''}\n{text or ''}".strip()),
        )
        execute(f"INSERT INTO documents VALUES ({_marks(values)})", values)
        for event in document["events"]:
            self._event(document, event, key)

    def close(self) -> None:
        """Commit, without the places that no event names any more."""
        if self._base.in_transaction:
            self._base.execute(
                "DELETE FROM places WHERE NOT EXISTS (SELECT 1 FROM events WHERE events.place = places.key)"
            )
            self._base.execute("COMMIT")

    def _event(self, document: dict[str, Any], event: dict[str, Any], key: int) -> None:
        row = flat(document, event)
        values = (
            key,
            self._place(event.get("place")),
            *(row[column] for column in _COLUMNS),
            fold_word(row["evidence"] or ""),
            orjson.dumps(event).decode(),
        )
        number = self._base.execute(f"INSERT INTO events VALUES (NULL, {_marks(values)})", values).lastrowid
        for position, source in enumerate(event.get("sources") or ()):
            cue = (source.get("cue") or {}).get("text")
            names = ("text", "start", "end", "id", "name", "stance")
            values = (number, position, *(source.get(name) for name in names), cue)
            self._base.execute(f"INSERT INTO sources VALUES ({_marks(values)})", values)

    def _place(self, place: dict[str, Any] | None) -> int | None:
        """The key of a place: one row for each that the vocabulary knows, one for each wording of the others."""
        if not place:
            return None
        values = tuple(place.get(name) for name in ("id", "name", "country", "lat", "lon", "precision"))
        identity = orjson.dumps(values if any(values[:2]) else (*values, fold_word(place["text"]))).decode()
        key = self._places.get(identity)
        if key is None:
            self._base.execute(f"INSERT OR IGNORE INTO places VALUES (NULL, {_marks(values)}, ?)", (*values, identity))
            (key,) = self._base.execute("SELECT key FROM places WHERE identity = ?", (identity,)).fetchone()
            self._places[identity] = key
        return key


def _schema() -> str:
    script = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
    numbers = {c for c in _COLUMNS if c in _INTEGERS or c.endswith(("_start", "_end"))}
    columns = (f'"{_RENAMED.get(c, c)}" {"INTEGER" if c in numbers else "TEXT"}' for c in _COLUMNS)
    return script.replace("/*EVENT COLUMNS*/", ", ".join(columns) + ",")


def _marks(values: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(values))


def _statements(script: str) -> list[str]:
    """The statements of a script; a trigger holds a semicolon within, and ends in END."""
    found, held = [], ""
    for part in script.split(";"):
        held += part + ";"
        if sqlite3.complete_statement(held):
            found.append(held)
            held = ""
    return found
