"""Ties that can be told from the rules as written: two that fit exactly the same words, with nothing to choose by."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from extractor.records.events import MODELS
from extractor.rules.problems import Problem
from extractor.rules.ruleset import CLAIM_RECORDS
from extractor.rules.sources import shown
from extractor.rules.steps import Step
from extractor.rules.written import Rule


def twins(rules: Iterable[Rule]) -> Iterator[Problem]:
    """Rules that have the steps, trigger and priority of one before them and say something else of the words."""
    known: dict[Hashable, Rule] = {}
    for rule in rules:
        # Rules of context do not compete: all that fit stand, and each claim takes what suits it.
        family = "claims" if rule.record in CLAIM_RECORDS else "events" if rule.record in MODELS else ""
        if family:
            first = known.setdefault((family, rule.priority, *map(_fits, rule.steps)), rule)
            if first is not rule and _says(first) != _says(rule):
                yield tie(rule, first)


def tie(rule: Rule, other: Rule, words: str = "") -> Problem:
    """The problem that `rule` and `other` tie, placed at the first of them."""
    where = f" in «{words}»" if words else ""
    message = (
        f"rule {rule.id!r} ties with {other.id!r} ({shown(other.file)}:{other.line}): both fit the same words{where} "
        f"with priority {rule.priority} and read them differently; give the better one a higher `priority`"
    )
    return Problem(rule.file, rule.line, message, "warning")


def _fits(step: Step) -> Hashable:
    """What a step fits, whatever it is captured as."""
    return step.units, step.least, step.most, step.negated, step.behind, step.field == "trigger"


def _says(rule: Rule) -> Hashable:
    return rule.record, frozenset(rule.set.items()), tuple(step.field for step in rule.steps)
