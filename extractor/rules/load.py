"""Rule files read into values: vocabulary entries, phrases, rules, and the tables that identities refer to.

Loading is pure: the same bytes give the same values, and every mistake of every file is collected before one error
is raised, so that a broken file never half-loads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.records.events import MODELS
from extractor.rules.compile import Phrase
from extractor.rules.layering import new_name, put_chunk, rule_id, settle_layers
from extractor.rules.place_table import parse_place_table
from extractor.rules.problems import Problem, line_of_table, line_within, nearest
from extractor.rules.provinces import other_provinces
from extractor.rules.ruleset import Form
from extractor.rules.sources import inside, layer
from extractor.rules.steps import Step, StepError, parse_step
from extractor.rules.toml_text import read_toml
from extractor.rules.vocabulary import entries, place_entry
from extractor.rules.written import Chunk, Example, Rule, RuleFiles
from extractor.text.time_words import time_mistakes

_RULE_KEYS = frozenset(
    [
        "id",
        "title",
        "set",
        "pattern",
        "priority",
        "replaces",
        "rare",
        "example",
        "counter_example",
        "note",
        "known_miss",
    ]
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
_OWN_SHAPE = frozenset(f"vocabulary/{name}.toml" for name in ("numbers", "times", "furniture", "places/everyday"))
_FORM_KEYS = frozenset(["kind", "form", "event", "mode", "broad", "speaks", "note"])


def parse(files: Mapping[str, bytes]) -> RuleFiles:
    """Read all files. Problems are collected in the result and not raised."""
    out = RuleFiles()
    # Of the places that share a name those written by hand come first: a table made by a tool lists villages too.
    for name, data in sorted(files.items(), key=lambda item: item[0].endswith(".tsv")):
        try:
            source = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            out.problems.append(Problem(name, line, f"not UTF-8 (byte {error.start}): save the file as UTF-8"))
            continue
        if name.endswith(".tsv"):
            _place_rows(name, source, out)
            continue
        tables = read_toml(name, source)
        if isinstance(tables, Problem):
            out.problems.append(tables)
            continue
        reader = {"vocabulary": _vocabulary, "phrases": _phrases, "rules": _rules}[_sort(name, tables)]
        reader(name, source, tables, out)
    out.entries.extend(other_provinces(out.entries))
    settle_layers(out)
    return out


def _sort(name: str, tables: Mapping[str, Any]) -> str:
    """Whether a file holds vocabulary, phrases or rules: by its folder, and in any other folder by what is in it."""
    folder = inside(name).split("/", 1)[0]
    if folder in ("vocabulary", "phrases"):
        return folder
    if "rule" in tables or "record" in tables or "without" in tables:
        return "rules"
    if "phrase" in tables or "chunk" in tables:
        return "phrases"
    return "vocabulary" if layer(name) and tables else "rules"


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
                "listed": True,
            },
        )


def _vocabulary(name: str, source: str, tables: Mapping[str, Any], out: RuleFiles) -> None:
    if inside(name) in _OWN_SHAPE and layer(name):
        out.problems.append(Problem(name, 0, "this name belongs to a shipped table of another shape: rename the file"))
        return
    if name == "vocabulary/numbers.toml":
        out.numbers = tables
        return
    if name == "vocabulary/times.toml":
        out.times = tables
        for table, index, message in time_mistakes(tables):
            out.problems.append(Problem(name, line_of_table(source, table, index), message))
        return
    if name == "vocabulary/furniture.toml":
        out.furniture = tables
        return
    if name == "vocabulary/places/everyday.toml":
        return  # read by tools/build_places.py alone
    if "form" in tables:
        _forms(name, source, tables, out)
        return
    out.vocabulary[name] = tables
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
        told = Form(row["event"], row.get("mode"), bool(row.get("broad")), bool(row.get("speaks")))
        out.forms[row["kind"], row.get("form", "")] = told


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
            if not new_name(out, row["name"], name, line):
                continue
            alternatives = tuple(
                _steps(a, name, source, line, out.problems) for a in (row["any"] if "any" in row else [row["pattern"]])
            )
            if table == "chunk":
                atoms = frozenset({row["name"], "chunk", *row.get("atoms", ())})
                put_chunk(out, Chunk(row["name"], atoms, alternatives))
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
    if record not in RECORD_KINDS and ("record" in tables or "rule" in tables):
        line = line_within(source, 1, "record")
        hint = nearest(str(record), RECORD_KINDS)
        out.problems.append(Problem(name, line, f"`record` is {record!r}, not one of {', '.join(RECORD_KINDS)}{hint}"))
    for key in tables.keys() - {"record", "rule", "note", "without"}:
        hint = nearest(key, ("record", "rule", "note", "without"))
        out.problems.append(Problem(name, line_within(source, 1, key), f"unknown table or key {key!r}{hint}"))
    out.without.extend((str(one), name, line_within(source, 1, str(one))) for one in tables.get("without", ()))
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
        rare = row.get("rare", "-")
        if not isinstance(rare, str) or not rare.strip():
            at = line_within(source, line, "rare")
            out.problems.append(Problem(name, at, "`rare` says in words why the rule may seldom fire: write them"))
        out.rules.append(
            Rule(
                id=rule_id(name, row["id"]),
                title=row["title"],
                record=record,
                set=row.get("set", {}),
                steps=steps,
                priority=int(row.get("priority", 0)),
                examples=_examples(row, "example", name, source, line),
                counter_examples=_examples(row, "counter_example", name, source, line),
                file=name,
                line=line,
                replaces=str(row.get("replaces", "")),
                rare=str(row.get("rare", "")),
            )
        )


def _examples(row: Mapping[str, Any], key: str, name: str, source: str, line: int) -> tuple[Example, ...]:
    found = []
    for example in row.get(key, ()):
        text = str(example.get("text", ""))
        at = line_within(source, line, text) if text else line
        found.append(Example(text, tuple(example.get("expect", ())), str(example.get("why", "")), name, at))
    return tuple(found)
