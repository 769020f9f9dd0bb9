"""The table of places: tab-separated rows that tools/build_places.py makes out of GeoNames, Babel and pycountry.

One row for each name; the names of one place share its id. Lines that start with `#` are comments. The columns are
name, id, english, country, lat, lon, precision, parent and cue, as in `PlaceRow`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeGuard, get_args

from extractor.rules.problems import Problem, RuleError, nearest

Precision = Literal["point", "town", "district", "governorate", "country", "region"]
COLUMNS: tuple[str, ...] = ("name", "id", "english", "country", "lat", "lon", "precision", "parent", "cue")
_PRECISIONS: frozenset[str] = frozenset(get_args(Precision))


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One name of one place.

    `lat` and `lon` are degrees of WGS 84, north and east positive; both are None where the position is not known.
    `country` is an ISO 3166-1 alpha-2 code (XK for Kosovo), `parent` the id of the governorate around the place.
    `needs_cue` says that the name is an everyday word too, taken for the place only behind a word such as `city of`.
    """

    name: str
    id: str
    english: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: Precision
    parent: str | None
    needs_cue: bool


def parse_place_table(text: str, file: str) -> list[PlaceRow]:
    """The rows of a place table, in its order: where places share a name, the likeliest comes first.

    `file` is the name that messages give. Raises `RuleError` with every mistake, each with file and line.
    """
    rows: list[PlaceRow] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.rstrip("\r").split("\t")
        wrong = list(_mistakes(cells))
        problems.extend(Problem(file, number, message) for message in wrong)
        if not wrong:
            rows.append(_row(cells))
    if problems:
        raise RuleError(problems)
    return rows


def _row(cells: list[str]) -> PlaceRow:
    name, identity, english, country, lat, lon, precision, parent, cue = cells
    if not _is_precision(precision):  # _mistakes has looked already; this tells the type checker
        raise ValueError(precision)
    return PlaceRow(
        name, identity, english, country or None, _degrees(lat), _degrees(lon), precision, parent or None, cue == "cue"
    )


def _mistakes(cells: list[str]) -> Iterator[str]:
    if len(cells) != len(COLUMNS):
        yield f"{len(cells)} columns where {len(COLUMNS)} are due, parted by tabs: {', '.join(COLUMNS)}"
        return
    name, identity, english, country, lat, lon, precision, _, cue = cells
    for column, value in (("name", name), ("id", identity), ("english", english)):
        if not value.strip():
            yield f"{column} is empty"
    if country and not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        yield f"country {country!r} is no ISO 3166-1 alpha-2 code such as SY; leave it empty where there is none"
    if bool(lat) != bool(lon):
        yield "lat and lon are given together or left empty together"
    for column, value, most in (("lat", lat, 90.0), ("lon", lon, 180.0)):
        if value and not _is_degrees(value, most):
            yield f"{column} {value!r} is no number of degrees from {-most:g} to {most:g}"
    if not _is_precision(precision):
        known = ", ".join(get_args(Precision))
        yield f"unknown precision {precision!r}{nearest(precision, _PRECISIONS)}; one of {known}"
    if cue not in ("", "cue"):
        yield f"cue is {cue!r}; write `cue` or leave it empty"


def _is_precision(value: str) -> TypeGuard[Precision]:
    return value in _PRECISIONS


def _degrees(value: str) -> float | None:
    return float(value) if value else None


def _is_degrees(value: str, most: float) -> bool:
    try:
        return -most <= float(value) <= most  # false for nan, which compares with nothing
    except ValueError:
        return False
