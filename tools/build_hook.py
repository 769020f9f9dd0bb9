"""What hatchling asks when it makes the wheel: with EXTRACTOR_COMPILE=1 the hot path goes into it compiled."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledHook(BuildHookInterface[Any]):
    """Adds what `tools/compiled.py` builds to a wheel. Without the variable the wheel is pure Python, as is the sdist.

    An editable install stays pure: a compiled module beside its source would hide what is edited there.
    """

    def dependencies(self) -> list[str]:
        """What the build needs beside hatchling; the types of what the package imports are part of the code."""
        if not _wanted():
            return []
        return ["mypy[mypyc]>=2.4", "types-regex", *self.metadata.core.dependencies]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name what came out. Ends the build with one line where that cannot be done."""
        if not _wanted() or version == "editable":
            return
        done = subprocess.run([sys.executable, "tools/compiled.py"], cwd=self.root, stdout=subprocess.PIPE, check=False)
        if done.returncode:
            raise SystemExit("EXTRACTOR_COMPILE=1: no compiled wheel; unset it for one of pure Python")
        folder = Path(done.stdout.decode().strip())
        modules = {path: path.relative_to(folder) for path in folder.rglob(f"*{EXTENSION_SUFFIXES[0]}")}
        build_data["force_include"].update({str(path): inside.as_posix() for path, inside in modules.items()})
        build_data["pure_python"], build_data["infer_tag"] = False, True


def _wanted() -> bool:
    return os.environ.get("EXTRACTOR_COMPILE", "") not in {"", "0"}
