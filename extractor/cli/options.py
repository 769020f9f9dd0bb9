"""What the commands share: options and ways to end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, NoReturn

import typer

RulesOption = Annotated[
    list[Path] | None, typer.Option("--rules", help="A folder of rules layered over the shipped ones; repeatable.")
]


def fail(message: str) -> typer.Exit:
    """Say `message` on standard error; the exception to raise for the exit code of wrong use, 2."""
    typer.echo(message, err=True)
    return typer.Exit(2)


def leave(status: int) -> NoReturn:
    """End at once: the interpreter would flush standard output once more on its way out, and fail on a closed pipe."""
    os._exit(status)
