"""The JSON of renditions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from documents.renditions.domain import Failure, RenditionState, Source
from shared.http import ApiModel, Digest

Edition = Annotated[int, Field(strict=True, ge=1, le=100_000)]


class RenditionIn(ApiModel):
    """What is to be on paper. It is frozen first, with the right of whoever asks."""

    source: Source
    id: UUID = Field(
        description="Of the evaluation, the assessment, the memorandum, the statement, the unit, the project"
    )
    edition: Edition | None = Field(default=None, description="Of the evaluation's report")
    digest: Digest | None = Field(
        default=None, description="The SHA-256 that the frozen source must have; refused where it differs"
    )


class RenditionOut(ApiModel):
    """A paper in the making; done, it is a draft of a document, in PDF and DOCX."""

    id: UUID
    source: Source
    source_id: UUID
    source_digest: str = Field(description="Printed on every page")
    template: int
    state: RenditionState
    attempts: int
    failure: Failure | None
    document_id: UUID | None
    number: int | None = Field(description="The version of the document")
    asked_at: datetime
    settled_at: datetime | None


class RenditionAsked(ApiModel):
    """What was taken on; `GET` of its address tells how far it is."""

    id: UUID
    source: Source
    source_id: UUID
    source_digest: str


class RenditionList(ApiModel):
    items: tuple[RenditionOut, ...]
    next: str | None


Format = Literal["pdf", "docx"]
