"""How well a place suits a claim of its sentence, as a cost: what stands near and is led in as a place costs least."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from typing import Final

from extractor.claims import Claim
from extractor.context.place_bounds import (
    is_answered,
    is_apart,
    is_aside,
    is_freed,
    is_occasion,
    is_of_part,
    is_punished,
    is_remembered,
    is_taken_up_behind,
    says_more,
    taken_up,
    total_at,
)
from extractor.context.place_mention import AROUND, FINENESS, PlaceMention
from extractor.context.place_words import TAKING, is_seat, is_spoken, is_stationed, is_struck, opens_clause
from extractor.match import Told

# In words of distance.
LED: Final = {"in": 0.0, "target": 1.0, "header": 12.0, "typed": 5.0, "bare": 17.0}
_LEFT: Final = 1.0  # from X, of people who leave it or are taken out of it
_BREAK: Final = 36.0  # a word between claim and place that leads to another event
_BESIDE: Final = 8.0  # "in X …, while three were killed": there too, unless a place stands with the three
_WHERE: Final = 12.0  # in X, where …
_WAS: Final = 20.0  # "who was …": what the victim had been
_THINGS: Final = frozenset({"item", "place_type"})  # a factory that was …
_BRACKET: Final = 8.0  # one of the two stands in brackets
_QUOTED: Final = 6.0  # the place stands behind the quotation that the claim is in, or in one behind it
_SAID: Final = 24.0  # behind a clause of what else is said
_MEANWHILE: Final = 2.0  # "three were killed while five were wounded in X", unless a place stands with the three
_BREAKS: Final = frozenset({"place_break", "place_part"})
_NEXT: Final = 15.0  # X, which another event followed
_LEAVING: Final = frozenset({"released", "displaced"})  # outcomes that take people away from the place
_DONE: Final = frozenset({"casualty", "materiel", "attack"})  # records of what is done, not of what is said
_OPENS: Final = 2  # at most so many segments before a place that a sentence opens with
_RECOVERED: Final = 2  # segments from bodies to where they were recovered from
_OCCASION: Final = 18.0
_TOPIC: Final = 8.0  # an investigation in X into the killing of
_ANSWER: Final = 8.0  # in a country of which the whole answers to what happened in it
_NEAR: Final = 4  # segments
_LEADS_ON: Final = frozenset({"place_since", "report_verb", "that"})  # to something else than the place before
_SINCE: Final = 9.0  # before the claim, and parted from it by a word that makes the claim the background
_GOES_ON: Final = 3.0  # the same behind a place where something is said to have happened
_STOP: Final = 6.0  # a semicolon or colon between them
_COMMA: Final = 1.5
_COMMAS: Final = 4  # more of them behind a claim are those of a list
_BEFORE: Final = 3.0  # places mostly follow
_OPENING: Final = 4.0  # "In Aleppo, …": what the sentence opens with holds for all of it
_COARSE: Final = 5.0  # a country or region, and one of these that only a direction tells
_ANAPHORIC: Final = 8.0
_VAGUE: Final = 2.0  # near X
# Where casualties are brought rather than made, and what people have their titles from.
CARE, _CARED = frozenset({"hospital", "clinic", "university", "college", "institute", "embassy", "consulate"}), 20.0
_SPOKEN: Final = 27.0  # where it is said and not where it happened
_SOURCE: Final = 14.0  # a place in the words of the source
_STATIONED: Final = 20.0  # where somebody lives or is stationed
_WITHIN: Final = 14.0  # words farther than this tell nothing more
_TAGGED: Final = 14.0  # a hashtag, wherever it stands
MOST: Final = 26.0  # a dearer candidate is none


def cost_of(
    atoms: Sequence[frozenset[str]],
    claim: Told,
    mention: PlaceMention,
    taken: Collection[int],
    triggers: Set[int],
    most: float,
    *,
    scene: bool = False,
) -> float:
    """The cost of taking `mention` for the place of `claim`; more than MOST where it is none, and something more than
    `most` where it is more than that. `taken` are the segments of the claim's sources, `triggers` those of all claims;
    with `scene` the place is one where something is said to have happened, of which the claim may be told farther on.
    """
    tagged = _TAGGED + 0.3 * mention.fineness if mention.tag and _is_topic(claim, mention) else MOST + 1
    return min(tagged, _cost(atoms, claim, mention, taken, triggers, most, scene=scene))


def _is_topic(claim: Told, mention: PlaceMention) -> bool:
    """Whether a hashtag of a place can tell where the people of `claim` met what they met: "#X" of a country is the
    topic of a post on somebody as well."""
    if mention.led == "target" or mention.fineness < FINENESS["region"]:
        return True
    return isinstance(claim, Claim) and (claim.low or claim.high or 0) > 1


def _cost(
    atoms: Sequence[frozenset[str]],
    claim: Told,
    mention: PlaceMention,
    taken: Collection[int],
    triggers: Set[int],
    most: float,
    *,
    scene: bool,
) -> float:
    """The cost by what stands around `mention`; as `cost_of`."""
    led, (first, last) = mention.led, claim.span
    if led == "bare" and mention.fineness > FINENESS["governorate"] and _records(atoms, mention, first):
        led = "target"
    if led == "office" and mention.span[0] == last and "displaced" in atoms[claim.match.at]:
        led = "target"  # the driving out of the people of X
    taken_there = mention.type is not None or (led == "origin" and _is_taken(atoms, claim, mention.span[0] - 1))
    leaves = led == "origin" and not atoms[claim.match.at].isdisjoint(TAKING if taken_there else _LEAVING)
    # Bodies are recovered from where people died.
    near = mention.span[0] - last <= _RECOVERED
    leaves = leaves or (led == "origin" and near and not atoms[claim.match.at].isdisjoint({"body_noun"}))
    if leaves and mention.type is None and "quantity" in atoms[mention.span[0] - 2]:
        leaves = "displaced" in atoms[claim.match.at]  # five from X, who were let go elsewhere
    # In the words of the victims only what ends them tells where: the rest is of their titles.
    placed = led == "in" and claim.match.rule.record != "materiel" and mention.span[1] >= last
    inside = first <= mention.name < last and not placed
    bare = led == "bare" and mention.fineness > FINENESS["governorate"]
    if (led not in LED and not leaves) or inside or bare:
        return MOST + 1
    cost = LED.get(led, _LEFT) + (_ANAPHORIC if mention.anaphoric else 0.0)
    cost += _apart(atoms, claim, mention, triggers, most - cost, scene=scene)
    if cost > most:
        return cost
    if mention.name in taken:
        end = mention.span[1] + 1  # "X announces the registration of nine deaths": of its own
        cost += 0.0 if end < len(atoms) and "place_records" in atoms[end] else _SOURCE
    elif claim.match.rule.record in _DONE and is_spoken(atoms, mention, sources=False):
        cost += _SPOKEN
    if led == "in" and is_seat(atoms, mention.span[0]) and atoms[claim.match.at].isdisjoint(TAKING):
        cost += _SPOKEN
    if mention.fineness > FINENESS["governorate"]:
        cost += _COARSE
    cost += _VAGUE if mention.relation in AROUND else 0.0
    cost += _STATIONED if is_stationed(atoms, mention.span[0], atoms[claim.match.at]) else 0.0
    brought = mention.type in CARE and led != "target" and mention.relation is None  # near a hospital is where it was
    if brought and not is_struck(atoms, mention.span[0]):
        entitled = any(a & {"title", "place_office"} for a in atoms[claim.match.at : mention.span[0]])
        # The dean of a college of the university of X; the hospital of X said; the wounded in the hospital of X.
        none = entitled or led in ("typed", "bare") or "wounded" in atoms[claim.match.at]
        cost += MOST + 1 if none else _CARED
    return cost


def _is_taken(atoms: Sequence[frozenset[str]], claim: Told, of: int) -> bool:
    """Whether the "from" at `of` stands right behind the deed or its doer, not behind who is from there: whom the
    agents abducted from X."""
    return of > claim.span[1] and (of == claim.match.end or not atoms[of - 1].isdisjoint({"actor", "org_noun"}))


def _records(atoms: Sequence[frozenset[str]], mention: PlaceMention, first: int) -> bool:
    """Whether a country that opens a clause is said to record the victims at `first`."""
    start, end = mention.span
    opens = not start or "clause_end" in atoms[start - 1]
    return opens and end < first and any("place_records" in a for a in atoms[max(end, first - 3) : first])


def _apart(
    atoms: Sequence[frozenset[str]],
    claim: Told,
    mention: PlaceMention,
    triggers: Set[int],
    most: float,
    *,
    scene: bool,
) -> float:
    """The cost of what parts a claim and a place; where it is more than `most`, something more than that."""
    ends = sorted((claim.match.at, claim.span[0], claim.span[1] - 1))
    start, end = mention.span
    if end <= ends[0]:
        header = mention.led == "header"
        between = range(end + header, ends[0])
        opens = start <= _OPENS and (header or any("in" in a for a in atoms[:start]))
        again = taken_up(atoms, between)
        between = range(again, between.stop) if again else between
        if scene and is_taken_up_behind(atoms, claim):
            between = range(between.stop, between.stop)
        cost = _BEFORE - (_OPENING if opens else 0.0) + min(len(between) * 0.5, _WITHIN)
        cost = _words_behind(atoms, between, cost, most, opens=opens, scene=scene)
        if not opens and cost <= most and is_occasion(atoms, claim.match.at, between):
            cost += _OCCASION + (_TOPIC if "place_topic" in atoms[claim.match.at - 1] else 0.0)
        elsewhere = is_aside(atoms, between) or is_punished(atoms, claim.match.at, between)
        elsewhere = elsewhere or is_remembered(atoms, claim.match.at)
        if is_answered(atoms, claim.match.at, between):
            elsewhere = elsewhere or mention.fineness <= FINENESS["governorate"]
            cost += _ANSWER
        if cost <= most and (elsewhere or end <= total_at(atoms, claim)):
            cost += _BREAK
    else:
        between = range(ends[-1] + 1, start)
        cost = min(len(between) * 0.5, _WITHIN) + (_BREAK if opens_clause(atoms, start) else 0.0)
        if cost <= most and (
            (len(between) > _RECOVERED and is_remembered(atoms, claim.match.at))
            or is_apart(atoms, range(ends[0], start), triggers)
            or is_of_part(atoms, claim, between)
            or is_freed(atoms, claim, between, triggers)
        ):
            cost += _BREAK
        cost += _QUOTED if sum("quote" in atoms[k] for k in between[:-1]) % 2 else 0.0
        cost += _SAID if says_more(atoms, between) else 0.0
    if cost > most:
        return cost
    return _words_between(atoms, between, triggers, cost, most, behind=end > ends[0])


def _words_between(
    atoms: Sequence[frozenset[str]], between: range, triggers: Set[int], cost: float, most: float, *, behind: bool
) -> float:
    """`cost` and that of what stands between a claim and a place, `behind` it or before, as far as it is not more than
    `most`; of commas behind it the first ones count."""
    bracket = 0
    commas = _COMMAS if behind else len(between)
    for k in between:
        here = atoms[k]
        if "place_next" in here:
            cost += _NEXT
        elif "place_while" in here and k + 1 in between and "was" in atoms[k + 1]:
            continue  # "… while a convoy was passing in X": how it came about
        elif "place_moved" in here and all(a.isdisjoint({"to", "prep_l"}) for a in atoms[k + 1 : k + _NEAR + 1]):
            continue  # a helicopter that carried soldiers in X; who is moved, is moved to somewhere
        elif not here.isdisjoint(_BREAKS):
            # "Three were killed while five were wounded in X" tells of one event.
            ahead = [t for t in range(k + 1, k + _NEAR) if t in triggers]
            joined = any("people" in atoms[t] for t in ahead)
            beside = _BESIDE if "place_while" in here and not behind else _MEANWHILE
            cost += beside if joined else _BREAK
        elif "open_bracket" in here or "close_bracket" in here:
            bracket += 1 if "open_bracket" in here else -1
        elif "relative" in here and k + 1 in between and "had_been" in atoms[k + 1]:
            if atoms[k - 2 if "comma" in atoms[k - 1] else k - 1] & _THINGS:
                continue
            cost += _WAS
        elif "comma" in here:
            commas -= 1
            cost += _COMMA if commas >= 0 else 0.0
        elif "stop_sign" in here:
            cost += _STOP
        else:
            continue
        if cost > most:
            return cost
    return cost + (_BRACKET if bracket else 0.0)


def _words_behind(
    atoms: Sequence[frozenset[str]], between: range, cost: float, most: float, *, opens: bool, scene: bool
) -> float:
    """`cost` and that of what stands between a place and the claim behind it, as far as it is not more than `most`;
    `opens`: the sentence opens with it."""
    therein = any("therein" in a for a in atoms[between.stop + 1 : between.stop + _NEAR])  # X, in which were killed
    mourns = any("place_mourns" in atoms[k] for k in between)
    near = between.start + _NEAR
    for k in between:
        if k >= near and (opens or cost > most):
            break  # nothing farther on makes it cheaper
        if "place_where" in atoms[k] or ("relative" in atoms[k] and therein):
            cost -= _WHERE if k < near else 0.0
        elif not opens and not atoms[k].isdisjoint(_LEADS_ON):
            # "They took X after fights in which five died" tells of one event.
            fought = "place_since" in atoms[k] and k + 1 in between and "attack_noun" in atoms[k + 1]
            if not (fought or mourns):
                cost += _GOES_ON if scene and "place_since" not in atoms[k] else _SINCE
    return cost
