"""Who says so: the sources of a sentence and the claims that each covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.match import Match, Span, Told
from extractor.sentence import Sentence, SentenceReader


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source in one sentence: the segments that name it, its cue, its stance, and which side it covers."""

    sentence: Sentence
    source: Span
    cue: int
    stance: str
    covers: str
    relay: Span | None
    rule: str


class AttributionReader:
    """Turns matches of attribution rules into sources and attaches them to claims."""

    def __init__(self, reader: SentenceReader) -> None:
        self._reader = reader

    def attributions(self, sentence: Sentence, matches: Sequence[Match]) -> list[Attribution]:
        """The sources of a sentence in order; where two matches share a cue the better rule stays."""
        best: dict[int, Match] = {}
        for match in matches:
            known = best.get(match.at)
            if "source" in match.captures and (known is None or _rank(match) > _rank(known)):
                best[match.at] = match
        out = []
        for at, match in sorted(best.items()):
            out.append(
                Attribution(
                    sentence,
                    match.captures["source"][-1],
                    at,
                    self._stance(sentence, at),
                    match.rule.set.get("covers", "after"),
                    next(iter(match.captures.get("relay", ())), None),
                    match.rule.id,
                )
            )
        return out

    def _stance(self, sentence: Sentence, at: int) -> str:
        for reading in self._reader.readings(sentence, at):
            for key, value in reading.attributes:
                if key == "stance":
                    return value
        return "claims"

    def covering(self, attributions: Sequence[Attribution], claim: Told) -> list[Attribution]:
        """Those that cover `claim`: nearest claimant first."""
        at = claim.match.at
        span = range(claim.match.start, claim.match.end)
        behind = [a for a in attributions if a.covers == "before" and a.cue > at]
        ahead = [
            a
            for a in attributions
            if a.covers == "after" and a.cue < at and not (a.source[0] in span and a.cue in span)
        ]
        found = behind[:1]
        if ahead:
            found.append(ahead[-1])
        return found

    def open_cue(self, sentence: Sentence, claim: Told) -> int | None:
        """A report verb before the claim that has no source of its own here ("and added that")."""
        for at in range(claim.match.at - 1, -1, -1):
            for reading in self._reader.readings(sentence, at):
                if "report_verb" in reading.atoms or "report_participle" in reading.atoms:
                    return at
        return None


def _rank(match: Match) -> tuple[int, int]:
    return match.rule.priority, match.length
