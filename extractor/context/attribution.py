"""Who says so: the sources of a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from extractor.match import Match, Span
from extractor.sentence import Sentence, SentenceReader

# Words that cannot end the name of a source.
_LOOSE: Final = frozenset({"in", "of", "prep_l", "prep_b", "quote", "conj", "name_particle", "on", "to", "about"})
_CLOSING: Final = frozenset({"stop_sign", "close_bracket", "quote"})
_DATELINE: Final = frozenset({"place", "country", "capital"})
_TOLD: Final = frozenset({"verb", "harm_noun", "casualty_noun", "quantity"})
_WORDS: Final = frozenset({"that", "that_it", "colon", "quote", "report_participle", "his_saying"})
_LED: Final = frozenset({"of", "to", "in", "about", "on", "prep_l", "prep_b"})
_THEN: Final = frozenset({"conj_f", "then_that"})
_REACH: Final = 14  # words in which what is said begins, behind a verb that need not tell of speech
_INITIAL: Final = 3  # segments at the beginning of a sentence in which "according to X" looks ahead


class Attribution(NamedTuple):
    """A source in one sentence: the segments that name it, its cue, its stance, and which side it covers."""

    sentence: Sentence
    source: Span
    cue: int
    stance: str
    covers: str
    relay: Span | None
    rule: str
    label: bool = False
    through: bool = False  # only what a participle leads in is said ("called for …, adding that")


class AttributionReader:
    """Turns matches of attribution rules into sources."""

    def __init__(
        self, reader: SentenceReader, identities: Mapping[str, tuple[str, ...]], actors: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._reader = reader
        self._identities = identities
        self._actors = actors

    def attributions(self, sentence: Sentence, matches: Sequence[Match]) -> list[Attribution]:
        """The sources of a sentence in order; where two matches share a cue the better rule stays."""
        best: dict[int, Match] = {}
        for match in matches:
            known = best.get(match.at)
            if "source" not in match.captures or not self._at_end(sentence, match) or self._told_to(sentence, match):
                continue
            if known is None or _rank(match) > _rank(known):
                best[match.at] = match
        found = [a for _, m in sorted(best.items()) if (a := self._attribution(sentence, m)) is not None]
        return [a for a in found if not (a.label and self._speaks_already(sentence, a, found))]

    def _speaks_already(self, sentence: Sentence, label: Attribution, found: Sequence[Attribution]) -> bool:
        """Whether the colon behind a label belongs to a verb before it: X said on Twitter: …"""
        for other in found:
            if other.label or other.covers != "after" or max(other.cue, other.source[1] - 1) >= label.source[0]:
                continue
            between = range(max(other.cue, other.source[1] - 1), label.source[0])
            if not any(self._reader.atoms(sentence, k) & {"stop_sign", "that", "scope_break"} for k in between):
                return True
        return False

    def _attribution(self, sentence: Sentence, match: Match) -> Attribution | None:
        source = match.captures["source"][-1]
        relay = next(iter(match.captures.get("relay", ())), None)
        covers = match.rule.set.get("covers", "after")
        if covers == "after" and (
            self.looks_back(sentence, match.at - 1)
            or self._unsaid(sentence, match.at)
            or self._told_of(sentence, match.at)
            or self._impersonal(sentence, match.at)
            or (source[0] > match.at + 1 and self._in_statement(sentence, source[0]))
        ):
            return None
        if self._no_name(sentence, match) or self._says_nothing(sentence, match):
            return None
        if self._takes_blame(sentence, max(source[1], match.at + 1)) or self._results(sentence, match.at):
            return None  # who says that he did it is the doer; of the toll he says nothing
        if match.rule.set.get("label") == "yes" and self._no_speaker(sentence, source):
            return None
        if source[1] <= match.at and self._reader.atoms(sentence, source[1] - 1) & _LOOSE - {"quote"}:
            return None  # "the ministry's success in disclosing": the verb is a noun behind a preposition
        source, addressed = self._trimmed(sentence, source)
        source = self._whole(sentence, source) if match.rule.set.get("label") == "yes" else source
        if covers == "before" and match.rule.set.get("inside") != "yes" and self._opens(sentence, match.at, source[1]):
            covers = "after"
        relay = self._trimmed(sentence, relay)[0] if relay else addressed
        label = match.rule.set.get("label") == "yes"
        stance = self.stance_at(sentence, match.at)
        through = match.rule.set.get("through") == "participle"
        return Attribution(sentence, source, match.at, stance, covers, relay, match.rule.id, label, through)

    def _whole(self, sentence: Sentence, source: Span) -> Span:
        """A source with what stands before an "and": "medical sources and security ones:"."""
        at = source[0] - 1
        if at < 1 or source[1] - source[0] > 1 or "conj" not in self._reader.atoms(sentence, at):
            return source
        while at > 0 and "adjective" in self._reader.atoms(sentence, at - 1):
            at -= 1
        return (at - 1, source[1]) if at and "source_noun" in self._reader.atoms(sentence, at - 1) else source

    def _results(self, sentence: Sentence, at: int) -> bool:
        """Whether what could be a report verb tells the result of an attack ("clashes cause three dead")."""
        result = {"result_word", "cause_behind"} <= self._reader.atoms(sentence, at)
        return result and at + 1 < len(sentence) and "quantity" in self._reader.atoms(sentence, at + 1)

    def _no_name(self, sentence: Sentence, match: Match) -> bool:
        """Whether the words taken for a source are none: what is announced, as an object; who "we" are is not told."""
        source = match.captures["source"][-1]
        first = self._reader.atoms(sentence, source[0])
        if match.at < source[0] and "acc" in first and first.isdisjoint({"actor", "proper", "pl", "du"}):
            return True
        cue = self._reader.atoms(sentence, match.at)
        if cue & {"owned_by", "belonging_f"} and "prep_l" in self._reader.atoms_behind(sentence, match.at + 1):
            return True  # "of the police", by a word that also tells that somebody went on
        if source[1] <= match.at and "verb" in cue and source[0]:
            # "a call to the centre tells of a fire", "of the gunmen, is held to be": no subject of the verb.
            before = self._reader.atoms(sentence, source[0] - 1)
            if "obl" in first and before.isdisjoint({"that", "that_it"}) and "source_noun" not in first:
                return True
            if "present" in cue and "f" not in cue and before & _LED:
                return True
        return match.at < source[0] and {"we", "verb"} <= cue

    def _says_nothing(self, sentence: Sentence, match: Match) -> bool:
        """Whether a verb that may tell of a deed as well ("troops replied to the fire", "the town tightened measures")
        has no words behind it that somebody says."""
        cue = self._reader.atoms(sentence, match.at)
        if "loose_verb" not in cue:
            return False
        start = max(match.captures["source"][-1][1], match.at + 1)
        wanted = _WORDS | {"on"} if "stress_verb" in cue else _WORDS
        for at in range(start, min(len(sentence), start + _REACH)):
            atoms = self._reader.atoms(sentence, at)
            if atoms & wanted:
                return False
            if atoms & {"stop_sign", "scope_break"}:
                return True
        return True

    def _takes_blame(self, sentence: Sentence, at: int) -> bool:
        """Whether what is said from `at` on is that one did it oneself; the other name of a body may come first."""
        count = len(sentence)
        if at < count and "open_bracket" in self._reader.atoms(sentence, at):
            closing = (k for k in range(at, min(count, at + 4)) if "close_bracket" in self._reader.atoms(sentence, k))
            at = next(closing, at) + 1
        return at < count and "own_responsibility" in self._reader.atoms(sentence, at)

    def _in_statement(self, sentence: Sentence, at: int) -> bool:
        """Whether what stands at `at` is where it was said ("and said in a statement that") and not who said it."""
        before = self._reader.atoms(sentence, at - 1)
        return bool(before & {"in", "prep_b"}) and "statement_noun" in self._reader.atoms(sentence, at)

    def _told_to(self, sentence: Sentence, match: Match) -> bool:
        """Whether the source of a match is the paper or agency that somebody spoke to ("and told the agency that")."""
        at = match.captures["source"][-1][0]
        if at != match.at + 2 or "report_verb" not in self._reader.atoms(sentence, match.at):
            return False
        return "prep_l" in self._reader.atoms(sentence, at - 1) and self._outlet(sentence, at)

    def _told_of(self, sentence: Sentence, at: int) -> bool:
        """Whether what is announced stands before the verb ("the truce that the coalition announced")."""
        before = self._reader.atoms(sentence, at - 1) if at else frozenset[str]()
        return "obj" in self._reader.atoms(sentence, at) and {"relative", "def"} <= before

    def _impersonal(self, sentence: Sentence, at: int) -> bool:
        """Whether nobody says it: "it is said that"."""
        if "impersonal_report" not in self._reader.atoms(sentence, at) or at + 1 >= len(sentence):
            return False
        return "that" in self._reader.atoms(sentence, at + 1)

    def _unsaid(self, sentence: Sentence, at: int) -> bool:
        """Whether a report verb is negated ("did not disclose"), and does not deny."""
        return (
            bool(at)
            and "not_said" in self._reader.atoms(sentence, at - 1)
            and "verb" in self._reader.atoms(sentence, at)
        )

    def looks_back(self, sentence: Sentence, at: int) -> bool:
        """Whether the word before a report verb makes it look back ("according to what X said", ", as X said")."""
        if at < 0:
            return False
        atoms = self._reader.atoms(sentence, at)
        if "according_to" in atoms:
            return True
        return "as_said" in atoms and at > 0 and "comma" in self._reader.atoms(sentence, at - 1)

    def _no_speaker(self, sentence: Sentence, source: Span) -> bool:
        """Whether what stands before the colon is where it happened ("Spain: four dead") or where it can be read."""
        atoms = self._reader.atoms(sentence, source[0])
        before = self._reader.atoms(sentence, source[0] - 1) if source[0] else frozenset[str]()
        if before & ((_LOOSE | {"relative", "carried_out"}) - {"quote", "conj"}) or "launch_verb" in before:
            return True
        if atoms & {"attack_noun", "mishap_noun", "place_event"} and "actor" not in atoms:
            return True  # "floods of X: nine dead"
        return source[1] - source[0] == 1 and bool(atoms & {"country", "capital", "place"}) and "actor" not in atoms

    def _opens(self, sentence: Sentence, at: int, end: int) -> bool:
        """Whether "according to X" leads in what follows: at the beginning of a sentence, behind "and", or before
        "then"."""
        if at == 0 or self._reader.atoms(sentence, at - 1) & {"stop_sign"}:
            return True
        if at < _INITIAL and not any(self._reader.atoms(sentence, k) & _TOLD for k in range(at)):
            return True
        if "conj" in self._reader.atoms(sentence, at - 1) or "and_according" in self._reader.atoms(sentence, at):
            return True  # "…, and according to X six died"
        behind = [self._reader.atoms(sentence, k) for k in range(end, min(end + 2, len(sentence)))]
        if behind and behind[0] & _THEN:
            return True
        return len(behind) == 2 and "comma" in behind[0] and bool(behind[1] & _THEN)

    def _at_end(self, sentence: Sentence, match: Match) -> bool:
        """Whether a rule of what ends a sentence finds it there, and where it asks for one who speaks, such a one."""
        values, source = match.rule.set, match.captures["source"][-1]
        speaks = "source_noun" in self._reader.atoms(sentence, source[0]) or self._outlet(sentence, source[0])
        if values.get("speaks") == "yes" and not speaks:
            return False
        return values.get("ends") != "yes" or self._ends(sentence, source[1])

    def _ends(self, sentence: Sentence, end: int) -> bool:
        return all(self._reader.atoms(sentence, k) & _CLOSING for k in range(end, len(sentence)))

    def _trimmed(self, sentence: Sentence, span: Span) -> tuple[Span, Span | None]:
        """A source without loose words at its end; and the paper or agency that it spoke to, which relays it."""
        start, end = span
        relay: Span | None = None
        for at in range(start + 1, end):
            atoms = self._reader.atoms(sentence, at)
            nxt = self._reader.atoms(sentence, at + 1) if at + 1 < end else frozenset[str]()
            if atoms & {"in", "prep_b"} and "statement_noun" in nxt:
                end = at
                break
            if atoms & {"prep_l", "to"}:
                first = at + 2 if "quote" in nxt and at + 2 < end else at + 1
                if first < end and (first > at + 1 or self._outlet(sentence, first)):
                    last = first + 1
                    while last < end and self.is_media(sentence, last):
                        last += 1
                    relay, end = (first, last), at
                    break
            if "dash" in atoms and self._reader.atoms(sentence, start) & _DATELINE and at + 1 < end:
                start = at + 1  # "Madrid - agency:"
        while (
            end > start + 1
            and self._reader.atoms(sentence, end - 1) & _LOOSE
            and not self._closes(sentence, start, end)
        ):
            end -= 1
        return (start, end), relay

    def _closes(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether the last segment is a quotation mark that closes one inside the span."""
        marks = sum("quote" in self._reader.atoms(sentence, k) for k in range(start, end))
        return "quote" in self._reader.atoms(sentence, end - 1) and marks % 2 == 0

    def _outlet(self, sentence: Sentence, at: int) -> bool:
        return "outlet" in self._reader.atoms(sentence, at) or self.is_media(sentence, at)

    def is_media(self, sentence: Sentence, at: int) -> bool:
        if "media" in self._reader.atoms(sentence, at):
            return True
        return any(
            self._actors.get(i[6:], {}).get("kind") == "media"
            for i in self._identities.get(sentence.words[at], ())
            if i.startswith("actor:")
        )

    def stance_at(self, sentence: Sentence, at: int) -> str:
        for reading in self._reader.readings(sentence, at):
            for key, value in reading.attributes:
                if key == "stance":
                    return value
        return "claims"


def _rank(match: Match) -> tuple[int, int]:
    return match.rule.priority, match.length
