"""A watcher is shown how each sentence was read and changes nothing of the result."""

from __future__ import annotations

from pathlib import Path

from extractor import Extractor
from extractor.watch import Seen

TEXT = "هطلت الأمطار على القاهرة.\nأعلن الجيش مقتل 304 مسلحين في سيناء.\nوأصيب مدنيان."


def test_every_sentence_is_shown_in_order_with_its_claims() -> None:
    seen: list[Seen] = []
    record = Extractor().read(TEXT, id="a", watcher=seen.append)
    assert [s.number for s in seen] == [0, 1, 2]
    assert [s.skipped for s in seen] == [True, False, False]
    assert [len(s.claims) for s in seen] == [0, 1, 1]
    assert [r for s in seen for r in s.records] == record["events"]


def test_what_is_kept_is_among_what_was_found() -> None:
    seen: list[Seen] = []
    Extractor().read(TEXT, id="a", watcher=seen.append)
    for one in seen:
        assert set(map(id, one.kept)) <= set(map(id, one.found))


def test_a_watched_reading_gives_the_same_record(root: Path) -> None:
    extractor = Extractor()
    for path in sorted((root / "fixtures").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert extractor.read(text, id="a", watcher=lambda _: None) == extractor.read(text, id="a")
