"""JSON of calls."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, JsonValue, StringConstraints, field_validator

from registry.calls.domain import (
    PROCEDURE,
    AttachmentKind,
    Call,
    Content,
    Criterion,
    Move,
    Phase,
    Status,
    phase_of,
)
from registry.calls.window import Extension, ExtensionCause, window_of
from shared.contracts.registry import ThematicArea, UnitKind
from shared.http import ApiModel, Count, Day, DecimalText, Flag, ShortText, Storable, Title

CallCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]
PartCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
MethodologyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{0,39}/[0-9]{1,3}\.[0-9]{1,3}$")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), Storable]
IntakeDay = Annotated[Day, Field(ge=date(2008, 1, 23), le=date(2100, 12, 31))]
"""No intake is older than the Agency."""
Points = Annotated[Count, Field(le=1000)]
WorkingDays = Annotated[Count, Field(ge=1, le=250)]


class CriterionIn(ApiModel):
    code: PartCode = Field(examples=["K1"])
    name_cs: Title = Field(examples=["Naléhavost potřeby"])
    name_en: Title = Field(examples=["Urgency of the need"])
    weight: Annotated[DecimalText, Field(gt=0, le=1000)] = Field(examples=["1.5"])
    max_points: Annotated[Points, Field(ge=1)] = Field(examples=[10])
    min_points: Points | None = Field(default=None, description="The least a recommended application has")


class AttachmentKindIn(ApiModel):
    code: PartCode = Field(examples=["usneseni"])
    name_cs: Title = Field(examples=["Usnesení zastupitelstva"])
    name_en: Title = Field(examples=["Resolution of the assembly"])
    required: Flag = True


class CallIn(ApiModel):
    """A draft may lack what the announcement will ask for."""

    code: CallCode = Field(examples=["KPSV21-2"])
    title: Title = Field(examples=["2. výzva ke spolupráci v rámci KPSV 2021+"])
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100_000), Storable] = ""
    contact: ShortText = ""
    methodology: MethodologyCode = Field(examples=["KPSV21/1.0"])
    opens_on: IntakeDay | None = Field(default=None, description="First day of the intake, in Prague")
    closes_on: IntakeDay | None = Field(default=None, description="Last day of the intake, to its end")
    eligible_kinds: frozenset[UnitKind] = frozenset()
    areas: frozenset[ThematicArea] = frozenset()
    form: dict[str, JsonValue] = Field(
        default={},
        description="JSON Schema 2020-12 of the answers; decimals are texts",
        examples=[
            {
                "title": "Přihláška ke spolupráci",
                "type": "object",
                "required": ["problem"],
                "properties": {
                    "problem": {
                        "type": "string",
                        "title": "Popis problému",
                        "minLength": 20,
                        "maxLength": 5000,
                    }
                },
            }
        ],
    )
    attachments: list[AttachmentKindIn] = Field(default=[], max_length=50)
    criteria: list[CriterionIn] = Field(default=[], max_length=50)
    minimum_points: Annotated[DecimalText, Field(ge=0)] | None = Field(
        default=None, description="Weighted total that a recommended application reaches"
    )
    capacity: Annotated[Count, Field(ge=1, le=10_000)] | None = Field(
        default=None, description="How many may be accepted; without it all that are good enough"
    )
    formal_check_days: WorkingDays = Field(default=10, description="Working days of the formal check")
    completion_days: WorkingDays = Field(default=5, description="Working days to complete an application")

    @field_validator("criteria")
    @classmethod
    def _criteria_fit(cls, criteria: list[CriterionIn]) -> list[CriterionIn]:
        if len({each.code for each in criteria}) < len(criteria):
            raise ValueError("a code of a criterion is there twice")
        if any(each.min_points is not None and each.min_points > each.max_points for each in criteria):
            raise ValueError("the least points of a criterion are more than its most")
        return criteria

    @field_validator("attachments")
    @classmethod
    def _attachments_fit(cls, attachments: list[AttachmentKindIn]) -> list[AttachmentKindIn]:
        if len({each.code for each in attachments}) < len(attachments):
            raise ValueError("a code of an attachment is there twice")
        return attachments

    def content(self) -> Content:
        return Content(
            code=self.code,
            title=self.title,
            text=self.text,
            contact=self.contact,
            methodology=self.methodology,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            eligible_kinds=self.eligible_kinds,
            areas=self.areas,
            form=dict(self.form),
            attachments=tuple(AttachmentKind(**dict(each)) for each in self.attachments),
            criteria=tuple(Criterion(**dict(each)) for each in self.criteria),
            minimum_points=self.minimum_points,
            capacity=self.capacity,
            formal_check_days=self.formal_check_days,
            completion_days=self.completion_days,
        )


class AnnouncementIn(ApiModel):
    on: Day | None = Field(default=None, description="The day of the announcement, today without it")


class ExtensionIn(ApiModel):
    closes_on: IntakeDay = Field(description="The new last day", examples=["2023-04-14"])
    reason_cs: Reason = Field(examples=["Na žádost obcí, jejichž zastupitelstva zasedají po Velikonocích."])
    reason_en: Reason = Field(examples=["Towns asked for it: their assemblies meet after Easter."])
    on: Day | None = Field(default=None, description="The day of the decision, today without it")


class CancellationIn(ApiModel):
    reason_cs: Reason
    reason_en: Reason
    on: Day | None = Field(default=None, description="The day of the decision, today without it")


class ExtensionOut(ApiModel):
    id: UUID
    version: int
    cause: ExtensionCause
    outage_id: UUID | None
    decided_on: date
    previous_closes_at: datetime
    new_closes_at: datetime
    reason_cs: str
    reason_en: str


class CallHeadOut(ApiModel):
    """`phase` follows from the time; `closes_on` is the day of `closes_at` in Prague."""

    id: UUID
    version: int
    code: str
    title: str
    methodology: str
    status: Status
    phase: Phase
    announced_on: date | None
    opens_on: date | None
    closes_on: date | None
    opens_at: datetime | None
    closes_at: datetime | None
    eligible_kinds: list[UnitKind]
    areas: list[ThematicArea]
    capacity: int | None
    cancelled_on: date | None


class CallOut(CallHeadOut):
    text: str
    contact: str
    form: dict[str, JsonValue]
    attachments: list[AttachmentKindIn]
    criteria: list[CriterionIn]
    minimum_points: DecimalText | None
    formal_check_days: int
    completion_days: int
    cancellation_cs: str | None
    cancellation_en: str | None
    allowed_moves: list[Move]
    extensions: list[ExtensionOut]

    @classmethod
    def of(cls, call: Call, extensions: Sequence[Extension], *, now: datetime) -> "CallOut":
        told = {"phase", "allowed_moves", "extensions"}
        return cls.model_validate(
            {
                **{name: getattr(call, name) for name in cls.model_fields.keys() - told},
                "eligible_kinds": sorted(call.eligible_kinds),
                "areas": sorted(call.areas),
                "phase": call.phase(now),
                "allowed_moves": PROCEDURE.allowed(call.status),
                "extensions": extensions,
            }
        )

    @classmethod
    def as_it_was(
        cls, state: dict[str, JsonValue], extensions: Sequence[Mapping[str, object]], *, at: datetime
    ) -> "CallOut":
        """Return the call as the journal has it, with what followed from it at the instant."""
        draft = {"phase": Phase.DRAFT, "allowed_moves": [], "extensions": list(extensions)}
        found = cls.model_validate({**state, **draft})
        phase = phase_of(found.status, window_of(found.opens_at, found.closes_at), at)
        return found.model_copy(update={"phase": phase, "allowed_moves": PROCEDURE.allowed(found.status)})


class CallList(ApiModel):
    items: list[CallHeadOut]
    next: str | None
