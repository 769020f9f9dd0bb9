"""What of the hot path is written in C: what looks at every letter of a text or weighs wide numbers for every segment.

`tools/compiled.py` builds these modules; the package of pure Python has none of them, and each has a twin there that
does the same: `letters` in `extractor.text.fold`, `sentences` in `extractor.text.tokens`, `gate`, `segments`, `sieve`
and `candidates` in the modules of their names, and `patterns` in `re` itself (`extractor.rules.pattern_code`). What is
known of Arabic reaches them as data.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def native(name: str) -> Any:
    """The module `name` of this folder, None where the package is of pure Python."""
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError:
        return None
