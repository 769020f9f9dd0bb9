"""The list of modules that are compiled to C is whole: the hot path leaves it nowhere by oversight."""

from __future__ import annotations

import ast
from pathlib import Path

from tools import compiled


def _imported(module: Path) -> set[str]:
    """The modules of the package that `module` imports, as paths within the checkout."""
    found = (
        node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
    )
    names = {node.module for node in found if node.module is not None}
    return {f"{name.replace('.', '/')}.py" for name in names if name.startswith("extractor.")}


def test_what_a_compiled_module_imports_is_compiled_or_left_out_on_purpose(root: Path) -> None:
    listed = set(compiled.sources())
    imported = {path for source in listed for path in _imported(root / source)}
    assert imported - listed == set(compiled.INTERPRETED)
