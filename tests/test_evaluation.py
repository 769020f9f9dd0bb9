"""`evaluate` gives the figures of the project's scorer, lists errors, and refuses an annotated file with mistakes.

`data/scores-sample.json` is what shared/gold/score.py prints for the two sample files beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluation.agreement import bare, same_noun, same_words
from extractor.evaluation.gold import read_gold

DATA = Path(__file__).resolve().parent / "data"
GOLD, PREDICTED = DATA / "gold-sample.jsonl", DATA / "predicted-sample.jsonl"
SCORER = Path(__file__).resolve().parent.parent.parent / "shared" / "gold" / "score.py"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extractor", "evaluate", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def report(*arguments: str) -> dict[str, Any]:
    done = run(*arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_figures_are_those_of_the_scorer() -> None:
    found = report(str(GOLD), "--predicted", str(PREDICTED))
    assert found == json.loads((DATA / "scores-sample.json").read_text(encoding="utf-8"))


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer does not lie beside this checkout")
def test_the_figures_are_those_that_the_scorer_prints_now() -> None:
    command = [sys.executable, str(SCORER), str(GOLD), str(PREDICTED), "--json"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert report(str(GOLD), "--predicted", str(PREDICTED)) == json.loads(printed)


def test_errors_are_listed_with_their_text() -> None:
    found = report(str(GOLD), "--predicted", str(PREDICTED), "--errors", "2")["errors"]
    assert [e["id"] for e in found] == ["denial", "part"]
    assert [c["head"] for c in found[0]["missed"]] == ["جنوده"]
    assert [c["low"] for c in found[1]["wrong"]] == [2]
    shown = run(str(GOLD), "--predicted", str(PREDICTED), "--errors", "9").stdout
    assert "  missed: outcome captured, low 4, high 4, head جنوده, polarity denied" in shown
    assert "  wrong:  outcome killed, low 2, high 2, head رجلين" in shown


def test_the_extractor_itself_is_scored() -> None:
    found = report(str(GOLD))
    assert found["numbered"]["tp"] >= 4
    assert found["claimless_texts"]["texts"] == 2


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ({"outcome": "kiled"}, "outcome is 'kiled', did you mean 'killed'?"),
        ({"outcom": "killed"}, "unknown key 'outcom', did you mean 'outcome'?"),
        ({"outcome": "killed", "low": "3"}, "low is '3' and no whole number"),
        ({"outcome": "killed", "low": 5, "high": 3}, "low 5 is more than high 3"),
        ({"outcome": "killed", "part_of": 4}, "part_of 4 is no other claim"),
        ({"outcome": "killed", "optional": "yes"}, "true or false"),
        ({}, "no `outcome`"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_claim(tmp_path: Path, claim: dict[str, Any], said: str) -> None:
    path = tmp_path / "g.jsonl"
    rows = [{"id": "a", "text": "t", "claims": []}, {"id": "b", "text": "t", "claims": [claim]}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    texts, problems = read_gold(path)
    assert [t.id for t in texts] == ["a"]
    assert any(p.line == 2 and "claim 0: " in p.message and said in p.message for p in problems), problems


def test_words_that_are_not_copied_are_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    row = {"id": "a", "text": "مقتل جندي", "claims": [{"outcome": "killed", "head": "الجندي"}]}
    path.write_text(json.dumps(row), encoding="utf-8")
    texts, problems = read_gold(path)
    assert len(texts) == 1
    assert [p.severity for p in problems] == ["warning"]


@pytest.mark.parametrize("content", ["", "{broken", '{"id": 1}', '{"id": 1, "text": "t", "claims": {}}', "[1]"])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(content, encoding="utf-8")
    done = run(str(path))
    assert done.returncode == 2
    assert str(path) in done.stderr
    assert "Traceback" not in done.stderr


def test_nouns_are_compared_without_clitics_and_spelling() -> None:
    assert bare("وللجنود") == "للجنود"
    assert same_noun("الجنود", "جنود")
    assert same_noun("امرأة", "وامراه")
    assert same_noun(None, "جنود")
    assert not same_noun("جنود", "مدنيين")
    assert same_words("وزارة الدفاع", "الدفاع")
