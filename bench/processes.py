"""What only a process of its own can show: how fast it starts, how much memory it takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

_RUNS = 11
_IMPORTS = "import pydantic, regex, typer"
_CLAIM = "\u0645\u0642\u062a\u0644 12 \u062c\u0646\u062f\u064a\u0627."  # a claim, in escapes
_LIBRARY = "import sys; from extractor import Extractor; sys.exit(not Extractor().extract(sys.argv[1])['events'])"


def start_up() -> dict[str, tuple[float, float]]:
    """CPU seconds and their ratio to the imports alone: the imports, the library and the command to a first claim.

    Medians of runs that take turns. Each must have found its rules in the cache, as every run but the first does.
    """
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(_CLAIM, encoding="utf-8")
        commands = {
            _IMPORTS: [sys.executable, "-c", _IMPORTS],
            "library, first claim": [sys.executable, "-c", _LIBRARY, _CLAIM],
            "command, first claim": [sys.executable, "-m", "extractor", "extract", str(article)],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(_RUNS):
            for name, command in commands.items():
                taken[name].append(_cpu(command))
    base = median(taken[_IMPORTS])
    return {name: (median(times), median(times) / base) for name, times in taken.items()}


def _cpu(command: Sequence[str]) -> float:
    """CPU seconds of a command. Raises RuntimeError if it fails."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def memory(texts: Sequence[str]) -> dict[str, float]:
    """Peak megabytes of a process: with the rules loaded, and after reading `texts`. Nothing where /proc is not."""
    if not Path("/proc/self/status").exists():
        return {}
    # Not ru_maxrss: a process begins with that of the one that started it.
    code = (
        "import json, re, sys\n"
        "from pathlib import Path\n"
        "from extractor import Extractor\n"
        "peak = lambda: re.search(r'VmHWM:\\s*([0-9]+)', Path('/proc/self/status').read_text())[1]\n"
        "x = Extractor(); x.prepare()\n"
        "loaded = peak()\n"
        "for line in sys.stdin: x.extract(json.loads(line))\n"
        "print(loaded, peak())\n"
    )
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run([sys.executable, "-c", code], input=lines, capture_output=True, text=True, check=True)
    loaded, read = (int(n) / 1e3 for n in done.stdout.split())
    return {"rules loaded": loaded, f"after {len(texts)} texts": read}
