"""JSON of the journal."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from registry.explanation.standing_schemas import SaidOut
from registry.journal.domain import Subject
from shared.http import ApiModel


class EntryHead(ApiModel):
    """Who decided what and why; the states before and after stand in the entry itself."""

    id: UUID
    subject: Subject
    subject_id: UUID
    version: int = Field(description="Version of the subject after the decision")
    unit_id: UUID | None
    action: str
    said: SaidOut
    decided_on: date = Field(description="The day when it took effect")
    at: datetime = Field(description="When it was written down")
    actor: str | None = Field(description="Told to the Agency and to the unit alone")
    affiliation: str
    reason: str


class EntryOut(EntryHead):
    before: dict[str, object] | None
    after: dict[str, object]


class EntryList(ApiModel):
    items: list[EntryHead]
    next: str | None
