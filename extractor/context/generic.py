"""Talk of nobody in particular, and of no harm: matches that look like claims and are none.

"To justify the killing of civilians", "every soldier killed", "sudden things such as the murder of an envoy" tell of no
one set of people. A counted or named set is particular, but for rates ("kills thousands a year") and for what is no
casualty of violence or accident: people fallen ill or let out of quarantine, soldiers who leave the field, players kept
from matches, hearts that are captured, and whoever dies in a film or a drill.
"""

from __future__ import annotations

from typing import Final

from extractor.claims import Claim
from extractor.rules.lexicon import ARMED
from extractor.sentence import Sentence, SentenceReader

_FARTHEST: Final = 5
_REACH: Final = 8
_LINE: Final = 14  # segments before a count of cases in which an illness is looked for
_AROUND: Final = 4  # segments on either side of a match in which "every day" is looked for
_TAKEN: Final = frozenset({"captured", "abducted"})
_DEADLY: Final = frozenset({"killed", "wounded", "killed_or_wounded"})


class GenericReader:
    """Tells general talk from claims, by vocabulary: `generic_cue` (before an act whose victims are an uncounted
    plural), `warn_cue` (before victims without the article), `lessen_cue` (before casualties left open), `law_noun`
    with a `law_verb` (before any), `every` (before the victims), `always` (around a verb in the present), `yearly`,
    `illness`, `quarantine`, `make_believe`, `match_count`, `prize`; by victims that
    are `mankind`, or a `cell` that nobody can kill."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader

    def _atoms(self, sentence: Sentence, at: int) -> frozenset[str]:
        return self._reader.atoms(sentence, at)

    def generic(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether `claim` is general talk, or tells of no harm."""
        if claim.kind != "casualty":
            return claim.low is None and claim.high is None and self._habit(sentence, claim)
        if claim.part_of is not None:
            return False
        again = self._again(sentence, claim) or self._make_believe(sentence, claim)
        if again or self._no_harm(sentence, claim) or self._open(sentence, claim):
            return True
        if claim.count is not None or claim.names:
            return False
        trigger, start = claim.match.at, claim.span[0]
        head = self._atoms(sentence, claim.head[0]) if claim.head is not None else frozenset()
        example = trigger > 0 and "prep_k" in self._atoms(sentence, trigger - 1)  # "such as killing"
        each = claim.low == 1 and start > 0 and "every" in self._atoms(sentence, start - 1)
        whole = claim.head is not None and "def" in head and start == claim.head[0]  # without "a number of" before it
        act = "act_noun" in self._atoms(sentence, trigger)
        mankind = whole and ("mankind" in head or (act and claim.low is None and "faithful" in head))
        if example or each or mankind or (claim.low is None and self._habit(sentence, claim)):
            return True
        before = self._clause_before(sentence, trigger)
        return (
            ("warn_cue" in before and "def" not in head)
            or {"law_noun", "law_verb"} <= before
            or ("def" in head and claim.low == 1 and self._kind_exposed(sentence, claim))
        )

    def _make_believe(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether a word before the claim says that what follows is a story, a game or a drill."""
        last = claim.match.start
        return any("make_believe" in self._atoms(sentence, at) for at in range(max(0, last - _LINE), last))

    def _open(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether casualties that nobody counted are only talked of: they are to be fewer, or as many as can be, or
        what some kind of thing comes to, told verb first in the present ("such attacks lead to casualties")."""
        trigger = claim.match.at
        counted = claim.low is not None or claim.high is not None
        if counted or self._atoms(sentence, trigger).isdisjoint(("casualty_noun", "casualties_open")):
            return False
        for at in range(trigger - 1, max(-1, trigger - 1 - _REACH), -1):
            here = self._atoms(sentence, at)
            if "clause_end" in here:
                return False
            if "lessen_cue" in here:
                return True
            if "result_word" in here and "result_past" not in here:
                direct = self._atoms(sentence, at + 1).isdisjoint(("to", "about", "prep_b", "in"))
                return direct and not self._one_event(sentence, at, trigger)
        return False

    def _one_event(self, sentence: Sentence, verb: int, trigger: int) -> bool:
        """Whether the subject before a `verb` in the present is one attack or accident: "blast leaves dead". The
        attack may have the article where the casualties at `trigger` stand right behind the verb, as in a headline."""
        bare = verb + 1 == trigger
        for at in range(verb - 1, max(-1, verb - 1 - _REACH), -1):
            here = self._atoms(sentence, at)
            if "clause_end" in here:
                return False
            attack = {"attack_noun", "sg"} <= here
            if (attack and bare) or (
                "def" not in here and (attack or "attack_event" in here or {"harm_verb", "sg"} <= here)
            ):
                return True
        return False

    def _no_harm(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether what befell them is no harm: an illness, the end of a quarantine, soldiers or tourists who leave; or
        the victims are a topic ("many of the displaced complained") or a cell, which is broken up and not killed."""
        if claim.outcome == "wounded":
            return self._ill(sentence, claim.match.at)
        if claim.outcome == "released":
            return any("quarantine" in self._atoms(sentence, at) for at in range(len(sentence)))
        trigger = self._atoms(sentence, claim.match.at)
        if claim.outcome in _TAKEN:  # what is taken is a prize or the hearts of those counted
            return any("prize" in self._atoms(sentence, at) for at in range(claim.match.at + 1, claim.span[0]))
        if claim.outcome == "detained":  # inspectors who seized goods, players who miss matches
            head = self._atoms(sentence, claim.head[0]) if claim.head is not None else frozenset()
            return ("find_noun" in trigger and {"inspector", "def"} <= head) or self._suspended(sentence, claim)
        if claim.outcome == "displaced":
            topic = {"casualty_noun", "def"} <= trigger and claim.low is None and claim.high is None
            visitors = claim.head is not None and "visitor" in self._atoms(sentence, claim.head[0])
            return topic or visitors or claim.type in ARMED
        cell = claim.head is not None and "cell" in self._atoms(sentence, claim.head[0])
        return cell and claim.affiliation is None and claim.outcome in _DEADLY

    def _suspended(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether the words behind a claim count matches: a player is kept from them."""
        at = claim.match.end
        at += at < len(sentence) and "quantity" in self._atoms(sentence, at)
        return at < len(sentence) and "match_count" in self._atoms(sentence, at)

    def _ill(self, sentence: Sentence, trigger: int) -> bool:
        """Whether a word of wounding takes an illness: right behind it, or with a preposition in the same clause; or
        has one as its subject ("the virus hits"); or counts cases in a sentence that names an illness before them."""
        case = "case_noun" in self._atoms(sentence, trigger)
        for at in range(trigger - 1, max(-1, trigger - 1 - (_LINE if case else 1)), -1):
            if self._atoms(sentence, at) & {"illness", "disease"}:
                return True
        for at in range(trigger + 1, min(trigger + 2 + _REACH, len(sentence))):
            here = self._atoms(sentence, at)
            if "clause_end" in here:
                return False
            if here & {"illness", "disease"}:
                counted = "quantity" in self._atoms(sentence, at - 1)  # "by a number of breakdowns"
                return at == trigger + 1 or "prep_b" in self._atoms(sentence, at - 1 - counted)
        return False

    def _kind_exposed(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether one is told of in the present as exposed to harm: it is a kind of person ("the woman is …")."""
        near = range(max(0, claim.span[0] - 2), claim.match.end)
        return any({"undergo_verb", "present"} <= self._atoms(sentence, at) for at in near)

    def _clause_before(self, sentence: Sentence, trigger: int) -> frozenset[str]:
        """The atoms of the words shortly before a trigger, back to the end of a clause."""
        found: set[str] = set()
        for at in range(trigger - 1, max(-1, trigger - 1 - _REACH), -1):
            here = self._atoms(sentence, at)
            if "clause_end" in here:
                break
            found |= here
        return frozenset(found)

    def _habit(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether words before an act say that it is a kind of deed."""
        trigger = claim.match.at
        atoms = self._atoms(sentence, trigger)
        if "act_noun" in atoms or "present" in atoms:
            for at in range(trigger - 1, max(-1, trigger - 1 - _FARTHEST), -1):
                here = self._atoms(sentence, at)
                if "generic_cue" in here:
                    return True
                if here & {"clause_end", "scope_end"}:
                    break
        return False

    def _again(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether words around a verb in the present say that it happens again and again, around others each year."""
        trigger = claim.match.at
        often = "always" if "present" in self._atoms(sentence, trigger) else "yearly"
        for way, end in ((-1, max(-1, claim.match.start - 1 - _AROUND)), (1, claim.match.end + _AROUND)):
            for at in range(trigger + way, max(-1, min(end, len(sentence))), way):
                here = self._atoms(sentence, at)
                if "clause_end" in here:
                    break
                if often in here:
                    return True
        return False
