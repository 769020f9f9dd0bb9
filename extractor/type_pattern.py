"""A pattern over type strings, tried at a place, and what its fields took there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from extractor.native import native
from extractor.rules.pattern_code import AGAIN, Half, Look, Spans, decode, decode_whole

Span = tuple[int, int]


# Where what a pattern took ends, and the stretches of each field that took some, from left to right.
Taken = tuple[int, dict[str, list[Span]]]
# As those of `Look`.
_End = Callable[[str, int], int]
_Try = Callable[[str, int], Spans | None]


class TypePattern:
    """A pattern with the fields `names`.

    It is tried with `re`, or where the package is compiled and many texts are to be read by the machine of
    `extractor.native.patterns`, which tells the same.
    """

    def __init__(self, code: bytes, names: tuple[str, ...]) -> None:
        found = decode(code)
        self._names = names
        self._packed = found.whole
        self._whole: Callable[[str, int], Any] | None = None
        self._right: Half | None = found.right
        self._left: Half | None = found.left
        # What tries them, once that is decoded.
        self._end: _End | None = None
        self._spans: _Try | None = None
        self._back: _Try | None = None
        self._plain = found.right is not None
        self._groups, self._again = _numbers(found.right)
        self._back_groups, self._back_again = _numbers(found.left)

    def halves(self) -> list[Half]:
        """What is tried at a place: behind it and, where the pattern asks for something there, before it."""
        return [half for half in (self._right, self._left) if half is not None]

    def prepare(self, looks: Sequence[Look]) -> None:
        """Be tried with `looks` from now on, one for each of `halves`; and decode what is asked for only where a field
        took several stretches, for many texts."""
        if looks:
            self._take(looks)
        self._right = self._left = None  # which are large
        if self._packed and self._whole is None:
            self._decoded()

    def _arm(self) -> tuple[_End, _Try]:
        """Decode it when it is first tried."""
        return self._take([Look(half) for half in self.halves()])

    def _take(self, looks: Sequence[Look]) -> tuple[_End, _Try]:
        end, spans = self._end, self._spans = looks[0].end, looks[0].spans
        self._back = looks[1].spans if len(looks) > 1 else None
        return end, spans

    def _decoded(self) -> Callable[[str, int], Any]:
        whole = self._whole = decode_whole(self._packed)
        return whole

    def end(self, types: str, at: int) -> int:
        """Where what the pattern takes from place `at` on ends; -1 where it does not fit there. For patterns that look
        at nothing before that place."""
        if not self._plain:
            taken = self._read_whole(types, at)
            return -1 if taken is None else taken[0]
        end = self._end
        return self._arm()[0](types, at) if end is None else end(types, at)

    def read(self, types: str, turned: str, at: int) -> Taken | None:
        """What the pattern takes at place `at` of a type string, which is `turned` from right to left; None where it
        does not fit."""
        if not self._plain:
            return self._read_whole(types, at)
        spans_of = self._spans
        found = self._arm()[1](types, at) if spans_of is None else spans_of(types, at)
        if found is None:
            return None
        before, count = None, len(types)
        if self._back is not None:
            before = self._back(turned, count - at)
            if before is None:
                return None
        if (self._again and _went_on(found, self._again)) or (
            before is not None and self._back_again and _went_on(before, self._back_again)
        ):
            return self._read_whole(types, at)
        fields: dict[str, list[Span]] = {}
        if before is not None:
            for name, numbers in self._back_groups:
                spans = [(count - span[1], count - span[0]) for span in _spans(before, numbers)]
                if spans:
                    fields[name] = spans if len(spans) == 1 else sorted(set(spans))
        for name, numbers in self._groups:
            spans = _spans(found, numbers)
            if spans:
                known = fields.get(name)
                fields[name] = spans if known is None and len(spans) == 1 else sorted({*(known or ()), *spans})
        return found[0][1], fields

    def _read_whole(self, types: str, at: int) -> Taken | None:
        whole = self._whole
        found = self._decoded()(types, at) if whole is None else whole(types, at)
        if found is None:
            return None
        fields: dict[str, list[Span]] = {}
        for name in self._names:
            # `regex` reads from right to left what stands before a trigger.
            spans: list[Span] = sorted(set(found.spans(name)))
            if spans:
                fields[name] = spans
        end: int = found.end()
        return end, fields


def prepare(patterns: Sequence[TypePattern]) -> None:
    """Make patterns ready for many texts, all that are tried together."""
    made = native("patterns")
    programs = [half.program for pattern in patterns for half in pattern.halves() if half.program is not None]
    machines = iter(made.patterns(programs) if made is not None else ())
    for pattern in patterns:
        looks = [Look(half) if made is None or half.program is None else next(machines) for half in pattern.halves()]
        pattern.prepare(looks)


def _numbers(half: Half | None) -> tuple[list[tuple[str, tuple[int, ...]]], tuple[int, ...]]:
    """The groups of each field, and those that tell whether what is repeated went on."""
    groups = {} if half is None else half.groups()
    return [(name, numbers) for name, numbers in groups.items() if name != AGAIN], groups.get(AGAIN, ())


def _went_on(found: Spans, numbers: tuple[int, ...]) -> bool:
    """Whether one of the groups `numbers` took something."""
    for number in numbers:
        start, end = found[number]
        if start < end:
            return True
    return False


def _spans(found: Spans, numbers: tuple[int, ...]) -> list[Span]:
    """What those of the groups `numbers` took that took something."""
    return [found[number] for number in numbers if found[number][0] >= 0]
