"""A pattern over type strings, tried at a place, and what its fields took there."""

from __future__ import annotations

from typing import Any

from extractor.rules.pattern_code import AGAIN, Look, decode, decode_whole

Span = tuple[int, int]


# Where what a pattern took ends, and the stretches of each field that took some, from left to right.
Taken = tuple[int, dict[str, list[Span]]]


class TypePattern:
    """A pattern with the fields `names`."""

    def __init__(self, code: bytes, names: tuple[str, ...]) -> None:
        found = decode(code)
        self._names = names
        self._packed = found.whole
        self._whole: Look | None = None
        self._plain = found.look is not None
        self._look: Look = self._decoded() if found.look is None else found.look
        self._again = found.groups.get(AGAIN, ())
        self._groups = [(name, numbers) for name, numbers in found.groups.items() if name != AGAIN]
        self._back: Look | None = found.back
        self._back_again = found.back_groups.get(AGAIN, ())
        self._back_groups = [(name, numbers) for name, numbers in found.back_groups.items() if name != AGAIN]

    def prepare(self) -> None:
        """Decode what is asked for only where a field took several stretches, for many texts."""
        if self._packed and self._whole is None:
            self._decoded()

    def _decoded(self) -> Look:
        whole = self._whole = decode_whole(self._packed)
        return whole

    def end(self, types: str, at: int) -> int:
        """Where what the pattern takes from place `at` on ends; -1 where it does not fit there. For patterns that look
        at nothing before that place."""
        found = self._look(types, at)
        if found is None:
            return -1
        end: int = found.end()
        return end

    def read(self, types: str, turned: str, at: int) -> Taken | None:
        """What the pattern takes at place `at` of a type string, which is `turned` from right to left; None where it
        does not fit."""
        found = self._look(types, at)
        if found is None:
            return None
        if not self._plain:
            return self._read_whole(found)
        before, count = None, len(types)
        if self._back is not None:
            before = self._back(turned, count - at)
            if before is None:
                return None
        if (self._again and _went_on(found, self._again)) or (self._back_again and _went_on(before, self._back_again)):
            whole = self._whole
            return self._read_whole(self._decoded()(types, at) if whole is None else whole(types, at))
        fields: dict[str, list[Span]] = {}
        for name, numbers in self._back_groups:
            spans = [(count - span[1], count - span[0]) for span in _spans(before, numbers)]
            if spans:
                fields[name] = spans if len(spans) == 1 else sorted(set(spans))
        for name, numbers in self._groups:
            spans = _spans(found, numbers)
            if spans:
                known = fields.get(name)
                fields[name] = spans if known is None and len(spans) == 1 else sorted({*(known or ()), *spans})
        end: int = found.end()
        return end, fields

    def _read_whole(self, found: Any) -> Taken:
        fields: dict[str, list[Span]] = {}
        for name in self._names:
            # `regex` reads from right to left what stands before a trigger.
            spans: list[Span] = sorted(set(found.spans(name)))
            if spans:
                fields[name] = spans
        end: int = found.end()
        return end, fields


def _went_on(found: Any, numbers: tuple[int, ...]) -> bool:
    """Whether one of the groups `numbers` took something."""
    for number in numbers:
        span: Span = found.span(number)
        if span[0] < span[1]:
            return True
    return False


def _spans(found: Any, numbers: tuple[int, ...]) -> list[Span]:
    """What those of the groups `numbers` took that took something."""
    spans: list[Span] = [found.span(number) for number in numbers]
    return [span for span in spans if span[0] >= 0]
