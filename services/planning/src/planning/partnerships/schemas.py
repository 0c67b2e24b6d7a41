"""The JSON of bodies and of their members."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from planning.partnerships.domain import Body, BodyKind, ErasureGround, Mandate, MemberRole, Quorum
from shared.errors import Finding
from shared.http import ApiModel, Count, Day, Flag, Reason, ShortText, Storable, Title

_DEFAULT: Quorum = Quorum(percent=50, more_than=True)
Area = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), Storable]
Person = Annotated[
    str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f]+$"), Storable
]
"""A person is named as in the tokens (`sub`)."""
Email = Annotated[
    str, StringConstraints(max_length=254, pattern=r"^([^@\s]+@[^@\s.]+(\.[^@\s.]+)+)?$"), Storable
]
Phone = Annotated[str, StringConstraints(max_length=40, pattern=r"^(\+?[0-9][0-9 ]{8,24})?$"), Storable]


class QuorumIn(ApiModel):
    """How many of the members a meeting takes; more than a half where nothing is said."""

    percent: Annotated[Count, Field(le=100)] = _DEFAULT.percent
    more_than: Flag = Field(default=_DEFAULT.more_than, description="False: so many percent are enough")


class BodyIn(ApiModel):
    kind: BodyKind
    name: Title = Field(examples=["Pracovní skupina Bydlení"])
    unit_ids: Annotated[frozenset[UUID], Field(min_length=1, max_length=50)]
    plan_id: UUID | None = None
    areas: Annotated[tuple[Area, ...], Field(max_length=20)] = Field(
        default=(), description="Areas of the plan; a group may have several, and an area several groups"
    )
    statutes: ShortText = Field(default="", description="The document of the body's rules")
    is_public: Flag = Field(default=False, description="Names and organisations of members are public")
    quorum: QuorumIn = QuorumIn()
    starts_on: Day
    ends_on: Day | None = None

    def body(self, body_id: UUID) -> Body:
        return Body(
            id=body_id,
            version=1,
            kind=self.kind,
            name=self.name,
            unit_ids=tuple(sorted(self.unit_ids)),
            plan_id=self.plan_id,
            areas=tuple(dict.fromkeys(self.areas)),
            statutes=self.statutes,
            is_public=self.is_public,
            quorum=Quorum(percent=self.quorum.percent, more_than=self.quorum.more_than),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )


class DissolutionIn(ApiModel):
    ends_on: Day = Field(description="The last day; mandates end with it")
    reason: Reason


class BodyState(ApiModel):
    """What a change made of the body."""

    id: UUID
    version: int
    starts_on: date
    ends_on: date | None


class UnitOfBody(ApiModel):
    id: UUID
    name: str | None


class QuorumOut(ApiModel):
    percent: int
    more_than: bool


class BodyOut(ApiModel):
    id: UUID
    version: int
    kind: BodyKind
    name: str
    units: tuple[UnitOfBody, ...]
    plan_id: UUID | None
    areas: tuple[str, ...]
    statutes: str
    is_public: bool
    quorum: QuorumOut
    starts_on: date
    ends_on: date | None
    members: int = Field(description="People with a mandate on the day, without standing guests")
    organisations: int


class BodyList(ApiModel):
    items: tuple[BodyOut, ...]
    next: str | None


class MemberIn(ApiModel):
    person: Person | None = Field(default=None, description="The person's account; none without one")
    name: Title = Field(examples=["Jana Malinová"])
    organisation: ShortText = ""
    role: MemberRole = MemberRole.MEMBER
    email: Email = ""
    phone: Phone = ""
    alternate_for: UUID | None = Field(default=None, description="The member for whom this one stands in")
    starts_on: Day
    ends_on: Day | None = Field(default=None, description="Last day of the mandate, where it is known")

    def mandate(self, mandate_id: UUID, body_id: UUID) -> Mandate:
        return Mandate(
            id=mandate_id,
            version=1,
            body_id=body_id,
            person=self.person,
            name=self.name,
            organisation=self.organisation,
            role=self.role,
            email=self.email,
            phone=self.phone,
            alternate_for=self.alternate_for,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )


class MembersIn(ApiModel):
    """One member or a whole list; all are taken, or none."""

    members: Annotated[tuple[MemberIn, ...], Field(min_length=1, max_length=300)]


class TakenOut(ApiModel):
    """The ids of the mandates, in the order in which they were sent."""

    ids: tuple[UUID, ...]


class RowProblemOut(ApiModel):
    """What is wrong in a row of a list; the headings are row 1."""

    row: int
    column: str | None
    code: str
    detail: str

    @classmethod
    def of(cls, finding: Finding, language: str) -> Self:
        _, _, row, *rest = finding.pointer.split("/")
        detail = finding.cs if language == "cs" else finding.en
        return cls(row=int(row), column="/".join(rest) or None, code=finding.code, detail=detail)


class MemberImportOut(ApiModel):
    """What a list of members did, or in a dry run would do; `ids` in the order of the rows."""

    dry_run: bool
    rows: int
    accepted: int
    problems: tuple[RowProblemOut, ...]
    ids: tuple[UUID, ...]


class MandateEndIn(ApiModel):
    ends_on: Day = Field(description="Last day")
    reason: Reason


class ErasureIn(ApiModel):
    ground: ErasureGround


class MandateState(ApiModel):
    """What a change made of the mandate."""

    id: UUID
    version: int
    starts_on: date
    ends_on: date | None
    is_erased: bool


class MemberOut(ApiModel):
    """Contacts and account are shown to the unit's office, the Agency and the person alone."""

    id: UUID
    version: int
    body_id: UUID
    body_name: str
    name: str = Field(description="Empty where the personal data were erased")
    organisation: str
    role: MemberRole
    person: str | None
    email: str | None
    phone: str | None
    alternate_for: UUID | None
    starts_on: date
    ends_on: date | None
    end_reason: str | None
    is_erased: bool


class MemberList(ApiModel):
    items: tuple[MemberOut, ...]
    next: str | None
