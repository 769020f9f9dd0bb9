"""JSON Lines, lists, single objects, Telegram Desktop's exports."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.readers.documents import Failure, read_paths
from extractor.readers.items import InputError, Limits
from extractor.readers.json_stream import JsonStream

# The structure is that of a channel exported by Telegram Desktop 5; names and sentences are invented.
EXPORT: dict[str, Any] = {
    "name": "شبكة وادي العطر الإخبارية",
    "type": "public_channel",
    "id": 1900000001,
    "messages": [
        {"id": 1, "type": "service", "date": "2023-11-02T09:00:00", "action": "create_channel", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2023-11-02T12:30:05",
            "date_unixtime": "1698921005",
            "from": "شبكة وادي العطر الإخبارية",
            "text": [
                {"type": "hashtag", "text": "#عاجل"},
                " استشهاد ",
                {"type": "bold", "text": "أربعة مدنيين"},
                " بقصف على بلدة الزهيرات.\n",
                {"type": "text_link", "text": "تابعونا", "href": "https://example.org"},
            ],
            "text_entities": [{"type": "plain", "text": "…"}],
            "reactions": [{"type": "emoji", "count": 3, "emoji": "x"}],
        },
        {"id": 3, "type": "message", "date": "2023-11-02T13:00:00", "photo": "photos/1.jpg", "text": ""},
        {"id": 4, "type": "message", "date": "2023-11-02T14:00:00", "text": "هدوء\u0001 حذر."},
    ],
}


def test_a_telegram_export_gives_its_messages_with_their_date_and_chat(read) -> None:
    first, second = read("result.json", json.dumps(EXPORT, ensure_ascii=False, indent=1))
    assert first.id == "1900000001/2"
    assert first.text == "#عاجل استشهاد أربعة مدنيين بقصف على بلدة الزهيرات.\nتابعونا"
    assert first.published == "2023-11-02T10:30:05+00:00"
    assert first.origin.record == 2
    assert second.published == "2023-11-02T14:00:00"


def test_raw_control_characters_in_a_telegram_export_are_let_through(read) -> None:
    text = json.dumps(EXPORT, ensure_ascii=False).replace("\\u0001", "\x01")
    assert "\x01" in text
    assert read("result.json", text)[-1].text == "هدوء\x01 حذر."


def test_the_export_of_a_whole_account_gives_the_messages_of_every_chat(read) -> None:
    other = {**EXPORT, "id": 7, "messages": EXPORT["messages"][3:]}
    whole = {"about": "…", "chats": {"about": "…", "list": [EXPORT, other]}, "left_chats": {"list": []}}
    assert [d.id for d in read("result.json", json.dumps(whole))] == ["1900000001/2", "1900000001/4", "7/4"]


def test_a_list_an_object_and_lists_under_a_key_are_documents(read) -> None:
    rows = [{"id": "a", "text": "x", "tags": [{"text": "no document"}]}, {"text": "y"}, 3]
    for content in (rows, {"status": "ok", "articles": rows}, {"response": 1, "data": {"items": rows}}):
        first, second, third = read("d.json", json.dumps(content))
        assert (first.id, second.id, third.id) == ("a", "d:2", "d:3")
        assert isinstance(third, Failure)
    (single,) = read("one.json", json.dumps({"title": "t", "body": "x", "entities": [{"text": "z"}]}, indent=2))
    assert (single.id, single.title, single.text) == ("one", "t", "x")


def test_json_lines_under_another_suffix_are_seen(read) -> None:
    first, second = read("d.json", '{"text": "x"}\n{"text": "y"}\n')
    assert (first.id, second.origin.line) == ("d:1", 2)


def test_keys_are_guessed_in_arabic_and_english_and_named_by_option(read) -> None:
    row = {"المعرف": 5, "العنوان": "ع", "نص_الخبر": "خبر", "تاريخ النشر": "2020-01-02", "الرابط": "http://x.org"}
    (document,) = read("d.jsonl", json.dumps(row))
    assert (document.id, document.title, document.text, document.published) == ("5", "ع", "خبر", "2020-01-02")
    assert document.origin.url == "http://x.org"
    (chosen,) = read("d.jsonl", json.dumps({"text": "no", "raw": "yes"}), text="raw")
    assert chosen.text == "yes"
    (missing,) = read("d.jsonl", json.dumps({"text": "no"}), text="raw")
    assert "no key 'raw' here; there are 'text'" in missing.reason


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2021-05-06T07:08:09Z", "2021-05-06T07:08:09Z"),
        (1620284889, "2021-05-06T07:08:09+00:00"),
        ("1620284889000", "2021-05-06T07:08:09+00:00"),
        ("Thu, 06 May 2021 07:08:09 GMT", "2021-05-06T07:08:09+00:00"),
        ("أمس", "أمس"),
        (True, None),
        (12, None),
        (1e300, None),
        ("", None),
        ({"$date": 1}, None),
    ],
)
def test_dates_of_machines_become_iso_dates(read, value: Any, published: str | None) -> None:
    (document,) = read("d.jsonl", json.dumps({"text": "x", "date": value}))
    assert document.published == published


def test_a_line_that_is_too_long_costs_itself_alone(read) -> None:
    long = json.dumps({"text": "ط" * 2_000_000})
    items = read("d.jsonl", f'{{"id": 1, "text": "a"}}\n{long}\n{{"id": 3, "text": "c"}}')
    assert [(i.id, type(i).__name__) for i in items] == [("1", "Document"), ("d:2", "Failure"), ("3", "Document")]
    assert "longer than 1 MB" in items[1].reason


def test_deep_nesting_is_a_failure(read) -> None:
    deep = "[" * 100_000
    for name, content in (("a.jsonl", deep), ("a.json", '{"text": ' + deep), ("b.json", deep)):
        (failure,) = read(name, content)
        assert isinstance(failure, Failure)


def test_broken_json_ends_the_file_behind_what_was_whole(read) -> None:
    document, failure = read("d.json", '[{"text": "a"},\n {"text": "b" "c"}]')
    assert document.text == "a"
    assert failure.where.endswith("d.json:2")
    assert "what stands behind it was not read" in failure.reason


def test_what_extractor_wrote_is_not_taken_for_a_document(read) -> None:
    (failure,) = read("d.json", json.dumps({"schema_version": 1, "id": "a", "events": []}))
    assert "record that extractor wrote" in failure.reason


def test_a_long_list_is_read_in_bounded_memory(tmp_path) -> None:
    path = tmp_path / "d.json.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b"[")
        for i in range(30_000):
            file.write(json.dumps({"id": i, "text": f"{i * 7919} " * 100}).encode() + b",\n")
        file.write(b'{"text": "end"}]')
    tracemalloc.start()
    count = sum(not isinstance(item, Failure) for item in read_paths([str(path)], io.BytesIO()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 30_001
    assert peak < 8 << 20


class Trickle(io.BytesIO):
    """Gives a few bytes at a time, so that every value is cut somewhere."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(3)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=6), st.sampled_from([None, 1]))
def test_a_list_read_in_trickles_is_what_was_written(values: list[Any], indent: int | None) -> None:
    data = json.dumps(values, ensure_ascii=True, indent=indent).encode()
    found = [value for _, _, value in JsonStream(Trickle(data), "utf-8", Limits()).elements()]
    assert found == values


@given(st.text(alphabet='[]{}",:1e-a\\ \n', max_size=40))
def test_any_text_gives_values_or_a_reason(text: str) -> None:
    with contextlib.suppress(InputError):
        list(JsonStream(io.BytesIO(text.encode()), "utf-8", Limits()).elements())
