"""JSON of applications as it comes in."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from registry.applications.content import (
    Attachment,
    Body,
    Check,
    CheckedItem,
    Contact,
    Covers,
    MissingItem,
    Resolution,
    Written,
)
from registry.applications.forms import tamed
from registry.decided import DecisionDay
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, Day, Digest, Flag, Instant, Reasons, ShortText, Storable, Title


class ContactIn(ApiModel):
    name: Title
    function: ShortText = ""
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,100}@[^@\s]{1,150}$"), Storable]
    phone: Annotated[str, StringConstraints(pattern=r"^\+?[0-9 ]{0,25}$")] = ""


class AttachmentIn(ApiModel):
    kind: Title = Field(description="Code of the call's attachment")
    document_id: UUID = Field(description="In the service `documents`")
    file_name: Title
    digest: Digest = Field(description="SHA-256 of the file")


class ResolutionIn(ApiModel):
    number: Title = Field(examples=["97/18-ZM"])
    adopted_on: Day
    body: Body
    covers: Annotated[list[Covers], Field(max_length=10)]
    document_id: UUID | None = None


class WrittenIn(ApiModel):
    """All that the applicant writes; in a draft any of it may be empty."""

    form: dict[str, object] = Field(description="By the form of the call; decimals are text")
    areas: Annotated[list[ThematicArea], Field(max_length=20)]
    contact: ContactIn | None
    attachments: Annotated[list[AttachmentIn], Field(max_length=100)]
    resolution: ResolutionIn | None

    def written(self) -> Written:
        """Raise FormIsTooLarge and what else cannot be kept."""
        resolution = self.resolution
        return Written(
            form=tamed(self.form),
            areas=tuple(dict.fromkeys(self.areas)),
            contact=Contact(**self.contact.model_dump()) if self.contact else None,
            attachments=tuple(Attachment(**each.model_dump()) for each in self.attachments),
            resolution=None
            if resolution is None
            else Resolution(
                number=resolution.number,
                adopted_on=resolution.adopted_on,
                body=resolution.body,
                covers=frozenset(resolution.covers),
                document_id=resolution.document_id,
            ),
        )


class EditIn(WrittenIn):
    """The whole again; the day counts where it was submitted already."""

    on: DecisionDay = None


class ApplicationIn(ApiModel):
    call_id: UUID
    unit_id: UUID
    content: WrittenIn | None = None

    def written(self) -> Written:
        empty = Written(form={}, areas=(), contact=None, attachments=(), resolution=None)
        return self.content.written() if self.content else empty


class ReceiptIn(ApiModel):
    """Nothing where it is submitted here and now; the Agency writes down what a data box delivered."""

    received_at: Instant | None = None
    message_id: ShortText = Field(default="", description="Of the data box message")


class MissingItemIn(ApiModel):
    pointer: Annotated[str, StringConstraints(pattern=r"^(/.*)?$", max_length=500), Storable] = ""
    what: Reasons


class ReturnIn(ApiModel):
    items: Annotated[list[MissingItemIn], Field(min_length=1, max_length=100)]
    on: DecisionDay = None

    def missing(self) -> tuple[MissingItem, ...]:
        return tuple(MissingItem(pointer=each.pointer, what=each.what) for each in self.items)


class CheckedIn(ApiModel):
    is_met: Flag
    note: ShortText = ""


class ChecklistIn(ApiModel):
    """Each item of the formal check, yes or no, with a note."""

    complete: CheckedIn
    eligible: CheckedIn
    in_time: CheckedIn
    resolution_valid: CheckedIn
    signed: CheckedIn

    def items(self) -> tuple[CheckedItem, ...]:
        checked = {
            Check.COMPLETE: self.complete,
            Check.ELIGIBLE: self.eligible,
            Check.IN_TIME: self.in_time,
            Check.RESOLUTION_VALID: self.resolution_valid,
            Check.SIGNED: self.signed,
        }
        return tuple(
            CheckedItem(check=check, is_met=each.is_met, note=each.note) for check, each in checked.items()
        )


class FormalCheckIn(ApiModel):
    checklist: ChecklistIn
    on: DecisionDay = None


class FormalRejectionIn(ApiModel):
    reasons: Reasons
    checklist: ChecklistIn | None = None
    on: DecisionDay = None


class ApprovalIn(ApiModel):
    reasons: Reasons = Field(description="Published")
    exceeding_reason: ShortText = Field(default="", description="Why the capacity of the call is exceeded")
    on: DecisionDay = None


class RejectionIn(ApiModel):
    reasons: Reasons = Field(description="Published")
    on: DecisionDay = None


class WithdrawalIn(ApiModel):
    reason: Reasons
    on: DecisionDay = None
