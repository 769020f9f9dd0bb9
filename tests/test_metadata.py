"""What a text says of itself: title, publication, dateline, and the page around it."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import Extractor

BODY = "قتل ستة عمال في انفجار قرب مدينة حماة.\nوأضاف المصدر أن تسعة آخرين أصيبوا."


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def test_title_is_the_first_line_and_publication_the_line_that_tells_it(extractor: Extractor) -> None:
    text = f"انفجار يهز ريف حماة\n\nالأربعاء 05/أغسطس/2015 - 08:40 ص\nطباعة\n{BODY}\n\nشارك"
    found = extractor.extract(text)
    assert found["title"] == "انفجار يهز ريف حماة"
    assert found["published"] == "2015-08-05T08:40:00"
    assert [e["outcome"] for e in found["events"] if e["kind"] == "casualty"] == ["killed", "wounded"]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("تاريخ النشر: 12 كانون الثاني 2016", "2016-01-12"),
        ("نشر في 12/1/2016", "2016-01-12"),
        ("آخر تحديث: 2016-01-12 - 19:05", "2016-01-12T19:05:00"),
        ("12 يناير 2016", "2016-01-12"),
    ],
)
def test_dates_of_publication(extractor: Extractor, line: str, published: str) -> None:
    assert extractor.extract(f"انفجار يهز ريف حماة\n{line}\n{BODY}")["published"] == published


def test_what_is_given_wins(extractor: Extractor) -> None:
    text = f"انفجار يهز ريف حماة\n12 يناير 2016\n{BODY}"
    found = extractor.extract(text, title="عنوان", published="2016-01-13")
    assert (found["title"], found["published"]) == ("عنوان", "2016-01-13")


def test_day_of_an_event_is_no_date_of_publication(extractor: Extractor) -> None:
    assert extractor.extract(f"قتل ستة عمال في 12 يناير 2016 قرب حلب.\n{BODY}")["published"] is None


def test_single_line_is_text_and_no_title(extractor: Extractor) -> None:
    assert extractor.extract("مقتل ستة عمال في حماة")["title"] is None


def outcomes(found: dict[str, Any]) -> list[str]:
    return [e["outcome"] for e in found["events"] if e["kind"] == "casualty"]


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضا: مقتل أربعة جنود في كمين",
        "رابط الخبر مقتل أربعة جنود",
        "مواضيع ذات صلة: إصابة أربعة جنود",
        "شارك طباعة فيسبوك تويتر",
    ],
)
def test_furniture_is_set_aside_and_offsets_stay(extractor: Extractor, line: str) -> None:
    text = f"انفجار يهز ريف حماة\n{line}\n{BODY}"
    found = extractor.extract(text)
    assert outcomes(found) == ["killed", "wounded"]
    for event in found["events"]:
        assert text[event["evidence"]["start"] : event["evidence"]["end"]] == event["evidence"]["text"]


def test_caption_told_again_is_read_once(extractor: Extractor) -> None:
    caption = "مقتل ستة عمال قرب حماة"
    assert outcomes(extractor.extract(f"{caption}\n{BODY}\n{caption}\nوانتهى الأمر.")) == [
        "killed",
        "killed",
        "wounded",
    ]


@pytest.mark.parametrize(
    "dateline",
    ["حماة - رويترز:", "حماة (رويترز) -", "حماة / الأناضول /", "حماة - أ ف ب -"],
)
def test_dateline_gives_a_place_only_where_nothing_else_does(extractor: Extractor, dateline: str) -> None:
    found = extractor.extract(f"{dateline} قتل ستة عمال في مدينة تدمر.")["events"][0]["place"]
    assert (found["text"], found["scope"]) == ("مدينة تدمر", "sentence")
    found = extractor.extract(f"{dateline} قتل ستة عمال في انفجار عبوة ناسفة.")["events"][0]["place"]
    assert (found["text"], found["scope"]) == ("حماة", "dateline")


@pytest.mark.parametrize("bullet", ["", "- ", "• ", "* ", "-- "])
def test_a_line_of_a_list_of_days_opens_with_its_day_and_no_dateline(extractor: Extractor, bullet: str) -> None:
    (claim,) = extractor.extract(f"{bullet}12 أيار 2011: جُرح مزارع بنيران قنّاص.")["events"][:1]
    assert claim["time"]["from"] == "2011-05-12"
