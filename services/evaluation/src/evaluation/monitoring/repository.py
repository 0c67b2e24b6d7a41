"""SQL of the collection calendar: a fixed number of statements, however many indicators and periods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Date,
    Select,
    Uuid,
    bindparam,
    case,
    column,
    false,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import TableValuedAlias

from evaluation.definitions.repository import Named
from evaluation.monitoring.tables import (
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.tables import Base
from shared.contracts.planning import PlanApproved, PlanClosed, PlannedIndicator
from shared.stored import from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenRevision:
    """What is known of the plan: whether it was known before, and whether it is closed."""

    version: int
    closed_on: date | None

    @property
    def is_new(self) -> bool:
        return self.version == 1


def as_rows(of: type[Base], rows: Mapping[str, Sequence[object]]) -> TableValuedAlias:
    """Return rows that come as one array for each column: few parameters, one compiled statement."""
    types = {name: of.__table__.c[name].type for name in rows}
    arrays = (bindparam(None, rows[name], type_=ARRAY(types[name])) for name in rows)
    columns = (column(name, types[name]) for name in rows)
    return func.unnest(*arrays).table_valued(*columns).render_derived(name="told")


def among(ids: Iterable[UUID]) -> Select[UUID]:
    return select(as_rows(ObligationRow, {"obligation_id": list(ids)}).c.obligation_id)


async def take_revision(session: AsyncSession, event: PlanApproved, *, now: datetime) -> TakenRevision | None:
    """Note the revision and lock the plan; return None where this one or a newer was taken before."""
    told = {
        "revision": event.revision,
        "kind": event.kind.value,
        "title": event.title,
        "unit_ids": list(event.unit_ids),
        "valid_from": event.valid_from,
        "valid_until": event.valid_until,
        "digest": event.digest,
        "set_up_at": now,
    }
    statement = insert(MonitoredPlanRow).values(plan_id=event.plan_id, version=1, **told)
    taken = await session.execute(
        statement.on_conflict_do_update(
            index_elements=[MonitoredPlanRow.plan_id],
            set_={name: statement.excluded[name] for name in told}
            | {"version": MonitoredPlanRow.version + 1},
            where=or_(
                MonitoredPlanRow.revision.is_(None), MonitoredPlanRow.revision < statement.excluded.revision
            ),
        ).returning(MonitoredPlanRow.version, MonitoredPlanRow.closed_on)
    )
    row = taken.one_or_none()
    return TakenRevision(version=row[0], closed_on=row[1]) if row else None


_INDICATOR = tuple(PlannedIndicator.__dataclass_fields__)


async def keep_indicators(
    session: AsyncSession,
    plan_id: UUID,
    indicators: Sequence[PlannedIndicator],
    *,
    named: Mapping[str, Named],
    since: date,
) -> None:
    """Insert the indicators of a revision, or bring those forward that it changes.

    What a person said of the definition stays; otherwise the name decides, and an edition once chosen. Where
    the periodicity is another one, it is so `since` that day.
    """
    told: dict[str, list[object]] = {
        name: [getattr(indicator, name) for indicator in indicators] for name in _INDICATOR
    }
    of_names = [named.get(indicator.name) for indicator in indicators]
    told["definition_code"] = [each and each.code for each in of_names]
    told["definition_edition"] = [each and each.edition for each in of_names]
    told["defined_by"] = [each and "name" for each in of_names]
    rows = select(literal(plan_id, Uuid()), *as_rows(MonitoredIndicatorRow, told).c)
    statement = insert(MonitoredIndicatorRow).from_select(["plan_id", *told], rows)
    await session.execute(_bringing_forward(statement, since))


def _bringing_forward(statement: Insert, since: date) -> Insert:
    row, new = MonitoredIndicatorRow, statement.excluded
    by_person = func.coalesce(row.defined_by == "person", false())
    stays = or_(by_person, func.coalesce(row.definition_code == new.definition_code, false()))
    chosen = {
        name: case((stays, getattr(row, name)), else_=new[name])
        for name in ("definition_code", "definition_edition", "defined_by")
    }
    fresh = {name: new[name] for name in _INDICATOR} | chosen
    is_another = row.periodicity != new.periodicity
    since_then = case((is_another, literal(since, Date())), else_=row.periodicity_from)
    stands = tuple_(*(getattr(row, name) for name in fresh), row.removed_in)
    changes = stands.is_distinct_from(tuple_(*fresh.values(), null()))
    return statement.on_conflict_do_update(
        index_elements=["plan_id", "indicator_id"],
        set_=fresh | {"removed_in": null(), "periodicity_from": since_then, "version": row.version + 1},
        where=changes,
    )


async def changed_periodicities(session: AsyncSession, plan_id: UUID) -> dict[UUID, date]:
    """Return by indicator the day since which its periodicity is the present one, where it was another."""
    row = MonitoredIndicatorRow
    found = await session.execute(
        select(row.indicator_id, row.periodicity_from).where(
            row.plan_id == plan_id, row.periodicity_from.is_not(None)
        )
    )
    return {indicator_id: since for indicator_id, since in found if since is not None}


async def indicators_of(session: AsyncSession, plan_id: UUID) -> list[PlannedIndicator]:
    """Return the indicators of the newest revision."""
    row = MonitoredIndicatorRow
    found = await session.scalars(select(row).where(row.plan_id == plan_id, row.removed_in.is_(None)))
    return [from_row(PlannedIndicator, {name: getattr(each, name) for name in _INDICATOR}) for each in found]


async def drop_indicators_except(
    session: AsyncSession, plan_id: UUID, kept: Sequence[UUID], *, revision: int
) -> None:
    """Mark what a revision left out; the values that were reported need the rows."""
    await session.execute(
        update(MonitoredIndicatorRow)
        .where(
            MonitoredIndicatorRow.plan_id == plan_id,
            MonitoredIndicatorRow.removed_in.is_(None),
            MonitoredIndicatorRow.indicator_id.not_in(among(kept)),
        )
        .values(removed_in=revision)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPlan:
    """What is known of a plan that ends; nothing of its days where only the closing was heard."""

    valid_from: date | None
    valid_until: date | None


async def take_closing(session: AsyncSession, event: PlanClosed) -> ClosedPlan | None:
    """Note that the plan ended, known or not; return None where that is no news."""
    statement = insert(MonitoredPlanRow).values(
        plan_id=event.plan_id, unit_ids=list(event.unit_ids), closed_on=event.closed_on, version=1
    )
    taken = await session.execute(
        statement.on_conflict_do_update(
            index_elements=[MonitoredPlanRow.plan_id],
            set_={"closed_on": statement.excluded.closed_on, "version": MonitoredPlanRow.version + 1},
            where=MonitoredPlanRow.closed_on.is_(None),
        ).returning(MonitoredPlanRow.valid_from, MonitoredPlanRow.valid_until)
    )
    row = taken.one_or_none()
    return ClosedPlan(valid_from=row[0], valid_until=row[1]) if row else None
