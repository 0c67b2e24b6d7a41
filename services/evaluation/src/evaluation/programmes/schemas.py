"""JSON of deliverables and of the outputs that they fulfil."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from evaluation.programmes.domain import Assignment, Standing
from shared.contracts.documents import DocumentKind, OutputKind
from shared.http import ApiModel, Day, Title


class DeliverableOut(ApiModel):
    """One published version of a document."""

    document_id: UUID
    version: int
    kind: DocumentKind
    title: str
    plan_id: UUID | None
    revision: int | None
    unit_ids: list[UUID]
    media_type: str
    size_bytes: int
    digest: str
    published_at: datetime
    approved_by: str | None = Field(description="The body or the office that approved it")
    approved_on: date | None
    output_kind: OutputKind | None
    output_id: UUID | None = Field(description="The output of a project as which it was published")
    withdrawn: bool


class DeliverableList(ApiModel):
    items: list[DeliverableOut]
    next: str | None


class KindTotal(ApiModel):
    kind: DocumentKind
    documents: int
    versions: int


class DeliverableTotals(ApiModel):
    """A document counts once, however many of its versions are public; a withdrawn one does not count."""

    items: list[KindTotal]
    documents: int
    versions: int


class ApprovalOfDocumentIn(ApiModel):
    approved_by: Title = Field(
        description="A body or an office, never a person", examples=["Rada města Ostravy"]
    )
    approved_on: Day


class AssignmentIn(ApiModel):
    document_id: UUID
    output_id: UUID
    unit_id: UUID | None = Field(default=None, description="Where the output is one per unit")
    approved_by: Title | None = Field(
        default=None, description="The body that approved it, where the document does not tell so itself"
    )
    approved_on: Day | None = None

    def assignment(self) -> Assignment:
        return Assignment(
            document_id=self.document_id,
            output_id=self.output_id,
            unit_id=self.unit_id,
            approved_by=self.approved_by,
            approved_on=self.approved_on,
        )


class AssignmentState(ApiModel):
    document_id: UUID
    version: int


class LedgerEntryOut(ApiModel):
    """A document that fulfils an output: `standing` tells whether it counts on the day asked for."""

    document_id: UUID
    version: int = Field(description="Of the assignment")
    output_id: UUID
    output_code: str
    key_activity: str
    unit_id: UUID | None
    unit_name: str | None
    title: str | None
    digest: str | None
    published_at: datetime | None
    approved_by: str | None
    approved_on: date | None
    standing: Standing
    in_indicator: bool


class LedgerPage(ApiModel):
    items: list[LedgerEntryOut]
    next: str | None
