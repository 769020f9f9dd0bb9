"""What is done with one document: read it, and make of it the line of its record."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.readers.items import Document, Failure, Item, Page
from extractor.run.limit import TimeLimitError, time_limit
from extractor.writers.output import dump

if TYPE_CHECKING:
    from extractor.engine import Extractor


class Result(NamedTuple):
    """`line` is the record as JSON, empty where there is no document to make one of; `failure` says why a document
    could not be read, `note` what a reader of the output may wonder about. Both name the place."""

    line: bytes
    claims: int = 0
    failure: str | None = None
    note: str | None = None


class Task:
    """Reads documents with `extractor`, each within `limit` seconds (0: without a limit).

    `with_text` keeps the text in the record. A task pickles small and can be sent to another process.
    """

    def __init__(self, extractor: Extractor, *, limit: float = 0, with_text: bool = False) -> None:
        self._extractor = extractor
        self.limit = limit
        self._with_text = with_text

    def prepare(self) -> None:
        """Make ready for many documents, which processes forked from this one then share."""
        self._extractor.prepare()

    def __call__(self, item: Item) -> Result:
        """The result of one document. Nothing that is wrong with it is raised."""
        if isinstance(item, Failure):
            return failed(item, item.reason)
        try:
            if self._extractor.due:
                self._extractor.prepare()  # once, and no document pays for it with its own time
                gc.freeze()  # a vocabulary is never garbage: to look through it for some again and again costs a tenth
            with time_limit(self.limit):
                return self._read(item)
        except TimeLimitError:
            return failed(item, f"took longer than {self.limit:g} seconds")
        except RecursionError:
            return failed(item, "could not be read: nested too deeply")
        except MemoryError:
            return failed(item, "could not be read: not enough memory")
        except Exception as error:  # noqa: BLE001  one document never costs another
            return failed(item, f"could not be read: {error!r}")

    def _read(self, item: Document | Page) -> Result:
        if isinstance(item, Page):
            from extractor.readers.pages import read_page

            read = read_page(item)
            if isinstance(read, Failure):
                return failed(read, read.reason)
            item = read
        record = self._extractor.extract(item.text, id=item.id, title=item.title, published=item.published)
        record["source"] = item.origin.as_record()
        if self._with_text:
            record["text"] = item.text
        return Result(dump(record), len(record["events"]), note=_note(item))


def failed(item: Item, reason: str) -> Result:
    """The result of a document that could not be read; without an id there is no record."""
    if item.id is None:
        return Result(b"", failure=f"{item.origin}: {reason}")
    record: dict[str, Any] = {
        "schema_version": 1,
        "id": item.id,
        "title": item.title if isinstance(item, Document) else None,
        "published": item.published if isinstance(item, Document) else None,
        "language": None,
        "source": item.origin.as_record(),
        "events": [],
        "error": reason,
        "text": None,
    }
    return Result(dump(record), failure=f"{item.origin}: {reason}")


def _note(item: Document) -> str | None:
    if any("\u0600" <= c <= "\u06ff" or "\ufb50" <= c <= "\ufefc" for c in item.text):
        return None
    return f"{item.origin}: {'no Arabic text' if item.text.strip() else 'empty'}: nothing to read"
