"""The unit of a run: a document with its number in the input and a digest by which it is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extractor.readers.items import Document, Item, Page
from extractor.run.task import Result, Task


class Work(NamedTuple):
    """`number` counts the documents of the input from 0."""

    number: int
    digest: int
    item: Item

    @property
    def size(self) -> int:
        """About how many bytes it holds."""
        item = self.item
        return len(item.text) * 2 if isinstance(item, Document) else len(item.data) if isinstance(item, Page) else 64


class Done(NamedTuple):
    """A document's result, under its number and digest."""

    number: int
    digest: int
    result: Result


def numbered(items: Iterable[Item]) -> Iterator[Work]:
    """`items` as units of work."""
    for number, item in enumerate(items):
        yield Work(number, digest(item), item)


def digest(item: Item) -> int:
    """64 bits that change, for all that chance allows, when the document or its place does; never 0."""
    made = hashlib.blake2b(f"{item.id}\0{item.origin}\0".encode("utf-8", "surrogatepass"), digest_size=8)
    if isinstance(item, Document):
        made.update(item.text.encode("utf-8", "surrogatepass"))
    elif isinstance(item, Page):
        made.update(item.data)
    return int.from_bytes(made.digest(), "little") or 1


def in_this_process(works: Iterable[Work], task: Task) -> Iterator[Done]:
    """The results of `works`, one after another."""
    for work in works:
        yield Done(work.number, work.digest, task(work.item))
