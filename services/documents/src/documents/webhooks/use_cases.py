"""What people and systems decide on their webhooks."""

import base64
import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from documents.neighbours.addresses import is_allowed
from documents.proving.sealing import Sealer
from documents.webhooks import attempt_repository, repository
from documents.webhooks.domain import (
    MOST_WEBHOOKS,
    OVERLAP,
    PING,
    Wanted,
    Webhook,
    WebhookState,
    allowed_moves,
    expect_types,
)
from documents.webhooks.refusals import (
    AddressNotAllowed,
    DeliveryUnknown,
    EventNotKept,
    NothingToSkip,
    RotationStillRuns,
    TooManyWebhooks,
    UnitsNotYours,
    WebhookNotSending,
    WebhookUnknown,
)
from shared.auth import Actor
from shared.contracts.base import Role
from shared.errors import expect_version
from shared.settings import Settings
from shared.transaction import Transaction

SECRET_BYTES: Final = 32


async def subscribe(
    tx: Transaction, wanted: Wanted, *, settings: Settings, sealer: Sealer
) -> tuple[UUID, str]:
    """Return the webhook and its secret, which is shown this once; it is sent what happens from now on.

    Raises `AddressNotAllowed`, `EventTypeUnknown`, `UnitsNotYours`, `TooManyWebhooks`.
    """
    _expect(tx.actor, wanted, settings=settings)
    if await repository.lock_owner(tx.session, tx.actor.id) >= MOST_WEBHOOKS:
        raise TooManyWebhooks(most=MOST_WEBHOOKS)
    webhook_id, secret = tx.new_id(), new_secret()
    webhook = Webhook(
        id=webhook_id,
        version=1,
        created_by=tx.actor.id,
        wanted=wanted,
        state=WebhookState.ACTIVE,
        position=await repository.last_position(tx.session),
        attempts=0,
        sealed_secret=sealer.seal(secret, of=webhook_id),
        previous_ends_at=None,
    )
    await repository.add_webhook(tx.session, webhook, now=tx.now)
    return webhook.id, secret


def new_secret() -> str:
    """Return a secret as Standard Webhooks writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _expect(actor: Actor, wanted: Wanted, *, settings: Settings) -> None:
    if not is_allowed(wanted.url, loopback=settings.webhooks_loopback):
        raise AddressNotAllowed(pointer="/url")
    expect_types(wanted.types)
    is_bound = bool(actor.units) and not actor.is_agency
    if is_bound and not (wanted.unit_ids and actor.units.issuperset(wanted.unit_ids)):
        raise UnitsNotYours(pointer="/unit_ids")


async def _locked(tx: Transaction, webhook_id: UUID, version: int) -> Webhook:
    """Return a webhook of the caller's; administrators decide on everybody's."""
    owner = None if tx.actor.has_any({Role.ADMINISTRATOR}) else tx.actor.id
    webhook = await repository.lock_webhook(tx.session, webhook_id, owner=owner)
    if webhook is None:
        raise WebhookUnknown
    expect_version(version, webhook.version)
    return webhook


async def change(
    tx: Transaction, webhook_id: UUID, version: int, wanted: Wanted, *, settings: Settings
) -> None:
    """Let it want something else, from where it stands on."""
    await _locked(tx, webhook_id, version)
    _expect(tx.actor, wanted, settings=settings)
    await repository.want(tx.session, webhook_id, wanted, now=tx.now)


async def unsubscribe(tx: Transaction, webhook_id: UUID, version: int) -> None:
    await _locked(tx, webhook_id, version)
    await repository.remove(tx.session, webhook_id)


async def pause(tx: Transaction, webhook_id: UUID, version: int) -> None:
    """Send nothing more; what happens meanwhile waits."""
    await _locked(tx, webhook_id, version)
    await _begin_anew(tx, webhook_id, WebhookState.PAUSED)


async def activate(tx: Transaction, webhook_id: UUID, version: int) -> None:
    """Send again, at once, from where it stopped: the attempts begin anew. Of an active one: retry now."""
    await _locked(tx, webhook_id, version)
    await _begin_anew(tx, webhook_id, WebhookState.ACTIVE)


async def _begin_anew(tx: Transaction, webhook_id: UUID, state: WebhookState) -> None:
    values = {
        "state": state.value,
        "reason": None,
        "changed_at": tx.now,
        "attempts": 0,
        "first_failed_at": None,
        "due_at": tx.now,
        "notice_at": None,
    }
    await repository.change(tx.session, webhook_id, values)


async def replay(
    tx: Transaction, webhook_id: UUID, version: int, *, event_id: UUID | None, since: datetime | None
) -> None:
    """Send again from an event on (itself included), from an instant on, or everything that is kept.

    Raises `EventNotKept`. What is on its way this moment changes nothing of it.
    """
    await _locked(tx, webhook_id, version)
    position = await repository.position_before(tx.session, event_id=event_id, since=since)
    if position is None:
        raise EventNotKept
    values = {
        "position": position,
        "attempts": 0,
        "first_failed_at": None,
        "due_at": tx.now,
        "lease": None,
        "lease_ends_at": None,
    }
    await repository.change(tx.session, webhook_id, values)


async def skip(tx: Transaction, webhook_id: UUID, version: int) -> None:
    """Give up the event that holds up the others; the journal tells that a person did so."""
    webhook = await _locked(tx, webhook_id, version)
    blocking = await attempt_repository.next_event(tx.session, webhook_id)
    if blocking is None or webhook.attempts == 0:
        raise NothingToSkip
    await repository.note_skipped(tx.session, tx.new_id(), webhook, blocking, now=tx.now)
    values = {
        "position": blocking.position,
        "attempts": 0,
        "first_failed_at": None,
        "due_at": tx.now,
        "lease": None,
        "lease_ends_at": None,
    }
    await repository.change(tx.session, webhook_id, values)


async def rotate(tx: Transaction, webhook_id: UUID, version: int, *, sealer: Sealer) -> str:
    """Return a new secret; the old one signs beside it for a day, unless the key that opens it was lost.

    Raises `RotationStillRuns`.
    """
    webhook = await _locked(tx, webhook_id, version)
    is_known = sealer.opens(webhook.sealed_secret, of=webhook_id)
    if is_known and webhook.previous_ends_at is not None and webhook.previous_ends_at > tx.now:
        raise RotationStillRuns(until=webhook.previous_ends_at)
    secret = new_secret()
    values = {
        "secret": sealer.seal(secret, of=webhook_id),
        "previous_secret": webhook.sealed_secret if is_known else None,
        "previous_ends_at": tx.now + OVERLAP if is_known else None,
    }
    await repository.change(tx.session, webhook_id, values)
    return secret


async def ping(tx: Transaction, webhook_id: UUID, version: int) -> UUID:
    """Have a test sent, whatever the state is; return its delivery."""
    await _locked(tx, webhook_id, version)
    delivery_id = tx.new_id()
    await repository.ask_for(tx.session, delivery_id, webhook_id, event_id=tx.new_id(), kind=PING, now=tx.now)
    return delivery_id


async def retry_one(tx: Transaction, webhook_id: UUID, version: int, delivery_id: UUID) -> UUID:
    """Have the event of a delivery sent once more, beside the order of the others; return its delivery.

    Raises `DeliveryUnknown`, `EventNotKept`, `WebhookNotSending`.
    """
    webhook = await _locked(tx, webhook_id, version)
    found = await repository.find_delivered(tx.session, webhook_id, delivery_id)
    if found is None:
        raise DeliveryUnknown
    if webhook.state is not WebhookState.ACTIVE:
        raise WebhookNotSending(state=webhook.state.value, allowed_moves=allowed_moves(webhook.state))
    event_id, kind = found
    if kind != PING and await repository.position_before(tx.session, event_id=event_id, since=None) is None:
        raise EventNotKept
    again = tx.new_id()
    await repository.ask_for(tx.session, again, webhook_id, event_id=event_id, kind=kind, now=tx.now)
    return again
