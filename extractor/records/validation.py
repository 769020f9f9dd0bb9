"""Validation of what the engine read: each event once, by what the model of its kind declares.

What comes out is what `Document` makes of the same data and dumps as JSON. It is made without the models: their fields
are turned into a schema of dicts, so that one walk checks a record, adds what is left out, and leaves plain data.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic_core import CoreSchema, SchemaValidator, core_schema

from extractor.records.head import Head
from extractor.records.parts import Record

_PLAIN: dict[object, CoreSchema] = {
    str: core_schema.str_schema(),
    int: core_schema.int_schema(),
    float: core_schema.float_schema(),
    bool: core_schema.bool_schema(),
}


def validated(document: Mapping[str, Any]) -> dict[str, Any]:
    """`document`, a dict in the shape of `records.Document`, with every field of its models, as plain data.

    Raises pydantic.ValidationError, and KeyError on an event of an unknown kind.
    """
    head: dict[str, Any] = _checker("").validate_python({k: v for k, v in document.items() if k != "events"})
    head["events"] = [_checker(event["kind"]).validate_python(event) for event in document["events"]]
    return head


@cache
def _checker(kind: str) -> SchemaValidator:
    """What checks the events of a kind, or a document's head (""); made when first asked for, since the schemas of all
    kinds would cost a short run more than reading its text."""
    return SchemaValidator(plain_schema(_model(kind) if kind else Head))


def _model(kind: str) -> type[Record]:
    if kind in ("casualty", "materiel"):
        from extractor.records.claims import Casualty, Materiel

        return Casualty if kind == "casualty" else Materiel
    from extractor.records.events import MODELS

    return MODELS[kind]


def plain_schema(model: type[Record]) -> CoreSchema:
    """The schema of dicts with the fields of `model`, all models within it as dicts and all tuples as lists.

    Raises TypeError for a type of field that the records do not have.
    """
    fields = {}
    for name, field in model.model_fields.items():
        schema = _schema(field.annotation)
        if not field.is_required():
            # A list of its own for each record.
            default: Any = {"default_factory": list} if field.default == () else {"default": field.default}
            schema = core_schema.with_default_schema(schema, **default)
        fields[field.alias or name] = core_schema.typed_dict_field(schema, required=field.is_required())
    return core_schema.typed_dict_schema(fields, extra_behavior="forbid")


def _schema(kind: Any) -> CoreSchema:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, Record):
        return plain_schema(kind)
    inner = get_args(kind)
    match get_origin(kind):
        case origin if origin is Literal:
            return core_schema.literal_schema(list(inner))
        case origin if origin is tuple and inner[1:] == (...,):
            return core_schema.list_schema(_schema(inner[0]))
        case origin if origin in (Union, UnionType) and len(inner) == 2 and inner[1] is NoneType:
            return core_schema.nullable_schema(_schema(inner[0]))
    raise TypeError(f"no plain schema for {kind}: teach extractor/records/validation.py the type")
