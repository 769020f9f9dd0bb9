"""Rules over words, compiled into `regex` patterns over type strings, with what the neighbour index needs.

A pattern is matched at a place where its trigger stands: the steps before the trigger become a lookbehind (which
`regex` allows to vary in length and to capture), the trigger and the steps behind it follow. The faster `re` matches
the steps before the trigger from right to left, on the type string turned round; `regex` is asked only for fields that
took several stretches.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.rules.lexicon import Requirement
from extractor.rules.pattern_code import encode
from extractor.rules.piece import Piece, captured, either, gap, one, row, several, spot, unlike
from extractor.rules.plain_code import PlainCompiler
from extractor.rules.ruleset import Needs, Opening, Pattern
from extractor.rules.steps import Gap, Literal, Reference, Start, Step, Unit

# The beginning and the end of the sentence, as steps that take nothing.
START = "start"
END = "end"
# What a gap never passes over; the triggers of the rules come on top.
STOPS: tuple[Requirement, ...] = (frozenset({"clause_end"}), frozenset({"quantity"}), frozenset({"among"}))
# What may stand before the beginning of a clause.
STARTS: tuple[Requirement, ...] = (frozenset({"clause_end"}), frozenset({"sign"}), frozenset({"opener"}))


_CLASS = re.compile(r"\[[^\]]+\]")  # a class of more than one character as it is written in a pattern
# `@rest`: all words up to the end of the clause, as the topic of a meeting or the demand of an appeal.
REST = "rest"
_MOST_REST = 24
PAST: Requirement = frozenset({"verb", "past"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A named pattern: alternatives, each a sequence of steps."""

    name: str
    alternatives: tuple[tuple[Step, ...], ...]


def requirement_of(reference: Reference) -> Requirement:
    return frozenset((reference.name, *reference.atoms))


def requirements(steps: Iterable[Step], phrases: Mapping[str, Phrase]) -> Iterator[Requirement]:
    """Every requirement that the steps make of a word, phrases gone into."""
    for unit in _units(steps, phrases, ()):
        if isinstance(unit, Reference):
            yield requirement_of(unit)
        elif isinstance(unit, Literal):
            for word in unit.words:
                yield frozenset({f"lit:{word}"})
        elif isinstance(unit, Gap):
            for atom in unit.barred:
                yield frozenset({atom})
        else:
            yield from STARTS


def literals(steps: Iterable[Step], phrases: Mapping[str, Phrase]) -> Iterator[str]:
    for unit in _units(steps, phrases, ()):
        if isinstance(unit, Literal):
            yield from unit.words


def _units(steps: Iterable[Step], phrases: Mapping[str, Phrase], inside: tuple[str, ...]) -> Iterator[Unit]:
    for step in steps:
        for unit in step.units:
            if isinstance(unit, Reference) and unit.name in phrases:
                if unit.name in inside:
                    raise RecursionError(f"phrase @{unit.name} contains itself")
                for alternative in phrases[unit.name].alternatives:
                    for inner in _units(alternative, phrases, (*inside, unit.name)):
                        yield _narrowed(inner, unit.atoms)
            else:
                yield unit


def _narrowed(unit: Unit, atoms: tuple[str, ...]) -> Unit:
    """`unit` with further atoms: what `@phrase.atom` asks of a phrase of single words."""
    return Reference(unit.name, unit.atoms + atoms) if atoms and isinstance(unit, Reference) else unit


class Compiler:
    """Compiles steps for one alphabet (`met`: requirement -> characters) and one set of phrases.

    `stops` are the requirements that no gap passes over.
    """

    def __init__(
        self,
        met: Mapping[Requirement, str],
        phrases: Mapping[str, Phrase],
        alphabet: Iterable[str],
        stops: Iterable[Requirement],
    ) -> None:
        self._met = met
        self._phrases = phrases
        self._every = frozenset(alphabet)
        stopped: set[str] = set()
        for requirement in stops:
            stopped.update(met.get(requirement, ""))
        self._passable = self._every - stopped
        self._inner = self._every.difference(met.get(frozenset({"clause_end"}), ""))
        self._done: dict[str, Piece] = {}
        self._steps: dict[Step, Piece] = {}
        self._written: dict[frozenset[str], str] = {}
        self._ordered: dict[frozenset[str], str] = {}
        self._coder = PlainCompiler()
        self.needed: dict[frozenset[str], int] = {}  # what patterns need, with the numbers of their bits
        self._classes: dict[str, frozenset[str]] = {}  # by how they are written

    def survey(self, sequences: Iterable[Sequence[Step]]) -> Counter[frozenset[str]]:
        """How often each class of characters stands in the patterns of `sequences`, which are not compiled."""
        written = Counter(c for steps in sequences for c in _CLASS.findall(self._sequence(steps).source))
        return Counter({self._classes[source]: count for source, count in written.items()})

    def pattern(self, steps: Sequence[Step]) -> Pattern:
        """Compile the steps of a rule, of which exactly one has the field `trigger`."""
        at = next(i for i, step in enumerate(steps) if step.field == "trigger")
        left = self._sequence(steps[:at])
        trigger = self._step(steps[at])
        right = self._sequence(steps[at + 1 :])
        behind = row([trigger, right])
        source = (f"(?<={left.source})" if left.source else "") + behind.source
        fields = tuple(sorted(set(_fields(steps, self._phrases))))
        return Pattern(
            encode(source, behind.plain, left.back, repeated=left.repeated or right.repeated, plain=self._coder),
            self._letters(trigger.first),
            None if left.empty else self._letters(left.last),
            None if right.empty else self._letters(right.first),
            fields,
            self._needs(steps[:at]),
            self._needs(steps[at + 1 :]),
        )

    def _letters(self, chars: frozenset[str]) -> str:
        """Characters in their order, which is asked for again and again."""
        found = self._ordered.get(chars)
        if found is None:
            found = self._ordered[chars] = "".join(sorted(chars))
        return found

    def _needs(self, steps: Sequence[Step]) -> Needs:
        """What a match of `steps` holds: for each step that must stand, a character that it begins with."""
        pieces = (self._step(step) for step in steps)
        firsts = {piece.first for piece in pieces if not piece.empty}
        out = 0
        for first in sorted(firsts, key=lambda f: (len(f), self._letters(f))):
            # What half of all words are is hardly ever wanting.
            if len(first) < len(self._every) // 2:
                out |= 1 << self.needed.setdefault(first, len(self.needed))
        return out

    def chunk(self, alternative: Sequence[Step]) -> tuple[bytes, tuple[Opening, ...], Needs, tuple[str, ...]]:
        """Compile an alternative of a chunk: its code, what it can begin with, what it needs, its
        fields."""
        openings = self._openings([self._step(step) for step in alternative])
        fields = tuple(sorted(set(_fields(alternative, self._phrases))))
        whole = self._sequence(alternative)
        return (
            encode(whole.source, whole.plain, "", repeated=whole.repeated, plain=self._coder),
            tuple(dict.fromkeys(openings)),
            self._needs(alternative),
            fields,
        )

    def _openings(self, pieces: Sequence[Piece]) -> Iterator[Opening]:
        """What a sequence can begin with: each class of first characters, and the characters that can come second."""
        for number, piece in enumerate(pieces):
            rest = pieces[number + 1 :]
            second: set[str] = set()
            ends = True  # whether the first character can be all of it
            for follower in rest:
                second |= follower.first
                if not follower.empty:
                    ends = False
                    break
            yield self._letters(piece.first), None if ends or not piece.single else "".join(sorted(second))
            if not piece.empty:
                return

    def _sequence(self, steps: Sequence[Step]) -> Piece:
        return row([self._step(step) for step in steps])

    def _step(self, step: Step) -> Piece:
        found = self._steps.get(step)
        if found is None:
            found = self._steps[step] = self._made(step)
        return found

    def _made(self, step: Step) -> Piece:
        piece = self._choice(step)
        if step.negated:
            return unlike(piece, behind=step.behind)
        if step.field:
            piece = captured(piece, step.field)
        return several(piece, step.least, step.most)

    def _choice(self, step: Step) -> Piece:
        classes: set[str] = set()
        others: list[Piece] = []
        for unit in step.units:
            if isinstance(unit, Reference) and unit.name == START:
                others.append(spot("^", "$"))
            elif isinstance(unit, Reference) and unit.name == END:
                others.append(spot("$", "^"))
            elif isinstance(unit, Reference) and unit.name == REST:
                others.append(self._rest())
            elif isinstance(unit, Reference) and unit.name not in self._phrases:
                classes.update(self._met.get(requirement_of(unit), ""))
            elif isinstance(unit, Literal) and len(unit.words) == 1:
                classes.update(self._met.get(frozenset({f"lit:{unit.words[0]}"}), ""))
            elif isinstance(unit, Literal):
                others.append(self._words(unit.words))
            elif isinstance(unit, Reference) and (plain := self._plain(unit)) is not None:
                classes.update(plain)
            elif isinstance(unit, Gap):
                barred = (self._met.get(frozenset({atom}), "") for atom in unit.barred)
                passable = self._passable.difference(*barred)
                others.append(gap(one(self._class(passable), passable), unit.most))
            elif isinstance(unit, Start):
                within = self._every.difference(*(self._met.get(r, "") for r in STARTS))
                inside = self._class(within)
                others.append(spot(f"(?<!{inside})", f"(?!{inside})"))
            else:
                others.append(self._phrase(unit))
        if classes or not others:
            found = frozenset(classes)
            others.append(one(self._class(found), found))
        return either(others, self._class)

    def _rest(self) -> Piece:
        """Words up to the end of the clause, or to where a further predicate is joined on."""
        conj, past = (self._class(frozenset(self._met.get(r, ""))) for r in (frozenset({"conj"}), PAST))
        inner = self._class(self._inner)
        source = f"(?:(?!{conj}{past}){inner}){{1,{_MOST_REST}}}"
        back = f"(?:{inner}(?<!{past}{conj})){{1,{_MOST_REST}}}"
        return Piece(source, source, source, back, self._inner, self._inner, empty=False)

    def _plain(self, reference: Reference) -> set[str] | None:
        """The characters of a phrase whose alternatives are single words each; None for any other phrase."""
        chars: set[str] = set()
        for alternative in self._phrases[reference.name].alternatives:
            if len(alternative) != 1:
                return None
            step = alternative[0]
            if step.field or (step.least, step.most) != (1, 1) or step.negated:
                return None
            for unit in step.units:
                if isinstance(unit, Reference) and unit.name not in self._phrases:
                    narrowed = Reference(unit.name, unit.atoms + reference.atoms)
                    chars.update(self._met.get(requirement_of(narrowed), ""))
                elif isinstance(unit, Literal) and len(unit.words) == 1 and not reference.atoms:
                    chars.update(self._met.get(frozenset({f"lit:{unit.words[0]}"}), ""))
                else:
                    return None
        return chars

    def _words(self, words: tuple[str, ...]) -> Piece:
        sets = [frozenset(self._met.get(frozenset({f"lit:{w}"}), "")) for w in words]
        return row([one(self._class(s), s) for s in sets])

    def _phrase(self, reference: Reference) -> Piece:
        key = reference.name
        if key not in self._done:
            pieces = [self._sequence(a) for a in self._phrases[reference.name].alternatives]
            self._done[key] = either(pieces, self._class)
        return self._done[key]

    def _class(self, chars: frozenset[str]) -> str:
        """A character class, as ranges; its complement where that is shorter to say."""
        if not chars:
            return "(?!)"
        known = self._written.get(chars)
        if known is not None:
            return known
        if len(chars) > len(self._every) // 2:
            rest = self._every - chars
            source = "[^" + _ranges(rest) + "]" if rest else "."
        else:
            source = "[" + _ranges(chars) + "]" if len(chars) > 1 else next(iter(chars))
        self._classes[source] = chars
        self._written[chars] = source
        return source


def _fields(steps: Iterable[Step], phrases: Mapping[str, Phrase]) -> Iterator[str]:
    for step in steps:
        if step.field:
            yield step.field
        for unit in step.units:
            if isinstance(unit, Reference) and unit.name in phrases:
                for alternative in phrases[unit.name].alternatives:
                    yield from _fields(alternative, phrases)


def _ranges(chars: Iterable[str]) -> str:
    points = sorted(map(ord, chars))
    out: list[str] = []
    start = previous = points[0]
    for point in [*points[1:], -1]:
        if point == previous + 1:
            previous = point
            continue
        out.append(chr(start) if start == previous else f"{chr(start)}-{chr(previous)}")
        start = previous = point
    return "".join(out)
