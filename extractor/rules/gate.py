"""The gate: surface words one of which a sentence must hold to be worth reading.

The gate is asked before a sentence is cut into segments, so it holds words as texts write them: clitics attached.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from extractor.rules.lexicon import AL, CONJUNCTIONS, PREPOSITIONS, Lexicon
from extractor.rules.ruleset import CompiledRule, Gate

_LAM: Final = PREPOSITIONS[1]


def triggers(rules: Iterable[CompiledRule], kinds: Collection[str]) -> frozenset[str]:
    """The characters that can trigger those of `rules` whose records are of one of `kinds`."""
    return frozenset(c for rule in rules if rule.record in kinds for c in rule.pattern.triggers)


class Made(NamedTuple):
    """`words` open the gate by themselves; a word of `pairs` does where one of its others stands in the sentence."""

    words: frozenset[str]
    pairs: dict[str, frozenset[str]]


def gate(lexicon: Lexicon, chars: Collection[str]) -> Made:
    """The gate for rules whose triggers have the characters `chars`.

    Of a phrase two words are asked for, the longest first, for the words of a phrase stand everywhere by themselves:
    "suicide operation" opens the gate, "operation" does not.
    """
    found = {form for word, index in lexicon.words.items() for form in _forms(lexicon, word, index, chars)}
    pairs: dict[str, set[str]] = {}
    for first, rows in lexicon.phrases.items():
        for rest, index in rows.items():
            forms = list(_forms(lexicon, first, index, chars))
            if not forms:
                continue
            further = [w for w in rest.split(" ") if w.isalpha()]  # signs are blanked before the gate is asked
            if not found.isdisjoint(further) or found.issuperset(forms):
                continue
            longest = max(further, key=len, default="")
            if not longest:
                found.update(forms)
            elif len(longest) > len(first):
                pairs.setdefault(longest, set()).update(forms)
            else:
                for form in forms:
                    pairs.setdefault(form, set()).add(longest)
    return Made(frozenset(found), {w: frozenset(o) for w, o in pairs.items() if w not in found})


def opens(words: Gate, pairs: Mapping[str, frozenset[str]], sentence: list[str]) -> bool:
    """Whether a sentence, as its words with signs blanked, is worth reading."""
    if not words.isdisjoint(sentence):
        return True
    if type(pairs) is dict and pairs.keys().isdisjoint(sentence):
        return False
    # Word by word: a shelf knows by `in` what it holds, its keys are those read so far.
    return any(not pairs[word].isdisjoint(sentence) for word in sentence if word in pairs)


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
