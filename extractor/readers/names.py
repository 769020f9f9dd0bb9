"""The names and words of `names.toml`, folded for comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractor.text.fold import fold_word


class Names(NamedTuple):
    """`columns`: for each part of a document the names of columns that hold it, the likeliest first. The others are
    sets of folded names and words; `frequent` is as written."""

    columns: Mapping[str, tuple[str, ...]]
    lists: frozenset[str]
    furniture: frozenset[str]
    frequent: frozenset[str]


def key(name: str) -> str:
    """A name as it is compared: folded, lower case, with single spaces for hyphens, underscores and spaces."""
    return " ".join(fold_word(name).casefold().replace("-", " ").replace("_", " ").split())


@cache
def names() -> Names:
    """The table, read once."""
    import tomllib  # a run over plain texts needs no names

    table = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))

    def folded(words: Iterable[str]) -> frozenset[str]:
        return frozenset(map(key, words))

    return Names(
        columns={part: tuple(dict.fromkeys(map(key, found))) for part, found in table["columns"].items()},
        lists=folded(table["lists"]["keys"]),
        furniture=folded(table["furniture"]["lines"]),
        frequent=frozenset(table["frequent"]["words"]),
    )
