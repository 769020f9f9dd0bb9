"""The record of a claim, without what its sentence says around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.claims import Claim
from extractor.sentence import Sentence
from extractor.spans import Spans


def claim_record(spans: Spans, sentence: Sentence, claim: Claim, ids: Mapping[int, str]) -> dict[str, Any]:
    """The record of `claim`; `ids` are those of the claims of the document, by the identity of their objects."""
    group: dict[str, Any] = spans.span(sentence, claim.span)
    group["head"] = spans.first_word(sentence, claim.head[0]) if claim.head else None
    group["type"] = claim.type or ("other" if claim.kind == "materiel" else "unknown")
    whose = claim.affiliation
    group["affiliation"] = spans.party(sentence, whose, claim.affiliation_skip) if whose else None
    group["names"] = [spans.span(sentence, name) for name in claim.names]
    count = None
    if claim.low is not None or claim.high is not None:
        where = claim.count or claim.head or claim.span
        count = {**spans.span(sentence, where), "low": claim.low, "high": claim.high, "approx": claim.approx}
    return {
        "id": ids[id(claim)],
        "kind": claim.kind,
        "outcome": claim.outcome,
        "trigger": spans.span(sentence, (claim.match.at, claim.match.at + 1)),
        "count": count,
        "items" if claim.kind == "materiel" else "victims": group,
        "part_of": ids.get(id(claim.part_of)) if claim.part_of else None,
        "cumulative": claim.cumulative,
        "evidence": spans.whole(sentence),
        "rule": claim.rule or claim.match.rule.id,
    }
