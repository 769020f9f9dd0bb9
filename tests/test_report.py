"""The reading page as a file: self-contained, and nothing in an article becomes part of it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.report.page import write_page
from tests.test_cli import run

ARTICLE = "مقتل ثلاثة جنود\nأعلن الجيش مقتل ثلاثة جنود في سيناء."


def record(text: str, **more: Any) -> dict[str, Any]:
    return {**Extractor().extract(text, id="a"), "text": text, **more}


def page(*documents: dict[str, Any], title: str = "Page", actors: dict[str, dict[str, str]] | None = None) -> str:
    stream = io.BytesIO()
    write_page(documents, actors or {}, title, stream)
    return stream.getvalue().decode()


def data_of(html: str) -> Any:
    return orjson.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)[1])


def test_the_page_carries_its_documents_and_loads_nothing() -> None:
    html = page(record(ARTICLE, title="مقتل ثلاثة جنود"))
    assert [d["text"] for d in data_of(html)["documents"]] == [ARTICLE]
    assert not re.search(r"""(src|href)=["'](?!#)""", html)
    assert "default-src 'none'" in html


@given(st.text(), st.text())
def test_whatever_an_article_holds_stays_data(text: str, title: str) -> None:
    hostile = f"</script><script>alert(1)</script><!--{text}"
    html = page({"id": title, "title": title, "text": hostile, "events": []}, title=hostile)
    assert html.count("<script") == 2  # the data block and the page's own script
    document = data_of(html)["documents"][0]
    assert document["text"] == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in hostile)


def test_the_words_of_a_template_in_a_title_are_only_words() -> None:
    assert "<title>%DATA% %SCRIPT%</title>" in page(title="%DATA% %SCRIPT%")


def test_sides_are_told_for_the_actors_that_occur() -> None:
    document = record("أعلن الحوثيون مقتل ثلاثة جنود.")
    identity = document["events"][0]["sources"][0]["id"]
    html = page(document, actors={identity: {"side": "north"}, "someone-else": {"side": "south"}})
    assert data_of(html)["sides"] == {identity: "north"}


def test_both_languages_of_the_page_have_the_same_words() -> None:
    words = data_of(page())["words"]
    assert set(words["en"]) == set(words["ar"]) - {"values"}


def test_the_command_writes_a_page_and_reports_what_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    out = tmp_path / "page.html"
    done = run("report", tmp_path / "a.txt", tmp_path / "gone.txt", "-o", out)
    assert done.returncode == 1
    assert "gone.txt: no such file" in done.stderr.decode()
    assert len(data_of(out.read_text(encoding="utf-8"))["documents"]) == 1
    assert run("report", tmp_path / "a.txt", "-o", tmp_path / "no" / "page.html").returncode == 2


@pytest.mark.parametrize("name", ["page.js", "page.css", "page.html"])
def test_the_files_of_the_page_hold_no_arabic(root: Path, name: str) -> None:
    assert not re.search("[\u0600-\u06ff]", (root / "extractor" / "report" / name).read_text(encoding="utf-8"))
