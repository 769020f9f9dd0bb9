"""The sieve lets through every sentence in which a rule matches, and stops trigger words that stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Extractor
from extractor.text.fold import fold
from extractor.text.tokens import sentences
from extractor.watch import Seen
from extractor.word import Word, WordReader

# Triggers, what rules ask for beside them, and what stands between: mixed, they make claims and near misses.
_WORDS = [
    *("قتل", "مقتل", "وقتل", "أصيب", "إصابة", "وإصابة", "اعتقال", "دمر", "تدمير", "هجوم", "قصف", "تظاهر", "التقى"),
    *("لقاء", "اتفاق", "دعا", "بيان", "القتلى", "بينهم", "منهم", "ثلاثة", "12", "ما", "لا", "يقل", "عن", "أكثر", "من"),
    *("عشرات", "جنود", "جنديا", "مدنيين", "طفلان", "دبابات", "الجيش", "مسلحون", "في", "بغداد", "أمس", "رئيس", "وزير"),
    *("بين", "و", "،", ".", "(", ")", "على"),
]


@pytest.fixture(scope="module")
def shipped() -> Extractor:
    return Extractor()


def _passed(extractor: Extractor, text: str) -> list[bool]:
    folded, tools = fold(text).text, extractor.tools
    return [tools.sieve.met(tools.reader.read(folded, *span)) is not None for span in sentences(folded)]


@pytest.mark.parametrize(
    "sentence",
    [
        "مقتل ثلاثة جنود في هجوم شرق بغداد",
        "وبمقتل 14 شخصا بينهم طفلان ارتفعت الحصيلة",
        "وبين القتلى طفل وامرأتان",
        "أعلنت الشرطة اعتقال ما لا يقل عن عشرين مشتبها به",
        "شن الطيران غارات على مواقع المسلحين",
    ],
)
def test_lets_through_what_rules_match(shipped: Extractor, sentence: str) -> None:
    assert _passed(shipped, sentence) == [True]


@pytest.mark.parametrize("sentence", ["قال إن القتل", "تحدث عن مقتل", "", "، ."])
def test_stops_triggers_with_nothing_beside_them(shipped: Extractor, sentence: str) -> None:
    assert not any(_passed(shipped, sentence))


@settings(max_examples=100)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=14))
def test_never_stops_a_sentence_with_a_match(shipped: Extractor, words: list[str]) -> None:
    text = " ".join(words)
    stopped: list[bool] = []

    def watch(seen: Seen) -> None:
        if seen.records:
            stopped.append(shipped.tools.sieve.met(seen.sentence) is None)

    shipped.read(text, id="", watcher=watch)
    assert not any(stopped)


def test_a_text_reads_alike_with_and_without_the_sieve(shipped: Extractor) -> None:
    text = "قتل جندي. وصل القتل. أصيب ثلاثة مدنيين بقصف مدفعي على حلب. وبين الجرحى طفلة. التقى الوزير نظيره في عمان."
    # Who watches is shown every sentence that the gate lets through, whatever the sieve says.
    assert shipped.read(text, id="") == shipped.read(text, id="", watcher=lambda _: None)


def test_a_token_is_read_alike_when_it_is_remembered(shipped: Extractor) -> None:
    words = WordReader(shipped.rules.lexicon)
    tokens = ["وبالجنود", "في", "قتل", "12", "zz", "غغغ"]
    first = words.words(tokens)
    assert words.words(tokens) == first
    head = first[0]
    assert isinstance(head, Word)
    assert [letter for letter, _ in head.proclitics] == ["و", "ب"]
