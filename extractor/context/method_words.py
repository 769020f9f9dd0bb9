"""The words of method in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from extractor.sentence import Sentence, SentenceReader

_TELLERS: Final = frozenset({"attack_noun", "weapon_noun", "attack_verb", "strike_word"})
BREATH: Final = 4  # words between two words of method that are still said in one breath
_FIRE: Final = 10  # words in which what is opened or shot follows its verb
UPON: Final = 5  # words in which the target of an attack follows it
_NEAR: Final = 6  # words from an accident to the car or the road that tells of what kind it was
CHARGE: Final = 6  # words behind a charge ("accused of") in which a word of method belongs to the charge
_ARMED: Final = frozenset({"shelling", "rocket", "airstrike", "clash", "drone", "shooting"})
APART: Final = frozenset({"stop_sign", "comma", "scope_break", "method_apart", "new_cause"})
BOMBS: Final = frozenset({"car_bomb", "ied", "suicide_bombing", "explosion"})
_SUDDEN: Final = BOMBS | {"assassination", "execution"}  # since these, and not in their course


class MethodMention(NamedTuple):
    """A word that tells of a method; `weak` and `broad` as the vocabulary explains them."""

    at: int
    type: str
    weak: bool = False
    broad: bool = False
    charged: bool = False  # what somebody is accused of
    lone: bool = False  # it tells only where no other word of method does


class MethodWords:
    """Finds the words that tell of a method."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader
        self._telling = reader.finder(*_TELLERS, "charge_word", "clause_end")

    def __call__(self, sentence: Sentence) -> list[MethodMention]:
        """Every method word of a sentence, in order; those in a charge ("accused of the attack") are marked."""
        out: list[MethodMention] = []
        charged = -1
        for at in self._telling(sentence):
            atoms = self._reader.atoms(sentence, at)
            if "charge_word" in atoms:
                charged = at + CHARGE
            elif "clause_end" in atoms:
                charged = -1
            if (mention := self._mention(sentence, at)) is not None:
                before = self._reader.atoms(sentence, at - 1) if at else frozenset[str]()
                in_charge = at <= charged and atoms.isdisjoint({"attack_verb", "weak_assault_verb"})
                in_charge = in_charge or bool(before & {"condemn_verb", "charge_word"})
                out.append(mention._replace(charged=True) if in_charge else mention)
        alone = all(m.lone for m in out)
        return [m for m in out if (alone or not m.lone) and (not m.weak or self._beside_attack(out, m))]

    def _mention(self, sentence: Sentence, at: int) -> MethodMention | None:
        plain: MethodMention | None = None
        for reading in self._reader.readings(sentence, at):
            if reading.atoms.isdisjoint(_TELLERS):
                continue
            attributes = dict(reading.attributes)
            if (
                "method" not in attributes
                or not self._in_company(sentence, at, attributes)
                or self._owner(sentence, at)
            ):
                continue
            broad = "broad" in attributes and not self._upon(sentence, at)
            weak, lone = "weak" in attributes, "lone" in attributes
            mention = MethodMention(at, attributes["method"], weak, broad, lone=lone)
            if "followed" in attributes:
                return mention  # what stands behind it says more than the word by itself: "the coalition's shelling"
            plain = plain or mention
        return plain

    def _owner(self, sentence: Sentence, at: int) -> bool:
        """Whether what is told is whose it is: an aeroplane that belongs to the air force."""
        led = at > 1 and "prep_l" in self._reader.atoms(sentence, at - 1)
        return led and "owned_by" in self._reader.atoms(sentence, at - 2)

    def _upon(self, sentence: Sentence, at: int) -> bool:
        """Whether the attack is one upon a place or a force ("an attack … on the base"), which is fighting."""
        for k in range(at + 1, min(len(sentence), at + 1 + UPON)):
            atoms = self._reader.atoms(sentence, k)
            if "on" in atoms:
                return True
            if atoms & APART:
                return False
        return False

    def _in_company(self, sentence: Sentence, at: int, attributes: Mapping[str, str]) -> bool:
        """Whether a word that tells of a method only in company has it: one some words before it ("opened … fire"),
        one right before it ("targeted by a drone") or right behind it ("an American strike")."""
        beside, behind, followed = (attributes.get(k) for k in ("beside", "behind", "followed"))
        if beside and not any(beside in self._reader.atoms(sentence, k) for k in range(max(0, at - _FIRE), at)):
            return False
        if behind:
            # "in 12 operations": how many may stand between.
            first = at - 2 if at > 1 and "quantity" in self._reader.atoms(sentence, at - 1) else at - 1
            if first < 0 or behind not in self._reader.atoms(sentence, first):
                return False
        near, unless = attributes.get("near"), attributes.get("unless")
        around = range(max(0, at - _NEAR), min(len(sentence), at + _NEAR + 1))
        if near and not any(near in self._reader.atoms(sentence, k) for k in around):
            return False
        # Suffocated by tear gas, not by smoke; the commandos that are called after the thunderbolt.
        if unless and any(unless in self._reader.atoms(sentence, k) for k in around if k != at):
            return False
        if at and self._undone(self._reader.atoms(sentence, at - 1), attributes["method"]):
            return False
        return not followed or (at + 1 < len(sentence) and followed in self._reader.atoms(sentence, at + 1))

    @staticmethod
    def _undone(before: frozenset[str], method: str) -> bool:
        """Whether the word `before` a word of method makes it tell of none here."""
        if "time_from" in before and method in _SUDDEN:
            return True  # "38 dead since the assassination": a time
        # He was shot before he could blow himself up; the penalty of death.
        return (method == "suicide_bombing" and "forestalled" in before) or (
            method == "execution" and "penalty_word" in before
        )

    @staticmethod
    def _beside_attack(mentions: Sequence[MethodMention], weak: MethodMention) -> bool:
        """Whether an aeroplane or a pistol stands beside a word of attack, which makes it the weapon."""
        near = [m for m in mentions if m is not weak and not m.weak and abs(m.at - weak.at) <= BREATH + 1]
        return any(m.type in _ARMED for m in near)
