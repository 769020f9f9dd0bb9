"""Rule files read into values: vocabulary entries, phrases, rules, and the tables that identities refer to.

Loading is pure: the same bytes give the same values, and every mistake of every file is collected before one error
is raised, so that a broken file never half-loads.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extractor.records.events import MODELS
from extractor.rules.compile import Phrase
from extractor.rules.lexicon import Entry
from extractor.rules.place_table import parse_place_table
from extractor.rules.problems import Problem, line_of_table, line_within, nearest
from extractor.rules.ruleset import Form
from extractor.rules.steps import Step, StepError, parse_step
from extractor.rules.vocabulary import entries, place_entry

_RULE_KEYS = frozenset(
    ["id", "title", "set", "pattern", "priority", "example", "counter_example", "note", "known_miss"]
)
_PHRASE_KEYS = frozenset(["name", "title", "pattern", "any", "note"])
_CHUNK_KEYS = _PHRASE_KEYS | {"atoms"}
RECORD_KINDS = (
    "casualty",
    "materiel",
    "part",
    "attribution",
    "perpetrator",
    "belonging",
    "method",
    "place",
    "time",
    "assertion",
    *MODELS,
)
_FORM_KEYS = frozenset(["kind", "form", "event", "mode", "broad", "note"])


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence beside a rule: what the rule must read in it, or why it must read nothing."""

    text: str
    expect: tuple[Mapping[str, Any], ...]
    why: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as written."""

    id: str
    title: str
    record: str
    set: Mapping[str, str]
    steps: tuple[Step, ...]
    priority: int
    examples: tuple[Example, ...]
    counter_examples: tuple[Example, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A phrase that is folded into one segment before the rules are tried; `atoms` is what rules see of it."""

    name: str
    atoms: frozenset[str]
    alternatives: tuple[tuple[Step, ...], ...]


@dataclass(slots=True)
class RuleFiles:
    """All that the rule files say."""

    entries: list[Entry] = field(default_factory=list)
    phrases: dict[str, Phrase] = field(default_factory=dict)
    chunks: list[Chunk] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    actors: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    countries: dict[str, dict[str, str]] = field(default_factory=dict)
    forms: dict[tuple[str, str], Form] = field(default_factory=dict)
    numbers: Mapping[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def parse(files: Mapping[str, bytes]) -> RuleFiles:
    """Read all files. Problems are collected in the result and not raised."""
    out = RuleFiles()
    for name, data in files.items():
        try:
            source = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            out.problems.append(Problem(name, line, f"not UTF-8 (byte {error.start}): save the file as UTF-8"))
            continue
        if name.endswith(".tsv"):
            _place_rows(name, source, out)
            continue
        try:
            tables = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            out.problems.append(Problem(name, _toml_line(str(error)), f"not valid TOML: {error}"))
            continue
        parts = name.split("/")
        if parts[0] == "vocabulary":
            _vocabulary(name, source, tables, out)
        elif parts[0] == "phrases":
            _phrases(name, source, tables, out)
        else:
            _rules(name, source, tables, out)
    return out


def _toml_line(message: str) -> int:
    words = message.split("line ")
    return int(words[1].split(",")[0]) if len(words) > 1 and words[1].split(",")[0].isdigit() else 1


def _place_rows(name: str, source: str, out: RuleFiles) -> None:
    try:
        rows = parse_place_table(source, name)
    except ValueError as error:
        out.problems.append(Problem(name, 0, str(error)))
        return
    for row in rows:
        out.entries.append(place_entry(row.name, row.id, row.precision, needs_cue=row.needs_cue))
        out.places.setdefault(
            row.id,
            {
                "name": row.english,
                "country": row.country or None,
                "lat": row.lat,
                "lon": row.lon,
                "precision": row.precision,
                "parent": row.parent or None,
            },
        )


def _vocabulary(name: str, source: str, tables: Mapping[str, Any], out: RuleFiles) -> None:
    if name == "vocabulary/numbers.toml":
        out.numbers = tables
        return
    if name == "vocabulary/places/everyday.toml":
        return  # read by tools/build_places.py alone
    if "form" in tables:
        _forms(name, source, tables, out)
        return
    out.entries.extend(entries(name, source, tables, out.problems))
    for row in tables.get("actor", ()):
        if "id" in row:
            out.actors[row["id"]] = {k: row[k] for k in ("name", "kind", "side", "country") if k in row}
    for row in tables.get("country", ()):
        if "code" in row:
            out.countries[row["code"]] = {"name": row.get("name", row["code"])}
    for row in tables.get("place", ()):
        if "id" in row:
            out.places[row["id"]] = {
                "name": row.get("english"),
                "country": row.get("country"),
                "lat": row.get("lat"),
                "lon": row.get("lon"),
                "precision": row.get("precision"),
                "parent": row.get("parent"),
            }


def _forms(name: str, source: str, tables: Mapping[str, Any], out: RuleFiles) -> None:
    for index, row in enumerate(tables["form"]):
        line = line_of_table(source, "form", index)
        _keys(name, source, line, row, _FORM_KEYS, out.problems)
        if row.get("kind") not in MODELS or "event" not in row:
            out.problems.append(Problem(name, line, f"a form needs `event` and a `kind` of {', '.join(MODELS)}"))
            continue
        out.forms[row["kind"], row.get("form", "")] = Form(row["event"], row.get("mode"), bool(row.get("broad")))


def _steps(sources: Any, file: str, text: str, line: int, problems: list[Problem]) -> tuple[Step, ...]:
    steps = []
    for source in sources if isinstance(sources, list) else [sources]:
        try:
            steps.append(parse_step(str(source)))
        except StepError as error:
            problems.append(Problem(file, line_within(text, line, str(source)), str(error)))
    return tuple(steps)


def _phrases(name: str, source: str, tables: Mapping[str, Any], out: RuleFiles) -> None:
    for key in tables.keys() - {"phrase", "chunk", "note"}:
        line = line_within(source, 1, key)
        out.problems.append(Problem(name, line, f"unknown table {key!r}: phrases go in [[phrase]] or [[chunk]]"))
    for table, known in (("phrase", _PHRASE_KEYS), ("chunk", _CHUNK_KEYS)):
        for index, row in enumerate(tables.get(table, ())):
            line = line_of_table(source, table, index)
            _keys(name, source, line, row, known, out.problems)
            if "name" not in row or ("pattern" in row) == ("any" in row):
                out.problems.append(Problem(name, line, f"a {table} needs `name` and either `pattern` or `any`"))
                continue
            if row["name"] in out.phrases or any(c.name == row["name"] for c in out.chunks):
                out.problems.append(Problem(name, line, f"{row['name']!r} is defined twice"))
                continue
            alternatives = tuple(
                _steps(a, name, source, line, out.problems) for a in (row["any"] if "any" in row else [row["pattern"]])
            )
            if table == "chunk":
                atoms = frozenset({row["name"], "chunk", *row.get("atoms", ())})
                out.chunks.append(Chunk(row["name"], atoms, alternatives))
            else:
                out.phrases[row["name"]] = Phrase(row["name"], alternatives)


def _keys(
    name: str, source: str, line: int, row: Mapping[str, Any], known: frozenset[str], problems: list[Problem]
) -> None:
    for key in row.keys() - known:
        at = line_within(source, line, key)
        problems.append(Problem(name, at, f"unknown key {key!r}{nearest(key, known)}"))


def _rules(name: str, source: str, tables: Mapping[str, Any], out: RuleFiles) -> None:
    record = tables.get("record", "")
    if record not in RECORD_KINDS:
        line = line_within(source, 1, "record")
        hint = nearest(str(record), RECORD_KINDS)
        out.problems.append(Problem(name, line, f"`record` is {record!r}, not one of {', '.join(RECORD_KINDS)}{hint}"))
    for key in tables.keys() - {"record", "rule", "note"}:
        out.problems.append(Problem(name, line_within(source, 1, key), f"unknown table or key {key!r}"))
    family = name.rsplit("/", 1)[0].replace("/", ".")
    for index, row in enumerate(tables.get("rule", ())):
        line = line_of_table(source, "rule", index)
        _keys(name, source, line, row, _RULE_KEYS, out.problems)
        lacking = [k for k in ("id", "title", "pattern") if k not in row]
        if lacking:
            out.problems.append(Problem(name, line, f"the rule lacks {', '.join(lacking)}"))
            continue
        steps = _steps(row["pattern"], name, source, line, out.problems)
        if sum(step.field == "trigger" for step in steps) != 1:
            out.problems.append(Problem(name, line, f"rule {row['id']!r} needs exactly one step `trigger = …`"))
            continue
        out.rules.append(
            Rule(
                id=f"{family}.{row['id']}",
                title=row["title"],
                record=record,
                set=row.get("set", {}),
                steps=steps,
                priority=int(row.get("priority", 0)),
                examples=_examples(row, "example", name, source, line),
                counter_examples=_examples(row, "counter_example", name, source, line),
                file=name,
                line=line,
            )
        )


def _examples(row: Mapping[str, Any], key: str, name: str, source: str, line: int) -> tuple[Example, ...]:
    found = []
    for example in row.get(key, ()):
        text = str(example.get("text", ""))
        at = line_within(source, line, text) if text else line
        found.append(Example(text, tuple(example.get("expect", ())), str(example.get("why", "")), name, at))
    return tuple(found)
