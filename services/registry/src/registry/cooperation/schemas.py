"""JSON of cooperation."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from registry.cooperation.domain import PROCEDURE, Approval, Cooperation, EndKind, Move
from registry.cooperation.phases import Status
from registry.cooperation.regimes import REGIMES, Form, Grounds, Need, Programme, Regime
from registry.cooperation.terms import Terms
from registry.cooperation.use_cases import Asked
from shared.contracts.documents import DocumentRef
from shared.contracts.registry import CooperationRegime, ThematicArea, UnitKind
from shared.http import ApiModel, Day, Digest, Reason, ShortText, Storable, Title

_ON = "The day when it took effect, today where it is left out; the Agency may write down a past one"
AgreedDay = Annotated[Day, Field(ge=date(1990, 1, 1), le=date(2199, 12, 31))]


PersonRef = Annotated[str, Field(max_length=200, description="A person of the Agency, or `me`"), Storable]
NamePart = Annotated[
    str,
    Field(min_length=1, max_length=100, description="Part of the unit's name; accents do not matter"),
    Storable,
]


class ApprovalIn(ApiModel):
    body: Title = Field(description="Who approved", examples=["Monitorovací výbor Agentury"])
    approved_on: Day
    reference: Title = Field(description="Number of the resolution or of the minutes", examples=["4/2019"])


class CooperationIn(ApiModel):
    """`form`, `grounds` and `approval` belong to remote partial support (VDP) alone."""

    unit_id: UUID
    regime: CooperationRegime
    starts_on: AgreedDay | None = Field(
        default=None, description="First day; not given where a description sets it", examples=["2026-01-01"]
    )
    ends_on: AgreedDay | None = Field(
        default=None, description="Last day; where it is left out, that of the regime's usual duration"
    )
    form: Form | None = None
    grounds: Grounds | None = None
    grounds_note: ShortText = ""
    approval: ApprovalIn | None = None
    on: Day | None = Field(default=None, description=_ON)

    def terms(self) -> Terms:
        approval = Approval(**self.approval.model_dump()) if self.approval else None
        return Terms(
            regime=self.regime,
            form=self.form,
            grounds=self.grounds,
            grounds_note=self.grounds_note,
            approval=approval,
        )


class DecisionIn(ApiModel):
    on: Day | None = Field(default=None, description=_ON)
    reason: ShortText = ""

    def asked(self, expected: int) -> Asked:
        return Asked(expected=expected, on=self.on, reason=self.reason)


class ReasonedIn(DecisionIn):
    reason: Reason


class ExitStrategyRef(ApiModel):
    """The document itself lives among documents."""

    document_id: UUID
    file_name: Title
    digest: Digest = Field(description="SHA-256 of the document")

    def strategy(self) -> DocumentRef:
        return DocumentRef(**self.model_dump())


class ExitIn(DecisionIn):
    """With the exit strategy, or with a note why there is none."""

    strategy: ExitStrategyRef | None = None
    note: ShortText = ""


class EndIn(DecisionIn):
    ends_on: AgreedDay = Field(description="Last day", examples=["2028-12-31"])
    kind: EndKind = Field(default=EndKind.AS_AGREED, description="How it comes to its end")


class PhaseOut(ApiModel):
    """`until_on` is the last day, empty for the last phase."""

    status: Status
    from_on: date
    until_on: date | None


class ApprovalOut(ApiModel):
    body: str
    approved_on: date
    reference: str


class CooperationOut(ApiModel):
    """`started_at` and `ended_at` tell when the start and the end were told to others."""

    id: UUID
    unit_id: UUID
    regime: CooperationRegime
    form: Form | None
    grounds: Grounds | None
    grounds_note: str
    approval: ApprovalOut | None
    status: Status
    starts_on: date | None
    ends_on: date | None
    end_kind: EndKind | None
    exit_strategy: ExitStrategyRef | None
    exit_note: str
    phases: list[PhaseOut]
    version: int
    started_at: datetime | None
    ended_at: datetime | None
    allowed_moves: list[Move] = Field(description="What can be decided now; nothing in a state of the past")

    @classmethod
    def of(cls, cooperation: Cooperation) -> "CooperationOut":
        allowed = PROCEDURE.allowed(cooperation.status)
        values = {name: getattr(cooperation, name) for name in Cooperation.__slots__}
        return cls.model_validate({**values, "allowed_moves": allowed})


class CooperationBegun(CooperationOut):
    proposed_ends_on: date | None = Field(description="The last day of the regime's usual duration")

    @classmethod
    def begun(cls, cooperation: Cooperation) -> "CooperationBegun":
        first = cooperation.starts_on
        proposed = REGIMES[cooperation.regime].proposed_end(first) if first else None
        return cls(**dict(CooperationOut.of(cooperation)), proposed_ends_on=proposed)


class DecisionOut(ApiModel):
    """Who decided what and why; the journal has the states before and after."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    version: int
    action: str
    decided_on: date
    at: datetime
    actor: str | None = Field(description="Told to the Agency and to the unit alone")
    affiliation: str
    reason: str


class HistoryOut(ApiModel):
    """The phases in time, and the decisions that the caller may read, the latest first."""

    cooperation_id: UUID
    phases: list[PhaseOut]
    decisions: list[DecisionOut]


class RegimeOut(ApiModel):
    code: CooperationRegime
    name_cs: str
    name_en: str
    programme: Programme
    default_months: int | None = Field(description="Usual duration; empty where it is set individually")
    longest_months: int | None
    needs: list[Need]
    forms: list[Form]
    grounds: list[Grounds]
    excludes: list[CooperationRegime]

    @classmethod
    def of(cls, regime: Regime) -> "RegimeOut":
        return cls.model_validate(regime)


class RegimeList(ApiModel):
    items: list[RegimeOut]


class ConsultantOut(ApiModel):
    person: str
    name: str


class RegionOut(ApiModel):
    """All three are empty for a unit that lies in no region, such as one of the whole country."""

    id: UUID | None
    code: str | None
    name: str | None


class CooperationItem(ApiModel):
    """A cooperation as it stands on the day that was asked for."""

    id: UUID
    unit_id: UUID
    unit_name: str
    unit_kind: UnitKind
    unit_code: str | None
    region: RegionOut
    regime: CooperationRegime
    form: Form | None
    status: Status
    status_from: date = Field(description="First day of the phase")
    starts_on: date | None
    ends_on: date | None
    areas: list[ThematicArea] = Field(description="Of the descriptions of cooperation in force")
    memorandum_from: date | None = Field(description="Since when the memorandum of the unit is in force")
    consultants: list[ConsultantOut] | None = Field(
        description="Local consultants of the unit; empty for those who may not know their names"
    )
    version: int


class CooperationList(ApiModel):
    items: list[CooperationItem]
    next: str | None
