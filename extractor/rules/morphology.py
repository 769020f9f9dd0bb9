"""Inflection of declared words: every form of a noun, an adjective or a verb, with its features.

Forms are derived from stems that a vocabulary file declares; nothing is guessed at match time. The endings below are
those of written Arabic (any reference grammar; W. Wright, vol. I, sections 294-317 for nouns and 84-90 for verbs).
Features are atoms: number `sg` `du` `pl`, gender `f`, case `nom` `obl` `acc`, `poss` with a possessive suffix,
`constr` in construct; for verbs `past` `present`, `active` `passive`, `obj` with an object suffix; `of_one` or
`of_many`, the number of the suffix of a verb or a verbal noun.
Endings are spelled in the fold tables' alphabet, given here by code point so that the module holds no word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Form = tuple[str, frozenset[str]]

_ALEF, _TEH_MARBUTA, _TEH, _WAW, _NOON, _YEH = "\u0627", "\u0629", "\u062a", "\u0648", "\u0646", "\u064a"
_HEH, _MEEM, _KAF, _SEEN, _HAMZA, _MAKSURA = "\u0647", "\u0645", "\u0643", "\u0633", "\u0621", "\u0649"
_AN, _YN, _WN, _AT = _ALEF + _NOON, _YEH + _NOON, _WAW + _NOON, _ALEF + _TEH
SUFFIXES = (
    _HEH,
    _HEH + _ALEF,
    _HEH + _MEEM,
    _HEH + _MEEM + _ALEF,
    _HEH + _NOON,
    _KAF,
    _KAF + _MEEM,
    _NOON + _ALEF,
    _YEH,
)
OBJECTS = SUFFIXES[:5]


def _set(*atoms: str) -> frozenset[str]:
    return frozenset(atoms)


def _of(suffix: str) -> str:
    """`of_one` for a suffix of the singular, `of_many` for one of the dual or plural."""
    return "of_one" if len(suffix) == 1 or suffix == OBJECTS[1] else "of_many"


def _stem(word: str) -> str:
    """The form that endings and suffixes are added to."""
    if word.endswith(_TEH_MARBUTA):
        return word[:-1] + _TEH
    if word.endswith(_MAKSURA):
        return word[:-1] + _YEH
    return word


def _suffixed(stem: str, *atoms: str) -> Iterator[Form]:
    # A final hamza takes a seat before a suffix: on waw in the nominative, on yeh in the genitive.
    stems = [stem[:-1] + seat for seat in ("\u0621", "\u0624", "\u0626")] if stem.endswith(_HAMZA) else [stem]
    for seated in stems:
        for suffix in SUFFIXES:
            yield seated + suffix, _set(*atoms, "poss")


def _takes_tanwin(word: str) -> bool:
    return not word.endswith((_TEH_MARBUTA, _MAKSURA, _ALEF, _ALEF + _HAMZA, _AT))


def _singular(word: str, *gender: str) -> Iterator[Form]:
    yield word, _set("sg", *gender)
    if _takes_tanwin(word):
        yield word + _ALEF, _set("sg", "acc", *gender)
    stem = _stem(word)
    yield from _suffixed(stem, "sg", *gender)
    if stem != word and word.endswith(_MAKSURA):
        yield from _suffixed(word[:-1] + _ALEF, "sg", *gender)


def _dual(word: str, *gender: str, ambiguous: bool) -> Iterator[Form]:
    stem = _stem(word)
    yield stem + _AN, _set("du", "nom", *gender)
    if not ambiguous:
        yield stem + _YN, _set("du", "obl", *gender)
    if word.endswith(_TEH_MARBUTA):
        yield stem + _ALEF, _set("du", "constr", *gender)
        yield stem + _YEH, _set("du", "constr", *gender)
    for suffix in OBJECTS:
        yield stem + _ALEF + suffix, _set("du", "poss", *gender)
        if not ambiguous:
            yield stem + _YEH + suffix, _set("du", "poss", *gender)


def _sound_masculine(plural: str) -> Iterator[Form]:
    base = plural[:-2]
    yield base + _WN, _set("pl", "nom")
    yield base + _YN, _set("pl", "obl", "maybe_du")
    yield base + _WAW, _set("pl", "constr", "nom")
    yield base + _YEH, _set("pl", "constr", "obl")
    for suffix in (*OBJECTS, _NOON + _ALEF):
        yield base + _WAW + suffix, _set("pl", "poss")
        yield base + _YEH + suffix, _set("pl", "poss")


def _plural(plural: str, *gender: str) -> Iterator[Form]:
    if plural.endswith(_WN) and len(plural) > 4:
        yield from _sound_masculine(plural)
        return
    yield plural, _set("pl", *gender)
    if _takes_tanwin(plural):
        yield plural + _ALEF, _set("pl", "acc", *gender)
    yield from _suffixed(_stem(plural), "pl", *gender)


def _is_two_words(word: str) -> bool:
    return " " in word


def noun_forms(word: str, plurals: Iterable[str] = (), feminine: str | None = None) -> Iterator[Form]:
    """Forms of a noun: singular, dual and plurals in all cases and with possessive suffixes, without ال and clitics.

    `word` is the singular in careful spelling, `plurals` its plurals (one in ـون is sound masculine, all others are
    taken as they stand), `feminine` its feminine singular, whose dual and sound plural are derived.
    A phrase of two words or more inflects on its first word when it is an idafa and is otherwise taken as it stands.
    """
    plurals = tuple(plurals)
    if _is_two_words(word):
        head, rest = word.split(" ", 1)
        yield word, _set("sg")
        if _takes_tanwin(head) and not rest.startswith(_ALEF + "\u0644") and _takes_tanwin(rest):
            yield head + _ALEF + " " + rest + _ALEF, _set("sg", "acc")
        for plural in plurals:
            yield plural, _set("pl")
        return
    gender = ("f",) if word.endswith(_TEH_MARBUTA) else ()
    sound = any(p.endswith(_WN) and len(p) > 4 for p in plurals)
    yield from _singular(word, *gender)
    yield from _dual(word, *gender, ambiguous=sound)
    for plural in plurals:
        yield from _plural(plural)
    if feminine:
        yield from _singular(feminine, "f")
        yield from _dual(feminine, "f", ambiguous=False)
        if feminine.endswith(_TEH_MARBUTA):
            yield from _plural(feminine[:-1] + _AT, "f")


def verbal_noun_forms(word: str) -> Iterator[Form]:
    """Forms of a verbal noun (masdar): bare, with tanwin, and with a third person's possessive suffix."""
    yield word, _set("sg")
    if _takes_tanwin(word):
        yield word + _ALEF, _set("sg", "acc")
    for suffix in OBJECTS:
        yield _stem(word) + suffix, _set("sg", "poss", _of(suffix))


def adjective_forms(word: str, plurals: Iterable[str] = ()) -> Iterator[Form]:
    """Forms of an adjective (a nisba, a participle): both genders, three numbers, all cases, broken plurals given."""
    yield word, _set("sg")
    yield word + _ALEF, _set("sg", "acc")
    yield word + _TEH_MARBUTA, _set("sg", "f")
    yield word + _AN, _set("du", "nom")
    yield word + _TEH + _AN, _set("du", "nom", "f")
    yield word + _TEH + _YN, _set("du", "obl", "f")
    yield word + _WN, _set("pl", "nom")
    yield word + _YN, _set("pl", "obl", "maybe_du")
    yield word + _AT, _set("pl", "f")
    for plural in plurals:
        yield plural, _set("pl")
        if _takes_tanwin(plural):
            yield plural + _ALEF, _set("pl", "acc")


def past_forms(stem: str, *voice: str) -> Iterator[Form]:
    """Third persons (and first plural) of the perfect, with object suffixes. A stem in ى, ا or ي is weak."""
    base = ("past", *voice)
    weak = stem.endswith((_MAKSURA, _YEH))
    short = stem[:-1] if weak else stem
    yield stem, _set(*base, "sg")
    if stem.endswith(_MAKSURA):
        yield short + _TEH, _set(*base, "sg", "f")
        yield short + _YEH + _ALEF, _set(*base, "du")
        yield short + _TEH + _ALEF, _set(*base, "du", "f")
    else:
        yield stem + _TEH, _set(*base, "sg", "f")
        yield stem + _ALEF, _set(*base, "du")
        yield stem + _TEH + _ALEF, _set(*base, "du", "f")
    yield short + _WAW + _ALEF, _set(*base, "pl")
    if len(short) > 2:
        yield short + _WAW, _set(*base, "pl")  # without its silent alif, as posts write it
    yield (short + _YEH if weak else short) + _NOON, _set(*base, "pl", "f")
    yield (short + _YEH if weak else short) + _NOON + _ALEF, _set(*base, "pl", "we")
    for suffix in OBJECTS:
        linked = short + _ALEF if stem.endswith(_MAKSURA) else stem
        of = ("obj", _of(suffix))
        yield linked + suffix, _set(*base, "sg", *of)
        yield (short if stem.endswith(_MAKSURA) else stem) + _TEH + suffix, _set(*base, "sg", "f", *of)
        yield short + _WAW + suffix, _set(*base, "pl", *of)


def present_forms(stem: str, *voice: str) -> Iterator[Form]:
    """Third persons (and first plural) of the imperfect in all moods, with the future prefix and object suffixes.

    `stem` is what follows the prefix (ي ت ن أ).
    """
    weak = stem.endswith((_MAKSURA, _YEH, _WAW))
    short = stem[:-1] if weak else stem
    for future in ("", _SEEN):
        base = ("present", *voice, *(("future",) if future else ()))
        for prefix, gender in ((_YEH, ()), (_TEH, ("f",))):
            head = future + prefix
            yield head + stem, _set(*base, "sg", *gender)
            yield head + short + _WAW + _NOON, _set(*base, "pl")
            yield head + short + _WAW + _ALEF, _set(*base, "pl")
            yield head + (stem if not stem.endswith(_MAKSURA) else short + _YEH) + _AN, _set(*base, "du")
            if stem.endswith((_YEH, _MAKSURA)):
                yield head + short, _set(*base, "sg", "jussive", *gender)
            for suffix in OBJECTS:
                whole = head + (short + _ALEF if stem.endswith(_MAKSURA) else stem) + suffix
                yield whole, _set(*base, "sg", "obj", _of(suffix))
        yield future + _NOON + stem, _set(*base, "pl", "we")
