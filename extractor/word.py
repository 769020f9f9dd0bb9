"""A token by itself: the proclitics split off it, the word that is left, and what the lexicon says of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from extractor.rules.lexicon import AL, CONJUNCTIONS, PREPOSITIONS, SHAPES, Lexicon, Sizes, beginning, shape

_LAM: Final = "\u0644"
# What a token begins with that can be split: a proclitic or an article.
_SPLIT: Final = CONJUNCTIONS + PREPOSITIONS + AL[0]
# Tokens whose reading is remembered; news needs a tenth of it, and what is hostile must not fill the memory.
_MOST: Final = 1 << 16


# The letters split off a token, each with its reading set.
Proclitics = tuple[tuple[str, int], ...]


class Word:
    """A token that is more than one listed or unknown word: it holds proclitics, or phrases can begin with it.

    `known` is the reading set of `form`. `whole` are the phrases that the token as it stands begins, `behind` those
    that `form` does: what is left of it behind the proclitics, `skipped` letters on. `led` is how an unlisted token is
    read where a phrase stands behind a preposition in it whose first word alone would be none there ("of the movement
    X").
    """

    # No dataclass: of these mypyc leaves `__init__` to Python.
    def __init__(
        self,
        form: str,
        known: int,
        skipped: int = 0,
        proclitics: Proclitics = (),
        whole: Sizes | None = None,
        behind: Sizes | None = None,
        led: Word | None = None,
    ) -> None:
        self.form = form
        self.known = known
        self.skipped = skipped
        self.proclitics = proclitics
        self.whole = whole
        self.behind = behind
        self.led = led


_Told = TypeVar("_Told")


class TokenMemo(dict[str, _Told]):
    """What `read` tells of tokens, worked out when a token is first asked for."""

    def __init__(self, read: Callable[[str], _Told]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, token: str) -> _Told:
        if len(self) > _MOST:
            self.clear()
        found = self[token] = self._read(token)
        return found


class WordReader:
    """Reads tokens with one lexicon. What it remembers of tokens depends on the lexicon alone."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._prefixes: dict[str, Proclitics] = {}
        known = TokenMemo(self.read)
        # The reading of a token: a reading set where it is one word and begins no phrase, else a `Word`.
        self.word: Callable[[str], int | Word] = known.__getitem__

    def looked_up(self) -> tuple[Any, ...] | None:
        """What the twin in C needs to do what `read` does; None where the lexicon is still packed."""
        lexicon = self._lexicon
        if type(lexicon.words) is not dict or type(lexicon.phrase_sizes) is not dict:
            return None
        forms = lexicon.words, lexicon.phrase_sizes, lexicon.definite, lexicon.bare
        return *forms, self.unlisted, self._proclitics, CONJUNCTIONS, PREPOSITIONS, AL

    def words(self, tokens: Iterable[str]) -> list[int | Word]:
        """The reading of each token."""
        return list(map(self.word, tokens))

    def read(self, token: str) -> int | Word:
        """The reading of a token, not remembered."""
        lexicon = self._lexicon
        index = lexicon.words.get(token, -1)
        whole = lexicon.phrase_sizes.get(token)
        if index >= 0:
            return index if whole is None else Word(token, index, whole=whole)
        found = self._split(token) if len(token) > 2 and token[0] in _SPLIT else None
        if found is None:
            index, led = self.unlisted(token), self._led(token)
            return index if whole is None and led is None else Word(token, index, whole=whole, led=led)
        prefixes, form, index, skipped = found
        proclitics = self._proclitics(prefixes)
        behind = lexicon.phrase_sizes.get(form)
        return Word(form, index, skipped, proclitics, whole, behind)

    def _led(self, token: str) -> Word | None:
        """The phrases behind a preposition, and a conjunction before it, of a token that no list holds."""
        size = 1 if token[0] in PREPOSITIONS else 2 if token[0] in CONJUNCTIONS and token[1:2] in PREPOSITIONS else 0
        form, skipped = token[size:], size
        if size and form[:1] == _LAM == token[size - 1]:
            form, skipped = "\u0627" + form, size + 1  # behind the preposition the article loses its alef
        sizes = self._lexicon.phrase_sizes.get(form) if size and form else None
        if sizes is None:
            return None
        return Word(form, -1, skipped, self._proclitics(token[:size]), behind=sizes)

    def _proclitics(self, letters: str) -> Proclitics:
        found = self._prefixes.get(letters)
        if found is None:
            words = self._lexicon.words
            read = ((letter, words.get(letter, -1)) for letter in letters)
            found = tuple((letter, index if index >= 0 else self.unlisted(letter)) for letter, index in read)
            self._prefixes[letters] = found  # a handful: conjunctions and prepositions
        return found

    def unlisted(self, word: str) -> int:
        """The reading set of a word that no list holds."""
        named = self._lexicon.named
        first = word[0]
        if first.isdigit():
            return named["digits"]
        if not first.isalpha():
            return named["sign"]
        if first.isascii():
            return named["latin"]
        return self._lexicon.unknown[shape(word) + beginning(word) * len(SHAPES)]

    def _split(self, token: str) -> tuple[str, str, int, int] | None:
        """Declared proclitics of a token that no list holds whole, the form that is left, its reading set, and the
        letters before it; None where what is left is not listed."""
        conjunction = token[0] if token[0] in CONJUNCTIONS else ""
        for prefix in ("", conjunction) if conjunction else ("",):
            rest = token[len(prefix) :]
            index = self._lexicon.words.get(rest, -1) if prefix else -1
            if index < 0:
                index = self.with_article(rest)
            if index >= 0:
                return prefix, rest, index, len(prefix)
            if len(rest) < 3 or rest[0] not in PREPOSITIONS:
                continue
            behind = self._behind_preposition(rest)
            if behind is not None:
                index, form, skipped = behind
                return prefix + rest[0], form, index, len(prefix) + skipped
        return None

    def with_article(self, word: str) -> int:
        """Reading set of a word whose list holds it without its article; -1 if none does."""
        if word.startswith(AL) and len(word) > 3:
            index = self._lexicon.words.get(word[2:], -1)
            return self._lexicon.definite[index] if index >= 0 else -1
        return -1

    def _behind_preposition(self, word: str) -> tuple[int, str, int] | None:
        """Reading set, form and letters to skip of a word that begins with a preposition."""
        rest = word[1:]
        index = self._governed(rest)
        if index >= 0:
            return index, rest, 1
        if word[0] == _LAM and rest[0] == _LAM and len(rest) > 2:
            # Behind the preposition the article loses its alef: the form is looked up with it.
            whole = "\u0627" + rest
            index = self._governed(whole)
            if index >= 0:
                return index, whole, 2
        return None

    def _governed(self, form: str) -> int:
        """Reading set of a listed form, with its article or without, behind a preposition; -1 if there is none."""
        index = self._lexicon.words.get(form, -1)
        index = self._lexicon.bare[index] if index >= 0 else -1
        return index if index >= 0 else self.with_article(form)
