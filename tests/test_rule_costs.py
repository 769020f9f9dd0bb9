"""Rules that would be slow, or that tie with others, are told before they do harm, each with its file and line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from extractor import Extractor
from extractor.authoring.ties import ties
from extractor.rules.cache import shipped_rules
from extractor.rules.check import check
from extractor.rules.cost import Costs
from extractor.rules.load import parse
from extractor.rules.sources import read_files


class TooManyCallsError(Exception):
    """More Python functions were called than a test allows."""


@contextmanager
def at_most(calls: int) -> Iterator[None]:
    """Stop what calls more Python functions than `calls`."""
    left = calls

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal left
        left -= event == "call"
        if left < 0:
            sys.setprofile(None)
            raise TooManyCallsError

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)


WORDS = """[[verbal_noun]]
word = "مقتل"
class = "harm_noun"
outcome = "killed"

[[noun]]
word = "جندي"
plural = ["جنود"]
class = "person"
type = "military"
"""
SETS = """[[chunk]]
name = "single"
atoms = ["set"]
pattern = ["head = @person"]
"""
RULE = """[[rule]]
id = "{id}"
title = "t"
set = {{ outcome = "{outcome}" }}
pattern = [
  "trigger = @harm_noun",
  {steps},
]

[[rule.example]]
text = "مقتل جندي."
expect = [{{ low = 1 }}]

[[rule.counter_example]]
text = "جندي."
why = "x"

"""


def rule(name: str, *steps: str, outcome: str = "killed") -> str:
    return RULE.format(id=name, outcome=outcome, steps=", ".join(f'"{step}"' for step in steps))


def files(*rules: str, phrases: str = "") -> dict[str, bytes]:
    numbers = (shipped_rules() / "vocabulary" / "numbers.toml").read_bytes()
    own = {
        "vocabulary/words.toml": WORDS,
        "phrases/sets.toml": SETS,
        "phrases/more.toml": phrases,
        "casualties/a.toml": 'record = "casualty"\n\n' + "".join(rules),
    }
    return {"vocabulary/numbers.toml": numbers} | {name: text.encode() for name, text in own.items()}


def told(found: dict[str, bytes], about: str) -> list[tuple[str, int, str]]:
    return [(p.file, p.line, p.severity) for p in check(found) if about in p.message]


def phrase(name: str, *steps: str) -> str:
    inner = ", ".join(f'"{step}"' for step in steps)
    return f'[[phrase]]\nname = "{name}"\npattern = [{inner}]\n\n'


@pytest.mark.parametrize(
    ("steps", "severity"),
    [
        (["~12", "victims = @set"], None),
        (["~12", "~12", "~12", "victims = @set"], None),
        (["~12"] * 4 + ["victims = @set"], "warning"),
        (["~12"] * 8 + ["victims = @set"], "error"),
        (["@far *", "victims = @set"], "error"),
        (["@far *5", "victims = @set"], "warning"),
        (["@near *", "victims = @set"], None),
        (["@near ?"] * 6 + ["victims = @set"], "warning"),
    ],
)
def test_gaps_that_multiply_are_told(steps: list[str], severity: str | None) -> None:
    """Also those inside phrases and in repetitions; a gap behind a word of its own is tried only where that stands."""
    phrases = phrase("far", "~12") + phrase("near", "@harm_noun", "~9")
    expected = [("casualties/a.toml", 3, severity)] if severity else []
    assert told(files(rule("one", *steps), phrases=phrases), "multiply") == expected


def test_a_pattern_that_doubles_with_each_phrase_is_refused_at_once() -> None:
    """Forty phrases that hold the one before twice: a trillion parts, which would compile for ever."""
    phrases = phrase("p0", "@person") + "".join(phrase(f"p{n}", f"@p{n - 1}", f"@p{n - 1}") for n in range(1, 41))
    found = files(rule("one", "victims = @set", "@p40 ?"), rule("two", "@p9 ?", "victims = @set"), phrases=phrases)
    with at_most(300_000):
        assert told(found, "parts once its phrases are put in") == [("casualties/a.toml", 3, "error")]


def test_what_would_go_on_for_ever_is_stopped_by_the_count_of_calls() -> None:
    with pytest.raises(TooManyCallsError), at_most(100):
        Costs({}).of([[]] * 200)


def test_a_chunk_is_looked_at_too_and_phrases_may_not_nest_without_end() -> None:
    phrases = phrase("p0", "@person") + "".join(phrase(f"p{n}", f"@p{n - 1}") for n in range(1, 60))
    phrases += phrase("big", *["@p1"] * 80) + phrase("bigger", *["@big"] * 80)
    phrases += '[[chunk]]\nname = "whole"\npattern = ["@bigger ?", "@p59"]\n'
    found = files(rule("one", "victims = @set"), phrases=phrases)
    line = phrases[: phrases.index("[[chunk]]")].count("\n") + 1
    assert told(found, "parts once") == [("phrases/more.toml", line, "warning")]
    assert told(found, "within each other") == [("phrases/more.toml", line, "error")]


def test_a_phrase_that_contains_itself_is_told_with_its_place() -> None:
    found = files(rule("one", "@a", "victims = @set"), phrases=phrase("a", "@b") + phrase("b", "@a"))
    assert told(found, "contains itself") == [("phrases/more.toml", 1, "error"), ("phrases/more.toml", 5, "error")]


def test_the_shipped_rules_are_all_cheap_enough() -> None:
    assert not [str(p) for p in check(read_files([shipped_rules()])) if "multiply" in p.message or "parts" in p.message]


def test_two_rules_with_the_same_steps_and_another_meaning_tie() -> None:
    found = files(rule("one", "victims = @set"), rule("two", "victims = @set", outcome="wounded"))
    assert told(found, "ties with 'casualties.one' (casualties/a.toml:3)") == [("casualties/a.toml", 20, "warning")]
    told_apart = rule("two", "victims = @set", outcome="wounded").replace("title", "priority = 1\ntitle")
    assert told(files(rule("one", "victims = @set"), told_apart), "ties") == []
    assert told(files(rule("one", "victims = @set"), rule("two", "victims = @set")), "ties") == []


def test_a_rule_that_looks_back_does_not_tie_with_one_that_looks_ahead() -> None:
    ahead, back = (rule(name, f"not {way}@person", "victims = @set") for name, way in (("one", ""), ("two", "behind ")))
    assert told(files(ahead, back.replace('outcome = "killed"', 'outcome = "wounded"')), "ties") == []


def test_examples_show_which_other_rules_tie() -> None:
    """Their steps differ, so that only words can show it."""
    found = files(rule("one", "victims = @set"), rule("two", "victims = @single", outcome="wounded"))
    assert told(found, "ties") == []
    (problem,) = ties(Extractor.of_files(found), parse(found).rules)
    assert (problem.file, problem.line, problem.severity) == ("casualties/a.toml", 20, "warning")
    assert "ties with 'casualties.one'" in problem.message
    assert "«مقتل جندي»" in problem.message
    alike = files(rule("one", "victims = @set"), rule("two", "victims = @single"))
    assert ties(Extractor.of_files(alike), parse(alike).rules) == []
    longer = files(rule("one", "victims = @set"), rule("two", "victims = @single", "@person ?", outcome="wounded"))
    assert len(ties(Extractor.of_files(longer), parse(longer).rules)) == 1
