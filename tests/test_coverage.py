"""`rules coverage` tells what rules and triggers do on texts, and which words the vocabulary lacks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor.authoring.coverage_report import as_text

TEXTS = [
    "أعلن الجيش مقتل 304 مسلحين في سيناء.",
    "مقتل خمسة زرانيق في الوادي، ومقتل ستة زرانيق في الجبل.",
    "مقتل شرطيين في الجبل.",
    "حقق الفريق إصابة في المرمى.",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("corpus")
    rows = [json.dumps({"id": str(i), "text": t}, ensure_ascii=False) for i, t in enumerate(TEXTS)]
    (folder / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    command = [sys.executable, "-m", "extractor", "rules", "coverage", str(folder), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_each_rule_is_counted_with_samples_from_different_texts(report: dict[str, Any]) -> None:
    assert (report["texts"], report["claims"]) == (4, 2)
    rules = {r["id"]: r for r in report["rules"]}
    assert rules["casualties.noun-victims"]["fired"] == 2
    assert rules["casualties.noun-victims"]["texts"] == 2
    assert any("«مقتل 304 مسلحين»" in s for s in rules["casualties.noun-victims"]["samples"])
    assert rules["attribution.verb-source"]["fired"] == 1


def test_trigger_words_are_counted_by_their_line_in_the_vocabulary(report: dict[str, Any], root: Path) -> None:
    rows = {r["word"]: r for r in report["triggers"] if "harm_noun" in r["classes"]}
    assert (rows["مقتل"]["fired"], rows["مقتل"]["silent"]) == (2, 2)
    assert rows["إصابة"]["silent"] == 1
    file, line = rows["مقتل"]["where"].split(":")
    assert "[[verbal_noun]]" in (root / "rules" / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    classes = {c["class"]: c for c in report["trigger_classes"]}
    assert classes["harm_noun"]["stood"] == 5
    assert classes["harm_noun"]["claims"]
    assert not classes["report_verb"]["claims"]


def test_unknown_words_in_the_place_of_victims_are_listed(report: dict[str, Any]) -> None:
    words = {w["word"]: w for w in report["unknown_words"]}
    assert words["زرانيق"]["count"] == 2
    assert words["زرانيق"]["texts"] == 1
    assert words["زرانيق"]["slots"] == {"behind a count": 2}


def test_a_terminal_shows_warnings_and_lists(report: dict[str, Any]) -> None:
    text = "\n".join(as_text(report, most=5))
    assert "WARNING: never fired" in text
    assert "WARNING: fired in one text only" in text
    assert "زرانيق  listed nowhere" in text
    assert "--limit" in text


def test_a_rule_that_says_why_it_is_rare_is_shown_with_its_reason_instead_of_a_warning() -> None:
    row = {"id": "a.b", "where": "a.toml:1", "fired": 0, "texts": 0, "lost": 0, "samples": [], "rare": "dialect"}
    often = {**row, "id": "a.c", "fired": 5, "texts": 4}
    trigger = {"class": "c", "claims": True, "stood": 3, "fired": 0, "inside": 0, "silent": 3, "rare": "dialect"}
    told = {
        "texts": 9,
        "sentences": 9,
        "claims": 5,
        "rules": [row, often],
        "trigger_classes": [trigger],
        "triggers": [],
        "unknown_words": [],
    }
    lines = list(as_text(told, most=5))
    assert "      0 / 0 / 0  a.b  a.toml:1  rare: dialect" in lines
    assert "      5 / 4 / 0  a.c  a.toml:1  rare: dialect  NOTE: not so rare here; `rare` can go" in lines
    assert "      3 / 0 / 0 / 3  @c  rare: dialect" in lines
