"""Nothing that a text can hold is fatal: hostile texts and mutated news are read, spans right, every time alike."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.hostile import kinds, material
from extractor import Extractor
from extractor.run.limit import TimeLimitError, time_limit
from extractor.text.fold import fold

X = Extractor()
KINDS = kinds(*material())
ARTICLES = [p.read_text(encoding="utf-8") for p in sorted((Path(__file__).parent.parent / "fixtures").glob("*.txt"))]


def spans(value: Any) -> Iterator[tuple[str, int, int]]:
    """Every span within a record."""
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            yield value["text"], value["start"], value["end"]
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from spans(inner)


def read(text: str) -> dict[str, Any]:
    found = X.read(text, id="a")
    for told, start, end in spans(found["events"]):
        assert text[start:end] == told
    return found


@pytest.mark.parametrize("name", KINDS)
def test_a_hostile_text_is_read(name: str) -> None:
    """How the cost grows is measured by bench/hostile.py; here a text that would hold everything up is a failure."""
    try:
        with time_limit(300):
            read(KINDS[name](60_000))
    except TimeLimitError:
        pytest.fail("stuck")


def mutated(text: str, chance: random.Random) -> str:
    """`text` with some of its characters, words and lines cut, doubled, swapped or replaced."""
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((1, 1, 2, 5, 20, 200)))
        other = chance.choice(
            (text[at:end] * 2, "", chr(chance.randrange(0x600, 0x700)), "\n", ". ", "\u064b", "1", '"')
        )
        text = text[:at] + other + text[end:]
    return text


@given(st.integers())
@settings(max_examples=150)
def test_mutated_news_is_read_and_read_alike_twice(seed: int) -> None:
    chance = random.Random(seed)
    text = mutated(chance.choice(ARTICLES), chance)
    assert read(text) == X.read(text, id="a")


@given(st.text(max_size=300))
def test_any_text_folds_and_is_read(text: str) -> None:
    fold(text)
    read(text)


def test_the_order_of_documents_changes_nothing() -> None:
    before = [X.read(text, id="a") for text in ARTICLES]
    after = [X.read(text, id="a") for text in reversed(ARTICLES)]
    assert before == after[::-1]


def test_every_order_of_first_texts_gives_the_same() -> None:
    """The first text is read with a vocabulary that is still packed."""
    for text in ARTICLES[:3]:
        assert Extractor().read(text, id="a") == X.read(text, id="a")
