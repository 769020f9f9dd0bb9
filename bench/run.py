"""`make bench`: measure the extraction, the floor and the peer in one run over one corpus."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import corpus, report, rounds
from bench.contestant import Contestant
from extractor import Extractor, sentence

ROUNDS = 30
PEERED = 40
# Texts: after so many, most words and patterns are remembered, as in the middle of an archive (of a tokenizer's cache
# the same is true).
WARM = 300
# Bytes of one text.
LENGTHS = (500, 2_000, 8_000, 32_000, 128_000, 512_000, 2_000_000)


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("corpus", type=Path, help="a .txt or .jsonl file, or a folder of these")
    parser.add_argument("--sample", type=_positive, metavar="N", help="time N texts picked by chance (default: all)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="what chance starts from (default: 0)")
    parser.add_argument(
        "--by-length",
        action="store_true",
        help="also print the cost by text length, 0.5 KB to 2 MB, on texts that the first table did not use"
        " (without --sample, that table uses a quarter of them); all lengths need about 2 MB of text",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="also print the cost by stage and by number of rules, further peers, start-up and memory",
    )
    return parser.parse_args(given)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1 is needed")
    return number


def divide(texts: Sequence[str], size: int) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Texts to warm up on (a third but at most WARM), `size` texts to time, the rest. A single text is timed cold."""
    held = min(WARM, max(1, len(texts) // 3)) if len(texts) > 1 else 0
    return texts[:held], texts[held : held + size], texts[held + size :]


def by_length(contestants: Sequence[Contestant], texts: Sequence[str]) -> str:
    """The table by text length: one text cut into pieces of each length, so that all of them tell the same.

    Articles of other lengths tell of other things, and beginnings of articles hold more claims than the rest. For the
    same reason all of it is read once before each row: no length sees its words for the first time.
    """
    whole = corpus.joined(texts, LENGTHS[-1])
    reached = [size for size in LENGTHS if size <= corpus.weight(whole)]
    if not reached:
        return "by length: no text left to measure on; give a larger corpus or a smaller --sample"
    warm = corpus.pieces(whole, LENGTHS[2])
    measured = []
    for size in reached:
        made = corpus.pieces(whole, size)
        measured.append((size, len(made), rounds.run(contestants, rounds.batches(made, ROUNDS), warm)))
    missing = [f"{size / 1_000:g}" for size in LENGTHS[len(measured) :]]
    note = f"\nno text left for {', '.join(missing)} KB: give a larger corpus" if missing else ""
    return report.length_table(measured) + note


def everything(extractor: Extractor, forms: Sequence[str], texts: Sequence[str], warm: Sequence[str]) -> str:
    """The further tables. Each has its own run, so that figures are comparable within a table alone."""
    from bench.peers import spacy_matcher, spacy_tokenizer, yargy_parser
    from bench.processes import memory, start_up
    from bench.stages import stages, with_share_of_rules

    groups = rounds.batches(texts, ROUNDS)
    shares = [Contestant(f"{share:.0%} of rules", with_share_of_rules(share).extract) for share in (0.25, 0.5)]
    ours = Contestant(report.OURS, extractor.extract)
    few = texts[:PEERED]  # the slowest of the peers takes seconds for a megabyte
    parts = [
        "by stage, each with all before it",
        report.table(rounds.run([*stages(extractor), ours], groups, warm)),
        "by number of rules",
        report.table(rounds.run([*shares, ours], groups, warm)),
        f"peers with our vocabulary and one pattern, {len(few)} texts",
        report.table(
            rounds.run(
                [spacy_tokenizer(), spacy_matcher(forms), yargy_parser(forms), ours], rounds.batches(few, ROUNDS), warm
            )
        ),
        "start-up, CPU seconds and their ratio to the imports",
        *(f"{name:34}{seconds:8.3f}{ratio:8.2f} ×" for name, (seconds, ratio) in start_up().items()),
        "peak memory",
        *(f"{name:34}{megabytes:8.0f} MB" for name, megabytes in memory(texts).items()),
    ]
    return "\n".join(parts)


def build() -> str:
    """How the package that is measured was built: `tools/compiled.py run` puts a compiled one first on the path."""
    return "pure Python" if sentence.__file__.endswith(".py") else "compiled with mypyc"


def main(given: Sequence[str] | None = None) -> int:
    """Measure and print; 2 where the corpus cannot be read."""
    options = arguments(given)
    try:
        texts = corpus.read(options.corpus)
    except corpus.CorpusError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    size = options.sample or (max(1, len(texts) // 4) if options.by_length else len(texts))
    warm, timed, rest = divide(corpus.shuffled(texts, options.seed), size)

    # Here, so that the rest of the module can be tested without the [bench] extra.
    from bench.floor import floor
    from bench.peers import spacy_tokenizer

    extractor = Extractor()
    forms = extractor.vocabulary_forms()
    contestants = [floor(forms), spacy_tokenizer(), Contestant(report.OURS, extractor.extract)]
    measured = rounds.run(contestants, rounds.batches(timed, ROUNDS), warm)

    total = sum(r.weight for r in measured)
    print(f"extractor: {build()}")
    print(f"{options.corpus}: {len(timed)} texts, {total / 1e6:.2f} MB of UTF-8, each timed when first seen,")
    print(f"in {len(measured)} rounds that pair the contestants; medians of the rounds; 1 KB is 1,000 bytes")
    print("floor: one Aho-Corasick pass over all vocabulary forms, on text folded off the clock")
    print("spacy: spacy.blank('ar').tokenizer alone; extractor: text in, records out")
    print(report.table(measured))
    if options.by_length:
        print("by length: the same text in pieces of each length, all of it read once before")
        print(by_length(contestants, rest))
    if options.all:
        print(everything(extractor, forms, timed, warm))
    print(report.last_line(measured, extractor.rule_count, len(forms)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
