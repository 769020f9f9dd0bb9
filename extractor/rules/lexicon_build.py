"""Building the lexicon: entries merged by form, and a character for each set of requirements that a word can meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from extractor.rules.lexicon import (
    AL,
    BEGINNINGS,
    CONJUNCTIONS,
    PREPOSITIONS,
    SHAPES,
    Entry,
    Lexicon,
    Reading,
    ReadingSet,
    Requirement,
    shape,
)

# Characters that stand for types: those from the ideographs to the surrogates, which Arabic news does not hold and
# strings of two bytes a character do; what is more than 41,984 stands beyond.
_FIRST_CODE, _LAST_CODE = 0x3400, 0xD7FF


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
    _drop_shapes(readings)
    _drop_duals(readings)
    bare = {form for form, row in readings.items() if any("common" not in r.atoms for r in row)}
    for form in [form for form in readings if form not in bare]:
        rest = form[1:] if form[0] in CONJUNCTIONS + PREPOSITIONS else form
        for stem in (form, rest, rest[1:] if rest[:1] in PREPOSITIONS else rest):
            if (stem.startswith(AL) and stem[2:] in bare) or (stem != form and len(stem) > 2 and stem in bare):
                del readings[form]
                break


def _drop_duals(readings: dict[str, list[Reading]]) -> None:
    """Let an adverb that could be a verb of two ("at dawn": "the two blew up") be the adverb alone."""
    for row in readings.values():
        if any("adverb" in r.atoms for r in row):
            row[:] = [r for r in row if not {"verb", "du"} <= r.atoms]


def _drop_shapes(readings: dict[str, list[Reading]]) -> None:
    """Let a common word that is a declared verb, too, look like no counted noun: its alef is that of "they"."""
    for row in readings.values():
        if any("verb" in r.atoms for r in row):
            row[:] = [
                Reading(r.atoms - {"shape_a"}, r.attributes) if "verb" not in r.atoms and "shape_a" in r.atoms else r
                for r in row
            ]


def _add_definites(readings: dict[str, list[Reading]]) -> None:
    """Let a form listed with the article (a surname, say) keep what its bare form means with the article."""
    for form, row in readings.items():
        if form.startswith(AL) and " " not in form:
            row.extend(r for r in _definite(tuple(readings.get(form[2:], ()))) if r not in row)


# A hamza between two waws is written on a waw or on a yeh ("officials", "affairs"): folded, these are two spellings.
_WAWS, _YEH_WAW = "\u0648\u0648", "\u064a\u0648"


def _seats(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Every entry, and the other spelling of one with a hamza of two seats."""
    for entry in entries:
        yield entry
        if _WAWS in entry.form:
            yield entry._replace(form=entry.form.replace(_WAWS, _YEH_WAW))


class _Sets:
    """Interned reading sets."""

    def __init__(self) -> None:
        self.rows: list[ReadingSet] = []
        self.known: dict[frozenset[Reading], int] = {}
        self.shared: dict[Reading, Reading] = {}

    def add(self, readings: Iterable[Reading]) -> int:
        # Equal readings are one object, which keeps the pickled rules small and quick to load.
        row = tuple(self.shared.setdefault(r, r) for r in dict.fromkeys(readings))
        key = frozenset(row)
        if key not in self.known:
            self.known[key] = len(self.rows)
            self.rows.append(row)
        return self.known[key]


QUANTITY_KINDS = [
    "count",
    "percent",
    "year",
    "date",
    "age",
    "time",
    "money",
    "distance",
    "duration",
    "ordinal",
    "phone",
    "weight",
    "measure",
    "score",
    "item",
    "code",
]


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
    for entry in _seats(entries):
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
    phrases: dict[str, dict[str, int]] = {}
    for form, row in readings.items():
        first, *rest = form.split(" ")
        if rest:
            phrases.setdefault(first, {})[" ".join(rest)] = sets.add(row)
        else:
            words[form] = sets.add(row)
    sizes = {first: _sizes(rows) for first, rows in phrases.items()}
    unknown = [sets.add([Reading(frozenset({"unknown", s}) | first)]) for first in BEGINNINGS for s in SHAPES]
    _know_firsts(phrases, words, sets)
    named = {"digits": sets.add([Reading(frozenset({"digits"}))]), "sign": sets.add([Reading(frozenset({"sign"}))])}
    named["latin"] = sets.add([Reading(frozenset({"latin", "unknown"}))])
    for name, atoms in chunks.items():
        named[f"chunk:{name}"] = sets.add([Reading(atoms)])
    for kind in QUANTITY_KINDS:
        for feature in ("", "def", "partitive"):
            of_count = {"quantity"} if kind == "count" else set()
            features = {kind, *of_count, *([feature] if feature else [])}
            named[f"quantity:{kind}{feature}"] = sets.add([Reading(frozenset(features))])
    bare: list[int] = []
    defined: list[int] = []
    done = 0
    while done < len(sets.rows):
        left = _prepositional(sets.rows[done])
        bare.append(sets.add(left) if left else -1)
        with_article = _definite(sets.rows[done])
        defined.append(sets.add(with_article) if with_article else -1)
        done += 1
    codes, met = _alphabet(sets.rows, list(dict.fromkeys(requirements)))
    return Lexicon(
        words=words,
        phrases=phrases,
        phrase_sizes=sizes,
        sets=sets.rows,
        codes=codes,
        bare=bare,
        definite=defined,
        identities={form: tuple(ids) for form, ids in identities.items()},
        weak_places=frozenset(_weak(readings)),
        unknown=unknown,
        named=named,
        requirements=met,
    )


def _know_firsts(phrases: Iterable[str], words: dict[str, int], sets: _Sets) -> None:
    """Let the first word of each phrase be known, so that its clitics are split off; by itself it stays unknown, or
    common. One that is clitics and a listed word is read as these where the phrase does not follow."""
    for first in phrases:
        if _composed(first, words) or (first.startswith(AL) and first[2:] in words):
            continue
        article = {"def"} if first.startswith(AL) else set()
        if first not in words:
            words[first] = sets.add([Reading(frozenset({"unknown", "nominal", SHAPES[shape(first)]} | article))])
            continue
        row = sets.rows[words[first]]
        if all("common" in r.atoms for r in row) and not _prepositional(row):
            # Of a common word no list says that it is a noun: for the sake of the phrase it may be one.
            words[first] = sets.add([*row, Reading(frozenset({"common", "nominal"} | article))])


def _weak(readings: Mapping[str, list[Reading]]) -> Iterable[str]:
    for form, row in readings.items():
        places = [r for r in row if "place" in r.atoms]
        if places and all("ambiguous" in r.atoms for r in places):
            yield form


def _sizes(rows: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How many words the rows have, most first, by their first word."""
    found: dict[str, set[int]] = {}
    for row in rows:
        words = row.split(" ")
        found.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in found.items()}


def _composed(form: str, words: Mapping[str, int]) -> bool:
    """Whether `form` is a listed word behind a conjunction, a preposition or both, with or without the article."""
    rests = [form[1:]] if form[0] in CONJUNCTIONS else []
    bare = form[1:] if form[0] in CONJUNCTIONS else form
    if bare[:1] and bare[0] in PREPOSITIONS and len(bare) > 3:
        rests.append(bare[1:])
    return any(r in words or (r.startswith(AL) and r[2:] in words) for r in rests)


def _alphabet(rows: list[ReadingSet], requirements: list[Requirement]) -> tuple[list[str], dict[Requirement, str]]:
    """A character for each reading set, shared by the sets that meet the same requirements."""
    relevant: dict[str, list[int]] = {}
    for number, requirement in enumerate(requirements):
        # Indexed by one atom of the requirement, so that a reading is compared with few of them.
        positive = [a for a in requirement if not a.startswith("!")]
        relevant.setdefault(min(positive, key=lambda a: (not a.startswith("lit:"), a)), []).append(number)
    signatures: dict[frozenset[int], str] = {}
    codes: list[str] = []
    met: dict[Requirement, set[str]] = {r: set() for r in requirements}
    by_atoms: dict[frozenset[str], frozenset[int]] = {}  # sets share most of their readings
    for row in rows:
        signature: frozenset[int] = frozenset()
        for atoms, _ in row:
            found = by_atoms.get(atoms)
            if found is None:
                found = by_atoms[atoms] = frozenset(
                    number for atom in atoms for number in relevant.get(atom, ()) if meets(atoms, requirements[number])
                )
            signature |= found
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
    code = _FIRST_CODE + number
    return code if code <= _LAST_CODE else 0x20000 + code - _LAST_CODE
