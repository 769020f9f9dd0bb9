"""`extractor rules`: look after rule files."""

from __future__ import annotations

import typer

from extractor.cli.options import RulesOption, fail


def rules_check(rules: RulesOption = None) -> None:
    """Report every mistake in the rule files, with file and line. Exits with 2 if there is an error."""
    from extractor.rules.cache import shipped_rules
    from extractor.rules.check import check
    from extractor.rules.problems import RuleError
    from extractor.rules.sources import read_files

    try:
        problems = check(read_files([shipped_rules(), *(rules or ())]))
    except RuleError as error:
        raise fail(str(error)) from None
    for problem in problems:
        typer.echo(str(problem), err=True)
    errors = sum(p.severity == "error" for p in problems)
    typer.echo(f"{errors} errors, {len(problems) - errors} warnings", err=True)
    if errors:
        raise typer.Exit(2)


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
        raise fail(str(error)) from None
    trials = [trial for rule in parsed.rules for trial in run(rule, extractor)]
    for trial in trials:
        if trial.failure:
            where = f"{trial.example.file}:{trial.example.line}"
            typer.echo(f"{where}: {trial.rule.id}\n  {trial.example.text}\n  {trial.failure}", err=True)
    bad = sum(bool(t.failure) for t in trials)
    typer.echo(f"{len(trials) - bad} passed, {bad} failed", err=True)
    if bad:
        raise typer.Exit(1)


def rules_list(rules: RulesOption = None) -> None:
    """List every rule: id, record, file and line, title."""
    from extractor.rules.cache import shipped_rules
    from extractor.rules.load import parse
    from extractor.rules.problems import RuleError
    from extractor.rules.sources import read_files

    try:
        parsed = parse(read_files([shipped_rules(), *(rules or ())]))
    except RuleError as error:
        raise fail(str(error)) from None
    for rule in parsed.rules:
        typer.echo(f"{rule.id}\t{rule.record}\t{rule.file}:{rule.line}\t{rule.title}")
