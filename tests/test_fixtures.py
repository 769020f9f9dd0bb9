"""Whole articles: the recorded output stays as it is, and covers what a person annotated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.records.events import MODELS
from extractor.rules.ruleset import CLAIM_RECORDS
from extractor.rules.trial import flat

FOLDER = Path(__file__).parent.parent / "fixtures"
ARTICLES = sorted(FOLDER.glob("*.txt"))
X = Extractor()


def test_there_are_at_least_twelve_articles_of_150_to_500_words() -> None:
    assert len(ARTICLES) >= 12
    assert all(150 <= len(a.read_text(encoding="utf-8").split()) <= 500 for a in ARTICLES)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda p: p.stem)
def test_an_article_gives_its_recorded_output(article: Path) -> None:
    path = article.with_suffix(".expected.json")
    assert path.exists(), f"{path.name} is missing: python tools/fixtures.py --write records it"
    found = X.extract(article.read_text(encoding="utf-8"), id=article.stem)
    assert found == json.loads(path.read_text(encoding="utf-8"))


def test_eight_articles_hold_events_of_every_kind() -> None:
    recorded = (json.loads(a.with_suffix(".expected.json").read_text(encoding="utf-8")) for a in ARTICLES)
    assert sum(MODELS.keys() <= {e["kind"] for e in record["events"]} for record in recorded) >= 8


def test_most_annotated_claims_are_read_and_few_others() -> None:
    """A floor under the annotated claims: outcome and bounds agree. The figures themselves come from score.py."""
    right = wrong = missed = 0
    for article in ARTICLES:
        gold = json.loads(article.with_suffix(".claims.json").read_text(encoding="utf-8"))["claims"]
        events = X.extract(article.read_text(encoding="utf-8"))["events"]
        found = [flat(e) for e in events if e["kind"] in CLAIM_RECORDS]
        keys = [(f["outcome"], f["low"], f["high"], f["polarity"]) for f in found]
        for claim in sorted(gold, key=lambda c: bool(c.get("optional"))):
            key = (claim["outcome"], claim.get("low"), claim.get("high"), claim.get("polarity", "affirmed"))
            if key in keys:
                keys.remove(key)
                right += not claim.get("optional")
            else:
                missed += not claim.get("optional")
        wrong += len(keys)
    assert right / (right + missed) > 0.65
    assert right / (right + wrong) > 0.85
