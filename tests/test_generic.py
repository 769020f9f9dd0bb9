"""General talk gives no claim; the same words with a count, a name or a certain deed do."""

from __future__ import annotations

import pytest

from extractor import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(
    "text",
    [
        "كتب مقالا عن تحريم قتل الأبرياء في كل الشرائع.",
        "يبررون خطف الصحفيين بحجج واهية.",
        "وعد بتعويض عائلة كل جندي قتل في الحرب.",
        "لم يعد يهتم بأحداث عابرة كاغتيال سفير أو سقوط حكومة.",
        "هذه الألغام تقتل مزارعين كل عام.",
        "كررت النائبة تحذيرها من وقوع اغتيال صحافي في المدينة.",
        "كان قانون العشائر القديم يقضي بقتل السارق إذا عاد.",
        "قال الشيخ إن الدين يرفض قتل مسافرين آمنين.",
    ],
)
def test_general_talk_is_no_claim(extractor: Extractor, text: str) -> None:
    assert extractor.extract(text)["events"] == []


@pytest.mark.parametrize(
    "text",
    [
        "تبرير قتل خمسة مزارعين أغضب أهل القرية.",
        "أدان النواب جرائم قتل النساء الثلاث.",
        "هذه الألغام قتلت مزارعين أمس.",
        "قتل ركاب الحافلة كلهم.",
        "حذر من انهيار الهدنة بعد مقتل ثلاثة رعاة.",
        "أصدرت المحكمة حكما يقضي بإعدام السائق.",
    ],
)
def test_a_certain_set_remains_a_claim(extractor: Extractor, text: str) -> None:
    assert extractor.extract(text)["events"]
