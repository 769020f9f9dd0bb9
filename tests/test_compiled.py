"""The package with its hot path compiled to C: it reads every text as the pure one does, to the byte."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from tools import compiled

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(compiled.missing() is not None, reason=compiled.missing() or ""),
]

# What the tests run with either package: JSON Lines on standard output, a record of each fixture a line.
READ = r"""
import sys
from pathlib import Path
from extractor import Extractor
from extractor.writers.output import dump

texts = [(p.stem, p.read_text(encoding="utf-8")) for p in sorted(Path("fixtures").glob("*.txt"))]
days = (None, "2016-02-29", "2024-05-01T10:00:00")

def read(extractor, number):
    name, text = texts[number]
    return dump(extractor.extract(text, id=name, title=text[:60], published=days[number % 3])) + b"\n"

"""
ONE_BY_ONE = READ + "x = Extractor()\nfor n in range(len(texts)): sys.stdout.buffer.write(read(x, n))"
IN_THREADS = (
    READ
    + """
from concurrent.futures import ThreadPoolExecutor
from functools import partial
x = Extractor()
with ThreadPoolExecutor(8) as pool:
    for line in pool.map(partial(read, x), range(len(texts))): sys.stdout.buffer.write(line)
"""
)
COPIED = READ + "import pickle\nx = pickle.loads(pickle.dumps(Extractor()))\nsys.stdout.buffer.write(read(x, 0))"


@pytest.fixture(scope="module")
def package() -> Path:
    """The folder that holds the compiled package, built where it is not."""
    return compiled.build()


@pytest.fixture(scope="module")
def folders(
    package: Path, root: Path, tmp_path_factory: pytest.TempPathFactory, fill_cache: Callable[[Path], Path]
) -> dict[str, dict[str, str]]:
    """The environment of a process that takes the pure and of one that takes the compiled package; the cache is one."""
    cache = {"EXTRACTOR_CACHE": str(fill_cache(tmp_path_factory.mktemp("cache")))}
    return {
        "pure": compiled.environment(root) | cache | {"PYTHONHASHSEED": "1"},
        "compiled": compiled.environment(package) | cache | {"PYTHONHASHSEED": "2"},
    }


def run(root: Path, environment: dict[str, str], *arguments: str) -> bytes:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def expected(root: Path, folders: dict[str, dict[str, str]]) -> bytes:
    """What the pure package reads in the fixtures."""
    found = run(root, folders["pure"], "-c", ONE_BY_ONE)
    assert found.count(b"\n") == len([*root.glob("fixtures/*.txt")])
    assert found.count(b'"rule"') > 100
    return found


def test_every_module_of_the_list_is_compiled_and_lies_in_no_folder_of_the_checkout(package: Path, root: Path) -> None:
    wanted = {
        str(Path(source).with_suffix(EXTENSION_SUFFIXES[0]))
        for source in [*compiled.sources(), *compiled.native_sources()]
    }
    made = {str(path.relative_to(package)) for path in package.rglob(f"*{EXTENSION_SUFFIXES[0]}")}
    assert wanted < made
    assert len(made - wanted) == 1  # the library that they share
    assert not [*(root / "extractor").rglob(f"*{EXTENSION_SUFFIXES[0]}")]


def test_the_compiled_package_is_taken_whole(package: Path, root: Path, folders: dict[str, dict[str, str]]) -> None:
    code = "import extractor.engine as e, extractor.sentence as s; print(e.__file__); print(s.__file__)"
    engine, sentence = run(root, folders["compiled"], "-c", code).decode().split()
    assert Path(engine) == package / "extractor" / "engine.py"
    assert Path(sentence) == package / "extractor" / f"sentence{EXTENSION_SUFFIXES[0]}"


@pytest.mark.parametrize("code", [ONE_BY_ONE, IN_THREADS], ids=["one by one", "eight threads"])
def test_records_are_the_same_to_the_byte(
    root: Path, folders: dict[str, dict[str, str]], expected: bytes, code: str
) -> None:
    assert run(root, folders["compiled"], "-c", code) == expected


def test_worker_processes_write_the_same(root: Path, folders: dict[str, dict[str, str]]) -> None:
    articles = [str(path.relative_to(root)) for path in sorted(root.glob("fixtures/*.txt"))]
    arguments = ("-m", "extractor", "extract", *articles, "--format", "jsonl", "--quiet")
    assert run(root, folders["compiled"], *arguments, "--workers", "2") == run(root, folders["pure"], *arguments)


def test_a_pickled_extractor_reads_the_same(root: Path, folders: dict[str, dict[str, str]], expected: bytes) -> None:
    assert run(root, folders["compiled"], "-c", COPIED) == expected[: expected.index(b"\n") + 1]


def test_either_package_has_its_own_file_in_a_cache_that_both_use(
    root: Path, folders: dict[str, dict[str, str]], expected: bytes
) -> None:
    for name in ("pure", "compiled", "pure", "compiled"):
        assert run(root, folders[name], "-c", ONE_BY_ONE) == expected
    assert len([*Path(folders["pure"]["EXTRACTOR_CACHE"]).glob("rules-*")]) == 2


def test_a_document_that_takes_too_long_is_stopped(
    root: Path, folders: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    # No two lines alike: one that is told again is a caption and is not read.
    lines = (f"أعلن الجيش مقتل {n} مسلحين في غارة جوية على أطراف البلدة.\n" for n in range(3, 100_000))
    (tmp_path / "long.txt").write_text("".join(lines))
    command = [sys.executable, "-m", "extractor", "extract", str(tmp_path), "--time-limit", "1", "--format", "jsonl"]
    done = subprocess.run(
        command, cwd=root, env=folders["compiled"], capture_output=True, check=False, timeout=60, text=True
    )
    assert done.returncode == 1
    assert "long.txt" in done.stderr


def test_a_wheel_is_compiled_when_it_is_told_so(package: Path, root: Path, tmp_path: Path) -> None:
    environment = dict(os.environ) | {"EXTRACTOR_COMPILE": "1"}
    run(root, environment, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(tmp_path), str(root))
    (wheel,) = tmp_path.glob("*.whl")
    assert not wheel.name.endswith("-none-any.whl")
    names = zipfile.ZipFile(wheel).namelist()
    made = {str(path.relative_to(package)) for path in package.rglob(f"*{EXTENSION_SUFFIXES[0]}")}
    assert {name for name in names if name.endswith(EXTENSION_SUFFIXES[0])} == made
    zipfile.ZipFile(wheel).extractall(tmp_path / "unpacked")
    code = "import extractor.sentence as s; from extractor import Extractor\nassert not s.__file__.endswith('.py')\n"
    code += "print(len(Extractor().extract('مقتل 12 جنديا.')['events']))"
    assert run(tmp_path, compiled.environment(tmp_path / "unpacked"), "-c", code) == b"1\n"


def test_what_is_missing_is_said_in_a_line_with_the_way_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "no-such-compiler -O2")
    found = compiled.missing()
    assert found is not None
    assert "no-such-compiler" in found
    assert "apt-get install" in found
    assert "\n" not in found
    with pytest.raises(compiled.CompileError, match="no-such-compiler"):
        compiled.build()
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", str(root)]
    environment = dict(os.environ) | {"EXTRACTOR_COMPILE": "1"}
    done = subprocess.run(build, env=environment, capture_output=True, check=False, timeout=600, text=True)
    assert done.returncode != 0
    assert f"compiled: {found}" in done.stderr + done.stdout
    assert "unset it for one of pure Python" in done.stderr + done.stdout


def test_without_a_compiler_what_is_run_takes_the_pure_package(root: Path) -> None:
    code = "import extractor.sentence as s; print(s.__file__)"
    environment = dict(os.environ) | {"CC": "no-such-compiler"}
    said = run(root, environment, "tools/compiled.py", "run", "-c", code).decode().strip()
    assert Path(said) == root / "extractor" / "sentence.py"
