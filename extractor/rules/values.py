"""Checks of what rule files say beside patterns: the keys and values of `set`, of examples and of vocabulary.

Which keys there are is not listed twice: those that the shipped files use are known, and a folder laid over them is
held to these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from extractor.records.claims import Outcome, ThingOutcome
from extractor.records.events import MODELS
from extractor.records.parts import Certainty, ItemType, MethodType, Polarity, VictimType
from extractor.rules.problems import Problem, line_of_table, line_within, nearest
from extractor.rules.sources import layer
from extractor.rules.trial import flat
from extractor.rules.vocabulary import SHAPING
from extractor.rules.written import Rule

_VALUES: Mapping[str, tuple[str, ...]] = {
    "outcome": get_args(Outcome) + get_args(ThingOutcome),
    "thing_outcome": get_args(ThingOutcome),
    "method": get_args(MethodType),
    "polarity": get_args(Polarity),
    "certainty": get_args(Certainty),
}
_EXAMPLE_VALUES = {**_VALUES, "victim": get_args(VictimType) + get_args(ItemType)}
_WORD_VALUES = {k: v for k, v in _VALUES.items() if k in ("outcome", "thing_outcome", "method")}
_EXPECTED = frozenset([*flat({}), *(name for model in MODELS.values() for name in model.model_fields)])


def rule_values(rules: Iterable[Rule], files: Mapping[str, str]) -> Iterator[Problem]:
    """Unknown keys and values of `set` and of what examples expect."""
    rules = list(rules)
    keys = {key for rule in rules if not layer(rule.file) for key in rule.set}
    for rule in rules:
        text = files[rule.file]
        for key, value in rule.set.items():
            line = line_within(text, rule.line, key)
            if keys and layer(rule.file) and key not in keys:
                yield Problem(rule.file, line, f"`set` knows no {key!r}{nearest(key, keys)}")
            yield from _value(rule.file, line, key, value, _VALUES)
        for example in (*rule.examples, *rule.counter_examples):
            if not example.text:
                yield Problem(rule.file, rule.line, f"an example of rule {rule.id!r} has no `text`")
            for row in example.expect:
                for key, value in row.items():
                    line = line_within(text, example.line, key)
                    if key not in _EXPECTED:
                        yield Problem(rule.file, line, f"examples know no {key!r}{nearest(key, _EXPECTED)}")
                    yield from _value(rule.file, line, key, value, _EXAMPLE_VALUES)


def vocabulary_values(
    vocabulary: Mapping[str, Mapping[str, Any]], files: Mapping[str, str], asked: set[str]
) -> Iterator[Problem]:
    """Unknown keys, values and classes of the vocabulary that is laid over the shipped one: of the tables `vocabulary`,
    which were read from `files`."""
    mine = {name: tables for name, tables in vocabulary.items() if layer(name)}
    if not mine:
        return
    shipped = [row for name, tables in vocabulary.items() if not layer(name) for row in _rows(tables)]
    keys = SHAPING | {key for _, _, row in shipped for key in row}
    classes = {c for _, _, row in shipped for c in _listed(row.get("class"))} | asked
    for name, tables in mine.items():
        for table, index, row in _rows(tables):
            line = line_of_table(files[name], table, index)
            for key, value in row.items():
                at = line_within(files[name], line, key)
                if key not in keys:
                    yield Problem(name, at, f"[[{table}]] knows no {key!r}{nearest(key, keys)}", "warning")
                yield from _value(name, at, key, value, _WORD_VALUES)
            for one in _listed(row.get("class")):
                if one not in classes:
                    message = f"no rule asks for words of the class {one!r}{nearest(one, asked)}"
                    yield Problem(name, line_within(files[name], line, one), message, "warning")


def _value(file: str, line: int, key: str, value: Any, known: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    if isinstance(value, str) and key in known and value not in known[key]:
        close = nearest(value, known[key]) or f"; one of {', '.join(known[key])}"
        yield Problem(file, line, f"{key} = {value!r} is no value of it{close}")


def _rows(tables: Mapping[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for table, rows in tables.items():
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict):
                yield table, index, row


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())
