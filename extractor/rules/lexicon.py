"""The lexicon: every declared form with its readings, and the alphabet in which sentences are written for the rules.

Words that no rule can tell apart share one character of the alphabet. The character thus stands for the set of
requirements (of pattern steps) that the word's readings meet, and a pattern step is a class of characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from extractor.rules.vocabulary import Entry, Reading

Requirement = frozenset[str]
ReadingSet = tuple[Reading, ...]

# Private-use characters: they cannot be meant by a text, and keep type strings apart from text in a debugger.
_FIRST_CODE = 0xE001
AL = "\u0627\u0644"
CONJUNCTIONS = "\u0648\u0641"  # waw, feh
PREPOSITIONS = "\u0628\u0644\u0643"  # beh, lam, kaf
_LAM = "\u0644"

# Endings that tell something of a word that no list knows.
_SHAPES = {
    "\u064a\u0646": "shape_yn",
    "\u0648\u0646": "shape_wn",
    "\u0627\u0646": "shape_an",
    "\u0627\u062a": "shape_at",
}
SHAPES = ("plain", "shape_yn", "shape_wn", "shape_an", "shape_at", "shape_h", "shape_y")


def shape(word: str) -> int:
    """Index into SHAPES of the ending of an unknown word."""
    found = _SHAPES.get(word[-2:])
    if found:
        return SHAPES.index(found)
    return 5 if word[-1] == "\u0647" else 6 if word[-1] == "\u064a" else 0


@dataclass(slots=True)
class Lexicon:
    """Data alone, built once and never changed: plain containers, so that it is quick to load and to send."""

    words: dict[str, int]  # form -> reading set
    phrases: dict[str, list[tuple[tuple[str, ...], int]]]  # first word -> (further words, reading set), longest first
    sets: list[ReadingSet]
    codes: list[str]  # reading set -> character
    bare: list[int]  # reading set -> the set left behind a preposition, -1 if none
    definite: list[int]  # reading set -> the set with the article, -1 if none
    identities: dict[str, tuple[str, ...]]  # form -> what it can refer to
    unknown: list[int]  # shape -> reading set of an unknown word; with the article from len(SHAPES) on
    named: dict[str, int]  # reading sets that the engine itself asks for: "digits", "sign", "quantity:count" …
    requirements: dict[Requirement, str] = field(default_factory=dict)  # requirement -> characters that meet it

    def readings(self, index: int) -> ReadingSet:
        return self.sets[index]


def _prepositional(readings: ReadingSet) -> ReadingSet:
    return tuple(r for r in readings if "nominal" in r.atoms or "present" in r.atoms)


def _definite(readings: ReadingSet) -> ReadingSet:
    return tuple(
        Reading(r.atoms | {"def"}, r.attributes)
        for r in readings
        if "nominal" in r.atoms and not r.atoms & {"proper", "poss", "def", "constr"}
    )


def _drop_composed(readings: dict[str, list[Reading]]) -> None:
    """Forget merely common words that are clitics and a declared word: whole, they would hide what they are made of."""
    bare = {form for form, row in readings.items() if any("common" not in r.atoms for r in row)}
    for form in [form for form in readings if form not in bare]:
        rest = form[1:] if form[0] in CONJUNCTIONS + PREPOSITIONS else form
        for stem in (form, rest, rest[1:] if rest[:1] in PREPOSITIONS else rest):
            if stem.startswith(AL) and stem[2:] in bare or stem != form and len(stem) > 2 and stem in bare:
                del readings[form]
                break


def _add_definites(readings: dict[str, list[Reading]]) -> None:
    """Let a form listed with the article (a surname, say) keep what its bare form means with the article."""
    for form, row in readings.items():
        if form.startswith(AL) and " " not in form:
            row.extend(r for r in _definite(tuple(readings.get(form[2:], ()))) if r not in row)


class _Sets:
    """Interned reading sets."""

    def __init__(self) -> None:
        self.rows: list[ReadingSet] = []
        self.known: dict[frozenset[Reading], int] = {}

    def add(self, readings: Iterable[Reading]) -> int:
        row = tuple(dict.fromkeys(readings))
        key = frozenset(row)
        if key not in self.known:
            self.known[key] = len(self.rows)
            self.rows.append(row)
        return self.known[key]


QUANTITY_KINDS = (
    "count percent year date age time money distance duration ordinal phone weight measure score item code".split()
)


def build(
    entries: Iterable[Entry],
    literals: Iterable[str],
    requirements: Iterable[Requirement],
    chunks: Mapping[str, frozenset[str]],
) -> Lexicon:
    """Lexicon of all `entries`, with every word of `literals` as its own atom, coded for `requirements`.

    `chunks` gives the atoms of each chunk by name; a chunk is a segment like any other.
    """
    readings: dict[str, list[Reading]] = {}
    identities: dict[str, list[str]] = {}
    for entry in entries:
        row = readings.setdefault(entry.form, [])
        if entry.reading not in row:
            row.append(entry.reading)
        if entry.id:
            ids = identities.setdefault(entry.form, [])
            if entry.id not in ids:
                ids.append(entry.id)
    for literal in literals:
        reading = Reading(frozenset({f"lit:{literal}"}))
        row = readings.setdefault(literal, [])
        if reading not in row:
            row.append(reading)
    _drop_composed(readings)
    _add_definites(readings)
    sets = _Sets()
    words: dict[str, int] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for form, row in readings.items():
        first, *rest = form.split(" ")
        if rest:
            phrases.setdefault(first, []).append((tuple(rest), sets.add(row)))
        else:
            words[form] = sets.add(row)
    for rows in phrases.values():
        rows.sort(key=lambda r: -len(r[0]))
    unknown = [sets.add([Reading(frozenset({"unknown", s}))]) for s in SHAPES]
    unknown += [sets.add([Reading(frozenset({"unknown", "def", s}))]) for s in SHAPES]
    for first in phrases:
        # The first word of a phrase must be known, so that its clitics are split off; by itself it stays unknown.
        if first not in words and not (first.startswith(AL) and first[2:] in words):
            definite = {"def"} if first.startswith(AL) else set()
            words[first] = sets.add([Reading(frozenset({"unknown", "nominal", SHAPES[shape(first)], *definite}))])
    named = {"digits": sets.add([Reading(frozenset({"digits"}))]), "sign": sets.add([Reading(frozenset({"sign"}))])}
    named["latin"] = sets.add([Reading(frozenset({"latin", "unknown"}))])
    for name, atoms in chunks.items():
        named[f"chunk:{name}"] = sets.add([Reading(atoms)])
    for kind in QUANTITY_KINDS:
        for definite in ("", "def"):
            of_count = {"quantity"} if kind == "count" else set()
            features = frozenset({kind, *of_count, *([definite] if definite else [])})
            named[f"quantity:{kind}{definite}"] = sets.add([Reading(features)])
    bare: list[int] = []
    defined: list[int] = []
    done = 0
    while done < len(sets.rows):
        row = sets.rows[done]
        left = _prepositional(row)
        bare.append(sets.add(left) if left else -1)
        with_article = _definite(row)
        defined.append(sets.add(with_article) if with_article else -1)
        done += 1
    codes, met = _alphabet(sets.rows, list(dict.fromkeys(requirements)))
    return Lexicon(
        words=words,
        phrases=phrases,
        sets=sets.rows,
        codes=codes,
        bare=bare,
        definite=defined,
        identities={form: tuple(ids) for form, ids in identities.items()},
        unknown=unknown,
        named=named,
        requirements=met,
    )


def _alphabet(
    rows: list[ReadingSet], requirements: list[Requirement]
) -> tuple[list[str], dict[Requirement, str]]:
    """A character for each reading set, shared by the sets that meet the same requirements."""
    relevant: dict[str, list[int]] = {}
    for number, requirement in enumerate(requirements):
        # Indexed by one atom of the requirement, so that a reading is compared with few of them.
        positive = [a for a in requirement if not a.startswith("!")]
        relevant.setdefault(min(positive, key=lambda a: (not a.startswith("lit:"), a)), []).append(number)
    signatures: dict[frozenset[int], str] = {}
    codes: list[str] = []
    met: dict[Requirement, set[str]] = {r: set() for r in requirements}
    for row in rows:
        signature = frozenset(
            number
            for reading in row
            for atom in reading.atoms
            for number in relevant.get(atom, ())
            if meets(reading.atoms, requirements[number])
        )
        code = signatures.get(signature)
        if code is None:
            code = signatures[signature] = chr(_code_point(len(signatures)))
            for number in signature:
                met[requirements[number]].add(code)
        codes.append(code)
    return codes, {r: "".join(sorted(chars)) for r, chars in met.items()}


def meets(atoms: frozenset[str], requirement: Requirement) -> bool:
    """Whether a reading has all atoms of a requirement and none of those it forbids ("!atom")."""
    return all(a[1:] not in atoms if a[0] == "!" else a in atoms for a in requirement)


def _code_point(number: int) -> int:
    # 6,399 characters in the basic plane, the rest in plane 15.
    return _FIRST_CODE + number if number < 6399 else 0xF0000 + number - 6399
