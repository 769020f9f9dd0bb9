"""Where it happened: which place a claim takes, and what is known of it."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def place(extractor: Extractor, text: str, claim: int = 0) -> dict[str, Any]:
    claims = [e for e in extractor.extract(text)["events"] if e["kind"] in ("casualty", "materiel")]
    found = claims[claim]["place"]
    return found or {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("مقتل ثلاثة جنود في سوريا", "سوريا"),
        ("مقتل ستة بحارة قرب ميناء طرطوس", "قرب ميناء طرطوس"),
        ("مقتل خمسة عمال على بعد 40 كلم شمال كركوك", "40 كلم شمال كركوك"),
        ("مقتل أربعة رعاة في ريف إدلب الجنوبي أمس", "ريف إدلب الجنوبي"),
        ("مقتل أربعة رعاة في قرية كفر زبدين غرب حماة", "قرية كفر زبدين"),
        ("إصابة تسعة طلاب في انفجار قرب مدرسة في حي الأندلس بمدينة الموصل", "حي الأندلس"),
        ("قتل شرطيان في الفلوجة (60 كلم غرب بغداد) مساء السبت", "الفلوجة"),
        ("وفي تكريت، قتل سبعة عمال بانفجار في وسط المدينة", "تكريت"),
        ("مالي: مقتل خمسة جنود من تشاد بكمين", "مالي"),
        ("قصف على حي #باب_النيرب يودي بحياة ستة أشخاص", "حي #باب_النيرب"),
        ("مقتل ستة صيادين على الحدود مع باكستان", "الحدود مع باكستان"),
        ("أصيب خمسة سياح في العاصمة صنعاء", "العاصمة صنعاء"),
        ("مجزرة داريا راح ضحيتها مئات المدنيين", "داريا"),
        # Names that no list knows, whatever their first letter, behind a word of type
        ("مقتل ستة مزارعين في قرية تشاراكا بشمال غرب نيجيريا", "قرية تشاراكا"),
        ("إصابة أربعة تلاميذ في بلدة سيرافينا", "بلدة سيرافينا"),
        ("مقتل تسعة عمال في ولاية نيساراوا", "ولاية نيساراوا"),
        # … or before the larger place around them
        ("مقتل سبعة مصلين في بريندال بولاية فلوريدا", "بريندال"),
        ("مقتل سبعة عمال في تورفيلو الإيطالية", "تورفيلو"),
        ("أصيب ستة عمال في حريق في أحد مستشفيات البصرة", "مستشفيات البصرة"),
        ("مقتل خمسة عناصر في مناطق متفرقة من الأنبار", "الأنبار"),
        ("استشهاد ثلاثة فتية في قصف طائرات الاحتلال لمخيم المغازي", "مخيم المغازي"),
        ("مقتل أربعة مسلحين على الطريق الدولي الرابط بين الحديدة ومدينة حرض", "الرابط بين الحديدة ومدينة حرض"),
        ("ثلاثة قتلى في اشتباكات حدودية بين أرمينيا وأذربيجان", "بين أرمينيا وأذربيجان"),
        ("قصف الريف الشمالي الشرقي لمحافظة درعا يقتل ستة مدنيين", "الريف الشمالي الشرقي لمحافظة درعا"),
        ("وفاة أربعة سائقين في تصادم على طريق «الخرج – حرض»", "طريق «الخرج – حرض»"),
        ("وفاة تسعة أسرى في السجون السورية", "السجون السورية"),
        ("مقتل ستة سائقين في العاصمة الأفغانية كابل", "العاصمة الأفغانية كابل"),
        ("الأردن يبدأ حملة جديدة ويسجل 30 وفاة بكورونا", "الأردن"),
        ("مقتل سبعة جنود في الشطر الذي يسيطر عليه المتمردون من مدينة تعز", "مدينة تعز"),
        ("مقتل سبعة رعاة في منطقة وادي زبيلان", "منطقة وادي زبيلان"),
        ("اعتدى على شرطة مدينة كركلاند التي شهدت أعمال شغب بعد مقتل شاب", "مدينة كركلاند"),
        ("أصيب اثنان من الحراس في منطقة (النخيل الشرقي)", "منطقة (النخيل الشرقي)"),
        ("توجه الوزير إلى مدينة حمص، حيث قتل تسعة جنود", "مدينة حمص"),
        ("خطفوا ستة صيادين في عرض بحر غزة", "عرض بحر غزة"),
        ("قتل ستة حراس في ما يسمى «مثلث الجوع»", "مثلث الجوع"),
        ("مقتل أربعة ركاب في حادث على طريق الرياض - الدمام في مركز الجويفة", "مركز الجويفة"),
        ("وفي بلدة الشحيل هاجم مسلحون الدورية، وقال شهود إن الهجوم أدى إلى مقتل ستة جنود", "بلدة الشحيل"),
        ("استعاد الجيش قاعدة العند بعد معارك قتل فيها عشرون مقاتلا", "قاعدة العند"),
        ("إصابة ستة حراس بانفجار سيارة مفخخة أمام مديرية شرطة بعقوبة", "أمام مديرية شرطة بعقوبة"),
        ("حلب: قصف على جامع النور يودي بحياة ستة مصلين", "جامع النور"),
        ("مقتل ستة في هجوم استهدف محكمة الرصافة", "الرصافة"),
        ("مقتل ستة رعاة على الحدود السورية", "الحدود السورية"),
        ("عاجل | إدلب: قتيلان وأربعة جرحى بقصف مدفعي على بلدة سرمين", "بلدة سرمين"),
        ("مقتل ستة مسلحين ضمن قاطع عمليات ديالى", "قاطع عمليات ديالى"),
        ("قتل ستة حراس في قرية البو حشمة شمال ديالى", "قرية البو حشمة"),
        ("مقتل ستة في قصف على معسكر زمزم للنازحين قرب الفاشر", "معسكر زمزم"),
        ("مقتل أربعة سائقين على طريق المطار", "طريق المطار"),
        ("إصابة أربعة حراس بانفجار قرب سفارة فنلندا في صنعاء", "قرب سفارة فنلندا"),
        ("سقوط أربعة قتلى في حي المستشفى", "حي المستشفى"),
        ("وفاة ستة ركاب بالقرب من أم الشنافر أمس", "بالقرب من أم الشنافر"),
        ("داهموا معسكر «الأمل» وقتلوا ستة", "معسكر «الأمل»"),
        ("مصرع ستة بدوار أيت زيدون بإقليم زاكورة", "دوار أيت زيدون"),
        ("علنات الوزارة فالمغرب على تسجيل 33 وفاة", "المغرب"),
        ("إصابة ستة جنود بلغم في المنطقة الحدودية المنزوعة السلاح", "المنطقة الحدودية المنزوعة السلاح"),
        ("قتل 11 حارسا، قالت مصادر إنهم من القبائل، في مدينة الكوت", "مدينة الكوت"),
        ("قتل خمسة حراس، وأضاف البيان أن الهجوم وقع في سامراء", "سامراء"),
        ("وصل المحققون إلى مأرب لتصوير موقع الحادث الذي أودى بحياة سبعة سياح", "مأرب"),
        ("تسببت غارات في الصومال في مقتل مئات المدنيين", "الصومال"),
        ("استهدف الأول حيا في مدينة حماة وأسفر عن مقتل ستة، فيما قتل عنصران داخل كوباني", "مدينة حماة"),
        ("قالت مصادر في تعز إن ستة حراس قتلوا في مواجهات بالمدينة", "تعز"),
        ("إصابة تسعة في قصف على مناطق متفرقة من ديالى من بينها المقدادية وبهرز", "المقدادية وبهرز"),
        ("استهدف القصف بلدات في الغوطة الشرقية، منها دوما وحرستا، ما أدى إلى مقتل تسعة", "دوما وحرستا"),
        # What an adjective names: the old town, the institute of …; a town or village that has no name
        ("مقتل ستة في تفجير في الحي الدبلوماسي بالعاصمة كابل", "الحي الدبلوماسي"),
        ("سقوط أربعة جرحى في انفجار أمام المعهد الوطني للبحوث في القاهرة", "أمام المعهد الوطني للبحوث"),
        ("إصابة سبعة في مواجهات بالبلدة القديمة في الخليل", "البلدة القديمة"),
        ("مقتل ستة رعاة في قرية جبلية", "قرية جبلية"),
        ("مقتل ستة رعاة في قرية جبلية شمال دهوك", "شمال دهوك"),
        ("إصابة خمسة قرب مقبرة الشهداء بمدينة غزة", "قرب مقبرة الشهداء"),
        # Names that no list knows behind "villages of", "the republic of", "east of", "off the shores of"
        ("مقتل ستة رعاة في قصف على قرى البريطخ", "قرى البريطخ"),
        ("مقتل ستة حراس في جمهورية كوربلان بجنوب روسيا", "جمهورية كوربلان"),
        ("قتل سبعة عمال في حي بريفان أمس", "حي بريفان"),
        ("غرق ستة صيادين قبالة سواحل الخرفوشة", "قبالة سواحل الخرفوشة"),
        ("مقتل ستة سائقين في كمين شمال نغورزا", "شمال نغورزا"),
        ("مقتل ستة سائقين في كمين قرب تورنبيلا", "قرب تورنبيلا"),
        ("مقتل تسعة سائقين في وادي سر بوادي حضرموت", "وادي سر"),
        ("الفردوس: برميل متفجر يوقع ستة شهداء", "الفردوس"),
        ("إيران تعلن الحداد بعد مقتل ستين عاملا في انفجار", "إيران"),
        ("الاشتباكات التي شهدتها مديرية خدير أوقعت ستة قتلى", "مديرية خدير"),
        ("قتل ستة لصوص في مصنع كان يعمل ورشة في حلب", "حلب"),
        ("إصابة ستة طلاب في تصادم أمام ثانوية الملك عمر", "أمام ثانوية الملك عمر"),
        ("مقتل ستة رعاة في قرية تدعى زلفانا", "قرية تدعى زلفانا"),
        ("وفاة ستة فلسطينيين تحت التعذيب في سجون الاحتلال", "سجون الاحتلال"),
        ("انفجار قرب مدخل مطار العاصمة كابل يقتل تسعة", "مدخل مطار العاصمة كابل"),
        ("مقتل تسعة مصلين في مسجد قوات الأمن", "مسجد قوات الأمن"),
        ("مقتل ستة سائقين في فيضانات وسط البلاد", "وسط البلاد"),
        ("خطف ستة جنود في المنطقة القبلية المتاخمة للحدود مع أفغانستان", "المنطقة القبلية"),
        ("مقتل أربعة رعاة في تورنبيكو، وإصابة ستة", "تورنبيكو"),
        ("اختناق أربعة عمال في بئر ارتوازي بمركز السلام", "مركز السلام"),
        ("مصرع ثلاثة في انقلاب حافلة بالطريق الصحراوي الغربي بالمنيا", "الطريق الصحراوي الغربي"),
        ("مقتل سبعة جنود بكمين على الطريق بين سيغو وتورنبيلا", "على الطريق بين سيغو وتورنبيلا"),
        ("قتل تسعة في انفجار، بينما كانت قافلة تمر في مدينة مديات", "مدينة مديات"),
        ("قتل تسعة في انفجار سيارة على الطريق إلى مطار كابل", "على الطريق إلى مطار كابل"),
        ("بسكرة: لقي ستة ركاب حتفهم، مساء أمس، في اصطدام بين سيارة وشاحنة في قرية الحاجب", "قرية الحاجب"),
        ("إصابة ثلاثة برصاص قوة تسللت إلى مخيم الفارعة", "مخيم الفارعة"),
        ("مقتل ستة في حي الجمهورية وسط البصرة", "حي الجمهورية"),
        ("سقوط ستة قتلى قرب محور موراتيل", "قرب محور موراتيل"),
        ("مقتل أربعة رعاة في القرموطة بشمال دارفور", "القرموطة"),
        ("الفيضانات تغرق بنغلاديش.. تسعون قتيلا", "بنغلاديش"),
        ("مقتل تسعة في منطقة عسير أثناء الصلاة في مسجد الطوارئ", "مسجد الطوارئ"),
    ],
)
def test_place_is_kept_as_it_is_written(extractor: Extractor, text: str, expected: str) -> None:
    found = place(extractor, text)
    assert found.get("text") == expected
    assert text[found["start"] : found["end"]] == found["text"]


@pytest.mark.parametrize(
    "text",
    [
        "رئيس بلدية نابلس يعلن مقتل ثلاثة عمال",
        "مقتل ثلاثة جنود قادمين من تشاد",
        "مقتل ثلاثة جنود سوريين",
        "نقل ستة جرحى إلى بيروت بعد إصابة ثلاثة عمال",
        "اتهمت إيران خصومها بقتل ثلاثة علماء",
        "اعتقال أربعة متهمين بالهجوم الذي استهدف سوقا في دهوك",
        "أعدم سبعة رجال منذ تفجير المسجد في دهوك",
        "الرئيس يعلن في مؤتمر صحفي في باريس مقتل ثلاثة جنود",
        "اغتيال عميد كلية الطب بجامعة حلب وزوجته",
        "مقتل ثلاثة جنود في هجوم على مركز لتدريب المتطوعين",
        "اغتيال أربعة قادة زاد التوتر في العلاقات بين تركيا وروسيا",
        "خطف أربعة مهندسين أثناء عودتهم من اجتماع في الرمادي إلى بيوتهم في الفلوجة",
        "غادرت مطار عدن طائرة تقل ستة جرحى",
        "مئات الآلاف من المدنيين شردوا وهم على طريق العودة",
        "مقتل أربعة رعاة في سوق القرية",
        "قتل ثلاثة حراس باكرا صباح اليوم",
        "قتل خمسة حراس، وأضاف البيان أن المحكمة ستنعقد في بغداد",
        "رحب بيان وزع أمس ببروكسل بالتحقيق في اغتيال خمسة نواب",
        "إصابة أربعة حراس يعالجون في مستشفى النور",
        "قضت المحكمة بإعدام ستة رجال في قضية تفجير المسجد في دهوك",
        "أفرجت الفصائل عن ستة شرطيين ردا على اعتقال طالبة في دمشق",
        "تسع وفيات في حوادث المرور، أثقلها في ولاية المسيلة",
        "إسقاط تسع طائرات، منها ست فوق دهوك",
        "مقتل ستة رعاة في قرية أخرى",
        "مقتل ستة رعاة في مناطق شاسعة",
        "مقتل ستة رعاة قرب بيوتهم",
        "مقتل ستة رعاة في غضون ساعات",
        "إصابة ستة رعاة في مبنى متهالك",
        "إصابة ستة رعاة وصلوا إلى مخيم الفارعة",
        "ردا على مقتل ستة شرطيين، يشن الجيش غارات على مواقع في دهوك",
        "دانوا اغتيال ستة نواب وكل أعمال العنف بدءا من مجزرة دهوك",
    ],
)
def test_office_origin_goal_and_actor_are_no_places(extractor: Extractor, text: str) -> None:
    assert place(extractor, text) == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("نامبالا", "ML"), ("باغا سولا", "TD"), ("أربيندا", "BF"), ("إيناتس", "NE"), ("كوندوغا", "NG"),
        ("بونيا", "CD"), ("تندلتي", "SD"), ("عين زارة", "LY"), ("المخواة", "SA"), ("مارون الراس", "LB"),
        ("اللوزة", "TN"), ("قوريولي", "SO"),
        ("شيبيكينو", "RU"), ("كوستيانتينيفكا", "UA"), ("لكي مروت", "PK"), ("غارديز", "AF"), ("إيتوري", "CD"),
    ],
)  # fmt: skip
def test_towns_of_every_theatre_are_known(extractor: Extractor, name: str, code: str) -> None:
    found = place(extractor, f"مقتل ستة مزارعين في {name} أمس")
    assert (found["text"], found["country"]) == (name, code)


def test_what_stands_behind_but_meanwhile_belongs_to_another_event(extractor: Extractor) -> None:
    assert place(extractor, "أدى الهجوم إلى مقتل ثلاثة حراس، فيما أضرم مسلحون النار في سوق غرب الموصل") == {}


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [
        ("فيما قتل ستة عمال في انفجار في كركوك، اعتقلت الشرطة ثلاثة لصوص", 1, None),
        ("قتل سبعة فلاحين بينهم ثلاثة في قرية الزهور", 0, None),
        ("قتل سبعة فلاحين بينهم ثلاثة في قرية الزهور", 1, "قرية الزهور"),
        ("خطف مسلحون ثلاثة عمال، وفي نابلس اعتقلت الشرطة أربعة رجال", 0, None),
        ("خطف مسلحون ثلاثة عمال، وفي نابلس اعتقلت الشرطة أربعة رجال", 1, "نابلس"),
        ("سقط قتيل في دهوك، ليرتفع عدد القتلى منذ بدء الاحتجاجات إلى تسعين", 0, "دهوك"),
        ("سقط قتيل في دهوك، ليرتفع عدد القتلى منذ بدء الاحتجاجات إلى تسعين", 1, None),
        ("أعدم سالم الهادي في دهوك لإقدامه على قتل ستة رجال", 1, None),
        ("إخلاء سبيل راهبة بعدما خطف مسلحون ستة رجال في دهوك", 0, None),
    ],
)
def test_a_part_or_a_clause_of_its_own_keeps_its_place_to_itself(
    extractor: Extractor, text: str, claim: int, expected: str | None
) -> None:
    assert place(extractor, text, claim).get("text") == expected


def test_what_a_text_only_recalls_does_not_take_the_place_of_its_opening(extractor: Extractor) -> None:
    text = "انفجار في مدينة الحسكة\nطالبت النقابة بالتحقيق في اغتيال المحامي سالم الهادي."
    assert place(extractor, text) == {}


@pytest.mark.parametrize("recalled", ["اغتيال المحامي سالم الهادي", "مقتل الصحفي سالم الهادي"])
def test_somebody_named_does_not_take_a_place_told_only_later(extractor: Extractor, recalled: str) -> None:
    assert place(extractor, f"ردود الفعل على {recalled} تتواصل.\nوقع انفجار في مدينة الحسكة صباح اليوم.") == {}


def test_a_dateline_is_no_place_of_what_is_told_far_below(extractor: Extractor) -> None:
    text = "القاهرة - تواصل النقاش حول القانون.\nقال نائب.\nوقال آخر.\nوقال ثالث.\nواعتقل 13 موظفا في عام 2020."
    assert place(extractor, text) == {}


def test_country_stands_alone_where_nothing_finer_does(extractor: Extractor) -> None:
    found = place(extractor, "مقتل ثلاثة جنود في اليمن")
    assert (found["country"], found["precision"]) == ("YE", "country")


def test_unlisted_village_comes_out_with_the_country_that_the_text_gives(extractor: Extractor) -> None:
    found = place(extractor, "مقتل ثلاثة رعاة في قرية زلفانة بمحافظة درعا")
    assert (found["text"], found["country"], found["lat"], found["precision"]) == ("قرية زلفانة", "SY", None, "town")


@pytest.mark.parametrize(("country", "code"), [("لبنان", "LB"), ("ليبيا", "LY")])
def test_name_of_two_places_is_settled_by_what_the_text_speaks_of(
    extractor: Extractor, country: str, code: str
) -> None:
    text = f"توتر في {country}\nأعلن الجيش مقتل ثلاثة جنود في طرابلس."
    assert place(extractor, text)["country"] == code


@pytest.mark.parametrize(
    ("text", "code", "south_of"),
    [
        ("مقتل ثلاثة حراس في رفح", "PS", 31.35),
        ("أعلن الجيش المصري مقتل ثلاثة حراس في رفح", "EG", 31.29),
        ("مقتل ثلاثة حراس في مدينة رفح بشمال سيناء", "EG", 31.29),
        ("قصف على قطاع غزة\nأدى القصف إلى مقتل ثلاثة حراس في رفح", "PS", 31.35),
    ],
)
def test_a_town_on_both_sides_of_a_border_is_that_of_the_country_spoken_of(
    extractor: Extractor, text: str, code: str, south_of: float
) -> None:
    found = place(extractor, text)
    assert found["country"] == code
    assert 31.2 < found["lat"] < south_of


def test_palmyra_is_a_town_and_no_verb(extractor: Extractor) -> None:
    found = place(extractor, "مقتل سبعة عناصر في مدينة تدمر")
    assert (found["name"], found["country"]) == ("Palmyra", "SY")
    assert abs(found["lat"] - 34.56) < 0.1
    assert abs(found["lon"] - 38.27) < 0.1


def test_far_from_a_town_is_not_the_town(extractor: Extractor) -> None:
    found = place(extractor, "مقتل خمسة عمال على بعد 40 كلم شمال كركوك")
    assert (found["lat"], found["country"], found["precision"]) == (None, "IQ", "region")


def test_sentence_without_a_place_takes_that_of_the_lead_and_says_so(extractor: Extractor) -> None:
    text = "انفجار في مدينة الحسكة\nوأضاف المصدر أن ثلاثة عمال قتلوا."
    found = place(extractor, text)
    assert (found["text"], found["scope"]) == ("مدينة الحسكة", "lead")


def test_sentence_without_a_place_takes_that_of_the_attack_told_before_it(extractor: Extractor) -> None:
    opening = "تتواصل المعارك في سوريا منذ أيام. وقال شهود إن الطريق مقطوع. وأضافوا أن السكان يغادرون. "
    attack = "واستهدفت غارة جوية فجر اليوم سوق بلدة معرة مصرين. "
    found = place(extractor, opening + attack + "وقتل تسعة باعة.")
    assert (found["text"], found["scope"]) == ("سوق بلدة معرة مصرين", "earlier")
    assert place(extractor, opening + attack + "وقتل الصحفي سامر الحلبي.").get("scope") != "earlier"


def test_incident_told_as_another_one_does_not_take_the_place_told_before(extractor: Extractor) -> None:
    text = "قتل ستة عمال في انفجار بمدينة كركوك. وفي حادث منفصل قتل ثلاثة شرطيين."
    assert place(extractor, text, 1) == {}


def test_the_city_is_the_city_named_before(extractor: Extractor) -> None:
    text = "هاجم مسلحون مدينة كركوك فقتل ستة عمال. وقتل ثلاثة شرطيين شمال المدينة."
    found = place(extractor, text, 1)
    assert found["text"] == "مدينة كركوك"
    assert found["scope"] == "earlier"


def test_border_with_a_country_does_not_tell_in_which_country_a_village_lies(extractor: Extractor) -> None:
    found = place(extractor, "مقتل خمسة رعاة في قرية شرواندا قرب الحدود مع تركيا")
    assert found["text"] == "قرية شرواندا"
    assert found["country"] is None


def test_between_two_towns_is_neither_of_them(extractor: Extractor) -> None:
    found = place(extractor, "مقتل خمسة سائقين على الطريق بين بعقوبة والخالص")
    assert found["text"] == "على الطريق بين بعقوبة والخالص"
    assert (found["country"], found["lat"]) == ("IQ", None)


def test_dateline_of_an_office_abroad_is_no_place_of_an_event(extractor: Extractor) -> None:
    assert place(extractor, "لندن - رويترز: قال مصدر أمني عراقي إن ثلاثة شرطيين قتلوا أمس.") == {}
    assert place(extractor, "بغداد - رويترز: قال مصدر أمني إن ثلاثة شرطيين قتلوا أمس.")["scope"] == "dateline"


def test_opening_that_tells_of_no_violence_gives_no_place(extractor: Extractor) -> None:
    text = "عاد الوزير من زيارة عمل في لشبونة. وقال إن حوادث الطرق قتلت سبعين شخصا هذا العام."
    assert place(extractor, text) == {}


def test_province_is_known_under_the_words_of_other_countries(extractor: Extractor) -> None:
    one = place(extractor, "مقتل ثلاثة رعاة في ولاية شرناق")
    other = place(extractor, "مقتل ثلاثة رعاة في محافظة شرناق")
    assert one["id"] == other["id"] == "sirnak-province-tr"


def test_quarter_of_a_country_that_the_text_does_not_speak_of_keeps_no_coordinates(extractor: Extractor) -> None:
    assert place(extractor, "سوريا: مقتل ثلاثة أطفال في حي الكلاسة")["lat"] is not None
    assert place(extractor, "ليبيا: مقتل ثلاثة أطفال في حي الكلاسة")["lat"] is None


def test_what_is_only_threatened_takes_no_place_from_elsewhere(extractor: Extractor) -> None:
    text = "أحرق مسلحون قرية سنون في نينوى وقتلوا ستة رجال. وهددوا بقتل الوزير."
    assert place(extractor, text, 1) == {}


def test_namesake_of_a_place_that_the_text_puts_elsewhere_gives_no_coordinates(extractor: Extractor) -> None:
    found = place(extractor, "مقتل ثلاثة جنود في بلدة حصيبة شرقي الرمادي")  # the listed one lies far west of it
    assert (found["country"], found["lat"]) == ("IQ", None)


def test_town_of_a_name_in_two_countries_lies_in_the_one_that_the_text_speaks_of(extractor: Extractor) -> None:
    assert place(extractor, "فيضانات درنة: انتشال خمس جثث في سوسة.")["country"] == "LY"
    assert place(extractor, "مقتل خمسة بحارة تونسيين قرب سوسة.")["country"] == "TN"
    assert place(extractor, "مقتل خمسة بحارة قرب سوسة.")["country"] == "TN"


def test_state_of_two_countries_is_that_of_the_country_named_beside_it(extractor: Extractor) -> None:
    assert place(extractor, "مقتل ثلاثة شرطيين في ولاية «البنجاب» بشمال الهند")["country"] == "IN"
    assert place(extractor, "مقتل ثلاثة شرطيين في إقليم البنجاب شرق باكستان")["country"] == "PK"


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [
        ("مقتل 14 شخصا في شمال أفغانستان\nوقال متحدث إن 14 شخصا قتلوا في منطقة ده سبز.", 0, ("منطقة ده سبز", "retold")),
        # Two places with the same count, a place that is as fine, another country
        ("مقتل 14 شخصا في العراق\nقتل 14 شخصا في الرمادي.\nوقتل 14 شخصا في تكريت.", 0, ("العراق", "sentence")),
        # A small count is that of another event unless a second one agrees
        ("مقتل ستة رعاة في محافظة ديالى\nقتل ستة رعاة في بلدة كنعان.", 0, ("محافظة ديالى", "sentence")),
        (
            "مقتل ستة رعاة وإصابة تسعة في محافظة ديالى\nقتل ستة رعاة وأصيب تسعة في بلدة كنعان.",
            0,
            ("بلدة كنعان", "retold"),
        ),
        ("مقتل 14 شخصا في حمص\nقتل 14 شخصا في الرقة.", 0, ("حمص", "sentence")),
        ("مقتل 14 شخصا في شمال أفغانستان\nقتل 14 شخصا في الرمادي.", 0, ("شمال أفغانستان", "sentence")),
    ],
)
def test_count_told_again_with_a_finer_place_gives_that_to_the_first(
    extractor: Extractor, text: str, claim: int, expected: tuple[str, str]
) -> None:
    found = place(extractor, text, claim)
    assert (found["text"], found["scope"]) == expected


def test_a_quarter_is_no_town_of_its_name_in_a_country_not_spoken_of(extractor: Extractor) -> None:
    found = place(extractor, "الدفاع المدني في تبوك: حريق كبير.\nوقتل ثلاثة في حي الخالدية.")
    assert (found["text"], found["country"], found["lat"]) == ("حي الخالدية", None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Told before what lies around it: the smaller one, be it but near a town
        ("انفجار لغم جنوب مدينة الشيخ زويد بشمال سيناء يقتل ستة جنود.", "جنوب مدينة الشيخ زويد"),
        ("مقتل ستة رعاة في قرية الغدفة بناحية جرجناز.", "قرية الغدفة"),
        ("انفجار عبوة في وادي زبقين بقضاء صور يقتل ستة رعاة.", "وادي زبقين"),
        ("وفي بغداد، قال ضابط إن ستة رعاة قتلوا في انفجار عبوة في منطقة العامرية.", "منطقة العامرية"),
        ("وفي بغداد قتل ستة رعاة، فيما أصيب تسعة في منطقة العامرية.", "بغداد"),
        ("ضرب زلزال بقوة 7 درجات إقليم الحوز فقتل ستة رعاة.", "إقليم الحوز"),
        ("اصطدمت شاحنتان جنوب مدينة العقبة في اتجاه مدينة معان ما أسفر عن مقتل ستة رعاة.", "جنوب مدينة العقبة"),
    ],
)
def test_the_inner_place_is_told_first(extractor: Extractor, text: str, expected: str) -> None:
    assert place(extractor, text)["text"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#سيول_الأردن: ستة قتلى وتسعة جرحى", "الأردن"),
        ("ستة قتلى والحصيلة مرشحة للارتفاع #انفجار_بيروت", "بيروت"),
        ("#الجزائر #كورونا حصيلة اليوم: 6 وفيات", "الجزائر"),
        # A paper's own hashtag, and a hashtag that begins with a word for a place
        ("6 وفيات جديدة بالوباء #الكويت_الآن #بوابة_الأخبار", None),
    ],
)
def test_a_hashtag_can_tell_where(extractor: Extractor, text: str, expected: str | None) -> None:
    (first, *_) = (e for e in extractor.extract(text)["events"] if e["kind"] == "casualty")
    assert (first["place"] or {}).get("text") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Past what is said: the same fights
        (
            "اندلعت مواجهات في بلدة قلعة ميرزا، وأضاف الناشط أن الفصيل أعلن أن مقاتليه قتلوا ستة جنود.",
            "بلدة قلعة ميرزا",
        ),
        ("وذكر شاهد أن «ستة حراس قضوا»، مبينا أن «التفجير طال حاجزا في منطقة الدورة».", "منطقة الدورة"),
        ("مقتل عشرين مسلحا بينهم ستة أجانب، أبرزهم أبو قاسم، بقصف جوي غرب مدينة هيت.", "غرب مدينة هيت"),
        # … but where something is only said nothing happened
        ("تحدث الوزير في مدينة عتق، وأضاف أن الجيش أعلن أن مقاتليه قتلوا ستة جنود.", None),
        ("المدافعون في جبهة الشقب بتعز قتلوا ستة مهاجمين.", "جبهة الشقب"),
        # An answer elsewhere to what happened, a ship's register, a meeting that was held
        ("تظاهر المئات في بيروت احتجاجا على مقتل ستة شبان.", None),
        ("حداد عام في نيبال تضامنا مع أسر ستة قتلى.", "نيبال"),
        ("خطف قراصنة ناقلة مسجلة في بنما وهي ترسو في المياه الماليزية.", "المياه الماليزية"),
        ("وعلم في الندوة التي نظمها النادي في قصر الضيافة أن ستة قتلوا في منطقة القصيم.", "منطقة القصيم"),
        ("أصيب ستة بعد اقتحام قوات الاحتلال مدينة جنين.", "مدينة جنين"),
        ("قتل ستة جراء قصف قوات الدعم السريع معسكر زمزم.", "معسكر زمزم"),
        ("طعن لص ستة مارة في شارع الحدائق، أقدم شارع في مدينة ليون، فقتلهم.", "شارع الحدائق"),
        ("انفجرت قنبلة أمام محكمة الكاظمية في بغداد وأصيب ستة.", "الكاظمية"),
        ("قتل حارس يعمل بمديرية الضرائب بانفجار قرب جسر الجامعة.", "قرب جسر الجامعة"),
        ("يحقق الادعاء في مدينة ميونيخ بشأن خطف ستة سياح.", None),
    ],
)
def test_where_fights_go_on_is_where_those_told_farther_on_died(
    extractor: Extractor, text: str, expected: str | None
) -> None:
    assert place(extractor, text).get("text") == expected


def test_place_told_more_closely_is_still_that_of_one_story(extractor: Extractor) -> None:
    text = "قتل تسعة صيادين في غرق قارب شمال أسوان.\nوقالت الشرطة إن ثلاثة قتلوا في منطقة زيدونة.\n"
    text += "وانتشلت فرق الإنقاذ ست جثث."
    found = place(extractor, text, 2)
    assert (found["text"], found["scope"]) == ("منطقة زيدونة", "earlier")
    other = text.replace("منطقة زيدونة", "مدينة طنطا")
    assert place(extractor, other, 2) == {}


def test_what_is_told_far_down_takes_the_place_of_the_lead_only_where_it_is_the_same_event(
    extractor: Extractor,
) -> None:
    lead = "قتل ستة عمال في انفجار بمدينة كركوك.\n"
    lead += "".join(f"وتناول البند {number} من البيان أمورا أخرى.\n" for number in range(2, 10))
    assert place(extractor, lead + "وقال الطبيب إن الانفجار أوقع أربعين جريحا.", 1)["scope"] == "lead"
    assert place(extractor, lead + "وأودت صواعق بحياة أربعين راعيا هذا العام.", 1) == {}
    broad = lead.replace("بمدينة كركوك", "في العراق")
    assert place(extractor, broad + "وأودت صواعق بحياة أربعين راعيا هذا العام.", 1)["text"] == "العراق"


def test_part_and_whole_of_a_set_share_their_place(extractor: Extractor) -> None:
    text = "قتل 18 راكبا في تصادم في شرق فرنسا.\nوقالت الشرطة في مدينة ستراسبورغ إن من بين القتلى طفلا."
    assert (place(extractor, text, 0)["text"], place(extractor, text, 0)["scope"]) == ("مدينة ستراسبورغ", "retold")
    text = "فقد 40 راعيا بينهم 22 في قرية زيدونة."
    assert place(extractor, text, 0) == {}  # of the part alone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أدى القصف إلى تهجير أهالي مدينة منبج.", "مدينة منبج"),
        ("تحدث عن تهجير ستة من أهالي القرية بعد لقاء مع أهالي منبج.", None),
        ("الداعية سالم العبدي (44 عاما) الذي اختطفته الشرطة من إيطاليا عام 2003.", "إيطاليا"),
        ("اختطف مسلحون ستة سياح من إيطاليا.", None),  # they are from there
        ("اعتقلت الشرطة ستة متورطين في تفجيرات أوقعت 40 قتيلا في كركوك.", None),
        ("خرب المحتجون ستة متاجر لشركات مرتبطة بباريس.", None),
        ("قتل ستة رعاة في شمال وشرق سوريا.", "شمال وشرق سوريا"),
        ("أفرجت السلطات عن مجموعة تضم ستة من كينيا.", None),
        ("قتل ستة جنود أنهت بلادهم مهمتها العسكرية في أفغانستان.", None),
        ("تعرضت قافلة لهجوم شرق كركوك، لكن مسؤولين قالوا إن جنديا قتل نتيجة الهجوم.", "شرق كركوك"),
    ],
)
def test_where_people_are_driven_out_or_taken_from_and_what_only_speaks_of_a_place(
    extractor: Extractor, text: str, expected: str | None
) -> None:
    assert place(extractor, text).get("text") == expected


def test_headline_that_tells_no_place_takes_none_from_what_follows(extractor: Extractor) -> None:
    text = "مقتل ستة رعاة بقصف\nقتل ستة رعاة في قصف على قرية زيدونة مساء أمس.\nوقال الطبيب إن سبعة أصيبوا."
    assert place(extractor, text, 0) == {}
    assert place(extractor, text, 1)["text"] == "قرية زيدونة"
    assert (place(extractor, text, 2)["text"], place(extractor, text, 2)["scope"]) == ("قرية زيدونة", "earlier")


def test_total_since_a_war_began_is_of_more_places_than_that_of_the_last_attack(extractor: Extractor) -> None:
    text = "قتل ستة رعاة في قصف على قرية زيدونة.\n"
    assert place(extractor, text + "وأصيب سبعة.", 1)["text"] == "قرية زيدونة"
    assert place(extractor, text + "ومنذ اندلاع القتال قتل تسعون راعيا.", 1) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("غرق ستة رعاة قبالة السواحل التونسية.", "قبالة السواحل التونسية"),
        ("انتشلت فرق الإنقاذ ست جثث من نهر دجلة.", "نهر دجلة"),
        ("وأدى تساقط الحصى إلى قتل ستة رعاة.", None),
        ("قتل ستة رعاة في كركوك وأصيب سبعة، وما جرى أمس في البصرة لن يتكرر.", "كركوك"),
    ],
)
def test_seas_bodies_and_a_verb_that_is_written_like_a_valley(
    extractor: Extractor, text: str, expected: str | None
) -> None:
    assert {(e["place"] or {}).get("text") for e in extractor.extract(text)["events"] if e["kind"] == "casualty"} == {
        expected
    }


def test_what_happened_years_before_is_elsewhere_and_done_by_others(extractor: Extractor) -> None:
    text = "فتح مسلح النار في مدينة كركوك فقتل ستة.\nوجاء ذلك بعد ثلاث سنوات على إطلاق النار الذي قتل فيه سبعون عاملا."
    assert place(extractor, text, 1) == {}
    claims = [e for e in extractor.extract(text)["events"] if e["kind"] == "casualty"]
    assert [(c["perpetrator"] or {}).get("text") for c in claims] == ["مسلح", None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "وقعت اشتباكات في كركوك بين الجيش ومسلحين مساء أمس، بينما قتل ستة رعاة في انفجار في جنوب البلاد.",
            "جنوب البلاد",
        ),
        ("افتتح معرض في مدينة غرناطة في الذكرى السبعين لاغتيال ستة شعراء.", None),
        ("قتل ستة جنود أثناء نقلها عسكريين في إقليم زيدونة.", "إقليم زيدونة"),
        ("انتشلت ست جثث عاد أصحابها في قارب من مصر.", None),
    ],
)
def test_where_it_was_beside_what_is_told_with_it(extractor: Extractor, text: str, expected: str | None) -> None:
    found = [e["place"] for e in extractor.extract(text)["events"] if e["kind"] == "casualty"][-1]
    assert (found or {}).get("text") == expected
