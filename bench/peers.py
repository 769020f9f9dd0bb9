"""Other people's tools on the same texts."""

from __future__ import annotations

import spacy

from bench.contestant import Contestant


def spacy_tokenizer() -> Contestant:
    """spaCy's blank Arabic pipeline: its tokenizer and nothing else; it downloads no model."""
    return Contestant("spacy", spacy.blank("ar").tokenizer)
