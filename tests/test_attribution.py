"""Who says so: claimants, those who relay them, and what is said by nobody."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _sources(extractor: Extractor, text: str) -> list[tuple[str, str]]:
    claims: list[dict[str, Any]] = [e for e in extractor.extract(text)["events"] if e["kind"] == "casualty"]
    return [(s["text"], s["stance"]) for s in claims[-1]["sources"]]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("قال مصدر في خفر السواحل في بيان إن ستة بحارة قتلوا.", [("مصدر في خفر السواحل", "claims")]),
        ("نفت الشرطة مقتل ستة بحارة.", [("الشرطة", "denies")]),
        ("أكد المستشفى مقتل ستة بحارة.", [("المستشفى", "confirms")]),
        ("نقلت صحيفة محلية عن طبيب أن ستة بحارة قتلوا.", [("طبيب", "claims"), ("صحيفة محلية", "relays")]),
        ("وبحسب الشرطة، قتل ستة بحارة في العاصفة.", [("الشرطة", "claims")]),
        ("نفت الشرطة اعتقال أي صياد، وقالت إن ستة بحارة قتلوا.", [("الشرطة", "claims")]),
        ("تبنت الحركة الهجوم، وقالت في بيان إن ستة بحارة قتلوا.", [("الحركة", "claims")]),
        ("وقالت في بيان إن ستة بحارة قتلوا.", []),
        ("أما خفر السواحل فتحدث عن مقتل ستة بحارة.", [("خفر السواحل", "claims")]),
        ("يذكر أن ستة بحارة قتلوا العام الماضي.", []),
        ("دان الوزير مقتل ستة بحارة.", []),
        ("البرازيل: مقتل ستة بحارة في العاصفة.", []),
        ("قالت الشرطة إن الزورق غرق. وأضافت أن ستة بحارة قتلوا.", [("الشرطة", "claims")]),
        ("أعلنت البلدية إعادة فتح المرفأ الذي قتل فيه ستة بحارة.", []),
        ("أعلنت البلدية، التي تدير المرفأ، مقتل ستة بحارة.", [("البلدية", "claims")]),
        ("قال حارس إن الزورق غرق. وقال لوكالة رويترز إن ستة بحارة قتلوا.", [("حارس", "claims")]),
        ("قال حارس إن زورقا غرق. وأكد أن آخر جنح. وأضاف أن البحر هائج. وذكر أن ستة بحارة قتلوا.", [("حارس", "claims")]),
        (
            "قال أحد الصيادين لوكالة رويترز إن ستة بحارة قتلوا.",
            [("أحد الصيادين", "claims"), ("وكالة رويترز", "relays")],
        ),
        ("وأكد أكثر من شاهد أن ستة بحارة قتلوا.", [("أكثر من شاهد", "confirms")]),
        ("ونقلت وكالة الأناضول أن ستة بحارة قتلوا.", [("وكالة الأناضول", "relays")]),
        ("غرق زورق، وبحسب الشرطة فإن ستة بحارة قتلوا.", [("الشرطة", "claims")]),
        ("غرق زورق، وبحسب الشرطة قتل ستة بحارة.", [("الشرطة", "claims")]),
        ("وتسببت العاصفة وفق الشرطة بمقتل ستة بحارة.", [("الشرطة", "claims")]),
        ("ردت القوات على النار وقتلت ستة بحارة.", []),
        ("شددت تركيا إجراءاتها بعد مقتل ستة بحارة.", []),
        ("أكد سيطرة الجيش على الميناء ومقتل ستة بحارة.", []),
        ("تلقى المركز بلاغا من صياد يفيد بمقتل ستة بحارة.", []),
        ("طالبت البلدية بإغلاق الميناء، مؤكدة أن ستة بحارة قتلوا.", [("البلدية", "claims")]),
        ("طالبت البلدية بإغلاق الميناء بعد مقتل ستة بحارة.", []),
        ("أعرب الوزير عن حزنه للحادث الذي وقع أمس في الميناء الكبير وأدى إلى مقتل ستة بحارة.", []),
    ],
)
def test_the_claimant_comes_first_and_who_relays_him_after(
    extractor: Extractor, text: str, sources: list[tuple[str, str]]
) -> None:
    assert _sources(extractor, text) == sources


def test_a_paper_behind_a_claimant_only_relays_him(extractor: Extractor) -> None:
    text = "قال طبيب إن ستة بحارة قتلوا، حسبما أفادت وكالة رويترز."
    first, second = _sources(extractor, text)
    assert first == ("طبيب", "claims")
    assert second[1] == "relays"


def test_who_claims_an_attack_is_its_doer_and_not_the_source_of_the_toll(extractor: Extractor) -> None:
    text = "أعلنت جماعة متشددة مسؤوليتها عن تفجير أوقع ستة قتلى."
    assert _sources(extractor, text) == []
