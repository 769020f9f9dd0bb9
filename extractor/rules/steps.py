"""The small language of pattern steps, parsed into values.

    step   = [field "="] ["not" ["behind"]] choice ["?" | "*" [most] | "+" [most]]
    choice = unit { "|" unit }
    unit   = "@" name { "." ["!"] atom } | "~" number { ".!" atom } | "^" | Arabic words

`@name` is a phrase, or a vocabulary class; `.atom` narrows the class to readings that also have that atom
(`@person.pl`), `.!atom` to those that lack it. A run of Arabic words stands for exactly these words. `~3` passes over
at most three words, never over a clause end, a count or a trigger; `~3.!set` nor over a word or chunk that has the
atom `set`. `^` is where a clause begins, or goes on behind a sign or an opening word ("urgent"); `@start` is the
beginning of the sentence alone, `@end` its end. `not` looks ahead without taking anything, `not behind` looks back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.text.fold import fold_word

_FIELD = re.compile(r"([a-z_]+)\s*=\s*")
_REFERENCE = re.compile(r"@([a-z][a-z0-9_]*)((?:\.!?[a-z0-9_:-]+)*)$")
_REPEAT = re.compile(r"\s*([?*+])([0-9]*)$")
_ARABIC, _LATIN = re.compile("[\u0620-\u06ff]"), re.compile("[A-Za-z@~]")
_GAP = re.compile(r"~([0-9]+)((?:\.![a-z_]+)*)$")


class StepError(ValueError):
    """A step that cannot be read; the message says why and what would be right."""


@dataclass(frozen=True, slots=True)
class Reference:
    """`@name.atom`: a phrase or a class of the vocabulary, narrowed to readings that have all `atoms`."""

    name: str
    atoms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Literal:
    """Words as they stand, folded."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """At most `most` words of any kind but clause ends, numbers, triggers and words with one of the atoms `barred`."""

    most: int
    barred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """The beginning of a clause, which takes no word."""


Unit = Reference | Literal | Gap | Start


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a pattern. `field` names what it captures; `least` and `most` say how often it
    stands: once unless the step is repeated; `most` is None where there is no end to it. A `negated` step looks ahead,
    or back where it is `behind`, and takes nothing."""

    units: tuple[Unit, ...]
    field: str | None = None
    least: int = 1
    most: int | None = 1
    negated: bool = False
    behind: bool = False
    source: str = ""


def is_mixed(source: str) -> bool:
    """Whether a step has both Arabic words and Latin ones: editors show its parts in another order than written."""
    return bool(_ARABIC.search(source) and _LATIN.search(source))


def parse_step(source: str) -> Step:
    """Read one step. Raises StepError."""
    rest = source.strip()
    field = None
    if match := _FIELD.match(rest):
        field, rest = match.group(1), rest[match.end() :]
    least: int = 1
    most: int | None = 1
    if match := _REPEAT.search(rest):
        least, most, rest = *_repeat(match.group(1), match.group(2)), rest[: match.start()]
    negated = behind = False
    if rest.startswith("not "):
        negated, rest = True, rest[4:].lstrip()
        if rest.startswith("behind "):
            behind, rest = True, rest[7:].lstrip()
    if not rest:
        raise StepError("the step is empty: write an Arabic word, @class or ~3")
    units = tuple(_unit(part.strip()) for part in rest.split("|"))
    if negated and (field or (least, most) != (1, 1)):
        raise StepError("a `not` step only looks: it takes neither a field nor ? * +")
    return Step(units, field, least, most, negated, behind, source.strip())


def _repeat(sign: str, most: str) -> tuple[int, int | None]:
    if sign == "?":
        if most:
            raise StepError(f"`?` takes no number: write `*{most}` for none to {most}")
        return 0, 1
    if most and not 2 <= int(most) <= 20:
        raise StepError(f"a step is repeated 2 to 20 times, not {most}")
    return int(sign == "+"), int(most) if most else None


def _unit(part: str) -> Unit:
    if not part:
        raise StepError("nothing stands on one side of |")
    if match := _REFERENCE.match(part):
        return Reference(match.group(1), tuple(a for a in match.group(2).split(".") if a))
    if match := _GAP.match(part):
        most = int(match.group(1))
        if not 1 <= most <= 12:
            raise StepError(f"a gap passes over 1 to 12 words, not {most}")
        return Gap(most, tuple(a for a in match.group(2).split(".!") if a))
    if part == "^":
        return Start()
    if part.startswith(("@", "~")):
        raise StepError(f"{part!r} is neither @class, @class.atom nor ~number")
    if any("a" <= c.lower() <= "z" for c in part):
        raise StepError(f"{part!r} mixes Latin letters into an Arabic literal: classes are written @{part}")
    return Literal(tuple(fold_word(part).split()))
