"""Gigabytes out of kilobytes: the command reads them in bounded memory and says what is wrong."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import subprocess
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

# What the whole process may map; a plain run of the command maps a third of it.
MEMORY = 1 << 30
_STARTS = {
    "csv": r"id,text\n1,",
    "json": '[{"text": "',
    "feed": "<rss><item><title>",
    "html": "<p>",
}
GOOD = json.dumps({"id": "good", "text": "قتل 3 جنود في هجوم على حاجز."}).encode()


def run(*arguments: object, feed: str | None = None, memory: int = MEMORY) -> tuple[int, list[dict], str]:
    """Exit status, records and messages of a run that gets no more memory than `memory`; `feed`: a shell command."""
    command = [sys.executable, "-m", "extractor", "extract", *map(str, arguments), "--format", "jsonl"]
    source = subprocess.Popen(["bash", "-c", feed], stdout=subprocess.PIPE) if feed else None
    done = subprocess.run(
        command,
        stdin=source.stdout if source else subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=300,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
    )
    if source is not None and source.stdout is not None:
        source.stdout.close()
        source.wait()
    said = done.stderr.decode()
    assert "Traceback" not in said
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], said


@pytest.mark.slow
@pytest.mark.parametrize("form", ["jsonl", "csv", "text", "json", "feed", "html"])
def test_a_line_of_a_gigabyte_is_a_failure(form: str) -> None:
    start = _STARTS.get(form, "")
    feed = f"printf '{start}'; head -c 1000000000 /dev/zero | tr '\\0' a"
    status, records, said = run("-", "--from", form, feed=feed)
    assert status == 1
    assert "longer than 32 MB" in said
    assert all(record["error"] for record in records)


@pytest.mark.slow
def test_good_lines_around_a_long_one_are_read() -> None:
    text = GOOD.decode().replace("\\", "\\\\")
    long = "head -c 300000000 /dev/zero | tr '\\0' a"
    _, records, said = run("-", "--from", "jsonl", feed=f"printf '%b\\n' '{text}'; {long}; printf '\\n%b\\n' '{text}'")
    assert [bool(record["events"]) for record in records] == [True, False, True]
    assert "-:2: the line is longer than 32 MB" in said


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.txt.gz", "a.json.gz", "a.csv.gz", "a.xml.gz", "a.html.gz"])
def test_a_gzip_bomb_is_a_failure(tmp_path: Path, name: str) -> None:
    member = gzip.compress(b"\n" * (64 << 20))
    with (tmp_path / name).open("wb") as file:
        file.write(gzip.compress(b"id,text\n" if ".csv" in name else b""))
        for _ in range(60):  # 4 GB
            file.write(member)
    (tmp_path / "b.jsonl").write_bytes(GOOD)
    status, records, said = run(tmp_path)
    assert status == 1
    assert "200 times its size" in said or "longer than 32 MB" in said
    assert [record["id"] for record in records if record["events"]] == ["good"]


def test_a_parquet_file_that_repeats_a_long_text_is_held_once(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 64, pa.int32()), pa.array(["a" * 34_000_000]))
    pq.write_table(pa.table({"text": column}), tmp_path / "a.parquet")
    # Arrow maps a gigabyte at its start; held for each row, the texts would take two more.
    status, records, said = run(tmp_path / "a.parquet", memory=MEMORY * 5 // 2)
    assert status == 1
    assert len(records) == 64
    assert "a.parquet#64: the text is longer than 32 MB" in said


def hostile_files() -> dict[str, tuple[bytes, str]]:
    """Files that grow, nest or lead out of where they are, by name, with what is to be said of each."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<!DOCTYPE r [<!ENTITY l0 "lol">{entities}]>'
    blowup = f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]><rss><item><title>{"&a;" * 100_000}</title></item></rss>'
    packed, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../escaped.txt", b"0" * 50_000_000)
    with tarfile.open(fileobj=tarred, mode="w:gz") as archive:
        member = tarfile.TarInfo("../../escaped.txt")
        member.size = 5
        archive.addfile(member, io.BytesIO(b"hello"))
    return {
        "laughs.xml": (f"{laughs}<rss><item><title>&l9;</title></item></rss>".encode(), "declares an entity, 'l0'"),
        "laughs.html": (f"{laughs}<html><body><p>&l9;</p></body></html>".encode(), "no HTML that can be read"),
        "laughs.xhtml": (f"<?xml version='1.0'?>{laughs}<html><body>&l9;</body></html>".encode(), "no HTML"),
        "quadratic.xml": (blowup.encode(), "declares an entity, 'a'"),
        "outside.xml": (
            b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item><title>&a;</title></item></rss>',
            "declares an entity",
        ),
        "deep.json": (b"[" * 5_000_000, "nested too deeply"),
        "deep-objects.json": (b'{"a":' * 2_000_000, "nested too deeply"),
        "deep.jsonl": (b'{"text":' * 2_000_000 + b"\n", "not a line of JSON"),
        "deep.html": (b"<div>" * 2_000_000, "no HTML that can be read"),
        "deep.xml": (b"<rss>" * 2_000_000, "elements within each other"),
        "zip.txt": (packed.getvalue(), "a zip archive"),
        "zip.jsonl.gz": (gzip.compress(packed.getvalue()), "a zip archive"),
        "tar.txt.gz": (tarred.getvalue(), "a tar archive"),
    }


def test_a_folder_of_hostile_files_costs_each_of_them_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "c"
    folder.mkdir(parents=True)
    files = hostile_files()
    for name, (content, _) in files.items():
        (folder / name).write_bytes(content)
    (folder / "again").symlink_to(folder)
    (folder / "out.txt").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe.txt")
    (folder / "z.jsonl").write_bytes(GOOD)
    status, records, said = run(folder)
    assert status == 1
    assert [record["id"] for record in records if not record["error"]] == ["good"]
    for name, (_, reason) in files.items():
        line = next((line for line in said.splitlines() if f"/{name}:" in line), "")
        assert reason in line, name
    assert "out.txt: a link that leads out of the folder" in said
    assert not list(tmp_path.rglob("escaped.txt"))


def warc(*pages: tuple[str, bytes]) -> bytes:
    """An archive of pages, each with further headers of HTTP and its body as it was sent."""
    out = b""
    for number, (headers, body) in enumerate(pages, 1):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:{number}>\r\nContent-Length: {len(http)}\r\n"
        out += head.encode() + b"Content-Type: application/http; msgtype=response\r\n\r\n" + http + b"\r\n\r\n"
    return out


def test_a_page_that_grows_within_an_archive_costs_no_page_behind_it(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    brotli = pytest.importorskip("brotli")
    sentences = "أعلن المتحدث أن قتالا دار في أطراف البلدة. قتل 3 جنود في هجوم على حاجز عند الجسر."
    page = f"<html><body><article><p>{sentences}</p><p>{sentences}</p></article></body></html>".encode()
    grown = b"<p>" + b"a" * (1 << 29)
    pages = [
        ("Content-Encoding: gzip", gzip.compress(grown, 1)),
        ("Content-Encoding: gzip", gzip.compress(page)),
        ("Content-Encoding: deflate", zlib.compress(page)),
        ("Content-Encoding: br", brotli.compress(grown, quality=1)),
        ("Content-Encoding: br", brotli.compress(page)),
        ("Transfer-Encoding: chunked", f"{len(page):x}\r\n".encode() + page + b"\r\n0\r\n\r\n"),
        ("Content-Encoding: gzip", page),  # unpacked by who made the archive
        ("Content-Encoding: gzip", b"broken"),
        ("Content-Type: text/html", page),
    ]
    (tmp_path / "a.warc").write_bytes(warc(*pages))
    status, records, said = run(tmp_path / "a.warc")
    assert status == 1
    read = [bool(record["events"]) for record in records]
    assert read == [False, True, True, False, True, True, True, False, True], said
    assert said.count("the page is longer than 32 MB") == 2
    assert said.count("the page cannot be unpacked") == 1
