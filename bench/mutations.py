"""News spoilt at random: what a scraper, an editor, a keyboard or an ill-wisher makes of an article."""

from __future__ import annotations

import random
from collections.abc import Sequence

_ARABIC_DIGITS = str.maketrans("0123456789", "".join(map(chr, range(0x660, 0x66A))))
_PERSIAN_DIGITS = str.maketrans("0123456789", "".join(map(chr, range(0x6F0, 0x6FA))))
_SEPARATORS = (" ", "\n", ". ", "\t", "\u00a0", "\u200f", ", ", "\u060c ", ":", "-", "/", "|", '"', "(", ")", "\u00ab")


class Mutator:
    """Spoils texts: `articles` are what it begins with, `words` what it strews in (words of rules, say)."""

    def __init__(self, articles: Sequence[str], words: Sequence[str]) -> None:
        self._articles = articles
        self._words = words

    def text(self, seed: int) -> str:
        """The spoilt text that `seed` stands for: the same one every time and in every process."""
        chance = random.Random(seed)
        text = chance.choice(self._articles)
        length = chance.choice((200, 800, 3000, 3000))
        if len(text) > length:
            at = chance.randrange(len(text) - length)
            text = text[at : at + length]
        for _ in range(chance.choice((1, 2, 4, 8, 30))):
            text = chance.choice(self._ways)(self, text, chance)
        return text

    def _cut(self, text: str, chance: random.Random) -> str:
        at, end = _stretch(text, chance)
        return text[:at] + text[end:]

    def _double(self, text: str, chance: random.Random) -> str:
        at, end = _stretch(text, chance)
        return text[:end] + text[at:end] * chance.choice((1, 1, 3)) + text[end:]

    def _move(self, text: str, chance: random.Random) -> str:
        at, end = _stretch(text, chance)
        rest = text[:at] + text[end:]
        to = chance.randrange(len(rest) + 1)
        return rest[:to] + text[at:end] + rest[to:]

    def _shuffle(self, text: str, chance: random.Random) -> str:
        at, end = _stretch(text, chance)
        words = text[at:end].split(" ")
        return text[:at] + " ".join(chance.sample(words, len(words))) + text[end:]

    def _splice(self, text: str, chance: random.Random) -> str:
        other = chance.choice(self._articles)
        at, end = _stretch(other, chance)
        return _put(text, other[at:end], chance)

    def _word(self, text: str, chance: random.Random) -> str:
        words = chance.choices(self._words, k=chance.choice((1, 1, 2, 5)))
        return _put(text, f" {' '.join(words)} ", chance)

    def _number(self, text: str, chance: random.Random) -> str:
        number = chance.choice((str(chance.randrange(10 ** chance.randrange(1, 25))), f"{chance.randrange(10**7):,}"))
        return _put(text, number.translate(chance.choice(({}, _ARABIC_DIGITS, _PERSIAN_DIGITS))), chance)

    def _separator(self, text: str, chance: random.Random) -> str:
        return _put(text, chance.choice(_SEPARATORS) * chance.choice((1, 1, 1, 7)), chance)

    def _run_together(self, text: str, chance: random.Random) -> str:
        at, end = _stretch(text, chance)
        return text[:at] + text[at:end].replace(" ", chance.choice(("", "", "\n", "\u0640"))) + text[end:]

    def _mark(self, text: str, chance: random.Random) -> str:
        """Marks on every letter of a stretch: tashkeel, tatweel, directions, joiners."""
        at, end = _stretch(text, chance)
        mark = chance.choice("\u064b\u0651\u0670\u0640\u200d\u200f\u202b\u2069\ufeff")
        return text[:at] + mark.join(text[at:end]) + text[end:]

    def _character(self, text: str, chance: random.Random) -> str:
        """Any character at all, surrogates among them, but mostly Arabic ones."""
        most = chance.choice(((0x600, 0x700), (0x600, 0x700), (0xFB50, 0xFF00), (0, 0x3000), (0, 0x110000)))
        return _put(text, chr(chance.randrange(*most)), chance)

    def _other_letter(self, text: str, chance: random.Random) -> str:
        at = chance.randrange(len(text) + 1)
        return text[:at] + chr(chance.randrange(0x621, 0x64B)) + text[at + 1 :]

    _ways = (
        _cut,
        _double,
        _move,
        _shuffle,
        _splice,
        _word,
        _number,
        _separator,
        _run_together,
        _mark,
        _character,
        _other_letter,
    )


def _stretch(text: str, chance: random.Random) -> tuple[int, int]:
    """Where a stretch of the text begins and ends."""
    at = chance.randrange(len(text) + 1)
    return at, min(len(text), at + chance.choice((1, 1, 2, 5, 20, 60, 200)))


def _put(text: str, more: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + more + text[at:]
