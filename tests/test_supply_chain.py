"""What the project is built and tested with is pinned, and what is not known of it is said."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tools import audit, licences

EXTRAS = {"dev.txt": ("dev", "html", "parquet", "warc"), "spark.txt": ("dev", "spark"), "bench.txt": ("dev", "bench")}


def bare(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-")


def pins(path: Path) -> dict[str, str]:
    rows = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {bare(name): version for name, version in rows}


@pytest.mark.parametrize("name", EXTRAS)
def test_everything_that_pyproject_asks_for_is_pinned_with_hashes(root: Path, name: str) -> None:
    """If this fails: make lock."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(r for e in EXTRAS[name] for r in project["optional-dependencies"][e])]
    pinned = pins(root / "requirements" / name)
    assert {bare(r) for r in wanted} - pinned.keys() == {"extractor"} & {bare(r) for r in wanted}
    entries = (root / "requirements" / name).read_text(encoding="utf-8").count("==")
    assert (root / "requirements" / name).read_text(encoding="utf-8").count("--hash=sha256:") >= entries


def test_spark_and_the_benchmark_run_with_the_versions_that_the_checks_run_with(root: Path) -> None:
    checked = pins(root / "requirements" / "dev.txt")
    for name in ("spark.txt", "bench.txt"):
        assert checked.items() <= pins(root / "requirements" / name).items()


def test_what_could_not_be_audited_is_not_called_sound() -> None:
    weak = {"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}
    skipped = {"name": "b", "version": "1", "skip_reason": "not found"}
    said, weaknesses = audit.lines("dev.txt", [weak, skipped])
    assert weaknesses == 1
    assert said == [
        "!! a 1: X-1, mended in 2",
        "dev.txt: 1 packages looked up, 1 known weaknesses, 1 not looked up",
    ]
    said, weaknesses = audit.lines("dev.txt", [skipped])
    assert (weaknesses, said[-1][:11]) == (0, "NOT AUDITED")


def test_no_licence_of_what_users_install_binds_their_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert licences.main() == 0, capsys.readouterr().out
    assert "pydantic" in capsys.readouterr().out
