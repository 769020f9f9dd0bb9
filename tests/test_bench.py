"""The pure parts of the benchmark, with contestants and a clock made up. No test here measures a duration."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import corpus, report, run
from bench.contestant import Contestant
from bench.rounds import Round, batches
from bench.rounds import run as run_rounds


def rounds_of(*triples: tuple[int, int, int]) -> list[Round]:
    return [Round(1_000, {"floor": f, "spacy": s, "extractor": x}) for f, s, x in triples]


# --- the corpus


def test_reads_a_folder_of_both_formats_and_gives_a_text_once(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text('{"id": 1, "text": "ثان"}\n\n{"text": "أول"}\n{"text": " "}\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("أول", encoding="utf-8-sig")
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    assert corpus.read(tmp_path) == ["أول", "ثان"]
    assert corpus.read(tmp_path / "a.txt") == ["أول"]


def test_a_line_separator_inside_a_json_string_does_not_end_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "سطر\u2028واحد"}', encoding="utf-8")
    assert corpus.read(tmp_path) == ["سطر\u2028واحد"]


@pytest.mark.parametrize("line", ["{", "[]", '"text"', '{"body": "x"}'])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n' + line, encoding="utf-8")
    with pytest.raises(corpus.CorpusError, match=r"a\.jsonl:2: "):
        corpus.read(tmp_path)


def test_nothing_to_read_says_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(corpus.CorpusError, match="no text here"):
        corpus.read(tmp_path)
    with pytest.raises(corpus.CorpusError, match="BENCH_CORPUS"):
        corpus.read(tmp_path / "missing")
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(corpus.CorpusError, match=r"a\.txt"):
        corpus.read(tmp_path)


def test_the_seed_alone_decides_the_order() -> None:
    texts = [str(i) for i in range(50)]
    assert corpus.shuffled(texts, 3) == corpus.shuffled(texts, 3) != corpus.shuffled(texts, 4)
    assert sorted(corpus.shuffled(texts, 3)) == sorted(texts)


def test_weight_counts_bytes_and_bears_lone_surrogates() -> None:
    assert corpus.weight("قتل 7") == 8
    assert corpus.weight("\ud800") == 3


def test_pieces_are_the_whole_text_cut_where_sentences_end() -> None:
    text = "one two. three four.\nfive six. seven"
    assert corpus.pieces(text, 8) == ["one two.", " three four.", "\nfive six.", " seven"]
    assert corpus.pieces(text, 20) == ["one two. three four.", "\nfive six. seven"]
    assert "".join(corpus.pieces(text, 13)) == text
    assert corpus.pieces(" \n", 5) == []


def test_texts_are_joined_until_they_are_long_enough() -> None:
    assert corpus.joined(["ab", "cd", "ef"], 7) == "ab\n\ncd"
    assert corpus.joined(["ab"], 7) == "ab"


def test_warm_up_timed_and_rest_are_apart() -> None:
    texts = [str(i) for i in range(1000)]
    warm, timed, rest = run.divide(texts, 30)
    assert [*warm, *timed, *rest] == texts
    assert (len(warm), len(timed)) == (run.WARM, 30)
    assert run.divide(["only"], 1) == ([], ["only"], [])
    assert run.divide(["a", "b"], 2) == (["a"], ["b"], [])


# --- rounds


def recorder(name: str, log: list[tuple[str, str]], clock: list[int], cost: int) -> Contestant:
    def work(text: str) -> None:
        log.append((name, text))
        clock[0] += cost
        assert not gc.isenabled()

    return Contestant(name, work, prepare=lambda text: text + name)


@pytest.fixture
def log() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def contestants(log: list[tuple[str, str]]) -> tuple[list[Contestant], Callable[[], int]]:
    clock = [0]
    return [recorder(name, log, clock, cost) for name, cost in (("p", 5), ("q", 7), ("r", 1))], lambda: clock[0]


def test_each_contestant_does_each_timed_text_once(contestants: tuple, log: list[tuple[str, str]]) -> None:
    fakes, clock = contestants
    found = run_rounds(fakes, [["1", "2"], ["3"]], [], clock)
    assert sorted(log) == sorted((n, t + n) for n in "pqr" for t in "123")
    assert found == [Round(2, {"p": 10, "q": 14, "r": 2}), Round(1, {"p": 5, "q": 7, "r": 1})]
    assert gc.isenabled()


def test_the_order_moves_on_and_warm_texts_are_off_the_clock(contestants: tuple, log: list[tuple[str, str]]) -> None:
    fakes, clock = contestants
    found = run_rounds(fakes, [["1"], ["2"], ["3"], ["4"]], ["w"], clock)
    assert [name for name, text in log if not text.startswith("w")] == list("pqrqrprpqpqr")
    assert [r.nanoseconds["q"] for r in found] == [7] * 4
    timed = [i for i, (_, text) in enumerate(log) if not text.startswith("w")]
    assert all(log[i - 1] == (log[i][0], "w" + log[i][0]) for i in timed)


def test_a_failing_contestant_leaves_the_collector_on() -> None:
    def fail(text: str) -> None:
        raise RuntimeError(text)

    with pytest.raises(RuntimeError):
        run_rounds([Contestant("p", fail)], [["x"]], [])
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


@pytest.mark.parametrize(("texts", "most"), [(0, 5), (1, 5), (7, 3), (100, 30)])
def test_batches_hold_every_text_once_in_order(texts: int, most: int) -> None:
    groups = batches([str(i) for i in range(texts)], most)
    assert [t for g in groups for t in g] == [str(i) for i in range(texts)]
    assert len(groups) == min(texts, most)
    assert max(map(len, groups), default=0) - min(map(len, groups), default=0) <= 1


# --- the report


def test_rate_is_the_median_of_the_rounds() -> None:
    rounds = rounds_of((1_000, 1, 1), (2_000, 1, 1), (900_000, 1, 1))
    assert report.rate(rounds, "floor") == report.Rate("floor", 10.0, 500.0)


def test_rate_bears_rounds_of_different_weight() -> None:
    rounds = [Round(100, {"floor": 300}), Round(1_000, {"floor": 3_000})]
    assert report.rate(rounds, "floor").microseconds == 15.0


def test_ratio_pairs_within_a_round() -> None:
    # Every round runs twice as slow as the one before, and the ratio stays.
    assert report.ratio(rounds_of((1, 8, 4), (2, 16, 8), (4, 32, 16)), "floor").value == 4.0
    one = report.ratio(rounds_of((2, 8, 4)), "spacy")
    assert (one.value, one.low, one.high) == (0.5, 0.5, 0.5)


def test_ratio_shows_the_middle_half() -> None:
    found = report.ratio(rounds_of(*((1, 1, x) for x in (1, 2, 3, 4, 5))), "floor")
    assert (found.low, found.value, found.high) == (2.0, 3.0, 4.0)


def test_last_line_is_exact() -> None:
    line = report.last_line(rounds_of((100, 1_927, 790)), 180, 5_200)
    assert line == "ratio floor=7.9 spacy=0.41 rules=180 forms=5200"


def test_table_has_one_row_a_contestant_ours_last() -> None:
    rows = report.table(rounds_of((100, 2_000, 800), (100, 2_000, 800))).split("\n")
    assert [row.split()[0] for row in rows[1:]] == ["floor", "spacy", "extractor"]
    assert re.search(r"8\.00 ×\s+8\.00-8\.00$", rows[1])


def test_length_table_has_one_row_a_length() -> None:
    rounds = [Round(500, {"floor": 500, "extractor": 5_000})]
    rows = report.length_table([(500, 3, rounds), (2_000_000, 1, rounds)]).split("\n")
    assert [row.split() for row in rows[1:3]] == [["0.5", "3", "1.0", "10.0"], ["2000", "1", "1.0", "10.0"]]
    slower = [Round(500, {"floor": 500, "extractor": 6_000})]
    assert report.length_table([(500, 3, rounds), (2_000, 1, slower)]).split("\n")[3].split()[3:] == [
        "1.00",
        "×",
        "1.20",
        "×",
    ]


def test_by_length_says_where_the_corpus_ends() -> None:
    fakes = [Contestant("floor", len), Contestant("extractor", len)]
    table = run.by_length(fakes, ["x" * 1_000 + "."] * 5)
    assert [row.split()[:2] for row in table.split("\n")[1:3]] == [["0.5", "5"], ["2", "3"]]
    assert "no text left for 8, 32, 128, 512, 2000 KB" in table
    assert "no text left" in run.by_length(fakes, [])


def test_a_corpus_that_cannot_be_read_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["--", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"bench: {tmp_path}: ")
    assert said.err.count("\n") == 1


def test_a_sample_is_at_least_one_text(tmp_path: Path) -> None:
    assert run.arguments(["--sample", "3", "--", str(tmp_path)]).sample == 3
    with pytest.raises(SystemExit):
        run.arguments(["--sample", "0", "--", str(tmp_path)])
