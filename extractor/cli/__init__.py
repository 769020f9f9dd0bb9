"""The command line: loads, calls, prints, exits. One module for each command or group of commands."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from extractor import __version__
from extractor.cli import rules
from extractor.cli.coverage import rules_coverage
from extractor.cli.evaluation import evaluate
from extractor.cli.explain import explain
from extractor.cli.extraction import extract
from extractor.cli.json_schema import schema
from extractor.cli.options import leave
from extractor.cli.report import report

_HELP = (
    "Casualty claims and events out of Arabic news, as typed JSON records.\n\n"
    "Exit codes: 0 all documents were read; 1 some document could not be read (the others still come out); "
    "2 the command or the rules are wrong; 130 interrupted; 141 the reader of the output went away; 143 terminated."
)
_COMMANDS: Mapping[str, Callable[..., Any]] = {
    "extract": extract,
    "schema": schema,
    "explain": explain,
    "evaluate": evaluate,
    "report": report,
}
_RULES_COMMANDS: Mapping[str, Callable[..., Any]] = {
    "check": rules.rules_check,
    "test": rules.rules_test,
    "list": rules.rules_list,
    "new": rules.rules_new,
    "coverage": rules_coverage,
}


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"extractor {__version__}")
        raise typer.Exit


def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    del version


def app(wanted: str | None = None) -> typer.Typer:
    """The command line. Where `wanted` is the name of a command, with that command alone: taking all the options of
    all the commands apart takes longer than reading an article."""
    made = typer.Typer(help=_HELP, no_args_is_help=True, pretty_exceptions_enable=False)
    made.callback()(_main)
    for name, command in _COMMANDS.items():
        if wanted == name or wanted not in _COMMANDS:
            made.command(name)(command)
    if wanted not in _COMMANDS:
        rules_app = typer.Typer(help="Look after rule files.", no_args_is_help=True)
        for name, command in _RULES_COMMANDS.items():
            rules_app.command(name)(command)
        made.add_typer(rules_app, name="rules")
    return made


def main() -> None:
    """Entry point."""
    # No plugin of pydantic has a part in this program, and looking for some among all installed packages takes longer
    # than reading an article.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        app(sys.argv[1] if len(sys.argv) > 1 else None)()
    except SystemExit as end:
        _leave_memory(end.code)
        raise


def _leave_memory(status: object) -> None:
    """End at once where nothing but memory is left to clear up: the interpreter would take as long over that as over
    reading an article. Does nothing where there is more to do, or the output cannot be flushed."""
    if not isinstance(status, int) or threading.active_count() > 1 or "multiprocessing" in sys.modules:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    leave(status)
