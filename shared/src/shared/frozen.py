"""Pages that are computed, frozen as they were on a day: canonical JSON, known by its digest."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from shared.canonical import canonical_json, digest

FORM: Final = 1
"""The form of a page: a later one stands beside it, so that old pages stay readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPage:
    """`body` is all that was frozen, `digest` its SHA-256 in hexadecimal."""

    kind: str
    subject_id: UUID
    as_of: date
    body: bytes
    digest: str


def freeze(kind: str, subject_id: UUID, *, as_of: date, content: object) -> FrozenPage:
    """Return the page; equal content of one day gives equal bytes. Raises `TypeError` for floats."""
    body = canonical_json(
        {"form": FORM, "kind": kind, "subject_id": subject_id, "as_of": as_of, "content": content}
    )
    return FrozenPage(kind=kind, subject_id=subject_id, as_of=as_of, body=body, digest=digest(body))
