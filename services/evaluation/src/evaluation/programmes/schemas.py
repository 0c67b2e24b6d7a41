"""JSON of deliverables."""

from datetime import datetime
from uuid import UUID

from shared.contracts.documents import DocumentKind
from shared.http import ApiModel


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


class DeliverableList(ApiModel):
    items: list[DeliverableOut]
    next: str | None


class KindTotal(ApiModel):
    kind: DocumentKind
    documents: int
    versions: int


class DeliverableTotals(ApiModel):
    """A document counts once, however many of its versions were published."""

    items: list[KindTotal]
    documents: int
    versions: int
