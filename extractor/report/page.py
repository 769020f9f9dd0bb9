"""The reading page: one self-contained HTML file in which every claim stands in its article.

The text of articles is untrusted. It travels as JSON in a data block, in which no markup can begin, and the page's own
script puts it on the screen as text, never as markup; a content security policy forbids all else.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from typing import IO, Any

import orjson

from extractor.writers.output import dump

_PARTS = ("%TITLE%", "%STYLE%", "%STYLE_HASH%", "%SCRIPT%", "%SCRIPT_HASH%", "%DATA%")


def write_page(
    documents: Iterable[Mapping[str, Any]], actors: Mapping[str, Mapping[str, str]], title: str, stream: IO[bytes]
) -> None:
    """Write the page of `documents`, records that hold their `text`, to `stream`.

    `actors` gives the side of each actor by id. Documents are written one by one: what the page takes in memory here
    does not grow with their number.
    """
    style, script = _file("page.css"), _file("page.js")
    fixed = {
        "%TITLE%": html.escape(title),
        "%STYLE%": style,
        "%STYLE_HASH%": _digest(style),
        "%SCRIPT%": script,
        "%SCRIPT_HASH%": _digest(script),
    }
    before, after = _file("page.html").split("%DATA%")
    stream.write(_filled(before, fixed).encode())
    for piece in _data(documents, actors):
        stream.write(piece)
    stream.write(_filled(after, fixed).encode())


def _data(documents: Iterable[Mapping[str, Any]], actors: Mapping[str, Mapping[str, str]]) -> Iterator[bytes]:
    """The data block: documents, the sides of the actors in them, and the words of the page."""
    sides: dict[str, str] = {}
    yield b'{"documents":['
    for number, document in enumerate(documents):
        yield (b"," if number else b"") + _harmless(dump(document))
        for identity in _actors(document["events"]):
            side = actors.get(identity, {}).get("side")
            if side is not None:
                sides[identity] = side
    yield b'],"sides":' + _harmless(orjson.dumps(sides))
    yield b',"words":' + _harmless(_file("words.json").encode()) + b"}"


def _actors(value: Any) -> Iterator[str]:
    """Every actor's id within `value`."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str) and "name" in value:
            yield value["id"]
        for inner in value.values():
            yield from _actors(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _actors(inner)


def _harmless(data: bytes) -> bytes:
    """JSON in which no end of the data block, and no comment of HTML, can stand."""
    return data.replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")


def _filled(template: str, values: Mapping[str, str]) -> str:
    # One pass from left to right, so that what is filled in is never searched for places to fill.
    out, rest = [], template
    while rest:
        found = [(rest.find(part), part) for part in _PARTS if part in rest]
        if not found:
            break
        at, part = min(found)
        out += [rest[:at], values[part]]
        rest = rest[at + len(part) :]
    return "".join([*out, rest])


def _digest(source: str) -> str:
    return base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _file(name: str) -> str:
    return resources.files("extractor.report").joinpath(name).read_text(encoding="utf-8")
