"""Rates and ratios out of rounds, and how they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from bench.rounds import Round

ARTICLE = 5_000  # bytes of UTF-8, the length of an article of the design's table
OURS = "extractor"


@dataclass(frozen=True)
class Rate:
    """Speed of one contestant: median over the rounds."""

    name: str
    microseconds: float  # per ARTICLE
    megabytes: float  # a second; a megabyte is 10**6 bytes


@dataclass(frozen=True)
class Ratio:
    """The extraction's time over another's: median over paired rounds, with the middle half of them."""

    name: str
    value: float
    low: float
    high: float


def rate(rounds: Sequence[Round], name: str) -> Rate:
    """The rate of the contestant `name`. `rounds` must not be empty."""
    per_byte = median(r.nanoseconds[name] / r.weight for r in rounds)
    return Rate(name, per_byte * ARTICLE / 1_000, 1_000 / per_byte)


def ratio(rounds: Sequence[Round], name: str, ours: str = OURS) -> Ratio:
    """How many times longer `ours` took than `name`. `rounds` must not be empty."""
    values = [r.nanoseconds[ours] / r.nanoseconds[name] for r in rounds]
    low, middle, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return Ratio(name, middle, low, high)


def names(rounds: Sequence[Round]) -> list[str]:
    """The contestants, the quickest first, ours last."""
    others = [name for name in rounds[0].nanoseconds if name != OURS]
    return [*sorted(others, key=lambda name: rate(rounds, name).microseconds), OURS]


def table(rounds: Sequence[Round]) -> str:
    """One row a contestant."""
    lines = [f"{'':18}{'µs per 5 KB':>12}{'MB/s':>10}{'extractor takes':>18}{'middle half':>18}"]
    for name in names(rounds):
        speed = rate(rounds, name)
        row = f"{name:18}{speed.microseconds:12.1f}{speed.megabytes:10.2f}"
        if name != OURS:
            times = ratio(rounds, name)
            row += f"{times.value:16.2f} ×{f'{times.low:.2f}-{times.high:.2f}':>18}"
        lines.append(row)
    return "\n".join(lines)


def length_table(by_size: Sequence[tuple[int, int, Sequence[Round]]]) -> str:
    """One row a text length, given as bytes, number of texts and rounds: µs per KB of each contestant, of all rounds
    together, since the rows hold the same text; and how far the dearest row is above the cheapest.

    A flat column means a cost linear in the length.
    """
    order = names(by_size[0][2])
    lines = [f"{'text, KB':>10}{'texts':>7}" + "".join(f"{name + ' µs/KB':>18}" for name in order)]
    columns: dict[str, list[float]] = {name: [] for name in order}
    for size, texts, rounds in by_size:
        for name in order:
            columns[name].append(sum(r.nanoseconds[name] for r in rounds) / sum(r.weight for r in rounds))
        lines.append(f"{size / 1_000:10g}{texts:7}" + "".join(f"{columns[name][-1]:18.1f}" for name in order))
    spread = (f"{max(column) / min(column):16.2f} ×" for column in columns.values())
    return "\n".join([*lines, f"{'dearest to cheapest':>17}" + "".join(spread)[2:]])


def last_line(rounds: Sequence[Round], rules: int, forms: int) -> str:
    """The line for machines, such as `ratio floor=7.9 spacy=0.41 rules=180 forms=5200`."""
    to_floor, to_spacy = ratio(rounds, "floor").value, ratio(rounds, "spacy").value
    return f"ratio floor={to_floor:.1f} spacy={to_spacy:.2f} rules={rules} forms={forms}"
