"""The licences of everything that the package needs at run time, extras included, as the installed packages tell them.

Exit status 1 if one of them is a GPL (the LGPL and what stands beside another licence to choose are no GPL here) or if
a package tells none.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN_TIME = ("html", "parquet", "warc", "spark")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_GPL = re.compile(r"\b(A?GPL|(Affero )?General Public License)\b", re.IGNORECASE)
_LESSER = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)


def requirements() -> list[str]:
    """Names of the run-time requirements of pyproject.toml, those of the extras for users among them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project.get("optional-dependencies", {})
    return [_NAME.match(r)[0] for r in [*project["dependencies"], *(r for e in RUN_TIME for r in extras.get(e, ()))]]  # type: ignore[index]


def needed(names: list[str]) -> tuple[dict[str, Distribution], set[str]]:
    """The installed distributions that `names` need, one through another, and the names that are not installed."""
    found: dict[str, Distribution] = {}
    absent: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found or name in absent:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            absent.add(name)
            continue
        further = [r for r in found[name].requires or () if "extra ==" not in r]
        waiting += [match[0] for r in further if (match := _NAME.match(r))]
    return found, absent


def licence(package: Distribution) -> str:
    """What a package says of its licence, in one line; empty if nothing."""

    def all_of(field: str) -> list[str]:
        return [str(value) for value in package.metadata.get_all(field) or ()]

    told = "".join(all_of("License-Expression")[:1])
    classifiers = [c.rpartition(" :: ")[2] for c in all_of("Classifier") if "License" in c]
    free = "".join(all_of("License")[:1]).strip().split("\n")[0]
    return told or ", ".join(classifiers) or free


def main() -> int:
    """Print the list; the exit status."""
    found, absent = needed(requirements())
    bad = 0
    for name, package in sorted(found.items()):
        told = licence(package)
        wrong = not told or bool(_GPL.search(told) and not _LESSER.search(told))
        bad += wrong
        print(f"{'!! ' if wrong else '   '}{name} {package.version}: {told or 'tells no licence'}")
    for name in sorted(absent):
        print(f"   {name}: not installed here (an extra, or for another system)")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
