"""`extractor explain`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from extractor.cli.options import RulesOption, fail


def explain(
    text: Annotated[str, typer.Argument(help="The text, or - for standard input.")],
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    everything: Annotated[bool, typer.Option("--all", help="Show every rule that did not fit, and where.")] = False,
    published: Annotated[
        str | None, typer.Option("--published", help="ISO date that times are resolved against.")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Show how a text was read: each word, each rule tried, and why each field has its value or none."""
    from extractor.authoring.explanation import explain as explained
    from extractor.authoring.explanation_text import lines
    from extractor.cli.terminal import show
    from extractor.engine import Extractor
    from extractor.rules.cache import shipped_rules
    from extractor.rules.problems import RuleError
    from extractor.rules.sources import read_files
    from extractor.writers.output import dump

    if form not in ("text", "json"):
        raise fail(f"--format {form!r} is not one of text, json")
    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        extractor = Extractor(rules or ())
        files = read_files([shipped_rules(), *(rules or ())])
    except RuleError as error:
        raise fail(str(error)) from None
    found = explained(text, extractor, files, published=published)
    if form == "json":
        sys.stdout.buffer.write(dump(found, indent=True) + b"\n")
        return
    show(lines(found, everything=everything), sys.stdout)
