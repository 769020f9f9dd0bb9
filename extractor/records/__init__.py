"""The records: what comes out. The output contract of the project, as frozen models.

`Document` is the whole contract; it is imported when it is asked for, since a run that meets only some kinds of event
builds only their models (`validation`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.records.document import Document

__all__ = ["Document"]


def __getattr__(name: str) -> Any:
    if name != "Document":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from extractor.records.document import Document

    return Document
