"""What is read of projects as they were entered."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Select, Text, Uuid, all_, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array

from evaluation.projects.tables import KeyActivityRow, ProjectOutputRow, ProjectRow, ProjectThresholdRow
from shared.reads import Query, decimal_text, json_object

P: Final = ProjectRow.__table__.c
PROJECT_ID: Final = bindparam("project_id", type_=Uuid)
EMPTY: Final = text("'[]'::json")
_OUTPUT: Final = ("id", "code", "title", "kind", "target", "per_unit", "in_indicator")
_ACTIVITY: Final = ("id", "number", "title", "starts_on", "ends_on", "activity_kinds")


def _activities() -> ColumnElement[object]:
    output = json_object({name: getattr(ProjectOutputRow, name) for name in _OUTPUT})
    outputs = (
        select(func.coalesce(func.json_agg(aggregate_order_by(output, ProjectOutputRow.position)), EMPTY))
        .where(ProjectOutputRow.key_activity_id == KeyActivityRow.id)
        .correlate(KeyActivityRow)
        .scalar_subquery()
    )
    activity = json_object(
        {**{name: getattr(KeyActivityRow, name) for name in _ACTIVITY}, "outputs": outputs}
    )
    found: ColumnElement[object] = (
        select(func.coalesce(func.json_agg(aggregate_order_by(activity, KeyActivityRow.position)), EMPTY))
        .where(KeyActivityRow.project_id == P.id)
        .correlate(ProjectRow)
        .scalar_subquery()
    )
    return found


def _thresholds() -> ColumnElement[object]:
    row = ProjectThresholdRow
    valid_from = func.nullif(row.valid_from, date.min)
    told = json_object({"valid_from": valid_from, "hours": row.hours, "operator": row.operator})
    found: ColumnElement[object] = (
        select(func.json_agg(aggregate_order_by(told, row.valid_from)))
        .where(row.project_id == P.id)
        .correlate(ProjectRow)
        .scalar_subquery()
    )
    return found


HEAD: Final = (
    P.id,
    P.version,
    P.programme,
    P.registration_number,
    P.title,
    P.beneficiary,
    P.beneficiary_ico,
    P.owner_unit_id,
    P.unit_ids,
    P.starts_on,
    P.ends_on,
    decimal_text(P.total_czk).label("total_czk"),
    P.document_target,
    P.participant_target,
)
PROJECT: Final = Query(
    select(
        *HEAD,
        P.sources,
        P.threshold_hours,
        P.operator,
        _thresholds().label("thresholds"),
        P.support_units,
        P.attendance_unit,
        _activities().label("key_activities"),
    ).where(P.id == PROJECT_ID),
    version="version",
)
KNOWN: Final = Query(select(P.id).where(P.id == PROJECT_ID))
"""Whether there is such a project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; their values are parameters of the query."""

    of_programme: bool = False
    of_unit: bool = False
    by_words: bool = False


@cache
def projects(filters: Filters) -> Query:
    """Return the projects in Czech order of their titles."""
    found: Select[*tuple[object, ...]] = select(*HEAD)
    if filters.of_programme:
        found = found.where(P.programme == bindparam("programme", type_=Text))
    if filters.of_unit:
        found = found.where(P.unit_ids.bool_op("@>")(array([bindparam("unit", type_=Uuid)])))
    if filters.by_words:
        found = found.where(P.search_text.like(all_(bindparam("patterns", type_=ARRAY(Text)))))
    return Query(found, keys=(P.sort_key, P.id))
