"""A person signs up, confirms, changes what they get, leaves, and is forgotten."""

import os
from dataclasses import replace
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from documents.subscribers import domain, repository
from documents.subscribers.domain import (
    Consent,
    ConsentFact,
    LetterToSubscriber,
    NewsLanguage,
    Segment,
    SignUp,
    Subscriber,
    SubscriberStatus,
)
from documents.subscribers.flood import Limits, expect_room
from documents.subscribers.refusals import LinkNotValid, SegmentUnitUnknown, SubscriberUnknown
from documents.units.repository import known_units
from shared.clients import client_key
from shared.errors import expect_version
from shared.transaction import Transaction

LIMITS: Final = Limits(
    of_client=int(os.environ.get("DOCUMENTS_SIGN_UPS_OF_CLIENT") or 20),
    of_all=int(os.environ.get("DOCUMENTS_SIGN_UPS_OF_ALL") or 1_000),
)
"""Forms in an hour: of one client (an office may share an address), of everybody."""
_SECRET_BYTES: Final = 24
_MOST_ERASED: Final = 1_000


async def sign_up(tx: Transaction, asked: SignUp, *, client_address: str) -> None:
    """Ask the address whether it wants the newsletter; who it is known to hears the same from us.

    Raises SegmentUnitUnknown, TooManySignUps.
    """
    salt = await repository.salt_of(tx.session, tx.today, fresh=token_urlsafe(_SECRET_BYTES))
    client = client_key(client_address, salt)
    await repository.lock_client(tx.session, client)
    expect_room(await repository.arrived(tx.session, client, now=tx.now), LIMITS)
    await repository.note_arrival(tx.session, client, now=tx.now)
    await expect_units(tx, asked.segment)
    known = await repository.lock_address(tx.session, asked.address)
    confirmation = token_urlsafe(_SECRET_BYTES)
    if known is None:
        fresh = _fresh(tx, asked, confirmation)
        await repository.add(tx.session, fresh)
        changed = fresh
    else:
        changed = domain.asked_again(known, asked, confirmation=confirmation, now=tx.now, today=tx.today)
        await repository.save(tx.session, changed)
    if changed.asked_at == tx.now:  # a form that changed nothing is no consent
        await repository.note_consent(
            tx, changed.id, ConsentFact.ASKED, form=asked.form, wording=asked.wording
        )


def _fresh(tx: Transaction, asked: SignUp, confirmation: str) -> Subscriber:
    subscriber = Subscriber(
        id=tx.new_id(),
        status=SubscriberStatus.PENDING,
        address=asked.address,
        language=asked.language,
        segment=asked.segment,
        secret=token_urlsafe(_SECRET_BYTES),
        confirmation=confirmation,
        asked_at=tx.now,
        created_at=tx.now,
    )
    return domain.with_letter(subscriber, LetterToSubscriber.CONFIRMATION, now=tx.now, today=tx.today)


async def expect_units(tx: Transaction, segment: Segment) -> None:
    known = await known_units(tx.session, segment.unit_ids)
    for place, unit_id in enumerate(segment.unit_ids):
        if unit_id not in known:
            raise SegmentUnitUnknown(pointer=f"/unit_ids/{place}", unit_id=unit_id)


async def confirm(tx: Transaction, confirmation: str) -> Subscriber:
    """Begin to send; twice confirmed is once. Raises LinkNotValid."""
    subscriber = await repository.lock_by_confirmation(tx.session, confirmation)
    if subscriber is None:
        raise LinkNotValid
    confirmed = domain.confirmed(subscriber, now=tx.now)
    if confirmed is not subscriber:
        await repository.save(tx.session, confirmed)
        await repository.note_consent(tx, subscriber.id, ConsentFact.CONFIRMED)
    return confirmed


async def unsubscribe(tx: Transaction, secret: str) -> NewsLanguage | None:
    """Send nothing more; return the language of the subscriber, None where nobody has this link."""
    subscriber = await repository.lock_by_secret(tx.session, secret)
    if subscriber is None:
        return None
    ended = domain.ended(subscriber, SubscriberStatus.UNSUBSCRIBED, now=tx.now)
    if ended is not subscriber:
        await repository.save(tx.session, ended)
        await repository.note_consent(tx, subscriber.id, ConsentFact.WITHDRAWN)
    return subscriber.language


async def change_mine(
    tx: Transaction, secret: str, segment: Segment, *, language: NewsLanguage, expected: int
) -> Subscriber:
    """Change what comes; raises LinkNotValid, SegmentUnitUnknown."""
    subscriber = await _mine(tx, secret)
    expect_version(expected, subscriber.version)
    await expect_units(tx, segment)
    changed = replace(subscriber, segment=segment, language=language, version=subscriber.version + 1)
    await repository.save(tx.session, changed)
    await repository.note_consent(tx, subscriber.id, ConsentFact.CHANGED)
    return changed


async def erase_mine(tx: Transaction, secret: str, *, expected: int) -> None:
    """Forget the person; the record of consent keeps that somebody was here. Raises LinkNotValid."""
    subscriber = await _mine(tx, secret)
    expect_version(expected, subscriber.version)
    await _erase(tx, subscriber.id)


async def erase_subscriber(tx: Transaction, subscriber_id: UUID, *, expected: int) -> None:
    """Forget who asked for it in another way than by the link. Raises SubscriberUnknown."""
    subscriber = await repository.lock_by_id(tx.session, subscriber_id)
    if subscriber is None:
        raise SubscriberUnknown
    expect_version(expected, subscriber.version)
    await _erase(tx, subscriber_id)


async def show_consents(tx: Transaction, subscriber_id: UUID) -> list[Consent]:
    """Return what proves a consent (GDPR, article 7), of who was erased too. Raises SubscriberUnknown."""
    found = await repository.consents_of(tx.session, subscriber_id)
    if not found:
        raise SubscriberUnknown
    return found


async def _mine(tx: Transaction, secret: str) -> Subscriber:
    subscriber = await repository.lock_by_secret(tx.session, secret)
    if subscriber is None:
        raise LinkNotValid
    return subscriber


async def _erase(tx: Transaction, subscriber_id: UUID) -> None:
    await repository.erase(tx.session, subscriber_id)
    await repository.note_consent(tx, subscriber_id, ConsentFact.ERASED)


async def suspend(tx: Transaction, subscriber_id: UUID) -> None:
    """Send nothing more to an address that its server refuses for good; it may sign up again."""
    subscriber = await repository.lock_by_id(tx.session, subscriber_id)
    if subscriber is None:
        return
    suspended = domain.ended(subscriber, SubscriberStatus.SUSPENDED, now=tx.now)
    if suspended is not subscriber:
        await repository.save(tx.session, suspended)
        await repository.note_consent(tx, subscriber.id, ConsentFact.SUSPENDED)


async def forget_subscribers(tx: Transaction) -> None:
    """Erase who never confirmed and who left long ago, and what is known of clients."""
    await repository.forget_arrivals(tx.session, now=tx.now, today=tx.today)
    for subscriber_id in await repository.to_be_erased(tx.session, now=tx.now, most=_MOST_ERASED):
        await _erase(tx, subscriber_id)
