"""Known weaknesses of the locked packages, as `pip-audit` tells them; says plainly what it could not look up.

audit.py PIP_AUDIT [REQUIREMENTS ...]

Exit status 1 if a package has a known weakness. Where the index gives no advisories nothing is known of anything: the
last line says so, and that is no reason to fail, since a machine without them could never pass.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any


def audited(command: str, requirements: str) -> list[dict[str, Any]]:
    """What `pip-audit` says of each package of a requirements file. Raises RuntimeError where it says nothing."""
    options = ["--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run([command, "-r", requirements, *options], capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        raise RuntimeError(f"{requirements}: no answer from pip-audit:\n{done.stderr.strip()[-1000:]}") from None
    return found


def lines(name: str, packages: Sequence[dict[str, Any]]) -> tuple[list[str], int]:
    """What to print of one file, and the number of known weaknesses."""
    unknown = [p for p in packages if "skip_reason" in p]
    said = [
        f"!! {p['name']} {p['version']}: {weakness['id']}, mended in {', '.join(weakness['fix_versions']) or 'none'}"
        for p in packages
        for weakness in p.get("vulns", ())
    ]
    weaknesses = len(said)
    looked_up = len(packages) - len(unknown)
    said.append(f"{name}: {looked_up} packages looked up, {weaknesses} known weaknesses, {len(unknown)} not looked up")
    if unknown and not looked_up:
        said.append(f"NOT AUDITED: the index gives no advisories ({unknown[0]['skip_reason']})")
    return said, weaknesses


def main(arguments: Sequence[str]) -> int:
    """Print the findings; the exit status."""
    command, *files = arguments
    bad = 0
    for file in files:
        try:
            said, weaknesses = lines(file, audited(command, file))
        except RuntimeError as error:
            said, weaknesses = [f"NOT AUDITED: {error}"], 0
        print("\n".join(said))
        bad += weaknesses
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
