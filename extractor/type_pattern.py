"""A pattern over type strings, tried where it can begin, and what its fields took."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from extractor.rules.pattern_code import decode, decode_look

Span = tuple[int, int]


class TypePattern:
    """A pattern of `re` that reads its fields, or a first look for `re` with the whole pattern, with its fields, for
    `regex`: decoded when the look has found something for the first time."""

    def __init__(self, code: bytes, look: bytes) -> None:
        found = decode_look(look)
        self._code = code
        self._whole: Callable[[str, int], Any] | None = None
        self._look: Callable[[str, int], Any] = self._decoded() if found is None else found.match
        self._groups: Mapping[str, tuple[int, ...]] | None = found and found.groups

    def _decoded(self) -> Callable[[str, int], Any]:
        whole = self._whole = decode(self._code).match
        return whole

    def look(self, types: str, at: int) -> Any:
        """What tells whether the pattern has a chance at place `at` of a type string: None where it has none."""
        return self._look(types, at)

    def match(self, types: str, at: int) -> Any:
        """The match of `re` or `regex` at place `at` of a type string, or None."""
        found = self._look(types, at)
        if found is None or self._groups is not None:
            return found
        whole = self._whole
        return self._decoded()(types, at) if whole is None else whole(types, at)

    def spans(self, found: Any, field: str) -> list[Span]:
        """What `field` took in a match, from left to right, each stretch once."""
        if self._groups is None:
            # `regex` reads from right to left what stands before a trigger.
            return sorted(set(found.spans(field)))
        spans: list[Span] = [found.span(number) for number in self._groups[field]]
        return sorted({span for span in spans if span[0] >= 0})
