"""Which claims and events each source covers, and who speaks on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice
from typing import Final

from extractor.context.attribution import Attribution, AttributionReader
from extractor.match import Told
from extractor.sentence import Sentence, SentenceReader

# What follows a report verb that has no subject of its own.
_SAID: Final = frozenset(
    {"that", "that_it", "colon", "quote", "to", "about", "in", "prep_b", "prep_l", "harm_noun", "act_noun"}
)
# What is said begins.
_WORDS_FOLLOW: Final = frozenset({"that", "that_it", "colon", "quote", "his_saying", "report_verb"})
_CLAUSE: Final = 6  # segments behind a remark in which its clause goes on
_INITIAL: Final = 3  # segments at the beginning of a sentence in which "according to X" looks ahead


class SpeechReader:
    """Attaches sources to claims and events."""

    def __init__(self, reader: SentenceReader, attributions: AttributionReader) -> None:
        self._reader = reader
        self._attributions = attributions
        self._reports = reader.finder("report_verb", "report_participle", "impersonal_report")

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
        return any(self._attributions.is_media(behind.sentence, k) for k in near)

    def _leads_in(self, attribution: Attribution, told: Told) -> bool:
        """Whether a source in front says what is told, and is no part of it."""
        at, cue, source = told.match.at, attribution.cue, attribution.source
        if cue == at and "mourn_verb" in self._reader.atoms(attribution.sentence, cue):
            return True  # who mourns him says that he died
        if self._threatens(attribution, at) or not self._led_in(attribution, at):
            return False
        if cue >= at or at in range(*source) or self._cut_off(attribution, at):
            return False
        span = range(told.match.start, told.match.end)
        return not (
            (source[0] in span and cue in span) or self._aside(attribution, at) or self._by_the_way(attribution, at)
        )

    def _led_in(self, attribution: Attribution, at: int) -> bool:
        """Whether what stands at `at` is said by a source that called for something or condemned it: a participle leads
        it in ("called for …, adding that six had died")."""
        if not attribution.through:
            return True
        behind = range(max(attribution.cue + 1, attribution.source[1]), at)
        return any("report_participle" in self._reader.atoms(attribution.sentence, k) for k in behind)

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
        """Whether "according to X" is a remark in the clause of what stands at `at`, between commas or with none ("the
        barrels left, according to the network, so much damage")."""
        sentence, end = attribution.sentence, attribution.source[1]
        signs = [self._reader.atoms(sentence, k) for k in (attribution.cue - 1, end) if 0 <= k < len(sentence)]
        marked = [bool(atoms & {"comma", "dash"}) for atoms in signs]
        if len(signs) < 2 or marked[0] != marked[1] or at - end > _CLAUSE:
            return False
        between = (self._reader.atoms(sentence, k) for k in range(end + marked[1], at))
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
        return attribution._replace(cue=cue, stance=self._attributions.stance_at(attribution.sentence, cue))

    def label(self, attributions: Sequence[Attribution]) -> list[Attribution]:
        """Whose name heads a post ("Civil Defence: …"), where it is a body and no paper."""
        return [
            a
            for a in attributions[:1]
            if a.label
            and "actor" in self._reader.atoms(a.sentence, a.source[0])
            and not self._attributions.is_media(a.sentence, a.source[0])
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
        expressed = "express_verb" in self._reader.atoms(sentence, attribution.cue)
        return any({"relative", "def"} <= atoms for atoms in (between if expressed else between[1:][-_CLAUSE:]))

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
        if {"we", "verb"} <= self._reader.atoms(sentence, at) or self._has_subject(sentence, at):
            return None
        behind = self._reader.atoms(sentence, at + 1)
        return at if behind & _SAID and not self._attributions.looks_back(sentence, at - 1) else None

    def _has_subject(self, sentence: Sentence, at: int) -> bool:
        """Whether a noun of speech that is no body stands right before the verb as its subject ("rumours told of")."""
        return at > 0 and "rumour_noun" in self._reader.atoms(sentence, at - 1)
