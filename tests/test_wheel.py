"""The wheel as a user gets it: built from the sdist, installed in a clean environment, run away from the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SENTENCE = "أعلن الجيش مقتل 7 مسلحين في غارة جوية على أطراف البلدة."


def run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that knows nothing of this process's Python; what it complained of if it fails."""
    strange = ("PYTHON", "VIRTUAL_ENV", "PYTEST", "EXTRACTOR")
    env = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, made from the checkout, and the wheel, made from the sdist."""
    return build(root, tmp_path_factory.mktemp("dist"))


def build(checkout: Path, folder: Path) -> Path:
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, checkout, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def away(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing of the checkout, and in it a clean environment `venv` that holds the wheel alone."""
    folder = tmp_path_factory.mktemp("away")
    venv.create(folder / "venv", with_pip=True)
    (wheel,) = built.glob("*.whl")
    run(folder / "venv/bin/python", "-m", "pip", "install", "-qq", wheel, cwd=folder)
    return folder


def test_the_wheel_holds_the_package_the_rules_and_the_licence_alone(built: Path, root: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {f"extractor/_rules/{p.relative_to(root / 'rules').as_posix()}" for p in (root / "rules").rglob("*.toml")}
    assert rules
    assert rules <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"extractor"}
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert {"extractor/py.typed", "extractor/readers/names.toml", "extractor/writers/schema.sql"} <= names


def test_the_sdist_holds_what_a_developer_needs(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    wanted = {"pyproject.toml", "Makefile", "LICENSE", "README.md", "bench/run.py", "tests/test_wheel.py"}
    assert not wanted - names
    assert not {name for name in names if name.startswith((".venv", "dist/"))}


def test_another_checkout_at_another_time_gives_the_same_bytes(built: Path, root: Path, tmp_path: Path) -> None:
    """The time in the archives is that of `SOURCE_DATE_EPOCH`, else one that the build tool has for all."""
    aside = shutil.ignore_patterns(".git", ".venv*", "dist", ".*_cache", ".hypothesis", "__pycache__")
    shutil.copytree(root, tmp_path / "copy", ignore=aside, copy_function=shutil.copy)
    (tmp_path / "dist").mkdir()
    again = build(tmp_path / "copy", tmp_path / "dist")
    names = sorted(path.name for path in built.iterdir())
    assert len(names) == 2
    for name in names:
        assert (again / name).read_bytes() == (built / name).read_bytes(), name


def test_the_installed_command_extracts_with_the_shipped_rules(away: Path, root: Path) -> None:
    python, command = away / "venv/bin/python", away / "venv/bin/extractor"
    where = run(python, "-c", "import extractor; print(extractor.__file__)", cwd=away).strip()
    assert Path(where).is_relative_to(away / "venv")

    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert version in run(command, "--version", cwd=away)

    (away / "article.txt").write_text(SENTENCE, encoding="utf-8")
    (line,) = run(command, "extract", "article.txt", "--format", "jsonl", cwd=away).splitlines()
    claims, events = [], []
    for record in json.loads(line)["events"]:
        (claims if record["kind"] == "casualty" else events).append(record)
    assert [(c["outcome"], c["count"]["low"]) for c in claims] == [("killed", 7)]
    assert [e["kind"] for e in events] == ["attack"]
