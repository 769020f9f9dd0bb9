"""Whether an event is told as one that came about, or only named.

"Gunmen launched an attack on a post" tells of one; "chose to launch an attack", "the largest attack on the post" name
one. What tells is a verb in the past, among the words that the rule calls `via` or behind those of the event; else an
event is news where a noun of killing would be (`background.reported`).
"""

from __future__ import annotations

from collections.abc import Callable

from extractor.match import Told
from extractor.sentence import Sentence

Atoms = Callable[[Sentence, int], frozenset[str]]

# Verbs that say that an event came about, behind the noun that names it.
_TELLS = frozenset(["occur_verb", "result_of_attack", "result_word", "explode_verb"])
_AHEAD = 8
# What a noun stands behind, and a verb does not.
_GOVERNS = frozenset(["preposition", "prep_b", "prep_l", "in", "of", "on", "about", "to", "cue"])


def named_at(sentence: Sentence, event: Told, atoms: Atoms) -> int | None:
    """Where the words begin that name `event` without telling that it came about; None where they do tell."""
    via = event.match.captures.get("via")
    if via:
        first = via[0][0]
        here = atoms(sentence, first)
        if "nominal_deed" not in here:
            return None
        # Some forms are a noun and a verb alike: the noun, where a preposition or a cue stands before it.
        either = "verb" in here or "verb_too" in here
        if either and not (first and atoms(sentence, first - 1) & _GOVERNS):
            return None
        return first
    known = _relative(sentence, event, atoms)
    if not known and (event.match.rule.set.get("named") != "yes" or _told_behind(sentence, event, atoms)):
        return None
    return min(event.match.start, event.match.at)


def intended(sentence: Sentence, event: Told, atoms: Atoms) -> bool:
    """Whether a verb in the present tells of `event`, which somebody may thus want or plan."""
    via = event.match.captures.get("via")
    return bool(via) and "present" in atoms(sentence, via[0][0])


def _relative(sentence: Sentence, event: Told, atoms: Atoms) -> bool:
    """Whether a relative clause tells of an event with the article ("the blast that shook"): it says which one."""
    at = event.match.at
    if not atoms(sentence, at) & {"def", "poss"}:
        return False
    return any("relative" in atoms(sentence, k) for k in range(at + 1, event.match.end))


def _told_behind(sentence: Sentence, event: Told, atoms: Atoms) -> bool:
    for at in range(event.match.end, min(len(sentence), event.match.end + _AHEAD)):
        here = atoms(sentence, at)
        if here & _TELLS:
            return "relative" not in atoms(sentence, at - 1)
        if here & {"clause_end", "relative", "report_verb"}:
            return False
    return False
