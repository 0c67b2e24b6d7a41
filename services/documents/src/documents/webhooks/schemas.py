"""The JSON of webhooks."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from documents.webhooks.domain import Cause, DisabledFor, Fault, Outcome, Wanted, WebhookState
from shared.http import ApiModel, Instant, ShortText, Storable, Title

EventType = Annotated[
    str,
    StringConstraints(max_length=100, pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$"),
    Field(description="A type of event, or its beginning up to a dot: `planning`, `planning.plan`"),
    Storable,
]
Address = Annotated[
    str, StringConstraints(min_length=1, max_length=2000), Storable, Field(description="https, public")
]
Contact = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^$|^[!-?A-~]+@[0-9A-Za-z.-]+$"),
    Field(description="The e-mail address that is written to when the webhook is disabled by itself"),
]


class WebhookIn(ApiModel):
    """What is to be sent where; without types every event, without units those of all units."""

    url: Address
    description: Title
    contact: Contact = ""
    types: Annotated[tuple[EventType, ...], Field(max_length=50)] = ()
    unit_ids: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()

    def wanted(self) -> Wanted:
        return Wanted(
            url=self.url,
            description=self.description,
            contact=self.contact,
            types=tuple(dict.fromkeys(self.types)),
            unit_ids=tuple(dict.fromkeys(self.unit_ids)),
        )


class WebhookListed(ApiModel):
    """A subscription; `reason` says why it was disabled by itself."""

    id: UUID
    version: int
    url: str
    description: ShortText
    contact: str
    types: tuple[str, ...]
    unit_ids: tuple[UUID, ...]
    state: WebhookState
    reason: DisabledFor | None
    created_by: str
    created_at: datetime
    changed_at: datetime
    delivered_at: Annotated[datetime | None, Field(description="When the last event was delivered")]
    attempts: Annotated[int, Field(description="Failed attempts of the event that is next")]
    first_failed_at: datetime | None
    next_attempt_at: datetime | None
    previous_secret_ends_at: datetime | None


class WebhookOut(WebhookListed):
    waiting: Annotated[int, Field(description="Events that wait for it, counted to 10,000")]


class WebhookList(ApiModel):
    items: tuple[WebhookListed, ...]
    next: str | None


class WebhookCreated(ApiModel):
    """The secret is shown this once."""

    id: UUID
    version: int
    secret: Annotated[str, Field(description="As Standard Webhooks writes it: `whsec_` and Base64")]


class SecretOut(ApiModel):
    """The new secret, shown this once; the old one signs beside it until then."""

    secret: str
    version: int


class ReplayIn(ApiModel):
    """From an event on, from an instant on, or (nothing given) everything that is kept."""

    event_id: UUID | None = None
    since_at: Instant | None = None


class DeliveryAsked(ApiModel):
    """Its outcome is found among the deliveries."""

    id: UUID


class DeliveryOut(ApiModel):
    """One attempt; `excerpt` is the beginning of what the receiver answered."""

    id: UUID
    event_id: UUID
    type: str
    cause: Cause
    attempt: int
    outcome: Outcome
    status: int | None
    fault: Fault | None
    excerpt: str
    duration_ms: int | None
    asked_at: datetime
    sent_at: datetime | None


class DeliveryList(ApiModel):
    items: tuple[DeliveryOut, ...]
    next: str | None
