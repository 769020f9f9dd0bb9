"""What is written in C does what its twin in Python does, for every text."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import sysconfig
from array import array
from collections.abc import Callable
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import module_from_spec, spec_from_file_location
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import Extractor
from extractor.candidates import Candidates
from extractor.gate import SentenceGate
from extractor.rules.pattern_code import Look, encode
from extractor.rules.pattern_program import Operation
from extractor.rules.piece import Piece
from extractor.rules.ruleset import EDGE
from extractor.segments import Segmenter
from extractor.sieve import Sieve
from extractor.text import fold as folding
from extractor.text import furniture, tokens
from extractor.type_pattern import TypePattern
from tests import test_type_pattern as pieces
from tools import compiled

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(compiled.missing() is not None, reason=compiled.missing() or ""),
]
MANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# Letters, marks, digits, signs, white space of all sorts, and letters of strings of one, two and four bytes.
ODD = "اأإىةؤبتلوكفدهين،؛؟٪«»ـًّٱﷺﻻﻷ0١۲.,٬…-_#\n\r\t \u00a0\u200f\u2028\u2004\u2005!?\"')]([«Aaé²½Ⅷ•😀𝟙\ud800\x00\x1c"
TEXTS = st.one_of(st.text(), st.text(ODD), st.lists(st.text("قتلبمصيو", max_size=4)).map(" ".join))
Load = Callable[[str], Any]


@pytest.fixture(scope="module")
def load() -> Load:
    """Loads a module of C by its name, from where the compiled package is; it is not left among the imported ones."""
    folder = compiled.build() / compiled.NATIVE

    def load(name: str) -> Any:
        spec = spec_from_file_location(name, folder / f"{name}{EXTENSION_SUFFIXES[0]}")
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture(scope="module")
def shipped() -> Extractor:
    """The extractor with the shipped rules, ready for many texts."""
    made = Extractor()
    made.prepare()
    return made


@pytest.fixture(scope="module")
def sentences(root: Path) -> list[str]:
    """The folded sentences of the fixtures, and some that hold much that is odd."""
    texts = [folding.fold(path.read_text(encoding="utf-8")).text for path in sorted(root.glob("fixtures/*.txt"))]
    return [text[start:end] for text in texts for start, end in tokens.sentences(text)]


def test_every_file_of_c_has_its_test(root: Path) -> None:
    tested = Path(__file__).read_text(encoding="utf-8")
    names = [path.stem for path in sorted((root / compiled.NATIVE).glob("*.c"))]
    assert names
    assert [name for name in names if f'load("{name}")' not in tested] == []


def test_the_compiler_has_nothing_to_say_of_our_c(root: Path) -> None:
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]
    # Off: how methods of several shapes are told to Python, and tables that end with an empty row.
    flags = ["-Wall", "-Wextra", "-Werror", "-Wno-cast-function-type", "-Wno-missing-field-initializers", "-std=c11"]
    include = f"-I{sysconfig.get_path('include')}"
    files = [str(root / source) for source in compiled.native_sources()]
    done = subprocess.run(
        [compiler, "-fsyntax-only", *flags, include, *files], capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_letters_are_folded_alike(load: Load) -> None:
    letters = load("letters").Letters(folding._TABLE, folding._EXPANDED, "".join(run[0] for run in folding._DRAWN_OUT))

    @MANY
    @given(TEXTS)
    def check(text: str) -> None:
        expands = folding._PRESENTED.search(text) or any(run in text for run in folding._DRAWN_OUT)
        assert letters.fold(text) == (None if expands else folding.fold(text).text)

    check()


def test_sentences_end_alike(load: Load) -> None:
    spans = load("sentences").spans

    @MANY
    @given(TEXTS)
    def check(text: str) -> None:
        assert spans(text) == list(tokens._spans(text))

    check()


def test_tokens_are_placed_alike(load: Load) -> None:
    starts = load("sentences").token_starts

    @MANY
    @given(TEXTS, st.integers(0, 5))
    def check(text: str, first: int) -> None:
        at = min(first, len(text))
        found = tokens.TOKEN.findall(text, at)
        assert starts(text, at, found) == tokens._token_starts(text, at, found)

    check()


def test_words_of_lines_are_told_alike(load: Load) -> None:
    words = load("sentences").words

    @MANY
    @given(TEXTS, st.integers(0, 5), st.integers(0, 5))
    def check(text: str, first: int, most: int) -> None:
        folded = folding.fold(text).text  # which leaves no "_", the one character that `split` and the words tell apart
        start = min(first, len(folded))
        assert words(folded, start, len(folded), most) == furniture.words(folded, start, len(folded), most)

    check()


def test_the_gate_opens_alike(load: Load) -> None:
    native = load("gate")
    word = st.text("قتلبم", min_size=1, max_size=3)

    @MANY
    @given(
        st.frozensets(word),
        st.dictionaries(word, st.sampled_from("xyz")),
        st.tuples(*[st.frozensets(word)] * 3),
        TEXTS,
    )
    def check(alone: frozenset[str], pairs: dict[str, str], members: tuple[frozenset[str], ...], text: str) -> None:
        groups = dict(zip("xyz", members, strict=True))
        made = alone.union(pairs), pairs, groups
        spans = [(0, len(text)), (len(text) // 3, len(text) // 2)]
        assert native.Gate(*made).open(text, spans) == SentenceGate(*made).open(text, spans)

    check()


def test_the_shipped_gate_opens_alike(load: Load, shipped: Extractor, sentences: list[str]) -> None:
    rules = shipped.rules
    made = rules.gate, rules.gate_pairs, rules.gate_groups
    text = "\n".join(sentences)
    spans = tokens.sentences(text)
    found = load("gate").Gate(*made).open(text, spans)
    assert found == SentenceGate(*made).open(text, spans)
    assert {True, False} <= set(found)


@pytest.fixture
def segmenters(load: Load, shipped: Extractor) -> tuple[Any, Segmenter]:
    """What cuts sentences with the shipped rules, in C and in Python."""
    lexicon, words, starts = shipped.rules.lexicon, shipped.tools.reader.words, shipped.rules.numbers.starts
    pure = Segmenter(lexicon, words, starts)
    phrases = pure._phrase, pure._phrase_led
    assert words.looked_up() is not None
    made = load("segments").Segmenter(words.read, *phrases, lexicon.codes, starts, words.looked_up())
    return made, pure


def test_tokens_are_read_alike_whether_the_lexicon_is_packed_or_not(
    load: Load, segmenters: tuple[Any, Segmenter], shipped: Extractor, sentences: list[str]
) -> None:
    looked_up, pure = segmenters
    words, starts = shipped.tools.reader.words, shipped.rules.numbers.starts
    phrases = pure._phrase, pure._phrase_led
    asked = load("segments").Segmenter(words.read, *phrases, shipped.rules.lexicon.codes, starts)
    for sentence in sentences:
        for prefix in ("", "و", "ب", "وبال", "لل", "ول", "ف", "ا"):
            text = " ".join(prefix + word for word in sentence.split())
            assert looked_up.segments(text, 0, len(text)) == asked.segments(text, 0, len(text))


def test_segments_are_cut_alike(segmenters: tuple[Any, Segmenter], sentences: list[str]) -> None:
    native, pure = segmenters
    phrases = 0
    for sentence in sentences:
        for text in (sentence, f"😀{sentence}é", sentence[::-1]):
            found = native.segments(text, 0, len(text))
            assert found == pure.segments(text, 0, len(text))
            phrases += any(" " in word for word in found[1])
    assert phrases > 100

    @MANY
    @given(TEXTS, st.integers(0, 9), st.integers(0, 9))
    def check(text: str, first: int, last: int) -> None:
        start = min(first, len(text))
        end = max(start, len(text) - last)
        assert native.segments(text, start, end) == pure.segments(text, start, end)

    check()


def test_tokens_beyond_those_remembered_are_read_alike(segmenters: tuple[Any, Segmenter]) -> None:
    native, pure = segmenters
    for row in range(0, 80_000, 500):
        text = " ".join(f"{number} كلمة{number}ب" for number in range(row, row + 500))
        assert native.segments(text, 0, len(text)) == pure.segments(text, 0, len(text))


def test_what_is_read_again_and_again_takes_no_more_references(segmenters: tuple[Any, Segmenter]) -> None:
    native, _ = segmenters
    text = "وأعلن الجيش السوري الحر مقتل 304 من عناصر الجيش الوطني في سيناء"
    folded = folding.fold(text).text
    found = native.segments(folded, 0, len(folded))
    kept = [item for part in found for item in part]
    before = [sys.getrefcount(item) for item in kept]
    for _ in range(100):
        native.segments(folded, 0, len(folded))
    after = [sys.getrefcount(item) for item in kept]
    assert max(b - a for a, b in zip(before, after, strict=True)) < 50  # those of small numbers move by themselves


def test_the_sieve_and_the_candidates_tell_alike(load: Load, shipped: Extractor, sentences: list[str]) -> None:
    rules = shipped.rules
    width = max(bits.bit_length() for bits in rules.demands.bits.values())
    sieve, pure = load("sieve").Sieve(rules.demands.bits, rules.demands.of, width), Sieve(rules.demands)
    needs = [rule.pattern.needs for rule in rules.rules]
    candidates = Candidates(rules.triggers, rules.neighbours, range(len(needs)), needs.__getitem__)
    before, behind = ({c: row[k] for c, row in rules.neighbours.items()} for k in (0, 1))
    widest = max(bits.bit_length() for bits in needs)
    made = load("candidates").Candidates(rules.triggers, before, behind, [*enumerate(needs)], EDGE, widest)
    met = some = 0
    for sentence in sentences:
        read = shipped.tools.reader.read(sentence, 0, len(sentence))
        for types in (read.types, read.types[::-1], read.types + "ق", read.types[:1]):
            holds = sieve.met(types)
            assert holds == pure._met(types) if "ق" not in types else True
            met += holds is not None
            every = (1 << width) - 1
            for bits in (holds or 0, every):
                found = made.of(types, bits)
                known = [c for c in types if c != "ق"]
                if len(known) == len(types):
                    assert found == candidates.of(types, bits)
                some += len(found)
    assert met > 100
    assert some > 1000


def test_several_openings_of_one_chunk_are_one_candidate(load: Load) -> None:
    here, beside = {"a": 0b111, "b": 0b100}, dict.fromkeys(("a", "b", EDGE), (7, 7))
    before, behind = ({c: row[k] for c, row in beside.items()} for k in (0, 1))
    patterns = [(0, 0), (0, 0), (1, 0b10)]
    made = load("candidates").Candidates(here, before, behind, patterns, EDGE, 2)
    pure = Candidates(here, beside, [0, 0, 1], {0: 0, 1: 0b10}.__getitem__)
    for met, expected in ((0b01, [(0, 0)]), (0b11, [(0, 0), (0, 1), (1, 1)])):
        assert made.of("ab", met) == pure.of("ab", met) == expected


def test_marks_that_are_removed_are_placed_alike(load: Load) -> None:
    letters = load("letters").Letters(folding._TABLE, folding._EXPANDED, "")

    @MANY
    @given(TEXTS)
    def check(text: str) -> None:
        assert letters.marks(text) == folding.marks(text)

    check()


def test_patterns_take_what_re_takes(load: Load) -> None:
    native = load("patterns")

    @settings(MANY, max_examples=1500)
    @given(pieces.PIECES, pieces.PIECES, pieces.TYPES)
    def check(left: Piece, right: Piece, types: str) -> None:
        halves = pieces.pattern(left, right).halves()
        programs = [half.program for half in halves]
        assert None not in programs
        for half, made in zip(halves, native.patterns(programs), strict=True):
            look = Look(half)
            for at in range(len(types) + 1):
                assert made.spans(types, at) == look.spans(types, at)
                assert made.end(types, at) == look.end(types, at)

    check()


@pytest.mark.parametrize(
    "pattern", [r"[^a]*a", r"[^ab]?b$", r"^(?:[^a]b|c)*(?!d)", r"(?P<f>a{2,3})(?:b|[^c]){0,2}", r".(?:a(?!)|b)?"]
)
def test_patterns_of_what_is_not_in_a_set_take_what_re_takes(load: Load, pattern: str) -> None:
    (half,) = TypePattern(encode(pattern, pattern, "", repeated=False), ()).halves()
    (made,) = load("patterns").patterns([half.program])
    for size in range(6):
        for letters in product("abcxé😀", repeat=size):
            types = "".join(letters)
            assert made.spans(types, 0) == Look(half).spans(types, 0)


def test_the_shipped_patterns_take_what_re_takes(load: Load, shipped: Extractor, sentences: list[str]) -> None:
    rules = shipped.rules
    sides = [TypePattern(rule.pattern.code, rule.pattern.fields).halves() for rule in rules.rules]
    sides += [TypePattern(chunk.code, chunk.fields).halves() for chunk in rules.chunks]
    halves = [half for both in sides for half in both]
    made = iter(load("patterns").patterns([half.program for half in halves]))
    looks = [[(Look(half), next(made)) for half in both] for both in sides]
    needs = [rule.pattern.needs for rule in rules.rules]
    candidates = Candidates(rules.triggers, rules.neighbours, range(len(needs)), needs.__getitem__)
    fit = 0
    for sentence in sentences:
        types = shipped.tools.reader.read(sentence, 0, len(sentence)).types
        tried = candidates.of(types, -1) + [
            (at, number) for at in range(0, len(types), 9) for number in range(len(looks))
        ]
        for at, number in tried:
            for back, (look, pattern) in enumerate(looks[number]):
                read, place = (types[::-1], len(types) - at) if back else (types, at)
                taken = look.spans(read, place)
                assert pattern.spans(read, place) == taken
                fit += taken is not None
    assert fit > 1000


def test_a_pattern_that_goes_back_far_asks_for_more_memory(load: Load) -> None:
    (half,) = TypePattern(encode("(?:a|b)*c", "(?:a|b)*c", "", repeated=False), ()).halves()
    (made,) = load("patterns").patterns([half.program])
    types = "ab" * 50_000
    assert made.end(types + "c", 0) == len(types) + 1
    assert made.end(types, 0) == -1


def _program(words: list[int], sets: tuple[Any, ...] = (), groups: int = 1, registers: int = 2) -> list[Any]:
    return [(array("I", words).tobytes(), sets, groups, registers)]


def _read_as(segments: Any, **fields: Any) -> Any:
    """Segments of a text whose only word is read as something with these fields."""
    whole = {"form": "a", "known": 0, "skipped": 0, "proclitics": (), "whole": None, "behind": None, "led": None}
    word = SimpleNamespace(**whole | fields)
    return segments.Segmenter(lambda token: word, len, len, ["x"], frozenset()).segments("a", 0, 1)


def _with_lexicon(segments: Any, words: Any, sizes: Any, lists: list[int], article: str = "ab") -> Any:
    lexicon = words, sizes, lists, lists, len, len, "c", "d", article
    return segments.Segmenter(len, len, len, ["x"], frozenset(), lexicon)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("letters", lambda m: m.Letters({0x110000: "a"}, "", "")),
        ("letters", lambda m: m.Letters({0x61: "ab"}, "", "")),
        ("letters", lambda m: m.Letters({}, "😀", "")),
        ("letters", lambda m: m.Letters({}, "", "").fold(b"a")),
        ("sentences", lambda m: m.spans(None)),
        ("sentences", lambda m: m.words("a", 0, 2, 1)),
        ("sentences", lambda m: m.words("a", 0)),
        ("sentences", lambda m: m.token_starts("a", 0, ["ab"])),
        ("sentences", lambda m: m.token_starts("a", -9, ["a"])),
        ("sentences", lambda m: m.token_starts("a", 0, [1])),
        ("gate", lambda m: m.Gate(frozenset({1}), {}, {})),
        ("gate", lambda m: m.Gate(frozenset({"a"}), {"a": "x"}, {})),
        ("gate", lambda m: m.Gate(frozenset({"a"}), {}, {}).open("a", [(0, 9)])),
        ("gate", lambda m: m.Gate(frozenset({"a"}), {}, {}).open("a", [3])),
        ("segments", lambda m: m.Segmenter(len, len, len, [], frozenset()).segments("a", 0, 1)),
        ("segments", lambda m: m.Segmenter(len, len, len, [], frozenset()).segments("a", 0, 2)),
        ("segments", lambda m: m.Segmenter(str, len, len, [], frozenset()).segments("a", 0, 1)),
        ("segments", lambda m: _read_as(m, known=None)),
        ("segments", lambda m: _read_as(m, proclitics=None)),
        ("segments", lambda m: _read_as(m, proclitics=(3,))),
        ("segments", lambda m: _read_as(m, skipped=None, form=None)),
        ("segments", lambda m: m.Token()),
        ("segments", lambda m: _with_lexicon(m, {"a": 0}, {}, [])),
        ("segments", lambda m: _with_lexicon(m, {1: 0}, {}, [0])),
        ("segments", lambda m: _with_lexicon(m, {"a": "b"}, {}, [0])),
        ("segments", lambda m: _with_lexicon(m, {}, {2: 3}, [0])),
        ("segments", lambda m: _with_lexicon(m, {}, {}, [0], "abc")),
        ("sieve", lambda m: m.Sieve({"a": -1}, {}, 1)),
        ("sieve", lambda m: m.Sieve({"a": 1 << 99}, {}, 1)),
        ("sieve", lambda m: m.Sieve({"ab": 1}, {}, 1)),
        ("sieve", lambda m: m.Sieve({"a": 1}, {"a": [(0, 0)]}, 1)),
        ("candidates", lambda m: m.Candidates({"a": 1}, {}, {}, [(0, -1)], EDGE, 1)),
        ("candidates", lambda m: m.Candidates({"a": 2**99}, {}, {}, [(0, 1)], EDGE, 1)),
        ("candidates", lambda m: m.Candidates({"a": 2}, {}, {}, [(0, 1)], EDGE, 1)),
        ("candidates", lambda m: m.Candidates({}, {}, {}, [], EDGE, 1).of("a", "b")),
        ("letters", lambda m: m.Letters({}, "", "").marks(None)),
        ("patterns", lambda m: m.patterns(None)),
        ("patterns", lambda m: m.patterns([3])),
        ("patterns", lambda m: m.patterns(_program([]))),
        ("patterns", lambda m: m.patterns(_program([99]))),
        ("patterns", lambda m: m.patterns(_program([Operation.TAKE]))),
        ("patterns", lambda m: m.patterns(_program([Operation.TAKE | 1 << 8, Operation.MATCH]))),
        ("patterns", lambda m: m.patterns(_program([Operation.JUMP | 9 << 8, Operation.MATCH]))),
        ("patterns", lambda m: m.patterns(_program([Operation.TRY, 1, Operation.MATCH]))),
        ("patterns", lambda m: m.patterns(_program([Operation.SAVE | 2 << 8, Operation.MATCH]))),
        ("patterns", lambda m: m.patterns(_program([Operation.MATCH], groups=0))),
        ("patterns", lambda m: m.patterns(_program([Operation.MATCH], registers=1))),
        ("patterns", lambda m: m.patterns(_program([Operation.MATCH], (3,)))),
        ("patterns", lambda m: m.patterns(_program([Operation.MATCH], ("ba",)))),
        ("patterns", lambda m: m.patterns(_program([Operation.MATCH]))[0].spans("a", 2)),
        ("patterns", lambda m: m.patterns(_program([Operation.MATCH]))[0].end(b"a", 0)),
        ("patterns", lambda m: m.Pattern()),
    ],
)
def test_what_makes_no_sense_is_an_error_and_nothing_worse(load: Load, name: str, call: Callable[[Any], Any]) -> None:
    errors = (TypeError, ValueError, IndexError, KeyError, OverflowError, AttributeError, SystemError)
    with pytest.raises(errors):
        call(load(name))
