"""What a pattern costs, told from its steps alone: before it is compiled, since nothing bounds how long that takes.

`regex` can be told to stop a match, and a document has its time limit; a compilation has neither. The bounds here stand
far above what the shipped rules need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, prod

from extractor.rules.compile import Phrase
from extractor.rules.problems import Problem
from extractor.rules.steps import Gap, Reference, Start, Step, Unit
from extractor.rules.written import RuleFiles

# Measured in the design: three gaps of twenty words, 9,000 ways, cost 298 ms per 100 KB of near misses.
_OWN_WAYS = 20_000
# With those inside phrases, most of which need a word of their own before their gap is tried.
_MOST_WAYS = 300_000
_REFUSED_WAYS = 30_000_000
# The largest shipped pattern has 1,286 parts; all of them together, 28,000, compile in some ten seconds.
_MOST_SIZE = 5_000
_REFUSED_SIZE = 50_000
_REFUSED_DEPTH = 50  # each level is a level of Python's own stack


@dataclass(frozen=True, slots=True)
class Cost:
    """`size`: parts of the compiled pattern, each phrase counted wherever it is put in. `ways`: in how many ways the
    gaps can share out words that fit nothing else, which is how often a near miss is tried again; infinite where gaps
    alone repeat without end. `depth`: phrases within each other. `anchored`: a match holds a word that is no gap's."""

    size: int
    ways: float
    depth: int = 0
    anchored: bool = True


class Costs:
    """Costs of patterns with one set of phrases, none of which contains itself."""

    def __init__(self, phrases: Mapping[str, Phrase]) -> None:
        self._phrases = phrases
        self._known: dict[str, Cost] = {}

    def of(self, alternatives: Sequence[Sequence[Step]]) -> Cost:
        """The cost of a pattern with these alternatives."""
        return _choice([self._sequence(steps) for steps in alternatives])

    def _sequence(self, steps: Sequence[Step]) -> Cost:
        costs = [self._step(step) for step in steps]
        return Cost(
            sum(cost.size for cost in costs),
            prod(cost.ways for cost in costs),
            max((cost.depth for cost in costs), default=0),
            any(cost.anchored for cost in costs),
        )

    def _step(self, step: Step) -> Cost:
        cost = _choice([self._unit(unit) for unit in step.units])
        anchored = cost.anchored and step.least > 0 and not step.negated
        ways = cost.ways
        if ways > 1 and step.most != 1:
            if cost.anchored:
                ways += 1  # each turn needs its own word: where that is wanting, only the first one is tried
            elif step.most is None:
                ways = inf
            else:
                ways = sum(cost.ways**times for times in range(step.least, step.most + 1))
        return Cost(cost.size, ways, cost.depth, anchored)

    def _unit(self, unit: Unit) -> Cost:
        if isinstance(unit, Gap):
            return Cost(1, unit.most + 1, anchored=False)
        if isinstance(unit, Start):
            return Cost(1, 1, anchored=False)
        phrase = self._phrases.get(unit.name) if isinstance(unit, Reference) else None
        if phrase is None:
            return Cost(1, 1)
        known = self._known.get(phrase.name)
        if known is None:
            inner = self.of(phrase.alternatives)
            known = self._known[phrase.name] = Cost(inner.size, inner.ways, inner.depth + 1, inner.anchored)
        return known


def _choice(costs: Sequence[Cost]) -> Cost:
    """The cost of a choice: of its alternatives one is taken, but all are compiled."""
    return Cost(
        sum(cost.size for cost in costs),
        max((cost.ways for cost in costs), default=1),
        max((cost.depth for cost in costs), default=0),
        all(cost.anchored for cost in costs),
    )


def dear(files: RuleFiles) -> Iterator[Problem]:
    """Rules and chunks that would be slow to match or to compile; no phrase of `files` may contain itself."""
    costs = Costs(files.phrases)
    for rule in files.rules:
        own = prod(unit.most + 1 for step in rule.steps for unit in step.units if isinstance(unit, Gap))
        yield from _dear(costs.of([rule.steps]), own, f"rule {rule.id!r}", rule.file, rule.line)
    for chunk in files.chunks:
        yield from _dear(costs.of(chunk.alternatives), 1, f"chunk {chunk.name!r}", *files.owners[chunk.name])


def _dear(cost: Cost, own: int, what: str, file: str, line: int) -> Iterator[Problem]:
    if cost.ways > _MOST_WAYS or own > _OWN_WAYS:
        ways = "without end" if cost.ways == inf else f"in {max(own, int(cost.ways)):,} ways"
        message = f"the gaps of {what} multiply: they can be filled {ways}, and a near miss tries all of them; shorten "
        message += "them, or put a word between them that must stand"
        yield Problem(file, line, message, "error" if cost.ways > _REFUSED_WAYS else "warning")
    if cost.size > _MOST_SIZE:
        message = f"the pattern of {what} has {cost.size:,} parts once its phrases are put in: it would take long to "
        message += "compile, which no time limit can end; make a [[chunk]] of what it repeats"
        yield Problem(file, line, message, "error" if cost.size > _REFUSED_SIZE else "warning")
    if cost.depth > _REFUSED_DEPTH:
        message = f"{what} goes through {cost.depth} phrases within each other: more than {_REFUSED_DEPTH} are refused"
        yield Problem(file, line, message)
