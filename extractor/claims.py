"""Claims out of matches: sets of victims or items with their count, head, type and affiliation.

A claim here is still in terms of segments of its sentence; `engine` turns it into a record with offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from extractor.match import Match, Span
from extractor.rules.lexicon import Reading
from extractor.sentence import Sentence, SentenceReader

PEOPLE_NOUNS: Final = frozenset({"person", "member", "collective"})
PEOPLE: Final = PEOPLE_NOUNS | {"casualty_noun", "held_noun", "case_noun", "title", "others"}
PEOPLE_TYPES: Final = frozenset({"civilian", "military", "police", "militant", "unknown"})
OPEN_TYPES: Final = frozenset({None, "unknown"})  # of people of whom nothing has been told yet
OPEN_OR_CIVILIAN: Final = OPEN_TYPES | {"civilian"}
THINGS: Final = frozenset({"item"})
NATIONS: Final = frozenset({"nationality"})
_BODIES: Final = frozenset({"org_noun", "member_body", "group_nisba"})
_FIXED: Final = {"one": 1, "two": 2}  # what a rule can say of the number
_YEH: Final = "\u064a"
# What the members of an organisation are, by the kind of the organisation.
TYPE_OF_KIND: Final = {
    "state_military": "military",
    "coalition": "military",
    "police": "police",
    "security": "police",
    "armed_group": "militant",
    "militia": "militant",
    "media": "civilian",
    "government": "civilian",
    "judiciary": "civilian",
    "civil_defence": "civilian",
    "medical": "civilian",
    "monitor": "civilian",
    "ngo": "civilian",
    "international": "civilian",
    "political_party": "civilian",
    "company": "civilian",
    "tribal": "civilian",
}


class Claim:
    """One outcome of one set, in segments of its sentence."""

    # No dataclass: of these mypyc leaves `__init__` to Python.
    low: int | None = None
    high: int | None = None
    approx: bool = False
    count: Span | None = None
    head: Span | None = None
    type: str | None = None
    affiliation: Span | None = None
    affiliation_skip: int = 0  # words of the affiliation's first segment that stand before it
    suspected: bool = False  # the affiliation is what they are suspected of
    names: tuple[Span, ...] = ()
    part_of: Claim | None = None
    cumulative: bool = False
    others: bool = False
    continues: Claim | None = None
    rule: str = ""  # id of the rule, where it is not that of the match

    def __init__(self, match: Match, kind: str, outcome: str, span: Span) -> None:
        self.match = match
        self.kind = kind
        self.outcome = outcome
        self.span = span


class ClaimBuilder:
    """Builds the claims of one match after another; holds the sentence reader and nothing else."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader

    def claims(self, sentence: Sentence, match: Match) -> list[Claim]:
        """The claims of a match: one for each set of victims or items."""
        kind = "materiel" if match.rule.record == "materiel" else "casualty"
        spans = match.captures.get("items" if kind == "materiel" else "victims", ()) or (self.own_span(match),)
        spans += match.captures.get("more", ())
        outcome = self.outcome(sentence, match, kind)
        return [c for span in spans if (c := self.one(sentence, match, span, kind, outcome)) is not None]

    def outcome(self, sentence: Sentence, match: Match, kind: str) -> str | None:
        """What the rule or its trigger says of people (kind `casualty`) or of things (`materiel`)."""
        wanted = "thing_outcome" if kind == "materiel" else "outcome"
        fixed = match.rule.set.get("outcome")
        if fixed is not None:
            return fixed
        for reading in self._reader.readings(sentence, match.at):
            for name, value in reading.attributes:
                if name == wanted:
                    return value
        return None

    def is_casualty_noun(self, sentence: Sentence, at: int) -> bool:
        """Whether segment `at` says both who and what became of them."""
        return self._has(sentence, at, "casualty_noun")

    def is_verb(self, sentence: Sentence, at: int) -> bool:
        """Whether segment `at`, a trigger, can only be a verb."""
        told = [r.atoms for r in self._reader.readings(sentence, at) if any(k == "outcome" for k, _ in r.attributes)]
        return all("verb" in atoms for atoms in told)

    def is_apart(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether a comma or the end of a clause stands in or right before `last`."""
        return any(self._has(sentence, at, "clause_end") for at in range(first, last))

    @staticmethod
    def own_span(match: Match) -> Span:
        """The set of a match whose trigger is itself the victim noun, or stands for it."""
        start, end = match.at, match.at + 1
        more = match.captures.get("more", ())
        for name in ("count", "head", "affiliation", "bound"):
            for span in match.captures.get(name, ()):
                if not _inside(span, more):
                    start, end = min(start, span[0]), max(end, span[1])
        return start, end

    def one(self, sentence: Sentence, match: Match, span: Span, kind: str, outcome: str | None) -> Claim | None:
        """The claim of one set, `span`; None without an outcome."""
        if outcome is None:
            return None
        claim = Claim(match, kind, outcome, span)
        claim.cumulative = match.rule.set.get("cumulative") == "yes"
        own = match.at in range(*span)
        inner = {
            name: [s for s in spans if span[0] <= s[0] and s[1] <= span[1]] for name, spans in match.captures.items()
        }
        # A word of a name that is a noun as well ("smith") is no head.
        head = next((s for s in inner.get("head", []) if not _inside(s, inner.get("name", ()))), None)
        wanted = THINGS if kind == "materiel" else PEOPLE
        kind_of = None
        if own and match.rule.record != "part" and match.at not in sentence.quantities:
            # A casualty noun is the head; the noun behind it tells of what kind they are. A trigger that begins with
            # its count was folded together with its noun.
            kind_of, head = head, (match.at, match.at + 1)
        elif head is None and kind == "materiel" and span[1] - span[0] == 1 and span[0] not in sentence.quantities:
            head = span
        reading = self._head_reading(sentence, head[0], wanted) if head else None
        names = inner.get("name", ())
        claim.names = tuple(n for n in names if not _inside(n, (o for o in names if o != n)))
        claim.head = head
        self._count(sentence, claim, inner, reading)
        if head is None and claim.names:
            head = (claim.names[0][0], claim.names[0][0] + 1)
        claim.head = head
        claim.affiliation = self._unquoted(sentence, next(iter(inner.get("affiliation", [])), None))
        claim.others = head is not None and self._has(sentence, head[0], "others")
        title = next(iter(inner.get("title", [])), None)
        if reading is None and title is not None:
            reading = self._head_reading(sentence, title[0], wanted)
        claim.type = self._type(sentence, claim, reading)
        if claim.others:
            kind_of = next(iter(inner.get("kind", [])), kind_of)  # "twelve others of the rebels"
        if kind_of is not None and claim.type in OPEN_TYPES:
            claim.type = self._type(sentence, claim, self._head_reading(sentence, kind_of[0], wanted))
        return claim

    def _unquoted(self, sentence: Sentence, span: Span | None) -> Span | None:
        """A body without the quotation marks around the whole of its name."""
        if span is None or not self._has(sentence, span[0], "quote"):
            return span
        inside = (span[0] + 1, span[1] - self._has(sentence, span[1] - 1, "quote"))
        return inside if inside[0] < inside[1] else span

    def _head_reading(self, sentence: Sentence, at: int, wanted: frozenset[str]) -> Reading | None:
        """The reading of a head as one of `wanted`; else, where people are wanted, as a nationality."""
        readings = self._reader.readings(sentence, at)
        for classes in (wanted, NATIONS) if wanted is PEOPLE else (wanted,):
            for reading in readings:
                if reading.atoms & classes:
                    return reading
        return None

    def _has(self, sentence: Sentence, at: int, atom: str) -> bool:
        return any(atom in reading.atoms for reading in self._reader.readings(sentence, at))

    def _count(self, sentence: Sentence, claim: Claim, inner: dict[str, list[Span]], reading: Reading | None) -> None:
        counts = inner.get("count", [])
        how_many = claim.match.rule.set.get("count", "")
        fixed = _FIXED.get(how_many)
        if how_many == "none":
            return  # "not one case" tells of no number
        if fixed is not None:
            claim.low = claim.high = fixed
            claim.count = (claim.match.at, claim.match.at + 1)
        elif counts:
            claim.count = counts[0]
            quantity = sentence.quantities.get(counts[0][0])
            if quantity is not None:
                claim.low, claim.high, claim.approx = quantity.low, quantity.high, quantity.approx
            for bound in (*inner.get("bound", ()), *claim.match.captures.get("limit", ())):
                if self._has(sentence, bound[0], "at_least") or self._has(sentence, bound[0], "exceeds"):
                    claim.high = None
                elif self._has(sentence, bound[0], "at_most"):
                    claim.low = None
                else:
                    claim.approx = True
        elif inner.get("many"):
            return  # "a number of others" is a number that nobody gave
        elif inner.get("one"):
            claim.low = claim.high = 1
            claim.count = inner["one"][0]
        elif claim.names and reading is None:
            claim.low = claim.high = 1
        elif reading is not None:
            claim.low = claim.high = self._number(sentence, claim, reading)
            if claim.low is not None and inner.get("bound"):
                claim.high = None

    def _number(self, sentence: Sentence, claim: Claim, reading: Reading) -> int | None:
        """One for a singular, two for a dual, None for a plural or a mass; where a form can be both, one."""
        if "collective" in reading.atoms:
            return None
        if claim.head is None:
            return 1 if "sg" in reading.atoms else None
        classes = NATIONS if reading.atoms.isdisjoint(PEOPLE | THINGS) else PEOPLE | THINGS
        own = [other.atoms for other in self._reader.readings(sentence, claim.head[0]) if other.atoms & classes]
        construct = self._construct(sentence, claim.head[0], own)
        if construct is not None:
            return construct or None
        atoms = frozenset().union(*own)
        if "mass" in atoms:
            return None
        if "maybe_du" in atoms and "pl" in atoms and self._told_two(sentence, claim.span[1]):
            return 2
        return 1 if "sg" in atoms else 2 if "du" in atoms else None

    def _told_two(self, sentence: Sentence, at: int) -> bool:
        """Whether the words at `at` speak of two ("one of both", "who were both")."""
        while at < len(sentence) and self._reader.atoms(sentence, at) & {"comma", "conj"}:
            at += 1
        return at < len(sentence) and self._has(sentence, at, "told_two")

    def _construct(self, sentence: Sentence, at: int, own: list[frozenset[str]]) -> int | None:
        """The number of a noun in -i that a noun with the article or a name follows, and which is then no "my …" but a
        construct: 2 for a dual, 0 for a plural, which tells no number; None for any other noun. Where no construct
        of it is listed, its plural is a broken one, and the construct is that of the dual."""
        word = sentence.words[at]
        if not word.endswith(_YEH) or at + 1 >= len(sentence) or not any("poss" in a and "sg" in a for a in own):
            return None
        behind = self._reader.atoms(sentence, at + 1)
        bare = [a for a in own if "constr" in a or {"member", "du"} <= a]
        if "verb" in behind or not ("def" in behind or (bare and behind & {"nominal", "proper", "unknown"})):
            return None
        return 0 if any("pl" in a for a in bare) else 2

    def _type(self, sentence: Sentence, claim: Claim, reading: Reading | None) -> str | None:
        attributes = dict(reading.attributes) if reading else {}
        found = attributes.get("type")
        if claim.affiliation is not None and found in OPEN_TYPES:
            found = type_of_body(self._reader, sentence, claim.affiliation) or found
        return found or attributes.get("default_type")


def type_of_people(readings: Iterable[Reading]) -> str | None:
    """What people are, by the readings of the noun that names them; None where it names none."""
    for reading in readings:
        if reading.atoms & PEOPLE_NOUNS:
            attributes = dict(reading.attributes)
            return attributes.get("type") or attributes.get("default_type")
    return None


def type_of_body(reader: SentenceReader, sentence: Sentence, span: Span) -> str | None:
    """What the members of the body named in `span` are; None where none of its words tells."""
    told = (type_of_group(reader.readings(sentence, at)) for at in range(*span))
    return next((t for t in told if t is not None), None)


def type_of_group(readings: Iterable[Reading]) -> str | None:
    """What the members of an organisation are, by the readings of its name; None where they do not tell."""
    found: str | None = None
    readings = tuple(readings)
    for reading in readings:
        if "armed_ministry" in reading.atoms:
            return dict(reading.attributes).get("type")
    for reading in readings:
        attributes = dict(reading.attributes)
        if "kind" in attributes:
            return TYPE_OF_KIND.get(attributes["kind"])
        if "kinds" in attributes:
            # A word that refers back ("the movement") tells only where all that it can mean are of one type.
            types = {TYPE_OF_KIND.get(kind) for kind in attributes["kinds"].split(" ")}
            return types.pop() if len(types) == 1 else None
        if reading.atoms & _BODIES and attributes.get("type") in PEOPLE_TYPES - OPEN_TYPES:
            found = found or attributes["type"]
    return found


def _inside(span: Span, outer: Iterable[Span]) -> bool:
    return any(o[0] <= span[0] and span[1] <= o[1] for o in outer)


def in_order(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Claims in the order of their sets; what a sharing rule tells of a set is left out where it was told already."""
    told: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (c.match.rule.set.get("shares") == "yes", c.match.at)):
        shares = claim.match.rule.set.get("shares") == "yes"
        if not shares or not any(t.outcome == claim.outcome and _inside(t.span, (claim.span,)) for t in told):
            told.append(claim)
    yield from sorted(told, key=lambda c: (c.span, c.match.at))
