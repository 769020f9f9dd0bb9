"""When it happened: expressions of time, the days that they come to, and the claims that take them."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.text.dates import TimeReader
from extractor.text.fold import fold
from extractor.text.number_tables import load_number_vocabulary
from extractor.text.time_words import load_time_vocabulary, time_mistakes

SUNDAY = date(2015, 8, 9)


def reader_of(root: Path) -> TimeReader:
    folder = root / "rules" / "vocabulary"
    numbers = load_number_vocabulary(tomllib.loads((folder / "numbers.toml").read_text(encoding="utf-8")))
    return TimeReader(load_time_vocabulary(tomllib.loads((folder / "times.toml").read_text(encoding="utf-8")), numbers))


@pytest.fixture(scope="module")
def times(root: Path) -> TimeReader:
    return reader_of(root)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def days(
    times: TimeReader, text: str, published: date | datetime | None = SUNDAY
) -> list[tuple[str | None, str | None]]:
    folded = fold(text).text
    found = times.expressions(folded, 0, len(folded), published)
    return [
        (e.first.isoformat() if e.first else None, e.last.isoformat() if e.last else None)
        for e in found
        if e.kind != "other"
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("مساء أمس", "2015-08-08", "2015-08-08"),
        ("فجر أول من أمس", "2015-08-07", "2015-08-07"),
        ("ظهر اليوم", "2015-08-09", "2015-08-09"),
        ("يوم الأربعاء", "2015-08-05", "2015-08-05"),
        ("الأحد الماضي", "2015-08-02", "2015-08-02"),
        ("ليل الخميس الجمعة", "2015-08-06", "2015-08-07"),
        ("خلال يومين", "2015-08-07", "2015-08-09"),
        ("منذ عام", "2014-08-09", "2015-08-09"),
        # A unit with its name behind it is no length
        ("خلال شهر مايو الماضي", "2015-05-01", "2015-05-31"),
        ("خلال يوم الثلاثاء", "2015-08-04", "2015-08-04"),
        ("منذ مطلع العام", "2015-01-01", "2015-08-09"),
        ("خلال الـ48 ساعة الماضية", "2015-08-07", "2015-08-09"),
        ("في الأيام الأربعة الماضية", "2015-08-05", "2015-08-09"),
        ("منذ عشرة أيام", "2015-07-30", "2015-08-09"),
        ("قبل ستة أيام", "2015-08-03", "2015-08-03"),
        ("الشهر الماضي", "2015-07-01", "2015-07-31"),
        ("الأسبوع الماضي", "2015-07-27", "2015-08-08"),
        ("العام قبل الماضي", "2013-01-01", "2013-12-31"),
        ("في 5 من الشهر الجاري", "2015-08-05", "2015-08-05"),
        ("مطلع تموز", "2015-07-01", "2015-07-10"),
    ],
)
def test_what_is_told_from_the_day_of_publication(times: TimeReader, text: str, first: str, last: str) -> None:
    assert days(times, text) == [(first, last)]
    assert days(times, text, None) in ([(None, None)], [])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14 شباط 2012", "2012-02-14"),
        ("14 فبراير/شباط 2012", "2012-02-14"),
        ("14 فبراير (شباط) من عام 2012", "2012-02-14"),
        ("14 فيفري 2012", "2012-02-14"),
        ("2 غشت 2012", "2012-08-02"),
        ("2 أوت 2012", "2012-08-02"),
        ("الثاني من جويلية 2012", "2012-07-02"),
        ("الحادي والثلاثين من كانون الأول 2012", "2012-12-31"),
        ("14/2/2012", "2012-02-14"),
        ("2012-02-14", "2012-02-14"),
        ("14-2-2012", "2012-02-14"),
        ("14.2.2012", "2012-02-14"),
        ("14 2 2012", "2012-02-14"),
        ("٠٣/أكتوبر/٢٠١٧", "2017-10-03"),
        ("10 محرم 1434", "2012-11-24"),
        ("10/1/1434 هـ", "2012-11-24"),
    ],
)
def test_days_with_a_year_need_no_publication_date(times: TimeReader, text: str, day: str) -> None:
    assert days(times, text, None) == [(day, day)]


@pytest.mark.parametrize(
    ("text", "day"),
    [("20 ديسمبر", "2014-12-20"), ("3 آذار الماضي", "2015-03-03"), ("3 أيلول المقبل", "2015-09-03")],
)
def test_day_without_a_year_is_the_nearest_past_one(times: TimeReader, text: str, day: str) -> None:
    assert days(times, text) == [(day, day)]


def test_ranges(times: TimeReader) -> None:
    assert days(times, "بين 3 و5 أيار") == [("2015-05-03", "2015-05-05")]
    assert days(times, "من 28 يونيو إلى 4 يوليو") == [("2015-06-28", "2015-07-04")]
    assert days(times, "بين عامي 1980 و1988", None) == [("1980-01-01", "1988-12-31")]
    assert days(times, "منذ 20 يوليو") == [("2015-07-20", "2015-08-09")]


def test_clock_gives_a_moment(times: TimeReader) -> None:
    assert days(times, "الساعة السابعة من مساء الجمعة") == [("2015-08-07T19:00:00", "2015-08-07T19:00:00")]
    assert days(times, "الثلاثاء 03/10/2017 - 09:16 م", None) == [("2017-10-03T21:16:00", "2017-10-03T21:16:00")]


@pytest.mark.parametrize(
    "text",
    ["اليوم الرابع على التوالي", "بعد ثلاثة أيام من الهجوم", "صفر في المباراة", "فجر انتحاري نفسه", "عمره 18 عاما"],
)
def test_no_time_is_read_where_none_is_told(times: TimeReader, text: str) -> None:
    assert days(times, text) == []


def test_year_behind_its_unit_is_a_year_and_no_length(times: TimeReader) -> None:
    assert days(times, "منذ عام 1996") == [("1996-01-01", "2015-08-09")]
    assert days(times, "منذ شهر مارس 2014") == [("2014-03-01", "2015-08-09")]
    assert days(times, "خلال سنة 2012", None) == [("2012-01-01", "2012-12-31")]


def test_before_a_day_tells_no_day_unless_it_is_a_part_of_it(times: TimeReader) -> None:
    assert days(times, "قبل عام 2010") == []
    assert days(times, "قبل فجر اليوم") == [("2015-08-09", "2015-08-09")]


def test_day_in_quotation_marks_is_the_name_of_something(times: TimeReader) -> None:
    assert days(times, "جمهور «17 تشرين» يعتصم") == []


def test_weekday_beside_yesterday_is_the_surer_of_the_two(times: TimeReader) -> None:
    assert days(times, "أمس الجمعة") == [("2015-08-07", "2015-08-07")]


@given(st.text(alphabet="0123456789/-.: ()اليومأمسفجرقبلخلالشهرعامةنيوحدث", max_size=40), st.dates())
def test_any_text_is_read_without_an_error(text: str, day: date) -> None:
    times = reader_of(Path(__file__).resolve().parent.parent) if not _READERS else _READERS[0]
    _READERS[:] = [times]
    folded = fold(text).text
    for found in times.expressions(folded, 0, len(folded), day):
        assert 0 <= found.start < found.end <= len(folded)
        assert found.first is None or found.last is None or found.first <= found.last


_READERS: list[TimeReader] = []


def test_mistakes_in_the_vocabulary_are_told() -> None:
    found = list(time_mistakes({"month": [{"number": 1, "words": ["x"]}], "cue": [{"role": "whim", "words": ["x"]}]}))
    assert [(table, index) for table, index, _ in found] == [("month", 0), ("cue", 0)]
    assert "calendar" in found[0][2]


def time_of(extractor: Extractor, text: str, published: str | None = "2015-08-09", claim: int = 0) -> str | None:
    claims = [
        e for e in extractor.extract(text, published=published)["events"] if e["kind"] in ("casualty", "materiel")
    ]
    found = claims[claim]["time"]
    return found and found["text"]


def test_claim_takes_the_time_of_its_clause(extractor: Extractor) -> None:
    assert time_of(extractor, "قتل ستة عمال أمس في انفجار قرب حلب") == "أمس"
    assert time_of(extractor, "وفي 3 أيار، قتل ستة عمال قرب حلب") == "3 أيار"
    text = "قتل ستة عمال أمس، فيما أصيب ثلاثة رعاة السبت"
    assert [time_of(extractor, text, claim=n) for n in (0, 1)] == ["أمس", "السبت"]


def test_time_of_the_announcement_is_not_that_of_the_event(extractor: Extractor) -> None:
    assert time_of(extractor, "أعلنت الشرطة أمس أن ستة عمال قتلوا") is None


@pytest.mark.parametrize(
    "text",
    [
        "أعلن قائد الشرطة في المحافظة أمس السبت عن مقتل ستة عمال",
        "مددت المحكمة اعتقال ستة عمال حتى الثلاثاء",
        "تجرى غدا انتخابات لملء مقعدين شاغرين باغتيال ستة نواب",
        "تظاهر الأهالي أمس احتجاجا على مقتل ستة عمال",
    ],
)
def test_time_of_something_else_is_not_taken(extractor: Extractor, text: str) -> None:
    assert time_of(extractor, text) is None


def test_publication_date_is_no_default(extractor: Extractor) -> None:
    assert time_of(extractor, "مقتل ستة عمال في انفجار") is None


def test_words_stay_where_the_days_cannot_be_known(extractor: Extractor) -> None:
    found = extractor.extract("قتل ستة عمال أمس قرب حلب")["events"][0]["time"]
    assert (found["text"], found["from"], found["to"]) == ("أمس", None, None)
