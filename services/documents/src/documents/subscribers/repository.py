"""Every statement on subscribers, on the record of their consent and on the forms that came."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Text, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.subscribers.domain import (
    CONFIRMED_WITHIN,
    ENDED_KEPT,
    Consent,
    ConsentFact,
    LetterToSubscriber,
    NewsLanguage,
    Segment,
    Subscriber,
    SubscriberStatus,
    Theme,
    key_of,
)
from documents.subscribers.flood import WINDOW, Arrived
from documents.subscribers.tables import ConsentRow, SaltRow, SignUpArrivalRow, SubscriberRow
from shared.contracts.registry import ThematicArea
from shared.reads import Query
from shared.transaction import Transaction

S: Final = SubscriberRow.__table__.c
C: Final = ConsentRow.__table__.c
A: Final = SignUpArrivalRow.__table__.c
_PLAIN: Final = (
    *("id", "address", "secret", "confirmation", "asked_at", "created_at", "letter_next_at"),
    *("letter_attempts", "letters_on", "letters_of_day", "last_letter_at", "confirmed_at", "ended_at"),
    "version",
)


async def lock_address(session: AsyncSession, address: str) -> Subscriber | None:
    """Let nobody else sign this address up until we commit, and load who has it."""
    await session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(f"newsletter:{key_of(address)}", 0)))
    )
    return await _one(session, S.address_key == key_of(address))


async def lock_by_id(session: AsyncSession, subscriber_id: UUID) -> Subscriber | None:
    return await _one(session, S.id == subscriber_id)


async def lock_by_confirmation(session: AsyncSession, confirmation: str) -> Subscriber | None:
    return await _one(session, S.confirmation == confirmation)


async def lock_by_secret(session: AsyncSession, secret: str) -> Subscriber | None:
    return await _one(session, S.secret == secret)


async def _one(session: AsyncSession, which: ColumnElement[bool]) -> Subscriber | None:
    row = await session.scalar(
        select(SubscriberRow).where(which).with_for_update().execution_options(populate_existing=True)
    )
    return None if row is None else subscriber_of(row)


def subscriber_of(row: SubscriberRow) -> Subscriber:
    return Subscriber(
        **{name: getattr(row, name) for name in _PLAIN},
        status=SubscriberStatus(row.status),
        language=NewsLanguage(row.language),
        segment=Segment(
            unit_ids=tuple(row.unit_ids),
            areas=tuple(ThematicArea(area) for area in row.areas),
            themes=tuple(Theme(theme) for theme in row.themes),
        ),
        letter=LetterToSubscriber(row.letter) if row.letter else None,
    )


def _values(subscriber: Subscriber) -> dict[str, object]:
    return {
        **{name: getattr(subscriber, name) for name in _PLAIN},
        "address_key": key_of(subscriber.address),
        "status": subscriber.status.value,
        "language": subscriber.language.value,
        "unit_ids": list(subscriber.segment.unit_ids),
        "areas": [area.value for area in subscriber.segment.areas],
        "themes": [theme.value for theme in subscriber.segment.themes],
        "letter": subscriber.letter.value if subscriber.letter else None,
    }


async def add(session: AsyncSession, subscriber: Subscriber) -> None:
    await session.execute(insert(SubscriberRow).values(_values(subscriber)))


async def save(session: AsyncSession, subscriber: Subscriber) -> None:
    await session.execute(update(SubscriberRow).where(S.id == subscriber.id).values(_values(subscriber)))


async def erase(session: AsyncSession, subscriber_id: UUID) -> None:
    await session.execute(delete(SubscriberRow).where(S.id == subscriber_id))


async def note_consent(
    tx: Transaction, subscriber_id: UUID, fact: ConsentFact, *, form: str = "", wording: str = ""
) -> None:
    await tx.session.execute(
        insert(ConsentRow).values(
            subscriber_id=subscriber_id, fact=fact.value, at=tx.now, form=form, wording=wording
        )
    )


async def salt_of(session: AsyncSession, day: date, *, fresh: str) -> str:
    """Return the salt of the day, the fresh one where it has none yet."""
    await session.execute(upsert(SaltRow).values(day=day, salt=fresh).on_conflict_do_nothing())
    found = await session.scalar(select(SaltRow.salt).where(SaltRow.day == day))
    return found or fresh


async def lock_client(session: AsyncSession, client: str) -> None:
    """Let the forms of one client come one after the other: those sent at once would not count each other."""
    lock = func.pg_advisory_xact_lock(func.hashtextextended(f"newsletter-client:{client}", 0))
    await session.execute(select(lock))


async def arrived(session: AsyncSession, client: str, *, now: datetime) -> Arrived:
    found = await session.execute(
        select(func.count().filter(A.client == client), func.count()).where(A.at > now - WINDOW)
    )
    of_client, of_all = found.one()
    return Arrived(of_client=of_client, of_all=of_all)


async def note_arrival(session: AsyncSession, client: str, *, now: datetime) -> None:
    await session.execute(insert(SignUpArrivalRow).values(client=client, at=now))


async def forget_arrivals(session: AsyncSession, *, now: datetime, today: date) -> None:
    await session.execute(delete(SignUpArrivalRow).where(A.at <= now - WINDOW))
    await session.execute(delete(SaltRow).where(SaltRow.day < today - timedelta(days=1)))


async def is_letter_waiting(session: AsyncSession, *, now: datetime) -> bool:
    asked = exists().where(S.letter.is_not(None), S.letter_next_at <= now)
    return bool(await session.scalar(select(asked)))


async def claim_letter(session: AsyncSession, *, now: datetime, lease_ends_at: datetime) -> Subscriber | None:
    """Take the letter that waits longest; nobody else takes it before the lease is over."""
    row = await session.scalar(
        select(SubscriberRow)
        .where(S.letter.is_not(None), S.letter_next_at <= now)
        .order_by(S.letter_next_at, S.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    claimed = replace(
        subscriber_of(row), letter_next_at=lease_ends_at, letter_attempts=row.letter_attempts + 1
    )
    await save(session, claimed)
    return claimed


async def to_be_erased(session: AsyncSession, *, now: datetime, most: int) -> list[UUID]:
    """Lock and return who never confirmed, and who left long ago."""
    unconfirmed = (S.status == SubscriberStatus.PENDING.value) & (S.asked_at < now - CONFIRMED_WITHIN)
    gone = S.status.in_([SubscriberStatus.UNSUBSCRIBED.value, SubscriberStatus.SUSPENDED.value]) & (
        S.ended_at < now - ENDED_KEPT
    )
    found = select(S.id).where(unconfirmed | gone).order_by(S.id).limit(most)
    return list(await session.scalars(found.with_for_update(skip_locked=True)))


_SHOWN: Final = (
    *(S.id, S.status, S.language, S.unit_ids, S.areas, S.themes, S.created_at, S.confirmed_at, S.ended_at),
    S.version,
)
_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "status": S.status == bindparam("status", type_=Text()),
    "address": S.address_key == bindparam("address", type_=Text()),
}


@cache
def subscribers(*filters: str) -> Query:
    """Return subscribers by their ids; addresses are for administrators alone."""
    return Query(select(*_SHOWN, S.address).where(*(_FILTERS[name] for name in filters)), keys=(S.id,))


async def consents_of(session: AsyncSession, subscriber_id: UUID) -> list[Consent]:
    rows = await session.execute(
        select(C.fact, C.at, C.form, C.wording).where(C.subscriber_id == subscriber_id).order_by(C.position)
    )
    return [
        Consent(fact=ConsentFact(row.fact), at=row.at, form=row.form, wording=row.wording) for row in rows
    ]


COUNTS: Final = Query(
    select(S.status, S.language, func.count().label("count"))
    .group_by(S.status, S.language)
    .order_by(S.status, S.language)
)
MINE: Final = Query(
    select(S.status, S.language, S.unit_ids, S.areas, S.themes, S.confirmed_at, S.version).where(
        S.secret == bindparam("secret", type_=Text())
    ),
    version="version",
)
