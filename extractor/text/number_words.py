"""The vocabulary of numbers: tables to look folded words up in, which `number_tables` fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

# Roles of a number word; SINGULAR and above are scales (thousand, million …).
UNIT, COMPOUND_UNIT, TEEN_UNIT, TEN, TEEN, TENS, HUNDRED, HUNDREDS, TWO_HUNDRED, TWO_HUNDRED_CONSTRUCT = range(10)
SINGULAR, TANWIN, DUAL, PLURAL = range(10, 14)


T = TypeVar("T")
Phrase = tuple[str, ...]


class Word(NamedTuple):
    """A number word: its role, its value (of a dual scale: the scale itself), and whether it has the article."""

    role: int
    value: int
    definite: bool


class Ordinal(NamedTuple):
    """An ordinal word; `compound`: one that needs a ten beside it."""

    value: int
    definite: bool
    compound: bool


class Indefinite(NamedTuple):
    """A vague count. `sense` is "plural", "few" or "unknown"; `low` and `high` are persons or things."""

    sense: str
    low: int | None
    high: int | None
    definite: bool


class Unit(NamedTuple):
    """What a unit makes of the number before it.

    `age`: a span of life where the words around say so. `adverb`: also a word that tells when ("12 on the day of …").
    """

    kind: str
    age: bool
    adverb: bool


class Node(Generic[T]):
    """A node of a tree of phrases: the words that may follow, and the value of the phrase that ends here."""

    __slots__ = ("following", "value")

    def __init__(self, following: dict[str, Node[T]] | None = None, value: T | None = None) -> None:
        self.following: dict[str, Node[T]] = {} if following is None else following
        self.value = value

    def __reduce__(self) -> tuple[Any, ...]:
        return Node, (self.following, self.value)  # loads in half the time of what would be made of the slots

    def add(self, phrase: Sequence[str], value: T) -> None:
        """Enter a phrase; the first entry of a phrase wins."""
        node = self
        for word in phrase:
            node = node.following.setdefault(word, Node())
        if node.value is None:
            node.value = value

    def longest(self, words: Sequence[str], at: int) -> tuple[T, int] | None:
        """The longest phrase that begins at segment `at`: its value and the segment past it."""
        node: Node[T] | None = self
        found: tuple[T, int] | None = None
        count = len(words)
        while at < count:
            node = node.following.get(words[at]) if node is not None else None
            if node is None:
                break
            at += 1
            if node.value is not None:
                found = (node.value, at)
        return found

    def longest_back(self, words: Sequence[str], at: int) -> T | None:
        """The value of the longest phrase, entered last word first, that ends in segment `at`."""
        node: Node[T] | None = self.following.get(words[at]) if at >= 0 else None
        found: T | None = None
        while node is not None:
            if node.value is not None:
                found = node.value
            at -= 1
            node = node.following.get(words[at]) if at >= 0 else None
        return found


@dataclass(slots=True, eq=False, repr=False)
class NumberVocabulary:
    """Tables of folded words. Phrases are tuples of segments as the sentence reader cuts them."""

    conjunction: str
    article: str
    zero: str
    origin: str  # "from", which opens a range
    tanwin: str
    metre: str  # the letter that metres share with the common era
    proclitics: tuple[str, ...]
    closed: frozenset[str]
    change: frozenset[str]
    month_words: frozenset[str]
    days: frozenset[str]
    and_one: str = ""  # "and one of", which is written like "one" once its hamza is lost
    and_one_of: frozenset[str] = frozenset()  # the nouns behind which it is that, and no number
    words: dict[str, Word] = field(default_factory=dict)
    ordinals: dict[str, Ordinal] = field(default_factory=dict)
    fractions: Node[tuple[int, int]] = field(default_factory=Node)  # numerator, denominator
    indefinites: Node[Indefinite] = field(default_factory=Node)
    bounds: Node[str] = field(default_factory=Node)
    trailing: Node[str] = field(default_factory=Node)
    trailing_bounds: dict[Phrase, str] = field(default_factory=dict)
    to: Node[bool] = field(default_factory=Node)
    alternatives: Node[bool] = field(default_factory=Node)
    between: Node[bool] = field(default_factory=Node)
    units: Node[Unit] = field(default_factory=Node)
    cues: Node[str] = field(default_factory=Node)  # phrases last word first
    definite_cues: Node[str] = field(default_factory=Node)  # the same, for numbers with the article
    months: Node[bool] = field(default_factory=Node)

    def starts(self) -> frozenset[str]:
        """Every word that may begin a quantity; digits are not among them."""
        signs = {self.article, self.origin, "(", "[", '"', "'"}
        return self.number_starts().union(signs, self.bounds.following, self.between.following)

    def number_starts(self) -> frozenset[str]:
        """Every word that a number may begin with by itself, without bounds and signs."""
        return frozenset((*self.words, *self.ordinals, *self.fractions.following, *self.indefinites.following))

    def forms(self) -> frozenset[str]:
        """Every word of two letters or more that the tables know, for a caller that splits proclitics off."""
        every = set(self.starts()) | self.closed | self.change | self.month_words
        trees: tuple[Node[Any], ...] = (self.fractions, self.indefinites, self.bounds, self.between)
        for tree in (*trees, self.to, self.alternatives, self.units, self.cues, self.definite_cues, self.months):
            every.update(_all_words(tree))
        # "and more" behind a number is "and" before "more than" elsewhere: the conjunction must come off it.
        trailing = set(_all_words(self.trailing))
        every.update(w for w in trailing if w in every or w[0] not in self.proclitics or w[1:] not in every)
        return frozenset(w for w in every if len(w) > 1 and w.isalpha())


def _all_words(node: Node[Any]) -> Iterator[str]:
    for word, following in node.following.items():
        yield word
        yield from _all_words(following)
