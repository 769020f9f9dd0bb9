"""Draw whole texts by a fixed seed and list every claim that the extractor prints for them, to be judged by eye.

    python -m tools.draw_claims OUTPUT.txt [--texts 200] [--skip 0] [--seed 1] [--style WORDS] [--shown 450]
        CORPUS.jsonl ...

The draw hangs on the ids and the seed alone, not on what is extracted, so that it can be repeated after a change of
the rules. `--skip` leaves out the first texts of the shuffled order: the same seed with `--skip 200` draws 200 others.
`--style` keeps the texts whose `style` or `label` begins with these words. The listing gives each claim with its
sentence, the trigger in double angle brackets. Write it outside the checkout: it holds the texts.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

from extractor import Extractor
from tools import listing


def drawn(paths: list[Path], seed: int, skip: int, wanted: int, style: str) -> list[dict[str, Any]]:
    """The texts drawn, in the order of the draw."""
    rows = listing.rows(paths)
    rows = [row for row in rows if not style or any(str(row.get(k, "")).startswith(style) for k in ("style", "label"))]
    rows.sort(key=lambda row: str(row["id"]))
    random.Random(seed).shuffle(rows)
    return rows[skip : skip + wanted]


def entry(text: str, event: dict[str, Any], shown: int) -> str:
    """One claim: its fields in a line, its sentence with the trigger marked, `shown` letters on either side of it."""
    group = event.get("victims") or event.get("items") or {}
    count, trigger, evidence = event.get("count") or {}, event["trigger"], event["evidence"]
    marks = [m for m in ("background", "part_of", "cumulative") if event.get(m)]
    facts = [
        event["outcome"],
        f"{count.get('low')}-{count.get('high')}" if count else "no count",
        f"head {(group.get('head') or {}).get('text')!r}",
        event["polarity"],
        event["certainty"],
        *marks,
        f"victims {group.get('text')!r}",
        event["rule"],
    ]
    start, end = evidence["start"], evidence["end"]
    before = text[max(start, trigger["start"] - shown) : trigger["start"]]
    after = text[trigger["end"] : max(trigger["end"], min(end, trigger["end"] + shown))]
    return " | ".join(facts) + "\n  " + f"{before}«{trigger['text']}»{after}".replace("\n", " ¶ ")


def main(arguments: list[str]) -> int:
    """Write the listing; the exit status."""
    options = listing.options(__doc__, arguments, texts=200, skip=0, style="", shown=450)
    extractor = Extractor()
    out: list[str] = []
    rows = drawn(options.corpus, options.seed, options.skip, options.texts, options.style)
    for row in rows:
        claims = listing.claims(listing.read(extractor, row))
        out += [f"[{row['id']} {event['id']}] " + entry(row["text"], event, options.shown) for event in claims]
    listing.write(options.output, [f"{number}. {one}" for number, one in enumerate(out, 1)])
    print(f"{options.output}: {len(out)} claims in {len(rows)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
