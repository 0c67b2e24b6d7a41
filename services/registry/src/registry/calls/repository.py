"""SQL of calls."""

from datetime import date
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from sqlalchemy import Row, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from registry.calls.domain import AttachmentKind, Call, Criterion, Status
from registry.calls.tables import CallRow
from shared.canonical import plain
from shared.contracts.registry import ThematicArea, UnitKind

_COLUMNS = tuple(CallRow.__table__.c)


async def load(session: AsyncSession, call_id: UUID, *, lock: bool = False) -> Call | None:
    """Return the call; with `lock` nobody else changes it until the transaction ends."""
    found = select(*_COLUMNS).where(CallRow.id == call_id)
    row = (await session.execute(found.with_for_update() if lock else found)).one_or_none()
    return None if row is None else _call(row)


async def code_is_taken(session: AsyncSession, code: str, *, by_other_than: UUID) -> bool:
    taken = exists().where(CallRow.code == code, CallRow.id != by_other_than)
    return bool(await session.scalar(select(taken)))


async def add(session: AsyncSession, call: Call, *, on: date) -> bool:
    """Add the call; return whether its code was free."""
    statement = insert(CallRow).values(id=call.id, listed_on=on, **_values(call))
    added = statement.on_conflict_do_nothing(index_elements=[CallRow.code]).returning(CallRow.id)
    return await session.scalar(added) is not None


async def save(session: AsyncSession, call: Call) -> None:
    values = _values(call)
    if call.announced_on is not None:
        values["listed_on"] = call.announced_on
    await session.execute(update(CallRow).where(CallRow.id == call.id).values(values))


def _values(call: Call) -> dict[str, object]:
    """Return the columns of a call, without its id."""
    as_they_are = (
        *("version", "code", "title", "text", "contact", "methodology", "status", "announced_on"),
        *("opens_on", "closes_on", "opens_at", "closes_at", "form", "minimum_points", "capacity"),
        *("formal_check_days", "completion_days", "cancelled_on", "cancellation_cs", "cancellation_en"),
    )
    as_json = ("eligible_kinds", "areas", "attachments", "criteria")
    return {
        **{name: getattr(call, name) for name in as_they_are},
        **{name: plain(getattr(call, name)) for name in as_json},
    }


class _CriterionJson(TypedDict):
    code: str
    name_cs: str
    name_en: str
    weight: str
    max_points: int
    min_points: int | None


def _criterion(stored: _CriterionJson) -> Criterion:
    return Criterion(
        code=stored["code"],
        name_cs=stored["name_cs"],
        name_en=stored["name_en"],
        weight=Decimal(stored["weight"]),
        max_points=stored["max_points"],
        min_points=stored["min_points"],
    )


def _call(row: Row[*tuple[object, ...]]) -> Call:
    return Call(
        id=row.id,
        version=row.version,
        code=row.code,
        title=row.title,
        text=row.text,
        contact=row.contact,
        methodology=row.methodology,
        status=Status(row.status),
        announced_on=row.announced_on,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        eligible_kinds=frozenset(map(UnitKind, row.eligible_kinds)),
        areas=frozenset(map(ThematicArea, row.areas)),
        form=row.form,
        attachments=tuple(AttachmentKind(**each) for each in row.attachments),
        criteria=tuple(_criterion(each) for each in row.criteria),
        minimum_points=row.minimum_points,
        capacity=row.capacity,
        formal_check_days=row.formal_check_days,
        completion_days=row.completion_days,
        cancelled_on=row.cancelled_on,
        cancellation_cs=row.cancellation_cs,
        cancellation_en=row.cancellation_en,
    )
