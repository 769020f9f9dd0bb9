"""What tells of a span of words whether it can be a doer: what body it names, and how it stands to its verb."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from extractor.context.sides import SideReader
from extractor.match import Match, Span
from extractor.rules.lexicon import ARMED
from extractor.sentence import Sentence, SentenceReader

# Kinds of bodies that do harm or arrest; a monitor or a newspaper that says "the killing of" tells of others.
_ACTING: Final = frozenset(
    {"state_military", "coalition", "police", "security", "armed_group", "militia", "government", "judiciary"}
)
_OF_STATE: Final = frozenset({"state_military", "police", "security"})
# Kinds that kill and wound nobody.
_HELPING: Final = frozenset({"civil_defence", "medical", "monitor", "ngo", "media"})
_BODIES: Final = frozenset({"actor", "org_noun", "anaphor", "collective", "quote", "group_nisba", "pl"})
_SPOKEN: Final = frozenset({"source_noun", "statement_noun", "communique", "figures_noun"})
_PLACES: Final = frozenset({"country", "capital"})
_WITH: Final = 2  # words between a subject and another that did it with him
_HEDGE: Final = 5  # words before an agent in which a hedge ("believed to") is about the agent
OPENS: Final = frozenset(
    {
        "stop_sign",
        "comma",
        "colon",
        "dash",
        "conj",
        "that",
        "quote",
        "report_verb",
        "support_verb",
        "by",
        "blame_verb",
        "blamed_on",
        "launch_verb",
        "harm_verb",
        "carried_out",
        "prep_l",
        "attack_noun",
    }
)
LED: Final = frozenset({"in", "of", "to", "on", "prep_b", "prep_l", "about", "direction", "near", "governs"})
_CAUSES: Final = frozenset({"because", "cause_of", "during_word", "in", "governs"})
# Verbs behind whose subject stands what is announced or condemned, as a noun.
_SAYS: Final = frozenset({"report_verb", "condemn_verb", "stance_verb"})
# What cannot stand between a subject and its verb.
_BETWEEN: Final = frozenset(
    {"attack_noun", "accused_of", "conj", "conj_f", "scope_break", "clause_open", "condemn_verb", "stance_verb"}
)


class DoerReader:
    """Tells of spans of words whether they can be doers."""

    def __init__(
        self, reader: SentenceReader, identities: Mapping[str, tuple[str, ...]], actors: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._reader = reader
        self.sides = SideReader(reader, identities, actors)

    def acts(self, sentence: Sentence, span: Span) -> bool:
        """Whether the body named can have done it itself: an army or a police, not a monitor or a paper."""
        if self.sides.kinds(sentence, span) & _ACTING:
            return True
        atoms = self._reader.atoms(sentence, span[0])
        if atoms & _PLACES:
            return True
        return bool(atoms & {"org_noun"} and atoms & {"police", "military", "militant"})

    def body_of(self, sentence: Sentence, span: Span) -> Span:
        """The body of a source that is a statement or a spokesman of it: who spoke did it, not the statement."""
        first = self._reader.atoms(sentence, span[0])
        if first.isdisjoint(_SPOKEN) or "actor" in first:
            return span
        start = next((k for k in range(*span) if self._reader.atoms(sentence, k) & {"actor", "org_noun"}), None)
        if start is None:
            return span
        end = start + 1
        while end < span[1] and "nationality" in self._reader.atoms(sentence, end):
            end += 1
        return start, end

    @staticmethod
    def armed(atoms: frozenset[str]) -> bool:
        """Whether a word names a body or definite fighters, not what an attack is like ("a security raid")."""
        if "adjective" in atoms and atoms.isdisjoint({"actor", "group_nisba"}) and not {"person", "pl"} <= atoms:
            return False
        return bool(atoms & _BODIES) or ("def" in atoms and bool(atoms & ARMED))

    def helps(self, sentence: Sentence, span: Span) -> bool:
        """Whether the body named is one that counts the dead or helps the wounded."""
        kinds = self.sides.kinds(sentence, span)
        return bool(kinds) and kinds <= _HELPING

    def is_such(self, sentence: Sentence, span: Span, who: str | None) -> bool:
        """Whether the body named is of the kind that a rule asks for: one that acts, an armed one, a fighter."""
        atoms = self._reader.atoms(sentence, span[0])
        if who == "state":
            kinds = self.sides.kinds(sentence, span)
            return bool(kinds & (_OF_STATE | {"government"})) or {"org_noun", "police"} <= atoms
        if who == "force":
            return not atoms.isdisjoint(ARMED | {"actor", "bomber", "enemy", "masked", "weapon_noun"})
        return (who != "actor" or self.acts(sentence, span)) and (who != "armed" or self.armed(atoms))

    def does(self, sentence: Sentence, match: Match, span: Span) -> bool:
        """Whether an agent is the subject of its verb, and a body that acts where the rule asks for one."""
        acts = match.rule.set.get("who") != "actor" or self.acts(sentence, span)
        return acts and self.is_subject(sentence, match, span)

    def is_subject(self, sentence: Sentence, match: Match, span: Span) -> bool:
        """Whether an agent can be the subject of its verb: no preposition leads it, no other subject follows it."""
        if span[0] > 0 and match.rule.set.get("free") != "yes" and self._led(sentence, match, span):
            return False
        if span[0] > match.at or match.rule.set.get("over") == "that":
            return True
        if not self._agrees(sentence, match, span):
            return False
        # Behind its verb the subject is sure; what brought it about may follow ("the army managed, after an ambush").
        free, cause = match.rule.set.get("free") == "yes", frozenset[str]()
        for at in range(span[1], match.at):
            atoms = self._reader.atoms(sentence, at)
            if (
                free
                and at - span[1] < _WITH
                and "conj" in atoms
                and self._reader.atoms(sentence, at + 1) & {"actor", "org_noun"}
            ):
                continue  # "the militias and the forces that are loyal to them"
            upon = free and bool(cause & {"because", "during_word"})
            if atoms & (_BETWEEN - {"attack_noun"} if upon else _BETWEEN):
                return False
            if "that" in atoms and "that_it" not in atoms:
                return False
            cause = atoms
        return True

    def _agrees(self, sentence: Sentence, match: Match, span: Span) -> bool:
        """Whether a verb can be that of the subject before it, by number and gender."""
        agent, verb = self._reader.atoms(sentence, span[0]), self._reader.atoms(sentence, match.at)
        if agent & _PLACES and "actor" not in agent and "pl" in verb | self._carrier(sentence, span, match):
            return False  # "who accuse Turkey caused": a country is no "they"
        people = {"person", "pl"} <= agent and not agent & {"actor", "f", "weapon_noun", "item", "collective"}
        if not people or "pl" in verb or "verb" not in verb:
            return True
        # People are no "she": the verb goes on an earlier subject. Nor "he": what stands behind was killed.
        return "f" not in verb and ("sg" not in verb or bool(self._carrier(sentence, span, match)))

    def is_noun(self, sentence: Sentence, match: Match, span: Span) -> bool:
        """Whether the verb of a body before it is a noun that a preposition leads ("civilians, after shelling by")."""
        if span[1] >= match.at:
            return False
        before = self._reader.atoms(sentence, match.at - 1)
        return "noun" in self._reader.atoms(sentence, match.at) and bool(before & _CAUSES)

    def is_led_person(self, sentence: Sentence, match: Match, span: Span) -> bool:
        """Whether one person stands before a verb that is not his ("the government, represented by X, launched")."""
        if span[1] > match.at or span[0] == 0:
            return False
        atoms = self._reader.atoms(sentence, span[0])
        led = bool(self._reader.atoms(sentence, span[0] - 1) & LED)
        return led and not atoms & {"actor", "pl", "du"} and bool(atoms & {"title", "proper", "def"})

    def unquoted(self, sentence: Sentence, span: Span) -> Span:
        """A span without a quotation mark that opens before it and closes behind it."""
        first, last = self._reader.atoms(sentence, span[0]), self._reader.atoms(sentence, span[1] - 1)
        alone = "quote" in first and "quote" not in last and span[1] - span[0] > 1
        return (span[0] + 1, span[1]) if alone else span

    def _led(self, sentence: Sentence, match: Match, span: Span) -> bool:
        """Whether the word before a body tells that it is not the subject of what stands behind."""
        before = self._reader.atoms(sentence, span[0] - 1)
        if before & _SAYS and "act_noun" in self._reader.atoms(sentence, match.at) and not match.rule.set.get("who"):
            return True  # "The army announced killing …": what could be the verb is the noun that is announced
        if "report_verb" in before and not self.acts(sentence, span):
            between = (self._reader.atoms(sentence, k) for k in range(span[1], match.at))
            if any("that_it" in atoms for atoms in between):
                return True  # "officials said that it killed"
        if before.isdisjoint(LED):
            return False
        # "Between the youths who burned": whatever leads the people does not lead their verb.
        place = self._reader.atoms(sentence, span[0]) & _PLACES
        return bool(place) or "relative" not in self._reader.atoms_behind(sentence, span[1])

    def _carrier(self, sentence: Sentence, span: Span, match: Match) -> frozenset[str]:
        """The atoms of the verb between an agent and the noun of its deed ("caused the killing of")."""
        words = (self._reader.atoms(sentence, at) for at in range(span[1], match.at))
        return next((atoms for atoms in words if {"support_verb", "verb"} <= atoms), frozenset())

    def acting(self, sentence: Sentence, matches: Sequence[Match], taken: Collection[int]) -> list[Match]:
        """The matches but those whose agent follows a verb that another, none of `taken`, stands right before."""
        # "Gunmen attacked the patrol": what stands behind the verb is not its subject.
        spans = ((m.at, span) for m in matches for span in m.captures.get("agent", ())[-1:])
        led = {
            at
            for at, span in spans
            if span[1] == at
            and span[0] not in taken
            and not (span[0] and self._reader.atoms(sentence, span[0] - 1) & LED)
            and "quote" not in self._reader.atoms(sentence, span[1] - 1)
        }
        if not led:
            return list(matches)
        return [
            m
            for m in matches
            if m.at not in led
            or "binds" in m.rule.set
            or "any" in m.rule.set
            or all(span[0] < m.at for span in m.captures.get("agent", ())[-1:])
        ]

    def follows_from(self, sentence: Sentence, span: Span) -> bool:
        """Whether a preposition tells that the attack is somebody's ("shots from a driver")."""
        atoms = self._reader.atoms(sentence, span[0])
        led = span[0] and self._reader.atoms(sentence, span[0] - 1) & {"of", "prep_l"}
        return bool(led) and "person" in atoms and "adjective" not in atoms

    def backs(self, sentence: Sentence, span: Span) -> bool:
        """Whether a nationality tells by whom a body is backed ("the council backed by the Emirates")."""
        if (
            span[0] == 0
            or span[1] - span[0] != 1
            or not {"nationality", "acc"} <= self._reader.atoms(sentence, span[0])
        ):
            return False
        return "def" in self._reader.atoms(sentence, span[0] - 1)

    def is_label(self, sentence: Sentence, span: Span, *, blamed: bool = False) -> bool:
        """Whether a country or a capital stands as a label or as what was left, not where a subject begins; one that
        is `blamed` follows whoever blames it."""
        atoms = self._reader.atoms(sentence, span[0])
        if blamed or atoms.isdisjoint(_PLACES) or "actor" in atoms:
            return False
        before = self._reader.atoms(sentence, span[0] - 1) if span[0] else frozenset({"stop_sign"})
        after = self._reader.atoms_behind(sentence, span[1])
        return before.isdisjoint(OPENS) or bool(after & {"comma", "colon", "dash"})

    def tells(self, sentence: Sentence, span: Span, at: int) -> bool:
        """Whether a body that does no harm announces the deed at `at` as a noun ("X confirmed the abduction of")."""
        said = span[0] and span[1] <= at and "report_verb" in self._reader.atoms(sentence, span[0] - 1)
        return bool(said) and "act_noun" in self._reader.atoms(sentence, at) and not self.acts(sentence, span)

    def is_scene(self, sentence: Sentence, span: Span) -> bool:
        """Whether a country or a capital stands behind a preposition: where it happened ("in the south of X")."""
        atoms = self._reader.atoms(sentence, span[0])
        if atoms.isdisjoint(_PLACES) or "actor" in atoms:
            return False
        return bool(span[0] and self._reader.atoms(sentence, span[0] - 1) & LED)

    def is_weapon(self, sentence: Sentence, span: Span) -> bool:
        """Whether the words name an attack, shells, rockets or guns; aircraft stand for whoever flies them."""
        atoms = self._reader.atoms(sentence, span[0])
        if not atoms.isdisjoint({"actor", "bomber"}):
            return False
        mere_arms = "weapon_noun" in atoms and not atoms & {"airstrike", "drone"}
        return "attack_noun" in atoms or (mere_arms and span[1] - span[0] == 1)

    def certainty(self, sentence: Sentence, span: Span, given: str | None) -> str:
        """How certain it is said to be that the agent did it: as the rule says (`given`), or by a hedge before it."""
        if given:
            return given
        for at in range(span[0] - 1, max(-1, span[0] - 1 - _HEDGE), -1):
            for reading in self._reader.readings(sentence, at):
                attributes = dict(reading.attributes) if "cue" in reading.atoms else {}
                needs = attributes.get("needs")
                if attributes.get("cue_kind") == "hedged" and (
                    needs is None or needs in self._reader.atoms_behind(sentence, at + 1)
                ):
                    return "hedged"
            if self._reader.atoms(sentence, at) & {"clause_end", "report_verb"}:
                break
        return "stated"
