"""The gate: which sentences of a text hold a word that could begin a record.

It is asked before a sentence is cut into segments, by words as texts write them: runs of letters, clitics attached.
`extractor.rules.gate` says which words these are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from extractor.native import native
from extractor.rules.ruleset import GateWords
from extractor.text.tokens import blanked

_LETTERS: Final = re.compile(r"[^\W\d_]+")


class SentenceGate:
    """Knows the words of a gate, and nothing of any text."""

    def __init__(self, words: GateWords, pairs: Mapping[str, str], groups: Mapping[str, frozenset[str]]) -> None:
        self._words = words
        self._pairs = pairs
        self._groups = groups
        made = native("gate") if isinstance(words, frozenset) else None  # words still packed are not unpacked for it
        # For each sentence of a folded text, told by the spans of all, whether it is worth reading.
        self.open: Callable[[str, list[tuple[int, int]]], list[bool]] = (
            self._open if made is None else made.Gate(words, pairs, groups).open
        )

    def _open(self, text: str, spans: list[tuple[int, int]]) -> list[bool]:
        plain = blanked(text)
        return [self._is_open(plain, start, end) for start, end in spans]

    def _is_open(self, plain: str, start: int, end: int) -> bool:
        words = plain[start:end].split()
        if self._opens(words):
            return True
        # Letters can stand against rarer signs.
        return not all(map(str.isalpha, words)) and self._opens(_LETTERS.findall(plain, start, end))

    def _opens(self, sentence: Sequence[str]) -> bool:
        words = self._words
        if words.isdisjoint(sentence):
            return False
        for word in sentence:
            if word in words:
                group = self._pairs.get(word)
                if group is None or not self._groups[group].isdisjoint(sentence):
                    return True
        return False
