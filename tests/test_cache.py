"""The cache of compiled rules: it makes a start fast and can never make a result wrong."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.gate import SentenceGate
from extractor.records import Document
from extractor.rules import cache, cache_file
from extractor.rules.packed import Late, Rows, Shelf, WordShelf

TEXT = "أعلن الجيش مقتل 304 مسلحين وإصابة ستة جنود في سيناء."
WORDS = st.dictionaries(st.text(max_size=5), st.integers())


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of the shipped rules, without the long lists of words: quick to compile."""
    few = tmp_path_factory.mktemp("few") / "rules"
    long = ("places", "actors", "names", "people", "items", "common_words.toml", "countries.toml", "events")
    others = (
        "materiel",
        "perpetrators",
        "attribution",
        "belonging",
        "held.toml",
        "displaced.toml",
        "abducted.toml",
        "captured.toml",
        "released.toml",
        "missing.toml",
        "tolls.toml",
    )
    shutil.copytree(cache.shipped_rules(), few, ignore=shutil.ignore_patterns(*long, *others))
    (few / "vocabulary" / "people").mkdir()
    nouns = '[[noun]]\nword = "{}"\nplural = "{}"\nclass = "person"\ntype = "{}"\n'
    (few / "vocabulary" / "people" / "few.toml").write_text(
        nouns.format("مسلح", "مسلحين", "militant") + nouns.format("جندي", "جنود", "military"), encoding="utf-8"
    )
    return few


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, few: Path) -> Path:
    """A cache folder that holds these rules."""
    folder = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXTRACTOR_CACHE", str(folder))
        Extractor([few], replace=True)
    return folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filled: Path) -> Path:
    monkeypatch.setenv("EXTRACTOR_CACHE", str(tmp_path / "cache"))
    shutil.copytree(filled, tmp_path / "cache")
    return tmp_path / "cache"


def compiled(folder: Path) -> Path:
    return next(folder.glob("rules-*"))


@given(WORDS, st.text(max_size=5))
def test_a_shelf_answers_like_the_dictionary_it_was_packed_from(table: dict[str, int], other: str) -> None:
    shelf: Shelf = pickle.loads(pickle.dumps(Shelf.of(table), protocol=5))
    for key in (other, *table):
        assert shelf.get(key) == table.get(key)
        assert (key in shelf) == (key in table)
    assert shelf.whole() == table
    with pytest.raises(KeyError):
        _ = Shelf.of({})[other]


def test_a_shelf_is_whole_also_where_another_thread_reads_from_it_meanwhile() -> None:
    table = {"ab": 1, "cd": 2, "ef": 3}
    meanwhile = ["cd", "ab"]

    class Raced(Shelf):
        def _bucket(self, prefix: str) -> dict[str, int]:
            while meanwhile:
                assert self.get(meanwhile.pop())
            return super()._bucket(prefix)

    assert Raced.of(table).whole() == table


@given(st.sets(st.text(max_size=4)), st.lists(st.text(max_size=4)))
def test_a_word_shelf_tells_like_the_set_whether_it_shares_a_word(words: set[str], others: list[str]) -> None:
    shelf = WordShelf.of(words)
    assert shelf.isdisjoint(others) == words.isdisjoint(others)
    assert shelf.whole() == words


def test_rows_are_counted_and_read_like_the_list_they_were_packed_from() -> None:
    rows = cache.load_rules().lexicon.sets[:50]
    packed = Rows.of(rows)
    assert list(packed) == list(rows)
    assert packed[-1] == rows[-1]
    assert packed[3:5] == list(rows[3:5])
    with pytest.raises(IndexError):
        _ = packed[50]


def test_a_late_pattern_answers_like_the_pattern_it_was_packed_from() -> None:
    for rule in Extractor().rules.rules[:20]:
        pattern = rule.pattern._replace(before="ab", after=None)
        late: Late = pickle.loads(pickle.dumps(Late.of(pattern, "triggers"), protocol=5))
        assert late.triggers == pattern.triggers
        assert late.needs == pattern.needs
        assert late._replace() == pattern
        with pytest.raises(AttributeError):
            _ = late.nothing


def test_packed_and_unpacked_vocabulary_read_the_same() -> None:
    extractor = Extractor()
    first = extractor.extract(TEXT, id="a")
    assert not extractor.due
    extractor.prepare()
    assert first == extractor.extract(TEXT, id="a")
    assert len(first["events"]) == 2


def test_the_vocabulary_is_unpacked_once_so_much_has_been_read_that_it_pays() -> None:
    extractor = Extractor()
    for _ in range(5):
        extractor.read(". " * 20_000, id="a")
        assert not extractor.due
    extractor.read(".", id="a")
    assert extractor.due
    extractor.read(TEXT, id="a")
    assert not extractor.due
    long = Extractor()
    long.read(". " * 150_000, id="a")
    assert not long.due


@given(st.sets(st.text("ابتجقو", min_size=1, max_size=5), min_size=1), st.data())
def test_the_gate_opens_by_packed_pairs_as_by_plain_ones(table: set[str], data: st.DataObject) -> None:
    pairs = {word: str(number) for number, word in enumerate(sorted(table))}
    groups = {name: frozenset([f"{word}ن"]) for word, name in pairs.items()}
    free = data.draw(st.sets(st.sampled_from([*pairs])))
    alone = {word: name for word, name in pairs.items() if word not in free}
    sentence = data.draw(st.lists(st.sampled_from([*pairs, *(f"{word}ن" for word in pairs)])))
    told = any(word in free or (word in alone and f"{word}ن" in sentence) for word in sentence)
    text = " ".join(sentence)
    spans = [(0, len(text))]
    assert SentenceGate(frozenset(pairs), alone, groups).open(text, spans) == [told]
    assert SentenceGate(WordShelf.of(pairs), Shelf.of(alone), Shelf.of(groups)).open(text, spans) == [told]


def test_a_trigger_of_two_words_is_found_by_rules_out_of_the_cache(folder: Path, few: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "vocabulary").mkdir(parents=True)
    (mine / "vocabulary" / "sea.toml").write_text(
        '[[words]]\nclass = "harm_noun"\noutcome = "killed"\nwords = ["ابتلاع البحر"]\n', encoding="utf-8"
    )
    found = [Extractor([few, mine], replace=True).extract("ابتلاع البحر ثلاثة جنود.")["events"] for _ in range(3)]
    assert len(found[0]) == 1
    assert found[0] == found[1] == found[2]


def test_what_comes_out_is_what_the_whole_contract_makes_of_it() -> None:
    found = Extractor().extract(TEXT, id="a", title="t", published="2020-01-01")
    assert Document.model_validate(found).model_dump(mode="json", by_alias=True) == found


@pytest.mark.parametrize("damage", ["empty", "torn", "scribbled", "other key", "other pickle"])
def test_a_broken_cache_is_ignored_and_made_anew(folder: Path, few: Path, damage: str) -> None:
    path = compiled(folder)
    data = path.read_bytes()
    broken = {
        "empty": b"",
        "torn": data[: len(data) // 2],
        "scribbled": data[:-9] + b"scribbled",
        "other key": b"0" * 64 + data[64:],
        "other pickle": data[:68] + pickle.dumps(["no rules"]),
    }[damage]
    path.write_bytes(broken)
    assert len(Extractor([few], replace=True).extract(TEXT)["events"]) == 2
    assert compiled(folder).read_bytes() != broken


def test_a_changed_rule_file_is_read_although_its_name_and_size_stay(few: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "vocabulary").mkdir(parents=True)
    words = own / "vocabulary" / "mine.toml"
    table = '[[noun]]\nword = "{}"\nplural = "{}"\nclass = "person"\ntype = "militant"\n'
    words.write_text(table.format("زعطوط", "زعاطيط"), encoding="utf-8")
    text = "مقتل ثلاثة زعاطيط في الحي"
    assert Extractor([few, own], replace=True).extract(text)["events"][0]["victims"]["type"] == "militant"
    words.write_text(table.format("فرفور", "فرافير"), encoding="utf-8")
    assert (
        Extractor([few, own], replace=True).extract(text.replace("زعاطيط", "فرافير"))["events"][0]["victims"]["type"]
        == "militant"
    )


def layer_of(folder: Path, kind: str) -> Path:
    (folder / "vocabulary").mkdir(parents=True)
    words = f'[[noun]]\nword = "زعطوط"\nplural = "زعاطيط"\nclass = "person"\ntype = "{kind}"\n'
    (folder / "vocabulary" / "mine.toml").write_text(words, encoding="utf-8")
    return folder


def test_rules_are_found_wherever_their_folder_lies(folder: Path, few: Path, tmp_path: Path) -> None:
    mine = layer_of(tmp_path / "mine", "militant")
    Extractor([few, mine], replace=True)
    kept = {path.name for path in folder.glob("rules-*")}
    Extractor([few, shutil.copytree(mine, tmp_path / "elsewhere" / "yours")], replace=True)
    assert {path.name for path in folder.glob("rules-*")} == kept


def test_folders_in_another_order_are_other_rules(folder: Path, few: Path, tmp_path: Path) -> None:
    one, other = layer_of(tmp_path / "a", "militant"), layer_of(tmp_path / "b", "police")
    Extractor([few, one, other], replace=True)
    before = len([*folder.glob("rules-*")])
    Extractor([few, other, one], replace=True)
    assert len([*folder.glob("rules-*")]) == before + 1


def test_a_cache_that_cannot_be_written_is_done_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, few: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("EXTRACTOR_CACHE", str(tmp_path / "file" / "cache"))
    assert len(Extractor([few], replace=True).extract(TEXT)["events"]) == 2


def test_rules_that_are_used_stay_while_others_are_written(folder: Path, few: Path) -> None:
    used = compiled(folder)
    os.utime(used, (0, 0))
    for number in range(20):
        path = folder / f"rules-{number}"
        path.write_bytes(b"")
        os.utime(path, (number + 1, number + 1))
    Extractor([few], replace=True)
    cache_file.prune(folder)
    assert used.exists()


def test_only_the_newest_files_are_kept(tmp_path: Path) -> None:
    for number in range(20):
        path = tmp_path / f"rules-{number}"
        path.write_bytes(b"")
        os.utime(path, (number, number))
    cache_file.prune(tmp_path)
    kept = {int(p.name.partition("-")[2]) for p in tmp_path.iterdir()}
    assert kept == set(range(20 - len(kept), 20))
    assert len(kept) < 20
