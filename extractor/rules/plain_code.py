"""The code that `re` makes of a pattern, made faster than by `re` itself.

Patterns over type strings are mostly classes of characters, and the same few thousand of them again and again. `re`
reads each one letter by letter and makes a map of all characters for it; here that is done once for each class. What
comes out is the code that `re` makes, to the word.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from extractor.rules.pattern_program import Program, Programmer

_CLASS: Final = re.compile(r"\[(\^?)([^\]]+)\]")
# Stands for a class while the pattern is parsed: private characters of a plane of their own, which no type is given.
_FIRST: Final = 0xF0000
_LAST: Final = 0xFFFFD


class PlainCompiler:
    """Compiles sources of patterns for `re`. Holds the classes that it has met, which is all that it remembers."""

    def __init__(self) -> None:
        self._parser: Any = importlib.import_module("re._parser")
        self._constants: Any = importlib.import_module("re._constants")
        # A copy of our own of the module that makes the code, so that what it asks for each class can be remembered.
        spec = importlib.util.find_spec("re._compiler")
        if spec is None or spec.loader is None:
            raise ImportError("this Python has no re._compiler")
        compiler: Any = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(compiler)
        self._compiler = compiler
        self._plain_optimize: Any = self._compiler._optimize_charset
        self._compiler._optimize_charset = self._optimized
        self._standing: dict[str, str] = {}  # what stands for a class, by how its members are written
        self._members: dict[int, list[Any]] = {}  # the other way round, as `re` parses them
        self._maps: dict[tuple[Any, ...], Any] = {}
        self.program: Callable[[Any], Program | None] = Programmer().program  # of what `tree` made

    def tree(self, source: str) -> Any:
        """`source`, which has no flags, as the parser of `re` understands it. Raises `re.error` where it does not."""
        parsed = self._parser.parse(_CLASS.sub(self._stand, source), 0)
        self._fill(parsed)
        return parsed

    def code(self, tree: Any) -> list[int]:
        """The code of what `tree` made. Raises `re.error` where `re` does not take it."""
        code: list[int] = self._compiler._code(tree, 0)
        return code

    def _stand(self, found: re.Match[str]) -> str:
        negated, written = found.groups()
        standing = self._standing.get(written)
        if standing is None:
            ((kind, members),) = self._parser.parse(f"[{written}]", 0).data
            number = _FIRST + len(self._standing)
            if kind is not self._constants.IN or number > _LAST:
                return found.group()  # a class of one is a character, to `re` too
            standing = self._standing[written] = chr(number)
            self._members[number] = members
        return f"[^{standing}]" if negated else standing

    def _fill(self, parsed: Any) -> None:
        """Put the classes back for what stands for them."""
        names, known = self._constants, self._members
        rows = parsed.data
        for at, (kind, value) in enumerate(rows):
            if kind is names.LITERAL:
                if value in known:
                    rows[at] = (names.IN, known[value])
            elif kind is names.NOT_LITERAL:
                if value in known:
                    rows[at] = (names.IN, [(names.NEGATE, None), *known[value]])
            elif kind is names.IN:
                # Alternatives of one character each, of which `re` has made one class.
                whole = [m for one in value for m in (known.get(one[1], [one]) if one[0] is names.LITERAL else [one])]
                rows[at] = (names.IN, [*dict.fromkeys(whole)])
            else:
                for inner in self._inner(value):
                    self._fill(inner)

    def _inner(self, value: Any) -> Iterator[Any]:
        if isinstance(value, self._parser.SubPattern):
            yield value
        elif isinstance(value, tuple | list):
            for one in value:
                yield from self._inner(one)

    def _optimized(self, charset: list[Any], *flags: Any) -> Any:
        if any(flag is not None for flag in flags):
            return self._plain_optimize(charset, *flags)
        key = tuple(charset)
        found = self._maps.get(key)
        if found is None:
            found = self._maps[key] = self._plain_optimize(charset)
        return found
