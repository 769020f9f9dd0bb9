"""Whether an event is told as one that came about, or only named.

"Gunmen launched an attack on a post" tells of one; "chose to launch an attack", "the largest attack on the post" name
one. What tells is a verb in the past, among the words that the rule calls `via` or behind those of the event; else an
event is news where a noun of killing would be (`background.reported`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from extractor.match import Told
from extractor.sentence import Sentence

Atoms = Callable[[Sentence, int], frozenset[str]]

# Verbs that say that an event came about, behind the noun that names it.
_TELLS: Final = frozenset(["occur_verb", "result_of_attack", "result_word", "explode_verb"])
_AHEAD: Final = 8
# Before it: also those that begin, see or go on with one.
_TELLS_BEFORE: Final = _TELLS | {"starts_event"}
_BACK: Final = 5
# What a noun stands behind, and a verb does not.
_PREPOSITIONS: Final = frozenset(["prep_b", "prep_l", "in", "of", "on", "about", "to"])
_GOVERNS: Final = _PREPOSITIONS | {"preposition", "cue"}


def named_at(sentence: Sentence, event: Told, atoms: Atoms) -> int | None:
    """Where the words begin that name `event` without telling that it came about; None where they do tell."""
    via = event.match.captures.get("via")
    if via:
        first = via[0][0]
        return first if _is_noun(sentence, first, atoms) else None
    noun = event.match.rule.set.get("named") == "yes"
    if not noun and "verb" in atoms(sentence, event.match.at):
        # What could be a verb is a noun behind a preposition.
        at = event.match.at
        behind = at > 0 and bool(atoms(sentence, at - 1) & _PREPOSITIONS)
        return at if behind and "present" not in atoms(sentence, at) else None
    first = min(event.match.start, event.match.at)
    known = _relative(sentence, event, atoms)
    return first if known or (noun and not _told_near(sentence, event, first, atoms)) else None


def _is_noun(sentence: Sentence, at: int, atoms: Atoms) -> bool:
    """Whether the `via` at `at` is a noun. Some forms are a noun and a verb alike: the noun, where a preposition or a
    cue stands before it."""
    here = atoms(sentence, at)
    if "nominal_deed" not in here:
        return False
    return not here & {"verb", "verb_too"} or (at > 0 and bool(atoms(sentence, at - 1) & _GOVERNS))


def intended(sentence: Sentence, event: Told, atoms: Atoms) -> bool:
    """Whether a verb in the present tells of `event`, which somebody may thus want or plan."""
    via = event.match.captures.get("via")
    return via is not None and "present" in atoms(sentence, via[0][0])


def _relative(sentence: Sentence, event: Told, atoms: Atoms) -> bool:
    """Whether a relative clause tells of an event with the article ("the blast that shook"): it says which one."""
    at = event.match.at
    if not atoms(sentence, at) & {"def", "poss"}:
        return False
    return any("relative" in atoms(sentence, k) for k in range(at + 1, event.match.end))


def _told_near(sentence: Sentence, event: Told, first: int, atoms: Atoms) -> bool:
    """Whether a verb shortly before the event or behind it says that it came about."""
    for at in range(first - 1, max(-1, first - 1 - _BACK), -1):
        here = atoms(sentence, at)
        if here & _TELLS_BEFORE:
            return at == 0 or "relative" not in atoms(sentence, at - 1)
        if here & {"clause_end", "relative"} or here & _PREPOSITIONS:
            break
    for at in range(event.match.end, min(len(sentence), event.match.end + _AHEAD)):
        here = atoms(sentence, at)
        if here & _TELLS:
            return "relative" not in atoms(sentence, at - 1)
        if here & {"clause_end", "relative", "report_verb"}:
            return False
    return False
