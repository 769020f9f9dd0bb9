"""Texts made to be slow, and how the cost of reading them grows with their length.

    python -m bench.hostile [--size CHARACTERS] [--only NAME]

prints, for each kind of text, the CPU time for a quarter of the size and for the whole, and the ratio of the costs per
character: about 1 where the cost is linear in the length, 4 where it is quadratic.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from math import inf

from extractor import Extractor

# As often as not the first run of a kind is disturbed by something else on the machine: the best of some is taken, of
# those that take longer than a second of one.
_RUNS = 3
_LONG = 1.0


def _categories() -> str:
    """Two characters of every Unicode category."""
    found: dict[str, list[str]] = {}
    for number in range(sys.maxunicode + 1):
        row = found.setdefault(unicodedata.category(chr(number)), [])
        if len(row) < 2:
            row.append(chr(number))
    return "".join(c for row in found.values() for c in row)


def near_misses(examples: Sequence[str]) -> str:
    """Sentences in which every rule almost fits: those that fit, each short of a random tenth of its words."""
    chance = random.Random(0)
    kept = (" ".join(w for w in text.split() if chance.random() > 0.1) for text in examples)
    return "\n".join(kept)


def kinds(examples: Sequence[str], triggers: Sequence[str]) -> dict[str, Callable[[int], str]]:
    """Makers of texts of a number of characters, by name. `examples` are sentences that rules fit, `triggers` words."""

    def repeated(piece: str) -> Callable[[int], str]:
        return lambda size: (piece * (size // len(piece) + 1))[:size]

    waw = examples[0].split()[0][:1]
    return {
        "one trigger": repeated(f"{triggers[0]} "),
        "one trigger without a space": repeated(triggers[0]),
        "all triggers": repeated(" ".join(triggers) + " "),
        "all triggers, a line each": repeated("\n".join(triggers) + "\n"),
        "sentences that fit": repeated(" ".join(examples) + " "),
        "sentences that fit, without ends": repeated(" ".join(e.rstrip(".") for e in examples) + " "),
        "near misses": repeated(near_misses(examples) + "\n"),
        "near misses, one sentence": repeated(near_misses(examples).replace("\n", " ").replace(".", " ")),
        "digits": repeated("1234567890"),
        "numbers": repeated("12 "),
        "numbers with commas": repeated("1,234,"),
        "one letter": repeated(waw),
        "one letter, spaced": repeated(f"{waw} "),
        "quotation marks": repeated('"«“(['),
        "nested brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
        "dots": repeated("."),
        "newlines": repeated("\n"),
        "spaces": repeated(" "),
        "tashkeel": repeated("\u064b\u0651\u0650"),
        "tatweel in a trigger": repeated(triggers[0][0] + "\u0640" * 50 + triggers[0][1:] + " "),
        "ligatures": repeated("\ufdfa\ufefb "),
        "emoji": repeated("\U0001f534\U0001f44d\U0001f3fd"),
        "lone surrogates": repeated("\ud800\udfff"),
        "every category": repeated(_categories()),
        "bidi marks": repeated("\u202e\u2066\u200f"),
        "nul": repeated("\0"),
        "colons": repeated(f"{triggers[0]}: "),
    }


def costs(extractor: Extractor, make: Callable[[int], str], size: int) -> tuple[float, float]:
    """CPU seconds for a text of a quarter of `size` and of `size` characters."""

    def best(length: int) -> float:
        text = make(length)
        least = inf
        for _ in range(_RUNS):
            start = time.process_time()
            extractor.read(text, id="")
            least = min(least, time.process_time() - start)
            if least > _LONG:
                break
        return least

    return best(size // 4), best(size)


def material() -> tuple[list[str], list[str]]:
    """Example sentences of the shipped rules, and words of their gate."""
    from extractor.rules.cache import shipped_rules
    from extractor.rules.load import parse
    from extractor.rules.sources import read_files, without_vocabulary

    rules = parse(without_vocabulary(read_files([shipped_rules()]))).rules
    examples = [example.text for rule in rules for example in rule.examples]
    words = {w for text in examples for w in text.split()}
    extractor = Extractor()
    triggers = sorted(w for w in words if not extractor.rules.gate.isdisjoint([w]))
    return examples, triggers


def rows(size: int, only: str = "") -> Iterator[tuple[str, float, float]]:
    """Name and costs of each kind of text with `only` in its name."""
    extractor = Extractor()
    extractor.prepare()
    for name, make in kinds(*material()).items():
        if only in name:
            yield name, *costs(extractor, make, size)


def main() -> int:
    """Print the table; the exit status is 1 if a cost grows faster than it may."""
    parser = argparse.ArgumentParser(description="The cost of hostile texts by their length.")
    parser.add_argument("--size", type=int, default=1_000_000, help="characters")
    parser.add_argument("--most", type=float, default=2.0, help="the greatest ratio of costs per character")
    parser.add_argument("--only", default="", help="kinds with this in their name")
    options = parser.parse_args()
    bad = 0
    print(f"{'kind':36} {'s, quarter':>11} {'s, whole':>9} {'ratio per character':>20}")
    for name, quarter, whole in rows(options.size, options.only):
        ratio = whole / 4 / max(quarter, 0.002)
        bad += ratio > options.most
        print(
            f"{name:36} {quarter:11.3f} {whole:9.3f} {ratio:20.2f}{'  !!' if ratio > options.most else ''}", flush=True
        )
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
