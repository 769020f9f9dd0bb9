"""Events beside the claims: kinds, roles, links to claims, and what is no event."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import Extractor
from extractor.records.events import MODELS, roles

X = Extractor()


def events(text: str, kind: str) -> list[dict[str, Any]]:
    return [e for e in X.extract(text)["events"] if e["kind"] == kind]


def test_an_attack_names_the_claims_that_are_its_outcome_and_they_name_it() -> None:
    text = "قتل ثلاثة جنود وأصيب خمسة آخرون في كمين نصبه مسلحون قرب المعبر."
    (attack,) = events(text, "attack")
    claims = [e for e in X.extract(text)["events"] if e["kind"] == "casualty"]
    assert attack["claims"] == [c["id"] for c in claims]
    assert {c["event"] for c in claims} == {attack["id"]}
    assert attack["id"] == "e1"
    assert claims[0]["id"] == "c1"


def test_an_attack_told_in_two_sentences_is_one_event() -> None:
    text = "شنت طائرات حربية غارات على مستودع للذخيرة. وأسفرت الغارات عن مقتل أربعة حراس."
    (attack,) = events(text, "attack")
    assert [m["text"] for m in attack["mentions"]] == ["الغارات"]
    assert len(attack["claims"]) == 1


def test_two_attacks_of_different_forms_stay_two() -> None:
    text = "شنت طائرات حربية غارات على مستودع للذخيرة. وانفجرت عبوة ناسفة في السوق."
    assert [a["form"] for a in events(text, "attack")] == ["airstrike", "ied"]


def test_every_span_of_a_role_is_a_slice_of_the_text() -> None:
    text = "قصفت طائرات حربية مستودعا للذخيرة. وتظاهر مئات العمال في الميناء ضد الغلاء."
    for event in X.extract(text)["events"]:
        for value in event.values():
            if isinstance(value, dict) and "start" in value:
                assert text[value["start"] : value["end"]] == value["text"]


def test_a_protest_has_its_size_with_the_bounds_of_a_count() -> None:
    (protest,) = events("تظاهر نحو 300 عامل أمام المصنع احتجاجا على الإغلاق.", "protest")
    assert (protest["size"]["low"], protest["size"]["high"], protest["size"]["approx"]) == (300, 300, True)
    assert (protest["event_type"], protest["mode"]) == ("PROTEST", "demo")


def test_the_side_that_asked_for_a_call_may_stand_in_a_later_sentence() -> None:
    text = "أجرى الرئيس المصري اتصالا هاتفيا مع أمير قطر. وجرت المكالمة الهاتفية بطلب من الجانب القطري."
    (meeting,) = events(text, "meeting")
    assert meeting["initiator"]["text"] == "الجانب القطري"
    assert meeting["mode"] == "phone"


@pytest.mark.parametrize(
    "text",
    [
        "شن المنتخب هجوما على مرمى الضيوف في الشوط الثاني.",
        "هاجم الكاتب سياسة الحكومة في مقاله.",
        "الهجوم خير وسيلة للدفاع.",
    ],
)
def test_sport_talk_and_metaphor_are_no_attacks(text: str) -> None:
    assert events(text, "attack") == []


def test_what_the_text_only_refers_to_is_background() -> None:
    (attack,) = events("بدأت محاكمة المتهمين في قضية اغتيال القاضي سليم الحداد.", "attack")
    assert attack["background"]
    (attack,) = events("اغتال ملثمون القاضي سليم الحداد أمس.", "attack")
    assert not attack["background"]


@pytest.mark.parametrize(
    ("text", "news"),
    [
        ("شن مسلحون هجوما على ثكنة عسكرية.", True),
        ("هجوم على ثكنة عسكرية قرب المعبر.", True),
        ("قالت الإذاعة إن هجوما على ثكنة عسكرية أوقع ثلاثة قتلى.", True),
        ("دارت أمس اشتباكات بين الجيش ومسلحين.", True),
        ("كتب المعلق مقالا في شن هجمات على مواقع عسكرية.", False),
        ("زار الوفد موقع التفجير الذي وقع قرب المقر.", False),
    ],
)
def test_an_attack_is_news_where_a_verb_or_a_report_tells_of_it(text: str, news: bool) -> None:
    found = events(text, "attack")
    assert found
    assert any(not e["background"] for e in found) is news


def test_what_a_condemnation_or_a_meeting_is_about_is_known() -> None:
    (attack,) = events("ندد رئيس البلدية بقصف طائرات مجهولة حي الصيادين.", "attack")
    assert attack["background"]
    assert attack["background_cue"]["text"] == "ندد"


def test_a_denial_reaches_from_the_statement_that_makes_it() -> None:
    (attack,) = events("نفت الوزارة تعرض السجين للتعذيب.", "attack")
    assert attack["polarity"] == "denied"


def test_office_is_what_stands_before_the_name_of_a_person() -> None:
    text = "التقى قائد القوات البحرية الجنرال كارستو بيلماني سفير إيطاليا."
    (meeting,) = events(text, "meeting")
    first, second = meeting["participants"]
    assert (first["person"]["text"], first["office"]["text"]) == ("كارستو بيلماني", "قائد القوات البحرية الجنرال")
    assert second["text"] == "سفير إيطاليا"


def test_the_verb_of_a_call_does_not_claim_its_day_for_a_report() -> None:
    text = "فقد تحدث في 14 آذار 2021 هاتفيا مع قائد الشرطة، وفي 7 آذار 2021 عقد لقاء في روما مع رئيس البلدية."
    assert [m["time"]["from"] for m in events(text, "meeting")] == ["2021-03-14", "2021-03-07"]


def test_an_attack_that_is_threatened_or_prepared_is_unrealized() -> None:
    found = events("هدد التنظيم بتنفيذ هجوم انتحاري على السفارة.", "attack")
    assert all(e["certainty"] == "unrealized" for e in found)


def test_each_kind_of_event_is_a_model_with_roles() -> None:
    assert set(MODELS) == {"attack", "protest", "meeting", "agreement", "appeal", "statement"}
    assert roles(MODELS["meeting"])["participants"] == "party*"
    assert roles(MODELS["protest"])["size"] == "count"
