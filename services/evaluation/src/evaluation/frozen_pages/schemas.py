"""The JSON of frozen pages."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from evaluation.frozen_pages.domain import PageKind
from shared.http import ApiModel, Day


class FreezeIn(ApiModel):
    """What is frozen: what a project has come to on a day."""

    kind: PageKind
    subject_id: UUID = Field(description="Id of the project")
    as_of: Annotated[Day, Field(ge=date(2000, 1, 1), lt=date(2200, 1, 1))] | None = Field(
        default=None, description="Today where left out"
    )


class FrozenPageOut(ApiModel):
    """The page byte by byte as it was frozen: the SHA-256 of the answer is its digest (`ETag`)."""

    form: int
    kind: PageKind
    subject_id: UUID
    as_of: date
    content: dict[str, object]
