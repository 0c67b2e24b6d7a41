"""Values that are kept as their JSON (`shared.canonical.plain`), read back as what they were."""

import json
from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter

Value = TypeVar("Value")

_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(kind: type[Value]) -> TypeAdapter[Value]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def from_json(kind: type[Value], text: str | bytes) -> Value:
    """Read a value from its JSON; raises ValueError where it is not one of the kind."""
    return _adapter(kind).validate_json(text)


def from_row(kind: type[Value], row: Mapping[str, object], *, json_columns: Collection[str] = ()) -> Value:
    """Read a value from a row; its JSON may be text, as the read path gives it, or already read."""
    read = {
        name: json.loads(value) if name in json_columns and isinstance(value, str) else value
        for name, value in row.items()
    }
    return _adapter(kind).validate_python(read)
