"""The JSON of frozen pages."""

from datetime import date
from uuid import UUID

from pydantic import Field

from registry.frozen_pages.domain import PageKind
from shared.http import ApiModel


class FreezeIn(ApiModel):
    """What is frozen, by its id: a unit's profile, minutes, a memorandum, a description, a statement."""

    kind: PageKind
    subject_id: UUID = Field(
        description="Id of the unit, the assessment, the memorandum, the description or the statement"
    )


class FrozenPageOut(ApiModel):
    """The page byte by byte as it was frozen: the SHA-256 of the answer is its digest (`ETag`)."""

    form: int
    kind: PageKind
    subject_id: UUID
    as_of: date
    content: dict[str, object]
