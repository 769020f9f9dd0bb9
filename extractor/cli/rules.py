"""`extractor rules`: look after rule files."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import RulesOption, fail

if TYPE_CHECKING:
    from extractor.rules.problems import Problem


def _files(rules: list[Path] | None) -> Mapping[str, bytes]:
    from extractor.rules.cache import shipped_rules
    from extractor.rules.problems import RuleError
    from extractor.rules.sources import read_files

    try:
        return read_files([shipped_rules(), *(rules or ())])
    except RuleError as error:
        raise fail(str(error)) from None


def rules_check(rules: RulesOption = None) -> None:
    """Report every mistake in the rule files, with file and line. Exits with 2 if there is an error.

    Where there is none, the examples of all rules are read, to find rules that tie. With --rules, warnings and notes
    are those of your own folders.
    """
    from extractor.cli.terminal import show
    from extractor.rules.check import check
    from extractor.rules.sources import layer

    files = _files(rules)
    problems = check(files)
    if not any(p.severity == "error" for p in problems):
        problems = sorted([*problems, *_ties(rules, files)])
    problems = [p for p in problems if p.severity == "error" or not rules or layer(p.file)]
    styles = {"error": "red", "warning": "yellow", "note": "dim"}
    show(((styles[p.severity], str(p)) for p in problems), sys.stderr)
    errors, warnings = (sum(p.severity == kind for p in problems) for kind in ("error", "warning"))
    typer.echo(f"{errors} errors, {warnings} warnings", err=True)
    if errors:
        raise typer.Exit(2)


def _ties(rules: list[Path] | None, files: Mapping[str, bytes]) -> list[Problem]:
    from extractor.authoring.ties import ties
    from extractor.engine import Extractor
    from extractor.rules.load import parse
    from extractor.rules.sources import without_vocabulary

    return ties(Extractor(rules or ()), parse(without_vocabulary(files)).rules)


def rules_test(
    rules: RulesOption = None,
    only: Annotated[str, typer.Option("--only", help="Only rules with this in their id.")] = "",
) -> None:
    """Run the examples and counter-examples of every rule. Exits with 1 if one does not hold.

    What fails is shown with what was expected beside what was found.
    """
    from extractor.authoring.trial_text import lines
    from extractor.cli.terminal import show
    from extractor.engine import Extractor
    from extractor.rules.load import parse
    from extractor.rules.problems import RuleError
    from extractor.rules.sources import without_vocabulary
    from extractor.rules.trial import run

    files = _files(rules)
    try:
        extractor = Extractor(rules or ())
    except RuleError as error:
        raise fail(str(error)) from None
    chosen = [rule for rule in parse(without_vocabulary(files)).rules if only in rule.id]
    if not chosen:
        raise fail(f"no rule has {only!r} in its id: `extractor rules list` shows all")
    trials = [trial for rule in chosen for trial in run(rule, extractor)]
    for trial in trials:
        if trial.failure:
            show(lines(trial), sys.stderr)
    bad = sum(bool(t.failure) for t in trials)
    typer.echo(f"{len(trials) - bad} passed, {bad} failed", err=True)
    if bad:
        raise typer.Exit(1)


def rules_list(rules: RulesOption = None) -> None:
    """List every rule: id, record, file and line, title."""
    from extractor.rules.load import parse
    from extractor.rules.sources import shown, without_vocabulary

    for rule in parse(without_vocabulary(_files(rules))).rules:
        typer.echo(f"{rule.id}\t{rule.record}\t{shown(rule.file)}:{rule.line}\t{rule.title}")


def rules_new(
    name: Annotated[str, typer.Argument(help="Name of the files: small Latin letters, digits and -.")],
    folder: Annotated[Path, typer.Option("--folder", help="Your own folder; made if it is not there.")] = Path(
        "my-rules"
    ),
) -> None:
    """Write a first rule with its words into a folder of your own: it works as it is, and is there to be changed."""
    from extractor.authoring.skeleton import write_skeleton

    try:
        for path in write_skeleton(folder, name):
            typer.echo(f"wrote {path}")
    except (ValueError, OSError) as error:
        raise fail(str(error)) from None
    typer.echo(f"next: extractor rules test --rules {folder} --only {name}.")
