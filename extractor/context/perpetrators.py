"""Who did it: the agents that a sentence names, and the one of a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from extractor.claims import OPEN_TYPES, Claim
from extractor.context.doers import DoerReader
from extractor.context.joined_deeds import HELD, HURT, JoinedDeedReader
from extractor.context.method_words import MethodMention
from extractor.context.methods import MISHAPS, MethodFound
from extractor.context.subjects import SubjectReader
from extractor.match import Match, Span, Told
from extractor.rules.lexicon import ARMED
from extractor.sentence import Sentence, SentenceReader

# What tells of a word that it is no mere place.
_OWN_VERB: Final = 4  # rank of the subject of the very word that tells the deed
_FOE: Final = -3  # rank of whoever fought the side of the victims: nobody else's doer
_OTHER_WORDS: Final = -5  # rank of who did an attack by words farther off than those of the attack itself
_OTHERWISE: Final = frozenset({"own_ranks", "kin", "def", "nationality", "adjective", "actor"})
_WHO: Final = frozenset({"actor", "org_noun", "anaphor", "proper", "person", "collective"})


class Means(NamedTuple):
    """The method of a claim and every word of method in its sentence."""

    method: MethodFound | None
    mentions: Sequence[MethodMention]
    speaking: Sequence[Span] = ()  # who makes statements in the sentence


class Agent(NamedTuple):
    """The segments that name who did it, how certain that is said to be, and the rank of the rule that found it."""

    span: Span
    certainty: str
    rank: int
    sentence: Sentence | None = None  # where it is not the sentence of the claim


class PerpetratorReader:
    """Finds the perpetrators of claims, events and attacks."""

    def __init__(
        self, reader: SentenceReader, identities: Mapping[str, tuple[str, ...]], actors: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._reader = reader
        self._doers = DoerReader(reader, identities, actors)
        self._joined = JoinedDeedReader(reader)
        self._subjects = SubjectReader(reader, self._doers)
        self.breaks = self._joined.breaks

    def perpetrator(
        self,
        sentence: Sentence,
        told: Told,
        every: Sequence[Told],
        matches: Sequence[Match],
        means: Means,
        before: tuple[Told, Agent] | None,
    ) -> Agent | None:
        """The perpetrator of a claim or an event among the `matches` of the agent rules in its sentence, or None.

        `every` are all that the sentence tells; `before` is what stands in front of `told`, with its agent.
        """
        if self._is_mishap(told, means):
            means = means._replace(speaking=())  # who said where the aeroplane crashed did nothing to it
            matches = [m for m in matches if m.rule.set.get("who") != "actor"]
        if "poss" in self._reader.atoms(sentence, told.match.at) and self._joined.is_elided(sentence, told):
            # "Its killing of": whose it is.
            own = self._understood(sentence, told, every, matches, means.speaking)
            if own is not None:
                return own
            matches = [m for m in matches if m.rule.set.get("claims") == "yes"]
        options = list(self._options(sentence, told, every, matches, means))
        if options:
            best = max(options, key=lambda o: (o.rank, self._nearness(sentence, told, o, means.method)))
            if best.certainty == "hedged":  # "X is answerable for the killing of, by the hands of Y"
                best = max((o for o in options if o.rank == best.rank), key=lambda o: o.certainty == "stated")
            return self._nearer(sentence, told, every, matches, before, best)
        if (
            before is not None
            and self._joined.goes_on(sentence, told, before[0])
            and not self._joined.turns(sentence, told, before[0])
            and before[1].rank != _FOE
        ):
            return before[1]
        # Who did something before the boat sank did not sink it.
        mishap = means.method is not None and means.method.type in MISHAPS
        elided = not mishap and self._joined.is_elided(sentence, told)
        if elided or (not mishap and self._joined.second_deed(sentence, told)):
            speaking = means.speaking if elided and self._joined.goes_on_speaker(sentence, told) else ()
            return self._understood(sentence, told, every, matches, speaking)
        return None

    def _nearer(
        self,
        sentence: Sentence,
        told: Told,
        every: Sequence[Told],
        matches: Sequence[Match],
        before: tuple[Told, Agent] | None,
        best: Agent,
    ) -> Agent:
        """The subject of the verb that a deed goes on, where `best` is but the doer of an attack told before it."""
        if best.rank >= _OWN_VERB or best.span[0] > told.match.at:
            return best
        if before is not None and before[1].rank >= _OWN_VERB and before[1].sentence is None:
            return before[1] if self._joined.same_breath(sentence, told, before[0]) else best
        carried = self._joined.verb_of(sentence, told) != told.match.at
        if carried and self._joined.is_elided(sentence, told) and isinstance(told, Claim):
            own = self._understood(sentence, told, every, matches, ())
            if own is not None and own.span[0] > best.span[1]:
                return own._replace(rank=_OWN_VERB)
        return best

    def of_attack(self, sentence: Sentence, matches: Sequence[Match], means: Means) -> Agent | None:
        """Who did the attack that the method of `means` names, as told by the words of the attack itself."""
        options = []
        for match in self._doers.acting(sentence, matches, ()):
            span = next(iter(match.captures.get("agent", ())[-1:]), None)
            if span is None or "binds" in match.rule.set or "foe" in match.rule.set:
                continue
            unclaimed = match.rule.set.get("claims") == "yes" and not self._joined.attacks(sentence, match)
            if unclaimed or self._joined.no_weapon(sentence, match, means.mentions):
                continue
            such = self._doers.is_such(sentence, span, match.rule.set.get("who"))
            if not such and not self._doers.follows_from(sentence, span):
                continue
            elsewhere = self._joined.elsewhere(sentence, match, means.method, means.mentions)
            atoms = self._reader.atoms(sentence, span[0])
            if not elsewhere and ("attack_noun" not in atoms or "actor" in atoms):
                certainty = self._doers.certainty(sentence, span, match.rule.set.get("certainty"))
                options.append(Agent(span, certainty, match.rule.priority, sentence))
        return max(options, key=lambda o: o.rank) if options else None

    def adopter(self, sentence: Sentence, match: Match) -> Agent | None:
        """Who says in `match` that he did it, or is accused of it, of whatever was told before."""
        span = next(iter(match.captures.get("agent", ())[-1:]), None)
        if match.rule.set.get("claims") not in ("yes", "accused") or span is None:
            return None
        span = self._doers.body_of(sentence, span)
        if "poss" in self._reader.atoms(sentence, span[0]):
            span = self._subjects.owner_before(sentence, span)  # "X said that its fighters"
        # Not a council that adopts a resolution, and not an attack by its own name.
        if not self._doers.armed(self._reader.atoms(sentence, span[0])) or not self._joined.attacks(sentence, match):
            return None
        if match.rule.set["claims"] == "accused" and not self._joined.taken_up(sentence, match):
            return None
        certainty = self._doers.certainty(sentence, span, match.rule.set.get("certainty"))
        return Agent(span, certainty, match.rule.priority, sentence)

    @staticmethod
    def attackers(told: Told) -> bool:
        """Whether the dead may be the attackers themselves: fighters of whom no side is told."""
        return isinstance(told, Claim) and told.type == "militant" and told.affiliation is None

    def harmed_own(self, sentence: Sentence, claim: Claim, agent: Agent) -> bool:
        """Whether an agent taken from elsewhere in the text is the body that the victims of `claim` belong to."""
        return self._doers.sides.same_side(sentence, claim, agent.span, agent.sentence)

    def is_of_them(self, claim: Claim, agent: Agent) -> bool:
        """Whether the victims, fighters of whom no side is told, may be those who did what was told before: gunmen."""
        atoms = self._reader.atoms(agent.sentence, agent.span[0]) if agent.sentence else frozenset[str]()
        return self.attackers(claim) and "militant" in atoms and "actor" not in atoms

    def _understood(
        self,
        sentence: Sentence,
        told: Told,
        every: Sequence[Told],
        matches: Sequence[Match],
        speaking: Sequence[Span],
    ) -> Agent | None:
        """The subject named last before the deed: who speaks, or who did what was told before."""
        taken = {at for one in every for at in range(*one.span)}
        doers = (
            m
            for m in matches
            if "agent" in m.captures and m.rule.set.get("binds") == "trigger" and "charge" not in m.rule.set
        )
        spans = [m.captures["agent"][-1] for m in doers if self._doers.does(sentence, m, m.captures["agent"][-1])]
        spans = [s for s in spans if s[1] <= told.match.at and taken.isdisjoint(range(*s))]
        if not spans and (verb := self._joined.verb_of(sentence, told)) is not None:
            spans = self._subjects.acting_before(sentence, verb, taken)
            if spans and isinstance(told, Claim) and self._doers.sides.same_side(sentence, told, spans[0]):
                spans = self._subjects.acting_before(sentence, verb, taken, spans[0][0])
        bodies = (self._doers.body_of(sentence, s) for s in speaking if self._doers.acts(sentence, s))
        spans += [s for s in bodies if s[1] <= told.match.at and taken.isdisjoint(range(*s))]
        if not spans:
            return None
        span = max(spans, key=lambda s: s[1])
        if isinstance(told, Claim) and (told.span[0] < span[1] or self._own(sentence, told, span)):
            return None
        return Agent(span, "stated", 0)

    def _own(self, sentence: Sentence, claim: Claim, span: Span) -> bool:
        """Whether the victims are of the body at `span`, be it that they are told as no more than soldiers: X said that
        it beat off … and three soldiers were killed."""
        if self._doers.sides.same_side(sentence, claim, span):
            return True
        soldiers = claim.affiliation is None and claim.type in ("military", "police")
        passive = {"verb", "passive"} <= self._reader.atoms(sentence, claim.match.at)
        return soldiers and passive and self._doers.sides.of_state(sentence, span)

    def _options(
        self, sentence: Sentence, told: Told, every: Sequence[Told], matches: Sequence[Match], means: Means
    ) -> Iterable[Agent]:
        taken = {at for one in every for at in range(*one.span)} | {one.match.at for one in every}
        doers = (one for one in every if self._may_have_done(sentence, one))
        charged = taken - {at for one in doers for at in range(*one.span)}
        # The gang that was broken up is told beside its members: it is no one who took them.
        taken.update(at for span in told.match.captures.get("group", ()) for at in range(*span))
        # Who mourns the dead did not kill them.
        own = told.match.rule.set.get("whose") == "agent"
        for span in () if own else told.match.captures.get("agent", ()):
            atoms = self._reader.atoms(sentence, span[0])
            weapon = atoms & {"attack_noun", "weapon_noun"} and "actor" not in atoms and span[1] - span[0] == 1
            helps = (
                isinstance(told, Claim) and told.outcome in HURT | {"abducted"} and self._doers.helps(sentence, span)
            )
            helps = helps or bool(atoms & {"place_type"} and atoms.isdisjoint(_WHO))
            helps = helps or self._doers.is_scene(sentence, span) or self._doers.tells(sentence, span, told.match.at)
            if span[0] not in taken and not weapon and not helps and not self._is_mishap(told, means):
                yield Agent(span, self._doers.certainty(sentence, span, None), 10)
        news = self._joined.news(sentence, told) if matches else range(0)
        for match in self._doers.acting(sentence, matches, taken):
            for span in match.captures.get("agent", ())[-1:]:
                # Who was arrested may be charged with what is told behind.
                own_clause = told.span[0] > span[0] and self._subjects.has_clause(sentence, span, match.at)
                told_of = match.rule.set.get("charge") == "yes" or own_clause
                if not (charged if told_of else taken).isdisjoint(range(*span)):
                    continue
                found = self._of_match(sentence, told, match, span, means, news)
                if found is not None:
                    yield found

    def _of_match(
        self, sentence: Sentence, told: Told, match: Match, span: Span, means: Means, news: range
    ) -> Agent | None:
        values, rank = match.rule.set, match.rule.priority
        if self._tells_of_none(sentence, told, match, span):
            return None
        if values.get("charge") == "yes":
            # The deed that somebody is charged with, as "accused of" between him and it, or his own name, tells.
            words = (self._reader.atoms(sentence, k) for k in range(span[0], match.at))
            first = self._reader.atoms(sentence, span[0])
            of_it = span[1] - span[0] == 1 and "accused_of" in first and first.isdisjoint({"def", "pl", "du"})
            apart = match.at != told.match.at or of_it or not any("accused_of" in atoms for atoms in words)
            apart = apart or (isinstance(told, Claim) and told.outcome == "released")
        elif values.get("binds") == "trigger":
            apart = match.at != told.match.at or not self._doers.is_subject(sentence, match, span)
        elif values.get("binds") == "victims":
            apart = not self._joined.of_victims(sentence, match, told)
        elif values.get("any") == "held":
            # A raid takes people behind it; who was killed there is told by other words.
            apart = not isinstance(told, Claim) or told.outcome not in HELD or told.match.at < match.at
            apart = apart or span[0] not in news
        elif values.get("claims") == "yes" and match.at > told.match.at:
            held = isinstance(told, Claim) and told.outcome in HELD
            apart = held or self.attackers(told) or not self._joined.attacks(sentence, match)
            apart = apart or self._joined.after_another(sentence, match, told)
        else:
            if self._doers.is_noun(sentence, match, span) or self._doers.is_led_person(sentence, match, span):
                return None
            if self._joined.elsewhere(sentence, match, means.method, means.mentions):
                if not self._joined.told_again(match, means.method, means.mentions):
                    return None
                rank = _OTHER_WORDS
            held = isinstance(told, Claim) and told.outcome in HELD
            held = held and (values.get("any") != "yes" or self._joined.apart_from(sentence, match, told))
            other = self._joined.of_other(sentence, told, match, means.mentions)
            other = other or (values.get("claims") == "accused" and self._joined.is_execution(sentence, told))
            apart = held or other or span[0] not in news or self._joined.after_another(sentence, match, told)
        if apart or not self._fits(sentence, told, match, span):
            return None
        rank = _FOE if values.get("foe") == "other" else rank
        certainty = self._doers.certainty(sentence, span, values.get("certainty"))
        return Agent(self._doers.unquoted(sentence, span), certainty, rank)

    def _tells_of_none(self, sentence: Sentence, told: Told, match: Match, span: Span) -> bool:
        """Whether what reads like a deed and its doer is none."""
        first = self._reader.atoms(sentence, span[0])
        if span[1] - span[0] == 1 and {"common", "poss", "person", "sg"} <= first and not first & _OTHERWISE:
            return True  # an everyday word that is written like somebody's people
        if match.at and "statement_noun" in self._reader.atoms(sentence, match.at - 1):
            return True  # a speech that somebody gave, by a verb of throwing too
        if match.at and "down_noun" in self._reader.atoms(sentence, match.at - 1):
            return True  # the aeroplane that was shot down
        if match.at == told.span[1] and "blamed_on" in self._reader.atoms(sentence, match.at):
            return True  # "four killed who are suspected to be members of X": it tells who they were
        if span[0] == match.at + 1 and "binds" not in match.rule.set and self._joined.carried(sentence, match.at):
            return True  # "succeeded in bombing X": X is what was bombed
        # "And for taking part in".
        return self._doers.backs(sentence, span) or "plotting" in self._reader.atoms(sentence, span[0])

    def _fits(self, sentence: Sentence, told: Told, match: Match, span: Span) -> bool:
        """Whether the body named can be the doer of what is told, by what it is and whom it harmed."""
        values, sides = match.rule.set, self._doers.sides
        blamed = values.get("certainty") == "hedged"
        thing = self._doers.is_weapon(sentence, span) or self._doers.is_label(sentence, span, blamed=blamed)
        if thing or not self._doers.is_such(sentence, span, values.get("who")):
            return False
        if not isinstance(told, Claim):
            return True
        hurt = told.outcome in HURT
        if values.get("foe") == "yes" and not (told.type in ARMED or (told.affiliation and told.type in OPEN_TYPES)):
            return False
        if hurt and self._doers.helps(sentence, span):
            return False
        if "other" in match.captures:
            return hurt and sides.of_side(sentence, told, match.captures["other"][-1], span)
        return not sides.same_side(sentence, told, span) and not self._counted_noun(sentence, told, span)

    @staticmethod
    def _is_mishap(told: Told, means: Means) -> bool:
        """Whether the very word that tells what happened tells of a mishap: the aeroplane crashed."""
        return means.method is not None and means.method.type in MISHAPS and means.method.at == told.match.at

    def _may_have_done(self, sentence: Sentence, told: Told) -> bool:
        """Whether the people told of may be the doers of another deed: those arrested, or sentenced to death."""
        if not isinstance(told, Claim) or told.outcome in HELD:
            return isinstance(told, Claim)
        return any(("method", "execution") in r.attributes for r in self._reader.readings(sentence, told.match.at))

    @staticmethod
    def _counted_noun(sentence: Sentence, claim: Claim, span: Span) -> bool:
        """Whether the noun is what a definite number behind it counts ("the soldiers, the three of them")."""
        quantity = sentence.quantities.get(claim.span[0])
        return span[1] == claim.span[0] and quantity is not None and quantity.definite

    def _nearness(self, sentence: Sentence, told: Told, agent: Agent, method: MethodFound | None) -> int:
        """Larger is nearer, in words from the claim or from its method."""
        at = told.match.at if method is None or method.sentence is not sentence else method.at
        return -min(abs(agent.span[0] - told.match.at), abs(agent.span[0] - at))
