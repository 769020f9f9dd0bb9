"""HTML pages, feeds and WARC archives."""

from __future__ import annotations

import io
import time
import tracemalloc
from datetime import date, datetime
from pathlib import Path

import pytest

from extractor.readers.documents import Document, Failure, Item, read_items, read_paths
from extractor.readers.items import Limits, Options, Origin, Page
from extractor.readers.markup import plain
from extractor.readers.pages import agreed, decode_page, read_page

PARAGRAPHS = [
    "أعلنت قيادة الشرطة في المحافظة اليوم أن عبوة ناسفة انفجرت قرب حافلة تقل عمالا، ما أدى إلى مقتل خمسة منهم.",
    "وقال شهود من أهالي الحي إن الانفجار وقع عند السابعة صباحا، وإن الإسعاف وصل بعد نحو عشرين دقيقة بسبب إغلاق الطريق.",
    "ولم تتبن أي جهة الهجوم حتى الآن، فيما فرضت القوات الأمنية طوقا حول المكان وبدأت البحث عن منفذيه بين الأحياء.",
]
HEAD = '<meta property="article:published_time" content="2018-04-05T09:30:00+03:00">'


def page(head: str = HEAD, charset: str = "utf-8") -> str:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}">
<title>مقتل خمسة عمال بعبوة ناسفة - موقع الوادي</title>{head}</head><body>
<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">رياضة</a></li></ul></nav>
<article><h1>مقتل خمسة عمال بعبوة ناسفة</h1><p>طباعة</p><p>شارك</p>{body}</article>
<footer>جميع الحقوق محفوظة 12 شباط 2024</footer></body></html>"""


def only(items: list[Document | Failure]) -> Document:
    (document,) = items
    assert isinstance(document, Document), document
    return document


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_a_page_gives_title_date_and_body_without_its_furniture(read, charset: str) -> None:
    document = only(read("news.html", page(charset=charset).encode(charset)))
    assert (document.id, document.title) == ("news", "مقتل خمسة عمال بعبوة ناسفة")
    assert document.published == "2018-04-05T09:30:00+03:00"
    assert [line for line in document.text.split("\n") if line not in PARAGRAPHS] == []
    assert len(document.text.split("\n")) == 3


@pytest.mark.parametrize(
    "head",
    [
        "",  # a date in the text of the footer is none
        '<meta name="pubdate" content="قبل ساعة">',
        HEAD + '<script type="application/ld+json">{"datePublished": "2024-02-12"}</script>',
        HEAD + '<time pubdate datetime="2020-01-01">',
    ],
)
def test_a_date_that_is_not_declared_or_gainsaid_is_none(read, head: str) -> None:
    assert only(read("news.html", page(head))).published is None


def test_linked_data_is_believed_before_other_declarations(read) -> None:
    linked = '<script type="application/ld+json">{"@graph": [{"datePublished": "2018-04-05T06:00:00Z"}]}</script>'
    assert only(read("news.html", page(HEAD + linked))).published == "2018-04-05T06:00:00+00:00"


def test_the_address_may_gainsay_a_date() -> None:
    assert (
        agreed([datetime.fromisoformat("2018-04-05T23:30:00+03:00"), date(2018, 4, 6)]) == "2018-04-05T23:30:00+03:00"
    )
    assert agreed([date(2018, 4, 5), date(2018, 4, 9)]) is None
    assert agreed([]) is None


def test_an_undeclared_old_encoding_is_refused_unless_sure() -> None:
    assert PARAGRAPHS[0] in decode_page(page(charset="utf-8").encode("cp1256"), None)
    with pytest.raises(Exception, match="declares no encoding"):
        decode_page("<p>قتل جندي</p>".encode("cp1256"), None)
    assert decode_page("<p>قتل جندي</p>".encode("cp1256"), "windows-1256") == "<p>قتل جندي</p>"


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 200_000,
        "<p " + "a='b' " * 100_000 + ">",
        "<!--" * 100_000,
        "&lt;" * 300_000,
        "<table><tr><td>" * 30_000,
        "<html>" + "<b><i>" * 20_000 + "x",
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><html>&b;</html>",
    ],
)
def test_hostile_pages_are_read_or_refused_in_time(content: str) -> None:
    start = time.monotonic()
    found = read_page(Page("a", content.encode(), Origin("a.html")))
    assert isinstance(found, Document | Failure)
    assert time.monotonic() - start < 30


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>أخبار الوادي</title>
<item><title>مقتل &lt;b&gt;جنديين&lt;/b&gt;</title><link>https://example.org/1</link><guid>tag:1</guid>
<pubDate>Tue, 03 Mar 2020 10:00:00 +0200</pubDate><description>قتل&nbsp;جنديان</description>
<content:encoded><![CDATA[<p>قتل جنديان في <a href="x">كمين</a>.</p><script>x()</script><p>وأصيب ثالث.</p>]]>
</content:encoded></item>
<item><title>عنوان وحده</title><pubDate>الثلاثاء 3 مارس</pubDate></item>
<item><link>https://example.org/3</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>urn:1</id><title>ع</title>
<link rel="self" href="https://example.org/self"/><link href="https://example.org/a"/>
<updated>2021-01-02T03:04:05Z</updated><published>2021-01-01T00:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>سطر</p><p>آخر</p></div></content></entry></feed>"""


def test_an_rss_feed_gives_its_items(read) -> None:
    first, second, third = read("feed.xml", RSS)
    assert (first.id, first.title, first.text) == ("tag:1", "مقتل جنديين", "قتل جنديان في كمين.\nوأصيب ثالث.")
    assert (first.published, first.origin.url) == ("2020-03-03T10:00:00+02:00", "https://example.org/1")
    assert (second.id, second.text, second.origin.record) == ("feed:2", "عنوان وحده", 2)
    assert isinstance(third, Failure)


def test_an_atom_feed_gives_its_entries(read) -> None:
    document = only(read("feed.atom", ATOM))
    assert (document.id, document.text, document.origin.url) == ("urn:1", "سطر\nآخر", "https://example.org/a")
    assert document.published == "2021-01-01T00:00:00Z"


def test_a_feed_in_windows_1256_is_read(read) -> None:
    first = read("feed.rss", RSS.replace('"utf-8"', '"windows-1256"').encode("cp1256"))[0]
    assert first.text == "قتل جنديان في كمين.\nوأصيب ثالث."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><item><title>&b;</title></item></rss>',
            "declares an entity",
        ),
        ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item><title>&a;</title></item></rss>', "entity"),
        ("<rss>" * 100_000, "within each other"),
        ("<rss><item><title>x</title></item><item>", "broken XML"),
        ("<rss><item><title>" + "x" * 2_000_000 + "</title></item></rss>", "longer than 1 MB"),
        ("<opml></opml>", "not a feed"),
    ],
)
def test_hostile_and_broken_feeds_end_in_a_failure(read, content: str, reason: str) -> None:
    failure = read("feed.xml", content)[-1]
    assert isinstance(failure, Failure)
    assert reason in failure.reason


def test_an_html_page_named_xml_is_a_page(read) -> None:
    assert only(read("page.xml", page())).title == "مقتل خمسة عمال بعبوة ناسفة"


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("a &amp; b", "a & b"),
        ("<p>a<br>b</p>\n<ul><li>c", "a\nb\nc"),
        ("<style>x</style>a<b>b</b>", "ab"),
        (" x ", "x"),
    ],
)
def test_fragments_of_html_become_lines(fragment: str, text: str) -> None:
    assert plain(fragment) == text


def archive(path: Path, pages: list[tuple[str, str, bytes]], *, packed: bool) -> None:
    """A WARC file as FastWARC writes it: (address, headers of HTTP, body) for each record."""
    warc = pytest.importorskip("fastwarc.warc")
    stream_io = pytest.importorskip("fastwarc.stream_io")
    with path.open("wb") as file:
        stream = stream_io.GzipWriter(file) if packed else file
        for address, headers, body in pages:
            record = warc.WarcRecord()
            record.init_headers(
                record_type=warc.WarcRecordType.response, record_urn=b"uuid:" + address[-1:].encode() * 8
            )
            record.headers["WARC-Target-URI"] = address
            record.headers["Content-Type"] = "application/http; msgtype=response"
            record.set_bytes_content(headers.encode() + b"\r\n\r\n" + body)
            record.write(stream)
        if packed:
            stream.close()


OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html"


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_gives_its_pages_with_their_addresses(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    pages = [
        ("https://example.org/2018/04/05/1", OK + "; charset=utf-8", page().encode()),
        ("https://example.org/2", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", page().encode()),
        ("https://example.org/3", "HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        ("https://example.org/2011/01/01/4", OK + "; charset=windows-1256", page(charset="x").encode("cp1256")),
    ]
    archive(path, pages, packed=packed)
    first, second = read_paths([str(path)], io.BytesIO())
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == second.text == "\n".join(PARAGRAPHS)
    assert first.origin == Origin(str(path), record=1, url="https://example.org/2018/04/05/1")
    assert (first.published, second.published) == ("2018-04-05T09:30:00+03:00", None)
    assert (first.id, second.origin.record) == ("urn:uuid:11111111", 4)


def test_a_page_too_long_costs_itself_and_a_cut_archive_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    pages = [
        ("https://example.org/1", OK, page().encode()),
        ("https://example.org/2", OK, b"<p>" + b"\0" * (64 << 20)),
        ("../../etc/passwd", OK, page().encode()),
        ("https://example.org/4", OK, page().encode()),
    ]
    archive(path, pages, packed=True)
    path.write_bytes(path.read_bytes()[:-200])
    tracemalloc.start()
    items: list[Item] = list(read_items([str(path)], io.BytesIO(), Options(limits=Limits(document=1 << 20))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(i).__name__ for i in items[:3]] == ["Page", "Failure", "Page"]
    assert "longer than 1 MB" in items[1].reason  # type: ignore[union-attr]
    assert items[2].origin.url == "../../etc/passwd"
    assert peak < 16 << 20
    assert not (tmp_path.parent / "etc").exists()


def test_a_broken_archive_is_a_failure(read) -> None:
    items = read("a.warc", b"WARC/1.0\r\nContent-Length: zzz\r\n\r\n" + b"x" * 100)
    assert all(isinstance(item, Failure) for item in items)
