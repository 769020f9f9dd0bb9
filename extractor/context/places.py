"""Where it happened: one place chosen for each claim among those that its sentence names."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from itertools import pairwise

from extractor.context.gazetteer import Around, Gazetteer
from extractor.context.mentions import COMPASS, FINENESS, INSIDE, MentionReader, PlaceMention
from extractor.match import Told
from extractor.sentence import Sentence

# Costs of a candidate, in words of distance: what stands nearer and is led in as a place wins.
_LED = {"in": 0.0, "target": 2.0, "header": 2.0, "typed": 5.0, "bare": 17.0}
_BREAK = 36.0  # a word between claim and place that leads to another event
_WHERE = 12.0  # in X, where …
_WAS = 20.0  # "who was …": what the victim had been
_BRACKET = 8.0  # one of the two stands in brackets
_LEAVING = frozenset({"released", "displaced"})  # outcomes that take people away from the place
_OPENS = 2  # at most so many segments before a place that a sentence opens with
_OCCASION = 18.0
_ABOUT = frozenset({"of", "on", "in", "prep_l", "place_since"})
_NEAR = 4  # segments
_SINCE = 9.0  # before the claim, and parted from it by a word that makes the claim the background
_STOP = 6.0  # a semicolon or colon between them
_COMMA = 1.5
_BEFORE = 3.0  # places mostly follow
_OPENING = 4.0  # "In Aleppo, …": what the sentence opens with holds for all of it
_COARSE = 5.0  # a country or region, and one of these that only a direction tells
_ANAPHORIC = 8.0
# Where casualties are brought rather than made, and what people have their titles from.
_CARE, _CARED = frozenset({"hospital", "clinic", "university", "college", "institute"}), 20.0
_SOURCE = 14.0  # a place in the words of the source
_WITHIN = 14.0  # words farther than this tell nothing more
_MOST = 26.0  # a dearer candidate is none
_LINK = 6  # at most this many segments from a place to the larger place around it


def _vague(mention: PlaceMention) -> float:
    """What a relation takes from the fineness of a place: north of a town is less telling than a named quarter."""
    if mention.distance or (mention.relation in COMPASS and mention.relation not in INSIDE):
        return 3.0
    return 0.5 if mention.relation else 0.0


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
        if len(between) > _LINK:
            return False
        return all(
            atoms[at]
            & {"in", "prep_b", "prep_l", "open_bracket", "close_bracket", "comma", "nationality", "place_link", "quote",
               "dash", "of", "to", "direction", "place_type"}
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
        best: tuple[float, PlaceMention] | None = None
        linked = {id(other) for m in mentions for other in m.chain}
        for mention in mentions:
            if mention.weak and not self._gazetteer.is_likely(mention, around):
                continue
            cost = self._cost(atoms, claim, mention, taken, triggers)
            if id(mention) in linked and mention.led == "in":
                cost += 1.0
            if cost <= _MOST and (best is None or cost < best[0]):
                best = cost, mention
        if best is None:
            return None
        return self._finest(best[1], mentions)

    def main(self, mentions: Sequence[PlaceMention], around: Around) -> PlaceMention | None:
        """The place that a title or an opening sentence is about, or None."""
        usable = [
            m
            for m in mentions
            if (not m.weak or self._gazetteer.is_likely(m, around))
            and m.led in _LED
            and m.led != "bare"
            and (m.type not in _CARE or m.led == "target")
            and not m.anaphoric
        ]
        if not usable:
            return None
        return self._finest(min(usable, key=lambda m: (_LED[m.led] > _LED["typed"], m.fineness > 3)), mentions)

    def _finest(self, chosen: PlaceMention, mentions: Sequence[PlaceMention]) -> PlaceMention:
        """The most specific place of the chain that `chosen` belongs to."""
        chain = [chosen]
        for mention in reversed(mentions):
            if mention.chain and mention.chain[0] is chain[0]:
                chain.insert(0, mention)
        while chain[-1].chain:
            chain.append(chain[-1].chain[0])
        usable = [m for m in chain if m is chosen or ((m.led in _LED or (m.led == "office" and m.type)) and not m.weak)]
        return min(usable, key=lambda m: (m.anaphoric, m.fineness + _vague(m)))

    def _cost(
        self,
        atoms: Sequence[frozenset[str]],
        claim: Told,
        mention: PlaceMention,
        taken: Collection[int],
        triggers: Set[int],
    ) -> float:
        led = mention.led
        first, last = claim.span
        leaves = led == "origin" and not atoms[claim.match.at].isdisjoint(_LEAVING)
        # In the words of the victims only what ends them tells where: the rest is of their titles.
        placed = led == "in" and claim.match.rule.record != "materiel" and mention.span[1] >= last
        inside = first <= mention.name < last and not placed
        bare = led == "bare" and mention.fineness > FINENESS["governorate"]
        if (led not in _LED and not leaves) or inside or bare:
            return _MOST + 1
        cost, opens = _LED.get(led, _LED["typed"]), False
        ends = sorted((claim.match.at, first, last - 1))
        before = mention.span[1] <= ends[0]
        between = range(0)
        if mention.span[0] > ends[-1]:
            between = range(ends[-1] + 1, mention.span[0])
        elif before:
            between = range(mention.span[1] + (led == "header"), ends[0])
            opens = mention.span[0] <= _OPENS and (led == "header" or any("in" in a for a in atoms[: mention.span[0]]))
            cost += _BEFORE - (_OPENING if opens else 0.0)
        cost += min(len(between) * 0.5, _WITHIN) + self._words_between(atoms, between, triggers)
        if before:
            cost += self._words_behind(atoms, between, opens=opens)
            if not opens and self._is_occasion(atoms, claim.match.at, between):
                cost += _OCCASION
        if mention.name in taken:
            cost += _SOURCE
        if mention.fineness > FINENESS["governorate"]:
            cost += _COARSE * (2 if led == "header" else 1)
        if mention.type in _CARE and led != "target":
            cost += _CARED
        return cost + (_ANAPHORIC if mention.anaphoric else 0.0)

    @staticmethod
    def _is_occasion(atoms: Sequence[frozenset[str]], at: int, between: range) -> bool:
        """Whether the claim is but what the words before it are about: a rally in X over the killing of …"""
        if at - 1 not in between or "verb" in atoms[at] or atoms[at - 1].isdisjoint(_ABOUT | {"place_topic"}):
            return False
        return not any("result_word" in atoms[k] for k in between)

    @staticmethod
    def _words_between(atoms: Sequence[frozenset[str]], between: range, triggers: Set[int]) -> float:
        """The cost of what stands between a claim and a place."""
        cost, bracket = 0.0, 0
        for k in between:
            here = atoms[k]
            if here & {"place_break", "place_part"}:
                # "Three were killed while five were wounded in X" tells of one event.
                ahead = [t for t in range(k + 1, k + _NEAR) if t in triggers]
                cost += 0.0 if any("people" in atoms[t] for t in ahead) else _BREAK
            elif here & {"open_bracket", "close_bracket"}:
                bracket += 1 if "open_bracket" in here else -1
            elif "relative" in here and k + 1 in between and "had_been" in atoms[k + 1]:
                cost += _WAS
            elif "comma" in here:
                cost += _COMMA
            elif "stop_sign" in here:
                cost += _STOP
        return cost + (_BRACKET if bracket else 0.0)

    @staticmethod
    def _words_behind(atoms: Sequence[frozenset[str]], between: range, *, opens: bool) -> float:
        """The cost of what stands between a place and the claim behind it; `opens`: the sentence opens with it."""
        cost = 0.0
        for k in between:
            if "place_where" in atoms[k]:
                cost -= _WHERE if k - between.start < _NEAR else 0.0
            elif not opens and atoms[k] & {"place_since", "report_verb", "that"}:
                cost += _SINCE
        return cost
