"""Patterns over type strings: what `re` reads from a place on and, turned round, before it, `regex` reads the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.rules.pattern_code import decode, encode
from extractor.rules.piece import Piece, captured, either, gap, one, row, several, spot, unlike
from extractor.rules.plain_code import PlainCompiler
from extractor.type_pattern import Taken, TypePattern

FIELDS = ("agent", "count", "victims")
TRIGGER = one("t", frozenset("t"))


def written(chars: frozenset[str]) -> str:
    return f"[{''.join(sorted(chars))}]"


def pattern(left: Piece, right: Piece, *, plain: bool = True) -> TypePattern:
    """A pattern with `left` before a trigger and `right` behind it, for `re` where it can, or for `regex` alone."""
    behind = row([TRIGGER, right])
    source = (f"(?<={left.source})" if left.source else "") + behind.source
    names = tuple(name for name in FIELDS if f"?P<{name}>" in source)
    repeated = left.repeated or right.repeated
    right_side = behind.plain if plain else "(?<=a|bb)"
    return TypePattern(encode(source, right_side, left.back, repeated=repeated, plain=COMPILER), names)


def reads(left: Piece, right: Piece, types: str, *, plain: bool = True) -> list[Taken | None]:
    made = pattern(left, right, plain=plain)
    return [made.read(types, types[::-1], at) for at in range(len(types))]


COMPILER = PlainCompiler()
CLASSES = st.sets(st.sampled_from("abcd"), min_size=1, max_size=3).map(
    lambda c: one(written(frozenset(c)), frozenset(c))
)
GAPS = st.integers(1, 3).map(lambda most: gap(one("[abc]", frozenset("abc")), most))
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


@settings(max_examples=800, deadline=None)
@given(PIECES, PIECES, TYPES)
def test_re_reads_what_regex_reads(left: Piece, right: Piece, types: str) -> None:
    assert reads(left, right, types) == reads(left, right, types, plain=False)


def test_a_field_is_told_from_left_to_right_on_either_side_of_the_trigger() -> None:
    victims = captured(one("a", frozenset("a")), "victims")
    left = row([victims, one("b", frozenset("b")), victims])
    assert reads(left, victims, "abata")[3] == (5, {"victims": [(0, 1), (2, 3), (4, 5)]})


def test_a_field_that_stands_in_what_is_repeated_takes_every_stretch() -> None:
    victims = several(captured(one("a", frozenset("a")), "victims"), 1, None)
    assert reads(row([]), victims, "taaa")[0] == (4, {"victims": [(1, 2), (2, 3), (3, 4)]})
    assert reads(victims, row([]), "aat")[2] == (3, {"victims": [(0, 1), (1, 2)]})


def test_a_pattern_of_regex_is_kept_only_for_fields_that_can_take_several_stretches() -> None:
    once = captured(one("a", frozenset("a")), "victims")
    assert not decode(encode(once.source, once.plain, "", repeated=once.repeated)).whole
    often = several(once, 0, None)
    assert decode(encode(often.source, often.plain, "", repeated=often.repeated)).whole
