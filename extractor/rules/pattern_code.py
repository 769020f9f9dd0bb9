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
from typing import Any, cast

import regex

_WORD = "I"  # of the code of a pattern of `re`
# What `re` itself compiles with: it has no way to keep what it compiled.
_ENGINE: Any = importlib.import_module("_sre")


def encode(source: str) -> bytes:
    """Compile `source`, a pattern over type strings. Raises `regex.error` where it is none."""
    return pickle.dumps(regex.compile(source, regex.V0), pickle.HIGHEST_PROTOCOL)


def decode(code: bytes) -> regex.Pattern[str]:
    """The pattern that `encode` made the bytes of."""
    return cast("regex.Pattern[str]", pickle.loads(code))


def encode_bare(source: str) -> bytes:
    """Compile `source`, a pattern over type strings without groups, for `re`; nothing where that cannot be, because
    `source` looks back over a stretch that varies in length."""
    compiler: Any = importlib.import_module("re._compiler")
    try:
        code = compiler._code(importlib.import_module("re._parser").parse(source, 0), 0)
    except re.error:
        return b""
    return marshal.dumps((source, array(_WORD, code).tobytes()))


def decode_bare(code: bytes) -> re.Pattern[str] | None:
    """The pattern that `encode_bare` made the bytes of, if any."""
    if not code:
        return None
    source, words = marshal.loads(code)
    made: re.Pattern[str] = _ENGINE.compile(source, re.UNICODE, array(_WORD, words).tolist(), 0, {}, (None,))
    return made
