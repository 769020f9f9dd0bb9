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
        "التلوث يقتل 40 ألف عامل سنويا.",
        "في كل عام يموت مئات الصيادين بالعواصف.",
        "مجموعة لا تعرف إلا قتل الأبرياء.",
        "حملات لملاحقة وضبط المخالفين في الأسواق.",
        "تتعرض المرأة الريفية للخطف.",
        "غير القائد خطته للتقليل من الخسائر البشرية.",
        "كتيب عن الوقاية ضد خطف الأطفال.",
    ],
)
def test_general_talk_is_no_claim(extractor: Extractor, text: str) -> None:
    assert extractor.extract(text)["events"] == []


@pytest.mark.parametrize(
    "text",
    [
        "أصيب المغني بهبوط حاد في ضغط الدم.",
        "عيادة جديدة تستقبل مصابي الربو.",
        "إصابة تسعة طلاب بالحصبة.",
        "خرج السياح من الحجر الصحي بعد الإفراج عن 30 منهم.",
        "فرار عشرات الجنود من القتال.",
        "يحاول العقار الجديد قتل الخلايا.",
        "كثير من النازحين اشتكوا من البرد.",
        "تقدمت 12 ضحية احتيال بالشكوى.",
    ],
)
def test_what_is_no_harm_is_no_claim(extractor: Extractor, text: str) -> None:
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
        "راح ضحية الحريق عدد من الأبرياء.",
        "طبيبة تتعرض للخطف في العاصمة.",
        "نزح آلاف المزارعين من القرى.",
        "اعتقال خلية من ستة أفراد.",
        "أصيب ثلاثة طلاب بجروح قرب المستشفى.",
    ],
)
def test_a_certain_set_remains_a_claim(extractor: Extractor, text: str) -> None:
    assert extractor.extract(text)["events"]
