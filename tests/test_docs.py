"""The documents keep their word: every command block of the tutorials is run, every command and field is told of."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer.main

from extractor.cli import app
from extractor.records import Document

ROOT = Path(__file__).resolve().parent.parent
TUTORIALS = ("docs/rules.md", "docs/rules.ar.md")
_FENCE = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: `toml PATH` is a file to write, `console` are commands with what they print."""

    kind: str
    path: str
    text: str


def blocks(document: str) -> list[Block]:
    text = (ROOT / document).read_text(encoding="utf-8")
    return [Block(*found.groups()) for found in _FENCE.finditer(text)]


def commands(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the lines that it prints; a line of dots stands for any others."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, *printed = part.rstrip("\n").split("\n")
        yield command, printed


def run(command: str, folder: Path) -> str:
    """What a command prints on both streams."""
    tools = folder.parent / "bin"
    script = tools / "extractor"
    if not script.exists():
        tools.mkdir()
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m extractor "$@"\n')
        script.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def missing(printed: list[str], output: str) -> str | None:
    """The first printed line of a document that the output does not hold in this order."""
    rest = [" ".join(line.split()) for line in output.split("\n")]
    for line in printed:
        wanted = " ".join(line.split())
        if wanted in ("", "..."):
            continue
        # A line that ends in dots goes on.
        fits = [
            n
            for n, have in enumerate(rest)
            if have == wanted or (wanted[-3:] == "..." and have.startswith(wanted[:-3]))
        ]
        if not fits:
            return line
        rest = rest[fits[0] + 1 :]
    return None


def write(files: Mapping[str, str], folder: Path) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def compile_ahead(document: str, folder: Path) -> None:
    """Let all processors compile the rules of each stage of a page into the cache, which the commands of the page then
    find there: one by one they would keep a single processor busy for minutes."""
    files: dict[str, str] = {}
    stages: list[dict[str, str]] = []
    for block in blocks(document):
        if block.path.startswith("my-rules/"):
            files[block.path] = block.text
        elif block.kind == "console" and files and files not in stages:
            stages.append(dict(files))
    folders = [folder / str(number) / "work" for number in range(len(stages))]
    for inner, stage in zip(folders, stages, strict=True):
        write(stage, inner)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        [*pool.map(lambda inner: run("extractor explain --rules my-rules .", inner), folders)]


@pytest.mark.slow
@pytest.mark.parametrize("document", [TUTORIALS[0], "docs/gold.md"])
def test_a_newcomer_who_follows_a_page_sees_what_it_says(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fill_cache: Callable[[Path], Path]
) -> None:
    # A cache of its own: no other run prunes it meanwhile.
    monkeypatch.setenv("EXTRACTOR_CACHE", str(fill_cache(tmp_path / "cache")))
    compile_ahead(document, tmp_path / "ahead")
    folder = tmp_path / "work"
    folder.mkdir()
    for block in blocks(document):
        if block.path:
            write({block.path: block.text}, folder)
        elif block.kind == "console":
            for command, printed in commands(block):
                output = run(command, folder)
                assert "Traceback" not in output, output
                line = missing(printed, output)
                assert line is None, f"$ {command}\nlacks: {line}\n{output}"


def test_both_tutorials_show_the_same_blocks() -> None:
    assert blocks(TUTORIALS[0]) == blocks(TUTORIALS[1])
    assert sum(b.kind == "console" for b in blocks(TUTORIALS[0])) > 10


def test_every_rule_file_of_the_tutorials_is_toml() -> None:
    for block in blocks(TUTORIALS[0]):
        if block.kind == "toml":
            tomllib.loads(block.text)


def _commands(group: typer.main.TyperGroup, name: str = "") -> Iterator[str]:
    for key, command in group.commands.items():
        inner = f"{name} {key}".strip()
        if isinstance(command, typer.main.TyperGroup):
            yield from _commands(command, inner)
        else:
            yield inner


def test_every_command_is_told_of() -> None:
    told = "\n".join(p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    group = typer.main.get_command(app())
    assert isinstance(group, typer.main.TyperGroup)
    names = list(_commands(group))
    assert len(names) > 8
    assert [name for name in names if f"extractor {name}" not in told] == []


def _fields(schema: dict[str, object]) -> Iterator[str]:
    for key, value in schema.items():
        if key == "properties" and isinstance(value, dict):
            yield from value
        if isinstance(value, dict):
            yield from _fields(value)


def test_every_field_of_the_output_is_told_of() -> None:
    told = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    names = set(_fields(Document.model_json_schema(by_alias=True)))
    assert len(names) > 40
    assert [name for name in sorted(names) if f"`{name}`" not in told] == []
