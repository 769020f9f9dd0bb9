"""Who did it: the agents that a sentence names, and the one of a claim."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from extractor.claims import Claim
from extractor.context.methods import MethodFound, MethodMention
from extractor.match import Match, Span, Told
from extractor.sentence import Sentence, SentenceReader
from extractor.spans import identities_of

# Kinds of bodies that do harm or arrest; a monitor or a newspaper that says "the killing of" tells of others.
_ACTING: Final = frozenset(
    {"state_military", "coalition", "police", "security", "armed_group", "militia", "government", "judiciary"}
)
_OF_STATE: Final = frozenset({"state_military", "police", "security"})
# Kinds that kill and wound nobody.
_HELPING: Final = frozenset({"civil_defence", "medical", "monitor", "ngo", "media"})
_HURT: Final = frozenset({"killed", "wounded", "killed_or_wounded"})
_RELATIVE: Final = 2  # words between people and the verb of the clause that tells who harmed them
_HEDGE: Final = 5  # words before an agent in which a hedge ("believed to") is about the agent
_SAME_ATTACK: Final = 6  # words between two words of method that can tell of one attack
_ONE_BREATH: Final = 4  # the same where the two are of different types
_JOINED: Final = 14  # words between two claims of one deed
_SAME_SUBJECT: Final = 30  # the same where both are active verbs of one gender, so that the subject can be one
_BODIES: Final = frozenset({"actor", "org_noun", "anaphor", "collective", "quote", "group_nisba", "pl"})
_FIGHTERS: Final = frozenset({"militant", "military", "police"})
# An attack that the sentence tells of is not what takes or frees people.
_HELD: Final = frozenset({"detained", "released", "surrendered", "captured"})
_PLACES: Final = frozenset({"country", "capital"})
_OPENS: Final = frozenset(
    {"stop_sign", "comma", "colon", "dash", "conj", "that", "quote", "report_verb", "support_verb", "by"}
) | {
    "blame_verb",
    "blamed_on",
    "launch_verb",
    "harm_verb",
    "carried_out",
    "prep_l",
    "attack_noun",
}
_BEGINS: Final = frozenset(
    {"stop_sign", "comma", "colon", "dash", "conj", "that", "quote", "scope_break", "place_break"}
)
_LED: Final = frozenset({"in", "of", "to", "on", "prep_b", "prep_l", "about", "direction", "near", "governs"})
# Verbs behind whose subject stands what is announced or condemned, as a noun.
_SAYS: Final = frozenset({"report_verb", "condemn_verb", "stance_verb"})
# What cannot stand between a subject and its verb.
_BETWEEN: Final = frozenset(
    {"attack_noun", "conj", "conj_f", "scope_break", "clause_open", "condemn_verb", "stance_verb"}
)
_MISHAPS: Final = frozenset({"accident", "disaster", "disease"})
_AT: Final = attrgetter("at")


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
    """Finds perpetrators for claims."""

    def __init__(
        self, reader: SentenceReader, identities: Mapping[str, tuple[str, ...]], actors: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._reader = reader
        self._parting = reader.finder("scope_break", "stop_sign")
        self._identities = identities
        self._actors = actors

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
        if "poss" in self._reader.atoms(sentence, told.match.at) and self._elided(sentence, told):
            # "Its killing of": whose it is.
            own = self._understood(sentence, told, every, matches, means.speaking)
            if own is not None:
                return own
            matches = [m for m in matches if m.rule.set.get("claims") == "yes"]
        options = list(self._options(sentence, told, every, matches, means))
        if options:
            return max(options, key=lambda o: (o.rank, self._nearness(sentence, told, o, means.method)))
        if (
            before is not None
            and self._goes_on(sentence, told, before[0])
            and not self._turns(sentence, told, before[0])
        ):
            return before[1]
        if self._elided(sentence, told):
            return self._understood(sentence, told, every, matches, means.speaking)
        if self._second_deed(sentence, told):
            return self._understood(sentence, told, every, matches, ())
        return None

    def _second_deed(self, sentence: Sentence, told: Told) -> bool:
        """Whether a deed told by a noun goes on one told before it ("managed to seize … and to arrest")."""
        at = told.match.at
        behind = [self._reader.atoms(sentence, k) for k in range(max(0, at - 3), at)]
        if "act_noun" not in self._reader.atoms(sentence, at) or any("relative" in atoms for atoms in behind):
            return False
        return any("conj" in atoms for atoms in behind)

    def _elided(self, sentence: Sentence, told: Told) -> bool:
        """Whether the deed leaves its subject to the clause before: "and then killed", "and its arrest of"."""
        at = told.match.at
        atoms = self._reader.atoms(sentence, at)
        if "verb" in atoms and "noun" not in atoms:
            sure = "active" in atoms and ("passive" not in atoms or "f" in atoms) and "obj" not in atoms
            return (
                sure and bool(self._reader.atoms(sentence, at - 1) & {"conj", "conj_f", "then", "comma"})
                if at
                else False
            )
        if "act_noun" not in atoms:
            return False
        if "poss" in atoms:
            return True
        for k in range(at - 1, max(0, at - 4), -1):
            if "support_verb" in self._reader.atoms(sentence, k):
                return bool(self._reader.atoms(sentence, k - 1) & {"conj", "conj_f", "then"})
        return False

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
        spans = [m.captures["agent"][-1] for m in doers if self._does(sentence, m, m.captures["agent"][-1])]
        spans += [s for s in speaking if self._acts(sentence, s)]
        spans = [s for s in spans if s[1] <= told.match.at and taken.isdisjoint(range(*s))]
        if not spans and "verb" in self._reader.atoms(sentence, told.match.at):
            spans = self._acting_before(sentence, told.match.at, taken)
        if not spans:
            return None
        span = max(spans, key=lambda s: s[1])
        if isinstance(told, Claim) and (told.span[0] < span[1] or self._same_side(sentence, told, span)):
            return None
        return Agent(span, "stated", 0)

    def _acting_before(self, sentence: Sentence, at: int, taken: set[int]) -> list[Span]:
        """The last force before `at` that is the subject of a verb of whatever kind ("the police broke up … and
        arrested"); none where another statement begins in between."""
        for k in range(at - 1, -1, -1):
            atoms = self._reader.atoms(sentence, k)
            if atoms & {"stop_sign", "scope_break"}:
                return []
            fighters = {"person", "pl", "def"} <= atoms and bool(atoms & _FIGHTERS)
            if k in taken or not (fighters or ("actor" in atoms and self._acts(sentence, (k, k + 1)))):
                continue
            end = k + 1
            while end < at and self._reader.atoms(sentence, end) & {"nationality", "adjective"}:
                end += 1
            before: frozenset[str] = self._reader.atoms(sentence, k - 1) if k else _OPENS
            first = self._reader.atoms(sentence, k - 2) if k > 1 else _OPENS
            verb = before.isdisjoint(_LED | {"report_verb", "nominal", "def"}) and bool(first & _OPENS)
            return [(k, end)] if verb or before & _BEGINS else []
        return []

    def of_attack(self, sentence: Sentence, matches: Sequence[Match], means: Means) -> Agent | None:
        """Who did the attack that the method of `means` names, as told by the words of the attack itself."""
        options = []
        for match in self._acting(sentence, matches, ()):
            span = next(iter(match.captures.get("agent", ())[-1:]), None)
            if span is None or "binds" in match.rule.set or match.rule.set.get("foe") == "yes":
                continue
            unclaimed = match.rule.set.get("claims") == "yes" and not self._attacks(sentence, match)
            if unclaimed or self._no_weapon(sentence, match, means):
                continue
            atoms = self._reader.atoms(sentence, span[0])
            if not (self._is_such(sentence, span, match.rule.set.get("who")) or self._from(sentence, span)):
                continue
            if not self._elsewhere(match, means) and ("attack_noun" not in atoms or "actor" in atoms):
                certainty = self._certainty(sentence, span, match.rule.set.get("certainty"))
                options.append(Agent(span, certainty, match.rule.priority, sentence))
        return max(options, key=lambda o: o.rank) if options else None

    def adopter(self, sentence: Sentence, match: Match) -> Agent | None:
        """Who says in `match` that he did it, or is accused of it, of whatever was told before."""
        span = next(iter(match.captures.get("agent", ())[-1:]), None)
        if match.rule.set.get("claims") not in ("yes", "accused") or span is None:
            return None
        # Not a council that adopts a resolution, and not an attack by its own name.
        if not self._armed(self._reader.atoms(sentence, span[0])) or not self._attacks(sentence, match):
            return None
        if match.rule.set["claims"] == "accused" and not self._taken_up(sentence, match):
            return None
        certainty = self._certainty(sentence, span, match.rule.set.get("certainty"))
        return Agent(span, certainty, match.rule.priority, sentence)

    def _taken_up(self, sentence: Sentence, match: Match) -> bool:
        """Whether the attack that a match tells of is one told before: "the blast", not "of shelling a town"."""
        behind = range(match.end - 1, min(len(sentence), match.end + _RELATIVE + 2))
        told = [self._reader.atoms(sentence, k) for k in behind]
        return any("adopted_deed" in a or ("def" in a and a & {"attack_noun", "atrocity"}) for a in told)

    def _attacks(self, sentence: Sentence, match: Match) -> bool:
        """Whether what is claimed is an attack: named right behind, or meant by a pronoun."""
        behind = range(match.end, min(len(sentence), match.end + _RELATIVE + 2))
        words = [self._reader.atoms(sentence, match.at), *(self._reader.atoms(sentence, k) for k in behind)]
        return any(atoms & {"adopted_it", "attack_noun", "atrocity", "adopted_deed"} for atoms in words)

    def _options(
        self, sentence: Sentence, told: Told, every: Sequence[Told], matches: Sequence[Match], means: Means
    ) -> Iterable[Agent]:
        taken = {at for one in every for at in range(*one.span)} | {one.match.at for one in every}
        doers = (one for one in every if self._may_have_done(sentence, one))
        charged = taken - {at for one in doers for at in range(*one.span)}
        # The gang that was broken up is told beside its members: it is no one who took them.
        taken.update(at for span in told.match.captures.get("group", ()) for at in range(*span))
        for span in told.match.captures.get("agent", ()):
            atoms = self._reader.atoms(sentence, span[0])
            weapon = atoms & {"attack_noun", "weapon_noun"} and "actor" not in atoms and span[1] - span[0] == 1
            if span[0] not in taken and not weapon and not self._is_mishap(told, means):
                yield Agent(span, self._certainty(sentence, span, None), 10)
        news = self._news(sentence, told.match.at) if matches else range(0)
        for match in self._acting(sentence, matches, taken):
            for span in match.captures.get("agent", ())[-1:]:
                # Who was arrested may be charged with what is told behind.
                if not (charged if match.rule.set.get("charge") == "yes" else taken).isdisjoint(range(*span)):
                    continue
                found = self._of_match(sentence, told, match, span, means, news)
                if found is not None:
                    yield found

    @staticmethod
    def _is_mishap(told: Told, means: Means) -> bool:
        """Whether the very word that tells what happened tells of a mishap: the aeroplane crashed."""
        return means.method is not None and means.method.type in _MISHAPS and means.method.at == told.match.at

    def _acting(self, sentence: Sentence, matches: Sequence[Match], taken: Collection[int]) -> list[Match]:
        """The matches without those that take for the subject of a verb what stands behind it, where another stands
        right before it, none of the victims in `taken`: gunmen attacked the patrol."""
        spans = ((m.at, span) for m in matches for span in m.captures.get("agent", ())[-1:])
        led = {
            at
            for at, span in spans
            if span[1] == at
            and span[0] not in taken
            and not (span[0] and self._reader.atoms(sentence, span[0] - 1) & _LED)
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

    def _of_match(
        self, sentence: Sentence, told: Told, match: Match, span: Span, means: Means, news: range
    ) -> Agent | None:
        values = match.rule.set
        if match.at and "statement_noun" in self._reader.atoms(sentence, match.at - 1):
            return None  # a speech that somebody gave, by a verb of throwing too
        if match.at == told.span[1] and "blamed_on" in self._reader.atoms(sentence, match.at):
            return None  # "four killed who are suspected to be members of X": it tells who they were
        if self._backs(sentence, span) or "plotting" in self._reader.atoms(sentence, span[0]):
            return None  # "and for taking part in"
        if values.get("charge") == "yes":
            # The deed that somebody is charged with, as "accused of" between him and it, or his own name, tells.
            words = (self._reader.atoms(sentence, k) for k in range(span[0], match.at))
            first = self._reader.atoms(sentence, span[0])
            of_it = span[1] - span[0] == 1 and "accused_of" in first and first.isdisjoint({"def", "pl", "du"})
            apart = match.at != told.match.at or of_it or not any("accused_of" in atoms for atoms in words)
        elif values.get("binds") == "trigger":
            apart = match.at != told.match.at or not self._subject(sentence, match, span)
        elif values.get("binds") == "victims":
            behind = range(told.span[1], match.at)
            joined = any("conj" in self._reader.atoms(sentence, k) for k in behind)  # "ten, and the wounding of"
            apart = joined or not 0 <= match.at - told.span[1] <= _RELATIVE
        elif values.get("claims") == "yes" and match.at > told.match.at:
            held = isinstance(told, Claim) and told.outcome in _HELD
            apart = held or self.attackers(told) or not self._attacks(sentence, match)
        else:
            held = isinstance(told, Claim) and told.outcome in _HELD
            held = held and (values.get("any") != "yes" or self._apart_from(sentence, match, told))
            other = self._of_other(sentence, told, match, means) or self._elsewhere(match, means)
            apart = held or other or span[0] not in news or self._after_another(sentence, match, told)
        if apart or not self._fits(sentence, told, values, span):
            return None
        return Agent(span, self._certainty(sentence, span, values.get("certainty")), match.rule.priority)

    def _after_another(self, sentence: Sentence, match: Match, told: Told) -> bool:
        """Whether what is told is of an attack after which the agent did what the match tells ("the army moved on X
        after an attack that left")."""
        for k in range(match.end, told.match.at - 1):
            since = "place_since" in self._reader.atoms(sentence, k)
            if since and self._reader.atoms(sentence, k + 1) & {"attack_noun", "atrocity"}:
                return True
        return False

    def _backs(self, sentence: Sentence, span: Span) -> bool:
        """Whether a nationality tells by whom a body is backed ("the council backed by the Emirates")."""
        alone = (
            span[0] > 0 and span[1] - span[0] == 1 and {"nationality", "acc"} <= self._reader.atoms(sentence, span[0])
        )
        return alone and "def" in self._reader.atoms(sentence, span[0] - 1)

    def _is_such(self, sentence: Sentence, span: Span, who: str | None) -> bool:
        """Whether the body named is of the kind that a rule asks for: one that acts, an armed one, a fighter."""
        atoms = self._reader.atoms(sentence, span[0])
        if who == "state":
            kinds = {self._actors[i[6:]].get("kind") for i in self._ids(sentence, span) if i.startswith("actor:")}
            return bool(kinds & (_OF_STATE | {"government"})) or {"org_noun", "police"} <= atoms
        if who == "force":
            return not atoms.isdisjoint(_FIGHTERS | {"actor", "bomber", "masked", "weapon_noun"})
        return (who != "actor" or self._acts(sentence, span)) and (who != "armed" or self._armed(atoms))

    def _apart_from(self, sentence: Sentence, match: Match, told: Told) -> bool:
        """Whether an "and" joins the arrest or release told to words of who did something else ("killed in an attack
        carried out by X, and the arrest of")."""
        at = told.match.at
        joined = match.end <= at and "conj" in self._reader.atoms(sentence, at - 1)
        return joined and "attack_noun" in self._reader.atoms(sentence, max(0, match.at - 1))

    def _fits(self, sentence: Sentence, told: Told, values: Mapping[str, str], span: Span) -> bool:
        """Whether the body named can be the doer of what is told, by what it is and whom it harmed."""
        atoms = self._reader.atoms(sentence, span[0])
        mere_arms = span[1] - span[0] == 1 and self._mere_arms(atoms)
        if atoms.isdisjoint({"actor", "bomber"}) and ("attack_noun" in atoms or mere_arms):
            return False
        label = atoms & _PLACES and "actor" not in atoms and not self._leads(sentence, span)
        who = values.get("who")
        if label or not self._is_such(sentence, span, who):
            return False
        if not isinstance(told, Claim):
            return True
        if values.get("foe") == "yes" and not (
            told.type in _FIGHTERS or (told.affiliation and told.type in (None, "unknown"))
        ):
            return False
        if told.outcome in _HURT and self._helps(sentence, span):
            return False
        return not self._same_side(sentence, told, span) and not self._counted_noun(sentence, told, span)

    @staticmethod
    def _armed(atoms: frozenset[str]) -> bool:
        """Whether a word names a body or definite fighters, not what an attack is like ("a security raid")."""
        if "adjective" in atoms and atoms.isdisjoint({"actor", "group_nisba"}):
            return False
        return bool(atoms & _BODIES) or ("def" in atoms and bool(atoms & _FIGHTERS))

    def _from(self, sentence: Sentence, span: Span) -> bool:
        """Whether a preposition tells that the attack is somebody's ("shots from a driver")."""
        atoms = self._reader.atoms(sentence, span[0])
        led = span[0] and self._reader.atoms(sentence, span[0] - 1) & {"of", "prep_l"}
        return bool(led) and "person" in atoms and "adjective" not in atoms

    def _helps(self, sentence: Sentence, span: Span) -> bool:
        """Whether the body named is one that counts the dead or helps the wounded."""
        kinds = {self._actors[i[6:]].get("kind") for i in self._ids(sentence, span) if i.startswith("actor:")}
        return bool(kinds) and kinds <= _HELPING

    @staticmethod
    def _mere_arms(atoms: frozenset[str]) -> bool:
        """Whether a word names shells, rockets or guns; aircraft stand for whoever flies them."""
        return "weapon_noun" in atoms and not atoms & {"airstrike", "drone"}

    def _leads(self, sentence: Sentence, span: Span) -> bool:
        """Whether a country or a capital stands where a subject begins, not as a label or as what was left."""
        before = self._reader.atoms(sentence, span[0] - 1) if span[0] else frozenset({"stop_sign"})
        after = self._reader.atoms(sentence, span[1]) if span[1] < len(sentence) else frozenset[str]()
        return bool(before & _OPENS) and not after & {"comma", "colon", "dash"}

    def _does(self, sentence: Sentence, match: Match, span: Span) -> bool:
        """Whether an agent is the subject of its verb, and a body that acts where the rule asks for one."""
        acts = match.rule.set.get("who") != "actor" or self._acts(sentence, span)
        return acts and self._subject(sentence, match, span)

    def _subject(self, sentence: Sentence, match: Match, span: Span) -> bool:
        """Whether an agent can be the subject of its verb: no preposition leads it, no other subject follows it."""
        if span[0] > 0 and match.rule.set.get("free") != "yes":
            before = self._reader.atoms(sentence, span[0] - 1)
            # "The army announced killing …": what could be the verb is the noun that is announced.
            noun = before & _SAYS and "act_noun" in self._reader.atoms(sentence, match.at)
            if before & _LED or (noun and not match.rule.set.get("who")):
                return False
        if span[0] > match.at or match.rule.set.get("over") == "that":
            return True
        agent, verb = self._reader.atoms(sentence, span[0]), self._reader.atoms(sentence, match.at)
        people = {"person", "pl"} <= agent and not agent & {"actor", "f", "weapon_noun", "item", "collective"}
        if people and "f" in verb and "pl" not in verb:
            return False  # people are no "she": the verb goes on an earlier subject
        between = (self._reader.atoms(sentence, at) for at in range(span[1], match.at))
        return not any(atoms & _BETWEEN or ("that" in atoms and "that_it" not in atoms) for atoms in between)

    def _of_other(self, sentence: Sentence, told: Told, match: Match, means: Means) -> bool:
        """Whether the words are said of something else: of the victims' own arms, of another deed than that told."""
        if match.at in range(*told.span):
            return True
        atoms = self._reader.atoms(sentence, match.at)
        if match.rule.set.get("any") != "yes" and self._no_weapon(sentence, match, means):
            return bool(means.mentions) or "weapon_noun" not in atoms
        if "by" not in atoms:
            return False
        if match.at < told.match.at:
            return not any(0 < match.at - m.at <= _JOINED for m in means.mentions)
        between = (self._reader.atoms(sentence, k) for k in range(told.match.end, match.at))
        return any("verb" in atoms and not atoms & {"noun", "attack_verb", "auxiliary", "nominal"} for atoms in between)

    def _no_weapon(self, sentence: Sentence, match: Match, means: Means) -> bool:
        """Whether the word of attack in a match is none here: an aeroplane that carries people, a march and no drone,
        a blow in a figure of speech."""
        weapon = self._reader.atoms(sentence, match.at) & {"weapon_noun", "strike_word"}
        return bool(weapon) and all(m.at != match.at for m in means.mentions)

    @staticmethod
    def _elsewhere(match: Match, means: Means) -> bool:
        """Whether the agent belongs to another attack of the sentence than the one of the claim."""
        if means.method is None:
            return False
        first = bisect_left(means.mentions, match.at, key=_AT)
        # The last one before it, and those within.
        near = means.mentions[max(0, first - 1) : bisect_right(means.mentions, match.end, key=_AT)]
        if not near:
            return False
        nearest = min(near, key=lambda m: abs(m.at - match.at))
        if abs(nearest.at - match.at) >= abs(means.method.at - match.at):
            return False
        apart = abs(nearest.at - means.method.at)
        return apart > _SAME_ATTACK or (nearest.type != means.method.type and apart > _ONE_BREATH)

    def _news(self, sentence: Sentence, at: int) -> range:
        """The segments at which no break of the news parts what begins from what is told at `at`."""
        # Behind a colon a headline tells how many: "massacre by X: 30 dead".
        breaks = [k for k in self._parting(sentence) if "colon" not in self._reader.atoms(sentence, k)]
        first = bisect_left(breaks, at)
        return range(breaks[first - 1] + 1 if first else 0, breaks[first] + 1 if first < len(breaks) else len(sentence))

    def _certainty(self, sentence: Sentence, span: Span, given: str | None) -> str:
        if given:
            return given
        for at in range(span[0] - 1, max(-1, span[0] - 1 - _HEDGE), -1):
            for reading in self._reader.readings(sentence, at):
                if "cue" in reading.atoms and dict(reading.attributes).get("cue_kind") == "hedged":
                    return "hedged"
            if self._reader.atoms(sentence, at) & {"clause_end", "report_verb"}:
                break
        return "stated"

    def _ids(self, sentence: Sentence, span: Span) -> set[str]:
        return {i for at in range(*span) for i in identities_of(self._identities, sentence.words[at])}

    def _acts(self, sentence: Sentence, span: Span) -> bool:
        """Whether the body named can have done it itself: an army or a police, not a monitor or a paper."""
        for identity in self._ids(sentence, span):
            if identity.startswith("actor:") and self._actors[identity[6:]].get("kind") in _ACTING:
                return True
        atoms = self._reader.atoms(sentence, span[0])
        if atoms & {"country", "capital"}:
            return True
        return bool(atoms & {"org_noun"} and atoms & {"police", "military", "militant"})

    def _same_side(self, sentence: Sentence, claim: Claim, span: Span, where: Sentence | None = None) -> bool:
        """Whether the body named, in the sentence of the claim or in `where`, is the one that the victims belong to."""
        if claim.affiliation is None:
            return False
        where = where or sentence
        own = {i for i in self._ids(sentence, claim.affiliation) if i.startswith("actor:")}
        same_words = where.words[span[0] : span[1]] == sentence.words[claim.affiliation[0] : claim.affiliation[1]]
        theirs = self._ids(where, span)
        return bool(own & theirs) or same_words or self._own_army(sentence, claim, theirs)

    def _own_army(self, sentence: Sentence, claim: Claim, theirs: set[str]) -> bool:
        """Whether soldiers told by their nation alone ("Israeli soldiers") are of the army or police of `theirs`."""
        if claim.affiliation is None or claim.type not in ("military", "police"):
            return False
        nations = {i[8:] for i in self._ids(sentence, claim.affiliation) if i.startswith("country:")}
        if any(f"country:{nation}" in theirs for nation in nations):
            return True
        bodies = (self._actors[i[6:]] for i in theirs if i.startswith("actor:"))
        return any(b.get("kind") in _OF_STATE and b.get("country") in nations for b in bodies)

    def _may_have_done(self, sentence: Sentence, told: Told) -> bool:
        """Whether the people told of may be the doers of another deed: those arrested, or sentenced to death."""
        if not isinstance(told, Claim) or told.outcome in _HELD:
            return isinstance(told, Claim)
        return any(("method", "execution") in r.attributes for r in self._reader.readings(sentence, told.match.at))

    @staticmethod
    def attackers(told: Told) -> bool:
        """Whether the dead may be the attackers themselves: fighters of whom no side is told."""
        return isinstance(told, Claim) and told.type == "militant" and told.affiliation is None

    def harmed_own(self, sentence: Sentence, claim: Claim, agent: Agent) -> bool:
        """Whether an agent taken from elsewhere in the text is the body that the victims of `claim` belong to."""
        return self._same_side(sentence, claim, agent.span, agent.sentence)

    def is_of_them(self, claim: Claim, agent: Agent) -> bool:
        """Whether the victims, fighters of whom no side is told, may be those who did what was told before: gunmen."""
        atoms = self._reader.atoms(agent.sentence, agent.span[0]) if agent.sentence else frozenset[str]()
        return self.attackers(claim) and "militant" in atoms and "actor" not in atoms

    @staticmethod
    def _counted_noun(sentence: Sentence, claim: Claim, span: Span) -> bool:
        """Whether the noun is what a definite number behind it counts ("the soldiers, the three of them")."""
        quantity = sentence.quantities.get(claim.span[0])
        return span[1] == claim.span[0] and quantity is not None and quantity.definite

    def _nearness(self, sentence: Sentence, told: Told, agent: Agent, method: MethodFound | None) -> int:
        """Larger is nearer, in words from the claim or from its method."""
        at = told.match.at if method is None or method.sentence is not sentence else method.at
        return -min(abs(agent.span[0] - told.match.at), abs(agent.span[0] - at))

    def _turns(self, sentence: Sentence, told: Told, before: Told) -> bool:
        """Whether the clause turns from an arrest or a release to people who were killed, by whomever: "the court freed
        ten in the case of the blast in which thirty were killed"."""
        atoms = self._reader.atoms(sentence, told.match.at)
        freed = isinstance(before, Claim) and before.outcome in _HELD
        hurt = isinstance(told, Claim) and told.outcome in _HURT
        return freed and hurt and "verb" in atoms and "passive" in atoms and "f" not in atoms

    def _goes_on(self, sentence: Sentence, told: Told, before: Told) -> bool:
        """Whether `told` is of the same deed as what stands before it: joined to it, with no new statement between."""
        if told.match is before.match:
            return True
        between = [self._reader.atoms(sentence, k) for k in range(before.match.end, told.match.at)]
        here, there = self._reader.atoms(sentence, told.match.at), self._reader.atoms(sentence, before.match.at)
        same_subject = {"verb", "active"} <= here & there and ("f" in here) == ("f" in there)
        if len(between) > (_SAME_SUBJECT if same_subject else _JOINED) or any(
            a & {"report_verb", "scope_break", "stop_sign"} for a in between
        ):
            return False
        if any({"harm_verb", "active"} <= a for a in between):
            return False  # somebody else's deed stands between
        return any(a & {"conj", "conj_f"} for a in between)
