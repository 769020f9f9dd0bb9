"""A first rule of one's own: a vocabulary file and a rule file that work and are there to be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

_NAME = re.compile(r"[a-z][a-z0-9-]*")


def write_skeleton(folder: Path, name: str) -> Iterator[Path]:
    """Write `folder/vocabulary/NAME.toml` and `folder/NAME.toml`. Raises ValueError where that cannot be done."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r}: a name has small Latin letters, digits and -, and begins with a letter")
    paths = {folder / "vocabulary" / f"{name}.toml": "vocabulary.toml", folder / f"{name}.toml": "rule.toml"}
    for path in paths:
        if path.exists():
            raise ValueError(f"{path} is there already: take another name")
    for path, template in paths.items():
        text = files("extractor.authoring").joinpath("templates", template).read_text(encoding="utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            text.replace("NAME", name).replace("CLASS", name.replace("-", "_")).replace("FOLDER", str(folder)),
            encoding="utf-8",
        )
        yield path
