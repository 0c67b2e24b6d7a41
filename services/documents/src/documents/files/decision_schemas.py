"""The JSON of decisions on documents, and of their history."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from documents.files.acts import Action
from documents.files.decision_use_cases import Approval
from documents.files.decisions import Description
from documents.files.domain import Accessibility, Document, Language
from documents.files.kinds import KINDS, Audience, Path
from documents.files.states import DocumentMove, DocumentState, procedure_of
from shared.contracts.documents import DocumentKind, OutputKind
from shared.http import ApiModel, Count, Day, Flag, Reason, ShortText, Storable, Title

VersionNumber = Annotated[Count, Field(ge=1, le=2_000_000_000, description="The version it is about")]


class DescriptionIn(ApiModel):
    """All that is said of a document; what is left out is said no more.

    `approved_by` and the like come by decisions. The title of a rendered document has names of others in it
    and may be longer than one that people file.
    """

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600), Storable]
    kind: DocumentKind
    unit_ids: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()
    plan_id: UUID | None = None
    cooperation_id: UUID | None = None
    reference_number: ShortText | None = Field(default=None, description="Číslo jednací")
    file_mark: ShortText | None = Field(default=None, description="Spisová značka")
    author: ShortText | None = None
    dated_on: Day | None = None
    language: Language = Language.CS
    licence: ShortText | None = None
    holds_personal_data: Flag | None = None
    accessibility: Accessibility = Accessibility.UNVERIFIED
    accessibility_note: ShortText | None = None
    output_kind: OutputKind | None = None
    output_id: UUID | None = None

    def said(self) -> Description:
        return Description(
            **{**dict(self), "unit_ids": tuple(dict.fromkeys(self.unit_ids))},
        )


class CommentsIn(ApiModel):
    number: VersionNumber
    reason: ShortText | None = Field(default=None, description="Who is to comment, until when")


class ReasonIn(ApiModel):
    number: VersionNumber
    reason: Reason


class ApprovalIn(ApiModel):
    number: VersionNumber
    approved_by: Title = Field(description="A body or an office, never a person")
    approved_on: Day
    resolution: ShortText | None = Field(default=None, description="Number of the resolution")

    def approval(self) -> Approval:
        return Approval(body=self.approved_by, approved_on=self.approved_on, resolution=self.resolution)


class SignatureIn(ApiModel):
    number: VersionNumber
    signed_on: Day


class RestorationIn(ApiModel):
    number: VersionNumber


class DocumentStanding(ApiModel):
    """Where a decision left the document, and what may follow."""

    document_id: UUID
    title: str
    kind: DocumentKind
    state: DocumentState
    version: int
    latest: int
    public_number: int | None
    approved_by: str | None
    approved_on: date | None
    allowed_moves: tuple[DocumentMove, ...]

    @classmethod
    def of(cls, document: Document) -> Self:
        return cls(
            document_id=document.id,
            title=document.title,
            kind=document.kind,
            state=document.state,
            version=document.version,
            latest=document.latest,
            public_number=document.public_number,
            approved_by=document.about.approved_by,
            approved_on=document.about.approved_on,
            allowed_moves=tuple(procedure_of(document.kind).allowed(document.state)),
        )


class ActOut(ApiModel):
    """Who did what with which version, when and why; `state` is the one that it led to."""

    version: int
    action: Action
    number: int | None
    state: DocumentState
    reason: str | None
    actor_name: str
    affiliation: str
    at: datetime


class DocumentHistory(ApiModel):
    items: tuple[ActOut, ...]
    next: str | None


class KindOut(ApiModel):
    code: DocumentKind
    name: str
    path: Path
    audience: Audience
    output_kind: OutputKind | None


class DocumentKinds(ApiModel):
    """The kinds of document, and which way each goes before everybody may read it."""

    items: tuple[KindOut, ...]

    @classmethod
    def of(cls, language: str) -> Self:
        items = (
            KindOut(
                code=kind,
                name=rule.cs if language == "cs" else rule.en,
                path=rule.path,
                audience=rule.audience,
                output_kind=rule.output,
            )
            for kind, rule in KINDS.items()
        )
        return cls(items=tuple(items))
