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
from typing import Any, NamedTuple, cast

import regex

_WORD = "I"  # of the code of a pattern of `re`
# What `re` itself compiles with: it has no way to keep what it compiled.
_ENGINE: Any = importlib.import_module("_sre")


# Where a field begins in the source of a pattern, which holds no letter that could be taken for it.
_FIELD = re.compile(r"\(\?P<([a-z_]+)>")


class Look(NamedTuple):
    """A pattern of `re`. `match` tries it at a place of a type string; `groups` are the numbers of the groups of each
    field where it reads the fields as well, None where it only tells that a pattern of `regex` is worth a try."""

    match: Callable[[str, int], re.Match[str] | None]
    groups: Mapping[str, tuple[int, ...]] | None


def encode(source: str) -> bytes:
    """Compile `source`, a pattern over type strings. Raises `regex.error` where it is none."""
    return pickle.dumps(regex.compile(source, regex.V0), pickle.HIGHEST_PROTOCOL)


def decode(code: bytes) -> regex.Pattern[str]:
    """The pattern that `encode` made the bytes of."""
    return cast("regex.Pattern[str]", pickle.loads(code))


def encode_look(source: str, *, fields: bool) -> bytes:
    """Compile `source`, a pattern over type strings, for `re`; nothing where that cannot be, because `source` looks
    back over a stretch that varies in length.

    With `fields` it reads those of `source` itself, none of which may stand in what is repeated: `re` keeps but the
    last of what a group has taken.
    """
    compiler: Any = importlib.import_module("re._compiler")
    plain = _FIELD.sub("(", source)  # a field may stand in several places, but `re` wants each name once
    try:
        code = compiler._code(importlib.import_module("re._parser").parse(plain, 0), 0)
    except re.error:
        return b""
    names = _FIELD.findall(source)
    return marshal.dumps((plain, array(_WORD, code).tobytes(), names if fields else None))


def decode_look(code: bytes) -> Look | None:
    """The pattern that `encode_look` made the bytes of, if any."""
    if not code:
        return None
    source, words, names = marshal.loads(code)
    count = len(names or ())
    made: re.Pattern[str] = _ENGINE.compile(
        source, re.UNICODE, array(_WORD, words).tolist(), count, {}, (None,) * (count + 1)
    )
    if names is None:
        return Look(made.match, None)
    groups: dict[str, tuple[int, ...]] = {}
    for number, name in enumerate(names, 1):
        groups[name] = (*groups.get(name, ()), number)
    return Look(made.match, groups)
