"""Rules from their files, through a cache on disk that is keyed by their content."""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from extractor import __version__
from extractor.rules.problems import RuleError
from extractor.rules.ruleset import RuleSet
from extractor.rules.sources import read_files

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_rules() -> Path:
    """The folder of the shipped rules: inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "_rules"
    return inside if inside.is_dir() else _PACKAGE.parent / "rules"


def load_rules(extra: Sequence[Path] = (), *, replace: bool = False) -> RuleSet:
    """The rule set of the shipped folder with `extra` layered over it (instead of it with `replace`).

    Raises RuleError with every mistake in the files.
    """
    files = read_files([*extra] if replace and extra else [shipped_rules(), *extra])
    key = _key(files)
    path = _folder() / f"rules-{key}.pickle"
    cached = _read(path, key)
    if cached is not None:
        return cached
    compiled = compile_files(files)
    _write(path, key, compiled)
    return compiled


def compile_files(files: Mapping[str, bytes]) -> RuleSet:
    """Compile rule files. Raises RuleError with every mistake in them."""
    # Imported here: a run that finds its rules in the cache needs none of the compiler.
    from extractor.rules.build import compile_rules
    from extractor.rules.load import parse

    parsed = parse(files)
    errors = [p for p in parsed.problems if p.severity == "error"]
    if errors:
        raise RuleError(errors)
    return compile_rules(parsed)


def _key(files: Mapping[str, bytes]) -> str:
    """Digest of everything that the compiled rules depend on: the files and the code that compiles them."""
    digest = hashlib.sha256(__version__.encode())
    for source in sorted(p for part in ("rules", "text", "records") for p in (_PACKAGE / part).glob("*.py")):
        digest.update(source.read_bytes())
    for name in sorted(files):
        digest.update(f"\0{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()


def _folder() -> Path:
    base = os.environ.get("EXTRACTOR_CACHE") or os.environ.get("XDG_CACHE_HOME")
    return Path(base) / "extractor" if base else Path.home() / ".cache" / "extractor"


def _read(path: Path, key: str) -> RuleSet | None:
    """What the cache holds, or None where it is absent, foreign, broken or not ours."""
    try:
        if path.stat().st_uid not in (os.getuid(), 0):
            return None
        with path.open("rb") as file:
            if file.read(len(key)) != key.encode():
                return None
            gc.disable()  # a hundred thousand containers come to life, none of them garbage
            loaded = pickle.load(file)
    except Exception:  # a cache never stops a run, whatever is wrong with it
        return None
    finally:
        gc.enable()
    return loaded if isinstance(loaded, RuleSet) else None


def _write(path: Path, key: str, rules: RuleSet) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(key.encode())
            pickle.dump(rules, file, protocol=pickle.HIGHEST_PROTOCOL)
        Path(name).replace(path)
    except OSError:
        return
