"""The one JSON of a value, and the digest over it: what was approved can be proved years later."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


def canonical_json(value: object) -> bytes:
    """Return the one JSON of a value (RFC 8785 for text, integers, lists, objects).

    Keys sorted, no spaces, UTF-8; dates in ISO 8601, decimals as text. Raises `TypeError` for floats.
    """
    return json.dumps(
        plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(content: bytes) -> str:
    """Return the SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def plain(value: object) -> object:
    """Return the value as JSON knows it: dataclasses as objects, sets sorted, days in ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    elif isinstance(value, frozenset):
        value = sorted(map(plain, value), key=str)
    match value:
        case None | bool() | int() | str():
            return value
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case Decimal():
            return format(value, "f")
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical JSON")
