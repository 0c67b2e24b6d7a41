"""The JSON of the public record."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.http import ApiModel, Digest, Reason

ActPosition = Annotated[int, Field(description="Place in the record: unbroken, from 1")]
Hex = Annotated[str, Field(description="In hexadecimal")]


class RecordOut(ApiModel):
    """How far the record goes; `head_digest` is what the next bundle will name."""

    acts: int
    not_signed: int
    bundles: int
    head_digest: Digest | None
    not_stamped: int


class ActTypeOut(ApiModel):
    """A kind of act; acts that are not disclosed show their place and their digest alone."""

    type: str
    cs: str
    en: str
    disclosed: bool


class ActTypeList(ApiModel):
    items: tuple[ActTypeOut, ...]


class ActListed(ApiModel):
    """An act; `bundle` is the number of its signed bundle, null while its day is open."""

    position: ActPosition
    disclosed: bool
    type: str | None
    subject_id: UUID | None
    unit_ids: tuple[UUID, ...] | None
    received_at: datetime
    received_on: date
    digest: Digest
    bundle: int | None
    version: int
    withheld_at: Annotated[datetime | None, Field(description="Since when its content is not shown")]
    withheld_reason: str | None


class WithholdingIn(ApiModel):
    """Why the content is shown no more; everybody reads it, so it repeats nothing of what is withheld."""

    reason: Reason


class ActDecided(ApiModel):
    position: ActPosition
    version: int


class ActOut(ActListed):
    body: Annotated[str | None, Field(description="Canonical JSON (RFC 8785); `digest` is its SHA-256")]


class ActList(ApiModel):
    items: tuple[ActListed, ...]
    next: str | None


class BundleOut(ApiModel):
    """A day of acts; `head` is what was signed, `stamped_at` null where it is not time-stamped."""

    number: int
    day: date
    first: ActPosition
    count: int
    head: str
    head_digest: Digest
    key_id: str
    signature: Hex
    digest: Annotated[Digest, Field(description="Of the file")]
    size_bytes: int
    signed_at: datetime
    stamped_at: datetime | None


class BundleList(ApiModel):
    items: tuple[BundleOut, ...]
    next: str | None


class KeyOut(ApiModel):
    id: str
    public_key: Annotated[str, Field(description="Raw Ed25519 public key in hexadecimal")]
    fingerprint: Annotated[Digest, Field(description="SHA-256 of the key; compare it with a copy elsewhere")]
    first_used_at: datetime


class KeyList(ApiModel):
    """All keys that ever signed."""

    keys: tuple[KeyOut, ...]
