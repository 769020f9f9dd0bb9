"""`extractor rules coverage`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from extractor.cli.options import RulesOption, fail


def rules_coverage(
    paths: Annotated[list[str], typer.Argument(help="Texts, in any form that `extract` reads.")],
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    samples: Annotated[int, typer.Option("--samples", min=0, help="Places shown of each thing.")] = 2,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Rows shown of each list (text only).")] = 40,
    rules: RulesOption = None,
) -> None:
    """Tell what the rules and trigger words do on a collection of texts, and which words the vocabulary lacks.

    For each rule and each trigger word: how often it fired, with samples. Then the triggers that nothing came of, and
    the unknown words that stand where a noun for people is expected.
    """
    from extractor.authoring.coverage import Coverage
    from extractor.authoring.coverage_report import as_dict, as_text
    from extractor.authoring.families import Families
    from extractor.authoring.triggers import TriggerIndex
    from extractor.engine import Extractor
    from extractor.readers.documents import Failure, read_paths
    from extractor.rules.cache import shipped_rules
    from extractor.rules.load import parse
    from extractor.rules.problems import RuleError
    from extractor.rules.sources import read_files, without_vocabulary
    from extractor.writers.output import dump

    if form not in ("text", "json"):
        raise fail(f"--format {form!r} is not one of text, json")
    try:
        extractor = Extractor(rules or ())
        files = read_files([shipped_rules(), *(rules or ())])
    except RuleError as error:
        raise fail(str(error)) from None
    parsed = parse(without_vocabulary(files))
    triggers = TriggerIndex(parsed, files, extractor.tools.reader)
    coverage = Coverage(parsed.rules, Families(extractor.tools.rules), triggers, samples)
    failed = 0
    for item in read_paths(paths, sys.stdin.buffer):
        if isinstance(item, Failure):
            typer.echo(f"{item.where}: {item.reason}", err=True)
            failed += 1
            continue
        coverage.start(item.id)
        extractor.read(item.text, id=item.id, title=item.title, published=item.published, watcher=coverage.watch)
    report = as_dict(coverage)
    if form == "json":
        sys.stdout.buffer.write(dump(report, indent=True) + b"\n")
    else:
        for line in as_text(report, most=limit):
            typer.echo(line)
    if failed:
        raise typer.Exit(1)
