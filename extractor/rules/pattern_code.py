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

if TYPE_CHECKING:
    from extractor.rules.plain_code import PlainCompiler

_WORD = "I"  # of the code of a pattern of `re`
# What `re` itself compiles with: it has no way to keep what it compiled.
_ENGINE: Any = importlib.import_module("_sre")
# Where a field begins in the source of a pattern, which has no other groups that are kept.
_FIELD = re.compile(r"\(\?P<([a-z_]+)>")

AGAIN: Final = "_again"  # a group that is no field: what is repeated behind the first turn, as `Piece` has it

Look = Callable[[str, int], Any]  # tries a pattern at a place of a type string: its match, or None
Groups = Mapping[str, tuple[int, ...]]  # the groups of `re` that a field may stand in
_Look = tuple[str, bytes, list[str]]  # the source, its code, the fields of its groups


class Code(NamedTuple):
    """A compiled pattern. `look` tries with `re` what of it begins at a place, `back` what ends there, from right to
    left; None where there is nothing of that. `groups` and `back_groups` are those of the fields. `whole` holds the
    pattern of `regex`, for fields that took several stretches, or for all where `re` does not take the pattern; empty
    where it is never asked."""

    whole: bytes
    look: Look | None
    groups: Groups
    back: Look | None
    back_groups: Groups


def encode(source: str, right: str, left: str, *, repeated: bool, plain: PlainCompiler | None = None) -> bytes:
    """Compile `source`, a pattern over type strings, for `regex`, and for `re` `right`, what of it begins at the place
    that it is tried at, and `left`, what ends there, from right to left, both as `Piece` has them.

    `repeated` says that some field stands in what is repeated. `plain` compiles for `re`; one that is used for many
    patterns is fast. Raises `regex.error` where `source` is no pattern.
    """
    if plain is None:
        from extractor.rules.plain_code import PlainCompiler  # nobody who only reads code needs it

        plain = PlainCompiler()
    look, back = _look(right, plain), _look(left, plain) if left else None
    if look is None or (left and back is None):
        look = back = None
    whole = pickle.dumps(regex.compile(source, regex.V0), pickle.HIGHEST_PROTOCOL) if repeated or look is None else b""
    return marshal.dumps((whole, look, back))


def decode(code: bytes) -> Code:
    """What `encode` made the bytes of."""
    whole, look, back = marshal.loads(code)
    return Code(whole, *_tried(look), *_tried(back))


def decode_whole(code: bytes) -> Look:
    """What tries the pattern of `regex` that `Code.whole` holds."""
    return cast("Look", pickle.loads(code).match)


def _look(source: str, compiler: PlainCompiler) -> _Look | None:
    """`source` compiled for `re`; None where that cannot be: it looks around over what varies in length."""
    plain = _FIELD.sub("(", source)  # a field may stand in several places, but `re` wants each name once
    try:
        code = compiler.code(plain)
    except re.error:
        return None
    return plain, array(_WORD, code).tobytes(), _FIELD.findall(source)


def _tried(look: _Look | None) -> tuple[Look | None, Groups]:
    if look is None:
        return None, {}
    source, words, fields = look
    names = (None,) * (len(fields) + 1)
    made = _ENGINE.compile(source, re.UNICODE, array(_WORD, words).tolist(), len(fields), {}, names)
    groups: dict[str, tuple[int, ...]] = {}
    for number, field in enumerate(fields, 1):
        groups[field] = (*groups.get(field, ()), number)
    return made.match, groups
