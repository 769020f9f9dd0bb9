"""Numbers with signs around them: in brackets or quotation marks, whole or part by part, and said again in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractor.text.number_words import PLURAL
from extractor.text.quantities import Bare, BareNumbers

# A quotation mark, folded, is the same on both sides: the Gulf press quotes its figures.
CLOSING: Final = {"(": ")", "[": "]", '"': '"', "'": "'"}
# Segments that a number of several parts may take, each in quotation marks.
_LONGEST: Final = 24


class MarkedNumbers(BareNumbers):
    """Reads bare numbers and those with signs around them."""

    def read(self, words: Sequence[str], at: int) -> Bare | None:
        """The longest bare number that begins at segment `at`, in brackets or with its repetition in brackets."""
        if at >= len(words):
            return None
        if words[at] in CLOSING:
            return self._marked(words, at)
        bare = self._plain(words, at)
        if bare is None or bare.end >= len(words):
            return bare
        if words[bare.end] in CLOSING:
            return self._said_again(words, bare) or self._unquoted(words, at, bare) or bare
        further = bare.scale > 1 and self._follows(words, bare.end) and words[bare.end + 1] in CLOSING
        return (self._unquoted(words, at, bare) if further else None) or bare

    def _marked(self, words: Sequence[str], at: int) -> Bare | None:
        """A number with a sign before it and one behind it: (7), "3" thousand."""
        closing = CLOSING[words[at]]
        inner = self._plain(words, at + 1) if at + 1 < len(words) else None
        if inner is None or inner.end >= len(words) or words[inner.end] != closing:
            return None
        bracketed = inner._replace(end=inner.end + 1)
        return self._unquoted(words, at, bracketed) or self._restated(words, bracketed)

    def _said_again(self, words: Sequence[str], bare: Bare) -> Bare | None:
        """A number with its repetition in brackets behind it: "3 (three)", "3 (three) thousand"."""
        again = self.read(words, bare.end)
        if again is None or again.low is None or bare.low is None or again.kind:
            return None
        if again.low == bare.low:
            return bare._replace(end=again.end)
        return again if again.scale > 1 and again.low == bare.low * again.scale else None

    def _restated(self, words: Sequence[str], bracketed: Bare) -> Bare:
        """A number in brackets with the words behind it that say it again: "(7) seven guards", "(7) seven thousand"."""
        again = self._plain(words, bracketed.end) if bracketed.end < len(words) else None
        if again is None or again.digits or again.kind or again.low is None or bracketed.low is None:
            return bracketed
        if again.low == bracketed.low:
            return bracketed._replace(end=again.end)
        return again if again.scale > 1 and again.low == bracketed.low * again.scale else bracketed

    def _unquoted(self, words: Sequence[str], at: int, shorter: Bare) -> Bare | None:
        """The number at `at` whose parts stand in quotation marks or brackets each: "3" thousand, 43 "thousand" and
        "552". None where there is no more of it than what `shorter` has."""
        bared: list[str] = []
        places: list[int] = []  # the segment past each of them
        back = at
        while back < len(words) and len(bared) < _LONGEST:
            closing = CLOSING.get(words[back])
            if closing is None:
                bared.append(words[back])
                places.append(back + 1)
                back += 1
                continue
            end = self._enclosed(words, back + 1, closing)
            if not end or (bared and bared[-1][:1].isdigit() and words[back + 1][:1].isdigit()):
                break
            bared += words[back + 1 : end]
            places += [*range(back + 2, end + 1)]
            places[-1] = end + 1
            back = end + 1
        whole = self._plain(bared, 0) if bared else None
        if whole is None or whole.low is None or not whole.end:
            return None
        end = places[whole.end - 1]
        return whole._replace(end=end, digits=False) if end > shorter.end and whole.scale != 1 else None

    def _enclosed(self, words: Sequence[str], at: int, closing: str) -> int:
        """Where the closing sign stands behind the number or the scale at `at` that is all between the signs, or 0."""
        if at + 1 >= len(words):
            return 0
        inner = self._plain(words, at)
        end = inner.end if inner is not None else at + 1 if self._role(words, at) == PLURAL else 0
        return end if 0 < end < len(words) and words[end] == closing else 0
