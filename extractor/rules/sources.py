"""The bytes of rule files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractor.rules.problems import Problem, RuleError


def read_files(directories: Iterable[Path]) -> dict[str, bytes]:
    """The bytes of every rule file under `directories`, by path; a later directory's file replaces its namesake.

    Raises RuleError where a directory does not exist or holds no rule file.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for directory in directories:
        paths = sorted(p for p in directory.rglob("*") if p.suffix in (".toml", ".tsv")) if directory.is_dir() else []
        if not paths:
            problems.append(Problem(str(directory), 0, "no rule files (*.toml) here: name a folder that holds some"))
        for path in paths:
            found[path.relative_to(directory).as_posix()] = path.read_bytes()
    if problems:
        raise RuleError(problems)
    return found
