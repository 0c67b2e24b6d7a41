"""SQL of private calendars."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, DateTime, Text, bindparam, func, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.mail.domain import Rights
from evaluation.monitoring.tables import (
    FALLS_DUE,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.reminders.domain import Subject
from evaluation.tasks.domain import PrivateFeed
from evaluation.tasks.tables import PrivateFeedRow
from shared.reads import Query, json_object

MOST_DAYS = 2_000
"""Of one calendar, the earliest first: programs of mail give up on more."""


async def lock_person(session: AsyncSession, person_id: str) -> None:
    """Let only one decision at a time count the calendars of a person."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(person_id, 7))))


async def count_feeds(session: AsyncSession, person_id: str, *, today: date) -> int:
    standing = (PrivateFeedRow.revoked_at.is_(None), PrivateFeedRow.valid_until >= today)
    found = await session.execute(
        select(func.count()).where(PrivateFeedRow.person_id == person_id, *standing)
    )
    return found.scalar_one()


async def insert_feed(session: AsyncSession, feed: PrivateFeed, *, token_digest: str) -> None:
    await session.execute(
        insert(PrivateFeedRow).values(
            feed_id=feed.feed_id,
            person_id=feed.person_id,
            token_digest=token_digest,
            unit_id=feed.subject.unit_id,
            plan_id=feed.subject.plan_id,
            owner=feed.subject.owner,
            sees_all=feed.sees_all,
            unit_ids=list(feed.unit_ids),
            rights_at=feed.created_at,
            created_at=feed.created_at,
            valid_until=feed.valid_until,
            version=feed.version,
        )
    )


async def renew_rights(session: AsyncSession, person_id: str, rights: Rights, *, today: date) -> int:
    """Let the calendars that stand show what the login may see; return how many there are."""
    renewed = await session.execute(
        update(PrivateFeedRow)
        .where(
            PrivateFeedRow.person_id == person_id,
            PrivateFeedRow.revoked_at.is_(None),
            PrivateFeedRow.valid_until >= today,
        )
        .values(unit_ids=list(rights.unit_ids), sees_all=rights.sees_all, rights_at=rights.at)
        .returning(PrivateFeedRow.feed_id)
    )
    return len(renewed.all())


async def lock_feed(session: AsyncSession, feed_id: UUID, person_id: str) -> PrivateFeed | None:
    found = await session.execute(
        select(PrivateFeedRow)
        .where(PrivateFeedRow.feed_id == feed_id, PrivateFeedRow.person_id == person_id)
        .with_for_update()
    )
    row = found.scalar_one_or_none()
    if row is None:
        return None
    return PrivateFeed(
        feed_id=row.feed_id,
        person_id=row.person_id,
        subject=Subject(unit_id=row.unit_id, plan_id=row.plan_id, owner=row.owner),
        sees_all=row.sees_all,
        unit_ids=tuple(row.unit_ids),
        created_at=row.created_at,
        valid_until=row.valid_until,
        revoked_at=row.revoked_at,
        version=row.version,
    )


async def save_revoked(session: AsyncSession, feed: PrivateFeed) -> None:
    changes: Mapping[str, datetime | int | None] = {
        "revoked_at": feed.revoked_at,
        "version": feed.version,
    }
    await session.execute(
        update(PrivateFeedRow).where(PrivateFeedRow.feed_id == feed.feed_id).values(**changes)
    )


_IN_FEED = (
    PrivateFeedRow.rights_at >= bindparam("rights_since", type_=DateTime(timezone=True)),
    or_(PrivateFeedRow.sees_all, MonitoredPlanRow.unit_ids.overlap(PrivateFeedRow.unit_ids)),
    or_(PrivateFeedRow.plan_id.is_(None), ObligationRow.plan_id == PrivateFeedRow.plan_id),
    or_(PrivateFeedRow.owner.is_(None), ObligationRow.owner == PrivateFeedRow.owner),
    or_(PrivateFeedRow.unit_id.is_(None), PrivateFeedRow.unit_id == MonitoredPlanRow.unit_ids.any_()),
)


def _feed() -> Query:
    awaited = (
        select(
            ObligationRow.obligation_id,
            ObligationRow.version,
            MonitoredIndicatorRow.number.label("indicator_number"),
            MonitoredIndicatorRow.name.label("indicator_name"),
            ObligationRow.period,
            (ObligationRow.owner + " – " + MonitoredPlanRow.title).label("owner"),
            ObligationRow.due_on,
        )
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .where(FALLS_DUE, *_IN_FEED)
        .correlate(PrivateFeedRow)
        .order_by(ObligationRow.due_on, ObligationRow.obligation_id)
        .limit(MOST_DAYS)
        .subquery("awaited")
    )
    value = json_object({column.key: column for column in awaited.c})
    ordered = aggregate_order_by(value, awaited.c.due_on, awaited.c.obligation_id)
    values = (
        select(func.coalesce(func.json_agg(ordered), text("'[]'::json")))
        .select_from(awaited)
        .scalar_subquery()
    )
    title = func.coalesce(
        PrivateFeedRow.owner,
        select(MonitoredPlanRow.title)
        .where(MonitoredPlanRow.plan_id == PrivateFeedRow.plan_id)
        .correlate(PrivateFeedRow)
        .scalar_subquery(),
        "Pospolu",
    )
    return Query(
        select(
            title.label("title"),
            values.label("awaited"),
            (PrivateFeedRow.rights_at < bindparam("rights_since")).label("wants_login"),
        ).where(
            PrivateFeedRow.token_digest == bindparam("digest", type_=Text()),
            PrivateFeedRow.revoked_at.is_(None),
            PrivateFeedRow.valid_until >= bindparam("today", type_=Date()),
        )
    )


FEED = _feed()
MY_FEEDS = Query(
    select(
        PrivateFeedRow.feed_id.label("id"),
        PrivateFeedRow.unit_id,
        PrivateFeedRow.plan_id,
        PrivateFeedRow.owner,
        PrivateFeedRow.created_at,
        PrivateFeedRow.valid_until,
        PrivateFeedRow.rights_at,
        PrivateFeedRow.revoked_at,
        PrivateFeedRow.version,
    ).where(PrivateFeedRow.person_id == bindparam("person", type_=Text())),
    keys=(PrivateFeedRow.__table__.c.created_at, PrivateFeedRow.__table__.c.feed_id),
    descending=True,
)
