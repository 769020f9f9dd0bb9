"""By what means: which of the words of method in a sentence a claim is told with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from extractor.claims import Claim
from extractor.context.method_words import APART, BOMBS, BREATH, CHARGE, UPON, MethodMention, MethodWords
from extractor.match import Told
from extractor.sentence import Sentence, SentenceReader

# How much each method says of itself: among words said in one breath the most telling is taken.
_TELLING: Final = {
    "clash": 1,
    "explosion": 2,
    "disaster": 5,
    "shelling": 3,
    "shooting": 3,
    "accident": 4,
    "rocket": 4,
    "assassination": 4,
    "airstrike": 5,
    "disease": 5,
    "stabbing": 5,
    "drone": 6,
    "ied": 6,
    "car_bomb": 7,
    "chemical": 7,
    "execution": 7,
    "suicide_bombing": 8,
}
_LED: Final = 8  # words by which a word of cause brings what it leads in nearer
# Outcomes that are not brought about by the means of an attack which the sentence tells of as well.
_HELD: Final = frozenset({"detained", "released", "surrendered", "seized"})
# Means that an assassination or a killing by name can be told with more closely.
_CLOSER: Final = frozenset(
    {"car_bomb", "ied", "explosion", "suicide_bombing", "airstrike", "drone", "shelling", "rocket", "stabbing"}
)
_SAYS_LITTLE: Final = 2
_FLOWN: Final = frozenset({"airstrike", "drone"})
_NEW: Final = frozenset({"scope_break", "stop_sign"})
MISHAPS: Final = frozenset({"accident", "disaster", "disease"})
_FINAL: Final = frozenset({"abduction", "execution"})


class MethodFound(NamedTuple):
    """The mention taken for a claim, in its sentence."""

    sentence: Sentence
    at: int
    type: str
    broad: bool = False
    lone: bool = False


class MethodReader:
    """Chooses methods for claims and events."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader
        self.mentions = MethodWords(reader)  # finds every word of method of a sentence

    def implied(self, sentence: Sentence, claim: Claim) -> MethodFound | None:
        """The method that the trigger itself implies (an assassination, an abduction)."""
        for reading in self._reader.readings(sentence, claim.match.at):
            attributes = dict(reading.attributes)
            if "method" in attributes and ("thing_outcome" if claim.kind == "materiel" else "outcome") in attributes:
                method = attributes["method"]
                # A house that collapsed: by itself, if nothing else is told.
                return MethodFound(
                    sentence, claim.match.at, method, lone=claim.kind == "materiel" and method == "accident"
                )
        return None

    def method(self, sentence: Sentence, claim: Claim, mentions: Sequence[MethodMention]) -> MethodFound | None:
        """The method of `claim`: what its trigger implies, or the words of method that it is told with."""
        implied = self.implied(sentence, claim)
        if claim.outcome == "abducted":
            return implied or MethodFound(sentence, claim.match.at, "abduction")  # by whatever words
        if (implied is not None and implied.type in _FINAL) or claim.outcome in _HELD:
            return implied
        caused = claim.cumulative or self._caused(sentence, claim)
        accused = self._in_charge(sentence, claim)
        own = [
            m
            for m in mentions
            if m.at not in range(*claim.span)
            and m.at != claim.match.at
            and (not m.charged or (accused and m.at > claim.match.at) or (caused and m.at < claim.match.at))
        ]
        if claim.cumulative and self._since(sentence, claim):
            own = [m for m in own if m.type in MISHAPS or m.at >= claim.match.start]
        group = self._nearest(sentence, claim, own, caused=caused)
        if not group:
            return implied
        best = self._meant(sentence, self.most_telling(group), own)
        if implied is not None and best.type not in _CLOSER:
            # A house that fell in an earthquake, people who drowned in a flood.
            brought = implied.type == "accident" and best.type == "disaster" and best.at > claim.match.at
            return MethodFound(sentence, best.at, best.type) if brought else implied
        return MethodFound(sentence, best.at, best.type, best.broad, best.lone)

    def _since(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether a toll is counted from a day on ("so that 103 have died since the coup"): what killed the last of
        them did not kill all."""
        near = range(claim.match.start, min(len(sentence), claim.match.end + BREATH))
        return any("time_from" in self._reader.atoms(sentence, k) for k in near)

    def _in_charge(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether the claim is what somebody is charged with ("accused of killing X by shooting him")."""
        near = range(max(0, claim.match.at - CHARGE), claim.match.at)
        return any("charge_word" in self._reader.atoms(sentence, k) for k in near)

    def _meant(self, sentence: Sentence, best: MethodMention, mentions: Sequence[MethodMention]) -> MethodMention:
        """The aircraft that "the shelling" takes up again ("jets shelled the town … and the shelling left")."""
        if (
            best.type != "shelling"
            or " " in sentence.words[best.at]
            or "def" not in self._reader.atoms(sentence, best.at)
        ):
            return best
        told = [m for m in mentions if m.at < best.at and m.type == "shelling"]
        for mention in mentions:
            if mention.type in _FLOWN and any(0 < abs(m.at - mention.at) <= BREATH for m in told):
                return mention
        return best

    @staticmethod
    def most_telling(mentions: Sequence[MethodMention]) -> MethodMention:
        """The mention that says most of the means."""
        return max(mentions, key=lambda m: (not m.broad, _TELLING.get(m.type, 4), -m.at))

    def of_event(
        self, sentence: Sentence, event: Told, own: str | None, mentions: Sequence[MethodMention]
    ) -> MethodFound | None:
        """The method of an event whose own word says `own`: that one, unless it says little ("an attack") and a word
        said in one breath with it says more."""
        here = MethodFound(sentence, event.match.at, own) if own else None
        if own == "shelling":
            flown = [m for m in mentions if m.type in _FLOWN and 0 < abs(m.at - event.match.at) <= BREATH]
            if flown and self._one_breath(sentence, *sorted((event.match.at, flown[0].at))):
                return MethodFound(sentence, flown[0].at, flown[0].type)
            return here
        if own is not None and _TELLING.get(own, 5) > _SAYS_LITTLE:
            return here
        near = [
            m
            for m in mentions
            if m.at != event.match.at
            and not m.charged
            and abs(m.at - event.match.at) <= BREATH + 4
            and _TELLING.get(m.type, 5) > _SAYS_LITTLE
            and m.type not in MISHAPS
            and not any("clause_end" in self._reader.atoms(sentence, k) for k in range(*sorted((m.at, event.match.at))))
        ]
        if not near:
            return here
        best = min(near, key=lambda m: abs(m.at - event.match.at))
        return MethodFound(sentence, best.at, best.type)

    def _nearest(
        self, sentence: Sentence, claim: Claim, mentions: Sequence[MethodMention], *, caused: bool
    ) -> list[MethodMention]:
        """The words of method said in one breath that stand best to the claim."""
        trigger, end = claim.match.at, claim.match.end
        told = self._reader.atoms(sentence, trigger)
        deed = "verb" in told and "active" in told and ("f" in told or "passive" not in told)
        ranked: list[tuple[int, bool, int, list[MethodMention]]] = []
        breaks, led, at, most = 0, False, end, len(sentence)
        for group in self._groups(sentence, mentions, trigger):
            first = group[0].at
            if first <= trigger:
                low, high = group[-1].at, min(trigger, claim.span[0])
                parted, words = self._breaks(sentence, low, high), high - low
                # The means that kill are told before the verb, as its subject, or behind it.
                subject = deed and not parted and words <= UPON
                ranked.append((parted, not (caused or subject), words, group))
                continue
            words = first - end
            between = [self._reader.atoms(sentence, k) for k in range(at, first)]
            if words - _LED >= most or any("method_apart" in atoms for atoms in between[-BREATH:]):
                break  # nor does any farther on
            breaks += sum(not atoms.isdisjoint(_NEW) for atoms in between)
            # "as a result of the fire": what a word of cause leads in is said of the claim, how far it stands.
            led = led or any("cause_ahead" in atoms for atoms in between)
            ranked.append((breaks, caused, words - (_LED if led else 0), group))
            most, at = min(most, ranked[-1][2]), max(at, first)
        return min(ranked, key=lambda r: r[:3])[3] if ranked else []

    def _groups(
        self, sentence: Sentence, mentions: Sequence[MethodMention], trigger: int
    ) -> Iterator[list[MethodMention]]:
        """The words of method said in one breath: those last before `trigger`, which stand best of those before it,
        with fewer words and no more breaks between, then those behind it, the nearest first."""
        start = max(0, sum(m.at <= trigger for m in mentions) - 1)
        while start and self._joined(sentence, mentions, start):
            start -= 1
        group = list(mentions[start : start + 1])
        for number in range(start + 1, len(mentions)):
            if not self._joined(sentence, mentions, number):
                yield group
                group = []
            group.append(mentions[number])
        if group:
            yield group

    def _joined(self, sentence: Sentence, mentions: Sequence[MethodMention], number: int) -> bool:
        """Whether a word of method is said in one breath with the one before it."""
        before, mention = mentions[number - 1 : number + 1]
        if self._one_breath(sentence, before.at, mention.at):
            return True
        if "attack_verb" not in self._reader.atoms(sentence, mention.at):
            return False
        following = mentions[number + 1] if number + 1 < len(mentions) else None
        if following is not None and following.at - mention.at <= BREATH and following.type in BOMBS:
            return False
        return self._its_subject(sentence, before, mention)

    def _its_subject(self, sentence: Sentence, bomb: MethodMention, verb: MethodMention) -> bool:
        """Whether a bomb told before "went off" is what went off, however much is said of where it stood."""
        if verb.type != "explosion" or bomb.type not in BOMBS:
            return False
        return not any("stop_sign" in self._reader.atoms(sentence, k) for k in range(bomb.at, verb.at))

    def _one_breath(self, sentence: Sentence, one: int, other: int) -> bool:
        if other - one > BREATH:
            return False
        return not any(self._reader.atoms(sentence, k) & APART for k in range(one, other))

    def _breaks(self, sentence: Sentence, low: int, high: int) -> int:
        """How many breaks of the news stand between two segments."""
        return sum(not self._reader.atoms(sentence, k).isdisjoint(_NEW) for k in range(low, high))

    def _caused(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether a word of cause leads in the claim ("which left three dead"), so that the means stand before it."""
        first = min(claim.match.at, claim.span[0])
        for at in range(claim.match.at, max(-1, first - 6), -1):
            atoms = self._reader.atoms(sentence, at)
            if atoms & {"cause_behind", "result_past"}:
                return True
            if at < first and atoms & {"clause_end", "scope_break"}:
                return False
        return False
