"""JSON of any size, an element at a time: the lists of a file are walked, never held."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from extractor.readers.items import InputError, Limits
from extractor.readers.names import key, names

_CHUNK = 1 << 16
_SPACE = re.compile("[ \t\n\r\ufeff]*")
_DEEPEST = 6


class JsonStream:
    """Walks JSON text. Every element of a list that stands at the top or under one of the keys where documents are
    kept is given with the list's key and the plain values that its object gave before it."""

    def __init__(self, stream: IO[bytes], codec: str, limits: Limits) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(codec)()
        self._scan = json.JSONDecoder(strict=False, parse_constant=lambda _: None)
        self._limit = limits.document
        self._text = ""
        self._at = 0
        self._ended = False
        self._line = 1

    def elements(self) -> Iterator[tuple[str, dict[str, Any], Any]]:
        """(key of the list, plain values beside it, element); an object without lists is an element itself, under "".

        Raises InputError, with the line, where the text is no JSON, or a value is too long or too deep.
        """
        while self._peek():
            yield from self._value("", {}, 0)

    def _value(self, name: str, beside: dict[str, Any], depth: int) -> Iterator[tuple[str, dict[str, Any], Any]]:
        first = self._peek()
        if first == "[":
            yield from self._list(name, beside, depth)
        elif first == "{" and (not name or depth < _DEEPEST):
            yield from self._object(name, beside, depth)
        else:
            yield name, beside, self._whole()

    def _list(self, name: str, beside: dict[str, Any], depth: int) -> Iterator[tuple[str, dict[str, Any], Any]]:
        self._at += 1
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            # The chats of a whole Telegram archive are objects with lists of their own; messages are documents.
            if self._peek() == "{" and name and depth < 3 and self._is_folder(name):
                yield from self._object(name, beside, depth + 1)
            else:
                yield name, beside, self._whole()
            if self._next(",]") == "]":
                return

    @staticmethod
    def _is_folder(name: str) -> bool:
        return key(name) in ("chats", "list")

    def _object(self, name: str, beside: dict[str, Any], depth: int) -> Iterator[tuple[str, dict[str, Any], Any]]:
        self._at += 1
        seen: dict[str, Any] = {}
        walked = False
        if self._peek() == "}":
            self._at += 1
        else:
            while True:
                if self._peek() != '"':
                    raise self._error("a key in quotes is missing")
                inner = str(self._whole())
                self._next(":")
                if self._peek() in ("[", "{") and depth < _DEEPEST and key(inner) in names().lists:
                    walked = True
                    yield from self._value(inner, seen, depth + 1)
                else:
                    seen[inner] = self._whole()
                if self._next(",}") == "}":
                    break
        if not walked:
            yield name, beside, seen

    def _whole(self) -> Any:
        """The value that begins here, read whole."""
        self._peek()
        while True:
            try:
                value, end = self._scan.raw_decode(self._text, self._at)
            except RecursionError:
                raise self._error("nested too deeply") from None
            except ValueError as error:
                if not self._more():
                    where = getattr(error, "pos", self._at)
                    raise self._error(f"broken JSON ({getattr(error, 'msg', error)})", where) from None
                continue
            if self._may_go_on(value, end) and self._more():
                continue
            self._at = end
            return value

    def _may_go_on(self, value: Any, end: int) -> bool:
        """Whether `value`, read up to `end`, may be a number of which more is to come (1, then 1.5 or 1e-5)."""
        if end == len(self._text):
            return True
        return isinstance(value, int | float) and len(self._text) - end < 3 and self._text[end] in ".eE"

    def _next(self, expected: str) -> str:
        found = self._peek()
        if not found or found not in expected:
            raise self._error(f"broken JSON ({' or '.join(expected)} is missing)")
        self._at += 1
        return found

    def _peek(self) -> str:
        """The next character that is no space; "" at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Take in as much again as is held unread; whether there was anything."""
        if self._ended:
            return False
        held = len(self._text) - self._at
        if held > self._limit:
            raise self._error(f"a value is longer than {self._limit // 2**20} MB")
        self._line += self._text.count("\n", 0, self._at)
        data = self._stream.read(max(_CHUNK, held))
        self._ended = not data
        try:
            fresh = self._decoder.decode(data, self._ended)
        except UnicodeDecodeError as error:
            raise self._error(f"the text breaks its encoding, {error.encoding}", len(self._text)) from None
        self._text = self._text[self._at :] + fresh
        self._at = 0
        return not self._ended or bool(fresh)

    def _error(self, message: str, at: int | None = None) -> InputError:
        line = self._line + self._text.count("\n", 0, self._at if at is None else at)
        return InputError(f"{message}; what stands behind it was not read", line)
