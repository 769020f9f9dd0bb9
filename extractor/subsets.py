"""Parts of sets: "seven people, among them a woman and two children" gives the woman and the children as parts.

Part rules are matched beside the rules of claims, and the part is tied to its whole afterwards: what stands between
the two (places, causes, other claims) need not be foreseen by any rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractor.chunks import Layer
from extractor.claims import OPEN_TYPES, PEOPLE_TYPES, Claim, ClaimBuilder
from extractor.match import Match, Matcher, RuleIndex, Span
from extractor.resolve import resolve
from extractor.sentence import Sentence

# A part stands at most so many segments behind its whole.
_FARTHEST: Final = 40
_COUNTED: Final = frozenset(
    {
        "counted",
        "counted_others",
        "counted_suspects",
        "counted_jets",
        "counted_families",
        "and_one",
        "one_of_many",
        "twofold",
        "pair",
    }
)
_SETS: Final = _COUNTED | {"items_counted", "counted_arms", "plural", "nationals"}
_TOLD_APART: Final = frozenset({"killed", "wounded"})


class SubsetReader:
    """Finds the parts of the claims of a sentence. Holds the part rules and nothing of any text.

    What `set` of a part rule can say: `outcome`, where it is not that of the whole; `sum = "whole"`, the parts must
    add up to the whole; `whole = "earlier"`, the whole is the last claim of the trigger's own outcome, maybe in an
    earlier sentence; `close = "yes"`, no other set of people or things stands between part and whole.
    """

    def __init__(self, index: RuleIndex, builder: ClaimBuilder) -> None:
        self._of_nearest_rules = Matcher(index, ("part",), lambda rule: rule.set.get("whole") != "earlier")
        self._of_earlier_rules = Matcher(index, ("part",), lambda rule: rule.set.get("whole") == "earlier")
        self._builder = builder

    def parts(self, sentence: Sentence, layer: Layer, claims: list[Claim], earlier: Sequence[Claim]) -> list[Claim]:
        """The parts told in `sentence` of its `claims`, or of the `earlier` ones of the text."""
        taken = {at for claim in claims for at in (claim.match.at, *range(*claim.span))}
        out: list[Claim] = []
        if claims:
            matches = list(self._of_nearest_rules.matches(layer))
            for match in matches:
                self._tie(layer, match, claims)
            for match in resolve(matches, taken):
                out += self._of_nearest(sentence, layer, match, claims, out)
            taken.update(at for part in out for at in range(*part.span))
        for match in resolve(self._of_earlier_rules.matches(layer), taken):
            out += self._of_earlier(sentence, match, [*earlier, *claims])
        return out

    def _tie(self, layer: Layer, match: Match, claims: list[Claim]) -> None:
        """Ties the claims that nouns of casualties make by themselves to the whole that `match` takes them from:
        "312 victims, among them 201 dead and 111 wounded"."""
        starts = {start for start, _ in self._spans(match)}
        told = [c for c in claims if c.span[0] in starts and c.match.at in range(*c.span) and c.part_of is None]
        whole = self._nearest(layer, match, claims) if told else None
        if whole is None or whole.part_of is not None:
            return
        for part in told:
            of_both = whole.outcome == "killed_or_wounded" and part.outcome in _TOLD_APART
            if (of_both or part.outcome == whole.outcome) and _fits(part, whole):
                part.part_of, part.rule = whole, match.rule.id

    def _of_nearest(
        self, sentence: Sentence, layer: Layer, match: Match, claims: list[Claim], told: list[Claim]
    ) -> list[Claim]:
        """The parts of the nearest whole; `told` are the parts found before these."""
        whole = self._nearest(layer, match, claims)
        if whole is None:
            return []
        outcome = match.rule.set.get("outcome") or self._outcome(sentence, match, whole, claims, told)
        found: list[Claim] = []
        for span in self._spans(match):
            part = self._builder.one(sentence, match, span, whole.kind, outcome)
            if part is None or not _fits(part, whole):
                return []
            found.append(part)
        if match.rule.set.get("sum") == "whole" and sum(part.low or 0 for part in found) != whole.low:
            return []
        for part in found:
            # Assertion, source, place and method are those of the whole.
            part.match, part.rule = whole.match, match.rule.id
            _join(part, whole)
        return found

    def _of_earlier(self, sentence: Sentence, match: Match, claims: Sequence[Claim]) -> list[Claim]:
        found: list[Claim] = []
        outcome = self._builder.outcome(sentence, match, "casualty")
        for whole in reversed(claims):
            same = whole.outcome == outcome or (outcome == "killed_or_wounded" and whole.outcome in _TOLD_APART)
            if same and whole.kind == "casualty" and whole.part_of is None and not _is_one(whole):
                break
        else:
            whole = None
        for span in self._spans(match):
            part = self._builder.one(sentence, match, span, "casualty", whole.outcome if whole else outcome)
            if part is None or (whole is not None and not _fits(part, whole)):
                continue
            if whole is not None:
                _join(part, whole)
            found.append(part)
        return found

    def _spans(self, match: Match) -> tuple[Span, ...]:
        return match.captures.get("part", ()) or (self._builder.own_span(match),)

    @staticmethod
    def _nearest(layer: Layer, match: Match, claims: list[Claim]) -> Claim | None:
        """The nearest set of several before the part, if no set that makes no claim stands between."""
        before = [c for c in claims if c.span[1] <= match.start and not _is_one(c)]
        if not before:
            return None
        whole = max(before, key=lambda c: c.span[1])
        if match.start - whole.span[1] > _FARTHEST:
            return None
        between = _SETS if match.rule.set.get("close") else _COUNTED
        for place, name in layer.names.items():
            first = layer.firsts[place]
            if whole.span[1] <= first < match.start and name in between:
                inside = any(c.span[0] <= first < c.span[1] for c in claims)
                if not inside:
                    return None
        return whole

    def _outcome(self, sentence: Sentence, match: Match, whole: Claim, claims: list[Claim], told: list[Claim]) -> str:
        """The outcome of a part: of both where killed and wounded are told in one breath before it."""
        at = claims.index(whole)
        if not at or {whole.outcome, claims[at - 1].outcome} != _TOLD_APART:
            return whole.outcome
        if any(part.part_of is claims[at - 1] for part in told):
            return whole.outcome  # the other whole has parts of its own
        builder = self._builder
        if whole.head is not None and not whole.others and not builder.is_casualty_noun(sentence, whole.head[0]):
            return whole.outcome
        # A verb keeps what follows it closely to itself.
        apart = not builder.is_verb(sentence, whole.match.at) or builder.is_apart(sentence, whole.span[1], match.start)
        return "killed_or_wounded" if apart else whole.outcome


def _is_one(claim: Claim) -> bool:
    return claim.low == 1 == claim.high


def _fits(part: Claim, whole: Claim) -> bool:
    """Whether a part is of one kind with its whole, people of people and things of things, and not larger than it."""
    if part.type is not None and (part.type in PEOPLE_TYPES) == (whole.kind == "materiel"):
        return False
    return part.low is None or whole.high is None or part.low <= whole.high


def _join(part: Claim, whole: Claim) -> None:
    part.part_of = whole
    if part.type in OPEN_TYPES and (part.names or part.head is None or part.others):
        part.type = whole.type
    if part.head is None:
        part.continues = whole
