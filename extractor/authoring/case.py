"""One record with the sentence that it was read in: what the reasons of its fields look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from extractor.authoring.words import span
from extractor.match import Match
from extractor.watch import Seen


class Case:
    """One record with the sentence that it was read in."""

    def __init__(self, seen: Seen, record: Mapping[str, Any], context: Mapping[str, list[Match]]) -> None:
        self.seen = seen
        self.record = record
        self.context = context
        self.group: Mapping[str, Any] = record.get("victims") or record.get("items") or {}
        starts = {span(seen, at, at + 1)["start"]: at for at in range(len(seen.sentence))}
        # The segment of the trigger; the record may tell of an earlier sentence, then it is the first one.
        self.trigger = starts.get(record["trigger"]["start"], 0)

    def attributes(self, at: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for reading in self.seen.tools.reader.readings(self.seen.sentence, at):
            found.update(reading.attributes)
        return found

    def within(self, value: Mapping[str, Any]) -> Iterator[int]:
        """Segments that lie inside a span of the record."""
        for at in range(len(self.seen.sentence)):
            here = span(self.seen, at, at + 1)
            if value["start"] <= here["start"] and here["end"] <= value["end"]:
                yield at

    def listed(self, wanted: Callable[[int], bool]) -> str:
        """The words of the sentence that meet a condition, in guillemets."""
        found = [span(self.seen, at, at + 1)["text"] for at in range(len(self.seen.sentence)) if wanted(at)]
        return ", ".join(f"«{text}»" for text in dict.fromkeys(found))
