"""SQL of territory as tables: whole registers, each in one statement, names in Czech order."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, Uuid, and_, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from registry.cooperation.tables import CooperationRow
from registry.datasets.domain import Asked
from registry.geography.tables import UnitPointRow
from registry.memberships.repository import lasts_on
from registry.memberships.tables import MembershipRow
from registry.plans.tables import PlanRow
from registry.units.tables import UnitStateRow
from shared.reads import decimal_text

Rows = Select[*tuple[object, ...]]
_STATE: Final = UnitStateRow


def latest_states(name: str) -> Subquery:
    """Select each unit as it was last: `unit_id, unit_kind, unit_code, unit_name, sort_key`."""
    state = aliased(UnitStateRow)
    return (
        select(
            state.unit_id,
            state.kind.label("unit_kind"),
            state.code.label("unit_code"),
            state.name.label("unit_name"),
            state.sort_key,
        )
        .ext(distinct_on(state.unit_id))
        .order_by(state.unit_id, state.valid_from.desc())
        .subquery(name)
    )


def units(asked: Asked) -> Rows:
    """Select states with their superior unit as it was when the state began."""
    above = aliased(UnitStateRow)
    parent = (
        select(above.kind, above.code, above.name)
        .where(above.unit_id == _STATE.parent_id)
        .order_by((above.valid_from <= _STATE.valid_from).desc(), above.valid_from.desc())
        .limit(1)
        .correlate(UnitStateRow)
        .lateral("parent")
    )
    found = (
        select(
            _STATE.unit_id,
            _STATE.kind.label("unit_kind"),
            _STATE.code.label("unit_code"),
            _STATE.name.label("unit_name"),
            _STATE.status,
            _STATE.parent_id,
            parent.c.kind.label("parent_kind"),
            parent.c.code.label("parent_code"),
            parent.c.name.label("parent_name"),
            _STATE.csu_code,
            _STATE.ruian_code,
            _STATE.ico,
            _STATE.data_box,
            _STATE.valid_from,
            _STATE.valid_until,
        )
        .outerjoin(parent, true())
        .order_by(_STATE.kind.collate("C"), _STATE.sort_key, _STATE.unit_id, _STATE.valid_from)
    )
    return found if asked.as_of is None else found.where(lasts_on(_STATE, literal(asked.as_of)))


def memberships(asked: Asked) -> Rows:
    group, unit = latest_states("of_group"), latest_states("of_unit")
    member = MembershipRow
    found = (
        select(
            member.group_id,
            group.c.unit_kind.label("group_kind"),
            group.c.unit_code.label("group_code"),
            group.c.unit_name.label("group_name"),
            *_named(unit),
            member.valid_from,
            member.valid_until,
            member.source,
        )
        .join(group, group.c.unit_id == member.group_id)
        .join(unit, unit.c.unit_id == member.unit_id)
        .order_by(
            group.c.unit_kind.collate("C"),
            group.c.sort_key,
            member.group_id,
            unit.c.sort_key,
            member.unit_id,
            member.valid_from,
        )
    )
    return found if asked.as_of is None else found.where(lasts_on(member, literal(asked.as_of)))


def points(_asked: Asked) -> Rows:
    """Select the points of registered units: one may be known before its unit."""
    unit, point = latest_states("of_unit"), UnitPointRow
    return (
        select(
            *_named(unit),
            *(
                decimal_text(func.trim_scale(column)).label(column.key)
                for column in (point.longitude, point.latitude, point.x, point.y)
            ),
            point.source,
        )
        .select_from(point)
        .join(unit, unit.c.unit_id == point.unit_id)
        .order_by(unit.c.unit_kind.collate("C"), unit.c.sort_key, point.unit_id)
    )


def cooperations(asked: Asked) -> Rows:
    """Select cooperations with agreed days; one that is only prepared is none yet."""
    unit, cooperation = latest_states("of_unit"), CooperationRow
    found = (
        select(*_named(unit), cooperation.regime, cooperation.starts_on, cooperation.ends_on)
        .select_from(cooperation)
        .join(unit, unit.c.unit_id == cooperation.unit_id)
        .where(cooperation.starts_on.is_not(None))
        .order_by(unit.c.sort_key, cooperation.unit_id, cooperation.regime, cooperation.starts_on)
    )
    if asked.as_of is None:
        return found
    return found.where(_runs(cooperation.starts_on, cooperation.ends_on, asked.as_of))


def plans(asked: Asked) -> Rows:
    """Select approved plans, a row for each of their units that is registered."""
    unit, plan = latest_states("of_unit"), PlanRow
    of_plan = func.unnest(plan.unit_ids).table_valued("id", name="of_plan").render_derived()
    of_unit: ColumnElement[UUID] = of_plan.c.id.cast(Uuid)
    found = (
        select(
            plan.id.label("plan_id"),
            *_named(unit),
            plan.kind,
            plan.title,
            plan.state,
            plan.revision,
            plan.valid_from,
            plan.valid_until,
            plan.body,
            plan.approved_on,
            plan.resolution_number,
            plan.closed_on,
        )
        .select_from(plan)
        .join(of_plan, true())
        .join(unit, unit.c.unit_id == of_unit)
        .where(plan.approved_version > 0)
        .order_by(plan.approved_on, plan.id, unit.c.sort_key, unit.c.unit_id)
    )
    return (
        found if asked.as_of is None else found.where(_runs(plan.valid_from, plan.valid_until, asked.as_of))
    )


def _named(unit: Subquery) -> tuple[ColumnElement[object], ...]:
    return (unit.c.unit_id, unit.c.unit_kind, unit.c.unit_code, unit.c.unit_name)


def _runs(
    first: SQLCoreOperations[date | None], last: SQLCoreOperations[date | None], day: date
) -> ColumnElement[bool]:
    then = literal(day)
    return and_(first <= then, or_(last.is_(None), last >= then))
