"""What the tests share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from extractor.rules import cache, cache_file
from extractor.rules.sources import read_files

# A shared machine stalls at any time: no test here fails for its duration.
settings.register_profile("extractor", deadline=None)
settings.load_profile("extractor")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def fill_cache() -> Callable[[Path], Path]:
    """Makes a folder a cache that holds the shipped rules, compiled once for all tests."""
    cache.load_rules()
    shipped = cache_file.folder() / f"rules-{cache._key(read_files([cache.shipped_rules()]))}"

    def fill(folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        if shipped.exists():  # where no cache can be written there is none
            shutil.copy(shipped, folder)
        return folder

    return fill
