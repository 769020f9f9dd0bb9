"""The command line: loads, calls, prints, exits. One module for each command or group of commands."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from extractor import __version__
from extractor.cli import rules
from extractor.cli.coverage import rules_coverage
from extractor.cli.evaluation import evaluate
from extractor.cli.explain import explain
from extractor.cli.extraction import extract
from extractor.cli.json_schema import schema
from extractor.cli.report import report

app = typer.Typer(
    help="Casualty claims and events out of Arabic news, as typed JSON records.\n\n"
    "Exit codes: 0 all documents were read; 1 some document could not be read (the others still come out); "
    "2 the command or the rules are wrong; 130 interrupted; 141 the reader of the output went away; 143 terminated.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(extract)
app.command()(schema)
app.command()(explain)
app.command()(evaluate)
app.command()(report)
rules_app = typer.Typer(help="Look after rule files.", no_args_is_help=True)
rules_app.command("check")(rules.rules_check)
rules_app.command("test")(rules.rules_test)
rules_app.command("list")(rules.rules_list)
rules_app.command("new")(rules.rules_new)
rules_app.command("coverage")(rules_coverage)
app.add_typer(rules_app, name="rules")


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


def main() -> None:
    """Entry point."""
    # No plugin of pydantic has a part in this program, and looking for some among all installed packages takes longer
    # than reading an article.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    app()
