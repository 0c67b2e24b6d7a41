"""SQL of the page of one unit: itself and its place, who helps it, what it has planned."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, ScalarSelect, Text, Uuid, bindparam, cast, exists, func, or_, select, union
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from registry.cooperation.tables import CooperationRow
from registry.memberships.hierarchy import Hierarchy, Step, ways_up
from registry.memberships.repository import DAY, UPWARDS, lasts_on, units_within
from registry.memberships.tables import MembershipRow
from registry.plans.tables import PlanRow
from registry.profiles.domain import MOST_LISTED, Cooperation, Group, Plan, Unit
from registry.units.codes import MunicipalityStatus
from registry.units.repository import ONE_AT_PRESENT
from registry.units.tables import UnitStateRow
from shared.contracts.planning import PlanKind
from shared.contracts.registry import CooperationRegime, UnitKind
from shared.reads import Query, Reader, Row

_UNIT: Final = bindparam("unit_id", type_=Uuid)
_STATE: Final = Query(
    select(
        func.concat_ws(
            " ", func.pg_current_snapshot(), func.current_database(), func.pg_postmaster_start_time()
        ).label("state")
    )
)
_PLAN_COLUMNS: Final = (
    *("id", "kind", "title", "state", "revision", "valid_from", "valid_until", "body"),
    *("approved_on", "resolution_number", "closed_on"),
)
_GROUPS: Final = Query(
    select(
        UnitStateRow.unit_id.label("id"),
        UnitStateRow.kind,
        UnitStateRow.code,
        UnitStateRow.name,
        MembershipRow.valid_from.label("member_from"),
    )
    .join(MembershipRow, MembershipRow.group_id == UnitStateRow.unit_id)
    .where(
        MembershipRow.unit_id == _UNIT,
        MembershipRow.group_kind != UnitKind.POU.value,
        lasts_on(MembershipRow, DAY),
        lasts_on(UnitStateRow, DAY),
    )
    .order_by(UnitStateRow.sort_key, UnitStateRow.unit_id)
)


def _name_of(unit: SQLCoreOperations[UUID]) -> ScalarSelect[str]:
    """Return the name that a unit has, else had last or will have first."""
    state = aliased(UnitStateRow)
    return (
        select(state.name)
        .where(state.unit_id == unit)
        .order_by((state.valid_from <= DAY).desc(), func.abs(state.valid_from - DAY))
        .limit(1)
        .scalar_subquery()
    )


@cache
def _cooperations(*, inside: bool) -> Query:
    """Return the query for cooperations of a unit, the latest first; `total` counts those left out too.

    One that is only prepared, without agreed days, is none yet.
    With those of groups that it was a member of then; `inside`: those of all units that lie in it instead.
    """
    row, group = CooperationRow, aliased(MembershipRow)
    then = func.daterange(row.starts_on, row.ends_on, "[]")
    was_member = exists().where(
        group.unit_id == _UNIT,
        group.group_id == row.unit_id,
        func.daterange(group.valid_from, group.valid_until, "[]").op("&&")(then),
    )
    belongs = row.unit_id.in_(units_within(_UNIT)) if inside else or_(row.unit_id == _UNIT, was_member)
    return Query(
        select(
            row.id,
            row.unit_id,
            _name_of(row.unit_id).label("unit_name"),
            row.regime,
            row.starts_on,
            row.ends_on,
            func.count().over().label("total"),
        )
        .where(belongs, row.starts_on.is_not(None))
        .order_by(row.starts_on.desc(), row.id)
        .limit(MOST_LISTED)
    )


@cache
def _plans(*, inside: bool) -> Query:
    """Return the query for approved plans of a unit and its groups, or of all units inside it."""
    row, group = PlanRow, aliased(MembershipRow)
    groups = select(group.group_id).where(group.unit_id == _UNIT, lasts_on(group, DAY))
    of_whom = units_within(_UNIT) if inside else union(select(_UNIT), groups)
    wanted = func.array(of_whom.scalar_subquery(), type_=ARRAY(Uuid))
    named = select(func.unnest(row.unit_ids).label("id")).correlate(row).subquery("named").lateral()
    names = (
        select(func.json_object_agg(named.c.id, _name_of(named.c.id)))
        .select_from(named)
        .correlate(row)
        .scalar_subquery()
    )
    return Query(
        select(
            *(getattr(row, name) for name in _PLAN_COLUMNS),
            cast(names, Text).label("units"),
            func.count().over().label("total"),
        )
        .where(row.unit_ids.op("&&")(wanted), row.approved_version > 0)
        .order_by(row.approved_on.desc(), row.id)
        .limit(MOST_LISTED)
    )


async def state(reads: Reader) -> str:
    """Return what tells one state of the database from another: equal texts see equal rows.

    A snapshot names the transactions that had ended; every write is one more. Snapshots are the server's and
    begin anew with it, so its start and the name of the database belong to the text.
    """
    row = await reads.row(_STATE)
    return str(row["state"]) if row else ""


async def unit(reads: Reader, unit_id: UUID, *, today: date) -> Unit | None:
    row = await reads.row(ONE_AT_PRESENT, unit_id=unit_id, day=today)
    if row is None:
        return None
    plain = {field.name: row[field.name] for field in fields(Unit)}
    status = MunicipalityStatus(row["status"]) if row["status"] else None
    return Unit(**{**plain, "kind": UnitKind(row["kind"]), "status": status})


async def place(
    reads: Reader, unit_id: UUID, *, day: date
) -> tuple[Mapping[Hierarchy, Sequence[Step]], list[Group]]:
    """Return what lies above a unit in both hierarchies, and the associations that it is a member of."""
    above, groups = await asyncio.gather(
        reads.rows(UPWARDS, unit_id=unit_id, day=day), reads.rows(_GROUPS, unit_id=unit_id, day=day)
    )
    steps = [Step(**{**row, "kind": UnitKind(row["kind"])}) for row in above]
    return ways_up(steps), [Group(**{**row, "kind": UnitKind(row["kind"])}) for row in groups]


async def cooperations(
    reads: Reader, unit_id: UUID, *, day: date, inside: bool
) -> tuple[list[Cooperation], int]:
    """Return the cooperations, the latest first, and how many there are."""
    rows = await reads.rows(_cooperations(inside=inside), unit_id=unit_id, day=day)
    found = [
        Cooperation(
            id=row["id"],
            unit_id=row["unit_id"],
            unit_name=row["unit_name"],
            regime=CooperationRegime(row["regime"]),
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
        )
        for row in rows
    ]
    return found, _total(rows)


async def plans(reads: Reader, unit_id: UUID, *, day: date, inside: bool) -> tuple[list[Plan], int]:
    """Return the approved plans, those approved last first, and how many there are."""
    rows = await reads.rows(_plans(inside=inside), unit_id=unit_id, day=day)
    found = [
        Plan(
            **{name: row[name] for name in _PLAN_COLUMNS if name != "kind"},
            kind=PlanKind(row["kind"]),
            units={UUID(id_): name or "?" for id_, name in json.loads(row["units"]).items()},
        )
        for row in rows
    ]
    return found, _total(rows)


def _total(rows: Sequence[Row]) -> int:
    return rows[0]["total"] if rows else 0
