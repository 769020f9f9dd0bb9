"""`rules new` and `rules test`, as people who write rules meet them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extractor.authoring.skeleton import write_skeleton
from extractor.authoring.trial_text import lines
from extractor.rules.trial import Trial
from extractor.rules.written import Example, Rule

EXAMPLE = Example("مقتل خمسة جنود.", ({"low": 6, "head": "جنود"},), "", "mine/./a.toml", 9)
RULE = Rule("mine.a", "t", "casualty", {}, (), 0, (EXAMPLE,), (), "mine/./a.toml", 3)


@pytest.mark.slow
def test_a_skeleton_works_as_it_is(tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "extractor", "rules", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    folder = str(tmp_path / "own")
    assert run("new", "ambush-1", "--folder", folder)[0] == 0
    assert {p.relative_to(folder).as_posix() for p in Path(folder).rglob("*.toml")} == {
        "ambush-1.toml",
        "vocabulary/ambush-1.toml",
    }
    assert "0 errors" in run("check", "--rules", folder)[1]
    assert run("test", "--rules", folder, "--only", "ambush") == (0, "2 passed, 0 failed\n")


def test_a_skeleton_never_writes_over_a_file(tmp_path: Path) -> None:
    list(write_skeleton(tmp_path, "mine"))
    (tmp_path / "mine.toml").write_text("kept", encoding="utf-8")
    with pytest.raises(ValueError, match="there already"):
        list(write_skeleton(tmp_path, "mine"))
    assert (tmp_path / "mine.toml").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("name", ["", "Mine", "../x", "كمين", "1a"])
def test_a_name_that_is_no_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="small Latin letters"):
        list(write_skeleton(tmp_path, name))


def test_what_fails_is_shown_with_expected_beside_found() -> None:
    trial = Trial(RULE, EXAMPLE, False, "…", EXAMPLE.expect, ({"outcome": "killed", "low": 5, "head": "جنود"},))
    shown = [text for _, text in lines(trial)]
    assert shown[0] == "mine/a.toml:9: mine.a"
    assert "    expected: low 6, head جنود" in shown
    assert "    found:    low 5, head جنود, outcome killed" in shown
    assert "    differs:  low is 5 and was to be 6" in shown
    assert "extractor explain" in shown[-1]


def test_a_counter_example_that_was_read_is_shown_with_its_reason() -> None:
    counter = Example("قتل الوقت.", (), "مجاز", "mine/./a.toml", 12)
    shown = [text for _, text in lines(Trial(RULE, counter, True, "…", (), ({"outcome": "killed"},)))]
    assert any("مجاز" in text for text in shown)
    assert "    found: outcome killed" in shown
