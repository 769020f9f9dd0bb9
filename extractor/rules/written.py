"""What rule files say, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extractor.rules.compile import Phrase
from extractor.rules.lexicon import Entry
from extractor.rules.problems import Problem
from extractor.rules.ruleset import Form
from extractor.rules.steps import Step


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
    """One rule as written. `replaces` is the id of the rule that it stands for, in a folder laid over others; `rare`
    says why it may fire seldom or never on a collection of texts."""

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
    replaces: str = ""
    rare: str = ""


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
    vocabulary: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # file -> its tables of words
    numbers: Mapping[str, Any] = field(default_factory=dict)
    times: Mapping[str, Any] = field(default_factory=dict)
    furniture: Mapping[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    owners: dict[str, tuple[str, int]] = field(default_factory=dict)  # phrase or chunk -> file, line
    without: list[tuple[str, str, int]] = field(default_factory=list)  # id of a rule switched off, file, line
