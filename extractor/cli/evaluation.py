"""`extractor evaluate`."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from extractor.cli.options import RulesOption, fail


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated texts, one JSON object a line: see docs/gold.md.")],
    errors: Annotated[int, typer.Option("--errors", min=0, help="List this many texts with errors.")] = 0,
    predicted: Annotated[
        Path | None, typer.Option("--predicted", help="Score this output of `extract --format jsonl` instead.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    rules: RulesOption = None,
) -> None:
    """Score the extractor on texts that you have annotated yourself: precision, recall and F1 of its claims.

    Exits with 2 where the file cannot be read or has mistakes.
    """
    from extractor.cli.terminal import show
    from extractor.evaluation.gold import read_gold
    from extractor.evaluation.report import lines
    from extractor.evaluation.scores import errors as wrong_texts
    from extractor.evaluation.scores import scores
    from extractor.writers.output import dump

    if form not in ("text", "json"):
        raise fail(f"--format {form!r} is not one of text, json")
    try:
        texts, problems = read_gold(gold)
    except OSError as error:
        raise fail(f"{gold}: {error.strerror or error}") from None
    for problem in problems:
        typer.echo(str(problem), err=True)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(2)
    found = _predicted(predicted) if predicted else _extracted([(t.id, t.text) for t in texts], rules)
    if predicted and not any(text.id in found for text in texts):
        raise fail(f"{predicted}: no id of {gold} is in it")
    report = scores(texts, found)
    shown = list(islice(wrong_texts(texts, found), errors))
    if form == "json":
        sys.stdout.buffer.write(dump({**report, "errors": shown} if errors else report, indent=True) + b"\n")
    else:
        show(lines(report, shown), sys.stdout)


def _extracted(texts: list[tuple[str, str]], rules: list[Path] | None) -> dict[str, list[dict[str, Any]]]:
    from extractor.engine import Extractor
    from extractor.rules.problems import RuleError

    try:
        extractor = Extractor(rules or ())
    except RuleError as error:
        raise fail(str(error)) from None
    return {name: _claims(extractor.extract(text, id=name)) for name, text in texts}


def _predicted(path: Path) -> dict[str, list[dict[str, Any]]]:
    import orjson

    try:
        rows = [orjson.loads(line) for line in path.read_bytes().split(b"\n") if line.strip()]
        return {str(row["id"]): _claims(row) for row in rows}
    except OSError as error:
        raise fail(f"{path}: {error.strerror or error}") from None
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise fail(f"{path}: not the output of `extract --format jsonl`: {error!r}") from None


def _claims(record: dict[str, Any]) -> list[dict[str, Any]]:
    from extractor.evaluation.agreement import predicted

    return [predicted(e) for e in record.get("events", ()) if e.get("kind") in ("casualty", "materiel")]
