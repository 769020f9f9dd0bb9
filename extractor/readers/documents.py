"""Every document of files, folders and standard input, one after another."""

from __future__ import annotations

import importlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from extractor.readers.items import Document, Failure, InputError, Item, Options, Origin, Page, Source
from extractor.readers.streams import refuse_containers, unpacked

__all__ = ["FORMATS", "Document", "Failure", "Item", "Meter", "Page", "read_items", "read_paths", "size_of"]
_BUFFER = 1 << 16
SUFFIXES = {
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".warc": "warc",
}
# Format: module and function that read it.
_READERS = {
    "text": ("text_files", "read_text"),
    "html": ("pages", "read_html"),
    "jsonl": ("json_lines", "read_json_lines"),
    "json": ("json_files", "read_json"),
    "telegram": ("json_files", "read_json"),
    "csv": ("tables", "read_csv"),
    "tsv": ("tables", "read_tsv"),
    "parquet": ("parquet", "read_parquet"),
    "feed": ("feeds", "read_feed"),
    "warc": ("warc", "read_warc"),
}
FORMATS = tuple(_READERS)
Reader = Callable[[io.BufferedReader, Source, Options], Iterator[Item]]


class Meter:
    """How far the reading of a run's files has come, in bytes as they lie on disk. `total` is 0 if it is unknown."""

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self._behind = 0
        self._file: IO[bytes] | None = None

    def open(self, file: IO[bytes]) -> None:
        """Count `file` from now on."""
        self._file = file

    def close(self, size: int) -> None:
        """The file that is counted, of `size` bytes, is done."""
        self._behind += size
        self._file = None

    def done(self) -> int:
        """Bytes read so far."""
        return self._behind + (self._file.tell() if self._file is not None and not self._file.closed else 0)


def find(paths: Iterable[str]) -> Iterator[Source | Failure]:
    """The files that `paths` name, those of a folder in order of name.

    A file's name for ids is its own without suffix, for one in a folder its path within the folder; where two would
    share it, the suffix stays. A link within a folder that leads out of it is a failure: an archive may hold one.
    """
    for name in paths:
        path = Path(name)
        if name == "-":
            yield Source("-", "stdin")
        elif path.is_dir():
            yield from _in_folder(path)
        elif not path.exists():
            yield Failure(Origin(name), "no such file")
        else:
            yield Source(name, _bare(path).name)


def _in_folder(folder: Path) -> Iterator[Source | Failure]:
    found = sorted(p for p in folder.rglob("*") if format_of(p) and p.is_file())
    if not found:
        listed = ", ".join([*SUFFIXES, "the same with .gz"])
        yield Failure(Origin(str(folder)), f"no .txt or .jsonl file in this folder, nor any of {listed}")
    shared = Counter(map(_bare, found))
    home = folder.resolve()
    for path in found:
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            yield Failure(Origin(str(path)), "a link that leads out of the folder: name the file itself to read it")
        else:
            bare = _bare(path)
            yield Source(str(path), (path if shared[bare] > 1 else bare).relative_to(folder).as_posix())


def format_of(path: Path) -> str | None:
    """The format that the suffix of a file tells, the one before .gz if there is that."""
    return SUFFIXES.get(Path(path.name.lower().removesuffix(".gz")).suffix)


def _bare(path: Path) -> Path:
    """The path without its suffixes of compression and format."""
    return path.with_name(path.name.removesuffix(".gz")).with_suffix("") if path.stem else path


def size_of(paths: Iterable[str]) -> int:
    """Bytes of all the files that `paths` name; 0 where standard input is among them."""
    sources = list(find(paths))
    if any(isinstance(s, Source) and s.path == "-" for s in sources):
        return 0
    return sum(Path(s.path).stat().st_size for s in sources if isinstance(s, Source))


def read_paths(paths: Iterable[str], stdin: IO[bytes], options: Options | None = None) -> Iterator[Document | Failure]:
    """Every document of `paths`: files, folders and `-`, standard input.

    What cannot be read comes as a Failure in its place; nothing is raised.
    """
    for item in read_items(paths, stdin, options):
        if isinstance(item, Page):
            from extractor.readers.pages import read_page

            yield read_page(item)
        else:
            yield item


def read_items(
    paths: Iterable[str], stdin: IO[bytes], options: Options | None = None, meter: Meter | None = None
) -> Iterator[Item]:
    """As `read_paths`, with pages not yet taken apart, so that whoever reads them can do it where there is time."""
    options = options or Options()
    meter = meter or Meter()
    for source in find(paths):
        if isinstance(source, Failure):
            yield source
        elif source.path == "-":
            stream: Any = stdin
            yield from _guarded(stream, source, options.form, options)
        else:
            path = Path(source.path)
            try:
                raw: Any = io.FileIO(path)
                with io.BufferedReader(raw, _BUFFER) as file:
                    meter.open(file)
                    yield from _guarded(file, source, options.form or format_of(path), options)
                    meter.close(path.stat().st_size)
            except OSError as error:
                yield Failure(Origin(source.path), error.strerror or str(error))


def _guarded(file: io.BufferedReader, source: Source, form: str | None, options: Options) -> Iterator[Item]:
    """The documents of one file; what makes the rest of it unreadable is its failure and nobody else's."""
    try:
        yield from _read(file, source, form, options)
    except InputError as error:
        yield Failure(Origin(source.path, line=error.line), str(error), source.name)
    except OSError as error:
        yield Failure(Origin(source.path), error.strerror or str(error), source.name)
    except RecursionError:
        yield Failure(Origin(source.path), "nested too deeply", source.name)
    except MemoryError:
        yield Failure(Origin(source.path), "not enough memory to read it", source.name)


def _read(file: io.BufferedReader, source: Source, form: str | None, options: Options) -> Iterator[Item]:
    if form == "warc" or (form is None and file.peek(5).startswith(b"WARC/")):
        # FastWARC unpacks by itself, a record at a time.
        yield from _reader("warc")(file, source, options)
        return
    stream = unpacked(file, options.limits)
    refuse_containers(stream)
    found = sniff(stream)
    if form is None or (form == "feed" and found == "html"):
        form = found
    if form == "json" and options.form is None and _one_a_line(stream):
        form = "jsonl"
    yield from _reader(form)(stream, source, options)


def _one_a_line(stream: io.BufferedReader) -> bool:
    """Whether JSON stands in lines: the first line is an object, the next begins another."""
    first, _, rest = stream.peek(_BUFFER).partition(b"\n")
    return first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def _reader(form: str) -> Reader:
    """The reader of a format; what no file needs is not imported, so that a small run starts fast."""
    module, name = _READERS[form]
    found: Reader = getattr(importlib.import_module(f"extractor.readers.{module}"), name)
    return found


def sniff(stream: io.BufferedReader) -> str:
    """The format of what begins as `stream` does; text is what is nothing else."""
    head = stream.peek(_BUFFER)[:4096]
    if head.startswith((b"PAR1", b"WARC/")):
        return "parquet" if head.startswith(b"PAR1") else "warc"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{") or (start.startswith(b"[") and start[1:].lstrip()[:1] in (b"{", b"]")):
        return "json"
    lower = start[:1024].lower()
    if lower.startswith((b"<!doctype html", b"<html")):
        return "html"
    if lower.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf")):
        return "html" if b"<html" in lower else "feed"
    return "text"
