"""The package with its hot path compiled to C, in build/compiled/, for make, tests and benchmarks.

compiled.py                    build it, unless the sources are still those of the last build; print the folder
compiled.py run ARGUMENT ...   run Python with these arguments and with the compiled package for `extractor`, or, with a
                               word about it, that of pure Python where something to compile it with is missing

mypyc turns annotated Python into C; what is C already lies in extractor/native. What comes out reads every text as the
Python does (tests/test_compiled.py) and faster. The folder holds a whole package, so that it is used by being first on
the path; the checkout is left alone, for a compiled module beside its source would hide what is edited there.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "c"
OUT = ROOT / "build" / "compiled"

# The hot path and nothing else: what runs for each text, sentence or token. What loads rules, reads files and writes
# records takes its time elsewhere, or is the packed containers, whose tricks (a dictionary's missing keys, attributes
# made when asked for) are what compiled code must not look through.
MODULES = (
    "extractor/text/*.py",  # letters, tokens, numbers, times: of every text
    "extractor/gate.py",  # of every sentence
    "extractor/rules/lexicon.py",  # of every word
    *(
        f"extractor/{name}.py"
        for name in (
            *("word", "segments", "sentence", "sieve"),  # of what passes it
            *("candidates", "chunks", "type_pattern", "match", "resolve"),
            *("claims", "subsets", "tolls", "deeds", "retold"),
            *("belonging", "bodies", "people", "company", "owners"),
            *("events", "event_links", "event_records", "claim_records"),
            *("reading", "setting", "spans", "metadata"),  # of every text and record
        )
    ),
    "extractor/context/*.py",  # of every claim and event
)
# What those import and better leave as it is: named tuples, which mypyc leaves to Python; what comes late out of the
# cache; what is done once for each pattern or kind of neighbours; what shows a reading to those who look after rules.
INTERPRETED = (
    *(f"extractor/rules/{name}.py" for name in ("ruleset", "late", "pattern_code", "char_bits")),
    "extractor/watch.py",
    "extractor/native/__init__.py",
)
NATIVE = "extractor/native"  # what is C as we write it, each file a module
# Stubs that are not there are no reason to stop: make test checks types, with all of them.
_OPTIONS = ("--config-file=", "--ignore-missing-imports")
# Names the library that the modules share, beside the package: inside it, mypyc would get their `__file__` wrong.
_GROUP = "extractor"
_OPTIMIZE = "2"
# The modules call each other all the time, and mypyc's own runtime: with all of it before its eyes when it links, gcc
# saves 3% of the time. Other compilers need a linker for that which may not be there.
_LINKED = ("-flto=auto", "-fno-semantic-interposition")


_NATIVE_FLAGS = ("-O3", "-std=c11")  # -O3 makes a loop of its own for strings of each kind


class CompileError(Exception):
    """The package cannot be compiled here; the message says what is missing and the way out."""


def missing() -> str | None:
    """What a build needs and this machine lacks, with the way out, in one line; None where nothing does."""
    for name in ("mypyc", "setuptools"):
        if find_spec(name) is None:
            return f"{name} is not installed: pip install 'mypy[mypyc]', or go on with pure Python"
    if os.name != "posix":
        return None  # setuptools looks for the compiler, and says so
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]
    if shutil.which(compiler) is None:
        return f"no C compiler ({compiler}): on Debian apt-get install gcc libc6-dev, or go on with pure Python"
    header = Path(sysconfig.get_path("include"), "Python.h")
    if not header.exists():
        return f"no {header}: on Debian apt-get install python3-dev, or go on with pure Python"
    return None


def build() -> Path:
    """The folder with the compiled package, built where its sources or tools have changed. Raises CompileError."""
    lacking = missing()
    if lacking:
        raise CompileError(lacking)
    key, known = _key(), OUT / "key"
    if not known.exists() or known.read_text() != key:
        # In a process of its own: mypyc ends the one that it fails in.
        command = [sys.executable, __file__, "--here"]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            raise CompileError(f"mypyc or the C compiler failed:\n{done.stdout.decode(errors='replace')}")
        known.write_text(key)
    return OUT


def sources() -> list[str]:
    """The modules to compile, as paths within the checkout."""
    found = [path for pattern in MODULES for path in sorted(ROOT.glob(pattern)) if path.name != "__init__.py"]
    return [path.relative_to(ROOT).as_posix() for path in found]


def native_sources() -> list[str]:
    """The C files that are compiled as they are, as paths within the checkout."""
    return [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / NATIVE).glob("*.c"))]


def _key() -> str:
    """A digest of all that the compiled package depends on."""
    tools = (sys.version, sysconfig.get_platform(), version("mypy"), os.environ.get("CC"), os.environ.get("CFLAGS"))
    digest = hashlib.sha256(repr(tools).encode())
    package = sorted(p for p in (ROOT / "extractor").rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    for path in (Path(__file__), *package):
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _build_here() -> None:
    """Fill OUT: the package as it is, the compiled modules beside their sources, and the rules."""
    made = WORK / "modules"
    shutil.rmtree(made, ignore_errors=True)
    _compile(made)
    _compile_native(made / NATIVE)
    shutil.rmtree(OUT, ignore_errors=True)
    shutil.copytree(ROOT / "extractor", OUT / "extractor", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(made, OUT, dirs_exist_ok=True)
    (OUT / "rules").symlink_to(ROOT / "rules", target_is_directory=True)  # they are not compiled: edits count at once


def _compile(into: Path) -> None:
    """Compile the modules into files below `into`."""
    extensions = importlib.import_module("mypyc.build").mypycify(
        [*_OPTIONS, *sources()],
        opt_level=_OPTIMIZE,
        debug_level="0",
        multi_file=True,
        target_dir=str(WORK),
        group_name=_GROUP,
    )
    compiler = _compiler()
    flags = [*_LINKED] if _is_gcc(compiler) else []
    headers = b"".join(path.read_bytes() for path in sorted(WORK.rglob("*.h")))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        every = [list(pool.map(partial(_object, compiler, one, headers, flags), one.sources)) for one in extensions]
    for extension, objects in zip(extensions, every, strict=True):
        path = into.joinpath(*extension.name.split("."))
        path.parent.mkdir(parents=True, exist_ok=True)
        optimized = [f"-O{_OPTIMIZE}", *flags] if flags else []
        compiler.link_shared_object(objects, f"{path}{EXTENSION_SUFFIXES[0]}", extra_postargs=optimized)


def _compile_native(into: Path) -> None:
    """Compile the modules that are C files, each from one file, into files in `into`."""
    compiler = _compiler()
    made = WORK / "native"
    into.mkdir(parents=True, exist_ok=True)
    include, arguments = [sysconfig.get_path("include")], [*_NATIVE_FLAGS] if _is_gcc(compiler) else []
    for source in native_sources():
        objects = compiler.compile([source], output_dir=str(made), include_dirs=include, extra_postargs=arguments)
        compiler.link_shared_object(objects, str(into / f"{Path(source).stem}{EXTENSION_SUFFIXES[0]}"))


def _compiler() -> Any:
    compiler: Any = importlib.import_module("distutils.ccompiler").new_compiler()
    importlib.import_module("distutils.sysconfig").customize_compiler(compiler)
    return compiler


def _is_gcc(compiler: Any) -> bool:
    told = subprocess.run([*compiler.compiler_so[:1], "--version"], capture_output=True, text=True, check=False)
    return "Free Software Foundation" in told.stdout


def _object(compiler: Any, extension: Any, headers: bytes, flags: list[str], source: str) -> str:
    """The object file of one C file: that of the last build where nothing that goes into it has changed."""
    (path,) = compiler.object_filenames([source], output_dir=str(WORK / "objects"))
    said = Path(f"{path}.key")
    arguments = [*extension.extra_compile_args, *flags]
    made_of = headers + Path(source).read_bytes() + repr((compiler.compiler_so, arguments)).encode()
    key = hashlib.sha256(made_of).hexdigest()
    if not Path(path).exists() or not said.exists() or said.read_text() != key:
        compiler.compile(
            [source],
            output_dir=str(WORK / "objects"),
            include_dirs=[*extension.include_dirs, sysconfig.get_path("include")],
            extra_postargs=arguments,
        )
        said.write_text(key)
    return str(path)


def environment(package: Path) -> dict[str, str]:
    """The environment of a process that is to take `extractor` from the folder `package`, all else from the checkout.

    What that process starts inherits it; the current folder, which would be searched before all others, is left out.
    """
    path = os.pathsep.join((str(package), str(ROOT)))
    return {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}


def main() -> int:
    """Do what the arguments say; 1 where the package cannot be built."""
    how, *rest = sys.argv[1:] or ["build"]
    if how == "--here":
        _build_here()
        return 0
    lacking = missing() if how == "run" else None
    if lacking:
        print(f"compiled: {lacking}", file=sys.stderr)
    try:
        package = ROOT if lacking else build()
    except CompileError as error:
        print(f"compiled: {error}", file=sys.stderr)
        return 1
    if how == "run":
        return subprocess.run([sys.executable, *rest], env=environment(package), check=False).returncode
    print(package)
    return 0


if __name__ == "__main__":
    sys.exit(main())
