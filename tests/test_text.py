"""Folding, sentences, and the promise that every span equals its slice of the original."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.text.fold import TAG, TIE, fold
from extractor.text.tokens import sentences

X = Extractor()
NEWS = [
    "أعلنت وزارة الدفاع مقتل ثلاثة جنود وإصابة 12 آخرين في انفجار عبوة ناسفة شمال بغداد.",
    "لقي عاملان مصرعهما، بينهم فتى، إثر انهيار جدار في صنعاء",
    "نفى المتحدث سقوط قتلى.\nواعتقلت الشرطة أربعة أشخاص.",
]
PIECES = st.sampled_from(
    [
        *" ".join(NEWS).split(),
        "و",
        "5",
        "١٢",
        "«",
        "»",
        "،",
        ".",
        "\n",
        "\u064b",
        "\u0640",
        "ﻻ",
        "\u200f",
        "🔴",
        "_",
        "#",
    ]
)


def spans(value: Any) -> Any:
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("إلى أُمّة", "الي امه"),
        ("مـــقتل", "مقتل"),
        ("٣٠٤ و۱۲", "304 و12"),
        ("#دير_الزور", f"{TAG}دير{TIE}الزور"),
        ("ﻻ", "لا"),
        ("مسؤول طائرة", "مسوول طايره"),
        ("10ـ15 جنديا", "10-15 جنديا"),
        ("5ـ6", "5-6"),
        ("ـ5ـ6", "5-6"),
        ("بين ٣ ــ ٥ و الـ 20", "بين 3 - 5 و ال 20"),
        ("قتل 10\nـ 15 يوليو", "قتل 10\n 15 يوليو"),
    ],
)
def test_folding_gives_one_spelling(written: str, folded: str) -> None:
    assert fold(written).text == folded


@given(st.text(), st.data())
def test_a_folded_slice_folds_from_its_original_slice(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
        first, last = folded.span(start, end)
        assert 0 <= first < last <= len(text)
        # A dash is one between numbers alone.
        assert folded.text[start:end] in fold(text[first:last]).text or "\u0640" in text[first:last]


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)))
@example("مقتل\u0640 3\u064b جنود")
@example("مقتل ﻻجئ و\ud800 ثلاثة جنود")
def test_every_span_of_every_record_is_its_slice(text: str) -> None:
    for span in spans(X.extract(text)):
        assert text[span["start"] : span["end"]] == span["text"]


def test_a_dot_after_one_letter_or_within_a_number_ends_no_sentence() -> None:
    text = fold("قال د. سامي إن 3.5 أطنان ضبطت. وانتهى الأمر").text
    assert len(list(sentences(text))) == 2


def test_documents_leave_no_trace_in_each_other() -> None:
    alone = [Extractor().extract(t) for t in NEWS]
    assert [X.extract(t) for t in reversed(NEWS)][::-1] == alone
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(X.extract, NEWS * 5)) == alone * 5


def test_an_extractor_is_cheap_to_send() -> None:
    sent = pickle.dumps(X)
    assert len(sent) < 1000
    assert pickle.loads(sent).extract(NEWS[0]) == X.extract(NEWS[0])


def test_many_texts_come_one_by_one() -> None:
    found = X.extract_many(iter([{"text": NEWS[0], "id": "a"}, NEWS[1]]))
    assert [d["id"] for d in found] == ["a", "1"]


def test_the_record_is_json_of_the_schema() -> None:
    record = json.loads(json.dumps(X.extract(NEWS[0], id="x", published="2024-01-02")))
    assert record["events"][0]["victims"]["type"] == "military"
    assert [(e["outcome"], e["count"]["low"]) for e in record["events"] if e["kind"] == "casualty"] == [
        ("killed", 3),
        ("wounded", 12),
    ]


def test_a_capital_is_a_town_and_not_its_country() -> None:
    place = X.extract("مقتل ثلاثة جنود في موسكو.")["events"][0]["place"]
    assert (place["id"], place["country"], place["precision"]) == ("moscow-ru", "RU", "town")
    assert place["lat"] == pytest.approx(55.75, abs=0.1)


@pytest.mark.parametrize("dash", ["ـ", " ـ ", "ــ", "-"])
def test_a_range_written_with_what_draws_words_out_is_no_larger_number(dash: str) -> None:
    (claim,) = X.extract(f"قُتل 10{dash}15 جنديًّا في كمين.")["events"][:1]
    assert (claim["count"]["low"], claim["count"]["high"]) == (10, 15)
    assert claim["count"]["text"] == f"10{dash}15"


def test_letters_drawn_out_are_one_letter_and_keep_their_place() -> None:
    text = "شهييييد قرب الجسسر"
    folded = fold(text)
    assert folded.text.startswith("شهيد ")
    assert text[slice(*folded.span(0, 4))] == "شهييييد"
    at = folded.text.index("قرب")
    assert text[slice(*folded.span(at, at + 3))] == "قرب"


def test_the_frame_of_a_digit_is_no_sign_of_its_own() -> None:
    assert fold("مقتل 3\ufe0f\u20e3 جنود").text == "مقتل 3 جنود"


def test_people_without_a_noun_take_no_type_from_things_beside_them() -> None:
    events = Extractor().extract("قتل 3 إصابة 2 وزارة")["events"]
    assert all(event["victims"]["type"] == "unknown" for event in events if event["kind"] == "casualty")
