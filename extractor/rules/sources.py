"""The bytes of rule files, under names that tell which folder each comes from.

Folders are layers: files of every folder are read, also where two bear the same name. A file of the first folder goes
by its path inside it, `casualties/verbs.toml`; one of a folder laid over it by both, `my-rules/./words.toml` (the dot
divides the folder from what is inside it, as in rsync, and the whole is a path that opens).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from extractor.rules.problems import Problem, RuleError

_DIVIDER = "/./"
SUFFIXES = (".toml", ".tsv")


def read_files(directories: Iterable[Path]) -> dict[str, bytes]:
    """The bytes of every rule file under `directories`, by name, those of later ones behind those of earlier ones.

    Raises RuleError where a directory does not exist or holds no rule file.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for number, directory in enumerate(directories):
        if not directory.is_dir():
            problems.append(Problem(str(directory), 0, f"no such folder{_or_file(directory)}"))
            continue
        paths = sorted(p for p in directory.rglob("*") if p.suffix in SUFFIXES and p.is_file())
        if not paths:
            problems.append(Problem(str(directory), 0, "no rule files (*.toml) here: name a folder that holds some"))
        prefix = "" if number == 0 else directory.as_posix().rstrip("/") + _DIVIDER
        for path in paths:
            found[prefix + path.relative_to(directory).as_posix()] = path.read_bytes()
    if problems:
        raise RuleError(problems)
    return found


def _or_file(directory: Path) -> str:
    return f": it is a file; name its folder, {directory.parent}" if directory.is_file() else ""


def layer(name: str) -> str:
    """The folder that a file belongs to; empty for the first."""
    return name.rpartition(_DIVIDER)[0]


def inside(name: str) -> str:
    """The path of a file inside its folder."""
    return name.rpartition(_DIVIDER)[2]


def without_vocabulary(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that hold rules and phrases, without those of words, which take most of the time to read."""
    return {name: data for name, data in files.items() if not inside(name).startswith("vocabulary/")}


def shown(name: str) -> str:
    """The name of a file as a plain path."""
    return name.replace(_DIVIDER, "/")
