"""Lines to a stream, in colour where it is a terminal and nobody asked for none."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TextIO

import typer


def show(lines: Iterable[tuple[str, str]], stream: TextIO) -> None:
    """Print (style, text) pairs; the styles are those of rich, and plain output has none."""
    if stream.isatty() and not os.environ.get("NO_COLOR"):
        from rich.console import Console
        from rich.text import Text

        console = Console(file=stream, highlight=False, soft_wrap=True)
        for style, text in lines:
            console.print(Text(text, style=style))
    else:
        for _, text in lines:
            typer.echo(text, file=stream)
