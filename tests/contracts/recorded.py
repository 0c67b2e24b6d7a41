"""Events that note which of their fields are read: so a consumer's needs are seen, not guessed."""

from dataclasses import fields, is_dataclass
from typing import TypeVar

E = TypeVar("E")


def recorded(value: E, seen: set[str], at: str = "") -> E:
    """Return an equal event whose reads of `plan_id` and `indicators/*/owner` land in `seen`."""
    if isinstance(value, tuple):
        return tuple(recorded(each, seen, f"{at}/*") for each in value)  # type: ignore[return-value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    kind = type(value)
    names = {field.name for field in fields(value)}
    prefix = f"{at}/" if at else ""

    def read(self: object, name: str) -> object:
        if name in names:
            seen.add(f"{prefix}{name}")
        return object.__getattribute__(self, name)

    watched = type(kind.__name__, (kind,), {"__slots__": (), "__getattribute__": read})
    inside = {name: recorded(getattr(value, name), seen, f"{prefix}{name}") for name in names}
    copy: E = watched(**inside)
    return copy
