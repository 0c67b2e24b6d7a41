"""SQL of methodologies."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from sqlalchemy import Date, bindparam, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from registry.calls.methodology import Methodology
from registry.calls.tables import CallRow, MethodologyRow
from shared.canonical import plain
from shared.reads import Query
from shared.stored import from_row

_COLUMNS = tuple(MethodologyRow.__table__.c)
_BY_DAY = (MethodologyRow.__table__.c.valid_from, MethodologyRow.__table__.c.code)

ONE = Query(select(*_COLUMNS).where(MethodologyRow.code == bindparam("code")))


@cache
def methodologies(*, of_name: bool, on_day: bool) -> Query:
    """Return the query for editions, the latest first."""
    found = select(*_COLUMNS)
    if of_name:
        found = found.where(MethodologyRow.name == bindparam("name"))
    if on_day:
        day = bindparam("day", type_=Date)
        lasts = or_(MethodologyRow.valid_until.is_(None), MethodologyRow.valid_until >= day)
        found = found.where(MethodologyRow.valid_from <= day, lasts)
    return Query(found, keys=_BY_DAY, descending=True)


async def write_alone(session: AsyncSession) -> None:
    """Let nobody else add an edition until the transaction ends; reading goes on."""
    await session.execute(text("LOCK TABLE methodology IN SHARE ROW EXCLUSIVE MODE"))


async def load(session: AsyncSession, code: str, *, to_lean_on: bool = False) -> Methodology | None:
    """Return the edition; with `to_lean_on` nobody ends it until the transaction does."""
    found = select(*_COLUMNS).where(MethodologyRow.code == code)
    row = (await session.execute(found.with_for_update(read=True) if to_lean_on else found)).one_or_none()
    return None if row is None else from_row(Methodology, row._asdict())


async def lock_editions(session: AsyncSession, name: str) -> list[Methodology]:
    """Load the editions of a name; whoever is to lean on one waits."""
    found = select(*_COLUMNS).where(MethodologyRow.name == name).order_by(MethodologyRow.code)
    return [
        from_row(Methodology, row._asdict())
        for row in await session.execute(found.with_for_update(key_share=True))
    ]


async def last_announced_on(session: AsyncSession, code: str) -> date | None:
    """Return the day on which a call was last announced under the edition."""
    return await session.scalar(select(func.max(CallRow.announced_on)).where(CallRow.methodology == code))


async def add(session: AsyncSession, methodologies: Sequence[Methodology]) -> None:
    """Add the editions that are not there yet; those that are stay as they were made."""
    rows = [
        {
            "code": each.code,
            "name": each.name,
            "edition": each.edition,
            "title_cs": each.title_cs,
            "title_en": each.title_en,
            "valid_from": each.valid_from,
            "valid_until": each.valid_until,
            "decided_by": each.decided_by,
            "source": each.source,
            "rules": plain(each.rules),
        }
        for each in methodologies
    ]
    await session.execute(insert(MethodologyRow).on_conflict_do_nothing(), rows)


async def end(session: AsyncSession, methodology: Methodology) -> None:
    await session.execute(
        update(MethodologyRow)
        .where(MethodologyRow.code == methodology.code)
        .values(valid_until=methodology.valid_until)
    )
