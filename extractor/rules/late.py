"""A named tuple that comes to life when it is used, so that a short run does not pay for hundreds of patterns."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable
from typing import Any, SupportsIndex

Buffer = bytes | memoryview | pickle.PickleBuffer


class Late:
    """A named tuple that is unmarshalled when something of it is first asked for that is not in `near`.

    It answers like the tuple by the names of its fields and methods; it is none to unpack or to count.
    """

    __slots__ = ("_data", "_kind", "_near", "_whole")

    def __init__(self, kind: Callable[..., Any], near: dict[str, Any], data: Buffer) -> None:
        self._kind = kind
        self._near = near
        self._data = memoryview(data)
        self._whole: Any = None

    @classmethod
    def of(cls, row: tuple[Any, ...] | Late, *near: str) -> Late:
        """Pack `row`, whose fields are what `marshal` can hold; those named in `near` stay at hand."""
        if isinstance(row, Late):
            return row
        return cls(type(row), {name: getattr(row, name) for name in near}, marshal.dumps(tuple(row)))

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return Late, (self._kind, self._near, pickle.PickleBuffer(self._data))

    def __getattr__(self, name: str) -> Any:
        near = self._near
        if name in near:
            return near[name]
        if self._whole is None:
            self._whole = self._kind(*marshal.loads(self._data))
        return getattr(self._whole, name)
