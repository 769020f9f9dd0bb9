"""`extractor report`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from extractor.cli.options import RulesOption, fail


def report(
    paths: Annotated[list[str], typer.Argument(help="What `extract` reads: files, folders, - for standard input.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The page, one HTML file.")],
    title: Annotated[str, typer.Option(help="What stands at the head of the page.")] = "Claims and events",
    rules: RulesOption = None,
) -> None:
    """Write one self-contained page: the articles with their claims marked in place, a table, charts."""
    import orjson

    from extractor.engine import Extractor
    from extractor.readers.documents import read_items
    from extractor.report.page import write_page
    from extractor.rules.problems import RuleError
    from extractor.run.task import Task
    from extractor.writers.output import whole_file

    if not output.parent.is_dir():
        raise fail(f"{output}: the folder {output.parent} does not exist")
    if output.is_dir():
        raise fail(f"{output}: a folder; name a file in it")
    try:
        extractor = Extractor(rules or ())
    except RuleError as error:
        raise fail(str(error)) from None
    task = Task(extractor, limit=60, with_text=True)
    failures = documents = claims = 0

    def records() -> Iterator[dict[str, Any]]:
        nonlocal failures, documents, claims
        for item in read_items(paths, sys.stdin.buffer):
            result = task(item)
            if result.failure is not None:
                typer.echo(result.failure, err=True)
                failures += 1
            if result.line:
                documents += 1
                claims += result.claims
                yield orjson.loads(result.line)

    try:
        with whole_file(output) as file:
            write_page(records(), extractor.rules.actors, title, file)
    except OSError as error:
        raise fail(f"{output}: could not be written: {error.strerror or error}") from None
    typer.echo(f"{output}: {documents} documents, {claims} claims and events, {failures} failures", err=True)
    if failures:
        raise typer.Exit(1)
