"""The JSON of states of measures."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import Field

from planning.measures.domain import Going, Said, StateWord
from shared.contracts.measures import MeasureState
from shared.http import ApiModel, Day, LongText


class StateIn(ApiModel):
    """How the measure goes; delayed and abandoned ones need a note. The same state again confirms it."""

    state: MeasureState = Field(examples=["running"])
    state_on: Day = Field(description="The day that the state is told for, today at the latest")
    note: LongText = Field(default="", description="For readers of the plan; without names of persons")

    def said(self) -> Said:
        return Said(state=self.state, state_on=self.state_on, note=self.note.strip())


class StateOut(ApiModel):
    measure_id: UUID
    version: int
    state: MeasureState
    state_on: date
    note: str
    affiliation: str

    @classmethod
    def of(cls, word: StateWord) -> Self:
        return cls(
            measure_id=word.measure_id,
            version=word.version,
            state=word.said.state,
            state_on=word.said.state_on,
            note=word.said.note,
            affiliation=word.affiliation,
        )


class SaidOut(StateOut):
    recorded_at: datetime


class SaidList(ApiModel):
    items: tuple[SaidOut, ...]
    next: str | None


class MeasureGoing(ApiModel):
    """`version` is what If-Match of the next word wants; 0 and no state while nothing was said."""

    measure_id: UUID
    number: str
    title: str
    owner: str
    starts_on: date | None
    ends_on: date | None
    version: int
    state: MeasureState | None
    state_on: date | None
    note: str | None
    activities: int
    activities_past: int = Field(description="Activities whose day has passed")
    is_late: bool = Field(description="Its last day has passed and nobody said that it ended")

    @classmethod
    def of(cls, going: Going, *, today: date) -> Self:
        measure, word = going.measure, going.word
        return cls(
            measure_id=measure.id,
            number=going.placed.number,
            title=measure.title,
            owner=measure.owner,
            starts_on=measure.starts_on,
            ends_on=measure.ends_on,
            version=0 if word is None else word.version,
            state=None if word is None else word.said.state,
            state_on=None if word is None else word.said.state_on,
            note=None if word is None else word.said.note,
            activities=len(measure.activities),
            activities_past=going.activities_past,
            is_late=going.is_late(today),
        )


class GoingsOut(ApiModel):
    """The measures in force in the order of reading; `without_word` those of which nobody said anything."""

    measures: tuple[MeasureGoing, ...]
    without_word: tuple[UUID, ...]

    @classmethod
    def of(cls, goings: list[Going], *, today: date) -> Self:
        return cls(
            measures=tuple(MeasureGoing.of(each, today=today) for each in goings),
            without_word=tuple(each.measure.id for each in goings if each.word is None),
        )
