"""Nothing that a text can hold is fatal: hostile texts and mutated news are read, spans right, every time alike."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.hostile import kinds, material
from bench.mutations import Mutator
from extractor import Extractor
from extractor.run.limit import TimeLimitError, time_limit
from extractor.text.fold import fold
from tools import fuzz

X = Extractor()
EXAMPLES, TRIGGERS = material()
KINDS = kinds(EXAMPLES, TRIGGERS)
ARTICLES = [p.read_text(encoding="utf-8") for p in sorted((Path(__file__).parent.parent / "fixtures").glob("*.txt"))]
MUTATOR = Mutator(ARTICLES, [*TRIGGERS, *(word for text in EXAMPLES for word in text.split())])


def read(text: str) -> dict[str, Any]:
    found = X.read(text, id="a")
    for told, start, end in fuzz.spans(found["events"]):
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


@given(st.integers())
@settings(max_examples=150)
def test_mutated_news_is_read_and_read_alike_twice(seed: int) -> None:
    """`make soak` reads 200,000 such texts, the second time in another process and order."""
    text = MUTATOR.text(seed)
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


@pytest.mark.slow
def test_a_short_run_of_the_fuzzer_finds_nothing_wrong(root: Path) -> None:
    """Two processes, other hashes of strings, another order."""
    command = [sys.executable, "tools/fuzz.py", "fixtures", "--inputs", "600", "--seed", "1000000"]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "600 inputs read twice" in done.stdout


def test_the_fuzzer_tells_what_is_wrong(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    reader = fuzz.Reader(root / "fixtures")
    assert not reader.read(5).wrong
    shifted = {"events": [{"trigger": {"text": "a", "start": 3, "end": 4}}]}
    monkeypatch.setattr(Extractor, "extract", lambda *_, **__: shifted)
    assert "a span says 'a' at 3:4" in reader.read(5).wrong
    monkeypatch.setattr(Extractor, "extract", lambda *_, **__: 1 / 0)
    assert "ZeroDivisionError" in reader.read(5).wrong


def test_people_are_no_part_of_things_destroyed() -> None:
    """Found by the fuzzer: the record failed its own contract, and the document with it."""
    text = "أدى القصف إلى تدمير العشرات من المنازل منهامقعشرات من المتمردين، غالبيتهم من عناصر الحرس الجمهوري."
    record = X.extract(text)
    assert all(e.get("rule") != "casualties.most-of-them" for e in record["events"] if "items" in e)
