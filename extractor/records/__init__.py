"""The records: what comes out. The output contract of the project, as frozen models."""

from extractor.records.document import Document

__all__ = ["Document"]
