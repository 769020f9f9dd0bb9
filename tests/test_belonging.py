"""Whose the victims are, and of what type, from the words beside them."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _claims(extractor: Extractor, text: str) -> list[dict[str, Any]]:
    return [e for e in extractor.extract(text)["events"] if e["kind"] == "casualty"]


def test_a_phrase_for_the_members_of_a_body_gives_the_body(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "قتل ثلاثة من رجال الشرطة قرب الجسر.")
    affiliation = claim["victims"]["affiliation"]
    assert (affiliation["text"], claim["victims"]["type"]) == ("الشرطة", "police")
    assert affiliation["start"] == 18


def test_a_nationality_that_names_the_victims_is_their_affiliation(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "قتل خمسة نيجيريين قرب الجسر.")
    assert claim["victims"]["affiliation"]["text"] == "نيجيريين"
    assert claim["victims"]["affiliation"]["id"] == "country:NG"


def test_a_count_without_a_noun_takes_the_type_of_the_set_that_follows(extractor: Extractor) -> None:
    first, second = _claims(extractor, "مقتل 8 وإصابة 11 جنديا قرب الجسر.")
    assert first["victims"]["type"] == second["victims"]["type"] == "military"


def test_a_count_of_people_takes_no_type_from_things_that_follow(extractor: Extractor) -> None:
    for claim in _claims(extractor, "مقتل 8 وتدمير 3 منازل وطائرتين في القصف."):
        assert claim["victims"]["type"] == "unknown"


def test_what_people_are_suspected_of_is_no_type(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "اعتقال 9 أشخاص يشتبه في انتمائهم إلى تنظيم داعش.")
    assert claim["victims"]["type"] == "unknown"
    assert claim["victims"]["affiliation"]["id"] == "islamic-state"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("اغتيل المحامي ماهر صبري، عضو نقابة المحامين، أمام بيته.", "نقابة المحامين"),
        ("خطف حسن العلي، المدير الإقليمي لشركة الكهرباء، من سيارته.", "شركة الكهرباء"),
        ("مقتل أبو حمزة الليبي «المسؤول الأول في تنظيم القاعدة».", "تنظيم القاعدة"),
        ("مقتل ستة من عناصر الجيش الوطني السوري في كمين.", "الجيش الوطني السوري"),
        ("خلف الهجوم 13 قتيلا سودانيا في الميناء.", "سودانيا"),
        ("نقلت السفينة 80 جريحا من حركة طالبان.", "حركة طالبان"),
        ("قتل القيادي بحركة طالبان أمس.", "حركة طالبان"),
    ],
)
def test_the_body_that_somebody_works_or_fights_for(extractor: Extractor, text: str, body: str) -> None:
    (claim,) = _claims(extractor, text)
    assert claim["victims"]["affiliation"]["text"] == body


def test_an_office_in_the_next_statement_is_not_the_dead_mans(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "قتل ماهر صبري، وقالت الشرطة إنه موظف في وزارة الصحة.")
    assert claim["victims"]["affiliation"] is None


def test_the_number_of_a_unit_counts_nobody(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "قتل العقيد سالم الخالدي، قائد اللواء 35، في كمين.")
    assert claim["count"]["low"] == 1


def test_somebody_called_by_the_last_name_is_what_the_full_name_was_told_with(extractor: Extractor) -> None:
    first, second = _claims(extractor, "اغتيل العقيد سالم الخالدي أمس. وجاء اغتيال الخالدي بعد أيام من تهديده.")
    assert first["victims"]["type"] == second["victims"]["type"] == "military"


def test_hostages_of_another_nation_are_civilians(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "أفرج المسلحون عن ثلاثة رهائن إيطاليين.")
    assert claim["victims"]["type"] == "civilian"


@pytest.mark.parametrize(
    ("text", "kind", "body"),
    [
        ("ارتفع عدد قتلى الجيش الفرنسي منذ مطلع العام إلى 30 قتيلا.", "military", "الجيش الفرنسي"),
        ("بلغ عدد قتلى المدنيين منذ مطلع العام 30 قتيلا.", "civilian", None),
        ("انفجرت قنبلة لدى مرور شاحنة تقل عناصر من الحرس الثوري موقعة 30 قتيلا.", "military", "الحرس الثوري"),
        ("بلغ عدد القتلى في هجوم الجيش الفرنسي 30 قتيلا.", "unknown", None),
        ("أعلنت الوزارة ضبط خلية إرهابية تابعة لتنظيم داعش تضم ستة مواطنين.", "militant", "تنظيم داعش"),
        ("مقتل 30 جنديا ومدنيا في انفجار.", "unknown", None),
        ("اغتيل النائب ماهر صبري، عضو كتلة «الفجر» النيابية، أمس.", "civilian", "كتلة «الفجر»"),
    ],
)
def test_people_told_before_a_set_say_whose_it_is(extractor: Extractor, text: str, kind: str, body: str | None) -> None:
    (claim,) = _claims(extractor, text)
    victims = claim["victims"]
    assert (victims["type"], (victims["affiliation"] or {}).get("text")) == (kind, body)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("قتل ستة من رجال الشرطة بينهم ضابط.", "police"),
        ("قتل ستة جنود بينهم ضابط.", "military"),
        ("قتل ستة مسلحين بينهم سعوديان.", "militant"),
        ("قتل ستة مسلحين بينهم امرأة.", "civilian"),
    ],
)
def test_a_part_whose_noun_leaves_it_open_is_of_the_type_of_its_whole(
    extractor: Extractor, text: str, kind: str
) -> None:
    assert _claims(extractor, text)[-1]["victims"]["type"] == kind


def test_activists_of_an_armed_group_are_its_members(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "اعتقال ثلاثة ناشطين من حركة طالبان في الوادي.")
    assert claim["victims"]["type"] == "militant"
    (claim,) = _claims(extractor, "اعتقال ثلاثة ناشطين من منظمة حقوقية في الوادي.")
    assert claim["victims"]["type"] == "civilian"


@pytest.mark.parametrize(
    ("text", "kind", "body"),
    [
        ("قتل 31 عنصرا من عناصر تنظيم داعش في الوادي.", "militant", "تنظيم داعش"),
        ("سقوط قتلى وجرحى في صفوف المتمردين الحوثيين.", "militant", "الحوثيين"),
        ("سقط تسعة قتلى من الجنود الفرنسيين.", "military", "الفرنسيين"),
        ("إصابة 17 آخرين من رجال الأمن.", "police", "الأمن"),
        ("قتل شيخان من قبيلة الجبور قرب البئر.", "civilian", "قبيلة الجبور"),
        ("خطف موظفان في مفوضية اللاجئين.", "civilian", "مفوضية اللاجئين"),
        ("اغتيل ماهر صبري، رئيس جامعة البصرة، أمس.", "civilian", "جامعة البصرة"),
        ("مقتل قائد كتيبة المدرعات 12 في الوادي.", "military", "كتيبة المدرعات 12"),
        ("أوقفت الشرطة الهولندي يان فان ديك.", "unknown", "الهولندي"),
        ("قتل ستة أشخاص في شبكة مواصلات العاصمة.", "unknown", None),
        ("إصابة تسعة أشخاص بين رجال الشرطة والمتظاهرين.", "unknown", None),
    ],
)
def test_the_body_told_behind_a_set_or_by_an_office(
    extractor: Extractor, text: str, kind: str, body: str | None
) -> None:
    victims = _claims(extractor, text)[0]["victims"]
    assert (victims["type"], (victims["affiliation"] or {}).get("text")) == (kind, body)


def test_those_who_go_along_with_somebody_are_of_his_kind(extractor: Extractor) -> None:
    for who, kind in (("قيادي في حركة الشباب", "militant"), ("عقيد في الجيش", "military"), ("نائب", "police")):
        assert _claims(extractor, f"قتل {who} وأصيب مرافقه.")[-1]["victims"]["type"] == kind


def test_some_of_those_told_of_before_are_of_their_kind(extractor: Extractor) -> None:
    claim = _claims(extractor, "اشتبك الحراس مع عشرات من مقاتلي حركة الشباب وقتلوا عددا منهم.")[-1]
    assert (claim["victims"]["type"], claim["victims"]["affiliation"]["text"]) == ("militant", "حركة الشباب")


def test_seamen_are_civilians_unless_a_navy_is_told_of(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "غرق ستة بحارة قرب الميناء.")
    assert claim["victims"]["type"] == "civilian"
    (claim,) = _claims(extractor, "أعلنت البحرية الأميركية غرق ستة بحارة قرب الميناء.")
    assert claim["victims"]["type"] == "military"


@pytest.mark.parametrize(
    ("text", "kind", "body"),
    [
        ("قتل سبعة من «داعش» في الوادي.", "militant", "داعش"),
        ("قتل سبعة من جماعة «أنصار الشريعة».", "militant", "أنصار الشريعة"),
        ("مقتل ماهر صبري، أحد قادة «داعش» العسكريين.", "militant", "داعش"),
        ("خطف العقيد ماهر صبري قائد الفرقة 44.", "military", "الفرقة 44"),
        ("قتل مساعد الوزير اللواء ماهر صبري.", "military", None),
        ("أصيب أربعة من منتسبي وزارة الداخلية.", "police", "وزارة الداخلية"),
        ("اعتقل مسؤول في شركته.", "civilian", None),
        ("وجرح 50 شخصا في هجوم نفذه مسلحون ينتمون إلى تنظيم القاعدة.", "unknown", None),
        ("مقتل ماهر صبري أحد أقرباء القائد في الجيش المصري.", "unknown", None),
        ("قتل ماهر صبري «رحمه الله» قرب بيته.", "unknown", None),
    ],
)
def test_whose_people_are_is_told_by_names_of_bodies_and_by_nothing_else(
    extractor: Extractor, text: str, kind: str, body: str | None
) -> None:
    victims = _claims(extractor, text)[0]["victims"]
    assert (victims["type"], (victims["affiliation"] or {}).get("text")) == (kind, body)


@pytest.mark.parametrize(
    ("text", "kind", "body"),
    [
        ("سقوط عشرات القتلى والجرحى في صفوف الميليشيات.", "militant", "الميليشيات"),
        ("سقوط جرحى في صفوف المتظاهرين والشرطة.", "unknown", None),
        ("سقط ستة قتلى من الجانب التركي.", "unknown", "الجانب التركي"),
        ("جرح ستة آخرين من النساء والأطفال.", "civilian", None),
        ("اعتقال 25 طالبا بجامعة حلوان.", "civilian", "جامعة حلوان"),
        ("قتل 11 حوثيا في جبهة الجبل.", "militant", "حوثيا"),
        ("استشهد جندي من مرتب اللواء الثالث.", "military", "اللواء الثالث"),
        ("مقتل المتحدث باسم حركة الشباب ماهر صبري.", "militant", "حركة الشباب"),
        ("نعى حزب الله خمسة من مقاتليه.", "militant", "حزب الله"),
    ],
)
def test_whose_people_are_is_told_by_ranks_sides_and_rolls(
    extractor: Extractor, text: str, kind: str, body: str | None
) -> None:
    victims = _claims(extractor, text)[0]["victims"]
    assert (victims["type"], (victims["affiliation"] or {}).get("text")) == (kind, body)


def test_an_officer_who_left_his_army_is_a_militant_of_the_body_that_he_leads(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "خطف مجهولون قائد الفرقة 44 العقيد المنشق ماهر صبري.")
    assert (claim["victims"]["type"], claim["victims"]["affiliation"]["text"]) == ("militant", "الفرقة 44")


def test_a_body_without_a_name_is_no_affiliation(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "قتل خمسة موظفين في شركات متعاقدة.")
    assert claim["victims"]["affiliation"] is None


def test_the_head_of_the_government_is_no_member_of_it(extractor: Extractor) -> None:
    (claim,) = _claims(extractor, "اغتيال رئيس الحكومة الأسبق ماهر صبري.")
    assert claim["victims"]["affiliation"] is None


@pytest.mark.parametrize(
    ("text", "kind", "body"),
    [
        ("أصيب تسعة من ضباط ومنتسبي الفرقة الخامسة.", "military", "الفرقة الخامسة"),
        ("إصابة 30 من أنصار المعارضة.", "civilian", "المعارضة"),
        ("توقيف أمير ما يسمى «دولة العراق الإسلامية».", "militant", "دولة العراق الإسلامية"),
        ("مقتل 7 عناصر من تنظيم / داعش / في الوادي.", "militant", "تنظيم / داعش /"),
        ("مقتل أربعة أشخاص وعناصر الدفاع المدني ينقذون طفلا.", "unknown", None),
    ],
)
def test_further_ways_to_tell_whose_people_are(extractor: Extractor, text: str, kind: str, body: str | None) -> None:
    victims = _claims(extractor, text)[0]["victims"]
    assert (victims["type"], (victims["affiliation"] or {}).get("text")) == (kind, body)


def _things(extractor: Extractor, text: str) -> list[tuple[str | None, str | None]]:
    """Head and owner of each set of things."""
    found = [e["items"] for e in extractor.extract(text)["events"] if e["kind"] == "materiel"]
    return [((i["head"] or {}).get("text"), (i["affiliation"] or {}).get("text")) for i in found]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("أسقطت الدفاعات الجوية طائرة استطلاع أمريكية فوق الوادي.", "أمريكية"),
        ("دمرت الطائرات مخزن أسلحة تابعا لحزب الله.", "حزب الله"),
        ("تدمير منزلين للمقاتلين الأجانب غرب المدينة.", "مقاتلين الأجانب"),
        ("تدمير شحنة أسلحة أميركية وأوروبية في الميناء.", "أميركية وأوروبية"),
        ("تدمير دبابة قرب الجسر على يد قوات أمريكية.", None),
    ],
)
def test_things_have_the_owner_told_right_behind_them(extractor: Extractor, text: str, owner: str | None) -> None:
    assert [found for _, found in _things(extractor, text)] == [owner]


def test_some_of_the_things_have_type_and_owner_of_all_and_no_head(extractor: Extractor) -> None:
    found = _things(extractor, "أسقطت الدفاعات 54 طائرة مسيرة أوكرانية، منها 19 فوق المقاطعة.")
    assert found == [("طائرة", "أوكرانية"), (None, "أوكرانية")]


def test_his_brother_is_of_his_nation_and_his_guards_of_his_group(extractor: Extractor) -> None:
    _, brother = _claims(extractor, "مقتل طفل فلسطيني وإصابة شقيقه في القصف.")
    assert brother["victims"]["affiliation"]["text"] == "فلسطيني"
    _, guards = _claims(extractor, "مقتل القيادي في حماس محمد العبدي وثلاثة من مرافقيه.")
    assert (guards["victims"]["affiliation"]["text"], guards["victims"]["type"]) == ("حماس", "militant")


def test_who_shares_a_surname_with_a_known_person_is_not_he(extractor: Extractor) -> None:
    (known,) = _claims(extractor, "اغتيال سليماني في غارة.")
    (other,) = _claims(extractor, "مقتل كريم سليماني في حريق.")
    assert (known["victims"]["type"], other["victims"]["type"]) == ("military", "unknown")


def test_who_was_told_of_with_his_nation_keeps_it(extractor: Extractor) -> None:
    _, told_again = _claims(extractor, "مقتل شاب فلسطيني، وقالت الشرطة إن الشاب قتل بالرصاص.")
    assert told_again["victims"]["affiliation"]["text"] == "فلسطيني"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("مقتل نقيب وثلاثة أفراد من الشرطة.", [("police", "الشرطة"), ("police", "الشرطة")]),
        ("اعتقال وزيرين و20 نائبا من حركة حماس.", [("civilian", "حركة حماس"), ("civilian", "حركة حماس")]),
        ("مقتل 17 متمردا و11 عنصرا من مقاتلي الفصائل.", [("militant", None), ("militant", "الفصائل")]),
    ],
)
def test_a_body_behind_sets_joined_by_and_is_that_of_all_of_one_kind(
    extractor: Extractor, text: str, told: list[tuple[str, str | None]]
) -> None:
    found = [c["victims"] for c in _claims(extractor, text)]
    assert [(v["type"], (v["affiliation"] or {}).get("text")) for v in found] == told


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("مقتل تسعة من طلاب كلية الشرطة في انفجار.", "police"),
        ("العثور على ست جثث لمهاجرين قرب الشاطئ.", "civilian"),
        ("قتل خمسة أشخاص مدنيين في القصف.", "civilian"),
        ("دمرنا دبابة وأوقعنا طاقمها بين قتيل وجريح.", "military"),
        ("ضبط خلية تجسسية مكونة من سبعة موظفين.", "civilian"),
        ("الإفراج عن عشرين من المعتقلين السياسيين.", "civilian"),
    ],
)
def test_the_words_beside_a_set_tell_what_its_people_are(extractor: Extractor, text: str, kind: str) -> None:
    assert _claims(extractor, text)[-1]["victims"]["type"] == kind


def test_words_of_a_dual_behind_a_noun_that_can_be_a_plural_make_it_two(extractor: Extractor) -> None:
    two = _claims(extractor, "مقتل مدنيين أحدهما طفل في القصف.")[0]
    (open_,) = _claims(extractor, "مقتل مدنيين في القصف.")
    assert (two["count"]["low"], two["count"]["high"]) == (2, 2)
    assert open_["count"] is None


def test_what_is_said_of_several_is_said_of_all_told_together(extractor: Extractor) -> None:
    both = _claims(extractor, "اعتقال مدرس وممرض للاشتباه في انتمائهما لتنظيم القاعدة.")
    assert [c["victims"]["affiliation"]["text"] for c in both] == ["تنظيم القاعدة", "تنظيم القاعدة"]


def test_and_one_of_is_no_number_though_it_is_written_like_one(extractor: Extractor) -> None:
    found = _claims(extractor, "مقتل القيادي محمد العبدي وأحد مرافقيه في غارة.")
    assert [c["victims"]["head"]["text"] for c in found] == ["محمد", "مرافقيه"]
    (one,) = _claims(extractor, "مقتل جندي واحد في الاشتباك.")
    assert one["count"]["low"] == 1


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("القبض على مسؤول المفارز العسكرية في تنظيم داعش بالقضاء.", "تنظيم داعش"),
        ("الجيش يغتال مسؤول وحدة الطائرات المسيرة في حزب الله محمد سرور.", "حزب الله"),
        ("مقتل 36 من الحوثين في الجبهة.", "الحوثين"),
        ("استهداف عجلة لعصائب أهل الحق يسفر عن مقتل عنصر.", "عصائب أهل الحق"),
    ],
)
def test_an_office_and_what_was_struck_tell_the_body(extractor: Extractor, text: str, body: str) -> None:
    (victims,) = [c["victims"] for c in _claims(extractor, text)]
    assert (victims["type"], victims["affiliation"]["text"]) == ("militant", body)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("نعت حركة أمل الشهيد المسعف كريم عباس.", "civilian"),
        ("إصابة 18 مجندا بالشرطة في انفجار.", "police"),
        ("مقتل خمسة إرهابيين بينهم مسؤول.", "militant"),
        ("مقتل 20 من مقاتلي داعش بينهم ثلاثة أطفال.", "civilian"),
        ("الإفراج عن 54 أسيرا محررا.", "unknown"),
    ],
)
def test_titles_recruits_and_officials_of_cells(extractor: Extractor, text: str, kind: str) -> None:
    assert _claims(extractor, text)[-1]["victims"]["type"] == kind


def test_a_bare_count_of_dead_is_of_the_body_whose_wounded_follow_at_once(extractor: Extractor) -> None:
    found = [c["victims"] for c in _claims(extractor, "مقتل 36 من الحوثيين ومقتل 3 وإصابة 5 من القوات الشرعية.")]
    assert [v["type"] for v in found] == ["militant", "military", "military"]
    _, wounded, _ = _claims(extractor, "مقتل جنديين وجرح 3 ومقتل خمسة من مسلحي داعش.")
    assert wounded["victims"]["type"] == "military"


@pytest.mark.parametrize(
    ("text", "affiliations"),
    [
        ("سقوط ستة قتلى وتسعة جرحى من القوات الخاصة قرب الجسر.", ["القوات الخاصة", "القوات الخاصة"]),
        ("مقتل ستة رجال مسلمين تنزانيين قرب الجسر.", ["تنزانيين"]),
        ("مقتل ستة أطفال في غارة نفذها الطيران التابع للجيش قرب الجسر.", [None]),
    ],
)
def test_both_the_dead_and_the_wounded_the_nation_before_the_creed_and_whose_the_aircraft_are(
    extractor: Extractor, text: str, affiliations: list[str | None]
) -> None:
    found = [c["victims"]["affiliation"] for c in _claims(extractor, text)]
    assert [a and a["text"] for a in found] == affiliations


def test_fighters_are_not_those_of_the_outlet_that_tells_of_them(extractor: Extractor) -> None:
    text = "وأفادت قناة الجزيرة بأن مقاتلين هاجموا حاجز الجيش السوري ما أدى إلى مقتل عدد من عناصره."
    (claim,) = _claims(extractor, text)
    assert (claim["victims"]["type"], claim["victims"]["affiliation"]["text"]) == ("military", "الجيش السوري")


def test_others_go_on_from_the_set_of_the_sentence_before(extractor: Extractor) -> None:
    before, others = _claims(extractor, "قتل ثلاثة جنود عند البوابة. وأصيب خمسة آخرون في العراك.")
    assert [c["victims"]["type"] for c in (before, others)] == ["military", "military"]


def test_others_who_are_told_to_be_something_else_do_not_go_on(extractor: Extractor) -> None:
    _, others, women = _claims(extractor, "قتل ثلاثة جنود عند البوابة. وأصيب خمسة آخرون بينهم امرأتان.")
    assert (others["victims"]["type"], women["victims"]["type"]) == ("unknown", "civilian")


def test_others_go_on_over_things_told_between(extractor: Extractor) -> None:
    claims = _claims(extractor, "مقتل سبعة مسلحين وتدمير مخزنين ومقتل خمسة آخرين.")
    assert [c["victims"]["type"] for c in claims] == ["militant", "militant"]
