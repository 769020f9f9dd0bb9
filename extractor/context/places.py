"""Where it happened: one place chosen for each claim among those that its sentence names."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from itertools import pairwise
from typing import Final

from extractor.context.gazetteer import Around, Gazetteer
from extractor.context.mentions import MentionReader
from extractor.context.place_bounds import is_aside, is_charged, is_later, is_of_era, is_punished, total_at
from extractor.context.place_chains import finest
from extractor.context.place_costs import CARE, LED, MOST, cost_of
from extractor.context.place_mention import FINENESS, PlaceMention
from extractor.context.place_words import is_scene, is_spoken
from extractor.match import Told
from extractor.sentence import Sentence

# What an opening sentence has that tells of an attack, a mishap or its victims.
_HAPPENINGS: Final = frozenset(
    {"attack_noun", "mishap_noun", "harm_noun", "harm_verb", "casualty_noun", "weapon_noun", "place_event", "fled_from"}
    | {"medical", "civil_defence", "armed_group", "militant", "fighter", "protest_event", "protester"}
)
# What "the" makes one that was told before.
_KNOWN: Final = frozenset({"attack_noun", "mishap_noun", "place_event", "casualty_noun"})
_OPENS: Final = 2  # at most so many segments before a place that a sentence opens with
_WITHIN: Final = 10.0  # the most that a finer place may cost beside one that the sentence opens with
_POINTERS: Final = frozenset({"city", "town", "village", "governorate", "province", "district", "camp", "subdistrict"})
_POINTING: Final = 16  # segments from a claim to "in the city"
_ALIKE: Final = 1.5  # in fineness
_LINK: Final = 6  # at most this many segments from a place to the larger place around it


class PlaceReader:
    """Chooses a place for a claim. Holds the vocabulary and nothing of any text."""

    def __init__(self, mentions: MentionReader, gazetteer: Gazetteer) -> None:
        self._mentions = mentions
        self._gazetteer = gazetteer

    @property
    def gazetteer(self) -> Gazetteer:
        """What is known of the places."""
        return self._gazetteer

    def atoms(self, sentence: Sentence) -> Sequence[frozenset[str]]:
        """The atoms of all readings of each segment."""
        return self._mentions.atoms(sentence)

    def mentions(self, sentence: Sentence) -> list[PlaceMention]:
        """Every place named in the sentence, each with the places around it that the text names beside it."""
        found = self._mentions.mentions(sentence)
        if found:
            atoms = self._mentions.atoms(sentence)
            for one, other in pairwise(found):
                if self._linked(atoms, one, other):
                    one.chain = [other]
        return found

    def _linked(self, atoms: Sequence[frozenset[str]], one: PlaceMention, other: PlaceMention) -> bool:
        """Whether `other` goes on `one`: in X in the south of Y; X (north of Y)."""
        between = range(one.span[1], other.span[0])
        if len(between) > _LINK or other.tag:
            return False
        return all(
            atoms[at]
            & {"in", "prep_b", "prep_l", "open_bracket", "close_bracket", "comma", "nationality", "place_link", "quote",
               "dash", "ordinal", "of", "to", "direction", "place_type", "among", "of_them", "adjective"}
            for at in between
        )  # fmt: skip

    def place(
        self,
        sentence: Sentence,
        claim: Told,
        mentions: Sequence[PlaceMention],
        taken: Collection[int],
        triggers: Set[int],
        around: Around,
    ) -> PlaceMention | None:
        """The place of `claim`; words in `taken` are those of its sources, `triggers` those of
        all claims; `around` as in `facts`."""
        if not mentions:
            return None
        atoms = self._mentions.atoms(sentence)
        best: PlaceMention | None = None
        most, at = MOST, claim.match.at
        linked = {id(other) for m in mentions for other in m.chain}
        # The nearest first, so that those far off are soon seen to cost more; of two that cost the same the first one.
        for mention in sorted(mentions, key=lambda m: abs(m.name - at)):
            if mention.weak and not self._gazetteer.is_likely(mention, around):
                continue
            cost = cost_of(atoms, claim, mention, taken, triggers, most)
            if id(mention) in linked and mention.led == "in":
                cost += 1.0
            if cost < most or (cost == most and (best is None or mention.span < best.span)):
                best, most = mention, cost
        if best is None:
            best = self._scene(atoms, claim, mentions, taken, triggers, around)
        if best is None:
            best = self._pointed_at(sentence, atoms, at, mentions)
            return best if best is None else finest(best, mentions)
        if (best.span[0] <= _OPENS and best.led == "in") or best.fineness >= FINENESS["governorate"]:
            best = self._within(atoms, claim, best, mentions, taken, triggers)
        return finest(best, mentions)

    def _scene(
        self,
        atoms: Sequence[frozenset[str]],
        claim: Told,
        mentions: Sequence[PlaceMention],
        taken: Collection[int],
        triggers: Set[int],
        around: Around,
    ) -> PlaceMention | None:
        """The place where something happened that a claim farther on is of: fights in X, and he added that ten died."""
        best: PlaceMention | None = None
        most = MOST
        for mention in reversed(mentions):
            if mention.weak and not self._gazetteer.is_likely(mention, around):
                continue
            if mention.led not in ("in", "target") or mention.anaphoric or not is_scene(atoms, mention):
                continue
            cost = cost_of(atoms, claim, mention, taken, triggers, most, scene=True)
            if cost < most:
                best, most = mention, cost
        return best

    @staticmethod
    def _within(
        atoms: Sequence[frozenset[str]],
        claim: Told,
        opening: PlaceMention,
        mentions: Sequence[PlaceMention],
        taken: Collection[int],
        triggers: Set[int],
    ) -> PlaceMention:
        """The finer place that is told with the claim itself in a sentence which opens with a larger one: "in Baghdad,
        the police said, five died in a blast in the quarter of X"."""
        for mention in mentions:
            finer = mention.fineness <= FINENESS["district"] and opening.fineness >= FINENESS["town"]
            if not finer or mention.led != "in" or mention.span[0] < claim.match.end or mention.weak:
                continue
            if any(
                a & {"place_break", "scope_break", "stop_sign", "comma"}
                for a in atoms[claim.match.end : mention.span[0]]
            ):
                break
            if cost_of(atoms, claim, mention, taken, triggers, MOST) <= _WITHIN:
                return mention
        return opening

    def _pointed_at(
        self, sentence: Sentence, atoms: Sequence[frozenset[str]], at: int, mentions: Sequence[PlaceMention]
    ) -> PlaceMention | None:
        """What "in the city" near a claim at `at` stands for: the last place of its kind that the sentence names
        before it, even that of a source."""
        for k in range(max(mentions[0].span[1] + 1, at - _POINTING), min(len(atoms), at + _POINTING)):
            here = atoms[k]
            if here.isdisjoint(_POINTERS) or "def" not in here or atoms[k - 1].isdisjoint({"in", "prep_b"}):
                continue
            kind = self._mentions.kind(sentence, k)
            for mention in reversed(mentions):
                if mention.span[1] <= k and kind is not None and abs(mention.fineness - kind) < _ALIKE:
                    return None if mention.weak or mention.led == "origin" else mention
        return None

    def kind(self, sentence: Sentence, at: int) -> int | None:
        """How fine the places are of which the word of type at segment `at` speaks."""
        return self._mentions.kind(sentence, at)

    def is_new(self, sentence: Sentence, claim: Told) -> bool:
        """Whether a claim is set against what was told before: a clause that the sentence opens with ("while …, five
        died"), the last of those whom a total counts, all since a war began, the attack for which somebody is held or
        punished; or stands in a headline that names no place."""
        atoms = self._mentions.atoms(sentence)
        at = claim.match.at
        aside = is_aside(atoms, range(at)) or is_punished(atoms, at, range(at))
        aside = aside or is_later(atoms, at) or self._is_untold(sentence, atoms)
        return aside or total_at(atoms, claim) > 0 or is_of_era(atoms, claim) or is_charged(atoms, claim)

    def _is_untold(self, sentence: Sentence, atoms: Sequence[frozenset[str]]) -> bool:
        """Whether the sentence is a headline, which a text goes on behind, that tells of no place."""
        if sentence.start or "clause_end" in atoms[-1] or not sentence.text[sentence.end :].strip():
            return False
        return all(m.led not in LED or m.led == "bare" for m in self.mentions(sentence))

    def is_elsewhere(self, sentence: Sentence, claim: Told) -> bool:
        """Whether words before a claim part it from the event told before ("in another incident")."""
        return any("place_apart" in a for a in self._mentions.atoms(sentence)[: claim.match.at])

    def is_again(self, sentence: Sentence) -> bool:
        """Whether the sentence of a claim speaks of the event or its victims as of something known: "the attack", "the
        dead"."""
        return any("def" in a and not a.isdisjoint(_KNOWN) for a in self._mentions.atoms(sentence))

    def main(self, sentence: Sentence, mentions: Sequence[PlaceMention], around: Around) -> PlaceMention | None:
        """The place that a title or an opening sentence is about, or None."""
        if not mentions:
            return None
        atoms = self._mentions.atoms(sentence)
        if all(a.isdisjoint(_HAPPENINGS) for a in atoms):
            return None  # "recalled its ambassador in X" opens a story of something else
        usable = [
            m
            for m in mentions
            if (not m.weak or self._gazetteer.is_likely(m, around))
            and m.led in LED
            and m.led != "bare"
            and (m.led != "typed" or m.type == "border")
            and (m.type not in CARE or m.led == "target")
            and not m.anaphoric
            and not is_spoken(atoms, m, sources=False)
        ]
        if not usable:
            return None
        best = min(usable, key=lambda m: (is_spoken(atoms, m, sources=True), m.fineness > FINENESS["governorate"]))
        return finest(best, mentions)
