"""The gate: surface words one of which a sentence must hold to be worth reading.

The gate is asked before a sentence is cut into segments, so it holds words as texts write them: clitics attached.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

from extractor.rules.char_bits import bits_of
from extractor.rules.lexicon import AL, CONJUNCTIONS, PREPOSITIONS, Lexicon
from extractor.rules.ruleset import CompiledRule, Demands

_LAM: Final = PREPOSITIONS[1]
_FEW: Final = 600  # forms of words that a trigger is asked for with


def triggers(rules: Iterable[CompiledRule], kinds: Collection[str]) -> frozenset[str]:
    """The characters that can trigger those of `rules` whose records are of one of `kinds`."""
    return frozenset(c for rule in rules if rule.record in kinds for c in rule.pattern.triggers)


class Made(NamedTuple):
    """`words` can open the gate. One of `pairs` does so only where a word of its group stands in the sentence."""

    words: frozenset[str]
    pairs: dict[str, str]
    groups: dict[str, frozenset[str]]


def gate(lexicon: Lexicon, chars: Collection[str], demands: Demands) -> Made:
    """The gate for rules whose triggers have the characters `chars`.

    A word whose rules all ask for another of few words ("agreement": reach, sign, announce) is asked for with one of
    these. Of a phrase two words are asked for, the longest first, for the words of a phrase stand everywhere by
    themselves: "suicide operation" opens the gate, "operation" does not.
    """
    beside = _Beside(lexicon, demands)
    free: set[str] = set()
    paired: dict[str, frozenset[str]] = {}
    for word, index in lexicon.words.items():
        for char in _codes(lexicon, index):
            if char not in chars:
                continue
            forms, found = list(_forms(lexicon, word, index, (char,))), beside.of(char)
            if found is None:
                free.update(forms)
                continue
            for form in forms:
                paired[form] = paired[form] | found if form in paired else found
    pairs: dict[str, set[str]] = {}
    for first, rows in lexicon.phrases.items():
        for rest, index in rows.items():
            forms = list(_forms(lexicon, first, index, chars))
            if not forms:
                continue
            further = _words(rest)
            if not free.isdisjoint(further) or free.issuperset(forms):
                continue
            longest = max(further, key=len, default="")
            if not longest:
                free.update(forms)
            elif len(longest) > len(first):
                pairs.setdefault(longest, set()).update(forms)
            else:
                for form in forms:
                    pairs.setdefault(form, set()).add(longest)
    for word, others in pairs.items():
        paired[word] = paired.get(word, frozenset()).union(others)
    names: dict[frozenset[str], str] = {}
    told = {word: names.setdefault(others, str(len(names))) for word, others in paired.items() if word not in free}
    return Made(frozenset(free.union(told)), told, {name: others for others, name in names.items()})


class _Beside:
    """What must stand in a sentence beside a trigger, where few words can be it."""

    def __init__(self, lexicon: Lexicon, demands: Demands) -> None:
        self._lexicon = lexicon
        self._of = demands.of
        self._chars: dict[int, list[str]] = {}  # bit of the demands -> the characters that meet it
        for char, bits in demands.bits.items():
            for bit in bits_of(bits):
                self._chars.setdefault(bit, []).append(char)
        # What no list of words can tell: numbers, unknown words, signs (which are blanked), letters that words hold.
        untold = [index for name, index in lexicon.named.items() if not name.startswith("chunk:")]
        self._untold = {lexicon.codes[index] for index in (*untold, *lexicon.unknown)}
        self._words: dict[str, list[tuple[str, int]]] = {}
        for word, index in lexicon.words.items():
            if len(word) > 1 and word.isalpha():
                for char in _codes(lexicon, index):
                    self._words.setdefault(char, []).append((word, index))
            else:
                self._untold.update(_codes(lexicon, index))
        self._phrases: dict[str, set[str]] = {}
        for first, rows in lexicon.phrases.items():
            for rest, index in rows.items():
                longest = max(_words(rest), key=len, default="")
                for char in _codes(lexicon, index):
                    forms = (longest,) if longest else _forms(lexicon, first, index, (char,))
                    self._phrases.setdefault(char, set()).update(forms)
        self._needs: dict[int, frozenset[str] | None] = {}
        self._known: dict[str, frozenset[str] | None] = {}

    def of(self, char: str) -> frozenset[str] | None:
        """Words of which a sentence holds one if a rule that `char` triggers fits in it; None where many can be it."""
        if char not in self._known:
            self._known[char] = self._beside(char)
        return self._known[char]

    def _beside(self, char: str) -> frozenset[str] | None:
        found: set[str] = set()
        for before, behind, _ in self._of.get(char, ((0, 0, 0),)):
            needs = [need for bit in bits_of(before | behind) if (need := self._need(bit)) is not None]
            if not needs:
                return None
            found |= min(needs, key=len)
        return frozenset(found)

    def _need(self, bit: int) -> frozenset[str] | None:
        """The words, as they stand in texts, of which one meets a demand; None where there are many."""
        if bit not in self._needs:
            self._needs[bit] = self._meeting(self._chars.get(bit, ()))
        return self._needs[bit]

    def _meeting(self, chars: Collection[str]) -> frozenset[str] | None:
        found: set[str] = set()
        for char in chars:
            if char in self._untold:
                return None
            for word, index in self._words.get(char, ()):
                found.update(_forms(self._lexicon, word, index, (char,)))
            found |= self._phrases.get(char, set())
            if len(found) > _FEW:
                return None
        return frozenset(found)


def _words(rest: str) -> list[str]:
    """The words of what follows the first of a phrase; signs are blanked before the gate is asked."""
    return [word for word in rest.split(" ") if word.isalpha()]


def _codes(lexicon: Lexicon, index: int) -> list[str]:
    """The characters that a word can have, by itself, behind a preposition and with the article."""
    sets = (index, lexicon.bare[index], lexicon.definite[index])
    return [lexicon.codes[one] for one in dict.fromkeys(sets) if one >= 0]


def _forms(lexicon: Lexicon, word: str, index: int, chars: Collection[str]) -> Iterator[str]:
    """What stands in texts for a word, or for the first word of a phrase, with the reading set `index`."""
    forms = [word] if lexicon.codes[index] in chars else []
    bare, definite = lexicon.bare[index], lexicon.definite[index]
    if bare >= 0 and lexicon.codes[bare] in chars:
        forms += [p + word for p in PREPOSITIONS]
        if word.startswith(AL):
            forms.append(_LAM + word[1:])
    if definite >= 0 and lexicon.codes[definite] in chars:
        forms += [AL + word, *(p + AL + word for p in PREPOSITIONS), _LAM + _LAM + word]
    for form in forms:
        yield form
        for conjunction in CONJUNCTIONS:
            yield conjunction + form
