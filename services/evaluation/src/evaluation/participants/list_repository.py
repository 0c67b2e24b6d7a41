"""What is read of participants: whose hours crossed the threshold, and on which day."""

from functools import cache
from typing import Final

from sqlalchemy import (
    ARRAY,
    CTE,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Select,
    Subquery,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    false,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from evaluation.participants.tables import ParticipantRow, SupportEntryRow
from evaluation.projects.domain import PARTICIPANTS
from evaluation.projects.tables import KeyActivityRow, ProjectRow, ProjectThresholdRow
from shared.reads import Query, json_object

PROJECT_ID: Final = bindparam("project_id", type_=Uuid)
PARTICIPANT_ID: Final = bindparam("participant_id", type_=Uuid)
AS_OF: Final = bindparam("as_of", type_=Date)
PARTICIPANTS_CODE: Final = {programme.value: code for programme, code in PARTICIPANTS.items()}
P: Final = ParticipantRow.__table__.c
PERSON: Final = func.coalesce(P.same_as, P.id)
"""Two registrations of one person are summed under the first."""


@cache
def persons() -> CTE:
    """Return for each person of a project the credit up to a day and when it first was enough.

    Corrections stand on the day of what they correct, so that what a day gives is never less than nothing:
    the sum only grows, and the first day on which it is enough is the day of crossing. The window takes
    all entries of a day at once.
    """
    so_far = func.sum(SupportEntryRow.credit).over(partition_by=PERSON, order_by=SupportEntryRow.supported_on)
    running = (
        select(
            PERSON.label("person"),
            SupportEntryRow.supported_on,
            SupportEntryRow.credit,
            so_far.label("so_far"),
        )
        .join(ParticipantRow, P.id == SupportEntryRow.participant_id)
        .where(SupportEntryRow.project_id == PROJECT_ID, SupportEntryRow.supported_on <= AS_OF)
        .cte("running")
    )
    sums = (
        select(
            running.c.person,
            func.sum(running.c.credit).label("credit"),
            func.count().label("entries"),
            func.max(running.c.supported_on).label("last_supported_on"),
        )
        .group_by(running.c.person)
        .subquery("sums")
    )
    crossings = _crossings(running)
    return (
        select(*sums.c, crossings.c.counted_on)
        .select_from(sums)
        .outerjoin(crossings, crossings.c.person == sums.c.person)
        .cte("persons")
    )


def _crossings(running: CTE) -> Subquery:
    """Return of each person who counts the first day on which the sum was enough as the day had it.

    A lower threshold counts whom it finds on its first day; a higher one takes nobody back.
    """
    row = ProjectThresholdRow
    limits = (
        select(
            row.valid_from,
            func.lead(row.valid_from).over(order_by=row.valid_from).label("until"),
            row.credit.label("enough"),
        )
        .where(row.project_id == PROJECT_ID, row.valid_from <= AS_OF)
        .cte("limits")
    )
    held = or_(limits.c.until.is_(None), running.c.supported_on < limits.c.until)
    crossed_on = func.greatest(running.c.supported_on, limits.c.valid_from)
    return (
        select(running.c.person, func.min(crossed_on).label("counted_on"))
        .join(limits, and_(running.c.so_far >= limits.c.enough, held))
        .group_by(running.c.person)
        .subquery("crossings")
    )


def hours_text(credit: ColumnElement[int]) -> ColumnElement[str]:
    """Return hours and minutes, `39:59`; what is less than a minute is cut off, never rounded up."""
    minutes = cast(func.abs(credit), BigInteger) // 3
    sign = case((credit < 0, "-"), else_="")
    return func.concat(sign, minutes // 60, ":", func.lpad(cast(minutes % 60, Text), 2, "0"))


def own() -> ColumnElement[bool]:
    """Return whether the caller keeps the project: the Agency, or people of the municipality whose it is."""
    theirs = ProjectRow.owner_unit_id == any_(bindparam("units", type_=ARRAY(Uuid)))
    return or_(bindparam("agency", type_=Boolean), func.coalesce(theirs, false()))


OWN: Final = Query(select(ProjectRow.id).where(ProjectRow.id == PROJECT_ID, own()))


def _shown() -> Select[*tuple[object, ...]]:
    person = persons().c
    credit = func.coalesce(person.credit, 0)
    return (
        select(
            P.id,
            P.version,
            P.key,
            P.role,
            P.legal_basis,
            P.registered_at,
            P.withdrawn_on,
            P.erased_at,
            hours_text(credit).label("hours"),
            func.coalesce(person.entries, 0).label("entries"),
            person.counted_on,
            person.last_supported_on,
        )
        .select_from(ParticipantRow)
        .join(ProjectRow, ProjectRow.id == P.project_id)
        .join(persons(), person.person == P.id, isouter=True)
        .where(P.project_id == PROJECT_ID, P.same_as.is_(None), own())
    )


@cache
def participants(counted: bool | None) -> Query:  # noqa: FBT001
    """Return the persons of a project in the order of registration; `counted`: above the threshold or not."""
    found = _shown()
    if counted is not None:
        crossed = persons().c.counted_on
        found = found.where(crossed.is_not(None) if counted else crossed.is_(None))
    return Query(found, keys=(P.id,))


def _entries() -> ColumnElement[object]:
    of = ParticipantRow.__table__.alias("of")
    row = SupportEntryRow
    entry = json_object(
        {
            **{name: getattr(row, name) for name in _ENTRY},
            "hours": hours_text(row.__table__.c.credit),
            "key_activity": KeyActivityRow.number,
        }
    )
    ordered = aggregate_order_by(entry, row.supported_on, row.recorded_at, row.id)
    found: ColumnElement[object] = (
        select(func.coalesce(func.json_agg(ordered), text("'[]'::json")))
        .select_from(row)
        .join(of, of.c.id == row.participant_id)
        .join(KeyActivityRow, KeyActivityRow.id == row.key_activity_id, isouter=True)
        .where(or_(of.c.id == P.id, of.c.same_as == P.id), row.supported_on <= AS_OF)
        .correlate(ParticipantRow)
        .scalar_subquery()
    )
    return found


_ENTRY: Final = (
    *("id", "participant_id", "supported_on", "kind", "unit", "amount", "origin", "activity_id"),
    *("corrects_id", "reason", "recorded_at"),
)


@cache
def participant() -> Query:
    """Return one person with all entries behind the number, those of merged registrations too."""
    return Query(
        _shown().add_columns(_entries().label("support")).where(P.id == PARTICIPANT_ID),
        version="version",
        moves_on=True,
    )


@cache
def cards() -> Query:
    """Return a row for each person of a project, as IS ESF asks for participants."""
    person = persons().c
    return Query(
        select(
            ProjectRow.registration_number,
            func.coalesce(P.key, "").label("key"),
            P.role,
            P.legal_basis,
            cast(func.timezone("Europe/Prague", P.registered_at), Date).label("registered_on"),
            P.withdrawn_on,
            hours_text(func.coalesce(person.credit, 0)).label("hours"),
            person.counted_on.is_not(None).label("counted"),
            person.counted_on,
            case(PARTICIPANTS_CODE, value=ProjectRow.programme).label("indicator"),
        )
        .select_from(ParticipantRow)
        .join(ProjectRow, ProjectRow.id == P.project_id)
        .join(persons(), person.person == P.id, isouter=True)
        .where(P.project_id == PROJECT_ID, P.same_as.is_(None), own())
        .order_by(P.id)
    )


@cache
def records() -> Query:
    """Return a row for each entry of support in a project until a day."""
    row = SupportEntryRow.__table__.c
    of = ParticipantRow.__table__.alias("of")
    return Query(
        select(
            ProjectRow.registration_number,
            func.coalesce(of.c.key, "").label("key"),
            row.supported_on,
            row.kind,
            KeyActivityRow.number.label("key_activity"),
            row.unit,
            row.amount,
            hours_text(row.credit).label("hours"),
            row.origin,
            row.reason,
        )
        .select_from(SupportEntryRow)
        .join(ProjectRow, ProjectRow.id == row.project_id)
        .join(of, of.c.id == row.participant_id)
        .join(KeyActivityRow, KeyActivityRow.id == row.key_activity_id, isouter=True)
        .where(row.project_id == PROJECT_ID, row.supported_on <= AS_OF, own())
        .order_by(func.coalesce(of.c.same_as, of.c.id), row.supported_on, row.recorded_at, row.id)
    )
