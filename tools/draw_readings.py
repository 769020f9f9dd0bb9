"""Draw places and times that the extractor resolved, by a fixed seed, as a listing to be read by eye.

    python tools/draw_readings.py OUTPUT.txt [--times 60] [--places 100] [--seed 1] CORPUS.jsonl ...

Each text gives at most one of each, taken from a claim of it drawn at random. The listing says for each what was
resolved to what, and the words that it was read from. Write it outside the checkout: it holds the texts.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor import Extractor

_SHOWN = 600  # letters of a sentence
_AROUND = 100  # letters on either side of words from another sentence


def texts(paths: list[Path], seed: int) -> list[dict[str, Any]]:
    """All texts of the files, shuffled."""
    rows = [
        json.loads(line) for path in sorted(paths) for line in path.read_text(encoding="utf-8").splitlines() if line
    ]
    random.Random(seed).shuffle(rows)
    return rows


def readings(extractor: Extractor, rows: list[dict[str, Any]], field: str) -> Iterator[str]:
    """One entry of the listing for each text that has a claim with `field`."""
    for row in rows:
        published = row.get("published") or row.get("date")
        found = extractor.extract(row["text"], id=str(row.get("id")), title=row.get("title"), published=published)
        told = [e for e in found["events"] if e["kind"] in ("casualty", "materiel") and e.get(field)]
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
    """Write the listing; the exit status is 2 where it would lie inside the checkout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--places", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if options.output.resolve().is_relative_to(Path(__file__).resolve().parent.parent):
        print(f"{options.output}: inside the checkout; write the listing elsewhere", file=sys.stderr)
        return 2
    extractor = Extractor()
    rows = texts(options.corpus, options.seed)
    out: list[str] = []
    for field, wanted in (("time", options.times), ("place", options.places)):
        entries = readings(extractor, rows, field)
        out += [f"{field} {number}. {one}" for number, one in zip(range(1, wanted + 1), entries, strict=False)]
    options.output.write_text("\n\n".join(out) + "\n", encoding="utf-8")
    print(f"{options.output}: {len(out)} readings")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
