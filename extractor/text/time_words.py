"""The vocabulary of time, compiled from `rules/vocabulary/times.toml` into trees of phrases to look words up in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from extractor.rules.lexicon import CONJUNCTIONS, PREPOSITIONS
from extractor.text.fold import fold_word
from extractor.text.number_words import Node, NumberVocabulary
from extractor.text.tokens import WORD

AL: Final = "\u0627\u0644"
_NUMBERS: Final = {"singular": 1, "dual": 2, "plural": 0}
_ROLES: Final = frozenset(
    ["within", "ago", "later", "since", "until", "between", "from", "to", "and", "of", "in", "day", "month", "year"]
) | frozenset(["hour", "about", "vague", "past_era", "era", "none", "anaphor"])
_PROCLITICS: Final = tuple(c + p for c in ("", *CONJUNCTIONS) for p in ("", *PREPOSITIONS) if c + p)
# Of the small words, those with which an expression can begin.
_OPENING: Final = (
    "within",
    "ago",
    "later",
    "since",
    "until",
    "between",
    "from",
    "in",
    "day",
    "month",
    "year",
    "hour",
    "none",
    "anaphor",
)
UNITS: Final = ("minute", "hour", "day", "night", "week", "month", "year", "decade")


class Month(NamedTuple):
    """A month of a calendar ("gregorian" or "hijri"); `weak`: an everyday word or a name too."""

    number: int
    hijri: bool
    weak: bool


class TimeUnit(NamedTuple):
    """A unit of time; `told` is 1 or 2 where the form itself says so, else 0."""

    unit: str
    told: int
    definite: bool


@dataclass(slots=True, eq=False, repr=False)
class TimeVocabulary:
    """Trees of folded words. `cues` holds a tree for each role of the small words."""

    months: Node[Month] = field(default_factory=Node)
    weekdays: Node[int] = field(default_factory=Node)
    days: Node[int] = field(default_factory=Node)
    parts: Node[str] = field(default_factory=Node)
    units: Node[TimeUnit] = field(default_factory=Node)
    which: Node[int] = field(default_factory=Node)
    edges: Node[str] = field(default_factory=Node)
    seasons: Node[tuple[int, int]] = field(default_factory=Node)
    minutes: Node[int] = field(default_factory=Node)
    cues: dict[str, Node[bool]] = field(default_factory=lambda: {role: Node() for role in _ROLES})
    cardinals: dict[str, tuple[int, int]] = field(
        default_factory=dict
    )  # form -> role and value, as numbers.toml has it
    ordinals: dict[str, int] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)  # every single word, for the one who cuts proclitics off
    gate: set[str] = field(default_factory=set)  # words of which one stands in every expression without digits
    followers: set[str] = field(default_factory=set)  # words that can follow a mere preposition in one
    openers: set[str] = field(default_factory=set)  # words that an expression can begin with, digits apart


def load_time_vocabulary(tables: Mapping[str, Any], numbers: NumberVocabulary) -> TimeVocabulary:
    """Compile the parsed TOML of times.toml, in which `time_mistakes` found none; numbers.toml gives number words."""
    out = TimeVocabulary()
    for name, row in _rows(tables):
        tokens = [_tokens(word) for word in row["words"]] if "words" in row else []
        if name == "month":
            weak = bool(row.get("weak"))
            _enter(out, out.months, tokens, Month(row["number"], row["calendar"] == "hijri", weak), gate=True)
        elif name == "weekday":
            _enter(out, out.weekdays, tokens, row["number"], gate=True)
        elif name == "day":
            _enter(out, out.days, tokens, row["offset"], gate=True)
        elif name == "part":
            _enter(out, out.parts, tokens, row["half"])
        elif name == "minute":
            _enter(out, out.minutes, tokens, row["value"])
        elif name == "which":
            _enter(out, out.which, tokens, row["offset"])
        elif name == "edge":
            _enter(out, out.edges, tokens, row["part"])
        elif name == "season":
            both = [t for word in tokens for t in (word, _definite(word))]
            _enter(out, out.seasons, both, (row["first"], row["last"]), gate=True)
        elif name == "cue":
            _enter(out, out.cues[row["role"]], tokens, value=True, gate=row["role"] == "year")
        else:
            _unit(out, row)
    for form, word in numbers.words.items():
        out.cardinals.setdefault(form, (word.role, word.value))
    for form, ordinal in numbers.ordinals.items():
        out.ordinals.setdefault(form, ordinal.value)
    out.words.update(out.cardinals, out.ordinals)
    trees: tuple[Node[Any], ...] = (out.months, out.weekdays, out.days, out.parts, out.edges, out.seasons, out.which)
    for tree in (*trees, *(out.cues[role] for role in _OPENING)):
        out.openers.update(tree.following)
    out.openers.update(w for w in (*out.units.following, *out.cardinals, *out.ordinals) if w.startswith(AL))
    out.openers.update(w for w in out.ordinals if AL + w not in out.ordinals)
    for tree in (*trees[:3], out.edges, out.parts, out.units, out.cues["day"], out.cues["year"]):
        out.followers.update(tree.following)
    out.followers.update(out.cardinals, out.ordinals, out.cues["month"].following)
    out.gate.update(*([p + w for w in out.gate] for p in _PROCLITICS))
    return out


_NEEDED: Final = {
    "month": ("calendar", "number", "words"),
    "weekday": ("number", "words"),
    "day": ("offset", "words"),
    "part": ("half", "words"),
    "unit": ("unit", "singular", "dual", "plural"),
    "which": ("offset", "words"),
    "edge": ("part", "words"),
    "minute": ("value", "words"),
    "season": ("first", "last", "words"),
    "cue": ("role", "words"),
}
_VALUES: Final = {"role": _ROLES, "unit": frozenset(UNITS), "calendar": frozenset({"gregorian", "hijri"})}


def time_mistakes(tables: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """What is wrong with the parsed times.toml: the table, its number in the file from 0, and a message."""
    for name, rows in tables.items():
        if name not in _NEEDED:
            yield name, 0, f"unknown table [[{name}]]; one of {', '.join(_NEEDED)}"
            continue
        for index, row in enumerate(rows):
            missing = [key for key in _NEEDED[name] if key not in row]
            if missing:
                yield name, index, f"[[{name}]] lacks {', '.join(missing)}"
            for key, known in _VALUES.items():
                if key in row and row[key] not in known:
                    yield name, index, f"unknown {key} {row[key]!r}; one of {', '.join(sorted(known))}"


def _rows(tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, rows in tables.items():
        for row in rows:
            yield name, row


def _tokens(phrase: str) -> tuple[str, ...]:
    return tuple(WORD.findall(fold_word(phrase)))


def _definite(phrase: tuple[str, ...]) -> tuple[str, ...]:
    return (AL + phrase[0], *phrase[1:])


def _enter(
    out: TimeVocabulary, tree: Node[Any], phrases: Iterable[tuple[str, ...]], value: Any, *, gate: bool = False
) -> None:
    for phrase in phrases:
        tree.add(phrase, value)
        out.words.update(phrase)
        if gate:
            out.gate.add(max(phrase, key=len))  # the longest word of a phrase stands least often without it


def _unit(out: TimeVocabulary, row: Mapping[str, Any]) -> None:
    for key, count in _NUMBERS.items():
        for word in row[key]:
            phrase = _tokens(word)
            _enter(out, out.units, [phrase], TimeUnit(row["unit"], count, False), gate=True)
            _enter(out, out.units, [_definite(phrase)], TimeUnit(row["unit"], count, True), gate=True)
