"""The recorded output of the fixture articles: shown against what the extractor reads now, renewed on demand.

fixtures.py            show the differences; exit status 1 if there are any
fixtures.py --write    show them and record the new output
"""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import Path

from extractor import Extractor

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"


def recorded(article: Path) -> Path:
    """The file that holds the expected record of `article`."""
    return article.with_suffix(".expected.json")


def record(extractor: Extractor, article: Path) -> str:
    """The record of `article` as readable JSON."""
    found = extractor.extract(article.read_text(encoding="utf-8"), id=article.stem)
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    extractor = Extractor()
    changed = 0
    for article in sorted(FOLDER.glob("*.txt")):
        path = recorded(article)
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        new = record(extractor, article)
        if old != new:
            changed += 1
            lines = difflib.unified_diff(old.splitlines(), new.splitlines(), path.name, "now", lineterm="", n=2)
            print("\n".join(lines))
            if "--write" in sys.argv[1:]:
                path.write_text(new, encoding="utf-8")
    print(f"{changed} articles differ", file=sys.stderr)
    return int(bool(changed) and "--write" not in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
