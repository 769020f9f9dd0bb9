"""The examples and counter-examples beside the rules, one test each."""

from __future__ import annotations

import pytest

from extractor import Extractor
from extractor.rules.cache import shipped_rules
from extractor.rules.check import check
from extractor.rules.load import parse
from extractor.rules.sources import read_files
from extractor.rules.trial import Trial, run

X = Extractor()
FILES = read_files([shipped_rules()])
TRIALS = [trial for rule in parse(FILES).rules for trial in run(rule, X)]


@pytest.mark.parametrize("trial", TRIALS, ids=lambda t: t.name)
def test_example(trial: Trial) -> None:
    assert not trial.failure, f"{trial.example.text}\n{trial.failure}"


def test_the_shipped_rules_have_no_errors() -> None:
    assert [str(p) for p in check(FILES) if p.severity == "error"] == []


def test_no_vocabulary_stands_in_rule_files_and_no_rule_in_vocabulary() -> None:
    for name, data in FILES.items():
        text = data.decode()
        assert name.startswith("vocabulary/") or ("[[noun]]" not in text and "[[verb]]" not in text), name
        assert not name.startswith("vocabulary/") or "[[rule]]" not in text, name
