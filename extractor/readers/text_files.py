"""A text file is one document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from extractor.readers.encoding import decode
from extractor.readers.items import Document, Options, Origin, Source
from extractor.readers.streams import whole


def read_text(stream: IO[bytes], source: Source, options: Options) -> Iterator[Document]:
    """The text of `stream`. Raises InputError where it is too long or of an unknown encoding."""
    yield Document(source.name, decode(whole(stream, options.limits)), Origin(source.path))
