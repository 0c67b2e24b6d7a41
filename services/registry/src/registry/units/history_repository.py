"""SQL of many units at once: all their states, read in one statement and written by COPY."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, Date, Integer, Uuid, bindparam, column, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import Table
from sqlalchemy.sql.selectable import TableValuedAlias

from registry.cooperation.phases import Status
from registry.cooperation.tables import CooperationRow
from registry.units.codes import MunicipalityStatus
from registry.units.domain import Details, IdentifierTaken
from registry.units.tables import UnitRow, UnitStateRow
from registry.units.timeline import History, State
from shared.bulk import RowsCollide, copy_in, csv_of
from shared.contracts.registry import UnitKind
from shared.names import search_text, sort_key

_Type = Uuid[UUID] | Date | Integer
_LOCK = func.hashtextextended("units", 0)
_UNITS: Table = UnitRow.__table__  # type: ignore[assignment]
_STATES: Table = UnitStateRow.__table__  # type: ignore[assignment]
_DETAILS = ("name", "code", "parent_id", "csu_code", "ruian_code", "ico", "data_box")


async def write_alone(session: AsyncSession) -> None:
    """Hold off everybody else who registers, changes or closes units until the transaction ends."""
    await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


async def write_beside_others(session: AsyncSession) -> None:
    """Wait for whoever writes thousands of units; those who decide on single ones do not wait here."""
    await session.execute(select(func.pg_advisory_xact_lock_shared(_LOCK)))


async def histories(session: AsyncSession, kinds: Collection[UnitKind]) -> list[History]:
    """Load the units of some kinds with all their states."""
    found = (
        select(UnitRow.id, UnitRow.kind, UnitRow.version, *_STATES.c)
        .join(UnitStateRow, UnitStateRow.unit_id == UnitRow.id)
        .where(UnitRow.kind.in_([kind.value for kind in kinds]))
        .order_by(UnitRow.id, UnitStateRow.valid_from)
    )
    states: dict[tuple[UUID, str, int], list[State]] = defaultdict(list)
    for row in (await session.execute(found)).mappings():
        status = row["status"]
        details = Details(
            **{name: row[name] for name in _DETAILS}, status=MunicipalityStatus(status) if status else None
        )
        states[row["id"], row["kind"], row["version"]].append(
            State(
                valid_from=row["valid_from"],
                valid_until=row["valid_until"],
                details=details,
                told_at=row["told_at"],
            )
        )
    return [
        History(id=id_, kind=UnitKind(kind), version=version, states=tuple(each))
        for (id_, kind, version), each in states.items()
    ]


async def known_ids(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    wanted = bindparam("ids", list(ids), type_=ARRAY(Uuid()))
    return set(await session.scalars(select(UnitRow.id).where(UnitRow.id == func.any(wanted))))


async def hold(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Lock units that are about to change, in a stable order."""
    wanted = bindparam("ids", list(ids), type_=ARRAY(Uuid()))
    rows = select(UnitRow.id).where(UnitRow.id == func.any(wanted)).order_by(UnitRow.id)
    await session.execute(rows.with_for_update(key_share=True))


async def add(session: AsyncSession, new: Sequence[History], *, now: datetime) -> None:
    """Insert units with their states; raises IdentifierTaken."""
    rows = (
        (each.id, each.kind.value, each.valid_from, each.valid_until, each.version, now, now) for each in new
    )
    await copy_in(session, _UNITS, [each.name for each in _UNITS.columns], csv_of(rows))
    await _add_states(session, ((each, state) for each in new for state in each.states))


async def save(session: AsyncSession, changed: Sequence[tuple[History, History]], *, now: datetime) -> None:
    """Bring units from what was known to what holds now; raises IdentifierTaken."""
    gone = [(old, state) for old, new in changed for state in old.states if state not in new.states]
    begun = [(new, state) for old, new in changed for state in new.states if state not in old.states]
    if gone:
        days = _table(
            unit_id=([old.id for old, _ in gone], Uuid()),
            first=([each.valid_from for _, each in gone], Date()),
        )
        here = (UnitStateRow.unit_id == days.c.unit_id, UnitStateRow.valid_from == days.c.first)
        await session.execute(delete(UnitStateRow).where(*here).execution_options(synchronize_session=False))
    await _add_states(session, begun)
    units = _table(
        id=([new.id for _, new in changed], Uuid()),
        valid_from=([new.valid_from for _, new in changed], Date()),
        valid_until=([new.valid_until for _, new in changed], Date()),
        version=([new.version for _, new in changed], Integer()),
    )
    values = {name: units.c[name] for name in ("valid_from", "valid_until", "version")}
    statement = update(UnitRow).where(UnitRow.id == units.c.id).values(**values, changed_at=now)
    await session.execute(statement.execution_options(synchronize_session=False))


async def count_parts_after(session: AsyncSession, last_days: Mapping[UUID, date]) -> dict[UUID, int]:
    """Count, for each unit, those that belong to it after its last day, where there are any."""
    units = _last_days(last_days)
    lasting = or_(UnitStateRow.valid_until.is_(None), UnitStateRow.valid_until > units.c.last_day)
    parts = select(units.c.id, func.count(UnitStateRow.unit_id.distinct()))
    parts = parts.join(UnitStateRow, (UnitStateRow.parent_id == units.c.id) & lasting)
    rows = await session.execute(parts.group_by(units.c.id))
    return {row[0]: row[1] for row in rows}


async def cooperating_after(session: AsyncSession, last_days: Mapping[UUID, date]) -> set[UUID]:
    """Return which of the units cooperate with the Agency after their last day."""
    units = _last_days(last_days)
    lasting = or_(CooperationRow.ends_on.is_(None), CooperationRow.ends_on > units.c.last_day)
    lives = CooperationRow.status != Status.CANCELLED.value
    found = select(units.c.id).join(CooperationRow, (CooperationRow.unit_id == units.c.id) & lasting & lives)
    return set(await session.scalars(found))


def _last_days(last_days: Mapping[UUID, date]) -> TableValuedAlias:
    return _table(id=(list(last_days), Uuid()), last_day=(list(last_days.values()), Date()))


async def _add_states(session: AsyncSession, states: Iterable[tuple[History, State]]) -> None:
    rows = (
        (
            unit.id,
            state.valid_from,
            state.valid_until,
            unit.kind.value,
            state.details.code,
            state.details.name,
            sort_key(state.details.name),
            search_text(state.details.name),
            *(getattr(state.details, name) for name in _DETAILS[2:]),
            state.details.status,
            state.told_at,
        )
        for unit, state in states
    )
    try:
        await copy_in(session, _STATES, [each.name for each in _STATES.columns], csv_of(rows))
    except RowsCollide as error:
        raise IdentifierTaken from error


def _table(**columns: tuple[Sequence[object], _Type]) -> TableValuedAlias:
    """Return lists of values as the columns of a table."""
    lists = [bindparam(f"_{name}", values, type_=ARRAY(type_)) for name, (values, type_) in columns.items()]
    names = [column(name, type_) for name, (_, type_) in columns.items()]
    return func.unnest(*lists).table_valued(*names).render_derived()
