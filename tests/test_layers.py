"""A folder of one's own is laid over the shipped rules: words add up, rules are added, replaced or switched off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor, RuleError
from extractor.rules.cache import shipped_rules
from extractor.rules.check import check
from extractor.rules.load import parse
from extractor.rules.sources import read_files

NOUN = '[[noun]]\nword = "زرنوق"\nplural = ["زرانيق"]\nclass = "person"\ntype = "militant"\n'
VERB = '[[words]]\nclass = "snatched"\noutcome = "abducted"\nwords = ["نهبت"]\n'
RULE = """record = "casualty"

[[rule]]
id = "{id}"
title = "نهب + ناس"
pattern = [
  "trigger = @{trigger}",
  "@victim_list",
]

[[rule.example]]
text = "{text}"
expect = [{{ low = 2, high = 2 }}]

[[rule.counter_example]]
text = "نهبت الريح أوراق الشجر."
why = "لا ناس"
"""

BASE = {
    "vocabulary/people.toml": """[[noun]]
word = "جندي"
plural = ["جنود"]
class = "person"
type = "military"

[[noun]]
word = "راعي"
plural = ["رعاة"]
class = "person"
type = "civilian"

[[verbal_noun]]
word = "مقتل"
class = "harm_noun"
outcome = "killed"
""",
    "phrases/sets.toml": """[[chunk]]
name = "counted"
atoms = ["set"]
any = [
  ["count = @count", "head = @person"],
  ["head = @person.du"],
]

[[chunk]]
name = "single"
atoms = ["set"]
pattern = ["head = @person"]

[[phrase]]
name = "victim_list"
any = [
  ["victims = @set"],
]
""",
    "casualties/nouns.toml": """record = "casualty"

[[rule]]
id = "noun-victims"
title = "مقتل + ناس"
set = { outcome = "killed" }
pattern = [
  "trigger = @harm_noun.killed",
  "@victim_list",
]

[[rule.example]]
text = "مقتل جندي."
expect = [{ low = 1, high = 1 }]

[[rule.counter_example]]
text = "جندي."
why = "لا قتل"
""",
}

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few rules and words in place of the shipped ones, which take seconds to compile."""
    folder = tmp_path_factory.mktemp("base")
    numbers = (shipped_rules() / "vocabulary" / "numbers.toml").read_text(encoding="utf-8")
    for name, text in {**BASE, "vocabulary/numbers.toml": numbers}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files, given by path inside a folder, and give the folder."""

    def written(folder: str = "mine", **files: str) -> Path:
        for name, text in files.items():
            path = tmp_path / folder / (name.replace("__", "/") + ".toml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / folder

    return written


def claims(base: Path, folder: Path, text: str) -> list[dict[str, Any]]:
    return [e for e in Extractor([base, folder], replace=True).extract(text)["events"] if e["kind"] == "casualty"]


def told(base: Path, folder: Path) -> list[str]:
    return [str(p) for p in check(read_files([base, folder]))]


def test_a_vocabulary_alone_adds_words(base: Path, write: Write) -> None:
    for folder in (write("a", vocabulary__mine=NOUN), write("b", mine=NOUN)):
        (claim,) = claims(base, folder, "مقتل ستة زرانيق في الوادي.")
        assert (claim["victims"]["type"], claim["rule"]) == ("militant", "casualties.noun-victims")


def test_a_file_named_as_a_shipped_one_adds_to_it(base: Path, write: Write) -> None:
    folder = write(vocabulary__people=NOUN)
    assert len(claims(base, folder, "مقتل ستة زرانيق، ومقتل جنديين.")) == 2


def test_a_rule_alone_and_a_rule_with_its_words_are_added(base: Path, write: Write) -> None:
    folder = write("a", mine=RULE.format(id="one", trigger="snatched", text="نهبت راعيين."), words=VERB)
    assert claims(base, folder, "نهبت راعيين.")[0]["rule"] == "mine.one"
    assert told(base, folder) == []
    alone = write("b", mine=RULE.format(id="two", trigger="harm_noun", text="خسائر راعيين"))
    assert any(rule.id == "mine.two" for rule in parse(read_files([base, alone])).rules)


def test_a_rule_replaces_a_shipped_one_by_its_id_and_says_so(base: Path, write: Write) -> None:
    old = "casualties.noun-victims"
    text = RULE.format(id="mine-now", trigger="harm_noun.killed", text="مقتل راعيين.")
    named = write("a", mine=text.replace("pattern", f'replaces = "{old}"\npattern'))
    same = write("b", casualties__mine=text.replace("mine-now", "noun-victims"))
    assert claims(base, named, "مقتل راعيين.")[0]["rule"] == "mine.mine-now"
    assert claims(base, same, "مقتل راعيين.")[0]["rule"] == old
    for folder, file in ((named, "mine.toml"), (same, "casualties/mine.toml")):
        (note,) = [line for line in told(base, folder) if "note" in line]
        assert note.startswith(f"{folder}/{file}:3: note: replaces the rule '{old}' of casualties/nouns.toml:")


def test_a_shipped_rule_is_switched_off(base: Path, write: Write) -> None:
    folder = write(mine='without = ["casualties.noun-victims"]\n')
    assert not [c for c in claims(base, folder, "مقتل راعيين.") if c["rule"] == "casualties.noun-victims"]
    assert "switches off the rule 'casualties.noun-victims'" in told(base, folder)[0]


def test_a_phrase_replaces_its_namesake(base: Path, write: Write) -> None:
    folder = write(mine='[[phrase]]\nname = "victim_list"\npattern = ["victims = @counted"]\n')
    assert claims(base, folder, "مقتل ستة جنود.")
    assert not [c for c in claims(base, folder, "مقتل جندي.") if c["rule"] == "casualties.noun-victims"]
    assert "'victim_list' replaces that of phrases/sets.toml" in told(base, folder)[0]


def test_a_problem_names_its_folder_file_and_line(base: Path, write: Write) -> None:
    folder = write(casualties__verbs=RULE.format(id="x", trigger="snatchd", text="نهبت راعيين."), words=VERB)
    with pytest.raises(RuleError) as caught:
        Extractor([base, folder], replace=True)
    said = str(caught.value)
    assert f"{folder}/casualties/verbs.toml:7: error: no class or phrase is called @snatchd" in said
    assert "did you mean 'snatched'?" in said


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("@snatched", "@snatchedd"), 7, "did you mean 'snatched'?"),
        (("pattern", "patern"), 6, "did you mean 'pattern'?"),
        (('title = "نهب + ناس"', 'title = "نهب + ناس'), 5, "quotes are opened and not closed on this line"),
        (('"@victim_list"', '"ناس @victim_list"'), 8, "mixes Latin letters into an Arabic literal"),
        (('"trigger = @snatched",', '"trigger = @snatched"'), 8, "a comma is missing at the end of the line before"),
        (('"نهب + ناس"', "“نهب + ناس”"), 5, "use straight ones"),
        (("low = 2", "lo = 2"), 13, "examples know no 'lo', did you mean 'low'?"),
        (("[[rule.counter_example]]", "[[rule.counterexample]]"), 15, "did you mean 'counter_example'?"),
        (('record = "casualty"', 'record = "casualties"'), 1, "did you mean 'casualty'?"),
        (("pattern = [", 'set = { outcome = "kiled" }\npattern = ['), 6, "did you mean 'killed'?"),
        (("pattern = [", 'set = { outcom = "killed" }\npattern = ['), 6, "did you mean 'outcome'?"),
        (
            ('  "@victim_list",\n]\n\n[[rule.example]]\ntext', '  "@victim_list",\n\n[[rule.example]]\ntext'),
            6,
            "a list opened with [ is never closed",
        ),
        (("trigger = @snatched", "@snatched"), 3, "needs exactly one step `trigger = …`"),
        (("pattern = [", 'rare = ""\npattern = ['), 6, "says in words why the rule may seldom fire"),
    ],
)
def test_a_mistake_is_told_in_plain_words(
    base: Path, write: Write, change: tuple[str, str], line: int, said: str
) -> None:
    text = RULE.format(id="one", trigger="snatched", text="نهبت راعيين.")
    assert change[0] in text
    folder = write(mine=text.replace(*change), words=VERB)
    assert any(p.startswith(f"{folder}/mine.toml:{line}: error: ") and said in p for p in told(base, folder)), told(
        base, folder
    )


def test_a_line_that_mixes_directions_is_warned_of(base: Path, write: Write) -> None:
    text = RULE.format(id="one", trigger="snatched", text="نهبت راعيين.")
    folder = write(mine=text.replace('"@victim_list"', '"@victim_list | ناس"'), words=VERB)
    assert any("mine.toml:8: warning: Arabic and Latin words on one line" in p for p in told(base, folder))


def test_an_example_that_is_wanting_is_told_with_what_to_add(base: Path, write: Write) -> None:
    text = RULE.format(id="one", trigger="snatched", text="نهبت راعيين.")
    folder = write(mine=text[: text.index("[[rule.example]]")], words=VERB)
    said = "\n".join(told(base, folder))
    assert "has no example: add [[rule.example]]" in said
    assert "has no counter-example: add [[rule.counter_example]]" in said


def test_words_that_nothing_asks_for_and_values_that_are_none_are_told(base: Path, write: Write) -> None:
    folder = write(mine='[[noun]]\nword = "زرنوق"\nclass = "persn"\noutcom = "killed"\noutcome = "kild"\n')
    said = "\n".join(told(base, folder))
    assert "mine.toml:3: warning: no rule asks for words of the class 'persn', did you mean 'person'?" in said
    assert "mine.toml:4: warning: [[noun]] knows no 'outcom', did you mean 'outcome'?" in said
    assert "mine.toml:5: error: outcome = 'kild' is no value of it, did you mean 'killed'?" in said


def test_a_folder_that_is_not_there_or_is_a_file_is_told(tmp_path: Path, write: Write) -> None:
    folder = write(mine=NOUN)
    for path, said in ((tmp_path / "nowhere", "no such folder"), (folder / "mine.toml", f"name its folder, {folder}")):
        with pytest.raises(RuleError, match="folder") as caught:
            Extractor([path], replace=True)
        assert said in str(caught.value)
