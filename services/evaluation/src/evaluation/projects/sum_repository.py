"""What a project comes to on a day: outputs, documents and persons, in one statement."""

from functools import cache

from sqlalchemy import ColumnElement, Subquery, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute

from evaluation.participants.list_repository import AS_OF, hours_text, persons
from evaluation.participants.tables import ParticipantRow
from evaluation.programmes.domain import Standing
from evaluation.programmes.list_repository import ledger
from evaluation.projects.list_repository import EMPTY, PROJECT_ID, P
from evaluation.projects.tables import KeyActivityRow, ProjectOutputRow, ProjectRow, ProjectThresholdRow
from shared.reads import Query, json_object


@cache
def sums_of_project() -> Query:
    """Return one row; `as_of` is the day and `until` its end."""
    return Query(
        select(
            P.id,
            P.programme,
            P.registration_number,
            P.title,
            P.starts_on,
            P.ends_on,
            P.owner_unit_id,
            P.document_target,
            P.participant_target,
            _threshold(ProjectThresholdRow.hours).label("threshold_hours"),
            _threshold(ProjectThresholdRow.operator).label("operator"),
            _people().label("people"),
            _activities().label("key_activities"),
        ).where(P.id == PROJECT_ID)
    )


def _threshold(column: InstrumentedAttribute[int] | InstrumentedAttribute[str]) -> ColumnElement[object]:
    row = ProjectThresholdRow
    found: ColumnElement[object] = (
        select(column)
        .where(row.project_id == P.id, row.valid_from <= AS_OF)
        .order_by(row.valid_from.desc())
        .limit(1)
        .correlate(ProjectRow)
        .scalar_subquery()
    )
    return found


def _people() -> ColumnElement[object]:
    person = persons().c
    registered = (
        select(func.count())
        .where(ParticipantRow.project_id == PROJECT_ID, ParticipantRow.same_as.is_(None))
        .scalar_subquery()
    )
    people = json_object(
        {
            "registered": registered,
            "supported": func.count().filter(person.credit > 0),
            "counted": func.count(person.counted_on),
            "hours": hours_text(func.coalesce(func.sum(person.credit), 0)),
        }
    )
    found: ColumnElement[object] = select(people).select_from(persons()).scalar_subquery()
    return found


def _activities() -> ColumnElement[object]:
    counts = _counts()
    of = ProjectOutputRow
    told = json_object(
        {
            **{name: getattr(of, name) for name in ("id", "code", "title", "kind", "target", "per_unit")},
            "in_indicator": of.in_indicator,
            **{
                standing.name.lower(): func.coalesce(counts.c[standing.name.lower()], 0)
                for standing in Standing
            },
        }
    )
    outputs = (
        select(
            of.key_activity_id,
            func.json_agg(aggregate_order_by(told, of.position)).label("outputs"),
        )
        .join(counts, counts.c.output_id == of.id, isouter=True)
        .where(of.project_id == PROJECT_ID)
        .group_by(of.key_activity_id)
        .subquery("outputs")
    )
    activity = json_object(
        {
            **{
                name: getattr(KeyActivityRow, name)
                for name in ("id", "number", "title", "starts_on", "ends_on")
            },
            "outputs": func.coalesce(outputs.c.outputs, EMPTY),
        }
    )
    found: ColumnElement[object] = (
        select(func.coalesce(func.json_agg(aggregate_order_by(activity, KeyActivityRow.position)), EMPTY))
        .select_from(KeyActivityRow)
        .join(outputs, outputs.c.key_activity_id == KeyActivityRow.id, isouter=True)
        .where(KeyActivityRow.project_id == PROJECT_ID)
        .correlate(ProjectRow)
        .scalar_subquery()
    )
    return found


def _counts() -> Subquery:
    """Return a column for each standing; grouped by it first, as it costs a look at the withdrawals."""
    row = ledger().c
    by_standing = (
        select(row.output_id, row.standing, func.count().label("documents"))
        .group_by(row.output_id, row.standing)
        .subquery("by_standing")
    )
    of = by_standing.c
    return (
        select(
            of.output_id,
            *(
                func.sum(of.documents).filter(of.standing == standing.value).label(standing.name.lower())
                for standing in Standing
            ),
        )
        .group_by(of.output_id)
        .subquery("counts")
    )
