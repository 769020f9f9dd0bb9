"""Whether one deed that a sentence tells goes on another, and whether words that name an agent are of the deed told."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from extractor.claims import Claim
from extractor.context.method_words import MethodMention
from extractor.context.methods import MethodFound
from extractor.match import Match, Told
from extractor.sentence import Sentence, SentenceReader

HURT: Final = frozenset({"killed", "wounded", "killed_or_wounded"})
# An attack that the sentence tells of is not what takes or frees people.
HELD: Final = frozenset({"detained", "released", "surrendered", "captured"})
_RELATIVE: Final = 2  # words between people and the verb of the clause that tells who harmed them
_SAME_ATTACK: Final = 6  # words between two words of method that can tell of one attack
_SHOT_IN_RAID: Final = {"shooting", "clash"}
_RAID: Final = 10  # the same where people are shot in a raid
_ONE_BREATH: Final = 4  # the same where the two are of different types
_ASCRIBED: Final = 4  # words from an attack to "which … put down to"
_JOINED: Final = 14  # words between two claims of one deed
_SAME_SUBJECT: Final = 30  # the same where both are active verbs of one gender, so that the subject can be one
_TOLL: Final = 3  # words behind a set that still tell of the toll: "dead and wounded"
_CARRIED: Final = 6  # words between a verb that carries an attack and its noun
_OF_NOBODY: Final = frozenset({"done_verb", "found_verb", "denier", "clause_open"})  # verbs that leave the doer out
_AT: Final = attrgetter("at")


class JoinedDeedReader:
    """Tells which deeds and which words of attack in a sentence are of one deed."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader
        self.breaks = reader.finder("scope_break", "stop_sign")  # where a sentence begins something new

    def goes_on(self, sentence: Sentence, told: Told, before: Told) -> bool:
        """Whether `told` is of the same deed as what stands before it: joined to it, with no new statement between."""
        if told.match is before.match:
            return True
        between = [self._reader.atoms(sentence, k) for k in range(before.match.end, told.match.at)]
        here, there = self._reader.atoms(sentence, told.match.at), self._reader.atoms(sentence, before.match.at)
        same_subject = {"verb", "active"} <= here & there and ("f" in here) == ("f" in there)
        also = same_subject and self.is_sure(here) and bool(between) and "also" in between[-1]
        if also:
            between[-1] = frozenset({"conj"})
        if len(between) > (_SAME_SUBJECT if same_subject else _JOINED) or any(
            a & {"report_verb", "scope_break", "stop_sign"} for a in between
        ):
            return False
        if any({"harm_verb", "active"} <= a for a in between):
            return False  # somebody else's deed stands between
        return any(a & {"conj", "conj_f"} for a in between)

    def turns(self, sentence: Sentence, told: Told, before: Told) -> bool:
        """Whether the clause turns from an arrest or a release to people who were killed, by whomever."""
        # "The court freed ten in the case of the blast in which thirty were killed."
        atoms = self._reader.atoms(sentence, told.match.at)
        freed = isinstance(before, Claim) and before.outcome in HELD
        hurt = isinstance(told, Claim) and told.outcome in HURT
        if hurt and self.is_execution(sentence, before) and not self.is_execution(sentence, told):
            return True
        return freed and hurt and "verb" in atoms and "passive" in atoms and "f" not in atoms

    def is_execution(self, sentence: Sentence, told: Told) -> bool:
        """Whether what is told is that somebody was put to death, or sentenced to it."""
        words = range(told.match.start, told.match.end)
        return any(("method", "execution") in r.attributes for k in words for r in self._reader.readings(sentence, k))

    def second_deed(self, sentence: Sentence, told: Told) -> bool:
        """Whether a deed told by a noun goes on one told before it ("managed to seize … and to arrest")."""
        at = told.match.at
        behind = [self._reader.atoms(sentence, k) for k in range(max(0, at - 3), at)]
        if "act_noun" not in self._reader.atoms(sentence, at) or any("relative" in atoms for atoms in behind):
            return False
        return any("conj" in atoms for atoms in behind)

    def is_elided(self, sentence: Sentence, told: Told) -> bool:
        """Whether the deed leaves its subject to the clause before: "and then killed", "and its arrest of"."""
        at = told.match.at
        atoms = self._reader.atoms(sentence, at)
        if "verb" in atoms and self._is_verb_elided(sentence, told, atoms):
            return True
        if ("verb" in atoms and "noun" not in atoms) or atoms.isdisjoint({"act_noun", "harm_noun"}):
            return False
        if {"act_noun", "poss"} <= atoms:
            return True
        for k in range(at - 1, max(0, at - 4), -1):
            if "support_verb" in self._reader.atoms(sentence, k):
                return bool(self._reader.atoms(sentence, k - 1) & {"conj", "conj_f", "then"})
        return False

    def _is_verb_elided(self, sentence: Sentence, told: Told, atoms: frozenset[str]) -> bool:
        """Whether the verb of a deed, of the `atoms` given, goes on the subject of a clause before it."""
        at = told.match.at
        before = self._reader.atoms(sentence, at - 1) if at else frozenset[str]()
        if "passive" in atoms and "nom" in self._reader.atoms_behind(sentence, at + 1):
            return False  # "and two women were killed"
        kin = told.span[0] == at + 1 and {"kin", "poss"} <= self._reader.atoms(sentence, at + 1)
        if kin and "active" in atoms and "obj" not in atoms:
            return bool(before & {"conj", "conj_f", "then", "clause_open"})  # "after he had killed his wife"
        if "noun" not in atoms:
            # What was burned is no "they": then these did it.
            things = isinstance(told, Claim) and told.kind == "materiel"
            sure = "obj" not in atoms and (self.is_sure(atoms) or ("pl" in atoms and things))
            return sure and bool(before & {"conj", "conj_f", "then", "comma"})
        joined = bool(before & {"conj", "conj_f"})
        return joined and (self._told_by(sentence, at) or self._has_object(sentence, told))

    def goes_on_speaker(self, sentence: Sentence, told: Told) -> bool:
        """Whether the subject that a deed leaves out can be whoever speaks: not where the verb may be passive."""
        atoms = self._reader.atoms(sentence, told.match.at)
        sure = "verb" not in atoms or "f" in atoms or "passive" not in atoms or "pl" in atoms
        return sure or "poss" in atoms or self._told_by(sentence, told.match.at)

    def _has_object(self, sentence: Sentence, told: Told) -> bool:
        """Whether the form of the victims tells that the verb right before them, which may be passive too, is none."""
        at = told.match.at
        if "active" not in self._reader.atoms(sentence, at) or told.span[0] != at + 1:
            return False
        victims = self._reader.atoms(sentence, at + 1)
        return "person" in victims and bool(victims & {"obl", "acc"}) and victims.isdisjoint({"nom", "def", "quantity"})

    def _told_by(self, sentence: Sentence, at: int) -> bool:
        """Whether the verb at `at`, which may be passive too, goes on what somebody says that he did: X announced that
        it foiled … and killed."""
        if "active" not in self._reader.atoms(sentence, at):
            return False
        for k in range(at - 2, max(0, at - _SAME_SUBJECT), -1):
            here = self._reader.atoms(sentence, k)
            if "that_it" in here:
                return self._reader.atoms(sentence, k + 1).isdisjoint(_OF_NOBODY)
            if here & {"stop_sign", "scope_break", "report_verb", "relative", "that"}:
                return False
        return False

    def verb_of(self, sentence: Sentence, told: Told) -> int | None:
        """The verb of a deed that leaves its subject to the clause before: itself, or what carries its noun."""
        at = told.match.at
        atoms = self._reader.atoms(sentence, at)
        if atoms & {"act_noun", "harm_noun"}:
            for k in range(at - 1, max(0, at - 4), -1):
                if {"support_verb", "verb"} <= self._reader.atoms(sentence, k):
                    return k
        return at if "verb" in atoms else None

    def same_breath(self, sentence: Sentence, told: Told, before: Told) -> bool:
        """Whether a deed told by a noun is joined to another noun of the same verb ("managed to kill …, to wound")."""
        here, there = self._reader.atoms(sentence, told.match.at), self._reader.atoms(sentence, before.match.at)
        joined = "conj" in self._reader.atoms(sentence, told.match.at - 1)
        return joined and "noun" in here & there and self.goes_on(sentence, told, before)

    def carried(self, sentence: Sentence, at: int) -> bool:
        """Whether the attack at `at` is what a verb before it tells that somebody did ("succeeded in bombing")."""
        if at == 0 or self._reader.atoms(sentence, at - 1).isdisjoint({"in", "prep_b", "of", "on"}):
            return False
        return any("support_verb" in self._reader.atoms(sentence, k) for k in range(max(0, at - _CARRIED), at - 1))

    @staticmethod
    def is_sure(verb: frozenset[str]) -> bool:
        """Whether a verb is surely active: one of a feminine subject tells no passive of men."""
        return "active" in verb and ("passive" not in verb or "f" in verb)

    def news(self, sentence: Sentence, told: Told) -> range:
        """The segments at which no break of the news parts what begins from what is told."""
        # Behind a colon a headline tells how many: "massacre by X: 30 dead".
        # So do the words that follow from what was told: "X shelled the town; which left 30 dead".
        at = told.match.at
        breaks = [
            k for k in self.breaks(sentence) if not self._leads_on(sentence, k) and not self._of_toll(sentence, k, told)
        ]
        first = bisect_left(breaks, at)
        return range(breaks[first - 1] + 1 if first else 0, breaks[first] + 1 if first < len(breaks) else len(sentence))

    def _of_toll(self, sentence: Sentence, at: int, told: Told) -> bool:
        """Whether the dots of a headline part nothing but the toll from what brought it about."""
        if "pause_sign" not in self._reader.atoms(sentence, at):
            return False
        start, end = min(told.match.start, told.span[0]), max(told.match.end, told.span[1])
        if at < start:
            return start - at <= _RELATIVE  # "X bombs a town.. five killed"
        # "Five killed.. X bombs a town".
        alone = start < _RELATIVE and at - end <= _TOLL
        return alone and "actor" in self._reader.atoms_behind(sentence, at + 1)

    def _leads_on(self, sentence: Sentence, at: int) -> bool:
        """Whether what stands behind a break goes on what stands before it."""
        here = self._reader.atoms(sentence, at)
        if "colon" in here:
            return True
        return "stop_sign" in here and "cause_behind" in self._reader.atoms_behind(sentence, at + 1)

    def of_victims(self, sentence: Sentence, match: Match, told: Told) -> bool:
        """Whether a match is the clause about the people told right before it, not a deed of its own."""
        between = range(told.span[1], match.at)
        if match.at == told.match.at and between:
            return True  # the deed told, whatever is said of the victims in brackets before it
        # "Ten, and the wounding of"; "the pupils, before the police killed him".
        joined = any(self._reader.atoms(sentence, k) & {"conj", "clause_open"} for k in between)
        return not joined and 0 <= match.at - told.span[1] <= _RELATIVE

    def attacks(self, sentence: Sentence, match: Match) -> bool:
        """Whether what is claimed is an attack: named behind the verb or the match, or meant by a pronoun."""
        words = self._words_of(sentence, match)
        return any(atoms & {"adopted_it", "attack_noun", "atrocity", "claimed_deed"} for atoms in words)

    def taken_up(self, sentence: Sentence, match: Match) -> bool:
        """Whether the attack that a match tells of is one told before: "the blast", not "of shelling a town"."""
        told = self._words_of(sentence, match)
        return any("def" in a and a & {"attack_noun", "atrocity", "claimed_deed"} for a in told)

    def _words_of(self, sentence: Sentence, match: Match) -> list[frozenset[str]]:
        """The words in which a match that claims an attack, or blames one on somebody, names it: behind its verb, or
        before "which they put down to"."""
        first = match.at
        if "ascribed" in self._reader.atoms(sentence, first):
            first = max(0, first - _ASCRIBED)
        words = range(first, min(len(sentence), match.end + _RELATIVE + 2))
        return [self._reader.atoms(sentence, k) for k in words]

    def no_weapon(self, sentence: Sentence, match: Match, mentions: Sequence[MethodMention]) -> bool:
        """Whether the word of attack in a match is none here: an aeroplane that carries people, a march, no drone."""
        weapon = self._reader.atoms(sentence, match.at) & {"weapon_noun", "strike_word"}
        return bool(weapon) and all(m.at != match.at for m in mentions)

    def of_other(self, sentence: Sentence, told: Told, match: Match, mentions: Sequence[MethodMention]) -> bool:
        """Whether the words are said of something else: of the victims' own arms, of another deed than that told."""
        if match.at in range(*told.span):
            return True
        atoms = self._reader.atoms(sentence, match.at)
        if match.rule.set.get("any") != "yes" and self.no_weapon(sentence, match, mentions):
            return bool(mentions) or "weapon_noun" not in atoms
        if "by" not in atoms:
            return False
        if match.at < told.match.at:
            return not any(0 < match.at - m.at <= _JOINED for m in mentions)
        between = (self._reader.atoms(sentence, k) for k in range(told.match.end, match.at))
        return any("verb" in atoms and not atoms & {"noun", "attack_verb", "auxiliary", "nominal"} for atoms in between)

    def told_again(self, match: Match, method: MethodFound | None, mentions: Sequence[MethodMention]) -> bool:
        """Whether the attack of the claim takes up the one that a match before it tells of ("X launched a raid upon …
        and the raid left")."""
        if method is None or match.at > method.at or "def" not in self._reader.atoms(method.sentence, method.at):
            return False
        near = [m for m in mentions if m.at <= match.end]
        return bool(near) and min(near, key=lambda m: abs(m.at - match.at)).type == method.type

    def elsewhere(
        self, sentence: Sentence, match: Match, method: MethodFound | None, mentions: Sequence[MethodMention]
    ) -> bool:
        """Whether the agent belongs to another attack of the sentence than the one of the claim."""
        if method is None:
            return False
        first = bisect_left(mentions, match.at, key=_AT)
        # The last one before it, and those within.
        near = mentions[max(0, first - 1) : bisect_right(mentions, match.end, key=_AT)]
        if not near:
            return False
        nearest = min(near, key=lambda m: abs(m.at - match.at))
        if abs(nearest.at - match.at) >= abs(method.at - match.at):
            return False
        if "claims" in match.rule.set and nearest.broad and "def" in self._reader.atoms(sentence, nearest.at):
            return nearest.at < method.at  # "the attack" is the one told before
        apart = abs(nearest.at - method.at)
        if {nearest.type, method.type} == _SHOT_IN_RAID:
            return apart > _RAID  # shot in clashes when the army entered
        return apart > _SAME_ATTACK or (nearest.type != method.type and apart > _ONE_BREATH)

    def after_another(self, sentence: Sentence, match: Match, told: Told) -> bool:
        """Whether what is told is of an attack after which the agent did what the match tells."""
        # "The army moved on X after an attack that left"; "were killed, the day after a blast that X claimed".
        if any("day_after" in self._reader.atoms(sentence, k) for k in range(told.match.end, match.at)):
            return "claims" in match.rule.set
        for k in range(match.end, told.match.at - 1):
            since = "place_since" in self._reader.atoms(sentence, k)
            words = (self._reader.atoms(sentence, n) for n in range(k + 1, k + 3))  # "a series of attacks"
            if since and any(atoms & {"attack_noun", "atrocity"} for atoms in words):
                return True
        return False

    def apart_from(self, sentence: Sentence, match: Match, told: Told) -> bool:
        """Whether an "and" joins the arrest or release told to words of who did something else."""
        # "Killed in an attack carried out by X, and the arrest of".
        at = told.match.at
        joined = match.end <= at and "conj" in self._reader.atoms(sentence, at - 1)
        return joined and "attack_noun" in self._reader.atoms(sentence, max(0, match.at - 1))
