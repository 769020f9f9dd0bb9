"""Where it happened: one place chosen for each claim among those that its sentence names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from itertools import pairwise
from typing import Final

from extractor.context.gazetteer import Around, Gazetteer
from extractor.context.mentions import MentionReader
from extractor.context.place_bounds import is_aside, is_charged, is_punished, total_at
from extractor.context.place_costs import CARE, LED, MOST, cost_of
from extractor.context.place_mention import COMPASS, FINENESS, INSIDE, ROUTES, PlaceMention
from extractor.context.place_words import is_spoken
from extractor.match import Told
from extractor.sentence import Sentence

# What an opening sentence has that tells of an attack, a mishap or its victims.
_HAPPENINGS: Final = frozenset(
    {"attack_noun", "mishap_noun", "harm_noun", "harm_verb", "casualty_noun", "weapon_noun", "place_event", "fled_from"}
    | {"medical", "civil_defence", "armed_group", "militant", "fighter"}
)
_OPENS: Final = 2  # at most so many segments before a place that a sentence opens with
_WITHIN: Final = 10.0  # the most that a finer place may cost beside one that the sentence opens with
_BESIDE: Final = 0.6  # in fineness
_LARGER: Final = 1.4  # in fineness
# Districts that hold towns, and no quarters of one.
_DISTRICTS: Final = frozenset({"district", "subdistrict", "area", "province", "governorate", "county", "municipality"})
_LAND: Final = frozenset(
    {"valley", "wood", "forest", "hill", "mountain", "farm", "marsh", "plain", "desert", "island", "oasis"}
)
_TWO_TOWNS: Final = 3  # segments of the names of two towns that a road joins, with the sign between
_POINTERS: Final = frozenset({"city", "town", "village", "governorate", "province", "district", "camp", "subdistrict"})
_POINTING: Final = 16  # segments from a claim to "in the city"
_ALIKE: Final = 1.5  # in fineness
_LINK: Final = 6  # at most this many segments from a place to the larger place around it


def _vague(mention: PlaceMention, *, inner: bool) -> float:
    """What a relation takes from the fineness of a place: north of a town is less telling than a named quarter, and
    so is a road through it; a road between towns than the town that it is told to lie in. `inner`: the place is told
    before those around it, so that what follows is the larger one ("east of X in the governorate of Y")."""
    if mention.distance:
        return 3.0
    if mention.relation == "on_the_way":
        return 2.0
    if mention.relation in COMPASS and mention.relation not in INSIDE:
        return _BESIDE if inner else 3.0
    if mention.type in ROUTES:
        return 1.5 if mention.span[1] - mention.name < _TWO_TOWNS else 2.6
    return 0.5 if mention.relation else 0.0


def _holds(mention: PlaceMention, before: Sequence[PlaceMention]) -> float:
    """What is taken from the fineness of a district that is told behind a town or a village: it is the larger one."""
    if mention.fineness != FINENESS["district"] or mention.type not in _DISTRICTS:
        return 0.0
    return _LARGER if any(m.fineness <= FINENESS["town"] and m.type not in ROUTES for m in before) else 0.0


def _fine(mention: PlaceMention, chain: Sequence[PlaceMention]) -> float:
    """How fine a place is: a valley or a wood told before what lies around it is a spot, not the region it may be."""
    if mention.type in _LAND and len(chain) > 1 and mention is chain[0]:
        return min(mention.fineness, FINENESS["town"] - 1.0)
    return mention.fineness


def _tells(mention: PlaceMention) -> bool:
    """Whether a place beside the one chosen can be taken for it, being finer."""
    if mention.weak or (mention.type in CARE and mention.led != "target" and mention.relation is None):
        return False
    return mention.led in LED or (mention.led == "office" and mention.type is not None)


def around(mention: PlaceMention) -> Iterator[PlaceMention]:
    """The larger places that a text names beside a place, outwards."""
    for other in mention.chain:
        yield other
        yield from around(other)


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
               "dash", "of", "to", "direction", "place_type", "among", "of_them", "adjective"}
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
            best = self._pointed_at(sentence, atoms, at, mentions)
            return best if best is None else self._finest(best, mentions)
        if (best.span[0] <= _OPENS and best.led == "in") or best.fineness >= FINENESS["governorate"]:
            best = self._within(atoms, claim, best, mentions, taken, triggers)
        return self._finest(best, mentions)

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
        died"), the last of those whom a total counts, the attack for which somebody is held or punished."""
        atoms = self._mentions.atoms(sentence)
        at = claim.match.at
        aside = is_aside(atoms, range(at)) or is_punished(atoms, at, range(at))
        return aside or total_at(atoms, claim) > 0 or is_charged(atoms, claim)

    def is_elsewhere(self, sentence: Sentence, claim: Told) -> bool:
        """Whether words before a claim part it from the event told before ("in another incident")."""
        return any("place_apart" in a for a in self._mentions.atoms(sentence)[: claim.match.at])

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
            and (m.type not in CARE or m.led == "target")
            and not m.anaphoric
            and not is_spoken(atoms, m, sources=False)
        ]
        if not usable:
            return None
        best = min(usable, key=lambda m: (is_spoken(atoms, m, sources=True), m.fineness > FINENESS["governorate"]))
        return self._finest(best, mentions)

    def _finest(self, chosen: PlaceMention, mentions: Sequence[PlaceMention]) -> PlaceMention:
        """The most specific place of the chain that `chosen` belongs to."""
        chain = [chosen]
        for mention in reversed(mentions):
            if mention.chain and mention.chain[0] is chain[0]:
                chain.insert(0, mention)
        while chain[-1].chain:
            chain.append(chain[-1].chain[0])
        usable = [m for m in chain if m is chosen or _tells(m)]
        usable = [m for m in usable if m.type != "unnamed"] or usable
        costs = [
            (m.anaphoric, _fine(m, usable) + _vague(m, inner=not k) + _holds(m, usable[:k]))
            for k, m in enumerate(usable)
        ]
        return usable[costs.index(min(costs))]
