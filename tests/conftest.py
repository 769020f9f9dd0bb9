"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A shared machine stalls at any time: no test here fails for its duration.
settings.register_profile("extractor", deadline=None)
settings.load_profile("extractor")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parent.parent
