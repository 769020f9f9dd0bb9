"""`explain` says how a text was read and why it was read so."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from extractor import Extractor
from extractor.authoring.explanation import explain
from extractor.authoring.explanation_text import lines
from extractor.rules.cache import shipped_rules
from extractor.rules.sources import read_files

EXTRACTOR = Extractor()
FILES = read_files([shipped_rules()])


def explained(text: str) -> dict[str, Any]:
    return explain(text, EXTRACTOR, FILES)


def fields(text: str) -> dict[str, dict[str, Any]]:
    found = explained(text)["sentences"][0]["records"][0]["fields"]
    return {f["field"]: f for f in found}


def test_each_word_is_shown_as_read() -> None:
    words = explained("أعلن الجيش مقتل 304 مسلحين في سيناء.")["sentences"][0]["words"]
    by_text = {w["text"]: w for w in words}
    assert by_text["أعلن"]["folded"] == "اعلن"
    assert by_text["304"]["number"]["low"] == 304
    assert any("harm_noun" in r["atoms"] for r in by_text["مقتل"]["readings"])
    assert by_text["مسلحين"]["chunk"] == "counted"
    assert by_text["سيناء"]["code"].startswith("U+")


def test_a_value_tells_the_words_that_it_comes_from() -> None:
    found = fields("أعلن الجيش مقتل 304 مسلحين في سيناء.")
    assert "«304»" in found["count"]["why"]
    assert "type = militant" in found["victims.type"]["why"]
    assert "«الجيش» by «أعلن»" in found["sources"]["why"]


def test_each_null_tells_why() -> None:
    found = fields("مقتل مسلحين.")
    for name in ("count", "victims.affiliation", "sources", "perpetrator", "method", "place", "time", "event"):
        assert not found[name]["value"], name
        assert found[name]["why"], name


def test_a_cue_tells_its_reach() -> None:
    assert "listed as denied" in fields("نفت الوزارة مقتل ثلاثة جنود.")["polarity"]["why"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("حضر المدير حفل التخرج.", "no word here is listed"),
        ("مقتل ستة زرانيق.", "«زرانيق» (a word that no list knows)"),
        ("مقتل", "the sentence ends"),
    ],
)
def test_a_sentence_without_claims_tells_what_was_wanting(text: str, said: str) -> None:
    shown = "\n".join(line for _, line in lines(explained(text), everything=True))
    assert said in shown


def test_a_rule_that_lost_tells_to_which_and_why() -> None:
    found = explained("قتل ثلاثة مسلحين في الاشتباك.")["sentences"][0]["rules"]
    lost = [r for at in found for r in at["rules"] if r["result"] == "lost"]
    assert lost
    assert all("higher priority" in r["why"] or "more words" in r["why"] or "earlier" in r["why"] for r in lost)


def test_people_that_no_claim_took_are_pointed_out() -> None:
    found = explained("مقتل ثلاثة جنود. وحضر خمسة شرطيين، ثم أصيب جندي.")["sentences"][1]
    assert any("شرطيين" in row["text"] for row in found["left_over"])


def test_the_command_prints_plain_text_and_json() -> None:
    command = [sys.executable, "-m", "extractor", "explain", "مقتل ثلاثة جنود."]
    plain = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "\x1b" not in plain
    assert "+ casualties.noun-victims matched «مقتل ثلاثة جنود»" in plain
    report = json.loads(subprocess.run([*command, "--format", "json"], capture_output=True, check=True).stdout)
    assert report["claims"] == 1
