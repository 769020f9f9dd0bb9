"""How it was done and who did it, as the records show it: from the claim's own sentence, else from what the text has
told of the same event just before.

A claim whose sentence names no means takes those of the sentence before, or of the headline, where these tell of one
kind of attack alone and nothing in the claim's sentence leads to another event; "the attack", "the blast" take what an
earlier sentence says of it more closely. Arrests and releases, and what is told as background, take nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, Protocol

from extractor.claims import Claim
from extractor.context.method_words import MethodMention
from extractor.context.methods import MethodFound, MethodReader
from extractor.context.perpetrators import Agent, Means, PerpetratorReader
from extractor.context.place_bounds import is_later, is_of_era
from extractor.match import Match, Span
from extractor.sentence import Sentence, SentenceReader
from extractor.spans import Spans

_BACK: Final = 2  # sentences before the claim's own in which its means may stand
_SHORT: Final = 5  # sentences of a post, which tells of one event
_PEACEFUL: Final = frozenset({3, 4})  # accidents, disasters, diseases, by their place in _FAMILIES
_WORDS: Final = 3  # segments that a sentence has at least; fewer are signs and bylines
_HARM: Final = frozenset({"killed", "wounded", "killed_or_wounded", "missing", "destroyed", "damaged", "displaced"})
# Kinds of means that one attack can be told with.
_FAMILIES: Final = (
    frozenset({"explosion", "car_bomb", "ied", "suicide_bombing"}),
    frozenset({"airstrike", "shelling", "rocket", "drone", "chemical"}),
    frozenset({"shooting", "clash", "assassination", "stabbing", "execution"}),
    frozenset({"accident", "disaster"}),
    frozenset({"disease"}),
)
_OPEN_WORDS: Final = frozenset({"explosion", "clash"})  # "the blast", "the attack" leave open by what
_CALM: Final = frozenset({4})  # diseases, by their place in _FAMILIES: they bring no house down
_GOES_ON: Final = frozenset({"cause_ahead", "new_cause", "cause_of"})
_OPENS: Final = 3  # segments of a sentence in which words lead to another event
_REFERS: Final = 5  # segments between what refers to an event and the claim that it caused
_ADOPTED: Final = 3  # sentences behind a claim in which somebody can say that he did it
_OPENING: Final = 3  # sentences at the beginning, parts of whose tolls can be told wherever a text ends
_RECALLED: Final = 64  # sentences back to another toll whose parts are told
_VIOLENT: Final = frozenset({0, 1, 2})  # attacks, by their place in _FAMILIES


_Whole = tuple[Claim, MethodFound | None, Agent | None]  # a claim with what was found of it


class Told(Protocol):
    """A sentence as it was read."""

    number: int
    sentence: Sentence


class Deeds:
    """Methods and perpetrators of the claims of one document. `read` gives a sentence by its number, `agents` the
    matches of the agent rules in it, `size` is the number of sentences."""

    def __init__(
        self,
        reader: SentenceReader,
        methods: MethodReader,
        perpetrators: PerpetratorReader,
        spans: Spans,
        read: Callable[[int], Told],
        agents: Callable[[int], Sequence[Match]],
        size: int,
    ) -> None:
        self._reader = reader
        self._breaks = perpetrators.breaks
        self._methods = methods
        self._perpetrators = perpetrators
        self._spans = spans
        self._read = read
        self._agents = agents
        self._size = size
        self._counted: set[int] = set()
        self.known: dict[int, list[MethodMention]] = {}  # by sentence; what is left out is read again
        # By sentence, then by the id of the claim, which stays its own as long as it is kept here.
        self._wholes: dict[int, dict[int, _Whole]] = {}
        self._undone: list[tuple[int, Claim, dict[str, Any]]] = []  # claims told so far of which no doer is known

    def mentions(self, number: int) -> list[MethodMention]:
        """The words of method of a sentence."""
        if number not in self.known:
            self.known[number] = self._methods.mentions(self._read(number).sentence)
        return self.known[number]

    def add(
        self,
        number: int,
        claim: Claim,
        every: Sequence[Claim],
        record: dict[str, Any],
        before: tuple[Claim, Agent] | None,
        speaking: Sequence[Span] = (),
    ) -> tuple[Claim, Agent] | None:
        """Write method and perpetrator of `claim` into its `record`; gives the claim with its agent for the next."""
        sentence, mentions = self._read(number).sentence, self.mentions(number)
        # What was seized, destroyed or shot down itself is no means.
        # So were some of the victims: snipers among the dead.
        things = {at for c in every if c.kind == "materiel" or c.part_of is claim for at in range(*c.span)}
        if things:
            mentions = [m for m in mentions if m.at not in things]
        if mentions and mentions[-1].at > claim.match.end:
            later = self._later(sentence, claim, every)
            mentions = [m for m in mentions if m.at <= later]
        method = self._methods.method(sentence, claim, mentions)
        agent = self._perpetrators.perpetrator(
            sentence, claim, every, self._agents(number), Means(method, mentions, speaking), before
        )
        told_of = record.get("background") and not self._refers(sentence, claim)
        carried = None if told_of else self._carried(number, claim, method)
        if carried is not None:
            where, method = carried
            if agent is None:
                agent = self._agent_of(where, method)
        elif agent is None and method is not None and not record.get("background") and claim.outcome in _HARM:
            agent = self._agent_before(number, method)
        if claim.part_of is not None and claim.part_of.outcome == claim.outcome:
            whole = id(claim.part_of)
            for told in self._wholes.values():
                if whole in told:
                    method, agent = method or told[whole][1], agent or told[whole][2]
        if agent is not None and agent.sentence is not None and self._are_his(sentence, claim, agent):
            agent = None
        if method is not None and method.broad and agent is None:
            # "An attack" by nobody named tells of no means: it may have been a bomb, which is told behind it.
            method = self._closer(sentence, claim, mentions)
        if method is not None:
            span = self._spans.span(method.sentence, (method.at, method.at + 1))
            record["method"] = {**span, "type": method.type}
            if method.sentence is sentence and self._event(claim):
                self._counted.add(number)
        whose = agent if agent is None or agent.sentence is not None else agent._replace(sentence=sentence)
        self._remember(number, (claim, method, whose))
        if agent is not None:
            party = self._spans.party(agent.sentence or sentence, agent.span)
            record["perpetrator"] = {**party, "certainty": agent.certainty}
            return claim, agent
        if claim.outcome in _HARM and not record.get("background") and not self._perpetrators.attackers(claim):
            self._undone.append((number, claim, record))
        return before if before is not None and before[0].match is claim.match else None

    def _remember(self, number: int, whole: _Whole) -> None:
        """Keep what was found of a claim for its parts, and let go of what lies well before it with its sentences, so
        that memory does not grow with the text."""
        if number not in self._wholes:
            for old in [k for k in self._wholes if _OPENING <= k < number - _RECALLED]:
                del self._wholes[old]
            self._wholes[number] = {}
        self._wholes[number][id(whole[0])] = whole

    def _are_his(self, sentence: Sentence, claim: Claim, agent: Agent) -> bool:
        """Whether the victims belong to the agent of an attack told elsewhere in the text."""
        return self._perpetrators.harmed_own(sentence, claim, agent) or self._perpetrators.is_of_them(claim, agent)

    def _closer(self, sentence: Sentence, claim: Claim, mentions: Sequence[MethodMention]) -> MethodFound | None:
        """What the sentence tells more closely of an attack that it first tells by a broad word; None where that is
        of several kinds."""
        near = [m for m in mentions if not m.broad]
        if len({self._family(m.type) for m in near}) != 1:
            return None
        found = self._methods.method(sentence, claim, near)
        return None if found is None or found.type in _OPEN_WORDS else found

    def adopt(self, number: int) -> None:
        """Let whoever says in sentence `number` that he did it be the doer of what the sentences before it tell of."""
        self._undone = [row for row in self._undone if number - row[0] <= _ADOPTED]
        rows = [row for row in self._undone if row[0] < number]
        if not rows:
            return
        sentence = self._read(number).sentence
        families = {self._family(m.type) for m in self.mentions(number) if m.type not in _OPEN_WORDS}
        found = (self._perpetrators.adopter(sentence, match) for match in self._agents(number))
        for agent in sorted((a for a in found if a is not None), key=lambda a: -a.rank):
            for row, claim, record in rows:
                method = record.get("method")
                family = self._family(method["type"]) if method else -1
                own = self._perpetrators.harmed_own(self._read(row).sentence, claim, agent)
                if own or family not in _VIOLENT or (families and family not in families):
                    continue
                if "perpetrator" not in record:
                    party = self._spans.party(sentence, agent.span)
                    record["perpetrator"] = {**party, "certainty": agent.certainty}

    def _later(self, sentence: Sentence, claim: Claim, every: Sequence[Claim]) -> int:
        """The segment of the first claim behind this one that a break parts from it: words of method behind that are
        told with it; the length of the sentence where there is none."""
        end = claim.match.end
        behind = [c.match.at for c in every if c.match.at > end and c.match is not claim.match]
        if behind:
            first = bisect_left(breaks := self._breaks(sentence), end)
            if first < len(breaks):
                return min((at for at in behind if at > breaks[first]), default=len(sentence))
        return len(sentence)

    def _carried(self, number: int, claim: Claim, own: MethodFound | None) -> tuple[int, MethodFound] | None:
        """The means that another sentence tells of the claim, with the number of that sentence."""
        if claim.outcome not in _HARM:
            return None
        behind = self._told_next(number, own) if own is None or own.lone else None
        if behind is not None or number == 0:
            return behind
        if own is not None and own.lone:
            return self._brought_down(number, claim, own)
        titled = self._in_title(number, claim) if own is not None and self._leaves_open(own) else None
        return (0, titled) if titled is not None else self._taken_up(number, claim, own)

    def _taken_up(self, number: int, claim: Claim, own: MethodFound | None) -> tuple[int, MethodFound] | None:
        """The means that the sentences before tell, where the claim's own sentence goes on them or leaves them open."""
        sentence = self._read(number).sentence
        if own is not None:
            if "def" not in self._reader.atoms(sentence, own.at) or not (own.broad or own.type in _OPEN_WORDS):
                return None
        elif self._elsewhere(sentence, claim) or not (self._event(claim) or self._by_strikes(sentence, claim)):
            return None
        return self._told_before(number, claim, own)

    def _told_before(self, number: int, claim: Claim, own: MethodFound | None) -> tuple[int, MethodFound] | None:
        """The means that the sentences before tell of the same event."""
        sentence = self._read(number).sentence
        for earlier in self._earlier(number):
            found = self._only(earlier)
            if found is None or (own is None and not self._same_event(sentence, claim, earlier, found)):
                continue
            if own is not None and not own.broad and (self._family(found.type) != self._family(own.type)):
                return None
            return earlier, MethodFound(self._read(earlier).sentence, found.at, found.type)
        return None

    def _leaves_open(self, method: MethodFound) -> bool:
        """Whether the word of method is one for many means ("an attack on")."""
        readings = self._reader.readings(method.sentence, method.at)
        return method.broad or any(name == "broad" for reading in readings for name, _ in reading.attributes)

    def _in_title(self, number: int, claim: Claim) -> MethodFound | None:
        """The means that the headline tells of the same toll more closely ("nine killed by two car bombs")."""
        if number > _BACK or claim.low is None:
            return None
        for told, method, _ in (w for wholes in self._wholes.values() for w in wholes.values()):
            same = (told.low, told.high, told.outcome) == (claim.low, claim.high, claim.outcome)
            if same and method is not None and method.sentence is self._read(0).sentence:
                return None if method.broad or method.type in _OPEN_WORDS else method
        return None

    def _brought_down(self, number: int, claim: Claim, own: MethodFound) -> tuple[int, MethodFound] | None:
        """What the sentence before tells to have brought down the house that fell on the victims."""
        found = self._only(number - 1)
        if found is None or self._family(found.type) in _CALM or found.type == own.type:
            return None
        if self._elsewhere(self._read(number).sentence, claim):
            return None
        return number - 1, MethodFound(self._read(number - 1).sentence, found.at, found.type)

    def _told_next(self, number: int, own: MethodFound | None) -> tuple[int, MethodFound] | None:
        """The means that the next line of a post tells, which goes on the line of the claim ("owing to the shelling
        of")."""
        if self._size > _SHORT or number + 1 >= self._size:
            return None
        sentence = self._read(number + 1).sentence
        opening = [self._reader.atoms(sentence, k) for k in range(min(_WORDS, len(sentence)))]
        # "It left 100 dead..", and in the next line what it was.
        if opening and own is None and "attack_noun" in opening[0]:
            first = self._reader.atoms(self._read(number).sentence, 0)
            found = self._only(number + 1) if "cause_behind" in first else None
            return None if found is None else (number + 1, MethodFound(sentence, found.at, found.type))
        if not opening or not (opening[0] & _GOES_ON or (own is not None and "conj" in opening[0])):
            return None
        found = self._only(number + 1)
        return None if found is None else (number + 1, MethodFound(sentence, found.at, found.type))

    def _refers(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether right before the claim its cause is referred to as known ("the incident that wounded two")."""
        near = range(max(0, claim.match.at - _REFERS), claim.match.at)
        return any({"mishap_noun", "def"} <= self._reader.atoms(sentence, k) for k in near)

    @staticmethod
    def _event(claim: Claim) -> bool:
        """Whether the claim tells of people met by something at one time: counted, not the dead in general."""
        return claim.kind == "casualty" and (claim.low is not None or claim.high is not None)

    def _by_strikes(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether the strikes that the text told of are said to have brought it about ("the strikes destroyed too")."""
        return any({"strike_noun", "def"} <= self._reader.atoms(sentence, k) for k in range(claim.match.at))

    def _same_event(self, sentence: Sentence, claim: Claim, earlier: int, found: MethodMention) -> bool:
        """Whether an earlier sentence tells of what the claim is a part of: it counts victims too, it is the headline,
        the text is a short post, or the claim's sentence refers back to it."""
        peaceful = self._family(found.type) in _PEACEFUL
        if "natural_death" in self._reader.atoms(sentence, claim.match.at) and not peaceful:
            return False
        refers = any({"mishap_noun", "def"} <= self._reader.atoms(sentence, k) for k in range(len(sentence)))
        refers = refers or self._by_strikes(sentence, claim)
        return refers or earlier in self._counted or earlier == 0 or self._size <= _SHORT

    def _earlier(self, number: int) -> Iterator[int]:
        """The sentences before, nearest first, but for mere signs; and the first of the text."""
        passed, at = 0, number - 1
        while at >= 0 and passed < _BACK:
            if len(self._read(at).sentence) >= _WORDS:
                passed += 1
                yield at
                if self._turns(at):
                    return
            at -= 1
        if at >= 0:
            yield 0

    def _turns(self, number: int) -> bool:
        """Whether a sentence opens with words that lead to another event than those before it ("elsewhere")."""
        sentence = self._read(number).sentence
        return any("place_apart" in self._reader.atoms(sentence, k) for k in range(min(_OPENS, len(sentence))))

    def _only(self, number: int) -> MethodMention | None:
        """The most telling means of a sentence that tells of one kind alone."""
        near = [m for m in self.mentions(number) if not m.broad and not m.charged]
        if not near or len({self._family(m.type) for m in near}) != 1:
            return None
        return self._methods.most_telling(near)

    @staticmethod
    def _family(method: str) -> int:
        return next((i for i, family in enumerate(_FAMILIES) if method in family), -1)

    def _elsewhere(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether words before the claim lead to another event ("in another incident", "elsewhere")."""
        if any("other_event" in self._reader.atoms(sentence, k) for k in range(claim.match.end)):
            return True
        return is_of_era(self._reader.every_atom(sentence), claim)

    def _agent_before(self, number: int, method: MethodFound) -> Agent | None:
        """Who did an attack of the same kind that the sentence before or the headline tells of; where the word leaves
        open by what means ("the attack"), the one attack that they say who did."""
        open_word = method.type in _OPEN_WORDS
        attack = method.broad or method.type == "explosion"  # fighting has two sides
        if open_word and not (attack and "def" in self._reader.atoms(method.sentence, method.at)):
            return None
        sentence = self._read(number).sentence
        if self._turns(number) or (
            method.sentence is sentence and is_later(self._reader.every_atom(sentence), method.at)
        ):
            return None
        for earlier in self._earlier(number):
            if open_word:
                agent = self._only_agent(earlier)
                if agent is not None or any(not m.broad for m in self.mentions(earlier)):
                    return agent
                continue
            found = self._only(earlier)
            if found is not None and found.type == method.type:
                where = MethodFound(self._read(earlier).sentence, found.at, found.type)
                agent = self._agent_of(earlier, where)
                if agent is not None:
                    return agent
        return None

    def _only_agent(self, number: int) -> Agent | None:
        """Who did the one attack of a sentence; None where it tells of several kinds of attack or of several doers."""
        near = [m for m in self.mentions(number) if not m.charged]
        if not near or len({self._family(m.type) for m in near if not m.broad}) > 1:
            return None
        sentence = self._read(number).sentence
        doers = {}
        for mention in near:
            agent = self._agent_of(number, MethodFound(sentence, mention.at, mention.type))
            if agent is not None:
                doers[agent.span] = agent
        return next(iter(doers.values())) if len(doers) == 1 else None

    def _agent_of(self, number: int, method: MethodFound) -> Agent | None:
        """Who is told to have done an attack of an earlier sentence."""
        return self._perpetrators.of_attack(method.sentence, self._agents(number), Means(method, self.mentions(number)))
