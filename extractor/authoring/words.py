"""How each word of a sentence was read, as plain values."""

from __future__ import annotations

from typing import Any

from extractor.rules.lexicon import Reading
from extractor.watch import Seen

# Atoms that only repeat what the attributes or the word itself say.
_QUIET = frozenset({"nominal"})


def words(seen: Seen) -> list[dict[str, Any]]:
    """Each segment: its text and offsets, its folded form, its readings, the number it tells, its code, its chunk."""
    sentence, layer = seen.sentence, seen.layer
    chunk_of = {
        at: layer.names[place] for place in layer.names for at in range(layer.firsts[place], layer.lasts[place])
    }
    out = []
    for at in range(len(sentence)):
        quantity = sentence.quantities.get(at)
        number = None
        if quantity is not None:
            number = {"low": quantity.low, "high": quantity.high, "approx": quantity.approx, "kind": quantity.kind}
        word = sentence.words[at]
        out.append(
            {
                **span(seen, at, at + 1),
                "folded": word,
                "readings": [reading(r) for r in seen.tools.reader.readings(sentence, at)],
                "number": number,
                "names": list(seen.tools.identities.get(word, ())),
                "chunk": chunk_of.get(at),
                "code": f"U+{ord(sentence.types[at]):04X}",
            }
        )
    return out


def chunks(seen: Seen) -> list[dict[str, Any]]:
    """Each phrase that was folded into one step for the rules, with the parts that it captured."""
    layer = seen.layer
    return [
        {
            "name": name,
            **span(seen, layer.firsts[place], layer.lasts[place]),
            "fields": {
                field: [span(seen, *pair)["text"] for pair in pairs] for field, pairs in layer.fields(place).items()
            },
        }
        for place, name in sorted(layer.names.items())
    ]


def reading(found: Reading) -> dict[str, Any]:
    """One way to read a word: its classes and features, and what is said of it."""
    attributes = dict(found.attributes)
    return {"atoms": sorted(found.atoms - _QUIET - set(attributes.values())), "attributes": attributes}


def atoms(seen: Seen, at: int) -> frozenset[str]:
    """All classes and features of all readings of a segment; none beyond the end."""
    if not 0 <= at < len(seen.sentence):
        return frozenset()
    return seen.tools.reader.atoms(seen.sentence, at)


def span(seen: Seen, first: int, last: int) -> dict[str, Any]:
    """Original text and offsets of segments."""
    start, end = seen.folded.span(seen.sentence.starts[first], seen.sentence.ends[last - 1])
    return {"text": seen.folded.original[start:end], "start": start, "end": end}
