"""Packages that only some formats need."""

from __future__ import annotations

from importlib.util import find_spec

from extractor.readers.items import InputError

# Extra of pyproject.toml: the modules that it brings.
_MODULES = {"html": ("trafilatura", "lxml"), "parquet": ("pyarrow",), "warc": ("fastwarc",)}


def need(extra: str, what: str) -> None:
    """Raises InputError, with the command that installs it, where what `extra` brings is not installed."""
    missing = [module for module in _MODULES[extra] if find_spec(module) is None]
    if missing:
        raise InputError(f"{what} needs {missing[0]}: pip install 'extractor[{extra}]'")
