"""Who says so: the sources of a sentence and the claims that each covers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from extractor.match import Match, Span, Told
from extractor.sentence import Sentence, SentenceReader

# Words that cannot end the name of a source.
_LOOSE: Final = frozenset({"in", "of", "prep_l", "prep_b", "quote", "conj", "name_particle", "on", "to", "about"})
_CLOSING: Final = frozenset({"stop_sign", "close_bracket", "quote"})
_DATELINE: Final = frozenset({"place", "country", "capital"})
# What follows a report verb that has no subject of its own.
_SAID: Final = frozenset(
    {"that", "that_it", "colon", "quote", "to", "about", "in", "prep_b", "prep_l", "harm_noun", "act_noun"}
)
# What is said begins.
_WORDS_FOLLOW: Final = frozenset({"that", "that_it", "colon", "quote", "his_saying", "report_verb"})
_CLAUSE: Final = 6  # segments behind a remark in which its clause goes on
_TOLD: Final = frozenset({"verb", "harm_noun", "casualty_noun", "quantity"})
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


class AttributionReader:
    """Turns matches of attribution rules into sources and attaches them to claims."""

    def __init__(
        self, reader: SentenceReader, identities: Mapping[str, tuple[str, ...]], actors: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._reader = reader
        self._reports = reader.finder("report_verb", "report_participle", "impersonal_report")
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
            self._looks_back(sentence, match.at - 1)
            or self._unsaid(sentence, match.at)
            or self._impersonal(sentence, match.at)
            or (source[0] > match.at + 1 and self._in_statement(sentence, source[0]))
        ):
            return None
        if self._no_name(sentence, match):
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
        stance = self._stance(sentence, match.at)
        return Attribution(sentence, source, match.at, stance, covers, relay, match.rule.id, label)

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
        return match.at < source[0] and {"we", "verb"} <= cue

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

    def _looks_back(self, sentence: Sentence, at: int) -> bool:
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
        """Whether "according to X" leads in what follows: at the beginning of a sentence, or before ", then"."""
        if at == 0 or self._reader.atoms(sentence, at - 1) & {"stop_sign"}:
            return True
        if at < _INITIAL and not any(self._reader.atoms(sentence, k) & _TOLD for k in range(at)):
            return True
        behind = [self._reader.atoms(sentence, k) for k in range(end, min(end + 2, len(sentence)))]
        return len(behind) == 2 and "comma" in behind[0] and bool(behind[1] & {"conj_f"})

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
                    relay, end = (first, first + 1), at
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
        return "outlet" in self._reader.atoms(sentence, at) or self._media(sentence, at)

    def _media(self, sentence: Sentence, at: int) -> bool:
        if "media" in self._reader.atoms(sentence, at):
            return True
        return any(
            self._actors.get(i[6:], {}).get("kind") == "media"
            for i in self._identities.get(sentence.words[at], ())
            if i.startswith("actor:")
        )

    def _stance(self, sentence: Sentence, at: int) -> str:
        for reading in self._reader.readings(sentence, at):
            for key, value in reading.attributes:
                if key == "stance":
                    return value
        return "claims"

    def covering(self, attributions: Sequence[Attribution], told: Told) -> list[Attribution]:
        """Those that cover a claim or an event: the nearest claimant first, who hands it on behind.

        A source in front says what follows it; one behind says what stood before, but a paper or an agency behind a
        source in front only relays it.
        """
        at = told.match.at
        last = next((a for a in reversed(attributions) if a.covers == "after" and self._leads_in(a, told)), None)
        ahead = [] if last is None else [self._said_later(last, told)]
        # What parts the first one behind parts all farther off.
        first = next((a for a in attributions if a.covers == "before" and a.cue > at), None)
        behind = [] if first is None or self._parted(first, at) else [first]
        if not ahead and not behind:
            remarks = (a for a in reversed(attributions) if a.covers == "before" and a.cue < at and self._remark(a, at))
            return list(islice(remarks, 1))
        if ahead and behind and self._relays(behind[0]):
            return [*ahead, behind[0]._replace(stance="relays")]
        return [*behind, *ahead]

    def _relays(self, behind: Attribution) -> bool:
        """Whether a source behind is a paper or an agency, or its site or channel."""
        near = range(behind.source[0], min(behind.source[0] + 3, behind.source[1]))
        return any(self._media(behind.sentence, k) for k in near)

    def _leads_in(self, attribution: Attribution, told: Told) -> bool:
        """Whether a source in front says what is told, and is no part of it."""
        at, cue, source = told.match.at, attribution.cue, attribution.source
        if cue == at and "mourn_verb" in self._reader.atoms(attribution.sentence, cue):
            return True  # who mourns him says that he died
        if self._threatens(attribution, at):
            return False
        if cue >= at or at in range(*source) or self._cut_off(attribution, at):
            return False
        span = range(told.match.start, told.match.end)
        return not (
            (source[0] in span and cue in span) or self._aside(attribution, at) or self._by_the_way(attribution, at)
        )

    def _threatens(self, attribution: Attribution, at: int) -> bool:
        """Whether a source threatens, or announces something else, over what is told ("vows revenge after the death of
        six")."""
        sentence, cue = attribution.sentence, attribution.cue
        start = max(cue + 1, attribution.source[1] if attribution.source[0] > cue else 0)
        between = [self._reader.atoms(sentence, k) for k in range(start, at)]
        if any(atoms & _WORDS_FOLLOW for atoms in between) or not any("upon_this" in atoms for atoms in between):
            return False
        other = bool(between) and "other_news" in between[0]
        return other or "threat_verb" in self._reader.atoms(sentence, cue)

    def _cut_off(self, attribution: Attribution, at: int) -> bool:
        """Whether the clause of the verb ends right behind it and its source, before anything is said ("X threatens..
        How do things stand")."""
        end = max(attribution.cue + 1, attribution.source[1])
        if attribution.label or end + 1 >= at or "stop_sign" not in self._reader.atoms(attribution.sentence, end):
            return False
        if self._reader.atoms(attribution.sentence, end) & {"colon", "quote"}:
            return False
        return not self._reader.atoms(attribution.sentence, end + 1) & (_WORDS_FOLLOW | {"quantity", "harm_noun"})

    def _remark(self, attribution: Attribution, at: int) -> bool:
        """Whether "according to X" is a remark between commas in the clause of what stands at `at` ("the barrels left,
        according to the network, so much damage")."""
        sentence, end = attribution.sentence, attribution.source[1]
        signs = [self._reader.atoms(sentence, k) for k in (attribution.cue - 1, end) if 0 <= k < len(sentence)]
        if len(signs) < 2 or not all(atoms & {"comma", "dash"} for atoms in signs) or at - end > _CLAUSE:
            return False
        between = (self._reader.atoms(sentence, k) for k in range(end + 1, at))
        return not any(atoms & {"comma", "stop_sign", "scope_break", "conj", "report_verb"} for atoms in between)

    def _said_later(self, attribution: Attribution, told: Told) -> Attribution:
        """With the cue and stance of the verb nearest to what is told, where the same source speaks again ("the
        ministry denied …, and said that …")."""
        first = max(attribution.cue + 1, attribution.source[1])
        cue = self.open_cue(attribution.sentence, told) or -1
        for at in range(first, told.match.at):
            if "accuse_verb" in self._reader.atoms(attribution.sentence, at):
                cue = max(cue, at)
        if cue < first:
            return attribution
        return attribution._replace(cue=cue, stance=self._stance(attribution.sentence, cue))

    def label(self, attributions: Sequence[Attribution]) -> list[Attribution]:
        """Whose name heads a post ("Civil Defence: …"), where it is a body and no paper."""
        return [
            a
            for a in attributions[:1]
            if a.label
            and "actor" in self._reader.atoms(a.sentence, a.source[0])
            and not self._media(a.sentence, a.source[0])
        ]

    def _parted(self, attribution: Attribution, at: int) -> bool:
        """Whether something that nobody is said to say stands between a claim and a source behind it."""
        sentence = attribution.sentence
        return any(
            self._reader.atoms(sentence, k) & {"impersonal_report", "stop_sign"} for k in range(at, attribution.cue)
        )

    def _aside(self, attribution: Attribution, at: int) -> bool:
        """Whether the words at `at` stand in a relative clause on the source, before what it says begins."""
        sentence, start = attribution.sentence, attribution.source[1]
        while start < at and self._reader.atoms(sentence, start) & {"comma", "conj"}:
            start += 1
        if start >= at or not {"relative", "def"} <= self._reader.atoms(sentence, start):
            return False
        if any(self._reader.atoms(sentence, k) & {"that", "colon", "quote"} for k in range(start, at)):
            return False
        for k in range(at, len(sentence)):
            atoms = self._reader.atoms(sentence, k)
            if atoms & {"report_verb", "publish_verb"}:
                return False
            if "that" in atoms and "preposition" not in self._reader.atoms(sentence, k - 1):
                return True
        return False

    def speaks_on(self, sentence: Sentence) -> bool:
        """Whether a sentence opens with somebody who was named before it speaking on ("and added that")."""
        for at in range(min(_INITIAL, len(sentence) - 1)):
            if "report_verb" in self._reader.atoms(sentence, at):
                return bool(self._reader.atoms(sentence, at + 1) & _SAID)
        return False

    def _by_the_way(self, attribution: Attribution, at: int) -> bool:
        """Whether the words at `at` stand in a relative clause on what is announced ("announced the reopening of the
        port in which six died"), so that the narrator tells them and not the source."""
        sentence, start = attribution.sentence, max(attribution.source[1], attribution.cue + 1)
        if self._reader.atoms(sentence, attribution.cue) & _WORDS_FOLLOW - {"report_verb"}:
            return False
        while start < at and self._reader.atoms(sentence, start) & {"comma", "conj"}:
            start += 1
        between = [self._reader.atoms(sentence, k) for k in range(start, at)]
        if any(atoms & _WORDS_FOLLOW for atoms in between):
            return False
        return any({"relative", "def"} <= atoms for atoms in between[1:][-_CLAUSE:])

    def goes_on(self, sentence: Sentence, claim: Told) -> bool:
        """Whether the sentence goes on with what somebody said in the one before: "and added that", "so that the toll
        rises to"."""
        if self.open_cue(sentence, claim) is not None:
            return True
        return any("toll_sums" in self._reader.atoms(sentence, k) for k in range(min(_INITIAL, len(sentence))))

    def open_cue(self, sentence: Sentence, claim: Told) -> int | None:
        """A report verb before the claim whose subject is left to the sentence before ("and added that")."""
        reports = self._reports(sentence)
        last = bisect_left(reports, claim.match.at) - 1
        if last < 0 or "impersonal_report" in self._reader.atoms(sentence, at := reports[last]):
            return None
        behind = self._reader.atoms(sentence, at + 1)
        return at if behind & _SAID and not self._looks_back(sentence, at - 1) else None


def _rank(match: Match) -> tuple[int, int]:
    return match.rule.priority, match.length
