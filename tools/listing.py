"""What the tools share that draw readings of a corpus and list them, to be judged by eye."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor import Extractor

_CHECKOUT = Path(__file__).resolve().parent.parent


def options(description: str | None, arguments: Sequence[str], **defaults: int | str) -> argparse.Namespace:
    """The options of a tool: where the listing goes, the files of the corpus, `--seed`, and one for each of `defaults`.

    Ends the program with status 2 where the listing, which holds the texts, would lie inside the checkout.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("corpus", type=Path, nargs="+")
    for name, default in {**defaults, "seed": 1}.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    given = parser.parse_args(arguments)
    if given.output.resolve().is_relative_to(_CHECKOUT):
        parser.exit(2, f"{given.output}: inside the checkout; write the listing elsewhere\n")
    return given


def rows(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Every object of some JSON Lines files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def read(extractor: Extractor, row: Mapping[str, Any]) -> dict[str, Any]:
    """The record of the text of a row."""
    published = row.get("published") or row.get("date")
    return extractor.extract(row["text"], id=str(row.get("id")), title=row.get("title"), published=published)


def claims(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The claims of a record, without its events."""
    return (event for event in record["events"] if event["kind"] in ("casualty", "materiel"))


def write(output: Path, entries: Sequence[str]) -> None:
    """Write the listing, an empty line between its entries."""
    output.write_text("\n\n".join(entries) + "\n", encoding="utf-8")
