"""The command line: loads, calls, prints, exits."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from extractor import __version__

if TYPE_CHECKING:
    from extractor.engine import Extractor

app = typer.Typer(
    help="Casualty claims and events out of Arabic news, as typed JSON records.\n\n"
    "Exit codes: 0 all documents were read; 1 some document could not be read (the others still come out); "
    "2 the command or the rules are wrong; 130 interrupted; 141 the reader of the output went away.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="Look after rule files.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")

RulesOption = Annotated[
    list[Path] | None, typer.Option("--rules", help="A folder of rules layered over the shipped ones; repeatable.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"extractor {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    del version


def _fail(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(2)


@app.command()
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
        raise _fail(f"--format {form!r} is not one of {', '.join(FORMATS)}")
    if output is not None and not output.parent.is_dir():
        raise _fail(f"{output}: the folder {output.parent} does not exist")
    try:
        extractor = Extractor(rules or ())
    except RuleError as error:
        raise _fail(str(error)) from None
    failed: list[str] = []
    records = _records(extractor, paths, failed)
    try:
        if output is None:
            write(records, sys.stdout.buffer, form)
        else:
            with whole_file(output) as file:
                write(records, file, form)
    except (BrokenPipeError, KeyboardInterrupt) as stop:
        _leave(128 + (signal.SIGPIPE if isinstance(stop, BrokenPipeError) else signal.SIGINT))
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


@rules_app.command("check")
def rules_check(rules: RulesOption = None) -> None:
    """Report every mistake in the rule files, with file and line. Exits with 2 if there is an error."""
    from extractor.rules.cache import shipped_rules
    from extractor.rules.check import check
    from extractor.rules.problems import RuleError
    from extractor.rules.sources import read_files

    try:
        problems = check(read_files([shipped_rules(), *(rules or ())]))
    except RuleError as error:
        raise _fail(str(error)) from None
    for problem in problems:
        typer.echo(str(problem), err=True)
    errors = sum(p.severity == "error" for p in problems)
    typer.echo(f"{errors} errors, {len(problems) - errors} warnings", err=True)
    if errors:
        raise typer.Exit(2)


@rules_app.command("test")
def rules_test(rules: RulesOption = None) -> None:
    """Run the examples and counter-examples of every rule. Exits with 1 if one does not hold."""
    from extractor.engine import Extractor
    from extractor.rules.cache import shipped_rules
    from extractor.rules.load import parse
    from extractor.rules.problems import RuleError
    from extractor.rules.sources import read_files
    from extractor.rules.trial import run

    try:
        extractor = Extractor(rules or ())
        parsed = parse(read_files([shipped_rules(), *(rules or ())]))
    except RuleError as error:
        raise _fail(str(error)) from None
    trials = [trial for rule in parsed.rules for trial in run(rule, extractor)]
    for trial in trials:
        if trial.failure:
            where = f"{trial.example.file}:{trial.example.line}"
            typer.echo(f"{where}: {trial.rule.id}\n  {trial.example.text}\n  {trial.failure}", err=True)
    bad = sum(bool(t.failure) for t in trials)
    typer.echo(f"{len(trials) - bad} passed, {bad} failed", err=True)
    if bad:
        raise typer.Exit(1)


@rules_app.command("list")
def rules_list(rules: RulesOption = None) -> None:
    """List every rule: id, record, file and line, title."""
    from extractor.rules.cache import shipped_rules
    from extractor.rules.load import parse
    from extractor.rules.problems import RuleError
    from extractor.rules.sources import read_files

    try:
        parsed = parse(read_files([shipped_rules(), *(rules or ())]))
    except RuleError as error:
        raise _fail(str(error)) from None
    for rule in parsed.rules:
        typer.echo(f"{rule.id}\t{rule.record}\t{rule.file}:{rule.line}\t{rule.title}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of a document."""
    from extractor.records import Document
    from extractor.writers.output import dump

    sys.stdout.buffer.write(dump(Document.model_json_schema(by_alias=True), indent=True) + b"\n")


def _leave(status: int) -> NoReturn:
    """End at once: the interpreter would flush standard output once more on its way out, and fail on a closed pipe."""
    os._exit(status)


def main() -> None:
    """Entry point."""
    app()


if __name__ == "__main__":
    main()
