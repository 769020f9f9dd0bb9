"""Polarity and certainty of a claim, by cues before and behind it, in the manner of clinical negation detection.

A cue is a vocabulary word with the class `cue`, what it does (`cue_kind`), the side on which the claim stands
(`side`) and how many words far it reaches (`reach`); see Chapman et al. 2001 (NegEx) and Harkema et al. 2009
(ConText) for the method. Its scope ends at the end of a clause, at a `scope_end` word, at another trigger, and at a
`factive` word, which takes for granted what stands behind it ("denied any part in the killing of"). `needs` names what
the trigger must be: an atom, or `act` for something that one can intend (a verbal noun of acting, a verb in the
present). A cue with `through = "light"` reaches over words of class `light` and small words alone; one with
`joint = "no"` ("foiled") does not reach an act that "and" joins on.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from extractor.context.background import names_an_act, reported
from extractor.context.happening import intended, named_at
from extractor.match import Told
from extractor.rules.lexicon import ReadingSet
from extractor.sentence import Sentence, SentenceReader

_FARTHEST: Final = 18
# What a cue of light reach passes over, beside the words listed as light.
_LIGHT: Final = frozenset(
    {"light", "casualty_light", "preposition", "prep_b", "prep_l", "of", "in", "about", "to", "that", "or"}
)
_KNOWN: Final = frozenset(["background"])
_ALL: Final = frozenset(["background", "denied", "hedged", "unrealized"])
_ADJUNCT: Final = frozenset(["in", "prep_b", "cause_of"])
# The first word of a phrase that names an act together with the trigger: "the letting go of", "the operation of".
_CARRIERS: Final = frozenset(["let_go", "grip_light", "transparent"])


class Assertion:
    """Polarity and certainty with the segments of the cues that decided them."""

    # No dataclass: of these mypyc leaves `__init__` to Python.
    polarity: str = "affirmed"
    polarity_cue: int | None = None
    certainty: str = "stated"
    certainty_cue: int | None = None
    background: bool = False
    background_cue: int | None = None

    def note(self, kind: str, at: int) -> None:
        """Take a cue into account; the first cue of each sort stays, and unrealized outweighs hedged."""
        if kind == "denied" and self.polarity_cue is None:
            self.polarity, self.polarity_cue = "denied", at
        elif kind == "unrealized" and self.certainty != "unrealized":
            self.certainty, self.certainty_cue = "unrealized", at
        elif kind == "hedged" and self.certainty_cue is None:
            self.certainty, self.certainty_cue = "hedged", at
        elif kind == "background" and self.background_cue is None:
            self.background, self.background_cue = True, at


class _Walk:
    """What a walk back from a trigger has met so far, and `facts`, what cues may need of the trigger."""

    light: bool = True  # small words alone
    realized: bool = False  # a word of result: what follows it has happened
    joined: bool = False  # an "and" stands right before the trigger

    def __init__(self, facts: frozenset[str], found: Assertion) -> None:
        self.facts = facts
        self.found = found

    def cues(self, readings: ReadingSet, kinds: frozenset[str], at: int, distance: int) -> None:
        """Take into account those of the cues at `at` that are of `kinds` and reach over `distance` words."""
        for reading in readings:
            if "cue" in reading.atoms:
                cue = dict(reading.attributes)
                if cue["cue_kind"] in kinds and cue["side"] == "after" and distance < int(cue["reach"]):
                    self._cue(cue, at)

    def _cue(self, cue: dict[str, str], at: int) -> None:
        needs = cue.get("needs")
        if needs and self.facts.isdisjoint(needs.split()):
            return
        if (cue.get("through") == "light" and not self.light) or (self.realized and cue["cue_kind"] == "unrealized"):
            return
        if self.joined and cue.get("joint") == "no":
            return
        self.found.note(cue["cue_kind"], at)


class AssertionReader:
    """Finds the cues of claims."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader

    def read(
        self,
        sentence: Sentence,
        claim: Told,
        triggers: Collection[int],
        before: Told | None,
        known: Assertion | None,
        *,
        roles: bool = False,
    ) -> Assertion:
        """Assertion of `claim`. `triggers` are the segments of all triggers of the sentence; `before` is the claim
        in front of this one and `known` its assertion, which a coordinated noun shares. With `roles`, words inside
        its match do not count towards the reach of cues before it."""
        found = Assertion()
        trigger = claim.match.at
        atoms = self._atoms(sentence, trigger)
        if "future" in atoms and "present" in atoms and "noun" not in atoms:
            found.note("unrealized", trigger)
        fixed = claim.match.rule.set
        for kind in (fixed.get("certainty"), fixed.get("polarity"), "background" if "background" in fixed else None):
            if kind:
                found.note(kind, trigger)
        first = min(claim.match.start, trigger)
        named = named_at(sentence, claim, self._atoms) if roles else None
        act = roles and (named is not None or intended(sentence, claim, self._atoms))
        self._backward(sentence, claim, first if named is None else named, triggers, found, roles=roles, act=act)
        self._forward(sentence, claim.match.end, atoms, found)
        if before is not None and known is not None and self._coordinated(sentence, first, before, atoms):
            found.background, found.background_cue = known.background, known.background_cue
            if found.polarity_cue is None and known.polarity_cue is not None:
                found.polarity, found.polarity_cue = known.polarity, known.polarity_cue
            if found.certainty_cue is None and known.certainty_cue is not None:
                found.certainty, found.certainty_cue = known.certainty, known.certainty_cue
        elif self._only_named(sentence, claim, first if named is None else named, named, roles=roles):
            found.background = True
        return found

    def _only_named(self, sentence: Sentence, claim: Told, first: int, named: int | None, *, roles: bool) -> bool:
        """Whether the noun at `first` names a killing or an attack that nothing here makes news."""
        if self.adjunct(sentence, claim) or claim.match.rule.set.get("told") == "yes":
            return False
        if named is None:
            if roles and claim.match.captures.get("via"):
                return False  # a verb tells of it
            if not names_an_act(sentence, claim.match.at, self._atoms):
                return False
        return not reported(sentence, first, self._atoms, strict=named is not None)

    def _atoms(self, sentence: Sentence, at: int) -> frozenset[str]:
        return self._reader.atoms(sentence, at)

    def adjunct(self, sentence: Sentence, event: Told) -> bool:
        """Whether an event only says by what something came about ("killed in an attack on")."""
        fixed = event.match.rule.set
        if fixed.get("adjunct") == "yes":
            return True
        first = min(event.match.start, event.match.at)
        return fixed.get("bare") == "yes" and first > 0 and bool(self._atoms(sentence, first - 1) & _ADJUNCT)

    def _backward(
        self,
        sentence: Sentence,
        claim: Told,
        first: int,
        triggers: Collection[int],
        found: Assertion,
        *,
        roles: bool,
        act: bool,
    ) -> None:
        trigger = claim.match.at
        atoms = self._atoms(sentence, trigger)
        act = act or "act_noun" in atoms
        walk = _Walk(atoms | {"act"} if act or "present" in atoms else atoms, found)
        counted = bool(claim.match.captures.get("count"))
        phrase = trigger - 1 if trigger and self._atoms(sentence, trigger - 1) & _CARRIERS else trigger
        outside = trigger  # where the words of an apposition that is passed over begin
        for at in range(trigger - 1, max(-1, (first if roles else trigger) - _FARTHEST), -1):
            distance = (first if roles and at < first else trigger) - 1 - at
            if at >= outside and outside < trigger:
                continue
            readings = self._reader.readings(sentence, at)
            here = self._atoms(sentence, at)
            if "comma" in here and outside == trigger and (opened := self._apposition(sentence, at)) is not None:
                outside = opened
                continue
            if "clause_end" in here:
                break
            if at in triggers or ("factive" in here and at < first):
                # The end of the scope; but a factive word itself says that the claim is known, and the word of a
                # statement, which is an event by itself, may deny.
                walk.cues(readings, _ALL if roles and at in triggers else _KNOWN, at, distance)
                break
            if distance == 0 and "conj" in here and act and self._aimed(sentence, at, atoms):
                found.note("unrealized", at - 2)
            elif distance == 0 and "conj" in here and act and not counted:
                walk.joined = True
            elif distance == 0 and "conj" in here:
                # A new predicate or a further result: intentions named before do not reach it.
                walk.realized = True
            near = at in (trigger - 1, phrase - 1) and at < first
            if near and "prep_l" in here and act and self._purpose(sentence, at, atoms):
                found.note("unrealized", at)
            walk.cues(readings, _ALL, at, distance)
            if "scope_end" in here and at < first:
                break
            if "report_verb" in here and at > 0 and "conj" in self._atoms(sentence, at - 1):
                break  # a new report; its own verb may deny ("and denied the arrest of")
            walk.light = walk.light and bool(here & _LIGHT)
            walk.realized = walk.realized or "result_past" in here
        if found.polarity_cue is not None and self._excepted(sentence, trigger, claim.match.end):
            found.polarity, found.polarity_cue = "affirmed", None

    def _apposition(self, sentence: Sentence, at: int) -> int | None:
        """The comma that opens the apposition which the comma at `at` closes; None if what follows does not go on
        from before it ("threatened, so the paper, to kill")."""
        if not self._atoms(sentence, at + 1) & {"prep_b", "prep_l", "in", "on", "to", "about"}:
            return None
        for k in range(at - 1, max(-1, at - 8), -1):
            here = self._atoms(sentence, k)
            if "comma" in here:
                return k
            if "clause_end" in here:
                return None
        return None

    def _purpose(self, sentence: Sentence, at: int, atoms: frozenset[str]) -> bool:
        """Whether the preposition at `at` says what for: not behind a word of result or one that takes the act for
        granted, nor before an act with its doer suffixed ("for his killing of")."""
        if "poss" in atoms or any("background" in self._atoms(sentence, k) for k in range(max(0, at - 2), at)):
            return False  # "the court for the killing of"
        return not any(
            self._atoms(sentence, k) & {"result_word", "result_past", "factive"} for k in range(max(0, at - 5), at)
        )

    def _aimed(self, sentence: Sentence, joint: int, atoms: frozenset[str]) -> bool:
        """Whether an act of which another is joined on is aimed at: "to abduct and kill", `joint` being the "and"."""
        if joint < 2 or "act_noun" not in self._atoms(sentence, joint - 1):
            return False
        return "prep_l" in self._atoms(sentence, joint - 2) and self._purpose(sentence, joint - 2, atoms)

    def _excepted(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a word of exception turns the denial round: "killed none but one ambassador"."""
        return any("except" in self._atoms(sentence, k) for k in range(max(0, start - 2), min(end + 1, len(sentence))))

    def _forward(self, sentence: Sentence, end: int, atoms: frozenset[str], found: Assertion) -> None:
        for at in range(end, min(len(sentence), end + _FARTHEST)):
            for reading in self._reader.readings(sentence, at):
                if "cue" in reading.atoms:
                    cue = dict(reading.attributes)
                    needs = cue.get("needs")
                    if cue["side"] == "before" and at - end < int(cue["reach"]) and (not needs or needs in atoms):
                        found.note(cue["cue_kind"], at)

    def _coordinated(self, sentence: Sentence, first: int, before: Told, atoms: frozenset[str]) -> bool:
        """Whether the claim that begins at `first` goes on the noun phrase of the claim before it."""
        if "verb" in atoms or first == 0:
            return False
        joint = first - 1
        if joint > 0 and self._atoms(sentence, joint) & {"noun", "casualty_light"}:
            joint -= 1  # "or the fall of"
        if not self._atoms(sentence, joint) & {"conj", "or"}:
            return False
        gap = (self._atoms(sentence, k) for k in range(before.match.at, first))
        return not any(atoms & {"clause_end", "report_verb"} for atoms in gap)
