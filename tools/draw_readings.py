"""Draw places and times that the extractor resolved, by a fixed seed, as a listing to be read by eye.

    python -m tools.draw_readings OUTPUT.txt [--times 60] [--places 100] [--seed 1] CORPUS.jsonl ...

Each text gives at most one of each, taken from a claim of it drawn at random. The listing says for each what was
resolved to what, and the words that it was read from. Write it outside the checkout: it holds the texts.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor import Extractor
from tools import listing

_SHOWN = 600  # letters of a sentence
_AROUND = 100  # letters on either side of words from another sentence


def texts(paths: list[Path], seed: int) -> list[dict[str, Any]]:
    """All texts of the files, shuffled."""
    rows = listing.rows(sorted(paths))
    random.Random(seed).shuffle(rows)
    return rows


def readings(extractor: Extractor, rows: list[dict[str, Any]], field: str) -> Iterator[str]:
    """One entry of the listing for each text that has a claim with `field`."""
    for row in rows:
        found = listing.read(extractor, row)
        told = [claim for claim in listing.claims(found) if claim.get(field)]
        if told:
            yield entry(row["text"], found, random.Random(str(row.get("id"))).choice(told), field)


def entry(text: str, found: dict[str, Any], event: dict[str, Any], field: str) -> str:
    """What was resolved, and the words around it."""
    value, evidence = event[field], event["evidence"]
    group = event.get("victims") or event.get("items") or {}
    facts = {k: v for k, v in value.items() if k not in ("text", "start", "end") and v is not None}
    lines = [
        f"[{found['id']}] published {found['published']}: {event['outcome']} {group.get('text')!r}",
        f"  {field}: {value['text']!r} {facts}",
        f"  {evidence['text'][:_SHOWN]}",
    ]
    if not evidence["start"] <= value["start"] < evidence["end"]:
        lines.append(f"  from: {text[max(0, value['start'] - _AROUND) : value['end'] + _AROUND]!r}")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Write the listing; the exit status."""
    options = listing.options(__doc__, arguments, times=60, places=100)
    extractor = Extractor()
    rows = texts(options.corpus, options.seed)
    out: list[str] = []
    for field, wanted in (("time", options.times), ("place", options.places)):
        entries = readings(extractor, rows, field)
        out += [f"{field} {number}. {one}" for number, one in zip(range(1, wanted + 1), entries, strict=False)]
    listing.write(options.output, out)
    print(f"{options.output}: {len(out)} readings")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
