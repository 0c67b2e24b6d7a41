"""SQL of what the log of activities comes to: sums by kind, area, period, unit and staff; the export."""

from functools import cache
from typing import Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.types import Boolean

from registry.activities.list_repository import Filters, chosen
from registry.activities.sums import Line, Reached, SummaryTooFine, SummedBy
from registry.activities.tables import ActivityRow, ActivityUnitRow
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.reads import Query, Reader, Row

MOST_LINES: Final = 10_000
_AREAS: Final = func.unnest(ActivityRow.areas).table_valued("area").render_derived(name="areas_of")
_STAFF: Final = (
    func.jsonb_array_elements(ActivityRow.staff)
    .table_valued(column("line", JSONB))
    .render_derived(name="staff_of")
)
_PEOPLE: Final = (
    func.jsonb_array_elements(ActivityRow.people)
    .table_valued(column("line", JSONB))
    .render_derived(name="people_of")
)
_PERIODS: Final = {SummedBy.MONTH: "YYYY-MM", SummedBy.QUARTER: 'YYYY-"Q"Q', SummedBy.YEAR: "YYYY"}


def _number(element: ColumnElement[object], name: str) -> ColumnElement[int]:
    return cast(element.op("->>")(name), Integer)


@cache
def _lines(by: frozenset[SummedBy], filters: Filters) -> Query:
    minutes: ColumnElement[int] = ActivityRow.__table__.c.minutes
    columns: list[ColumnElement[str] | ColumnElement[object]] = [
        func.to_char(ActivityRow.held_on, _PERIODS[each]).label("period")
        for each in sorted(by & _PERIODS.keys())
    ]
    if SummedBy.KIND in by:
        columns.append(ActivityRow.__table__.c.kind)
    if SummedBy.AREA in by:
        columns.append(cast(_AREAS.c.area, Text).label("area"))
    if SummedBy.UNIT in by:
        columns.append(ActivityUnitRow.__table__.c.unit_id)
    if SummedBy.STAFF in by:
        columns.append(_STAFF.c.line.op("->>")("person").label("staff"))
        minutes = _number(_STAFF.c.line, "minutes")
    found: Select[*tuple[object, ...]] = select(
        *columns,
        func.count().label("activities"),
        func.coalesce(func.sum(minutes, type_=BigInteger), 0).label("minutes"),
    ).select_from(_joined(by))
    found = chosen(found, filters)
    if SummedBy.UNIT in by:
        found = found.where(_readable_unit(of_unit=filters.of_unit))
    found = found.group_by(*columns).order_by(*columns).limit(MOST_LINES + 1)
    return Query(found)


def _joined(by: frozenset[SummedBy]) -> FromClause:
    source: FromClause = ActivityRow.__table__
    if SummedBy.AREA in by:
        source = source.outerjoin(_AREAS, true())
    if SummedBy.UNIT in by:
        source = source.join(ActivityUnitRow, ActivityUnitRow.activity_id == ActivityRow.id)
    if SummedBy.STAFF in by:
        source = source.join(_STAFF, true())
    return source


def _readable_unit(*, of_unit: bool) -> ColumnElement[bool]:
    """Return whether a line of the unit is shown: others' hours are no business of a unit."""
    readable = or_(
        bindparam("agency", type_=Boolean),
        ActivityUnitRow.unit_id == any_(bindparam("units", type_=ARRAY(Uuid))),
    )
    return readable & (ActivityUnitRow.unit_id == bindparam("unit_id", type_=Uuid)) if of_unit else readable


@cache
def _totals(filters: Filters) -> Query:
    """Return the query for the total (role NULL) and for people by role, in one statement."""
    count, minutes = _number(_PEOPLE.c.line, "count"), _number(_PEOPLE.c.line, "minutes")
    role = _PEOPLE.c.line.op("->>")("role")
    total: Select[*tuple[object, ...]] = select(
        null().label("role"),
        func.count().label("number"),
        func.coalesce(func.sum(ActivityRow.minutes, type_=BigInteger), 0).label("minutes"),
    )
    people: Select[*tuple[object, ...]] = (
        select(
            cast(role, Text),
            func.sum(count, type_=BigInteger),
            func.sum(count * cast(minutes, BigInteger), type_=BigInteger),
        )
        .select_from(ActivityRow.__table__.join(_PEOPLE, true()))
        .group_by(role)
    )
    both = union_all(chosen(total, filters), chosen(people, filters)).subquery("both")
    return Query(select(both).order_by(both.c.role.nulls_first()))


async def lines(reads: Reader, by: frozenset[SummedBy], filters: Filters, **parameters: object) -> list[Line]:
    """Return the sums; raises SummaryTooFine."""
    rows = await reads.rows(_lines(by, filters), **parameters)
    if len(rows) > MOST_LINES:
        raise SummaryTooFine(pointer="query/by", most=MOST_LINES)
    return [Line(**row) for row in rows]


async def totals(reads: Reader, filters: Filters, **parameters: object) -> tuple[Line, list[Reached]]:
    """Return the total, in which each activity counts once, and the people reached by role."""
    total, *people = await reads.rows(_totals(filters), **parameters)
    return Line(activities=int(total["number"]), minutes=int(total["minutes"])), [
        Reached(role=row["role"], people=int(row["number"]), minutes=int(row["minutes"])) for row in people
    ]


@cache
def exported(filters: Filters) -> Query:
    """Return the query for the activities with names of their units on the day, the latest first."""
    names = (
        select(
            func.string_agg(
                UnitStateRow.name, aggregate_order_by(literal_column("', '"), ActivityUnitRow.position)
            )
        )
        .join(ActivityUnitRow, ActivityUnitRow.unit_id == UnitStateRow.unit_id)
        .where(
            ActivityUnitRow.activity_id == ActivityRow.id,
            named_on(UnitStateRow, ActivityRow.__table__.c.held_on),
        )
        .correlate(ActivityRow)
    )
    found = select(
        ActivityRow.held_on,
        ActivityRow.kind,
        names.scalar_subquery().label("units"),
        ActivityRow.areas,
        ActivityRow.minutes,
        ActivityRow.title,
        ActivityRow.place,
        ActivityRow.online,
        cast(ActivityRow.staff, Text).label("staff"),
        cast(ActivityRow.people, Text).label("people"),
        func.jsonb_array_length(ActivityRow.attendance).label("attending"),
        ActivityRow.recorded_by,
        ActivityRow.id,
    )
    found = chosen(found, filters).order_by(ActivityRow.held_on.desc(), ActivityRow.id.desc())
    return Query(found.limit(bindparam("most", type_=Integer)))


async def export(reads: Reader, filters: Filters, *, most: int, **parameters: object) -> list[Row]:
    return await reads.rows(exported(filters), most=most, **parameters)
