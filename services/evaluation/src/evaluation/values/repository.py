"""SQL of the values: an obligation under lock, its trail, the lists."""

from datetime import date, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    bindparam,
    func,
    insert,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.monitoring.domain import ObligationStatus
from evaluation.monitoring.tables import (
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.values.domain import Act, Obligation
from evaluation.values.tables import ValueActRow
from shared.auth import Actor
from shared.reads import Query, decimal_text, json_object


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.is_agency else MonitoredPlanRow.unit_ids.overlap(list(actor.units))


async def lock_obligation(session: AsyncSession, obligation_id: UUID, *, actor: Actor) -> Obligation | None:
    """Return the obligation under lock, or None where there is none that the actor may know of."""
    found = await session.execute(
        select(ObligationRow, MonitoredPlanRow.unit_ids)
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .where(ObligationRow.obligation_id == obligation_id, _visible_to(actor))
        .with_for_update(of=ObligationRow)
    )
    locked = found.one_or_none()
    if locked is None:
        return None
    row, unit_ids = locked
    return Obligation(
        obligation_id=row.obligation_id,
        plan_id=row.plan_id,
        unit_ids=frozenset(unit_ids),
        indicator_id=row.indicator_id,
        period=row.period,
        starts_on=row.starts_on,
        status=ObligationStatus(row.status),
        version=row.version,
        value=row.value,
        measured_on=row.measured_on,
        reported_by=row.reported_by,
    )


async def save_obligation(session: AsyncSession, obligation: Obligation) -> None:
    await session.execute(
        update(ObligationRow)
        .where(ObligationRow.obligation_id == obligation.obligation_id)
        .values(
            status=obligation.status.value,
            version=obligation.version,
            value=obligation.value,
            measured_on=obligation.measured_on,
            reported_by=obligation.reported_by,
        )
    )


async def append_act(
    session: AsyncSession,
    obligation: Obligation,
    act: Act,
    *,
    actor: Actor,
    at: datetime,
    **told: date | str,
) -> None:
    await session.execute(
        insert(ValueActRow).values(
            obligation_id=obligation.obligation_id,
            version=obligation.version,
            act=act.value,
            value=obligation.value,
            actor_id=actor.id,
            actor_affiliation=actor.affiliation,
            at=at,
            **told,
        )
    )


_BY_DUE_DATE = (ObligationRow.__table__.c.due_on, ObligationRow.__table__.c.obligation_id)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "plan": ObligationRow.plan_id == bindparam("plan", type_=Uuid()),
    "unit": MonitoredPlanRow.unit_ids.contains(array([bindparam("unit", type_=Uuid())])),
    "indicator": ObligationRow.indicator_id == bindparam("indicator", type_=Uuid()),
    "status": ObligationRow.status == bindparam("status", type_=Text()),
    "owner": ObligationRow.owner == bindparam("owner", type_=Text()),
    "due_before": ObligationRow.due_on < bindparam("due_before", type_=Date()),
}


def _shown(*more: ColumnElement[object], of_all_units: bool) -> Select[*tuple[object, ...]]:
    statement = (
        select(
            ObligationRow.obligation_id.label("id"),
            ObligationRow.plan_id,
            MonitoredPlanRow.title.label("plan_title"),
            ObligationRow.indicator_id,
            MonitoredIndicatorRow.number.label("indicator_number"),
            MonitoredIndicatorRow.name.label("indicator_name"),
            MonitoredIndicatorRow.unit.label("indicator_unit"),
            ObligationRow.period,
            ObligationRow.starts_on,
            ObligationRow.ends_on,
            ObligationRow.due_on,
            ObligationRow.owner,
            ObligationRow.status,
            ObligationRow.cancelled_reason,
            decimal_text(ObligationRow.value).label("value"),
            ObligationRow.measured_on,
            ObligationRow.version,
            *more,
        )
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
    )
    if of_all_units:
        return statement
    return statement.where(MonitoredPlanRow.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid()))))


@cache
def obligations(filters: frozenset[str], *, of_all_units: bool) -> Query:
    """Return the list by due date, with those of `_FILTERS`."""
    conditions = [_FILTERS[name] for name in sorted(filters)]
    return Query(
        _shown(of_all_units=of_all_units).where(*conditions),
        keys=_BY_DUE_DATE,
    )


@cache
def one_obligation(*, of_all_units: bool) -> Query:
    """Return one obligation with its trail, the oldest act first."""
    act = json_object(
        {name: getattr(ValueActRow, name) for name in _ACT} | {"value": decimal_text(ValueActRow.value)}
    )
    acts = (
        select(func.coalesce(func.json_agg(aggregate_order_by(act, ValueActRow.version)), text("'[]'::json")))
        .where(ValueActRow.obligation_id == ObligationRow.obligation_id)
        .correlate(ObligationRow)
        .scalar_subquery()
    )
    asked = ObligationRow.obligation_id == bindparam("obligation_id", type_=Uuid())
    return Query(_shown(acts.label("acts"), of_all_units=of_all_units).where(asked), version="version")


_ACT = (
    "act",
    "version",
    "value",
    "measured_on",
    "source",
    "note",
    "reason",
    "actor_id",
    "actor_affiliation",
    "at",
)
