"""F1 of telling sentences with an attack, or a protest, from those with none, on files that people labelled.

event_figures.py ASSAULT.jsonl PROTEST.jsonl    each line an object with `text` and `label`
    --half 0|1     only the texts whose hash falls in that half: one half to develop on, one to look at for figures
    --errors N     also print N missed and N false texts of each file

Texts labelled `yes` are set against those labelled `easy no`; the others (ambiguous, difficult) are left out. A text
counts as found if it holds an affirmed event of the kind, or, for attacks, a violent claim, that is not unrealized.
The people judged what a text reports; the claims also hold what it refers to as known (the killing that a trial is
about), as `gold/GUIDE.md` asks. So two figures come out: with and without what is marked as background.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from extractor import Extractor

# Outcomes that only violence brings about; arrests, releases and flight are left out.
VIOLENT = frozenset(
    ["killed", "wounded", "killed_or_wounded", "abducted", "captured", "destroyed", "damaged", "shot_down"]
)

NO_VIOLENCE = frozenset(["accident", "disaster", "disease"])


def half(text: str) -> int:
    """0 or 1, by the text's hash: the same on every machine."""
    return hashlib.sha256(text.encode()).digest()[0] & 1


def found(events: Iterable[Mapping[str, Any]], kind: str, *, background: bool) -> bool:
    """Whether one of `events` is an affirmed event of `kind` (for attacks: or a violent claim), not unrealized.

    Without `background`, what the text only refers to as known (a killing on trial, say) does not count.
    """
    for event in events:
        if event["background"] and not background:
            continue
        if event["polarity"] != "affirmed" or event["certainty"] == "unrealized":
            continue
        if (event.get("method") or {}).get("type") in NO_VIOLENCE:
            continue
        if event["kind"] == kind or (kind == "attack" and event.get("outcome") in VIOLENT):
            return True
    return False


def f1(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean; 0 where nothing was found."""
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * right / (2 * right + wrong + missed) if right else 0.0


def measure(extractor: Extractor, path: Path, only: int | None, errors: int) -> str:
    """One line of figures for one file, with the texts in error behind it."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [r for r in rows if r["label"] in ("yes", "easy no") and (only is None or half(r["text"]) == only)]
    kind = "protest" if any(r.get("event_type") == "PROTEST" for r in rows) else "attack"
    read = [(row["label"] == "yes", row["text"], extractor.extract(row["text"])["events"]) for row in rows]
    out = f"{path.name}: {kind}, {len(rows)} texts"
    missed: list[str] = []
    wrong: list[str] = []
    for background in (True, False):
        hits: dict[tuple[bool, bool], list[str]] = {}
        for label, text, events in read:
            hits.setdefault((label, found(events, kind, background=background)), []).append(text)
        right, missed, wrong = (hits.get(k, []) for k in ((True, True), (True, False), (False, True)))
        precision, recall, score = f1(len(right), len(wrong), len(missed))
        name = "with background" if background else "reported alone"
        out += f"\n  {name}: precision {precision:.3f} recall {recall:.3f} F1 {score:.3f}"
    for name, texts in (("missed", missed), ("false", wrong)):
        out += "".join(f"\n  {name}: {text}" for text in texts[:errors])
    return out


def main(given: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    options = parser.parse_args(given)
    extractor = Extractor()
    for path in options.files:
        print(measure(extractor, path, options.half, options.errors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
