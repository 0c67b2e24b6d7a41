"""SQL of memoranda: editions under lock, the one in force on a day, lists."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    Text,
    Uuid,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from registry.descriptions.tables import DescriptionRow
from registry.memberships.repository import inside
from registry.memoranda.content import AGENCY_PARTIES, Party
from registry.memoranda.domain import Edition
from registry.memoranda.tables import MemorandumRow
from registry.successions.tables import SuccessionRow
from registry.units.repository import holds_on
from registry.units.tables import UnitRow, UnitStateRow
from shared.auth import Actor
from shared.canonical import plain
from shared.reads import Query
from shared.stored import from_json, from_row

_JSON: Final = ("document", "resolution", "unit_party", "signatures", "termination")
_COLUMNS: Final = tuple(each for each in MemorandumRow.__table__.c if each.name != "drafted_at")
_DAY: Final = bindparam("day", type_=Date)


def edition_of(row: Mapping[str, object]) -> Edition:
    """Return the edition from a row, whose JSON may be text or already read."""
    return from_row(Edition, row, json_columns=_JSON)


def edition_from_json(text: str) -> Edition:
    return from_json(Edition, text)


def visible() -> ColumnElement[bool]:
    """Select what was concluded for everybody, what is in the making for the unit and the Agency."""
    own = MemorandumRow.unit_id == bindparam("units", type_=ARRAY(Uuid)).any_()
    return or_(MemorandumRow.concluded_on.is_not(None), bindparam("agency", type_=Boolean), own)


def is_in_force(day: ColumnElement[date]) -> ColumnElement[bool]:
    lasts = or_(MemorandumRow.in_force_until.is_(None), MemorandumRow.in_force_until >= day)
    return (MemorandumRow.concluded_on <= day) & lasts


def needs_reconclusion(day: ColumnElement[date]) -> ColumnElement[str | None]:
    """Return why an edition in force on the day has to be concluded anew, or null."""
    ended = [
        (MemorandumRow.agency_party == party.value) & (day > literal(facts.last_day, Date))
        for party, facts in AGENCY_PARTIES.items()
        if facts.last_day is not None
    ]
    closed = exists().where(UnitRow.id == MemorandumRow.unit_id, UnitRow.valid_until < day)
    succeeded = exists().where(
        or_(
            SuccessionRow.predecessor_id == MemorandumRow.unit_id,
            SuccessionRow.successor_id == MemorandumRow.unit_id,
        ),
        SuccessionRow.happened_on > MemorandumRow.concluded_on,
        SuccessionRow.happened_on <= day,
    )
    return case(
        (~is_in_force(day), null()),
        (or_(*ended), "agency-party-ended"),
        (closed.correlate(MemorandumRow), "unit-closed"),
        (succeeded.correlate(MemorandumRow), "unit-changed"),
    )


def _unit_name() -> ColumnElement[str]:
    """Return the name of the unit on the day; before its first day the first, after its last the last."""
    named = select(UnitStateRow.name).where(UnitStateRow.unit_id == MemorandumRow.unit_id)
    nearest = named.order_by(
        (UnitStateRow.valid_from <= _DAY).desc(), func.abs(UnitStateRow.valid_from - _DAY)
    )
    return nearest.limit(1).correlate(MemorandumRow).scalar_subquery()


_REASON: Final = needs_reconclusion(_DAY)
_FILTERS: Final[Mapping[str, ColumnElement[bool]]] = {
    "unit": MemorandumRow.unit_id == bindparam("unit", type_=Uuid),
    "region": MemorandumRow.unit_id.in_(inside("region", None)),
    "status": MemorandumRow.status == bindparam("status", type_=Text),
    "as_of": is_in_force(_DAY),
    "to_reconclude": _REASON.is_not(None),
    "not_to_reconclude": _REASON.is_(None),
}
_HEAD: Final = (
    MemorandumRow.id,
    MemorandumRow.unit_id,
    _unit_name().label("unit_name"),
    *(MemorandumRow.edition, MemorandumRow.version, MemorandumRow.status, MemorandumRow.reason),
    *(MemorandumRow.agency_party, MemorandumRow.concluded_on, MemorandumRow.in_force_until),
    MemorandumRow.digest,
    _REASON.label("needs_reconclusion"),
)

ONE: Final = Query(
    select(*_COLUMNS, _REASON.label("needs_reconclusion")).where(
        MemorandumRow.id == bindparam("id"), visible()
    )
)


@cache
def editions(filters: frozenset[str]) -> Query:
    """Return the editions that the caller may read, the latest first, with those of `_FILTERS`."""
    found = select(*_HEAD).where(visible(), *(_FILTERS[name] for name in sorted(filters)))
    return Query(found, keys=(MemorandumRow.id,), descending=True)


async def unit_of(session: AsyncSession, memorandum_id: UUID, *, actor: Actor) -> UUID | None:
    """Return the unit of an edition that the actor may know of."""
    found = select(MemorandumRow.unit_id).where(MemorandumRow.id == memorandum_id, visible())
    return await session.scalar(found, actor.sees())


async def of_unit(session: AsyncSession, unit_id: UUID) -> list[Edition]:
    """Load all editions of a unit, the oldest first; the caller holds the lock of the unit."""
    found = select(*_COLUMNS).where(MemorandumRow.unit_id == unit_id).order_by(MemorandumRow.id)
    rows = (await session.execute(found)).mappings().all()
    return [edition_of({str(name): value for name, value in row.items()}) for row in rows]


async def in_force(session: AsyncSession, unit_id: UUID, day: date) -> Edition | None:
    """Return the edition of the unit's memorandum in force on the day; there is at most one."""
    found = select(*_COLUMNS).where(MemorandumRow.unit_id == unit_id, is_in_force(literal(day, Date)))
    row = (await session.execute(found)).mappings().one_or_none()
    return edition_of({str(name): value for name, value in row.items()}) if row else None


async def last_leaned_on(session: AsyncSession, memorandum_id: UUID) -> date | None:
    """Return the last day on which a description was agreed on under the edition; None without any."""
    agreed = select(func.max(DescriptionRow.agreed_on))
    return await session.scalar(agreed.where(DescriptionRow.memorandum_id == memorandum_id))


async def party_of(session: AsyncSession, unit_id: UUID, day: date) -> Party | None:
    """Return the unit as a party: its name and IČO on the day; None where it does not exist then."""
    state = select(UnitStateRow.name, UnitStateRow.ico).where(
        UnitStateRow.unit_id == unit_id, holds_on(bindparam("day", type_=Date))
    )
    row = (await session.execute(state, {"day": day})).one_or_none()
    return Party(name=row.name, ico=row.ico) if row else None


async def add(session: AsyncSession, edition: Edition, *, now: datetime) -> None:
    await session.execute(insert(MemorandumRow).values(**_values(edition), drafted_at=now))


async def save(session: AsyncSession, edition: Edition) -> None:
    changed = update(MemorandumRow).where(MemorandumRow.id == edition.id)
    await session.execute(changed.values(**_values(edition)))


def _values(edition: Edition) -> dict[str, object]:
    """Return the row: days and ids as they are, the rest as plain JSON."""
    as_they_are = ("id", "unit_id", "application_id", "concluded_on", "in_force_until")
    return {
        each.name: getattr(edition, each.name)
        if each.name in as_they_are
        else plain(getattr(edition, each.name))
        for each in _COLUMNS
    }
