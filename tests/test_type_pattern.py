"""Patterns over type strings: what `re` reads from a place on and, turned round, before it, `regex` reads the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.rules.pattern_code import decode, encode
from extractor.rules.piece import Piece, captured, either, one, row, several, spot, unlike
from extractor.type_pattern import Taken, TypePattern

FIELDS = ("agent", "count", "victims")
TRIGGER = one("t", frozenset("t"))


def written(chars: frozenset[str]) -> str:
    return f"[{''.join(sorted(chars))}]"


def pattern(left: Piece, right: Piece, *, plain: bool) -> TypePattern:
    """A pattern with `left` before a trigger and `right` behind it, for `re` alone or for `regex` behind a look."""
    behind = row([TRIGGER, right])
    source = (f"(?<={left.source})" if left.source else "") + behind.source
    names = tuple(name for name in FIELDS if f"?P<{name}>" in source)
    if plain:
        return TypePattern(encode(source, behind.source, left.back, plain=True), names)
    return TypePattern(encode(source, behind.bare, left.bare_back, plain=False), names)


def reads(left: Piece, right: Piece, types: str, *, plain: bool = True) -> list[Taken | None]:
    made = pattern(left, right, plain=plain)
    return [made.read(types, types[::-1], at) for at in range(len(types))]


CLASSES = st.sets(st.sampled_from("abcd"), min_size=1, max_size=3).map(
    lambda c: one(written(frozenset(c)), frozenset(c))
)
GAPS = st.integers(1, 3).map(
    lambda most: Piece(
        f"[abc]{{0,{most}}}?", f"[abc]{{0,{most}}}?", f"[abc]{{0,{most}}}?", *[frozenset("abc")] * 2, True
    )
)
LOOKS = st.one_of(
    st.builds(unlike, CLASSES, behind=st.booleans()),
    st.builds(unlike, st.lists(CLASSES, min_size=2, max_size=2).map(row), behind=st.booleans()),
    st.sampled_from([spot("^", "$"), spot("$", "^"), spot("(?<![abc])", "(?![abc])")]),
)


def larger(inner: st.SearchStrategy[Piece]) -> st.SearchStrategy[Piece]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(row),
        st.lists(inner, min_size=1, max_size=3).map(lambda pieces: either(pieces, written)),
        st.builds(captured, inner, st.sampled_from(FIELDS)),
        st.builds(several, inner, st.just(0), st.just(1)),
        # Nothing is repeated that can be empty: steps of rules say so, and engines differ there.
        st.builds(several, inner.filter(lambda p: not p.empty), st.integers(0, 1), st.sampled_from([2, 3, None])),
    )


PIECES = st.recursive(st.one_of(CLASSES, GAPS, LOOKS), larger, max_leaves=8)
TYPES = st.text("abcdt", min_size=1, max_size=14)


@settings(max_examples=600, deadline=None)
@given(PIECES, PIECES, TYPES)
def test_re_reads_what_regex_reads(left: Piece, right: Piece, types: str) -> None:
    if not (left.repeated or right.repeated):
        assert reads(left, right, types) == reads(left, right, types, plain=False)


@settings(max_examples=200, deadline=None)
@given(PIECES, PIECES, TYPES)
def test_the_first_look_turns_down_nothing_that_fits(left: Piece, right: Piece, types: str) -> None:
    whole = f"(?<={left.source})t{right.source}" if left.source else f"t{right.source}"
    names = tuple(name for name in FIELDS if f"?P<{name}>" in whole)
    unlooked = TypePattern(encode(whole, "", "", plain=False), names)
    assert reads(left, right, types, plain=False) == [unlooked.read(types, types[::-1], k) for k in range(len(types))]


def test_a_field_is_told_from_left_to_right_on_either_side_of_the_trigger() -> None:
    victims = captured(one("a", frozenset("a")), "victims")
    left = row([victims, one("b", frozenset("b")), victims])
    assert reads(left, victims, "abata")[3] == Taken(5, {"victims": [(0, 1), (2, 3), (4, 5)]})


def test_a_field_that_stands_in_what_is_repeated_takes_every_stretch() -> None:
    right = several(captured(one("a", frozenset("a")), "victims"), 1, None)
    assert right.repeated
    assert reads(row([]), right, "taaa", plain=False)[0] == Taken(4, {"victims": [(1, 2), (2, 3), (3, 4)]})


def test_where_no_field_is_repeated_no_pattern_of_regex_is_kept() -> None:
    victims = captured(one("a", frozenset("a")), "victims")
    assert not decode(encode("(?<=(?P<victims>a)b{0,2}?)t", "t", "b{0,2}?(?P<victims>a)", plain=True)).whole
    assert decode(encode("t(?P<victims>a)", "ta", "", plain=False)).whole
    assert reads(row([victims]), row([]), "at")[1] == Taken(2, {"victims": [(0, 1)]})
