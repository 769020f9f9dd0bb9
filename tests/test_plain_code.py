"""The code of patterns, made faster than `re` makes it, is the code that `re` makes."""

from __future__ import annotations

import importlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.rules.plain_code import PlainCompiler

LETTERS = st.characters(min_codepoint=0x3400, max_codepoint=0x3480)
CLASSES = st.one_of(
    LETTERS,
    st.lists(LETTERS, min_size=1, max_size=6, unique=True).map(lambda letters: "[" + "".join(letters) + "]"),
    st.lists(LETTERS, min_size=1, max_size=6, unique=True).map(lambda letters: "[^" + "".join(letters) + "]"),
    st.tuples(LETTERS, LETTERS).map(lambda pair: "[" + "-".join(sorted(pair)) + "\ud7ff]"),
    st.just("."),
)
PATTERNS = st.recursive(
    CLASSES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: "(?:" + "|".join(some) + ")"),
        inner.map(lambda one: f"(?:{one}){{0,3}}?"),
        inner.map(lambda one: f"({one})?"),
        inner.map(lambda one: f"(?!{one})"),
        CLASSES.map(lambda one: f"(?<={one})"),
    ),
    max_leaves=12,
)
COMPILER = PlainCompiler()


def code_of_re(source: str) -> list[int]:
    return importlib.import_module("re._compiler")._code(importlib.import_module("re._parser").parse(source, 0), 0)


@given(PATTERNS)
def test_the_code_is_that_of_re(source: str) -> None:
    assert COMPILER.code(COMPILER.tree(source)) == code_of_re(source)


def test_what_re_refuses_is_refused() -> None:
    with pytest.raises(re.error):
        COMPILER.code(COMPILER.tree("(?<=[㐀㐁]|㐂㐃)"))
