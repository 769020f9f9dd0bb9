"""Polarity and certainty: what a cue reaches and where its scope ends."""

from __future__ import annotations

import pytest

from extractor import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def readings(extractor: Extractor, text: str) -> list[tuple[str, str]]:
    return [(e["polarity"], e["certainty"]) for e in extractor.extract(text)["events"] if e["kind"] == "casualty"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("انتهى الهجوم دون وقوع إصابات.", ("denied", "stated")),
        ("نفت الشرطة مقتل ثلاثة متظاهرين.", ("denied", "stated")),
        ("لم يقتل أحد من الركاب سوى السائق سامر حداد.", None),
        ("نفى أي علاقة له باغتيال المحامي سامر حداد.", ("affirmed", "stated")),
        ("وصف عدم التحقيق في مقتل الطفلة بأنه ظلم.", ("affirmed", "stated")),
        ("لا يزال أربعة جنود مفقودين.", ("affirmed", "stated")),
        ("هدد التنظيم بقتل الرهينتين.", ("affirmed", "unrealized")),
        ("هدد الوزير، في حديث إذاعي، باغتيال زعيم الحركة.", ("affirmed", "unrealized")),
        ("حاول الجنود اقتحام الحي وقتل خمسة مدنيين.", ("affirmed", "stated")),
        ("ينوي التوجه إلى المحكمة ردا على مقتل الطفل كريم.", ("affirmed", "stated")),
        ("تمر اليوم الذكرى العاشرة لاغتيال الشاعر سامر حداد.", ("affirmed", "stated")),
        ("خطط الثلاثة لخطف السفير.", ("affirmed", "unrealized")),
        ("يخشى سقوط ضحايا في المبنى.", ("affirmed", "unrealized")),
        ("زعم التنظيم مقتل عشرة جنود.", ("affirmed", "hedged")),
        ("قضت المحكمة بإعدام أربعة متهمين.", ("affirmed", "unrealized")),
        ("سعى المسلحون إلى اعتقال عدد من شيوخ القبيلة.", ("affirmed", "unrealized")),
        ("تحرك الوفد لإطلاق سراح الطبيبة.", ("affirmed", "unrealized")),
        ("نشر القوات لمطاردة واعتقال الفارين من السجن.", ("affirmed", "unrealized")),
        ("كان قد عرض على أهاليهم الإفراج عن ثلاثة سجناء.", ("affirmed", "unrealized")),
        ("حذروا من احتمالية تنفيذ حكم الإعدام بحق المدرس سامر حداد.", ("affirmed", "unrealized")),
        ("نشر الموقع جدولا لأعداد المدنيين الذين قتلوا في المدينة.", ("affirmed", "stated")),
        ("اشتعل المستودع ولم يتم تسجيل أي إصابة.", ("denied", "stated")),
    ],
)
def test_scope_of_cues(extractor: Extractor, text: str, expected: tuple[str, str] | None) -> None:
    found = readings(extractor, text)
    if expected is None:
        assert ("denied", "stated") not in found
    else:
        assert found
        assert found[0] == expected
