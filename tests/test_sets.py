"""Sets of victims beside each other: wholes and parts, counts without a noun, claims of an earlier sentence."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import Extractor

X = Extractor()


def claims(text: str) -> list[dict[str, Any]]:
    return [e for e in X.extract(text)["events"] if e["kind"] in ("casualty", "materiel")]


def told(text: str) -> list[tuple[Any, ...]]:
    """Outcome, low, head and whether it is a part, claim by claim."""
    return [
        (
            c["outcome"],
            (c["count"] or {}).get("low"),
            (c["victims"]["head"] or {}).get("text"),
            c["part_of"] is not None,
        )
        for c in claims(text)
        if c["kind"] == "casualty"
    ]


def test_a_count_without_a_noun_takes_no_type_from_things() -> None:
    found = claims("قتل وجرح العشرات، وتم تدمير ثلاث عربات عسكرية.")
    assert [c["victims"]["type"] for c in found if c["kind"] == "casualty"] == ["unknown"]


def test_a_part_is_tied_to_its_whole_over_places_and_causes() -> None:
    assert told("قتل عشرة عمال في حريق مصنع للنسيج شمال العاصمة فجر أمس، بينهم أربع نساء.") == [
        ("killed", 10, "عمال", False),
        ("killed", 4, "نساء", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "غرق ثلاثة صيادين أمس ليرتفع عدد ضحايا الإعصار إلى 25 قتيلا.",
        "استشهد أربعة معلمين في القصف.\nليرتفع عدد شهداء البلدة اليوم إلى 17 شهيدا.",
        "قتل حارسان في الميناء وبذلك يرتفع عدد القتلى إلى 12 قتيلا.",
    ],
)
def test_the_dead_who_raise_a_toll_are_a_part_of_it(text: str) -> None:
    new, toll = claims(text)
    assert new["part_of"] == toll["id"]
    assert (toll["cumulative"], toll["part_of"]) == (True, None)


def test_those_found_after_whom_a_toll_rose_are_a_part_of_it() -> None:
    toll, new = claims("ارتفع عدد ضحايا غرق العبارة إلى 44 قتيلا بعد انتشال تسع جثث.")
    assert (toll["cumulative"], new["part_of"]) == (True, toll["id"])


def test_a_toll_that_nothing_ties_to_other_dead_takes_none_of_them_in() -> None:
    assert [c["part_of"] for c in claims("قتل حارسان في الميناء، وبلغ عدد قتلى الزلزال 90 قتيلا.")] == [None, None]


def test_a_part_of_an_earlier_sentence_refers_to_the_claim_there() -> None:
    found = claims("انقلبت الحافلة فقتل ثمانية ركاب. وذكر طبيب أن بين القتلى ثلاثة أطفال.")
    assert found[1]["part_of"] == found[0]["id"]


def test_a_breakdown_that_does_not_add_up_is_no_breakdown() -> None:
    assert told("قتل عشرة عمال (ثلاثة رجال وامرأتان).") == [("killed", 10, "عمال", False)]


def test_a_part_is_never_larger_than_its_whole() -> None:
    assert told("قتل خمسة عمال بينهم عشرون امرأة.") == [("killed", 5, "عمال", False)]


def test_the_definite_noun_takes_up_what_was_told_and_claims_nothing() -> None:
    assert told("عملت الفرق على انتشال الضحايا وإسعاف الجرحى.") == []


def test_a_construct_is_a_dual_or_a_plural_and_not_one_of_mine() -> None:
    assert told("القبض على والدي الرضيعة.") == [("detained", 2, "والدي", False)]
    assert told("نقلت الطائرة جثتي الجنديين إلى المدينة.") == [("killed", 2, "جثتي", False)]
    assert told("أعلنت الوزارة إطلاق سراح معتقلي الصفقة.") == [("released", None, "معتقلي", False)]
    assert told("توفي والدي في المستشفى.") == [("killed", 1, "والدي", False)]


def test_a_further_number_keeps_its_bound() -> None:
    found = claims("سقط عشرة قتلى وأكثر من 20 جريحا.")
    assert [((c["count"] or {})["low"], (c["count"] or {})["high"]) for c in found] == [(10, 10), (20, None)]


def test_a_deed_with_its_object_suffixed_is_nobody() -> None:
    assert told("القبض على الجاني ومحاسبته.") == [("detained", 1, "الجاني", False)]


def test_the_taliban_are_no_two_students() -> None:
    assert told("مقتل ثلاثة رعاة وطالبان تنفي صلتها بالهجوم.") == [("killed", 3, "رعاة", False)]
    assert told("قتلت طالبان ثلاثة رعاة.") == [("killed", 3, "رعاة", False)]
    assert told("قتل طالبين في المدرسة.") == [("killed", 2, "طالبين", False)]


def test_a_set_told_again_by_its_parts_takes_them_in() -> None:
    whole, officer, soldiers = claims("مقتل أربعة عسكريين في انفجار.\nوقالت الشرطة إن ضابطا وثلاثة جنود قتلوا.")
    assert (whole["part_of"], officer["part_of"], soldiers["part_of"]) == (None, whole["id"], whole["id"])


@pytest.mark.parametrize(
    "text",
    [
        "مقتل خمسة عسكريين في انفجار.\nوقالت الشرطة إن ضابطا وثلاثة جنود قتلوا.",
        "إصابة أربعة عسكريين في انفجار.\nوقالت الشرطة إن ضابطا وثلاثة جنود قتلوا.",
        "مقتل ثلاثة عسكريين في انفجار.\nوقتلت امرأة وطفلان في حريق.",
    ],
)
def test_sets_that_do_not_add_up_to_another_are_no_parts_of_it(text: str) -> None:
    assert [c["part_of"] for c in claims(text)] == [None] * 3
