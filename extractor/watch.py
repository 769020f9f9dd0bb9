"""What a watcher of a reading is shown: each sentence with what the rules made of it.

A watcher is a function passed to `Extractor.read`; nothing is collected and nothing slows where none is given. It sees
what was read and cannot change it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from extractor.chunks import Layer
    from extractor.claims import Claim
    from extractor.match import Match
    from extractor.reading import Tools
    from extractor.sentence import Sentence
    from extractor.text.fold import Folded


class Seen(NamedTuple):
    """One sentence as the engine read it.

    `found` are all matches of the claim rules and `kept` those that were not settled away; `claims` are what the kept
    ones gave and `records` what was added to the document for them. `skipped` says that the sentence holds no word that
    can begin a claim, so that no rule was tried on it.
    """

    tools: Tools
    folded: Folded
    number: int
    sentence: Sentence
    layer: Layer
    found: Sequence[Match] = ()
    kept: Sequence[Match] = ()
    claims: Sequence[Claim] = ()
    records: Sequence[Mapping[str, Any]] = ()
    skipped: bool = False


Watcher = Callable[[Seen], None]
