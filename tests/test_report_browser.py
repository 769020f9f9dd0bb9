"""The reading page in a real browser: what a reader sees, clicks, types and filters."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator

import pytest

from extractor import Extractor
from extractor.report.page import write_page

sync_api = pytest.importorskip("playwright.sync_api")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no chromium here: apt-get install chromium"),
    pytest.mark.filterwarnings("default"),
]
TEXTS = {
    "north": "أعلنت وزارة الدفاع مقتل 12 جنديا وإصابة نحو 30 آخرين في سيناء.\nونفى الحوثيون أسر ستة جنود.",
    "emoji": "🔴 عاجل: استشهاد ثلاثة أطفال 😢 في غارة على حي شعبي\nواعتقلت الشرطة أربعة تجار.",
    "hostile": 'مقتل ستة عمال <img src=x onerror="document.title=1"> في المصنع </script><script>a=2</script>',
    "quiet": "افتتح الوزير معرض الكتاب.",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    extractor = Extractor()
    documents = [
        {**extractor.extract(text, id=name, published=f"2024-05-{day:02}"), "text": text}
        for day, (name, text) in enumerate(TEXTS.items(), 1)
    ]
    stream = io.BytesIO()
    write_page(documents, extractor.rules.actors, "Claims & events", stream)
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_bytes(stream.getvalue())
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: sync_api.Browser, address: str) -> Iterator[sync_api.Page]:
    """The page, opened; at the end nothing was complained of and nothing was asked of the network."""
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page
    assert said == []
    assert set(asked) == {address}
    page.close()


def test_claims_are_marked_in_place_by_outcome(page: sync_api.Page) -> None:
    assert page.locator("#article").get_attribute("dir") == "rtl"
    assert page.locator("#article").inner_text() == TEXTS["north"]
    assert page.locator("#article mark.killed:not(.trigger)").inner_text() == "12 جنديا"


def test_a_click_shows_the_record_with_its_words_in_their_roles(page: sync_api.Page) -> None:
    page.locator("#article mark.killed:not(.trigger)").click()
    record = page.locator("#record")
    assert record.locator(".role.trigger").inner_text() == "مقتل"
    assert record.locator(".role.count").inner_text() == "12"
    assert record.locator(".role.source").inner_text() == "وزارة الدفاع"
    assert record.locator(".role.cue").first.inner_text() == "أعلنت"
    assert "casualties." in record.locator("dd code").last.inner_text()


def test_marks_stand_right_behind_emoji(page: sync_api.Page) -> None:
    page.locator("#documents button").nth(1).click()
    assert "ثلاثة أطفال" in page.locator("#article mark.killed").all_inner_texts()
    assert page.locator("#article").inner_text() == TEXTS["emoji"]


def test_markup_in_an_article_is_text(page: sync_api.Page) -> None:
    page.locator("#documents button").nth(2).click()
    assert page.locator("#article").inner_text() == TEXTS["hostile"]
    assert page.locator("#article img").count() == 0
    assert page.title() == "Claims & events"


def test_a_document_without_claims_says_so(page: sync_api.Page) -> None:
    page.locator("#documents button").nth(3).click()
    assert "Nothing was read" in page.locator("#record").inner_text()


def test_the_keyboard_walks_through_the_claims_of_all_documents(page: sync_api.Page) -> None:
    page.keyboard.press("j")
    assert page.locator("mark.chosen").count() > 0
    for _ in range(20):
        page.keyboard.press("j")
    assert page.locator("#documents button[aria-current=true] small").inner_text().startswith("2024-05-03")
    page.keyboard.press("Escape")
    assert page.locator("mark.chosen").count() == 0
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()


def test_the_table_filters_and_sorts(page: sync_api.Page) -> None:
    page.keyboard.press("2")
    rows = page.locator("#claims tbody tr")
    every = rows.count()
    page.select_option("#filter-outcome", "killed")
    killed = rows.count()
    assert 0 < killed < every
    page.click("#claims [data-column=low]")
    lows = [int(t) for t in page.locator("#claims tbody td.number:nth-child(3)").all_inner_texts() if t]
    assert lows == sorted(lows)
    page.click("#claims [data-column=low]")
    lows = [int(t) for t in page.locator("#claims tbody td.number:nth-child(3)").all_inner_texts() if t]
    assert lows == sorted(lows, reverse=True)
    page.fill("#filter-words", "المصنع")
    assert rows.count() == 1
    rows.first.click()
    assert page.locator("#article").inner_text() == TEXTS["hostile"]


def test_the_charts_draw_tolls_and_sources(page: sync_api.Page) -> None:
    page.keyboard.press("3")
    assert page.locator("#timeline circle").count() == 3
    assert page.locator("#sources .bar").count() > 0


def test_the_interface_speaks_arabic_and_turns_round(page: sync_api.Page) -> None:
    page.click("#language")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.locator("#view-table").inner_text() == "الادعاءات"
    page.click("#language")
    assert page.evaluate("document.documentElement.dir") == "ltr"


def test_text_of_mixed_direction_is_isolated(page: sync_api.Page) -> None:
    page.keyboard.press("2")
    cells = page.locator("#claims tbody td").filter(has_text="م")
    assert cells.count() > 0
    assert all("<bdi" in html for html in cells.evaluate_all("cells => cells.map(c => c.innerHTML)"))


@pytest.mark.parametrize("width", [360, 820, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_overflows_at_any_width_in_either_theme(page: sync_api.Page, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()
    page.keyboard.press("j")
    for key in ("1", "2", "3"):
        page.keyboard.press(key)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
    assert page.evaluate("document.documentElement.dataset.theme") == scheme


def test_print_leaves_the_article_and_drops_the_tools(page: sync_api.Page) -> None:
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator("#article").is_visible()
