"""The Arrow schema of a document, derived from the models: the one source for Parquet and for data frames."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel

from extractor.records import Document


def document_schema() -> pa.Schema:
    """A row for each document; its events as a list of structs that hold the fields of every kind of event.

    A field that is a list in one kind and a single value in another is a list in all.
    """
    return pa.schema(list(_struct([Document])))


def row(value: Any, kind: pa.DataType) -> Any:
    """`value`, a part of a record, as `kind` wants it: a single value where a list is asked for becomes a list."""
    if value is None:
        return None
    if pa.types.is_list(kind):
        items = value if isinstance(value, list) else [value]
        return [row(item, kind.value_type) for item in items]
    if pa.types.is_struct(kind):
        return {field.name: row(value.get(field.name), field.type) for field in kind}
    return value


def _struct(models: list[type[BaseModel]]) -> pa.StructType:
    fields: dict[str, pa.DataType] = {}
    for model in models:
        for name, field in model.model_fields.items():
            known = field.alias or name
            found = _type(field.annotation)
            fields[known] = _merged(fields[known], found, known) if known in fields else found
    return pa.struct(list(fields.items()))


def _type(annotation: Any) -> pa.DataType:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _type(get_args(annotation)[0])
    if origin is tuple:
        return pa.list_(_type(get_args(annotation)[0]))
    if origin in (Union, UnionType):
        parts = [part for part in get_args(annotation) if part is not NoneType]
        return _type(parts[0]) if len(parts) == 1 else _struct(parts)
    if origin is Literal:
        return pa.string()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _struct([annotation])
    found = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}.get(annotation)
    if found is None:
        raise TypeError(f"no Arrow type for {annotation!r}")
    return found


def _merged(one: pa.DataType, other: pa.DataType, name: str) -> pa.DataType:
    if one == other:
        return one
    if pa.types.is_list(one) or pa.types.is_list(other):
        inner = [kind.value_type if pa.types.is_list(kind) else kind for kind in (one, other)]
        return pa.list_(_merged(inner[0], inner[1], name))
    if pa.types.is_struct(one) and pa.types.is_struct(other):
        fields = {field.name: field.type for field in one}
        for field in other:
            known = fields.get(field.name)
            fields[field.name] = field.type if known is None else _merged(known, field.type, f"{name}.{field.name}")
        return pa.struct(list(fields.items()))
    raise TypeError(f"the field {name!r} is {one} in one kind of event and {other} in another")
