"""Rules from their files, through a cache on disk that is keyed by their content."""

from __future__ import annotations

import gc
import os
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import regex

from extractor import __version__
from extractor.rules import cache_file, lexicon
from extractor.rules.problems import RuleError
from extractor.rules.ruleset import RuleSet
from extractor.rules.sources import inside, layer, read_files

_PACKAGE = Path(__file__).resolve().parent.parent
# A file may change twice within one tick of its clock: what changed less than this long ago is read again.
_SETTLED = 2.0
_KEY = 64  # characters of a content key
# Marshalled words and the code of patterns are understood by the same Python and the same `regex` alone, and what
# compiled classes pickle by compiled ones.
_UNDERSTOOD_BY = (__version__, sys.version, regex.__version__, Path(lexicon.__file__).suffix)


def shipped_rules() -> Path:
    """The folder of the shipped rules: inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "_rules"
    return inside if inside.is_dir() else _PACKAGE.parent / "rules"


def load_rules(extra: Sequence[Path] = (), *, replace: bool = False) -> RuleSet:
    """The rule set of the shipped folder with `extra` layered over it (instead of it with `replace`).

    Raises RuleError with every mistake in the files.
    """
    folders = [*extra] if replace and extra else [shipped_rules(), *extra]
    where = cache_file.folder()
    states = _states(folders)
    seen = where / f"seen-{zlib.crc32(states):08x}"
    key = _known_key(seen, states)
    cached = cache_file.read(where / f"rules-{key}", key) if key else None
    if cached is not None:
        return cached
    files = read_files(folders)
    loaded = load_files(files)
    if _settled(folders):
        cache_file.write_bytes(seen, _key(files).encode() + states)
    return loaded


def load_files(files: Mapping[str, bytes]) -> RuleSet:
    """The rule set of `files`, named as `read_files` names them. Raises RuleError with every mistake in them."""
    key = _key(files)
    path = cache_file.folder() / f"rules-{key}"
    loaded = cache_file.read(path, key)
    if loaded is None:
        loaded = compile_files(files)
        from extractor.rules.packed import packed  # only where something is written

        cache_file.write(path, key, packed(loaded))
        # What was just compiled lies scattered in memory, which costs an eighth of the time of every text read with it.
        loaded = cache_file.read(path, key) or loaded
    return loaded


def compile_files(files: Mapping[str, bytes]) -> RuleSet:
    """Compile rule files. Raises RuleError with every mistake in them."""
    collecting = gc.isenabled()
    gc.disable()  # a million containers come to life, and nearly all of them stay
    try:
        return _compiled(files)
    finally:
        if collecting:
            gc.enable()


def _compiled(files: Mapping[str, bytes]) -> RuleSet:
    # Imported here: a run that finds its rules in the cache needs none of the compiler.
    from extractor.rules.build import compile_rules
    from extractor.rules.check import check_parsed
    from extractor.rules.load import parse

    parsed = parse(files)
    # What the first folder means is tested where it is made; what is laid over it is checked here, before it is used.
    laid_over = [p for p in check_parsed(parsed, files) if layer(p.file)] if any(map(layer, files)) else []
    errors = [p for p in {*parsed.problems, *laid_over} if p.severity == "error"]
    if errors:
        raise RuleError(errors)
    return compile_rules(parsed)


def _key(files: Mapping[str, bytes]) -> str:
    """Digest of everything that the compiled rules depend on: the files and the code that compiles them."""
    import hashlib  # loads OpenSSL, which a run that knows its key does without

    digest = hashlib.sha256(repr(_UNDERSTOOD_BY).encode())
    for source in _code():
        digest.update(source.read_bytes())
    # Folders count by their order, which says whose rules win; where they lie means nothing.
    layers: dict[str, int] = {}
    for name, data in files.items():
        number = layers.setdefault(layer(name), len(layers))
        digest.update(f"\0{number}\0{inside(name)}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _code() -> list[Path]:
    return sorted(p for part in ("rules", "text", "records") for p in (_PACKAGE / part).glob("*.py"))


def _files(folders: Iterable[Path]) -> Iterator[tuple[str, os.stat_result]]:
    """Name and state of every file that the compiled rules depend on."""
    waiting = [str(f) for f in folders]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as found:
                inner = sorted(found, key=lambda e: e.name)
        except OSError:
            continue  # read_files reports it
        for entry in inner:
            if entry.is_dir():
                waiting.append(entry.path)
            elif entry.name.endswith((".toml", ".tsv")):
                yield entry.path, entry.stat()
    for path in _code():
        yield str(path), path.stat()


def _states(folders: Sequence[Path]) -> bytes:
    """The states of the files: while they stay, so does the content of all of them, and nobody need read it."""
    # The time of change (ctime) cannot be set back, as the time of modification can.
    facts = [
        (name, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino) for name, state in _files(folders)
    ]
    return repr((*_UNDERSTOOD_BY, *map(str, folders), facts)).encode("utf-8", "replace")


def _settled(folders: Sequence[Path]) -> bool:
    latest = time.time() - _SETTLED
    return all(max(state.st_mtime, state.st_ctime) < latest for _, state in _files(folders))


def _known_key(seen: Path, states: bytes) -> str | None:
    """The content key noted with the same states, or None."""
    try:
        noted = seen.read_bytes()
    except OSError:
        return None
    return noted[:_KEY].decode("ascii", "replace") if noted[_KEY:] == states else None
