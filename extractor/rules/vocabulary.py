"""Vocabulary tables (parsed TOML) turned into surface forms with their readings.

A reading is a set of atoms (word class, features, attribute values) and the attributes themselves. Forms are folded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from extractor.rules.lexicon import Entry, Reading
from extractor.rules.morphology import Form, adjective_forms, noun_forms, past_forms, present_forms, verbal_noun_forms
from extractor.rules.problems import Problem, line_of_table, line_within, nearest
from extractor.text.fold import fold_word

# Keys that shape an entry; every other string in a table becomes an attribute, and its value an atom.
SHAPING = frozenset(
    [
        "word",
        "words",
        "plural",
        "feminine",
        "class",
        "past",
        "present",
        "passive_past",
        "passive_present",
        "names",
        "adjective",
        "adjectives",
        "capitals",
        "id",
        "name",
        "english",
        "cue",
        "clitics",
        "forms",
        "lat",
        "lon",
        "parent",
        "code",
        "ambiguous",
        "kinds",
        "gender",
        "irregular",
        "note",
        "forms_only",
        "actor",
    ]
)
_ASKED = frozenset(["needs", "followed", "behind", "near"])
_REQUIRED = {
    "noun": ("word", "class"),
    "verbal_noun": ("word", "class"),
    "adjective": ("word", "class"),
    "verb": ("class",),
    "words": ("class", "words"),
    "actor": ("id", "name", "kind", "names"),
    "country": ("code", "name", "names"),
    "place": ("id", "english", "precision", "names"),
    "anaphor": ("word", "kinds"),
}


def _listed(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def _attributes(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((k, v) for k, v in row.items() if k not in SHAPING and isinstance(v, str)))


def _reading(row: Mapping[str, Any], features: frozenset[str], *more: str) -> Reading:
    attributes = _attributes(row)
    # "unknown" is a type of victims; as an atom it is what words that no list knows have.
    # What a word asks of others (`needs`, `followed`, `behind`, `near`) is nothing that it is itself.
    values = (v for k, v in attributes if v != "unknown" and k not in _ASKED)
    atoms = features.union(_listed(row.get("class")), values, more)
    if any(k == "thing_outcome" for k, _ in attributes):
        atoms |= {"things"}
    if any(k == "outcome" for k, _ in attributes):
        atoms |= {"people"}
    return Reading(atoms, attributes)


def _entries(forms: Iterator[Form], row: Mapping[str, Any], *more: str) -> Iterator[Entry]:
    base = _reading(row, frozenset(), *more)
    readings: dict[frozenset[str], Reading] = {}  # one for each set of features: a row has tens of forms
    for form, features in forms:
        reading = readings.get(features)
        if reading is None:
            reading = readings[features] = Reading(base.atoms | features, base.attributes)
        yield Entry(fold_word(form), reading)


def _noun(row: Mapping[str, Any]) -> Iterator[Entry]:
    forms = noun_forms(row["word"], _listed(row.get("plural")), row.get("feminine"))
    for entry in _entries(forms, row, "noun", "nominal"):
        yield entry
        if " " in entry.form:
            yield from _definite_phrase(entry)
    for form in _listed(row.get("forms")):
        yield Entry(fold_word(form), _reading(row, frozenset({"pl"}), "noun", "nominal"))


_AL = "\u0627\u0644"


def _definite_phrase(entry: Entry) -> Iterator[Entry]:
    """A phrase with the article: on its last word (idafa) and on all of its words (noun and adjective)."""
    words = entry.form.split(" ")
    if any(w.startswith(_AL) for w in words):
        return
    reading = Reading(entry.reading.atoms | {"def"}, entry.reading.attributes)
    yield Entry(" ".join([*words[:-1], _AL + words[-1]]), reading)
    yield Entry(" ".join(_AL + w for w in words), reading)


def _verbal_noun(row: Mapping[str, Any]) -> Iterator[Entry]:
    yield from _entries(verbal_noun_forms(row["word"]), row, "noun", "nominal")


def _adjective(row: Mapping[str, Any]) -> Iterator[Entry]:
    identity = f"actor:{row['actor']}" if "actor" in row else ""
    for entry in _entries(adjective_forms(row["word"], _listed(row.get("plural"))), row, "adjective", "nominal"):
        yield entry._replace(id=identity)


def _verb(row: Mapping[str, Any]) -> Iterator[Entry]:
    found: dict[str, set[str]] = {}

    def add(forms: Iterator[Form]) -> None:
        for form, features in forms:
            found.setdefault(fold_word(form), set()).update(features)

    for stem in _listed(row.get("past")):
        add(past_forms(stem, "active"))
    for stem in _listed(row.get("present")):
        add(present_forms(stem, "active"))
    for stem in _listed(row.get("passive_past")):
        add(past_forms(stem, "passive"))
    for stem in _listed(row.get("passive_present")):
        add(present_forms(stem, "passive"))
    for form in _listed(row.get("forms")):
        found.setdefault(fold_word(form), set()).update({"past", "active"})
    base = _reading(row, frozenset(), "verb")
    for form, features in found.items():
        yield Entry(form, Reading(base.atoms | features, base.attributes))


def _words(row: Mapping[str, Any]) -> Iterator[Entry]:
    more = ("nominal",) if row.get("clitics") == "noun" else ()
    for word in _listed(row["words"]):
        form = fold_word(word)
        single = " " not in form
        features = (
            {"def"}
            if single and form.startswith(_AL)
            else {"shape_a"}
            if form.endswith(_AL[0]) and len(form) > 3
            else set()
        )
        yield Entry(form, _reading(row, frozenset(features), *more))


def _names(row: Mapping[str, Any]) -> Iterator[Entry]:
    # A name that is an everyday word too is a name only beside other names.
    kind = "weak_name" if row.get("ambiguous") else row.get("class", "given_name")
    for word in _listed(row["words"]):
        form = fold_word(word)
        # Prepositions are not cut off before a name of three letters: what is left is too often chance.
        nominal = {"nominal"} if len(form) > 3 else set()
        yield Entry(form, Reading(frozenset({kind, "proper", *nominal})))


def _actor(row: Mapping[str, Any]) -> Iterator[Entry]:
    weak = ("ambiguous",) if row.get("ambiguous") else ()
    reading = Reading(frozenset({"actor", row["kind"], "proper", "nominal", *weak}), (("kind", row["kind"]),))
    plain = Reading(reading.atoms - {"ambiguous"}, reading.attributes)
    identity = f"actor:{row['id']}"
    for name in row["names"]:
        yield Entry(fold_word(name), reading, identity)
        for cue in _listed(row.get("cue")):
            yield Entry(fold_word(f"{cue} {name}"), plain, identity)


def _country(row: Mapping[str, Any]) -> Iterator[Entry]:
    identity = f"country:{row['code']}"
    for name in row["names"]:
        yield Entry(fold_word(name), Reading(frozenset({"country", "place", "proper", "nominal"})), identity)
    for capital in _listed(row.get("capitals")):
        yield Entry(fold_word(capital), Reading(frozenset({"capital", "proper", "nominal"})), identity)
    for adjective in _listed(row.get("adjectives")) or _listed(row.get("adjective")):
        for form, features in adjective_forms(adjective, _listed(row.get("plural"))):
            yield Entry(fold_word(form), Reading(features | {"nationality", "nominal"}), identity)


def place_entry(name: str, identity: str, precision: str, *, needs_cue: bool) -> Entry:
    """The entry of one place name; one that `needs_cue` is read as a place only behind a word such as `city of`."""
    weak = ("ambiguous",) if needs_cue else ()
    reading = Reading(frozenset({"place", precision, "proper", "nominal", *weak}))
    return Entry(fold_word(name), reading, f"place:{identity}")


def _place(row: Mapping[str, Any]) -> Iterator[Entry]:
    for name in row["names"]:
        yield place_entry(name, row["id"], row["precision"], needs_cue=bool(row.get("cue")))


def _anaphor(row: Mapping[str, Any]) -> Iterator[Entry]:
    atoms = frozenset({"anaphor", "proper", "nominal", *row["kinds"]})
    yield Entry(fold_word(row["word"]), Reading(atoms, (("kinds", " ".join(row["kinds"])),)))


def _particle(row: Mapping[str, Any]) -> Iterator[Entry]:
    yield from _words({"class": ["name_particle", row.get("role", "joins")], "words": row["words"], "clitics": "noun"})


def _name_cue(row: Mapping[str, Any]) -> Iterator[Entry]:
    yield from _words({"class": ["alias_cue", row.get("role", "alias")], "words": row["words"], "clitics": "noun"})


_TABLES: dict[str, Callable[[Mapping[str, Any]], Iterator[Entry]]] = {
    "noun": _noun,
    "verbal_noun": _verbal_noun,
    "adjective": _adjective,
    "verb": _verb,
    "words": _words,
    "names": _names,
    "actor": _actor,
    "country": _country,
    "place": _place,
    "anaphor": _anaphor,
    "particles": _particle,
    "cues": _name_cue,
}


def row_entries(table: str, row: Mapping[str, Any]) -> Iterator[Entry]:
    """All forms of one row of `[[table]]` that is free of mistakes; none for a table that is not of words."""
    if table in _TABLES:
        yield from _TABLES[table](row)


def entries(file: str, source: str, tables: Mapping[str, Any], problems: list[Problem]) -> Iterator[Entry]:
    """All forms of one vocabulary file. Mistakes are added to `problems` with file and line; the rest still comes."""
    # A file of bare words or names gives their class at its top, or by its own name.
    default_class = tables.get("class") or file.rsplit("/", 1)[-1].split(".", maxsplit=1)[0].removesuffix("_words")
    for name, rows in tables.items():
        if name in ("class", "words", "note", "clitics"):
            continue
        if name not in _TABLES:
            line = line_within(source, 1, name)
            problems.append(Problem(file, line, f"unknown table {name!r}{nearest(name, _TABLES)}"))
            continue
        for index, row in enumerate(rows):
            if name == "names" and "class" in tables:
                yield from _row(file, source, name, index, {"class": default_class, **row}, problems)
            else:
                yield from _row(file, source, name, index, row, problems)
    if isinstance(tables.get("words"), list) and tables["words"] and isinstance(tables["words"][0], str):
        yield from _words({"class": default_class, "words": tables["words"], "clitics": tables.get("clitics")})
    elif "words" in tables:
        for index, row in enumerate(tables["words"]):
            yield from _row(file, source, "words", index, row, problems)


def _row(
    file: str, source: str, name: str, index: int, row: Mapping[str, Any], problems: list[Problem]
) -> Iterator[Entry]:
    # The line is looked for only where something is wrong: there are thousands of rows.
    missing = [key for key in _REQUIRED.get(name, ()) if key not in row]
    if missing:
        problems.append(Problem(file, line_of_table(source, name, index), f"[[{name}]] lacks {', '.join(missing)}"))
        return
    for key, value in row.items():
        if value in ("", []):
            line = line_within(source, line_of_table(source, name, index), key)
            problems.append(Problem(file, line, f"[[{name}]] {key} is empty"))
            return
    yield from _TABLES[name](row)
