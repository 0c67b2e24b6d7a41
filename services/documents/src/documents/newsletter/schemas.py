"""JSON of issues of the newsletter."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from documents.newsletter.domain import Issue, IssueContent, IssueSection, IssueState, Item
from documents.subscribers.domain import NewsLanguage, Segment, Theme
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, Instant, LongText, Reason, ShortText, Storable, Title

WebAddress = Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\s<>\"]+$"), Storable]


class ItemIn(ApiModel):
    """Leads to a published document, or to an address; the document's own title where no text is given."""

    text: ShortText = ""
    note: ShortText = ""
    document_id: UUID | None = None
    address: WebAddress | None = None

    @model_validator(mode="after")
    def _expect_a_line(self) -> "ItemIn":
        if self.document_id is not None and self.address is not None:
            raise PydanticCustomError("one_target", "An item leads to a document or to an address")
        if self.document_id is None and not self.text:
            raise PydanticCustomError("text_missing", "An item without a document needs a text")
        return self

    def item(self) -> Item:
        return Item(text=self.text, note=self.note, document_id=self.document_id, address=self.address or "")


class SectionIn(ApiModel):
    heading: Title
    text: LongText = ""
    items: Annotated[tuple[ItemIn, ...], Field(max_length=50)] = ()

    def section(self) -> IssueSection:
        return IssueSection(
            heading=self.heading, text=self.text, items=tuple(each.item() for each in self.items)
        )


class IssueIn(ApiModel):
    """An issue goes to who reads its language; empty units, areas and themes mean everybody."""

    language: NewsLanguage = NewsLanguage.CS
    title: Title
    opening: LongText = ""
    sections: Annotated[tuple[SectionIn, ...], Field(max_length=30)] = ()
    unit_ids: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()
    areas: Annotated[tuple[ThematicArea, ...], Field(max_length=8)] = ()
    themes: Annotated[tuple[Theme, ...], Field(max_length=6)] = ()

    def content(self) -> IssueContent:
        return IssueContent(
            language=self.language,
            title=self.title,
            opening=self.opening,
            sections=tuple(each.section() for each in self.sections),
            segment=Segment(
                unit_ids=tuple(dict.fromkeys(self.unit_ids)),
                areas=tuple(dict.fromkeys(self.areas)),
                themes=tuple(dict.fromkeys(self.themes)),
            ),
        )


class IssueApprovalIn(ApiModel):
    """When it goes out; at once where nothing is told."""

    send_at: Instant | None = None


class IssueReasonIn(ApiModel):
    reason: Reason


class IssueStanding(ApiModel):
    """Where an issue stands after a decision."""

    id: UUID
    state: IssueState
    number: int | None
    send_at: datetime | None
    version: int

    @classmethod
    def of(cls, issue: Issue) -> "IssueStanding":
        return cls(
            id=issue.id,
            state=issue.state,
            number=issue.number,
            send_at=issue.send_at,
            version=issue.version,
        )


class IssueSummary(ApiModel):
    """The counts are of letters: nobody watches whether they are opened."""

    id: UUID
    number: int | None
    state: IssueState
    language: NewsLanguage
    title: str
    send_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    created_at: datetime
    writer: str
    approver: str | None
    approved_at: datetime | None
    reason: str | None
    recipients: int
    version: int
    waiting: int
    sent: int
    refused: int
    dropped: int


class ItemOut(ApiModel):
    text: str
    note: str
    document_id: UUID | None
    address: str


class IssueSectionOut(ApiModel):
    heading: str
    text: str
    items: tuple[ItemOut, ...]


class IssueDetail(IssueSummary):
    opening: str
    sections: tuple[IssueSectionOut, ...]
    unit_ids: tuple[UUID, ...]
    areas: tuple[ThematicArea, ...]
    themes: tuple[Theme, ...]


class IssueList(ApiModel):
    items: tuple[IssueSummary, ...]
    next: str | None


class ArchivedIssue(ApiModel):
    number: int
    language: NewsLanguage
    title: str
    sent_at: datetime


class Archive(ApiModel):
    items: tuple[ArchivedIssue, ...]
    next: str | None
