"""The subject that a later deed leaves unsaid: the body or the people of whom a verb before it was told."""

from __future__ import annotations

from typing import Final

from extractor.context.doers import LED, OPENS, DoerReader
from extractor.match import Span
from extractor.rules.lexicon import ARMED
from extractor.sentence import Sentence, SentenceReader

_OWNED: Final = 10  # words between a body and fighters called its own
_BEGINS: Final = frozenset(
    {"stop_sign", "comma", "colon", "dash", "conj", "that", "quote", "scope_break", "place_break"}
)
_OBJECT: Final = frozenset({"prep_l", "prep_b", "on", "about", "to", "governs"})
_CARRIES: Final = frozenset({"found_verb", "did_verb"})  # "found", "the undertaking of": a subject follows
_JUDGES: Final = frozenset({"condemn_verb", "stance_verb"})


class SubjectReader:
    """Finds subjects before the verbs that go on them. Holds nothing of any text."""

    def __init__(self, reader: SentenceReader, doers: DoerReader) -> None:
        self._reader = reader
        self._doers = doers

    def acting_before(self, sentence: Sentence, at: int, taken: set[int], upto: int = 0) -> list[Span]:
        """The last force before the verb at `at`, or before `upto`, that is the subject of a verb, with no new
        statement between; one or none."""
        # The verb is of whatever kind: "the police broke up … and arrested".
        deed = self._reader.atoms(sentence, at)
        for k in range((upto or at) - 1, -1, -1):
            atoms = self._reader.atoms(sentence, k)
            if atoms & {"stop_sign", "scope_break"}:
                return []
            if k in taken or not self._may_act(sentence, k, deed):
                continue
            start = self._start(sentence, k)
            before: frozenset[str] = self._reader.atoms(sentence, start - 1) if start else OPENS
            if start and (before & _OBJECT or self._joined_to(sentence, start)):
                continue  # what a preposition leads is no subject, nor what an "and" joins to it
            if before & _JUDGES:
                return []
            if start and "noun" in before and before.isdisjoint({"verb", "def"}):
                continue  # "the dens of X": whose something is
            first = self._reader.atoms(sentence, start - 2) if start > 1 else OPENS
            verb = before.isdisjoint(LED | {"report_verb", "nominal", "def"}) or bool(before & _CARRIES)
            verb = verb and bool(first & OPENS or before & _CARRIES)
            return [(start, self._end(sentence, k, at))] if verb or before & _BEGINS else []
        return []

    def _joined_to(self, sentence: Sentence, at: int) -> bool:
        """Whether an "and" joins the body at `at` to another right before ("the army and the police")."""
        if at < 2 or "conj" not in self._reader.atoms(sentence, at - 1):
            return False
        other = self._reader.atoms(sentence, at - 2)
        return bool(other & {"actor", "org_noun", "person", "nationality"})

    def _may_act(self, sentence: Sentence, at: int, deed: frozenset[str]) -> bool:
        """Whether the word at `at` names a force, or people of whom the verb of the `deed` can be told."""
        atoms = self._reader.atoms(sentence, at)
        if {"person", "pl"} <= atoms and "actor" not in atoms:
            return ("def" in atoms and bool(atoms & ARMED)) or ("pl" in deed and "poss" not in atoms)
        if {"person", "sg"} <= atoms and "actor" not in atoms and {"sg", "active"} <= deed:
            before = self._reader.atoms(sentence, at - 1) if at else frozenset[str]()
            told = {"support_verb", "verb"} <= before and "acc" not in atoms
            alike = "poss" not in atoms and ("f" in deed) == ("f" in atoms)
            return alike and bool(told or atoms & ARMED or "bomber" in atoms)
        if "armed_body_noun" in atoms or ("group_word" in atoms and {"f", "sg"} <= deed):
            return True
        return bool(atoms & {"actor", "org_noun"}) and self._doers.acts(sentence, (at, at + 1))

    def _end(self, sentence: Sentence, at: int, stop: int) -> int:
        """Where the name of a body ends that begins at `at`: with what nation or town it is of."""
        end = at + 1
        town = "actor" not in self._reader.atoms(sentence, at)
        while end < stop:
            atoms = self._reader.atoms(sentence, end)
            if not atoms & {"nationality", "adjective"} and not (town and atoms & {"place", "capital"}):
                break
            end += 1
        return end

    def owner_before(self, sentence: Sentence, span: Span) -> Span:
        """The last body that acts before people called "its fighters", whose they are; `span` where there is none."""
        for k in range(span[0] - 1, max(-1, span[0] - 1 - _OWNED), -1):
            if "actor" in self._reader.atoms(sentence, k) and self._doers.acts(sentence, (k, k + 1)):
                return k, k + 1
        return span

    def has_clause(self, sentence: Sentence, span: Span, at: int) -> bool:
        """Whether the verb at `at` is in a clause about the people at `span` ("a man who killed", "X, who then shot"):
        those who were arrested, say, may have done it."""
        if span[1] > at:
            return False
        behind = self._reader.atoms_behind(sentence, span[1])
        if "relative" in behind or (
            "comma" in behind and "relative" in self._reader.atoms_behind(sentence, span[1] + 1)
        ):
            return True
        first = self._reader.atoms(sentence, span[0])
        told = at == span[1] and "person" in first and first.isdisjoint({"def", "poss", "proper", "pl"})
        return told and {"verb", "active"} <= behind and "f" not in behind

    def _start(self, sentence: Sentence, at: int) -> int:
        """Where the name of a body begins of which `at` tells whose it is ("a force of the army")."""
        if at and {"person", "pl", "constr"} <= self._reader.atoms(sentence, at - 1):
            return at - 1  # "the fighters of the brigade"
        if at < 2 or not self._reader.atoms(sentence, at - 1) & {"of", "prep_l"}:
            return at
        first = self._reader.atoms(sentence, at - 2)
        return at - 2 if first & {"org_noun", "collective"} and "actor" not in first else at
