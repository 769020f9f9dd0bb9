"""The compiled rules: what the engine works with, as plain data that loads fast and travels between processes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol

from extractor.rules.late import Late
from extractor.rules.lexicon import Lexicon
from extractor.text.furniture import FurnitureWords
from extractor.text.numbers import NumberReader
from extractor.text.time_words import TimeVocabulary

# Characters that a pattern can begin with, and those that can come second; None where anything can, or nothing need.
Opening = tuple[str, str | None]
# What stands beside the first and the last segment of a sentence; no reading set has it.
EDGE: Final = "\ue000"
# Bits over patterns: those before whose trigger or beginning a character may stand, and those behind which.
Beside = tuple[int, int]
# Bits for sets of characters, as `Demands.bits` has them: of each of these whatever matches holds one.
Needs = int
CLAIM_RECORDS: Final = ("casualty", "materiel")


# What a rule asks for beside its trigger, as bits of `Demands.bits`: all of the first must be met somewhere before
# the trigger, all of the second behind it, the third right behind it; 0 where it asks for nothing.
Demand = tuple[int, int, int]


class Demands(NamedTuple):
    """For each character what it meets of all that patterns need and rules demand, as bits; for each trigger what its
    rules demand, any of which will do."""

    bits: dict[str, int]
    of: Mapping[str, tuple[Demand, ...]]


class GateWords(Protocol):
    """A set of words, as far as the engine asks."""

    def isdisjoint(self, words: Iterable[str], /) -> bool:
        """Whether none of `words` is in the set."""
        ...

    def __contains__(self, word: object, /) -> bool: ...


class Pattern(NamedTuple):
    """A compiled rule: its pattern, the characters its trigger may be, and its possible neighbours.

    `before` and `after` are the characters that may stand next to the trigger; None means that anything may. `code` is
    the pattern as `pattern_code` encodes it. `needs_before` and `needs_behind` are what a match needs on either side of
    its trigger: a sentence that lacks it need not be tried.
    """

    code: bytes
    triggers: str
    before: str | None
    after: str | None
    fields: tuple[str, ...]
    needs_before: Needs
    needs_behind: Needs

    @property
    def needs(self) -> Needs:
        """What a match holds on either side."""
        return self.needs_before | self.needs_behind


class CompiledRule(NamedTuple):
    """A rule with its pattern. `set` holds fixed values of the record."""

    id: str
    title: str
    record: str
    set: Mapping[str, str]
    priority: int
    pattern: Pattern | Late


class CompiledChunk(NamedTuple):
    """An alternative of a chunk: its pattern, what it can begin with, its fields (as in `Pattern`), and the set that
    the chunk becomes. Those of one chunk stand one behind the other; the first that fits is taken."""

    name: str
    code: bytes
    openings: tuple[Opening, ...]
    needs: Needs
    fields: tuple[str, ...]
    set_index: int


class Form(NamedTuple):
    """What a form of an event is in PLOVER's terms; a `broad` one says little ("attack" beside "shelling").

    What an event of a form that `speaks` is about is known to its speaker and no news: "condemned the attack on".
    """

    event_type: str
    mode: str | None
    broad: bool
    speaks: bool = False


@dataclass(slots=True)
class RuleSet:
    """Everything compiled. Never changed after it is built.

    What is a `Mapping` or may be `Late` comes out of the cache packed (`extractor.rules.packed`).
    """

    lexicon: Lexicon
    chunks: Sequence[CompiledChunk | Late]
    rules: list[CompiledRule]
    triggers: Mapping[str, int]  # character -> the rules that it triggers, as bits
    neighbours: Mapping[str, Beside]  # character -> the rules beside whose trigger it may stand
    openers: Mapping[str, int]  # character -> the openings of chunks that it can begin, as bits over all of them
    seconds: Mapping[str, Beside]  # character -> the openings of chunks in which it may come second
    actors: Mapping[str, Mapping[str, str]]
    places: Mapping[str, Mapping[str, Any]]
    countries: dict[str, dict[str, str]]
    numbers: NumberReader
    times: TimeVocabulary
    furniture: FurnitureWords
    roles: dict[str, dict[str, str]]  # kind of event -> its fields -> their shape
    forms: dict[tuple[str, str], Form]  # kind and form of an event, the form empty for all others of the kind
    gate: GateWords  # surface words one of which a sentence must hold to be worth reading
    gate_pairs: Mapping[str, str]  # those of them that are worth it only beside a word of a group
    gate_groups: Mapping[str, frozenset[str]]  # the words of each group
    demands: Demands  # what the rules that the gate opens for ask of a sentence beside their triggers
