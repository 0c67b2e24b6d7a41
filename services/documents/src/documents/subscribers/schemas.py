"""JSON of sign-ups and of subscribers."""

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from documents.subscribers.domain import (
    WORDINGS,
    ConsentFact,
    NewsLanguage,
    Segment,
    SignUp,
    Subscriber,
    SubscriberStatus,
    Theme,
)
from documents.subscribers.refusals import ConsentNotGiven
from shared.contracts.registry import ThematicArea
from shared.http import ApiModel, Flag, ShortText


def _address(value: str) -> str:
    """Refuse what no header could carry; whether somebody reads it there, the confirmation will tell."""
    try:
        parsed = Address(addr_spec=value)
    except (ValueError, IndexError, MessageError) as error:
        raise PydanticCustomError("mail_address", "This is no e-mail address") from error
    if parsed.addr_spec != value or "." not in parsed.domain:
        raise PydanticCustomError("mail_address", "This is no e-mail address")
    return value


MailAddress = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[!-?A-~]+@[0-9A-Za-z.-]+$"),
    AfterValidator(_address),
]
Key = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Units = Annotated[tuple[UUID, ...], Field(max_length=50, description="None means all")]
Areas = Annotated[tuple[ThematicArea, ...], Field(max_length=8, description="None means all")]
Themes = Annotated[tuple[Theme, ...], Field(max_length=6, description="None means all")]


class SegmentIn(ApiModel):
    unit_ids: Units = ()
    areas: Areas = ()
    themes: Themes = ()

    def segment(self) -> Segment:
        return Segment(
            unit_ids=tuple(dict.fromkeys(self.unit_ids)),
            areas=tuple(dict.fromkeys(self.areas)),
            themes=tuple(dict.fromkeys(self.themes)),
        )


class SubscriptionIn(SegmentIn):
    """A form of the newsletter; `form` says which page it stood on."""

    address: MailAddress = Field(examples=["jana.malinova@obrnice.cz"])
    language: NewsLanguage = NewsLanguage.CS
    consent: Flag
    form: ShortText = ""

    def sign_up(self) -> SignUp:
        """Raise ConsentNotGiven where the box was left empty."""
        if not self.consent:
            raise ConsentNotGiven(pointer="/consent")
        return SignUp(
            address=self.address,
            language=self.language,
            segment=self.segment(),
            form=self.form,
            wording=WORDINGS[self.language],
        )


class SubscriptionAsked(ApiModel):
    """The same to everybody: it does not tell whether the address is known."""

    next_step: str = Field(examples=["Na zadanou adresu jsme poslali dopis. Potvrďte odběr odkazem v něm."])


class ConsentWording(ApiModel):
    language: NewsLanguage
    wording: str


class MySubscriptionIn(SegmentIn):
    language: NewsLanguage


class MySubscription(ApiModel):
    status: SubscriberStatus
    language: NewsLanguage
    unit_ids: tuple[UUID, ...]
    areas: tuple[ThematicArea, ...]
    themes: tuple[Theme, ...]
    confirmed_at: datetime | None
    version: int

    @classmethod
    def of(cls, subscriber: Subscriber) -> "MySubscription":
        segment = subscriber.segment
        return cls(
            status=subscriber.status,
            language=subscriber.language,
            unit_ids=segment.unit_ids,
            areas=segment.areas,
            themes=segment.themes,
            confirmed_at=subscriber.confirmed_at,
            version=subscriber.version,
        )


class SubscriberOut(ApiModel):
    id: UUID
    status: SubscriberStatus
    language: NewsLanguage
    unit_ids: tuple[UUID, ...]
    areas: tuple[ThematicArea, ...]
    themes: tuple[Theme, ...]
    created_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    version: int
    address: str


class ConsentOut(ApiModel):
    fact: ConsentFact
    at: datetime
    form: str
    wording: str


class ConsentRecord(ApiModel):
    """What proves a consent: which form asked, with which words, and what followed."""

    subscriber_id: UUID
    facts: tuple[ConsentOut, ...]


class SubscriberList(ApiModel):
    items: tuple[SubscriberOut, ...]
    next: str | None


class SubscriberCount(ApiModel):
    status: SubscriberStatus
    language: NewsLanguage
    count: int


class SubscriberCounts(ApiModel):
    counts: tuple[SubscriberCount, ...]
