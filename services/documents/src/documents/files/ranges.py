"""Range requests of HTTP (RFC 9110, section 14): which bytes a caller wants."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"^bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*$", re.IGNORECASE)


class RangeNotSatisfiable(Exception):  # noqa: N818 - the fact that stopped us
    """The file has no byte in the range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByteRange:
    """From `start` to `end`, which is exclusive."""

    start: int
    end: int


def wanted_range(header: str | None, size_bytes: int) -> ByteRange | None:
    """Return the one range asked for, or None for the whole file: no, malformed or several ranges.

    Raises `RangeNotSatisfiable`.
    """
    found = _ONE_RANGE.match(header or "")
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if first and last and int(last) < int(first):
        return None
    start = int(first) if first else max(size_bytes - int(last), 0)
    end = min(int(last) + 1, size_bytes) if first and last else size_bytes
    if start >= end:
        raise RangeNotSatisfiable
    return ByteRange(start=start, end=end)
