"""Claims of casualties and events out of Arabic news, as typed records.

The engine is imported when it is asked for: the command line answers `--help` without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.engine import Extractor
    from extractor.rules.problems import RuleError

__version__ = "0.1.0"

__all__ = ["Extractor", "RuleError", "__version__"]


def __getattr__(name: str) -> Any:
    if name == "Extractor":
        from extractor.engine import Extractor

        return Extractor
    if name == "RuleError":
        from extractor.rules.problems import RuleError

        return RuleError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
