"""What a task does around the reading of a document."""

from __future__ import annotations

import gc
from typing import Any, cast

from extractor import Extractor
from extractor.readers.items import Document, Origin
from extractor.run.task import Task


class _Due:
    """An extractor that is to be unpacked at the first document."""

    def __init__(self) -> None:
        self.due = True

    def prepare(self) -> None:
        self.due = False

    def extract(self, text: str, **_: Any) -> dict[str, Any]:
        return {"events": [], "text": text}


def test_the_vocabulary_is_left_out_of_the_search_for_garbage_once_it_is_unpacked() -> None:
    extractor = _Due()
    task = Task(cast(Extractor, extractor))
    before = gc.get_freeze_count()
    try:
        task(Document("a", "نص", Origin("a.txt")))
        assert not extractor.due
        assert gc.get_freeze_count() > before
        frozen = gc.get_freeze_count()
        task(Document("b", "نص", Origin("b.txt")))
        assert gc.get_freeze_count() == frozen
    finally:
        gc.unfreeze()
