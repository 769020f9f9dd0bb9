"""Patterns as bytes: compiling one takes milliseconds, reading its code back microseconds.

`regex` pickles a pattern as its compiled code; of a pattern of `re` the code is kept here. The bytes come out of the
rule compiler or the cache, which is ours alone, and are understood by the same Python and the same version of `regex`,
which the cache's key names.
"""

from __future__ import annotations

import importlib
import marshal
import pickle
import re
from array import array
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import regex

from extractor.rules.pattern_program import Program

if TYPE_CHECKING:
    from extractor.rules.plain_code import PlainCompiler

_WORD = "I"  # of the code of a pattern of `re`
# What `re` itself compiles with: it has no way to keep what it compiled.
_ENGINE: Any = importlib.import_module("_sre")
_V0: Final = int(regex.V0)  # as a number: a flag is asked for each letter of a pattern, and slow to ask
# Where a field begins in the source of a pattern, which has no other groups that are kept.
_FIELD = re.compile(r"\(\?P<([a-z_]+)>")

AGAIN: Final = "_again"  # a group that is no field: what is repeated behind the first turn, as `Piece` has it

# The stretch that a pattern took and those of its groups; (-1, -1) where one took nothing.
Spans = tuple[tuple[int, int], ...]


class Look:
    """Tries with `re` what `half` asks for. Twin of the patterns of `extractor.native.patterns`."""

    def __init__(self, half: Half) -> None:
        names = (None,) * (len(half.fields) + 1)
        words = array(_WORD, half.words).tolist()
        self._match = _ENGINE.compile(half.source, re.UNICODE, words, len(half.fields), {}, names).match

    def spans(self, types: str, at: int) -> Spans | None:
        """What it and its groups take from place `at` on; None where it does not fit there."""
        found = self._match(types, at)
        return None if found is None else cast("Spans", found.regs)

    def end(self, types: str, at: int) -> int:
        """Where what it takes from place `at` on ends; -1 where it does not fit there."""
        found = self._match(types, at)
        return -1 if found is None else cast("int", found.end())


class Half(NamedTuple):
    """What a pattern asks for on one side of the place that it is tried at: the source, its code for `re`, the fields
    of its groups, and as a program, where there is one."""

    source: str
    words: bytes
    fields: list[str]
    program: Program | None

    def groups(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the groups that each field may stand in."""
        groups: dict[str, tuple[int, ...]] = {}
        for number, field in enumerate(self.fields, 1):
            groups[field] = (*groups.get(field, ()), number)
        return groups


class Code(NamedTuple):
    """A compiled pattern. `right` is what of it begins at a place, `left` what ends there, from right to left; None
    where there is nothing of that. `whole` holds the pattern of `regex`, for fields that took several stretches, or for
    all where `re` does not take the pattern and there is no `right`; empty where it is never asked."""

    whole: bytes
    right: Half | None
    left: Half | None


def encode(source: str, right: str, left: str, *, repeated: bool, plain: PlainCompiler | None = None) -> bytes:
    """Compile `source`, a pattern over type strings, for `regex`, and for `re` `right`, what of it begins at the place
    that it is tried at, and `left`, what ends there, from right to left, both as `Piece` has them.

    `repeated` says that some field stands in what is repeated. `plain` compiles for `re`; one that is used for many
    patterns is fast. Raises `regex.error` where `source` is no pattern.
    """
    if plain is None:
        from extractor.rules.plain_code import PlainCompiler  # nobody who only reads code needs it

        plain = PlainCompiler()
    behind, before = _half(right, plain), _half(left, plain) if left else None
    if behind is None or (left and before is None):
        behind = before = None
    whole = b""
    if repeated or behind is None:
        whole = pickle.dumps(regex.compile(source, _V0), pickle.HIGHEST_PROTOCOL)
    return marshal.dumps((whole, _plain(behind), _plain(before)))


def decode(code: bytes) -> Code:
    """What `encode` made the bytes of."""
    whole, right, left = marshal.loads(code)
    return Code(whole, _read(right), _read(left))


def decode_whole(code: bytes) -> Callable[[str, int], Any]:
    """What tries the pattern of `regex` that `Code.whole` holds."""
    return cast("Callable[[str, int], Any]", pickle.loads(code).match)


def _half(source: str, compiler: PlainCompiler) -> Half | None:
    """`source` compiled for `re`; None where that cannot be: it looks around over what varies in length."""
    plain = _FIELD.sub("(", source)  # a field may stand in several places, but `re` wants each name once
    try:
        tree = compiler.tree(plain)
        code = compiler.code(tree)
    except re.error:
        return None
    return Half(plain, array(_WORD, code).tobytes(), _FIELD.findall(source), compiler.program(tree))


def _plain(half: Half | None) -> tuple[Any, ...] | None:
    """A half in what `marshal` takes."""
    return None if half is None else (*half[:3], half.program and tuple(half.program))


def _read(half: tuple[Any, ...] | None) -> Half | None:
    if half is None:
        return None
    source, words, fields, made = half
    return Half(source, words, fields, None if made is None else Program(*made))
