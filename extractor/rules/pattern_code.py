"""Patterns as bytes: compiling one takes milliseconds, reading its code back microseconds.

`regex` pickles a pattern as its compiled code. The bytes come out of the rule compiler or the cache, which is ours
alone, and are understood by the same version of `regex`, which the cache's key names.
"""

from __future__ import annotations

import pickle
from typing import cast

import regex


def encode(source: str) -> bytes:
    """Compile `source`, a pattern over type strings. Raises `regex.error` where it is none."""
    return pickle.dumps(regex.compile(source, regex.V0), pickle.HIGHEST_PROTOCOL)


def decode(code: bytes) -> regex.Pattern[str]:
    """The pattern that `encode` made the bytes of."""
    return cast("regex.Pattern[str]", pickle.loads(code))
