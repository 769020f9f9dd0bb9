"""`extractor schema`."""

from __future__ import annotations

import sys


def schema() -> None:
    """Print the JSON Schema of a document."""
    from extractor.records import Document
    from extractor.writers.output import dump

    sys.stdout.buffer.write(dump(Document.model_json_schema(by_alias=True), indent=True) + b"\n")
