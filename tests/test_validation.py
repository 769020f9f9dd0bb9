"""What the engine reads is checked as the models declare, and comes out as they dump it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from extractor import Extractor
from extractor.records.document import Document
from extractor.records.parts import Record
from extractor.records.validation import plain_schema, validated

SPAN = {"text": "x", "start": 0, "end": 1}
CLAIM = {"id": "c1", "trigger": SPAN, "evidence": SPAN, "rule": "r", "kind": "casualty", "outcome": "killed"}


def _dumped(document: dict[str, Any]) -> dict[str, Any]:
    return Document.model_validate(document).model_dump(mode="json", by_alias=True)


def _with(**fields: object) -> dict[str, Any]:
    return {"id": "d", "events": [{**CLAIM, "victims": SPAN, **fields}]}


def test_every_fixture_comes_out_as_the_models_dump_it(root: Path) -> None:
    extractor = Extractor()
    for path in sorted((root / "fixtures").glob("*.txt")):
        read = extractor.read(path.read_text(encoding="utf-8"), id=path.stem)
        assert list(validated(read).items()) == list(_dumped(read).items())
        for ours, theirs in zip(validated(read)["events"], _dumped(read)["events"], strict=True):
            assert list(ours) == list(theirs)


@pytest.mark.parametrize(
    "fields",
    [{}, {"time": {**SPAN, "from": "2020-01-01"}}, {"sources": [{**SPAN, "cue": SPAN}]}, {"place": {**SPAN, "lat": 1}}],
)
def test_what_is_left_out_is_filled_in(fields: dict[str, object]) -> None:
    assert validated(_with(**fields)) == _dumped(_with(**fields))


def test_records_share_no_list() -> None:
    first, second = (validated(_with())["events"][0]["sources"] for _ in range(2))
    first.append(1)
    assert second == []


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "won"},
        {"trigger": None},
        {"victims": {**SPAN, "start": "first"}},
        {"victims": {**SPAN, "words": "more"}},
        {"time": {**SPAN, "from_": "2020-01-01", "since": "2020"}},
        {"unheard": 1},
    ],
)
def test_what_no_model_declares_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _dumped(_with(**fields))
    with pytest.raises(ValidationError):
        validated(_with(**fields))


def test_a_field_of_a_type_that_records_do_not_have_is_told() -> None:
    class Odd(Record):
        when: complex

    with pytest.raises(TypeError, match=r"complex.*validation\.py"):
        plain_schema(Odd)
