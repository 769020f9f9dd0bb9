"""`extractor extract`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.cli.options import RulesOption, fail, leave

if TYPE_CHECKING:
    from extractor.engine import Extractor


def extract(
    paths: Annotated[list[str], typer.Argument(help=".txt and .jsonl files, folders of these, - for standard input.")],
    form: Annotated[str, typer.Option("--format", help="json or jsonl.")] = "json",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file, written whole or not at all.")] = None,
    rules: RulesOption = None,
) -> None:
    """Read claims out of documents. Standard output carries data alone; messages go to standard error."""
    from extractor.engine import Extractor
    from extractor.rules.problems import RuleError
    from extractor.writers.output import FORMATS, whole_file, write

    if form not in FORMATS:
        raise fail(f"--format {form!r} is not one of {', '.join(FORMATS)}")
    if output is not None and not output.parent.is_dir():
        raise fail(f"{output}: the folder {output.parent} does not exist")
    try:
        extractor = Extractor(rules or ())
    except RuleError as error:
        raise fail(str(error)) from None
    failed: list[str] = []
    records = _records(extractor, paths, failed)
    try:
        if output is None:
            write(records, sys.stdout.buffer, form)
        else:
            with whole_file(output) as file:
                write(records, file, form)
    except (BrokenPipeError, KeyboardInterrupt) as stop:
        leave(128 + (signal.SIGPIPE if isinstance(stop, BrokenPipeError) else signal.SIGINT))
    if failed:
        raise typer.Exit(1)


def _records(extractor: Extractor, paths: list[str], failed: list[str]) -> Iterator[dict[str, Any]]:
    from extractor.readers.documents import Failure, read_paths

    for item in read_paths(paths, sys.stdin.buffer):
        if isinstance(item, Failure):
            typer.echo(f"{item.where}: {item.reason}", err=True)
            failed.append(item.where)
            if item.id is not None:
                yield {"id": item.id, "events": [], "error": item.reason}
            continue
        if not any("\u0600" <= c <= "\u06ff" or "\ufb50" <= c <= "\ufefc" for c in item.text):
            typer.echo(f"{item.where}: {'no Arabic text' if item.text.strip() else 'empty'}: nothing to read", err=True)
        try:
            record = extractor.extract(item.text, id=item.id, title=item.title, published=item.published)
        except Exception as error:  # noqa: BLE001  one document never costs another
            typer.echo(f"{item.where}: could not be read: {error!r}", err=True)
            failed.append(item.where)
            record = {"id": item.id, "events": [], "error": repr(error)}
        yield record
