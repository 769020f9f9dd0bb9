"""The sieve behind the gate: whether the words of a sentence leave any rule a chance, before they are put together.

It never turns down a sentence that a rule matches; of those that the gate lets through in vain it stops more than half,
at a fraction of the cost of reading them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from extractor.rules.lexicon import Sizes
from extractor.rules.ruleset import Demand, RuleSet
from extractor.word import Word, WordReader

_MOST = 1 << 16  # tokens remembered, as many as the word reader does


class _Meets(NamedTuple):
    """What demands a token or phrase meets, as bits: those it `holds`, and those that what begins with it meets
    (a quantity begins with "at least" and holds a number); what is demanded where it triggers rules; and the forms
    by which phrases can begin with it."""

    holds: int
    begins: int
    demands: tuple[Demand, ...]
    forms: tuple[tuple[str, Sizes], ...] = ()
    led: int = 0  # what its proclitics meet, which stand before the word


class Sieve:
    """Tells hopeless sentences by their tokens. What it remembers depends on the rules alone."""

    def __init__(self, rules: RuleSet, words: WordReader) -> None:
        self._rules = rules
        self._words = words
        self._numbers = rules.numbers
        self._known: dict[str, _Meets] = {}
        self._of_char: dict[str, _Meets] = {}
        named = rules.lexicon.named
        self._quantities = [index for name, index in named.items() if name.startswith("quantity:")]

    def passes(self, tokens: Sequence[str]) -> bool:
        """Whether a rule could match in a sentence of these tokens."""
        met = list(map(self._known.get, tokens))
        if None in met:
            met = [self._meets(token) if m is None else m for token, m in zip(tokens, met, strict=True)]
        if not met:
            return False
        held, begun, demanded, formed, led = zip(*met, strict=True)
        begins = [*begun, 0, 0]
        weak = self._numbers.weak
        triggers: list[tuple[int, int, tuple[Demand, ...]]] = []
        for at in [at for at, demands in enumerate(demanded) if demands]:
            behind = begins[at + 1]
            if behind and tokens[at + 1] in weak:
                behind |= begins[at + 2]  # a quantity may begin with it
            if self._fits(held, led[at], behind, at, demanded[at]):
                return True
            triggers.append((at, at + 1, demanded[at]))
        holds, found = list(held), False
        for at in [at for at, forms in enumerate(formed[:-1]) if forms]:
            for form, sizes in formed[at]:
                for size, phrase in self._phrases(tokens, at, form, sizes):
                    found = True
                    holds[at] |= phrase.holds
                    begins[at] |= phrase.begins
                    if phrase.demands:
                        triggers.append((at, at + 1 + size, phrase.demands))
        # Now that single words have left no rule a chance: with what the phrases among them meet.
        return found and any(
            self._fits(holds, led[at], reduce(or_, begins[behind : behind + 2], 0), at, demands)
            for at, behind, demands in triggers
        )

    @staticmethod
    def _fits(holds: Sequence[int], led: int, behind: int, at: int, demands: tuple[Demand, ...]) -> bool:
        left = right = -1
        for before, after, next_to in demands:
            if next_to and not next_to & behind:
                continue
            if before:
                if left < 0:
                    left = reduce(or_, holds[:at], led)
                if before & left != before:
                    continue
            if after:
                if right < 0:
                    right = reduce(or_, holds[at + 1 :], 0)
                if after & right != after:
                    continue
            return True
        return False

    def _phrases(self, tokens: Sequence[str], at: int, form: str, sizes: Sizes) -> Iterable[tuple[int, _Meets]]:
        """The phrases that `form` at `at` begins, each with its tokens behind that."""
        lexicon = self._rules.lexicon
        for index, size in lexicon.phrases_at(form, sizes, tokens, at):
            yield size, self._of_set(index)
            behind = lexicon.bare[index]  # its reading behind a preposition
            if behind >= 0:
                yield size, self._of_set(behind)

    def _meets(self, token: str) -> _Meets:
        if len(self._known) > _MOST:
            self._known.clear()
        word = self._words.word(token)
        if isinstance(word, Word):
            found = self._of_word(token, word)
            forms: tuple[str, ...] = (token, word.form, *[letter for letter, _ in word.proclitics])
        else:
            found, forms = self._of_set(word), (token,)
        numbers = self._numbers
        if token[0].isdigit() or not numbers.starts.isdisjoint(forms):
            holds = any(map(numbers.is_number, forms))
            if holds or any(form in numbers.starts and form not in numbers.weak for form in forms):
                found = self._with_quantity(found, holds=holds)
        self._known[token] = found
        return found

    def _of_word(self, token: str, word: Word) -> _Meets:
        holds, begins, demands, _, led = self._of_set(word.known)
        forms = [(token, word.whole), (word.form, word.behind)]
        proclitics = word.proclitics
        if word.led is not None:
            forms.append((word.led.form, word.led.behind))
            proclitics += word.led.proclitics
        for _, index in proclitics:
            met = self._of_set(index)
            holds |= met.holds
            begins |= met.begins
            led |= met.holds
            # What a proclitic triggers has its neighbour within the token.
            demands = (*demands, (0, 0, 0)) if met.demands else demands
        return _Meets(holds, begins, demands, tuple((form, sizes) for form, sizes in forms if sizes is not None), led)

    def _with_quantity(self, met: _Meets, *, holds: bool) -> _Meets:
        held, begins, demands, forms, led = met
        for index in self._quantities:
            quantity = self._of_set(index)
            held |= quantity.holds if holds else 0
            begins |= quantity.begins
            demands += quantity.demands
        return _Meets(held, begins, demands, forms, led)

    def _of_set(self, index: int) -> _Meets:
        """What a segment with reading set `index` meets."""
        char = self._rules.lexicon.codes[index]
        found = self._of_char.get(char)
        if found is None:
            bits = self._rules.demands.bits.get(char, 0)
            found = self._of_char[char] = _Meets(bits, bits, self._rules.demands.of.get(char, ()))
        return found
