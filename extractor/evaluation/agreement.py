"""When a claim that was read is the claim that a person found.

Two claims agree where outcome, bounds and polarity are the same, both or neither are unrealized, and the nouns do not
contradict each other. Further fields are compared for claims that agree. docs/gold.md says the same for readers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Claim = Mapping[str, Any]
FIELDS = ("victim", "affiliation", "certainty", "approx", "source", "method", "perpetrator", "place", "part_of")
_BY_WORDS = frozenset(["affiliation", "source", "perpetrator", "place"])

_INVISIBLE = re.compile("[\u064b-\u065f\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
_NO_WORD = re.compile(r"[^\w\s]")
# Alef with hamza or madda, alef maksura, teh marbuta, hamza on waw and on yeh.
_VARIANTS = str.maketrans(
    "\u0623\u0625\u0622\u0671\u0649\u0629\u0624\u0626", "\u0627\u0627\u0627\u0627\u064a\u0647\u0648\u064a"
)
_AL, _LL = "\u0627\u0644", "\u0644\u0644"
_SINGLE = ("\u0648", "\u0641", "\u0628", "\u0644", "\u0643")  # waw, feh, beh, lam, kaf
_CLITICS = (*(c + _AL for c in (_SINGLE[0], _SINGLE[1], _SINGLE[2], _SINGLE[4])), _LL, _AL, *_SINGLE)
_SHORTEST = 3  # letters that must be left of a word
_HEAD_WITHIN = 6  # words of the victims' phrase in which the person's noun may stand
_ENOUGH = 0.5  # share of the shorter text's words


def plain(text: str | None) -> str:
    """Text without marks and signs, its letter variants folded."""
    return _NO_WORD.sub(" ", _INVISIBLE.sub("", text or "").translate(_VARIANTS)).strip()


def bare(word: str) -> str:
    """The first word of a text, folded, without the clitics before it."""
    first = plain(word).split(" ")[0]
    for clitic in _CLITICS:
        if first.startswith(clitic) and len(first) - len(clitic) >= _SHORTEST:
            return first[len(clitic) :]
    return first


def same_noun(one: str | None, other: str | None) -> bool:
    """Whether two nouns are the same word, clitics aside; one that is not given contradicts none."""
    if not one or not other:
        return True
    a, b = (plain(word).split(" ")[0] for word in (one, other))
    return a == b or bare(a) in (b, bare(b)) or a == bare(b) or bare(bare(a)) == bare(bare(b))


def same_words(one: str, other: str) -> bool:
    """Whether half the words of the shorter text stand in the other."""
    a, b = ({bare(word) for word in plain(text).split()} for text in (one, other))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= _ENOUGH


def predicted(event: Mapping[str, Any]) -> dict[str, Any]:
    """A record of the extractor as a claim in the terms of annotated files."""

    def text(value: Any) -> Any:
        first = next(iter(value), None) if isinstance(value, list | tuple) else value
        return first.get("text") if isinstance(first, Mapping) else first

    count = event.get("count") or {}
    group = event.get("victims") or event.get("items") or {}
    return {
        "outcome": event.get("outcome"),
        "low": count.get("low"),
        "high": count.get("high"),
        "approx": bool(count.get("approx")),
        "head": text(group.get("head")),
        "phrase": group.get("text"),
        "victim": group.get("type"),
        "affiliation": text(group.get("affiliation")),
        "polarity": event.get("polarity", "affirmed"),
        "certainty": event.get("certainty", "stated"),
        "source": text(event.get("sources")),
        "method": (event.get("method") or {}).get("type"),
        "perpetrator": text(event.get("perpetrator")),
        "place": text(event.get("place")),
        "part_of": event.get("part_of"),
    }


def agree(gold: Claim, found: Claim) -> bool:
    """Whether `found` is the claim `gold`."""
    told = gold.get("polarity") or "affirmed"
    same = all(gold.get(key) == found.get(key) for key in ("outcome", "low", "high")) and told == found["polarity"]
    if not same or (gold.get("certainty") == "unrealized") != (found["certainty"] == "unrealized"):
        return False
    return same_noun(gold.get("head"), found.get("head")) or _noun_within(gold, found)


def _noun_within(gold: Claim, found: Claim) -> bool:
    words = plain(found.get("phrase")).split()[:_HEAD_WITHIN]
    return bool(gold.get("head")) and bare(gold["head"]) in [bare(word) for word in words]


def same_field(name: str, gold: Claim, found: Claim) -> bool:
    """Whether the field `name` says the same in two claims that agree."""
    one, other = gold.get(name), found.get(name)
    if name in _BY_WORDS:
        return (not one and not other) or same_words(one or "", other or "")
    if name == "part_of":
        return (one is None) == (other is None)
    return bool(one) == bool(other) if name == "approx" else one == other


def pairs(gold: Sequence[Claim], found: Sequence[Claim]) -> list[tuple[int, int]]:
    """Places of claims that agree, each used once, those that agree in most fields first."""
    options = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            if agree(one, other):
                nouns = 2 if one.get("head") and other.get("head") else 0
                alike = sum(same_field(name, one, other) for name in FIELDS) + nouns
                options.append((-alike, bool(one.get("optional")), i, j))
    out: list[tuple[int, int]] = []
    for _, _, i, j in sorted(options):
        if all(i != a and j != b for a, b in out):
            out.append((i, j))
    return out
