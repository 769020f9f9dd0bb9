"""`rules/vocabulary/numbers.toml` compiled into the vocabulary of numbers.

The file lists words in careful spelling. What it leaves to be derived is derived here: forms with the article, teens
and hundreds in one word, tanwin, phrases with their proclitics split off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final

import extractor.text.number_words as roles
from extractor.text.fold import fold_word
from extractor.text.number_words import Indefinite, Node, NumberVocabulary, Ordinal, Phrase, T, Unit, Word
from extractor.text.tokens import WORD

_ROLES: Final = {
    "unit": roles.UNIT,
    "compound-unit": roles.COMPOUND_UNIT,
    "teen-unit": roles.TEEN_UNIT,
    "ten": roles.TEN,
    "teen": roles.TEEN,
    "tens": roles.TENS,
    "hundred": roles.HUNDRED,
    "hundreds": roles.HUNDREDS,
    "two-hundred": roles.TWO_HUNDRED,
    "two-hundred-construct": roles.TWO_HUNDRED_CONSTRUCT,
}
_SCALES: Final = {"singular": roles.SINGULAR, "tanwin": roles.TANWIN, "dual": roles.DUAL, "plural": roles.PLURAL}
BOUND_KINDS: Final = ("at-least", "at-most", "about", "exactly")
_SLOT: Final = "…"
# Letters, digits or one sign: phrases are cut as texts are.
UNIT_KINDS: Final = ("percent", "duration", "age", "time", "distance", "measure", "weight", "money", "era", "date")
CUE_KINDS: Final = (
    *("year", "year-weak", "age", "time", "day", "weekday", "percent", "money", "distance", "measure"),
    *("score", "phone", "code", "code-weak", "name", "ordinal"),
)


def load_number_vocabulary(table: Mapping[str, Any]) -> NumberVocabulary:
    """Compile the parsed TOML of numbers.toml.

    Raises ValueError, with the table, its number in the file and the way out, for anything missing or unknown.
    """
    particles = table.get("particles")
    if not isinstance(particles, Mapping):
        raise ValueError("numbers.toml: no [particles] table; add one with and, article, zero, from, to, or, between")

    def many(key: str) -> tuple[str, ...]:
        return tuple(_strings(particles, key, "[particles]"))

    vocabulary = NumberVocabulary(
        conjunction=many("and")[0],
        article=many("article")[0],
        zero=many("zero")[0],
        origin=many("from")[0],
        tanwin=many("tanwin")[0],
        metre=many("metre")[0],
        proclitics=many("proclitics"),
        closed=frozenset(many("closed")),
        change=frozenset(many("change")),
        month_words=frozenset(many("month")),
        days=frozenset(many("day")),
        and_one=next(iter(_optional(particles, "and_one", "[particles]")), ""),
        and_one_of=frozenset(_optional(particles, "and_one_of", "[particles]")),
    )
    for key, tree in (("to", vocabulary.to), ("or", vocabulary.alternatives), ("between", vocabulary.between)):
        for phrase in _phrases(many(key), () if key == "between" else vocabulary.proclitics):
            tree.add(phrase, value=True)
            tree.add((" ".join(phrase),), value=True)  # where the vocabulary lists the phrase, it comes as one segment
    _fill_words(table, vocabulary)
    _fill_counts(table, vocabulary)
    _fill_bounds(table, vocabulary, many("fillers"))
    _fill_context(table, vocabulary)
    return vocabulary


def _entries(table: Mapping[str, Any], name: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Each [[name]] with the words that tell a reader where it stands."""
    entries = table.get(name)
    if not isinstance(entries, list) or not entries:
        raise ValueError(f"numbers.toml: no [[{name}]] table; add at least one")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, Mapping):
            raise ValueError(f"numbers.toml: {name!r} number {number} is no table; write it as [[{name}]]")
        yield entry, f"[[{name}]] number {number}"


def _strings(entry: Mapping[str, Any], key: str, where: str) -> list[str]:
    value = entry.get(key)
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not found or not all(isinstance(s, str) and s.split() for s in found):
        raise ValueError(f"numbers.toml: {where}: {key!r} must be a list of words; write it as {key} = [ ... ]")
    # Folded in one go: a fold costs much the same for one word and for a hundred.
    return fold_word("\n".join(" ".join(s.split()) for s in found)).split("\n")


def _optional(entry: Mapping[str, Any], key: str, where: str) -> list[str]:
    return _strings(entry, key, where) if key in entry else []


def _number(entry: Mapping[str, Any], key: str, where: str) -> int:
    value = entry.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"numbers.toml: {where}: {key!r} must be a whole number")
    return value


def _choice(entry: Mapping[str, Any], key: str, where: str, allowed: Sequence[str]) -> str:
    value = entry.get(key)
    if value not in allowed:
        raise ValueError(f"numbers.toml: {where}: {key} = {value!r} is not one of {', '.join(allowed)}")
    return str(value)


def _phrases(literals: Sequence[str], proclitics: Sequence[str], fillers: Sequence[str] = ()) -> Iterator[Phrase]:
    """Every way that the segments of a phrase may arrive: slots filled or not, proclitics split or not."""
    for literal in literals:
        for filler in ("", *fillers) if _SLOT in literal else ("",):
            ways: list[list[Phrase]] = []
            for token in WORD.findall(literal.replace(_SLOT, filler)):
                split = len(token) > 2 and token[0] in proclitics
                ways.append([(token,), (token[0], token[1:])] if split else [(token,)])
            for way in product(*ways):
                yield tuple(segment for part in way for segment in part)


def _both(form: str, article: str) -> tuple[tuple[str, bool], tuple[str, bool]]:
    return (form, False), (article + form, True)


def _fill_words(table: Mapping[str, Any], vocabulary: NumberVocabulary) -> None:
    article = vocabulary.article
    for entry, where in _entries(table, "scale"):
        value = _number(entry, "value", where)
        for key, role in _SCALES.items():
            for form in _optional(entry, key, where):
                for spelling, definite in _both(form, article):
                    vocabulary.words.setdefault(spelling, Word(role, value, definite))
    for form, word in _cardinal_words(table, article):
        vocabulary.words.setdefault(form, word)
    for entry, where in _entries(table, "ordinal"):
        value = _number(entry, "value", where)
        for form in _strings(entry, "forms", where):
            for spelling, definite in _both(form, article):
                vocabulary.ordinals.setdefault(spelling, Ordinal(value, definite, entry.get("compound") is True))


def _cardinal_words(table: Mapping[str, Any], article: str) -> list[tuple[str, Word]]:
    """Listed forms, then the teens and the hundreds that are derived from them."""
    found: list[tuple[str, Word]] = []
    stems: list[tuple[str, int]] = []
    for entry, where in _entries(table, "cardinal"):
        role = _ROLES[_choice(entry, "role", where, tuple(_ROLES))]
        value = _number(entry, "value", where)
        for form in _optional(entry, "forms", where):
            found.extend((s, Word(role, value, d)) for s, d in _both(form, article))
        found.extend((f, Word(role, value, definite=False)) for f in _optional(entry, "bare", where))
        found.extend((f, Word(role, value, definite=True)) for f in _optional(entry, "together", where))
        stems.extend((s, value) for s in _optional(entry, "stems", where))
    tens = [s for s, w in found if w.role == roles.TEN and not w.definite]
    hundreds = [s for s, w in found if w.role == roles.HUNDRED and not w.definite]
    units = [(s, w) for s, w in found if w.role in (roles.UNIT, roles.COMPOUND_UNIT, roles.TEEN_UNIT)]
    for (form, word), ten in product(units, tens):
        found.append((form + ten, Word(roles.TEEN, word.value + 10, word.definite)))
    for (stem, value), hundred in product(stems, hundreds):
        found.extend((s, Word(roles.HUNDREDS, value * 100, d)) for s, d in _both(stem + hundred, article))
    return found


def _fill_counts(table: Mapping[str, Any], vocabulary: NumberVocabulary) -> None:
    article, proclitics = vocabulary.article, vocabulary.proclitics
    for entry, where in _entries(table, "fraction"):
        value = (_number(entry, "numerator", where), _number(entry, "denominator", where))
        if value[1] < 1:
            raise ValueError(f"numbers.toml: {where}: 'denominator' must be 1 or more")
        for phrase in _phrases(_strings(entry, "forms", where), proclitics):
            _open(vocabulary.fractions, phrase, value)
    for entry, where in _entries(table, "indefinite"):
        sense = _choice(entry, "sense", where, ("plural", "few", "unknown"))
        low, high = (_number(entry, k, where) if k in entry else None for k in ("low", "high"))
        for phrase in _phrases(_strings(entry, "phrases", where), proclitics):
            definite = phrase[0].startswith(article) and sense != "unknown"
            _open(vocabulary.indefinites, phrase, Indefinite(sense, low, high, definite))
    for form, word in vocabulary.words.items():
        if word.role == roles.PLURAL:
            vocabulary.indefinites.add((form,), Indefinite("plural", 2 * word.value, None, word.definite))


def _open(tree: Node[T], phrase: Phrase, value: T) -> None:
    """Enter a phrase that opens a quantity. A proclitic in front stays with the caller."""
    tree.add(phrase[1:] if len(phrase[0]) == 1 and len(phrase) > 1 else phrase, value)


def _fill_bounds(table: Mapping[str, Any], vocabulary: NumberVocabulary, fillers: Sequence[str]) -> None:
    for entry, where in _entries(table, "bound"):
        kind = _choice(entry, "kind", where, BOUND_KINDS)
        for phrase in _phrases(_optional(entry, "before", where), vocabulary.proclitics, fillers):
            _open(vocabulary.bounds, phrase, kind)
        for phrase in _phrases(_optional(entry, "after", where), vocabulary.proclitics):
            vocabulary.trailing.add(phrase, kind)
            vocabulary.trailing_bounds[phrase] = kind


def _fill_context(table: Mapping[str, Any], vocabulary: NumberVocabulary) -> None:
    proclitics = vocabulary.proclitics
    for entry, where in _entries(table, "unit"):
        unit = Unit(_choice(entry, "kind", where, UNIT_KINDS), entry.get("age") is True, entry.get("adverb") is True)
        for phrase in _phrases(_strings(entry, "phrases", where), proclitics):
            vocabulary.units.add(phrase, unit)
            if len(phrase[-1]) > 2 and entry.get("abbreviation") is not True and not phrase[-1].isascii():
                # With its tanwin a unit is no adverb.
                vocabulary.units.add((*phrase[:-1], phrase[-1] + vocabulary.tanwin), unit._replace(adverb=False))
    for entry, where in _entries(table, "months"):
        for phrase in _phrases(_strings(entry, "names", where), proclitics):
            vocabulary.months.add(phrase, value=True)
            vocabulary.cues.add(phrase[::-1], "month")
    for entry, where in _entries(table, "cue"):
        kind = _choice(entry, "kind", where, CUE_KINDS)
        tree = vocabulary.definite_cues if kind in ("name", "ordinal") else vocabulary.cues
        for phrase in _phrases(_strings(entry, "phrases", where), proclitics):
            tree.add(phrase[::-1], kind)
