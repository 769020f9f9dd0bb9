"""What the tests of readers share."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.readers.documents import Document, Failure, read_paths
from extractor.readers.items import Columns, Limits, Options

Read = Callable[..., list[Document | Failure]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a file of the given name and content: documents and failures, in order."""

    def reader(name: str, content: bytes | str, *, form: str | None = None, document: int = 1 << 20, **columns: str):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        options = Options(form, Columns(**columns), Limits(document=document, grown=1 << 20))
        return list(read_paths([str(path)], io.BytesIO(), options))

    return reader
