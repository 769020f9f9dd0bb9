"""Text files and the encodings that they come in."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.readers.documents import Failure, read_paths
from extractor.readers.encoding import decode, is_windows_1256
from extractor.readers.items import InputError

NEWS = (
    "قال مصدر في الشرطة إن سيارة مفخخة انفجرت أمس قرب سوق في المدينة، وإن ثلاثة من المارة قتلوا بعد "
    "أن أصيبوا بشظايا، كما أصيب آخرون من بينهم طفل كان مع أمه حين وقع الانفجار."
)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_arabic_text_is_read_in_each_encoding_that_is_sure(codec: str) -> None:
    assert decode(NEWS.encode(codec)) == NEWS


def test_a_few_words_in_an_old_encoding_are_not_guessed() -> None:
    with pytest.raises(InputError, match="save the file as UTF-8"):
        decode("قتل ثلاثة جنود".encode("cp1256"))


@pytest.mark.parametrize("codec", ["iso8859-6", "cp720", "mac_arabic", "cp864"])
def test_another_arabic_encoding_is_not_taken_for_windows_1256(codec: str) -> None:
    assert not is_windows_1256(NEWS.encode(codec, "replace"))


def test_french_and_broken_utf8_are_not_windows_1256() -> None:
    assert not is_windows_1256(
        ("L'armée a tué près de la frontière où les blessés ont été évacués. " * 5).encode("cp1252")
    )
    assert not is_windows_1256(NEWS.encode() * 3 + b"\xd9")


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_reason(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(decode(data), str)


def test_a_text_file_is_a_document_named_after_it(read) -> None:
    (document,) = read("report.txt", NEWS)
    assert (document.id, document.text, document.origin.path[-10:]) == ("report", NEWS, "report.txt")


def test_gzip_of_two_members_is_one_text(read) -> None:
    (document,) = read("report.txt.gz", gzip.compress(NEWS.encode()) + gzip.compress(b" 2"))
    assert (document.id, document.text) == ("report", NEWS + " 2")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (gzip.compress(NEWS.encode())[:-20], "cut off"),
        (gzip.compress(NEWS.encode())[:20] + b"\xff" * 60, "broken gzip"),
        (gzip.compress(NEWS.encode()) + b"junk", "not gzip"),
        (gzip.compress(b"\0" * (3 << 20)), "more than 200 times its size"),
        (gzip.compress(os.urandom(2 << 20)), "longer than 1 MB"),
        (b"a" * (1 << 20) + b"b", "longer than 1 MB"),
    ],
)
def test_broken_packed_and_endless_texts_are_failures(read, content: bytes, reason: str) -> None:
    (failure,) = read("a.txt.gz" if content[:1] == b"\x1f" else "a.txt", content)
    assert isinstance(failure, Failure)
    assert reason in failure.reason


def test_a_folder_gives_ids_that_do_not_clash_and_follows_no_link_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "in" / "x").mkdir(parents=True)
    (tmp_path / "in" / "y").mkdir()
    for name in ("in/x/a.txt", "in/y/a.txt", "in/y/a.txt.gz", "in/picture.png", "secret.txt"):
        data = NEWS.encode()
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    (tmp_path / "in" / "out.txt").symlink_to(tmp_path / "secret.txt")
    items = list(read_paths([str(tmp_path / "in")], io.BytesIO()))
    assert [i.id for i in items if not isinstance(i, Failure)] == ["x/a", "y/a.txt", "y/a.txt.gz"]
    (failure,) = [i for i in items if isinstance(i, Failure)]
    assert "leads out of the folder" in failure.reason


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (NEWS.encode(), ["stdin"]),
        (b'{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n', ["1", "2"]),
        (b'\n\n  {"id": 1,\n "text": "a"}\n', ["1"]),
        (b'[{"id": 1, "text": "a"}, {"id": 2, "text": "b"}]', ["1", "2"]),
        (gzip.compress(b'{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n'), ["1", "2"]),
        (b"[1] a footnote", ["stdin"]),
    ],
)
def test_standard_input_is_known_by_its_first_bytes(content: bytes, ids: list[str]) -> None:
    items = list(read_paths(["-"], io.BufferedReader(io.BytesIO(content))))  # type: ignore[arg-type]
    assert [item.id for item in items] == ids
    assert not [item for item in items if isinstance(item, Failure)]
