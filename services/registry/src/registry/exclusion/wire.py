"""PostgreSQL's binary COPY as arrays: rows of a whole country without an object for each value."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER: Final = b"\xff\xff"
_BIGINT: Final = 20
"""Object id of the type `bigint`."""
_POSITIVE, _CENTS, _GROUPS, _GROUP = 0, 2, 3, 10_000

Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Field = tuple[Bytes, Mask]
"""Bytes of one column, a row each, and which of them are sent: those of a NULL are not."""


def rows_of(content: bytes, columns: Sequence[tuple[str, str]]) -> NDArray[np.void]:
    """Read rows whose columns are never NULL and have the fixed types given, `(name, dtype)`."""
    lengths = [(f"length of {name}", ">i4") for name, _ in columns]
    fields = [part for pair in zip(lengths, columns, strict=True) for part in pair]
    return np.frombuffer(content[len(HEADER) : -len(_TRAILER)], dtype=[("fields", ">i2"), *fields])


def written(fields: Sequence[Field]) -> bytes:
    """Return the rows for COPY, without header and trailer: see `whole`."""
    count = len(fields[0][0])
    number = np.broadcast_to(_bytes(np.array([len(fields)], dtype=">i2")), (count, 2))
    content = np.concatenate([number, *(data for data, _ in fields)], axis=1)
    sent = np.concatenate([np.ones((count, 2), dtype=bool), *(mask for _, mask in fields)], axis=1)
    return bytes(content[sent])


def whole(parts: Sequence[bytes]) -> bytes:
    return b"".join((HEADER, *parts, _TRAILER))


def numbers(values: NDArray[np.number], kind: str, *, known: Mask | None = None) -> Field:
    """Write integers of a big-endian type; negative ones are NULL unless `known` says otherwise."""
    return _field(_bytes(values.astype(kind)), values >= 0 if known is None else known)


def fixed(values: Bytes, *, known: Mask | None = None) -> Field:
    """Write the same number of bytes in each row: an id, a digest, a text of one length."""
    return _field(values, np.ones(len(values), dtype=bool) if known is None else known)


def texts(choices: Sequence[str], chosen: NDArray[np.integer]) -> Field:
    """Write one of a few texts in each row."""
    encoded = [choice.encode() for choice in choices]
    lengths = np.array([len(each) for each in encoded])[chosen]
    table = _bytes(np.array(encoded, dtype=f"S{max(map(len, encoded))}"))
    data = np.concatenate([_bytes(lengths.astype(">i4")), table[chosen]], axis=1)
    return data, np.arange(data.shape[1]) < 4 + lengths[:, None]


def arrays(values: NDArray[np.int64]) -> Field:
    """Write `bigint[]`; negative members are NULL."""
    count, size = values.shape
    known = values >= 0
    members, sent = zip(*(numbers(column, ">i8") for column in values.T), strict=True)
    heads = np.empty((count, 6), dtype=">i4")
    heads[:, 0] = 20 + 4 * size + 8 * known.sum(axis=1)
    heads[:, 1], heads[:, 2], heads[:, 3] = 1, ~known.all(axis=1), _BIGINT
    heads[:, 4], heads[:, 5] = size, 1
    return (
        np.concatenate([_bytes(heads), *members], axis=1),
        np.concatenate([np.ones((count, 24), dtype=bool), *sent], axis=1),
    )


def metres(values: NDArray[np.float64]) -> Field:
    """Write `numeric` with two places, below 10⁸; NaN is NULL."""
    known = np.isfinite(values)
    cents = np.rint(np.where(known, values, 0) * 100).astype(np.int64)
    units, groups = cents // 100, np.empty((len(values), 4 + _GROUPS), dtype=">i2")
    groups[:, 0], groups[:, 1], groups[:, 2], groups[:, 3] = _GROUPS, 1, _POSITIVE, _CENTS
    groups[:, 4], groups[:, 5], groups[:, 6] = units // _GROUP, units % _GROUP, cents % 100 * 100
    return _field(_bytes(groups), known)


def _field(data: Bytes, known: Mask) -> Field:
    lengths = np.where(known, data.shape[1], -1).astype(">i4")
    sent = np.repeat(known[:, None], 4 + data.shape[1], axis=1)
    sent[:, :4] = True
    return np.concatenate([_bytes(lengths), data], axis=1), sent


def _bytes(values: NDArray[np.generic]) -> Bytes:
    return np.ascontiguousarray(values).view(np.uint8).reshape(len(values), -1)
