"""By what means and by whom: from the claim's clause, its sentence, or what was told of the same event before."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from extractor import Extractor
from extractor.sentence import Sentence
from extractor.watch import Seen


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _claims(extractor: Extractor, text: str) -> list[dict[str, Any]]:
    return [e for e in extractor.extract(text)["events"] if e["kind"] in ("casualty", "materiel")]


def assert_doer(extractor: Extractor, text: str, perpetrator: str | None) -> None:
    """Every claim of `text` names `perpetrator`, or nobody."""
    for claim in _claims(extractor, text):
        assert (claim["perpetrator"] or {}).get("text") == perpetrator


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("قتل ستة بحارة في انفجار شاحنة ملغومة قرب المرفأ.", "car_bomb"),
        ("شاحنة ملغومة كانت متوقفة قرب المرفأ انفجرت ما أسفر عن مقتل ستة بحارة.", "car_bomb"),
        ("قتل ستة بحارة في هجوم انتحاري بشاحنة ملغومة.", "suicide_bombing"),
        ("قتل 16 مصابا بكورونا جراء حريق في مستشفى الجزيرة.", "accident"),
        ("وقع حادث لحافلة على طريق المرفأ قتل فيه ستة بحارة.", "accident"),
        ("حادث تفجير سيارة قرب المرفأ يوقع ستة قتلى.", "explosion"),
        ("المتهمون بتفجير المرفأ الذي أسفر عن مقتل ستة بحارة.", "explosion"),
        ("قتل ستة بحارة في تدافع عند المرفأ.", "accident"),
        ("كانت القوات تدافع عن المرفأ حين قتل ستة بحارة.", None),
        ("قتل ستة بحارة حين اقتحم مسلحون المرفأ.", "clash"),
        ("قتل ستة بحارة بالقنابل، في حين أصيب تسعة آخرون في تبادل لإطلاق النار.", "explosion"),
        ("فتح مجهولون أمس النار على زورق فقتل ستة بحارة.", "shooting"),
        ("قتل ستة بحارة بعد انهيار وقف إطلاق النار.", "accident"),
        ("نقلت طائرة ستة جرحى إلى العاصمة.", None),
        ("قتل ستة بحارة في هجمات متفرقة أبرزها تفجير في المرفأ.", None),
        ("اعتقال ستة بحارة متهمين بتفجير المرفأ.", None),
        ("لقي ستة بحارة حتفهم جراء إعصار ضرب المرفأ.", "disaster"),
        ("مقتل ستة بحارة بغارة على المرفأ.", "airstrike"),
        ("مقتل ستة بحارة بغارات على المرفأ.", "airstrike"),
        ("مقتل ستة بحارة بقصف على المرفأ.", "shelling"),
        ("مقتل ستة بحارة برصاص مجهولين.", "shooting"),
        ("مقتل ستة بحارة في ضربة بطائرة مسيرة قرب المرفأ.", "drone"),
        ("مقتل ستة بحارة في هجوم بالصواريخ على المرفأ.", "rocket"),
        ("مقتل ستة بحارة في مواجهات مسلحة قرب المرفأ.", "clash"),
        ("إصابة ستة بحارة بانفجار في المرفأ.", "explosion"),
    ],
)
def test_the_means_are_those_that_the_claim_is_told_with(extractor: Extractor, text: str, method: str | None) -> None:
    claim = _claims(extractor, text)[0]
    assert (claim["method"] or {}).get("type") == method


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        ("قام قراصنة بخطف ستة بحارة.", "قراصنة"),
        ("تمكنت الشرطة من اعتقال ستة بحارة.", "الشرطة"),
        ("قتل ستة بحارة برصاص قراصنة.", "قراصنة"),
        ("قتل ستة بحارة في انفجار استهدف دورية.", None),
        ("ثلاثة بحارة قتلوا وأصيب ستة.", None),
        ("دمر مدفع لقوات النظام في القصف.", None),
        ("خطف القراصنة ستة بحارة.", "القراصنة"),
    ],
)
def test_the_doer_is_named_by_the_text_and_is_no_victim(
    extractor: Extractor, text: str, perpetrator: str | None
) -> None:
    assert_doer(extractor, text, perpetrator)


def test_a_doer_who_is_believed_to_be_one_is_hedged_while_the_claim_is_stated(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "مقتل ستة بحارة جراء غارة يرجح أن طائرات برازيلية نفذتها.")
    assert claim["certainty"] == "stated"
    assert claim["perpetrator"]["certainty"] == "hedged"
    assert claim["perpetrator"]["id"] == "country:BR"


def test_a_counted_toll_takes_the_means_of_the_headline(extractor: Extractor) -> None:
    text = "غرق عبارة قرب المرفأ\nقال خفر السواحل إن ستة بحارة لقوا حتفهم في الحادث."
    claim = _claims(extractor, text)[-1]
    assert claim["method"]["type"] == "accident"
    assert claim["method"]["start"] < claim["evidence"]["start"]


def test_another_event_takes_no_means_from_the_one_before(extractor: Extractor) -> None:
    text = "قتل ستة بحارة في غارة على المرفأ. ومن جهة أخرى توفي رجلان في القرية."
    assert _claims(extractor, text)[-1]["method"] is None


def test_the_method_of_an_assassination_is_the_weapon_where_it_is_told(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "اغتيال القاضي سالم العبيدي بعبوة ناسفة في المرفأ.")
    assert claim["method"]["type"] == "ied"


def test_what_was_seized_or_shot_down_is_no_means_of_what_is_told_beside_it(extractor: Extractor) -> None:
    text = "تدمير 11 وكرا وضبط 14 بندقية آلية و3 آلاف طلقة وستة صواريخ في المرفأ."
    claims = _claims(extractor, text)
    assert [c["outcome"] for c in claims] == ["destroyed", "seized", "seized", "seized"]
    assert [c["method"] for c in claims] == [None] * 4


@pytest.mark.parametrize(
    ("text", "perpetrator", "certainty", "method"),
    [
        ("أطلقت دبابة إسرائيلية قذيفة على المرفأ مما أدى إلى مقتل ستة بحارة.", "دبابة إسرائيلية", "stated", "shelling"),
        (
            "قصفت مسيرة تابعة لقوات الدعم السريع المرفأ فقتل ستة بحارة.",
            "مسيرة تابعة لقوات الدعم السريع",
            "stated",
            "drone",
        ),
        ("مقتل ستة بحارة بضربة أميركية قرب المرفأ.", "أميركية", "stated", "airstrike"),
        ("قتل ستة بحارة بغارة يعتقد أنها تركية قرب المرفأ.", "تركية", "hedged", "airstrike"),
        ("قتل ستة بحارة في غارات جوية نسبت إلى إسرائيل.", "إسرائيل", "hedged", "airstrike"),
        ("مقتل ستة بحارة بإطلاق نار نفذه مسلحون.", "مسلحون", "stated", "shooting"),
        ("عثر على جثث ستة معتقلين أعدمتهم قوات النظام.", "قوات النظام", "stated", "execution"),
        ("فرقت قوات الأمن مظاهرة في المرفأ واعتقلت ستة بحارة.", "قوات الأمن", "stated", None),
        ("مجزرة ارتكبها الاحتلال في المرفأ: ستة قتلى.", "الاحتلال", "stated", None),
        ("حملت الحكومة الحوثيين مسؤولية مقتل ستة بحارة.", "الحوثيين", "hedged", None),
        (
            "نفذت الطائرات التركية فجرا ثلاث غارات على المرفأ، ما تسبب بمقتل ستة بحارة.",
            "الطائرات التركية",
            "stated",
            "airstrike",
        ),
        ("ألقت الشرطة فجر أمس، القبض على ستة بحارة.", "الشرطة", "stated", None),
        ("خرج آلاف الطلاب في مسيرة فلسطينية فأصيب ستة بحارة.", None, None, None),
        ("بحسب الدفاع المدني السوري (الخوذ البيضاء) قتل ستة بحارة.", None, None, None),
    ],
)
def test_who_struck_and_with_what(
    extractor: Extractor, text: str, perpetrator: str | None, certainty: str | None, method: str | None
) -> None:
    claim = _claims(extractor, text)[-1]
    told = claim["perpetrator"] or {}
    assert (told.get("text"), told.get("certainty")) == (perpetrator, certainty)
    assert (claim["method"] or {}).get("type") == method


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        ("قتل ستة بحارة في انفجار قنبلة بالمرفأ.\nوأعلنت حركة الشباب مسؤوليتها عن الهجوم.", "حركة الشباب"),
        ("قتل ستة بحارة في هجوم انتحاري بالمرفأ.\nوقال حارس إن الدخان كثيف.\nوتبنى تنظيم داعش الهجوم.", "تنظيم داعش"),
        ("قتل ستة بحارة في حادث سير قرب المرفأ.\nوأعلنت حركة الشباب مسؤوليتها عن الهجوم.", None),
        ("قتل ستة من عناصر حركة الشباب في انفجار.\nوأعلنت حركة الشباب مسؤوليتها عن الهجوم.", None),
        ("قتل ستة بحارة في هجوم انتحاري بالمرفأ.\nوتبنى المجلس قرارا يدين الهجوم.", None),
        ("مقتل المهاجمين الستة في هجوم انتحاري على المرفأ.\nوتبنى تنظيم داعش الهجوم.", None),
    ],
)
def test_who_says_later_that_he_did_it_is_the_doer(extractor: Extractor, text: str, perpetrator: str | None) -> None:
    claim = _claims(extractor, text)[0]
    assert (claim["perpetrator"] or {}).get("text") == perpetrator


def test_the_attack_is_by_whom_the_sentence_before_says(extractor: Extractor) -> None:
    text = "قتل جنديان في هجوم نفذه حزب العمال الكردستاني على المخفر. وأصيب ستة حراس في الهجوم."
    assert _claims(extractor, text)[-1]["perpetrator"]["text"] == "حزب العمال الكردستاني"
    text = "دارت اشتباكات بين الجيش وحزب العمال الكردستاني. وأصيب ستة حراس في الاشتباكات."
    assert _claims(extractor, text)[-1]["perpetrator"] is None


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        ("قتل ستة بحارة جراء فض الشرطة لاعتصام في المرفأ.", "الشرطة"),
        ("مقتل ستة بحارة إثر استهداف الاحتلال زورقا قرب المرفأ.", "الاحتلال"),
        ("مقتل ستة بحارة إثر استهداف الشرطة بعبوة ناسفة.", None),
        ("أصيب ستة جنود إسرائيليين في اشتباكات خلال العملية التي شنها الجيش الإسرائيلي.", None),
        ("أصيب ستة فلسطينيين في اشتباكات خلال العملية التي شنها الجيش الإسرائيلي.", "الجيش الإسرائيلي"),
        ("انفجرت قنبلة قرب مكاتب شركة الطيران الهندية مما أسفر عن مقتل ستة بحارة.", None),
        ("أسفرت الانتهاكات الإسرائيلية في المرفأ عن مقتل ستة بحارة.", "الإسرائيلية"),
        ("مقتل ستة بحارة في هجوم على المرفأ والحكومة تحمل القراصنة المسؤولية.", "القراصنة"),
        ("الناشط سالم العبدي الذي قتل مع ستة بحارة في تفجير الزورق.", None),
        ("قالت الحركة إنها ستحتجز البحارة إذا لم يفرج عن أعضائها.", None),
        ("وتبنت الحركة المسؤولية عن تفجير شاحنة وتدميرها وقتل ستة بحارة.", "الحركة"),
    ],
)
def test_a_body_is_the_doer_only_where_the_words_make_it_one(
    extractor: Extractor, text: str, perpetrator: str | None
) -> None:
    assert_doer(extractor, text, perpetrator)


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("ضرب زلزال الجزيرة صباحا.\nوقتل ستة بحارة عندما انهار منزلهم.", "disaster"),
        ("ضرب زلزال الجزيرة صباحا.\nوفي حادث آخر قتل ستة بحارة عندما انهار منزلهم.", "accident"),
        ("قتل ستة بحارة عندما انهار منزلهم.", "accident"),
        ("قتل ستة بحارة بعدما انهارت الهدنة.", None),
        ("استشهاد ستة بحارة\nجراء قصف الطيران الحربي على المرفأ", "airstrike"),
        ("استشهاد ستة بحارة\nقصف الطيران الحربي القرية مرتين", None),
        ("سقوط طائرة قرب المرفأ.\nوباشرت الفرق الحادث الذي أدى لإصابة ستة بحارة.", "accident"),
        ("قتل ثلاثة بحارة طعنا في المرفأ.", "stabbing"),
    ],
)
def test_the_means_are_taken_from_the_lines_beside_where_they_go_on(
    extractor: Extractor, text: str, method: str | None
) -> None:
    claim = next(c for c in _claims(extractor, text) if c["count"])
    assert (claim["method"] or {}).get("type") == method


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        ("داعش يتبنى هجوما أسفر عن مقتل ستة جنود.", "داعش"),
        ("مقتل جندي بهجوم لمجهولين قرب المرفأ.", "مجهولين"),
        ("مقتل جندي بإطلاق نار مباشر من مجهولين قرب المرفأ.", "مجهولين"),
        ("شنت الشرطة حملة اعتقالات في المرفأ طالت ستة بحارة.", "الشرطة"),
        ("كتائب القسام: قتلنا ستة جنود قرب المرفأ.", "كتائب القسام"),
        ("اشتباكات بين الجيش الوطني وقسد توقع ستة قتلى.", None),
        ("القوات الأمنية تقتل انتحاريا قبل تفجير نفسه في المرفأ.", "القوات الأمنية"),
    ],
)
def test_the_doer_in_posts_and_headlines(extractor: Extractor, text: str, perpetrator: str | None) -> None:
    (claim,) = _claims(extractor, text)
    assert (claim["perpetrator"] or {}).get("text") == perpetrator


def test_who_was_shot_before_he_could_blow_himself_up_was_killed_by_no_bomb(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "القوات الأمنية تقتل انتحاريا قبل تفجير نفسه في المرفأ.")
    assert claim["method"] is None
    (claim,) = _claims(extractor, "قتل ستة بحارة بعد تفجير انتحاري نفسه في المرفأ.")
    assert claim["method"]["type"] == "suicide_bombing"


def test_clashes_that_cause_dead_are_no_words_of_the_party_before_them(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "اشتباكات بين الجيش الوطني وقسد توقع ستة قتلى.")
    assert claim["sources"] == []


@pytest.mark.parametrize(
    "text",
    [
        "الأمين العام أدان قتل ستة بحارة.",
        "الوزير مسؤول عن كشف تفاصيل مقتل ستة بحارة.",
        "بعد الهجوم الذي أوقع ستة قتلى في المرفأ تبنت الحركة قتل شرطيين.",
    ],
)
def test_who_speaks_of_a_deed_has_not_done_it(extractor: Extractor, text: str) -> None:
    assert _claims(extractor, text)[0]["perpetrator"] is None


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("قناص حوثي يصيب امرأة قرب المرفأ.", "shooting"),
        ("مقتل قناص حوثي قرب المرفأ.", None),
        ("غارة من مسيرة معادية على المرفأ أدت إلى سقوط شهيدين.", "drone"),
        ("إصابة ستة بحارة بقنابل الغاز المسيل للدموع.", None),
        ("إصابة ستة بحارة بالاختناق جراء الغاز المسيل للدموع.", None),
        ("إصابة ستة بحارة بالاختناق في زورقهم.", "accident"),
        ("إصابة ستة بحارة بحروق بعد إضرام النار في زورقهم.", None),
        ("مقتل ستة من قوات الصاعقة قرب المرفأ.", None),
        ("مقتل ستة بحارة بصاعقة قرب المرفأ.", "disaster"),
        ("تدمير طائرة مفخخة قرب المرفأ.", None),
    ],
)
def test_snipers_drones_and_tear_gas(extractor: Extractor, text: str, method: str | None) -> None:
    assert (_claims(extractor, text)[0]["method"] or {}).get("type") == method


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("مقتل ستة بحارة في حوادث الطيران.", "accident"),
        ("قالت شركة طيران إن ستة بحارة قتلوا.", None),
        ("قتل بحار برصاص الشرطة بزعم تنفيذه عملية طعن.", "shooting"),
        ("قتل بحار برصاص قرب المرفأ ليرتفع عدد القتلى منذ الصيف إلى ستة بحارة.", None),
    ],
)
def test_flights_what_he_was_said_to_do_and_tolls_since_a_day(
    extractor: Extractor, text: str, method: str | None
) -> None:
    assert (_claims(extractor, text)[-1]["method"] or {}).get("type") == method


def test_what_a_killing_answers_is_not_its_means(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "قتل المتمردون ستة بحارة ردا على الهجوم الانتحاري في المرفأ.")
    assert claim["method"] is None


@pytest.mark.parametrize(
    ("text", "perpetrator", "certainty"),
    [
        ("اعتقلت الشرطة صيادا متهما بقتل ستة بحارة.", "صيادا", "hedged"),
        ("مقتل ستة بحارة بتفجير في المرفأ. واتهمت الحكومة تنظيم داعش بالوقوف خلف التفجير.", "تنظيم داعش", "hedged"),
        ("مقتل ستة بحارة بتفجير في المرفأ. واتهمت الحكومة تنظيم داعش بقصف قرية.", None, None),
        ("وفاة ستة بحارة تحت التعذيب في سجون الحوثيين.", "الحوثيين", "stated"),
        ("أعلن الجيش أنه حدد موقع تحطم الطائرة التي قتل فيها ستة بحارة.", None, None),
        ("أطلق الجيش عملية في الجزيرة بعد هجوم في المرفأ أوقع ستة قتلى.", None, None),
        ("قررت المحكمة إخلاء سبيل تسعة متهمين في قضية تفجير المرفأ والذي قتل فيه ستة بحارة.", None, None),
        ("مقتل ستة بحارة في تحطم مروحية تابعة لطيران الجيش الفرنسي.", None, None),
        ("تعرض المرفأ لقصف بقذائف عسكرية أدى إلى مقتل ستة بحارة.", None, None),
    ],
)
def test_who_is_charged_and_who_only_stands_near(
    extractor: Extractor, text: str, perpetrator: str | None, certainty: str | None
) -> None:
    claim = next(c for c in _claims(extractor, text) if c["outcome"] == "killed")
    found = claim["perpetrator"] or {}
    assert (found.get("text"), found.get("certainty")) == (perpetrator, certainty)


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("تعرض زورق لإطلاق نار أدى إلى مقتل ستة بحارة.", "shooting"),
        ("مقتل ستة بحارة بصواريخ باليستية.", "rocket"),
        ("مقتل ستة بحارة بانفجار قنبلة يدوية.", "explosion"),
        ("مقتل ستة بحارة في انفجار سيارة قرب المرفأ.", "explosion"),
        ("مقتل ستة بحارة في انفجار سيارة مفخخة قرب المرفأ.", "car_bomb"),
        ("مقتل ستة بحارة في هجوم إرهابي، وانفجرت بهم عبوة ناسفة قرب المرفأ.", "ied"),
        ("مقتل ستة بحارة بقصف التحالف على المرفأ.", "airstrike"),
        ("مقتل ستة بحارة، أحدهم ضابط، في هجوم انتحاري على المرفأ.", "suicide_bombing"),
        ("مقتل ستة بحارة بعدما غرقوا في الفيضانات.", "disaster"),
        ("مقتل ستة بحارة بسبب موجة الحرارة.", "disaster"),
        ("مقتل ستة بحارة في استهداف مسيرة لزورقهم.", "drone"),
    ],
)
def test_weapons_told_with_their_kind(extractor: Extractor, text: str, method: str) -> None:
    claim = next(c for c in _claims(extractor, text) if c["outcome"] == "killed")
    assert (claim["method"] or {}).get("type") == method


def test_finders_are_made_with_the_readers_and_not_for_each_text(extractor: Extractor) -> None:
    reader = extractor.tools.reader
    before = reader.finder("verb")
    extractor.extract("قتل ثلاثة جنود في قصف. وأصيب أربعة في الهجوم.")
    assert reader.finder("verb").bit == before.bit << 1


def test_what_was_found_of_earlier_claims_does_not_keep_all_sentences(extractor: Extractor) -> None:
    alive: list[int] = []

    def watch(seen: Seen) -> None:
        if seen.number == 399:
            alive.append(sum(isinstance(thing, Sentence) for thing in gc.get_objects()))

    extractor.read("وقتل ثلاثة جنود في قصف مدفعي صباح اليوم. " * 400, id="long", watcher=watch)
    assert alive[0] < 200


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        ("قتل ستة بحارة في التفجير. وتبنى المتحدث باسم حركة طالبان الهجوم.", "حركة طالبان"),
        ("قتل ستة بحارة في التفجير. وقالت الشرطة إن حركة طالبان تقف وراء الهجوم.", "حركة طالبان"),
        ("قتل ستة بحارة في التفجير. وأعلنت حركة طالبان أن مقاتليها نفذوا العملية.", "حركة طالبان"),
        ("قتل ستة بحارة في التفجير. وقالت حركة طالبان إنها تدين الهجوم.", None),
        ("خفر السواحل يقصف المرفأ.. مقتل ستة بحارة", "خفر السواحل"),
        ("عشرات القتلى.. الجيش يقصف المرفأ", "الجيش"),
        ("أقام الصيادون حواجز في المرفأ وأحرقوا ستة زوارق.", "الصيادون"),
        ("عثرت شرطة جدة على زورق، وتمكنت من ضبط ستة بحارة.", "شرطة جدة"),
        ("قتل ستة جنود في اشتباكات بين الجيش وحركة طالبان.", "حركة طالبان"),
        ("قتل ستة بحارة في اشتباكات بين الجيش وحركة طالبان.", None),
        ("نجحت حركة طالبان في قصف الجيش، وقتل ستة بحارة.", None),
        ("فتحت الشرطة تحقيقا في هجوم أسفر عن مقتل ستة بحارة.", None),
        ("طائرة تابعة للجيش تحطمت ما أسفر عن مقتل ستة بحارة.", None),
        ("هاجمت قوات الجيش أوكار تنظيم داعش فقتلت ستة من داعش.", "قوات الجيش"),
        ("أعلن الجيش أنه أحبط عملية تهريب وقتل ستة مهربين.", "الجيش"),
        ("قالت الشرطة إن مسلحا فتح النار في قاعة مكتظة فقتل امرأتين.", "مسلحا"),
        ("قالت الشرطة إن مسلحا دخل قاعة مكتظة فقتلت امرأتان.", None),
        ("قال المرصد إن الدبابات الفرنسية قصفت قرية ما أوقع ستة جرحى.", "الدبابات الفرنسية"),
        ("انفجرت سيارة الأمر الذي أسفر عن مقتل ستة بحارة. وأعلنت حركة طالبان مسؤوليتها عن الهجوم.", "حركة طالبان"),
        ("تبنى القراصنة الهجوم على المرفأ بعد سلسلة هجمات أوقعت ستة قتلى.", None),
        ("أعلن الجيش أنه أحبط عملية تهريب وقتل ستة جنود.", None),
        ("فجر انتحاري نفسه بعد أن قتل شقيقه.", "انتحاري"),
        ("قتل ستة بحارة في غارة شنتها طائرات هليكوبتر على المرفأ.", "طائرات هليكوبتر"),
        ("أوقع التفجير ستة قتلى. ونددت النقابة بالتفجير الذي نسبته الحكومة إلى تنظيم القاعدة.", "تنظيم القاعدة"),
        ("أعلنت الشرطة أنه تم إخلاء المرفأ وقتل ستة بحارة.", None),
        ("حمل المتحدث حركة طالبان مسؤولية مقتل ستة بحارة على يد مسلحين.", "مسلحين"),
        ("قصف الجيش المرفأ. إلى ذلك، قتل ستة بحارة في قصف على الميناء.", None),
    ],
)
def test_who_did_it_is_told_before_behind_or_in_the_next_sentence(
    extractor: Extractor, text: str, perpetrator: str | None
) -> None:
    assert_doer(extractor, text, perpetrator)


def test_whoever_was_arrested_did_what_the_clause_about_him_tells(extractor: Extractor) -> None:
    for text in (
        "أوقفت الشرطة رجلا قتل ستة بحارة وأصاب سبعة.",
        "أوقفت الشرطة القبطان سالم العبدي، الذي قام بقتل ستة بحارة.",
    ):
        doers = [(c["perpetrator"] or {}).get("text") for c in _claims(extractor, text)]
        assert doers[0] == "الشرطة"
        assert {d.split(" ")[0] for d in doers[1:]} <= {"رجلا", "القبطان"}
