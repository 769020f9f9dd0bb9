"""The language of pattern steps: what a step says, and what is told where one cannot be read."""

from __future__ import annotations

import pytest

from extractor.rules.steps import Gap, Literal, Reference, StepError, parse_step


@pytest.mark.parametrize(
    ("source", "times"),
    [
        ("@count", (1, 1)),
        ("@mod ?", (0, 1)),
        ("@mod *", (0, None)),
        ("@mod +", (1, None)),
        ("@mod *8", (0, 8)),
        ("@mod +3", (1, 3)),
    ],
)
def test_a_step_says_how_often_it_stands(source: str, times: tuple[int, int | None]) -> None:
    step = parse_step(source)
    assert (step.least, step.most) == times
    assert step.units == (Reference(source[1:].split(" ", maxsplit=1)[0]),)


def test_a_field_captures_any_of_several_words_classes_and_gaps() -> None:
    step = parse_step("agent = @actor.!state | الجيش الوطني | ~3")
    assert step.field == "agent"
    assert step.units == (Reference("actor", ("!state",)), Literal(("الجيش", "الوطني")), Gap(3))


def test_a_negated_step_looks_ahead_or_back() -> None:
    ahead, back = parse_step("not @count"), parse_step("not behind @count | @comma")
    assert (ahead.negated, ahead.behind) == (True, False)
    assert (back.negated, back.behind) == (True, True)
    assert back.units == (Reference("count"), Reference("comma"))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("", "empty"),
        ("@mod ?3", "*3"),
        ("@mod *1", "2 to 20"),
        ("@mod *99", "2 to 20"),
        ("not @mod ?", "only looks"),
        ("@count |", "one side of |"),
        ("~40", "1 to 12"),
        ("count", "written @count"),
    ],
)
def test_a_step_that_cannot_be_read_says_what_would_be_right(source: str, told: str) -> None:
    with pytest.raises(StepError, match=told.replace("*", r"\*").replace("|", r"\|")):
        parse_step(source)
