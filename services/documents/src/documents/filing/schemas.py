"""The JSON of packages for records management."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from documents.filing.domain import Acknowledgement, Filing, Wanted
from shared.http import ApiModel, Count, Day, Digest, Flag, Storable

Identifier = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Storable]
Number = Annotated[Count, Field(ge=1, le=2_000_000_000)]


class FilingIn(ApiModel):
    """Published versions of a unit and a period (of publication); `again`: those handed over before too.

    `office_id` is the unit whose records management takes them: documents of its own alone. Without it
    the package is the Agency's.
    """

    office_id: UUID | None = None
    unit_id: UUID | None = None
    published_from: Day | None = None
    published_until: Day | None = None
    again: Flag = False

    def wanted(self) -> Wanted:
        return Wanted(**self.model_dump())


class AcknowledgedIn(ApiModel):
    """What the records-management system calls a version."""

    document_id: UUID
    number: Number
    records_identifier: Identifier


class AcknowledgementIn(ApiModel):
    items: Annotated[tuple[AcknowledgedIn, ...], Field(min_length=1, max_length=500)]

    def told(self) -> list[Acknowledgement]:
        return [Acknowledgement(**each.model_dump()) for each in self.items]


class FilingListed(ApiModel):
    """A package; `digest` is the SHA-256 of its manifest, `size_bytes` of all its content."""

    id: UUID
    office_id: UUID | None
    unit_id: UUID | None
    published_from: date | None
    published_until: date | None
    digest: Digest
    size_bytes: int
    item_count: int
    acknowledged: int
    version: int
    created_at: datetime

    @classmethod
    def of(cls, filing: Filing) -> Self:
        wanted = filing.wanted
        return cls(
            id=filing.id,
            office_id=wanted.office_id,
            unit_id=wanted.unit_id,
            published_from=wanted.published_from,
            published_until=wanted.published_until,
            digest=filing.digest,
            size_bytes=filing.size_bytes,
            item_count=filing.item_count,
            acknowledged=filing.acknowledged,
            version=filing.version,
            created_at=filing.created_at,
        )


class FiledOut(ApiModel):
    document_id: UUID
    number: int
    title: str
    records_identifier: str | None
    acknowledged_at: datetime | None


class FilingOut(FilingListed):
    contents: tuple[FiledOut, ...]


class FilingList(ApiModel):
    items: tuple[FilingListed, ...]
    next: str | None


class AcknowledgementOut(ApiModel):
    acknowledged: int
    version: int
