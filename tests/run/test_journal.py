"""The journal of a run: after any crash, exactly what is whole counts as done."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.run.journal import Journal, JournalError
from extractor.run.task import Result
from extractor.run.work import Done

RUN = b"r" * 32


def done(number: int) -> Done:
    line = b"" if number % 5 == 3 else b'{"n":%d,"pad":"%s"}' % (number, b"x" * (number % 7))
    return Done(number, 1000 + number, Result(line, number % 3, "broken" if number % 4 == 1 else None))


def filled(folder: Path, numbers: list[int]) -> Path:
    output = folder / "o.jsonl"
    journal = Journal(output, RUN, resume=False)
    for number in numbers:
        journal.add(done(number))
    journal.close()
    return output


def held(journal: Journal) -> list[int]:
    return [n for n in range(40) if journal.holds(n, 1000 + n)]


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    output = filled(tmp_path, [0, 1, 2, 4])
    journal = Journal(output, RUN, resume=True)
    assert held(journal) == [0, 1, 2, 4]
    assert (journal.documents, journal.claims, journal.failures) == (4, 0 + 1 + 2 + 1, 1)
    journal.add(done(3))
    journal.add(done(5))
    journal.complete()
    assert list(journal.lines()) == [done(n).result.line for n in (0, 1, 2, 4, 5)]
    journal.discard()
    assert list(tmp_path.iterdir()) == []


@given(st.data())
def test_files_cut_or_spoilt_anywhere_give_a_whole_beginning(tmp_path_factory, data) -> None:
    folder = tmp_path_factory.mktemp("j")
    numbers = data.draw(st.permutations(range(data.draw(st.integers(0, 12)))))
    output = filled(folder, numbers)
    victim = folder / data.draw(st.sampled_from(["o.jsonl.partial", "o.jsonl.partial-index"]))
    content = bytearray(victim.read_bytes())
    at = data.draw(st.integers(0 if victim.suffix == ".partial" else 40, len(content)))
    if data.draw(st.booleans()) and at < len(content):
        content[at] ^= data.draw(st.integers(1, 255))
    else:
        del content[at:]
        content += data.draw(st.binary(max_size=60))
    victim.write_bytes(content)

    journal = Journal(output, RUN, resume=True)
    found = held(journal)
    assert set(found) == set(numbers[: len(found)])
    assert list(journal.lines()) == [line for n in numbers[: len(found)] if (line := done(n).result.line)]
    for number in numbers:
        if number not in found:
            journal.add(done(number))
    journal.complete()
    assert list(journal.lines()) == [line for n in numbers if (line := done(n).result.line)]
    journal.close()


def test_without_resume_a_run_begins_anew_and_says_so(tmp_path: Path) -> None:
    output = filled(tmp_path, [0, 1])
    journal = Journal(output, RUN, resume=False)
    assert journal.dropped
    assert held(journal) == []
    journal.close()


def test_another_run_is_not_continued(tmp_path: Path) -> None:
    output = filled(tmp_path, [0, 1])
    with pytest.raises(JournalError, match="other input, options, rules or version"):
        Journal(output, b"s" * 32, resume=True)
    journal = Journal(output, RUN, resume=True)
    with pytest.raises(JournalError, match="document 2 of the input is not the one"):
        journal.holds(1, 77)
    journal.close()
