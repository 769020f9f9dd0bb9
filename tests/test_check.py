"""Every mistake of a rule file is reported with its file and line, all of them in one run."""

from __future__ import annotations

import pytest

from extractor.rules.cache import compile_files
from extractor.rules.check import check
from extractor.rules.problems import RuleError

BROKEN = """record = "casualtie"

[[rule]]
id = "one"
title = "t"
priorty = 3
pattern = [
  "trigger = @harm_noum",
  "~99",
]

[[rule]]
id = "two"
title = "t"
pattern = [
  "@harm_noun",
]
"""
VOCABULARY = """[[noun]]
word = "مقتل"
class = "harm_noun"
outcome = "killed"

[[noum]]
word = "x"
class = "y"

[[noun]]
word = "a"
"""


def problems() -> list[tuple[str, int, str]]:
    files = {"casualties/broken.toml": BROKEN.encode(), "vocabulary/words.toml": VOCABULARY.encode()}
    return [(p.file, p.line, p.message) for p in check(files)]


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("casualties/broken.toml", 1, "did you mean 'casualty'"),
        ("casualties/broken.toml", 6, "did you mean 'priority'"),
        ("casualties/broken.toml", 8, "did you mean 'harm_noun'"),
        ("casualties/broken.toml", 9, "1 to 12 words, not 99"),
        ("casualties/broken.toml", 12, "exactly one step `trigger"),
        ("vocabulary/words.toml", 6, "did you mean 'noun'"),
        ("vocabulary/words.toml", 10, "lacks class"),
    ],
)
def test_a_mistake_is_told_with_its_place(file: str, line: int, said: str) -> None:
    assert any(f == file and at == line and said in message for f, at, message in problems()), problems()


def test_a_phrase_may_not_hide_a_class_of_words_that_nothing_else_asks_for() -> None:
    words = '[[words]]\nclass = "thereby"\nwords = ["إثر"]\n\n[[words]]\nclass = "cue"\nwords = ["جراء"]\n'
    phrase = '[[phrase]]\nname = "thereby"\ntitle = "t"\nany = [\n  ["@cue{}"],\n]\n'

    def told(feature: str) -> list[tuple[str, int]]:
        files = {"vocabulary/a.toml": words.encode(), "phrases/b.toml": phrase.format(feature).encode()}
        return [(p.file, p.line) for p in check(files) if "hides the class of words 'thereby'" in p.message]

    assert told("") == [("phrases/b.toml", 1)]
    assert told(".thereby") == []


def test_a_broken_file_never_half_loads() -> None:
    with pytest.raises(RuleError) as caught:
        compile_files({"casualties/broken.toml": BROKEN.encode()})
    assert len(caught.value.problems) >= 3


def test_bad_toml_and_bad_utf8_are_told_with_a_line() -> None:
    found = check({"vocabulary/a.toml": b'x = "\n', "vocabulary/b.toml": b"a = 1\nb = '\xff'\n"})
    assert [(p.file, p.line) for p in found] == [("vocabulary/a.toml", 1), ("vocabulary/b.toml", 2)]
