"""Other people's tools on the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import spacy
from spacy.matcher import Matcher

from bench.contestant import Contestant
from extractor.text.fold import fold


def spacy_tokenizer() -> Contestant:
    """spaCy's blank Arabic pipeline: its tokenizer and nothing else; it downloads no model."""
    return Contestant("spacy", spacy.blank("ar").tokenizer)


def spacy_matcher(forms: Sequence[str]) -> Contestant:
    """spaCy's Matcher with our vocabulary: a listed word, three words at the most, a number, a listed word."""
    tokenizer = spacy.blank("ar")
    matcher = Matcher(tokenizer.vocab)
    listed = {"TEXT": {"IN": [form for form in forms if " " not in form]}}
    anything: dict[str, Any] = {"OP": "?"}
    matcher.add("claim", [[listed, anything, anything, anything, {"LIKE_NUM": True}, listed]])

    def work(text: str) -> object:
        return matcher(tokenizer.tokenizer(text))

    return Contestant("spacy matcher", work, prepare=lambda text: fold(text).text)


def yargy_parser(forms: Sequence[str]) -> Contestant:
    """yargy's parser with one rule of the same shape over the same vocabulary."""
    from yargy import Parser, or_, rule
    from yargy.predicates import in_
    from yargy.predicates import type as type_
    from yargy.tokenizer import MorphTokenizer

    listed = in_({form for form in forms if " " not in form})
    parser = Parser(rule(listed, or_(type_("INT"), listed), listed), tokenizer=MorphTokenizer())

    def work(text: str) -> object:
        return list(parser.findall(text))

    return Contestant("yargy", work, prepare=lambda text: fold(text).text)
