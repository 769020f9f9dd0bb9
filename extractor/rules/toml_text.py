"""TOML read with messages for people who do not write programs."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from extractor.rules.problems import Problem

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_CURLY = "\u201c\u201d\u201e"
# What `tomllib` says, and what it comes from nearly always.
_HINTS = (
    ("Cannot overwrite a value", "the same key stands twice in one table: keep one of the two"),
    ("Cannot declare", "this table is written both as [name] and as [[name]]: write [[name]] each time"),
    ("Expected '=' after a key", "write a key, then =, then its value; text stands in straight quotes"),
    ("Unclosed array", "a list opened with [ is never closed: put ] behind its last item"),
    ("Unterminated string", "quotes are opened and not closed: put one more quotation mark at the end of the text"),
    ("Invalid value", "a value is text in straight quotes, a number, true or false, or a list in [ ]"),
    (
        "Expected newline or end of document",
        "something stands behind the value: inside text, quote with « »",
    ),
    ("Expected ']]'", "the name of a table stands between [[ and ]]"),
    ("Expected ']'", "the name of a table stands between [[ and ]]"),
    ("Unclosed inline table", "a table opened with { is never closed: put } behind its last value"),
)


def read_toml(name: str, source: str) -> dict[str, Any] | Problem:
    """The tables of a TOML text, or what is wrong with it and where."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
    lines = source.split("\n")
    place = _PLACE.search(said)
    what = _PLACE.sub("", said)
    line = int(place.group(1)) if place and place.group(1) else len(lines)
    if what == "Unclosed array" and lines[line - 1].lstrip().startswith(('"', "{", "'")):
        return Problem(name, line, f"a comma is missing at the end of the line before this one (TOML: {what})")
    if what == "Invalid value" and lines[line - 1].startswith("["):
        # The name of a table, read as the next item of a list that was left open.
        what, line = "Unclosed array", line - 1
    if what in _OPENING:
        line = _opened(lines[:line], _OPENING[what])
    return Problem(name, line, f"{_hint(lines[line - 1], what)} (TOML: {what})")


_OPENING = {"Unclosed array": "[]", "Unclosed inline table": "{}"}


def _opened(lines: list[str], pair: str) -> int:
    """The line (from 1) on which the last bracket opens that none of the lines closes; the last line if none does."""
    depth = 0
    for number in range(len(lines), 0, -1):
        text = lines[number - 1].split("#")[0]
        depth += text.count(pair[1]) - text.count(pair[0])
        if depth < 0:
            return number
    return len(lines)


def _hint(line: str, what: str) -> str:
    if any(c in line for c in _CURLY):
        return f"curly quotes ({_CURLY[0]} {_CURLY[1]}) do not mark text here: use straight ones"
    if "Illegal character" in what and line.replace('\\"', "").count('"') % 2:
        return "quotes are opened and not closed on this line: text has a quotation mark at both ends"
    for start, hint in _HINTS:
        if what.startswith(start):
            return hint
    if line.replace('\\"', "").count('"') % 2:
        return "the quotes on this line do not come in pairs"
    return "this line cannot be read"
