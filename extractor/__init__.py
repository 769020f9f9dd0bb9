"""Claims of casualties and events out of Arabic news, as typed records."""

__version__ = "0.1.0"

from extractor.engine import Extractor
from extractor.rules.problems import RuleError

__all__ = ["Extractor", "RuleError", "__version__"]
