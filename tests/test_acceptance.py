"""The bars of `.ci/run`: how figures are read and judged."""

from __future__ import annotations

import pytest

from tools import acceptance
from tools.acceptance import AcceptanceError, Verdict


def test_reads_the_scorer() -> None:
    row = {"tp": 1, "f1": 0.5}
    found = acceptance.figures_of_score(
        {
            "numbered": row,
            "counted": row | {"f1": 0.25},
            "all": row,
            "fields": {"method": 1.0, "place": None},
            "claimless_texts": {"texts": 3, "with_false_alarm": 2},
        }
    )
    assert found == {
        "numbered f1": 0.5,
        "counted f1": 0.25,
        "all f1": 0.5,
        "claimless texts with a false alarm": 2.0,
        "field method": 1.0,
    }


def test_reads_the_last_line_of_the_benchmark() -> None:
    found = acceptance.figures_of_bench("table\nratio floor=7.9 spacy=0.41 rules=180 forms=5200\n")
    assert found == {"floor": 7.9, "spacy": 0.41, "rules": 180.0, "forms": 5200.0}
    with pytest.raises(AcceptanceError, match="no `ratio` line"):
        acceptance.figures_of_bench("ratio floor=7.9\nkilled")


@pytest.mark.parametrize(
    ("seen", "holds_if", "passed"),
    [
        (1, "at least", True),
        (0.99, "at least", False),
        (1, "at most", True),
        (1.1, "at most", False),
        (1, "below", False),
        (0.9, "below", True),
        (None, "at most", False),
    ],
)
def test_a_figure_is_judged_by_its_bar(seen: float | None, holds_if: str, passed: bool) -> None:
    verdict = Verdict("seed", "all f1", seen, holds_if, 1)
    assert verdict.passed is passed
    assert str(verdict).startswith("ok " if passed else "FAIL ")


def test_a_bar_without_a_figure_fails() -> None:
    found = list(acceptance.verdicts({"bench": {"floor": 1.0}}))
    assert len(found) == len(acceptance.BARS)
    assert [(v.what, v.figure) for v in found if v.passed] == [("bench", "floor")]


def test_a_command_that_fails_is_named() -> None:
    with pytest.raises(AcceptanceError, match="no-such-command"):
        acceptance.output_of("no-such-command")
    with pytest.raises(AcceptanceError, match="status 3"):
        acceptance.output_of(acceptance.sys.executable, "-c", "raise SystemExit(3)")
