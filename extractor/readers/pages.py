"""An HTML page taken apart: title, date, body without furniture."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from extractor.readers.encoding import is_windows_1256
from extractor.readers.extras import need
from extractor.readers.items import Document, Failure, InputError, Options, Origin, Page, Source
from extractor.readers.names import key, names
from extractor.readers.streams import whole

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?:/|$)|[/_-]((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_META_DATES = frozenset(
    [
        "article:published_time",
        "og:published_time",
        "datepublished",
        "publishdate",
        "publish-date",
        "publish_date",
        "pubdate",
        "publication_date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "parsely-pub-date",
        "sailthru.date",
        "cxenseparse:recs:publishtime",
        "article.published",
        "date.created",
    ]
)


def read_html(stream: IO[bytes], source: Source, options: Options) -> Iterator[Page]:
    """The page that a file is. Raises InputError where it is too long."""
    need("html", "reading HTML")
    yield Page(source.name, whole(stream, options.limits), Origin(source.path))


def read_page(page: Page) -> Document | Failure:
    """The article of `page`. Its date is one that the page declares for machines as its publication, and that no other
    such place of the page, nor its address, gainsays by more than a day; a date found in the text alone is no date."""
    try:
        need("html", "reading HTML")
        markup = decode_page(page.data, page.charset)
        return _document(page, markup)
    except InputError as error:
        return Failure(page.origin, str(error), page.id)
    except RecursionError:
        return Failure(page.origin, "the page is nested too deeply", page.id)


def _document(page: Page, markup: str) -> Document | Failure:
    import trafilatura

    tree = trafilatura.load_html(markup)
    if tree is None:
        return Failure(page.origin, "no HTML that can be read", page.id)
    dates = [*_declared_dates(tree), *_url_dates(page.origin.url)]
    title = _title(tree)
    found = trafilatura.bare_extraction(tree, url=page.origin.url, include_comments=False, with_metadata=False)
    text = getattr(found, "text", None)
    if not text:
        return Failure(page.origin, "no article in this page", page.id)
    return Document(page.id, _body(text, title), page.origin, title, agreed(dates))


def _body(text: str, title: str | None) -> str:
    """`text` without furniture and without the headline, which is the record's title and would be read twice."""
    first, _, rest = text.partition("\n")
    return without_furniture(rest if title is not None and rest and key(first) == key(title) else text)


def decode_page(data: bytes, declared: str | None) -> str:
    """The characters of a page: UTF-8 where they are that, else what the server or the page declares, else
    Windows-1256 where it is sure. Raises InputError."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if is_windows_1256(data):
        return data.decode("cp1256", "replace")
    inside = _DECLARED.search(data[:4096])
    for name in (declared, inside.group(1).decode("ascii", "replace") if inside else None):
        try:
            codec = codecs.lookup(name).name if name else None
            if codec:
                return data.decode(codec, "replace")
        except (LookupError, ValueError, AssertionError):
            continue
    raise InputError("the page declares no encoding and is neither UTF-8 nor surely Windows-1256")


def without_furniture(text: str) -> str:
    """`text` without paragraphs that hold nothing but what pages print around articles."""
    known = names().furniture
    lines = (line for line in text.split("\n") if key(line.strip(" \t|•*:.-")) not in known)
    return "\n".join(lines).strip("\n")


def _title(tree: Any) -> str | None:
    for path in (
        "//meta[@property='og:title']/@content",
        "//h1//text()[normalize-space()]/ancestor::h1[1]",
        "//title",
    ):
        for found in tree.xpath(path)[:1]:
            title = " ".join((found if isinstance(found, str) else "".join(found.itertext())).split())
            if title:
                return title
    return None


def _declared_dates(tree: Any) -> Iterator[date | datetime]:
    """The dates of publication that the page declares for machines, in the order in which they are believed."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            yield from _linked_dates(json.loads(script.text or "", strict=False), 0)
        except (ValueError, RecursionError):
            continue
    for meta in tree.xpath("//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in _META_DATES:
            yield from _parsed(meta.get("content"))
    for time in tree.xpath("//*[@itemprop='datePublished']/@datetime | //time[@pubdate]/@datetime"):
        yield from _parsed(time)


def _linked_dates(value: Any, depth: int) -> Iterator[date | datetime]:
    if depth > 6:
        return
    if isinstance(value, dict):
        yield from _parsed(value.get("datePublished"))
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict | list):
                yield from _linked_dates(inner, depth + 1)


def _url_dates(url: str | None) -> Iterator[date]:
    for match in _URL_DATE.finditer(url or ""):
        year, month, day = (g for g in match.groups() if g)
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue


def _parsed(value: Any) -> Iterator[date | datetime]:
    if not isinstance(value, str) or not 8 <= len(value.strip()) <= 40:
        return
    value = value.strip()
    try:
        yield date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
    except ValueError:
        return


def agreed(dates: list[date | datetime]) -> str | None:
    """The first of `dates` in ISO 8601, None where another lies more than a day from it (some pages declare the day
    on which their template was made, or the day of the visit)."""
    days = [d.date() if isinstance(d, datetime) else d for d in dates]
    if not days or any(abs((day - days[0]).days) > 1 for day in days):
        return None
    return dates[0].isoformat()
