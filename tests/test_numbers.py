"""Numbers: round trips, a corpus of spellings, what is no count, and words in any order."""

from __future__ import annotations

import itertools
import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.fold import fold
from extractor.text.number_tables import load_number_vocabulary
from extractor.text.numbers import NumberReader, Quantity
from extractor.text.tokens import TOKEN

ROOT = Path(__file__).resolve().parent.parent
TABLE = tomllib.loads((ROOT / "rules" / "vocabulary" / "numbers.toml").read_text(encoding="utf-8"))
CORPUS = tomllib.loads((ROOT / "tests" / "data" / "numbers.toml").read_text(encoding="utf-8"))
VOCABULARY = load_number_vocabulary(TABLE)
READER = NumberReader(VOCABULARY)
FORMS = VOCABULARY.forms()
PROCLITICS = "وفبلك"
NOUN = "شخص"


def segments(text: str) -> list[str]:
    """Fold and cut, with proclitics split off the words that the reader knows, as the sentence reader does."""
    out: list[str] = []
    for match in TOKEN.finditer(fold(text).text):
        word = match.group()
        while len(word) > 2 and word not in FORMS and word[0] in PROCLITICS:
            rest = "ا" + word[1:] if word.startswith("لل") else word[1:]
            if rest not in FORMS and not (rest[0] in PROCLITICS and rest[1:] in FORMS):
                break
            out.append(word[0])
            word = rest
        out.append(word)
    return out


def scan(words: list[str]) -> list[Quantity]:
    """All quantities of a sentence, left to right."""
    found, at = [], 0
    while at < len(words):
        quantity = None
        if words[at][0].isdigit() or words[at] in READER.starts:
            quantity = READER.read(words, at)
        if quantity is None:
            at += 1
        else:
            found.append(quantity)
            at = quantity.end
    return found


def assert_reads(text: str, low: int | None, high: int | None) -> Quantity:
    """The text before the noun is one count with these bounds."""
    words = segments(f"{text} {NOUN}")
    skipped = 1 if words[0] in PROCLITICS else 0
    quantity = READER.read(words, skipped)
    assert quantity is not None, text
    assert (quantity.kind, quantity.low, quantity.high, quantity.end) == ("count", low, high, len(words) - 1), text
    return quantity


# -- the corpus of spellings ---------------------------------------------------------------------------------------

SPELLINGS = [(entry, spelling) for entry in CORPUS["value"] for spelling in entry["spellings"]]
OTHERS = [(entry["kind"], text) for entry in CORPUS["other"] for text in entry["texts"]]


@pytest.mark.parametrize(("entry", "spelling"), SPELLINGS, ids=[s for _, s in SPELLINGS])
def test_spelling(entry: dict, spelling: str) -> None:
    quantity = assert_reads(spelling, entry.get("low"), entry.get("high"))
    assert quantity.approx is entry.get("approx", False)
    if entry.get("definite"):
        assert quantity.definite


@pytest.mark.parametrize(("kind", "text"), OTHERS, ids=[f"{k}: {t}" for k, t in OTHERS])
def test_is_no_count(kind: str, text: str) -> None:
    kinds = [q.kind for q in scan(segments(text))]
    assert kind in kinds
    assert "count" not in kinds


@pytest.mark.parametrize("text", CORPUS["none"][0]["texts"])
def test_is_no_number(text: str) -> None:
    assert scan(segments(text)) == []


# -- round trips ---------------------------------------------------------------------------------------------------

MASCULINE = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
FEMININE = ["", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"]
TENS = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
STEMS = ["", "", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]


class Speller:
    """Writes numbers out in one of the styles of the press."""

    def __init__(self, gender: str, case: str, hundred: str, gap: str, joint: str) -> None:
        self.units = MASCULINE if gender == "m" else FEMININE
        self.gender, self.oblique = gender, case == "oblique"
        self.hundred, self.gap, self.joint = hundred, gap, joint

    def under_hundred(self, number: int, units: list[str]) -> str:
        feminine = units is FEMININE
        if number == 2 and self.oblique:
            return "اثنتين" if feminine else "اثنين"
        if number <= 10:
            return units[number]
        if number < 20:
            ten = "عشرة" if feminine else "عشر"
            first = {11: "إحدى" if feminine else "أحد", 12: "اثنتا" if feminine else "اثنا"}.get(number)
            if number == 12 and self.oblique:
                first = "اثنتي" if feminine else "اثني"
            return f"{first or units[number - 10]} {ten}"
        tens = TENS[number // 10]
        if self.oblique:
            tens = tens[:-2] + "ين"
        unit = number % 10
        if not unit:
            return tens
        word = "إحدى" if unit == 1 and feminine else self.under_hundred(unit, units)
        return f"{word}{self.joint}{tens}"

    def hundreds(self, number: int, state: str = "free") -> str:
        if number == 1:
            return self.hundred
        if number == 2:
            stem = self.hundred[:-1] + "ت"
            return stem + ("ي" if self.oblique else "ا") + ("" if state == "construct" else "ن")
        return f"{STEMS[number]}{self.gap}{self.hundred}"

    def under_thousand(self, number: int, units: list[str], state: str = "free") -> str:
        hundreds, rest = divmod(number, 100)
        parts = [self.hundreds(hundreds, "free" if rest else state)] if hundreds else []
        if rest:
            parts.append(self.under_hundred(rest, units))
        return self.joint.join(parts)

    def dual(self, stem: str) -> str:
        return stem + ("ين" if self.oblique else "ان")

    def thousands(self, number: int) -> str:
        """A count of thousands; those of a hundred and one, and two, are told apart."""
        hundreds, rest = divmod(number, 100)
        if rest in (1, 2):
            parts = [f"{self.hundreds(hundreds, 'construct')} ألف"] if hundreds else []
            return self.joint.join([*parts, "ألف" if rest == 1 else self.dual("ألف")])
        word = "آلاف" if 3 <= rest <= 10 else ("ألف" if rest == 0 else "ألفا")
        return f"{self.under_thousand(number, MASCULINE, 'construct')} {word}"

    def spell(self, number: int) -> str:
        if number == 1_000_000:
            return "مليون"
        thousands, rest = divmod(number, 1000)
        parts = [self.thousands(thousands)] if thousands else []
        if rest:
            parts.append(self.under_thousand(rest, self.units))
        return self.joint.join(parts)


STYLES = list(
    itertools.product(("m", "f"), ("nominative", "oblique"), ("مئة", "مائة", "مية"), ("", " "), (" و", " و "))
)
SAMPLE = [*range(1, 1100), *random.Random(11).sample(range(1100, 1_000_000), 1500), 1_000_000]


@pytest.mark.parametrize("style", STYLES, ids=["-".join(s).replace(" ", "_") for s in STYLES])
def test_round_trip_of_every_inflection(style: tuple[str, str, str, str, str]) -> None:
    speller = Speller(*style)
    for number in SAMPLE:
        assert_reads(speller.spell(number), number, number)


@pytest.mark.parametrize("scale", [1000, 10**6, 10**9])
@pytest.mark.parametrize("style", STYLES[::7])
def test_round_trip_with_digits_before_a_scale(style: tuple[str, str, str, str, str], scale: int) -> None:
    word = {1000: "ألف", 10**6: "مليون", 10**9: "مليار"}[scale]
    speller = Speller(*style)
    for number, rest in itertools.product((3, 11, 45, 100, 250), (0, 1, 12, 340, 999)):
        text = f"{number} {word}" + (f" و{rest}" if rest else "")
        assert_reads(text, number * scale + rest, number * scale + rest)
        text = f"{number} {word}" + (f" و{speller.spell(rest)}" if rest else "")
        assert_reads(text, number * scale + rest, number * scale + rest)


def test_round_trip_with_a_library() -> None:
    num2words = pytest.importorskip("num2words").num2words
    wrong = []
    for number in SAMPLE:
        # The library writes "three hundred and a thousand thousand" for 301,000.
        if number >= 100_000 and number // 1000 % 100 == 1:
            continue
        words = segments(f"{num2words(number, lang='ar')} {NOUN}")
        quantity = READER.read(words, 0)
        if quantity is None or (quantity.low, quantity.high, quantity.end) != (number, number, len(words) - 1):
            wrong.append(number)
    assert wrong == []


@given(
    st.integers(1, 10**9),
    st.sampled_from([",", ".", "٬", ""]),
    st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]),
)
def test_round_trip_of_digits(number: int, separator: str, digits: str) -> None:
    text = f"{number:,}".replace(",", separator).translate(str.maketrans("0123456789", digits))
    assert_reads(text, number, number)


MARKS = ["{}", "«{}»", '"{}"', "“{}”", "({})", "[{}]", "'{}'", "‘{}’"]
SPACES = [" ", "\u00a0", "\u202f", "\u2009", "", "  ", " \u200f"]
SCALES = {"آلاف": 1000, "ألف": 1000, "ألفا": 1000, "الاف": 1000, "ملايين": 10**6, "مليون": 10**6, "مليار": 10**9}


@given(
    st.integers(3, 999),
    st.sampled_from([*SCALES]),
    st.sampled_from(MARKS),
    st.sampled_from(MARKS),
    st.sampled_from(SPACES),
    st.sampled_from(["{}", "ال {}", "الـ{}", "نحو {}", "({}", "«{}"]),
    st.sampled_from(["digits", "arabic", "words"]),
)
def test_a_number_is_never_torn_from_the_scale_behind_it(
    number: int, scale: str, mark: str, other: str, space: str, before: str, written: str
) -> None:
    digits = str(number)
    if written == "arabic":
        digits = digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    elif written == "words":
        digits = Speller("m", "oblique", "مئة", "", " و").under_thousand(number, MASCULINE)
        space = space or " "
    words = segments(before.format(f"{mark.format(digits)}{space}{other.format(scale)} {NOUN}"))
    counts = [q for q in scan(words) if q.kind == "count"]
    assert [(q.low, q.high) for q in counts] == [(number * SCALES[scale], number * SCALES[scale])]


@given(st.integers(3, 999), st.integers(1, 999), st.sampled_from(MARKS), st.sampled_from(MARKS))
def test_marks_around_the_parts_of_a_number_change_nothing(thousands: int, rest: int, mark: str, other: str) -> None:
    number = thousands * 1000 + rest
    assert_reads(f"{mark.format(thousands)} ألفا و{other.format(rest)}", number, number)


@given(
    st.integers(10, 400),
    st.integers(401, 900),
    st.sampled_from(["{}", "«{}»", "({})"]),
    st.sampled_from([" إلى ", "-", " - "]),
)
def test_a_range_shares_its_scale_also_in_marks(low: int, high: int, mark: str, link: str) -> None:
    assert_reads(f"{mark.format(f'{low}{link}{high}')} ألف", low * 1000, high * 1000)


@pytest.mark.parametrize("text", ["100 (500 بحسب مصادر) قتيل", "أصيب 12 (30 عاما)", "قتل «3» و«5» آخرون"])
def test_numbers_in_marks_are_not_added_where_nothing_joins_them(text: str) -> None:
    assert next(q.low for q in scan(segments(text)) if q.kind == "count") in (100, 12, 3)


# -- in running text -----------------------------------------------------------------------------------------------


def test_counts_of_a_sentence() -> None:
    words = segments("قتل 12 جنديا وأصيب ثلاثة آلاف و450 آخرون يوم الخميس 3 أكتوبر 2017 عند الساعة 10:30")
    assert [(q.kind, q.low) for q in scan(words)] == [("count", 12), ("count", 3450), ("date", 3), ("time", 10)]


def test_core_leaves_the_bounds_out() -> None:
    words = segments("ما لا يقل عن 20 شخصا")
    quantity = READER.read(words, 0)
    assert quantity == Quantity(0, 5, 20, None, approx=False, kind="count", definite=False, core=(4, 5))


def test_old_and_new_figures_are_no_range() -> None:
    found = scan(segments("ارتفع عدد القتلى من 10 إلى 15 قتيلا"))
    assert [(q.low, q.high) for q in found] == [(10, 10), (15, 15)]


@pytest.mark.parametrize(
    "text",
    [
        "قتل 12 يوم الخميس",
        "قتل 12 الشهر الماضي",
        "قتل اثنا عشر يوم 3 مايو",
        "أصيب 12 عام 2015",
        "أصيب 12 ليلة أمس",
        "قتل 12 مساء أمس",
    ],
)
def test_the_day_after_a_count_is_no_unit(text: str) -> None:
    assert next(q.kind for q in scan(segments(text))) == "count"


@pytest.mark.parametrize("text", ["2003 أشخاص", "2015 شخصا", "نحو 2000 شخص", "قتل 2000.", "2000 قتيل"])
def test_four_digits_before_what_is_counted_are_a_count(text: str) -> None:
    assert [q.kind for q in scan(segments(text))] == ["count"]


def test_trailing_bound_after_a_noun() -> None:
    words = segments("12 شخصا على الأقل")
    quantity = READER.read(words, 0)
    assert quantity is not None
    assert READER.trailing(words, 2) == ("at-least", 4)
    assert READER.trailing_bounds[("علي", "الاقل")] == "at-least"


@pytest.mark.parametrize("text", ["إصابة (12) شخصا", "إصابة [12] شخصا", "إصابة نحو (12) شخصا"])
def test_brackets_belong_to_the_number(text: str) -> None:
    (quantity,) = scan(segments(text))
    assert (quantity.kind, quantity.low) == ("count", 12)
    assert segments(text)[quantity.end] == "شخصا"


def test_reads_only_where_asked() -> None:
    words = segments("قتل 12 شخصا")
    assert READER.read(words, 0) is None
    assert READER.read(words, 2) is None


def test_one_letter_proclitics_start_nothing() -> None:
    assert not READER.starts & set(PROCLITICS)


# -- any words -----------------------------------------------------------------------------------------------------

KNOWN = sorted(FORMS | READER.starts)
WORDS = st.lists(
    st.one_of(
        st.sampled_from(KNOWN),
        st.sampled_from(["و", "-", "/", ":", "(", ")", "%", "+", "$", ",", ".", "\n", "ب", "ال", "شخصا", "F"]),
        st.integers(0, 3000).map(str),
        st.sampled_from(["1,234", "3.5", "12.10.2015", "1٬234", "007", "0123456789", "9" * 5000, "²", "1,2,3", "०१"]),
        st.text(max_size=4),
    ),
    max_size=14,
)


@given(WORDS)
def test_reads_any_words(words: list[str]) -> None:
    for at in range(len(words)):
        quantity = READER.read(words, at)
        if quantity is None:
            continue
        assert quantity.start == at < quantity.end <= len(words)
        first, last = quantity.core
        assert at <= first < last <= quantity.end
        if quantity.low is not None and quantity.high is not None:
            assert 0 <= quantity.low <= quantity.high
        assert words[at][:1].isdigit() or words[at] in READER.starts


# -- the vocabulary file -------------------------------------------------------------------------------------------


def test_vocabulary_errors_tell_the_place() -> None:
    def broken(**changes: object) -> str:
        with pytest.raises(ValueError, match=r"numbers\.toml") as caught:
            load_number_vocabulary({**TABLE, **changes})
        return str(caught.value)

    assert "[particles]" in broken(particles=None)
    assert "'tanwin'" in broken(particles={k: v for k, v in TABLE["particles"].items() if k != "tanwin"})
    assert "[[bound]] number 1" in broken(bound=[{"kind": "at-leest", "before": ["نحو"]}])
    assert "at-least" in broken(bound=[{"kind": "at-leest", "before": ["نحو"]}])
    assert "[[unit]]" in broken(unit=[])
    assert "'value'" in broken(scale=[{"value": "1000", "singular": ["ألف"]}])
    assert "list of words" in broken(cue=[{"kind": "year", "phrases": [1]}])
    assert "denominator" in broken(fraction=[{"numerator": 1, "denominator": 0, "forms": ["نصف"]}])
    assert "no table" in broken(months=["آذار"])
