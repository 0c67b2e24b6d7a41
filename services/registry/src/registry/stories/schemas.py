"""JSON of the story of a unit."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from registry.explanation.standing_schemas import SaidOut
from shared.http import ApiModel

Part = Literal["activity", "correspondence", "decision"]


class ChapterOut(ApiModel):
    """One thing that happened. `subject_id` leads to the activity, the entry, or what was decided on."""

    happened_on: date
    id: UUID
    part: Part
    subject_id: UUID
    kind: str = Field(
        description="Kind of activity; direction and channel; what was decided on",
        examples=["KON", "in/data-box", "application"],
    )
    said: SaidOut
    title: str = Field(description="Title, subject, or the action decided")
    text: str = Field(description="Note, summary, or the reason")
    actor: str


class StoryOut(ApiModel):
    items: list[ChapterOut]
    next: str | None
