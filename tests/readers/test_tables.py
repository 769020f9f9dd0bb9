"""CSV, TSV and Parquet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.readers import extras
from extractor.readers.documents import Document, Failure, read_paths
from extractor.readers.items import Columns, Options

TEXT = "قُتل أربعة من رجال الأمن، بينهم ضابط،\nفي كمين قرب الجسر."


def table(rows: list[list[str]], **dialect: str) -> str:
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("name", "sign"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.csv", "\t")])
def test_a_table_gives_a_document_a_row_with_its_first_line(read, codec: str, name: str, sign: str) -> None:
    rows = [["رقم الخبر", "العنوان", "نص الخبر", "التاريخ"], ["7", "كمين", TEXT, "2019-02-03"], ["8", "", "هدوء", ""]]
    first, second = read(name, table(rows, delimiter=sign).encode(codec))
    assert (first.id, first.title, first.text, first.published) == ("7", "كمين", TEXT, "2019-02-03")
    assert (first.origin.line, second.origin.line) == (2, 4)
    assert (second.id, second.title, second.published) == ("8", None, None)


def test_a_table_in_windows_1256_is_read_where_that_is_sure(read) -> None:
    long = "قال مصدر في الشرطة إن ثلاثة من المارة قتلوا بعد أن أصيبوا بشظايا في المدينة أمس مع من كان في السوق"
    (document,) = read("a.csv", table([["id", "text"], ["1", long]]).encode("cp1256"))
    assert document.text == long


def test_columns_are_named_by_option_and_what_is_there_is_said(read) -> None:
    rows = table([["key", "raw", "when"], ["k", "x", "2020-01-01"]])
    (document,) = read("a.csv", rows, text="raw", id="key", published="when")
    assert (document.id, document.text, document.published) == ("k", "x", "2020-01-01")
    (failure,) = read("a.csv", rows)
    assert "--text-column" in failure.reason
    assert "'key', 'raw', 'when'" in failure.reason


def test_bad_rows_cost_themselves_alone(read) -> None:
    content = b'id,text\n1,good\n2,not utf-8 \xff\xfe\n3,a,b\n4\n\n5,"good"\n'
    items = read("a.csv", content)
    kinds = [(i.id, type(i).__name__) for i in items]
    assert [k for k in kinds if k[1] == "Document"] == [("1", "Document"), ("4", "Document"), ("5", "Document")]
    reasons = [i.reason for i in items if isinstance(i, Failure)]
    assert "not UTF-8" in reasons[0]
    assert "3 cells" in reasons[1]


def test_a_quote_that_nothing_closes_swallows_no_more_than_a_document(read) -> None:
    rest = "".join(f"{i},row {i}\n" for i in range(3, 200_000))
    items = read("a.csv", f'id,text\n1,good\n2,"never closed\n{rest}')
    assert items[0].id == "1"
    assert isinstance(items[1], Failure)
    assert items[-1].text == "row 199999"


def test_an_empty_table_is_a_failure(read) -> None:
    (failure,) = read("a.csv", "")
    assert "names its columns" in failure.reason


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n\ufeff"), min_size=1, max_size=20)


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_what_the_csv_module_writes_is_read_back(tmp_path_factory, cells: list[str]) -> None:
    path = tmp_path_factory.getbasetemp() / "round.csv"
    path.write_text(table([["id", "text"], *([str(i), c] for i, c in enumerate(cells))]), encoding="utf-8", newline="")
    found = list(read_paths([str(path)], io.BytesIO()))
    assert [d.text for d in found if isinstance(d, Document)] == cells


def parquet(path: Path, **columns: list[object]) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table(columns), path, row_group_size=2)


def test_a_parquet_file_gives_a_document_a_row(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet(path, النص=["a", None, "c"], id=[1, 2, 3], date=[dt.datetime(2020, 1, 2, tzinfo=dt.UTC)] * 3)
    first, second, third = read_paths([str(path)], io.BytesIO())
    assert (first.id, first.text, first.published, first.origin.record) == ("1", "a", "2020-01-02T00:00:00+00:00", 1)
    assert isinstance(second, Failure)
    assert (third.id, third.text) == ("3", "c")


def test_parquet_comes_through_standard_input_too(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet(path, body=["a", "b"])
    with path.open("rb") as file:
        assert [d.id for d in read_paths(["-"], file)] == ["stdin:1", "stdin:2"]


def test_broken_parquet_and_a_wrong_column_are_failures(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet(path, body=["a" * 1000] * 9)
    (wrong,) = read_paths([str(path)], io.BytesIO(), Options(columns=Columns(text="x")))
    assert "no column 'x' here; there are 'body'" in wrong.reason
    path.write_bytes(path.read_bytes()[:-40])
    (broken,) = read_paths([str(path)], io.BytesIO())
    assert "broken Parquet" in broken.reason


@pytest.mark.parametrize(("name", "extra"), [("a.parquet", "parquet"), ("a.html", "html"), ("a.warc", "warc")])
def test_a_missing_extra_is_said_with_the_command_that_installs_it(read, monkeypatch, name: str, extra: str) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda module: None)
    (failure,) = read(name, b"WARC/1.0" if extra == "warc" else b"PAR1")
    assert f"pip install 'extractor[{extra}]'" in failure.reason
    assert sys.exc_info() == (None, None, None)
