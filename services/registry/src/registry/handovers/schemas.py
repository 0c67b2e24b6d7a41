"""JSON of elections and handovers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.decided import DecisionDay
from registry.handovers.checklist import Step
from registry.handovers.domain import PROCEDURE, Alarm, Handover, Leader, Meeting, Move, Side, Status
from registry.handovers.elections import CONCERNED, Election, ElectionKind, election_id
from registry.handovers.pack import Pack
from shared.contracts.registry import UnitKind
from shared.http import ApiModel, Day, LongText, Reason, ShortText, Title

ElectionCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{2,39}$")]


ElectionDay = Annotated[Day, Field(ge=date(1990, 1, 1), le=date(2199, 12, 31))]


class ElectionIn(ApiModel):
    code: ElectionCode = Field(examples=["municipal-2030"])
    kind: ElectionKind
    first_on: ElectionDay
    last_on: ElectionDay
    unit_kinds: list[UnitKind] | None = Field(
        default=None, min_length=1, max_length=11, description="Whom it concerns; by the kind if left out"
    )
    source: Title = Field(description="Where the days are announced")

    def election(self) -> Election:
        kinds = CONCERNED[self.kind] if self.unit_kinds is None else frozenset(self.unit_kinds)
        return Election(
            id=election_id(self.code),
            code=self.code,
            kind=self.kind,
            first_on=self.first_on,
            last_on=self.last_on,
            unit_kinds=kinds,
            source=self.source,
            version=1,
        )


class ElectionDaysIn(ApiModel):
    first_on: ElectionDay
    last_on: ElectionDay
    source: Title


class ElectionOut(ApiModel):
    id: UUID
    code: str
    kind: ElectionKind
    first_on: date
    last_on: date
    unit_kinds: list[UnitKind]
    source: str
    version: int

    @classmethod
    def of(cls, election: Election) -> "ElectionOut":
        shown = {name: getattr(election, name) for name in cls.model_fields}
        return cls.model_validate({**shown, "unit_kinds": sorted(election.unit_kinds)})


class ElectionList(ApiModel):
    items: list[ElectionOut]
    next: str | None


class TaskOut(ApiModel):
    code: str
    step: Step = Field(description="What waits for it: the end of the preparation, or the signatures")
    cs: str
    en: str


class ChecklistOut(ApiModel):
    items: list[TaskOut]


class TickIn(ApiModel):
    done: Annotated[bool, Field(strict=True)]
    note: ShortText = ""
    on: DecisionDay = None


class DecisionIn(ApiModel):
    on: DecisionDay = None


class ReasonIn(ApiModel):
    reason: Reason
    on: DecisionDay = None


class LeaderIn(ApiModel):
    name: Title = Field(examples=["Marie Nová"])
    function: Title = Field(examples=["starostka"])


class MeetingIn(ApiModel):
    """Whom of the new leadership the Agency met; written down anew, signatures given so far fall."""

    met_on: Day
    leadership: list[LeaderIn] = Field(min_length=1, max_length=50)
    note: LongText = ""
    on: DecisionDay = None

    def meeting(self) -> Meeting:
        leadership = tuple(Leader(name=each.name, function=each.function) for each in self.leadership)
        return Meeting(met_on=self.met_on, leadership=leadership, note=self.note)


class ItemOut(ApiModel):
    code: str
    done_by: str | None
    done_on: date | None
    note: str


class LeaderOut(ApiModel):
    name: str
    function: str


class MeetingOut(ApiModel):
    met_on: date
    leadership: list[LeaderOut]
    note: str


class SignatureOut(ApiModel):
    side: Side
    person: str
    person_name: str
    signed_on: date


class HandoverOut(ApiModel):
    """`alarm`: why somebody must hurry; `pack_digest`: that of what was handed over, once it was."""

    id: UUID
    unit_id: UUID
    election_id: UUID
    status: Status
    opened_on: date
    prepare_until: date = Field(description="From this day on an unprepared one raises an alarm")
    due_on: date
    items: list[ItemOut]
    meeting: MeetingOut | None
    signatures: list[SignatureOut]
    reason: str
    closed_on: date | None
    pack_digest: str | None
    version: int
    allowed_moves: list[Move]
    alarm: Alarm | None

    @classmethod
    def of(cls, handover: Handover, *, today: date) -> "HandoverOut":
        shown = {name: getattr(handover, name) for name in cls.model_fields if hasattr(handover, name)}
        moves = PROCEDURE.allowed(handover.status)
        return cls.model_validate({**shown, "allowed_moves": moves, "alarm": handover.alarm(today)})

    @classmethod
    def as_it_was(cls, state: dict[str, object]) -> "HandoverOut":
        """Return a state of the past: nothing can be done with it, nothing hurries."""
        return cls.model_validate({**state, "allowed_moves": [], "alarm": None})


class HandoverHeadOut(ApiModel):
    id: UUID
    unit_id: UUID
    unit_name: str
    election_id: UUID
    election: str
    status: Status
    opened_on: date
    prepare_until: date
    due_on: date
    closed_on: date | None
    alarm: Alarm | None
    version: int


class HandoverList(ApiModel):
    items: list[HandoverHeadOut]
    next: str | None


class PartOut(ApiModel):
    """A part of the pack; where nothing is in it, the note says so."""

    code: str
    title_cs: str
    title_en: str
    note_cs: str
    note_en: str
    items: list[dict[str, object]]


class PackOut(ApiModel):
    """`digest` proves years later what was handed over."""

    unit_id: UUID
    unit_name: str
    election: str
    as_of: date
    parts: list[PartOut]
    digest: str = Field(description="SHA-256 of the canonical JSON of the other members but `frozen`")
    frozen: bool = Field(description="Whether this is what was handed over; otherwise it is of today")

    @classmethod
    def of(cls, pack: Pack) -> "PackOut":
        shown = {name: getattr(pack, name) for name in cls.model_fields if name != "frozen"}
        return cls.model_validate({**shown, "frozen": False})

    @classmethod
    def handed_over(cls, stored: dict[str, object], digest: str | None) -> "PackOut":
        return cls.model_validate({**stored, "digest": digest, "frozen": True})
