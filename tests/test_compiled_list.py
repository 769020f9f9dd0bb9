"""The list of modules that are compiled to C is whole: the hot path leaves it nowhere by oversight."""

from __future__ import annotations

import ast
from pathlib import Path

from tools import compiled


def _imported(module: Path, root: Path) -> set[str]:
    """The modules of the package that `module` imports, as paths within the checkout."""
    found = (
        node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
    )
    names = {node.module for node in found if node.module is not None}
    paths = [Path(*name.split(".")) for name in names if name.startswith("extractor.")]
    return {(path / "__init__.py" if (root / path).is_dir() else path.with_suffix(".py")).as_posix() for path in paths}


def test_what_a_compiled_module_imports_is_compiled_or_left_out_on_purpose(root: Path) -> None:
    listed = set(compiled.sources())
    imported = {path for source in listed for path in _imported(root / source, root)}
    assert imported - listed == set(compiled.INTERPRETED)
