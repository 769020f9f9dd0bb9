"""Documents out of WARC archives, as Common Crawl and web archives write them: a page for each HTML response."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import Any

from extractor.readers.encoding import decode
from extractor.readers.extras import need
from extractor.readers.items import Document, Failure, InputError, Item, Options, Origin, Page, Source
from extractor.readers.streams import too_long

_HTML = ("text/html", "application/xhtml+xml")


def read_warc(stream: io.BufferedReader, source: Source, options: Options) -> Iterator[Item]:
    """Every HTML page with status 200, and every text of a `conversion` record (WET); other records are passed over.

    A record that is too long fails alone; a broken archive ends there with a failure. Addresses are taken as data and
    never as paths.
    """
    need("warc", "reading WARC")
    need("html", "reading pages of WARC")
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    path, name = source.path, source.name
    number = 0
    try:
        kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
        for record in ArchiveIterator(stream, record_types=kinds, parse_http=True, auto_decode="none"):
            number += 1
            item = _item(record, path, number, f"{name}:{number}", options)
            if item is not None:
                yield item
    except InputError as error:
        yield Failure(Origin(path), str(error), None if number else name)
    except Exception as error:  # noqa: BLE001  fastwarc raises what its parts raise
        reason = f"broken WARC behind record {number} ({error}); what stands behind it was not read"
        yield Failure(Origin(path), reason, None if number else name)


def _item(record: Any, path: str, number: int, name: str, options: Options) -> Item | None:
    url = record.headers.get("WARC-Target-URI")
    origin = Origin(path, record=number, url=url.strip("<>") if url else None)
    identity = (record.headers.get("WARC-Record-ID") or "").strip("<>") or name
    kind, charset = _content(record)
    if kind is None:
        return None
    limit = options.limits.document
    data = record.reader.read(limit + 1)
    if len(data) <= limit and record.http_headers is not None:
        try:
            data = _decoded(data, record.http_headers, limit + 1)
        except OSError as error:
            # Some archives keep the headers of a body that they have unpacked.
            if not data.lstrip().startswith(b"<"):
                return Failure(origin, f"the page cannot be unpacked ({error})", identity)
    if len(data) > limit:
        return Failure(origin, too_long("the page", options.limits), identity)
    if kind in _HTML:
        return Page(identity, data, origin, charset)
    try:
        return Document(identity, decode(data), origin)
    except InputError as error:
        return Failure(origin, str(error), identity)


def _decoded(data: bytes, headers: Any, most: int) -> bytes:
    """Up to `most` bytes of a body as it was before it was packed for the way.

    FastWARC could unpack within the archive; but where a page grows without end it is left in its middle, and then the
    pages behind it would be lost.
    """
    from fastwarc import stream_io

    readers: list[Any] = []
    if (headers.get("Transfer-Encoding") or "").strip().lower() == "chunked":
        readers.append(stream_io.ChunkedReader)
    packed = (headers.get("Content-Encoding") or "").strip().lower()
    if packed in ("gzip", "x-gzip"):
        readers.append(stream_io.GzipReader)
    elif packed == "deflate":
        readers.append(partial(stream_io.GzipReader, zlib=True))
    elif packed == "br":
        readers.append(stream_io.BrotliReader)
    stream: Any = io.BytesIO(data)
    for reader in readers:
        stream = reader(stream)
    found: bytes = stream.read(most)
    return found


def _content(record: Any) -> tuple[str | None, str | None]:
    """Media type and charset of a record that holds a page or its text; None for any other."""
    http = record.http_headers
    if http is not None:
        if http.status_code != 200:
            return None, None
        header = http.get("Content-Type") or ""
    else:
        header = record.headers.get("Content-Type") or ""
    kind, _, rest = header.partition(";")
    kind = kind.strip().lower()
    charset = next((p.split("=", 1)[1].strip(" \"'") for p in rest.split(";") if "charset=" in p.lower()), None)
    if kind in _HTML or (kind == "text/plain" and record.headers.get("WARC-Type") == "conversion"):
        return kind, charset
    return None, None
