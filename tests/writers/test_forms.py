"""Every format of output, written by its writer and read back with the tool that its readers use."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.readers.items import InputError
from extractor.records import Document
from extractor.writers.flat import COLUMNS, flat
from extractor.writers.forms import FORMATS, SUFFIXES, file_writer, stream_writer
from extractor.writers.geojson import coordinates
from extractor.writers.output import dump
from extractor.writers.sqlite import SqliteWriter

TEXTS = [
    "أعلن الجيش مقتل 304 مسلحين في سيناء، وأسر سبعة آخرين.",
    "دمرت غارة جوية مبنيين وثلاث سيارات قرب مدينة إدلب. وقال مصدر طبي إن عشرة مدنيين قتلوا.",
    "لا شيء هنا.",
]
NAN = float("nan")
SPAN = {"text": "سيناء", "start": 40, "end": 45}
# A kind of event that is no claim, with every field that such kinds add.
MEETING = {
    "id": "e1",
    "kind": "meeting",
    "event_type": "CONSULT",
    "trigger": {"text": "التقى", "start": 0, "end": 5},
    "participants": [{"text": "الوزير", "start": 6, "end": 12}, {"text": "السفير", "start": 13, "end": 19}],
    "topic": {"text": "الهدنة", "start": 20, "end": 26},
    "evidence": {"text": "التقى الوزير السفير لبحث الهدنة", "start": 0, "end": 31},
    "rule": "x.y",
}


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    extractor = Extractor()
    found = [
        {
            **extractor.extract(text, id=f"d{number}", title="=1+1", published="2020-01-02"),
            "source": {"path": "a.jsonl", "line": number, "record": None, "url": None},
            "text": text,
        }
        for number, text in enumerate(TEXTS, 1)
    ]
    meeting = Document.model_validate({"id": "m", "events": [MEETING]}).model_dump(mode="json", by_alias=True)
    found.append(meeting)
    return [Document.model_validate(r).model_dump(mode="json", by_alias=True) for r in found]


def written(form: str, records: list[dict[str, Any]], **options: bool) -> bytes:
    out = io.BytesIO()
    writer = stream_writer(form, out, **options)
    for record in records:
        writer.write(dump(record))
    writer.close()
    return out.getvalue()


def test_json_is_one_object_or_an_array(records) -> None:
    assert json.loads(written("json", records[:1])) == records[0]
    assert json.loads(written("json", records)) == records
    assert json.loads(written("json", [])) == []


def test_json_lines_hold_a_record_each(records) -> None:
    assert [json.loads(line) for line in written("jsonl", records).splitlines()] == records


def test_csv_has_a_row_for_each_event_under_stable_columns(records) -> None:
    data = written("csv", records, bom=True)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    events = [(r, e) for r in records for e in r["events"]]
    assert len(rows) == len(events) > 4
    assert tuple(rows[0]) == COLUMNS
    first, claim = rows[0], events[0][1]
    assert (first["document"], first["kind"], first["outcome"]) == ("d1", "casualty", "killed")
    assert (first["low"], first["head"], first["evidence"]) == ("304", "مسلحين", claim["evidence"]["text"])
    assert first["source"] == claim["sources"][0]["text"]
    assert first["title"] == "'=1+1"
    last = rows[-1]
    assert (last["participants"], last["about"], last["event_type"]) == ("الوزير | السفير", "الهدنة", "CONSULT")


def test_the_first_columns_of_csv_stay_as_they_are() -> None:
    assert COLUMNS[:14] == (
        *("document", "title", "published", "source_path", "source_line", "source_record", "source_url"),
        *("event", "kind", "outcome", "event_type", "mode", "form", "low"),
    )
    assert COLUMNS[-1] == "other"


@given(st.text(max_size=30))
def test_no_cell_is_a_formula(text: str) -> None:
    record = {"id": text, "title": text, "events": [{"id": "c1", "kind": "casualty", "trigger": {"text": text}}]}
    data = written("csv", [record]).decode()
    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert len(rows) == 2
    assert not [cell for cell in rows[1] if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_what_has_no_column_is_in_the_last_one() -> None:
    event = {"id": "e1", "kind": "brand_new", "novelty": {"text": "x"}, "evidence": {"text": "y"}}
    row = flat({"id": "a"}, event)
    assert json.loads(row["other"]) == {"novelty": {"text": "x"}}
    assert row["evidence"] == "y"


def pruned(value: Any) -> Any:
    """`value` without fields that are null or empty, and with single participants as the list that Parquet has."""
    if isinstance(value, dict):
        kept = {key: pruned(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner not in (None, [], ())}
    return [pruned(item) for item in value] if isinstance(value, list) else value


def test_parquet_holds_all_of_every_record(records, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "o.parquet"
    with file_writer("parquet", path) as writer:
        for record in records:
            writer.write(dump(record))
    table = pq.read_table(path)
    assert pruned(table.to_pylist()) == pruned(records)
    assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"


def test_the_arrow_schema_has_every_field_of_every_model() -> None:
    pytest.importorskip("pyarrow")
    schema = import_module("extractor.writers.arrow").document_schema()
    assert schema.names == [f.alias or n for n, f in Document.model_fields.items()]
    events = schema.field("events").type.value_type
    union = get_args(get_args(Document.model_fields["events"].annotation)[0])[0]
    for model in get_args(union):
        assert {f.alias or n for n, f in model.model_fields.items()} <= {field.name for field in events}
    place = events.field("place").type
    assert str(place.field("lat").type) == "double"
    assert str(events.field("count").type.field("low").type) == "int64"


def base(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def broken_off(form: str, path: Path, record: dict[str, Any]) -> None:
    with file_writer(form, path) as writer:
        writer.write(dump(record))
        raise KeyboardInterrupt


def fill(path: Path, records: list[dict[str, Any]]) -> None:
    with file_writer("sqlite", path) as writer:
        for record in records:
            writer.write(dump(record))


def test_sqlite_holds_all_of_every_event_and_links_them(records, tmp_path: Path) -> None:
    path = tmp_path / "o.sqlite"
    fill(path, records)
    with base(path) as found:
        rows = found.execute(
            "SELECT d.id, e.json FROM events AS e JOIN documents AS d ON d.key = e.document ORDER BY e.key"
        ).fetchall()
        assert [(d, json.loads(e)) for d, e in rows] == [(r["id"], e) for r in records for e in r["events"]]
        assert found.execute("PRAGMA foreign_key_check").fetchall() == []
        sources = found.execute("SELECT text, stance, cue FROM sources ORDER BY event, position").fetchone()
        assert sources == ("الجيش", "claims", "أعلن")
        names = found.execute("SELECT name, country FROM places JOIN events ON events.place = places.key").fetchall()
        assert names
        assert found.execute("SELECT text FROM documents WHERE id = 'd3'").fetchone() == (TEXTS[2],)
    found.close()


def test_sqlite_finds_words_however_they_are_spelt(records, tmp_path: Path) -> None:
    path = tmp_path / "o.sqlite"
    spelt = {**records[2], "id": "h", "text": "أُصيبَ جنديٌّ"}
    fill(path, [*records, spelt])
    with base(path) as found:
        query = "SELECT id FROM documents WHERE key IN (SELECT rowid FROM documents_search WHERE folded MATCH ?)"
        ids = found.execute(query, ("اصيب",)).fetchall()
        assert ids == [("h",)]
    found.close()


def test_sqlite_takes_a_second_run_in_place_of_the_first(records, tmp_path: Path) -> None:
    path = tmp_path / "o.db"
    fill(path, records)
    fill(path, [{**records[0], "events": records[0]["events"][:1]}, {**records[1], "id": "new"}])
    with base(path) as found:
        count = dict(found.execute("SELECT documents.id, count(events.key) FROM documents LEFT JOIN events "
                                   "ON document = documents.key GROUP BY 1").fetchall())  # fmt: skip
        assert count == {
            "d1": 1,
            "d2": len(records[1]["events"]),
            "d3": 0,
            "m": 1,
            "new": len(records[1]["events"]),
        }
        assert found.execute("SELECT count(*) FROM events").fetchone()[0] == sum(count.values())
        found_rows = found.execute("SELECT count(*) FROM events_search").fetchone()[0]
        assert found_rows == sum(count.values())
        orphans = "SELECT count(*) FROM places WHERE key NOT IN (SELECT place FROM events WHERE place IS NOT NULL)"
        assert found.execute(orphans).fetchone() == (0,)
    found.close()


def test_sqlite_changes_wholly_or_not_at_all(records, tmp_path: Path) -> None:
    path = tmp_path / "o.sqlite"
    fill(path, records[:1])
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        broken_off("sqlite", path, records[1])
    with base(path) as found:
        assert found.execute("SELECT id FROM documents").fetchall() == [("d1",)]
    found.close()
    assert len(path.read_bytes()) == len(before)
    fresh = tmp_path / "fresh.sqlite"
    with pytest.raises(KeyboardInterrupt):
        broken_off("sqlite", fresh, records[1])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["o.sqlite"]


def test_documents_of_one_run_that_share_an_id_are_counted(records, tmp_path: Path) -> None:
    with SqliteWriter(tmp_path / "o.sqlite") as writer:
        for record in (records[0], records[0], records[1]):
            writer.write(dump(record))
    assert writer.shared == 1


def test_a_database_of_something_else_is_left_alone(tmp_path: Path, records) -> None:
    path = tmp_path / "o.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()
    with pytest.raises(InputError, match="something else"):
        fill(path, records)
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(InputError, match="not a database"):
        fill(path, records)


def test_geojson_puts_longitude_first_and_leaves_out_what_has_no_place(records) -> None:
    placed = {**records[0], "events": [dict(records[0]["events"][0])] * 2}
    placed["events"][0] = {**placed["events"][0], "place": {**SPAN, "lat": 29.5, "lon": 33.75, "name": "Sinai"}}
    placed["events"][1] = {**placed["events"][1], "place": {**SPAN, "lat": 138.0, "lon": 33.75}}
    found = json.loads(written("geojson", [placed, records[2]]))
    assert found["type"] == "FeatureCollection"
    (feature,) = found["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [33.75, 29.5]}
    assert feature["properties"]["place_name"] == "Sinai"
    assert json.loads(written("geojson", []))["features"] == []


@pytest.mark.parametrize(
    ("lat", "lon", "where"),
    [
        (0, 0, [0, 0]),
        (-90, 180, [180, -90]),
        (90.1, 0, None),
        (0, -180.5, None),
        (None, 3, None),
        (float("nan"), 0, None),
    ],
)
def test_coordinates_lie_on_the_globe_or_are_none(lat: Any, lon: Any, where: Any) -> None:
    assert coordinates({"lat": lat, "lon": lon}) == where


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_appears_only_when_everything_was_written(form: str, tmp_path: Path, records) -> None:
    path = tmp_path / f"o.{form}"
    with pytest.raises(KeyboardInterrupt):
        broken_off(form, path, records[0])
    assert list(tmp_path.iterdir()) == []
    with file_writer(form, path) as writer:
        writer.write(dump(records[0]))
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_every_suffix_has_its_writer() -> None:
    assert set(SUFFIXES.values()) == set(FORMATS)


@given(
    st.recursive(st.text() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5)
)
def test_any_text_can_be_dumped_also_with_lone_surrogates(value: Any) -> None:
    assert dump(value).decode("utf-8")
