"""JSON of memoranda."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field

from registry.applications.content import Body
from registry.decided import DecisionDay
from registry.memoranda.content import (
    AgencyParty,
    Party,
    Reason,
    Resolution,
    Side,
)
from registry.memoranda.domain import Edition
from registry.memoranda.steps import PROCEDURE, Move, Status
from registry.memoranda.use_cases import Draft, Signing
from shared.contracts import documents
from shared.http import ApiModel, Day, Digest, ShortText, Title


class DocumentRef(ApiModel):
    """A file in `documents`, by reference."""

    document_id: UUID
    file_name: Title
    digest: Digest = Field(description="SHA-256 of the file, in lower-case hexadecimal")

    def reference(self) -> documents.DocumentRef:
        return documents.DocumentRef(**self.model_dump())


class MemorandumDraftIn(ApiModel):
    """What is written before the assembly approves; nothing of it changes afterwards."""

    reason: Reason = Reason.FIRST
    agency_party: AgencyParty | None = Field(
        default=None, description="Who concludes for the Agency; the one of today if left out"
    )
    application_id: UUID | None = Field(default=None, description="Approved; none where history has none")
    document: DocumentRef | None = Field(default=None, description="The text; needed for the approval")

    def draft(self) -> Draft:
        return Draft(
            reason=self.reason,
            agency_party=self.agency_party,
            application_id=self.application_id,
            document=self.document.reference() if self.document else None,
        )


class MemorandumIn(MemorandumDraftIn):
    unit_id: UUID


class ResolutionIn(ApiModel):
    number: Title = Field(examples=["97/18-ZM"])
    adopted_on: Day = Field(examples=["2018-12-10"])
    body: Body = Body.ASSEMBLY
    document_id: UUID | None = None

    def resolution(self) -> Resolution:
        return Resolution(
            number=self.number, adopted_on=self.adopted_on, body=self.body, document_id=self.document_id
        )


class MemorandumApprovalIn(ApiModel):
    """Without a resolution that of the application counts, where it covers the memorandum."""

    resolution: ResolutionIn | None = None
    on: DecisionDay = None


class MemorandumSignatureIn(ApiModel):
    side: Side
    name: Title = Field(description="Of the signatory; it is published", examples=["Karolína Koubová"])
    function: Title = Field(examples=["primátorka"])
    on: DecisionDay = None

    def signing(self) -> Signing:
        return Signing(side=self.side, name=self.name, function=self.function, signed_on=self.on)


class MemorandumDiscardIn(ApiModel):
    reason: ShortText = ""
    on: DecisionDay = None


class MemorandumTerminationIn(ApiModel):
    """`on` is the last day in force."""

    by: Side | None = Field(default=None, description="None: both parties agreed on it")
    reason: Title
    on: DecisionDay = None


class SignatureOut(ApiModel):
    """Who signed; not who wrote it down."""

    model_config = ConfigDict(extra="ignore")

    side: Side
    name: str
    function: str
    signed_on: date


class ResolutionOut(ApiModel):
    number: str
    adopted_on: date
    body: Body
    document_id: UUID | None


class PartyOut(ApiModel):
    """`first_day` and `last_day`: when it may conclude for the Agency; empty where it lasts."""

    name: str
    ico: str | None
    first_day: date | None
    last_day: date | None


class AgencyPartyOut(PartyOut):
    code: AgencyParty

    @classmethod
    def named(cls, code: AgencyParty, party: Party) -> "AgencyPartyOut":
        return cls(
            code=code, name=party.name, ico=party.ico, first_day=party.first_day, last_day=party.last_day
        )


class AgencyPartyList(ApiModel):
    items: list[AgencyPartyOut]


class TerminationOut(ApiModel):
    by: Side | None
    terminated_on: date
    reason: str


class MemorandumHead(ApiModel):
    """An edition as lists show it; in force from `concluded_on` until `in_force_until`, if that is set."""

    id: UUID
    unit_id: UUID
    unit_name: str
    edition: int
    version: int
    status: Status
    reason: Reason
    agency_party: AgencyParty
    concluded_on: date | None
    in_force_until: date | None
    digest: str | None
    needs_reconclusion: str | None = Field(
        description="Why it is to be concluded anew: agency-party-ended, unit-closed or unit-changed"
    )


class MemorandumOut(ApiModel):
    id: UUID
    unit_id: UUID
    edition: int
    version: int
    status: Status
    reason: Reason
    agency_party: AgencyParty
    application_id: UUID | None
    document: DocumentRef | None
    resolution: ResolutionOut | None
    unit_party: PartyOut | None = Field(description="The unit as it was called when it was concluded")
    signatures: list[SignatureOut]
    concluded_on: date | None
    in_force_until: date | None
    termination: TerminationOut | None
    digest: str | None
    needs_reconclusion: str | None
    allowed_moves: list[Move]

    @classmethod
    def of(cls, edition: Edition, *, needs_reconclusion: str | None = None) -> "MemorandumOut":
        known = {name: getattr(edition, name) for name in cls.model_fields if hasattr(edition, name)}
        return cls.model_validate(
            {
                **known,
                "needs_reconclusion": needs_reconclusion,
                "allowed_moves": PROCEDURE.allowed(edition.status),
            }
        )


class MemorandumList(ApiModel):
    items: list[MemorandumHead]
    next: str | None
