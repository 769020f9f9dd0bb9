"""Pieces of patterns over type strings: what a step, a choice of steps or a row of them is written as.

Each is written several ways, for both engines and both directions. `regex` can look back over a stretch that varies in
length, and keeps all that a repeated field took; `re`, which is faster, does neither. For `re` what stands before a
trigger is written from right to left, to be matched on the type string turned round, and what is repeated and holds
fields as a first turn with the fields and the further ones without: a group tells whether there were any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extractor.rules.pattern_code import AGAIN

NOTHING = frozenset[str]()
_GROUP = re.compile(r"\(\?P<[a-z_]+>")


@dataclass(frozen=True, slots=True)
class Piece:
    """Source of a pattern with the characters it can begin and end with and whether it can be empty."""

    source: str  # for `regex`
    plain: str  # for `re`
    bare: str  # the same without fields
    back: str  # for `re`, from right to left
    first: frozenset[str]
    last: frozenset[str]
    empty: bool
    single: bool = False  # it takes one character, or, where it can be empty, one or none
    repeated: bool = False  # a field stands in what is repeated, so that it can take several stretches

    @property
    def bare_back(self) -> str:
        """As `back`, without fields."""
        return _GROUP.sub("(?:", self.back)


def one(source: str, chars: frozenset[str]) -> Piece:
    """One of the characters `chars`, written `source`."""
    return Piece(source, source, source, source, chars, chars, empty=False, single=True)


def spot(source: str, back: str) -> Piece:
    """What takes nothing: a look at what stands around, or an end of the sentence."""
    return Piece(source, source, source, back, NOTHING, NOTHING, empty=True)


def gap(word: Piece, most: int) -> Piece:
    """None to `most` of what `word` takes, as few as will do."""
    source = f"{word.source}{{0,{most}}}?"
    return Piece(source, source, source, source, word.first, word.last, empty=True)


def unlike(body: Piece, *, behind: bool) -> Piece:
    """A place behind which, or before which, `body` does not stand."""
    if behind:
        return spot(f"(?<!{body.bare})", f"(?!{body.bare_back})")
    return spot(f"(?!{body.bare})", f"(?<!{body.bare_back})")


def captured(piece: Piece, field: str) -> Piece:
    """`piece`, which `field` captures."""
    source, plain, back = (f"(?P<{field}>{text})" for text in (piece.source, piece.plain, piece.back))
    return replace(piece, source=source, plain=plain, back=back)


def several(piece: Piece, least: int, most: int | None) -> Piece:
    """`piece`, `least` to `most` times; None is without end."""
    if (least, most) == (1, 1):
        return piece
    times = _times(least, most)
    repeated = most != 1 and piece.plain != piece.bare

    def turns(text: str, bare: str) -> str:
        if not repeated:
            return f"(?:{text}){times}"
        further = _times(max(least - 1, 0), None if most is None else most - 1)
        first = f"{text}(?P<{AGAIN}>(?:{bare}){further})"
        return first if least else f"(?:{first})?"

    return Piece(
        f"(?:{piece.source}){times}",
        turns(piece.plain, piece.bare),
        f"(?:{piece.bare}){times}",
        turns(piece.back, piece.bare_back),
        piece.first,
        piece.last,
        empty=piece.empty or least == 0,
        single=piece.single and most == 1,
        repeated=piece.repeated or repeated,
    )


def _times(least: int, most: int | None) -> str:
    return {(0, 1): "?", (0, None): "*", (1, None): "+"}.get((least, most), f"{{{least},{most}}}")


def row(pieces: Sequence[Piece]) -> Piece:
    """`pieces`, one behind the other."""
    if len(pieces) == 1:
        return pieces[0]
    return Piece(
        "".join(p.source for p in pieces),
        "".join(p.plain for p in pieces),
        "".join(p.bare for p in pieces),
        "".join(p.back for p in reversed(pieces)),
        _reached(pieces, lambda p: p.first),
        _reached(pieces[::-1], lambda p: p.last),
        empty=all(p.empty for p in pieces),
        repeated=any(p.repeated for p in pieces),
    )


def _reached(pieces: Iterable[Piece], chars: Callable[[Piece], frozenset[str]]) -> frozenset[str]:
    """The characters of the first of `pieces` and of those that stand first where those before are empty."""
    found: set[str] = set()
    for piece in pieces:
        found |= chars(piece)
        if not piece.empty:
            break
    return frozenset(found)


def either(pieces: Sequence[Piece], written: Callable[[frozenset[str]], str]) -> Piece:
    """One of `pieces`, the first that fits. Neighbours without fields that take one character become one class, as
    `written` writes it."""
    if len(pieces) == 1:
        return pieces[0]

    def choice(text: Callable[[Piece], str], *, fields: bool) -> str:
        sources: list[str] = []
        for alike, run in groupby(pieces, lambda p: p.single and not p.empty and (not fields or p.plain == p.bare)):
            if alike:
                sources.append(written(frozenset().union(*(p.first for p in run))))
            else:
                sources += map(text, run)
        return sources[0] if len(sources) == 1 else "(?:" + "|".join(sources) + ")"

    return Piece(
        choice(lambda p: p.source, fields=True),
        choice(lambda p: p.plain, fields=True),
        choice(lambda p: p.bare, fields=False),
        choice(lambda p: p.back, fields=True),
        frozenset().union(*(p.first for p in pieces)),
        frozenset().union(*(p.last for p in pieces)),
        empty=any(p.empty for p in pieces),
        single=all(p.single for p in pieces),
        repeated=any(p.repeated for p in pieces),
    )
