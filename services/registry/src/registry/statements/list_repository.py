"""SQL of what is read of statements: lists, one, what was issued, the state on a day."""

from functools import cache
from typing import Final, TypeVar

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    SmallInteger,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, array
from sqlalchemy.orm import InstrumentedAttribute, aliased

from registry.journal.domain import Audience, Subject
from registry.journal.tables import JournalRow
from registry.statements.domain import PROCEDURE, Alarm, Status
from registry.statements.tables import StatementRow
from shared.reads import Query, decimal_text, json_object

_Column = TypeVar("_Column")
_TODAY: Final = bindparam("today", type_=Date)
_AGENCY: Final = bindparam("agency", type_=Boolean)
_VISIBLE: Final = or_(_AGENCY, StatementRow.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid))))
_IS_ISSUED: Final = StatementRow.status == Status.ISSUED.value
_NUMBER: Final = func.concat(StatementRow.ordinal, "/", StatementRow.year)
_LATER: Final = aliased(StatementRow)
_REPLACED_BY: Final = (
    select(_LATER.id)
    .where(_LATER.replaces == StatementRow.id, _LATER.status == Status.ISSUED.value)
    .correlate(StatementRow)
    .scalar_subquery()
)


def _days_left() -> ColumnElement[int | None]:
    """Count the working days since the clock ran on last; `holidays` are public ones of those years."""
    since = func.generate_series(StatementRow.clock_on + 1, _TODAY, literal_column("interval '1 day'"))
    days = select(cast(since, Date).label("day")).correlate(StatementRow).subquery("passed")
    passed = (
        select(func.count())
        .select_from(days)
        .where(
            func.extract("isodow", days.c.day) < 6,
            days.c.day.not_in(select(func.unnest(bindparam("holidays", type_=ARRAY(Date))))),
        )
        .scalar_subquery()
    )
    return case(
        (StatementRow.closed, null()),
        (StatementRow.due_on.is_(None), StatementRow.clock_left),
        else_=StatementRow.clock_left - passed,
    )


def _when_issued(column: InstrumentedAttribute[_Column]) -> ColumnElement[_Column | None]:
    """Return what others than the Agency see only when it is issued."""
    return case((or_(_AGENCY, _IS_ISSUED), column), else_=cast(null(), JSONB))


_ALARM: Final = case(
    (or_(StatementRow.closed, StatementRow.due_on.is_(None)), literal(Alarm.NONE.value)),
    (StatementRow.due_on < _TODAY, literal(Alarm.OVERDUE.value)),
    (StatementRow.alarm_on <= _TODAY, literal(Alarm.SOON.value)),
    else_=literal(Alarm.NONE.value),
)
_ALLOWED: Final = case(
    *(
        (
            StatementRow.status == status.value,
            array([literal(move.value) for move in PROCEDURE.allowed(status)], type_=Text),
        )
        for status in Status
    )
)
_CLOCK: Final = json_object(
    {
        "started_on": StatementRow.received_on,
        "working_days": StatementRow.working_days,
        "pauses": StatementRow.pauses,
    }
)
_APPLICANT: Final = {
    "name": StatementRow.applicant_name,
    "ico": StatementRow.applicant_ico,
    "data_box": StatementRow.applicant_data_box,
}
_ISSUE: Final = {
    "number": _NUMBER,
    "issued_on": StatementRow.issued_on,
    "signed_by": StatementRow.signed_by,
    "signatory_function": StatementRow.signatory_function,
    "digest": StatementRow.digest,
}
_SHOWN: Final = select(
    StatementRow.id,
    StatementRow.version,
    StatementRow.kind,
    StatementRow.status,
    json_object(_APPLICANT).label("applicant"),
    StatementRow.unit_ids,
    StatementRow.project_title,
    StatementRow.call_code,
    decimal_text(StatementRow.requested_amount_czk).label("requested_amount_czk"),
    StatementRow.selected_on,
    StatementRow.received_on,
    StatementRow.message_id,
    StatementRow.form,
    StatementRow.replaces,
    _CLOCK.label("clock"),
    StatementRow.alarm_days,
    _when_issued(StatementRow.draft).label("draft"),
    case((_IS_ISSUED, json_object(_ISSUE)), else_=null()).label("issue"),
    StatementRow.due_on,
    _days_left().label("days_left"),
    _ALARM.label("alarm"),
    _ALLOWED.label("allowed_moves"),
)
_OPEN_FIRST: Final = tuple(StatementRow.__table__.c[name] for name in ("closed", "ordered_on", "id"))
_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "kind": StatementRow.kind == bindparam("kind", type_=Text),
    "status": StatementRow.status == bindparam("status", type_=Text),
    "alarm": bindparam("alarm", type_=Text) == _ALARM,
    "unit": StatementRow.unit_ids.contains(array([bindparam("unit", type_=Uuid)])),
    "year": func.extract("year", StatementRow.received_on) == bindparam("year", type_=Integer),
    "drafter": StatementRow.drafted_by == bindparam("drafter", type_=Text),
}
_ASKED: Final = StatementRow.id == bindparam("id", type_=Uuid)

ONE: Final = Query(_SHOWN.where(_ASKED, _VISIBLE), version="version", moves_on=True)
DOCUMENT: Final = Query(
    select(
        StatementRow.id,
        _NUMBER.label("number"),
        StatementRow.kind,
        StatementRow.digest,
        StatementRow.content,
        StatementRow.text_cs,
        StatementRow.text_en,
        _REPLACED_BY.label("replaced_by"),
    ).where(_ASKED, _VISIBLE, _IS_ISSUED)
)
FROZEN: Final = Query(
    select(
        cast(
            case((or_(_AGENCY, _IS_ISSUED), StatementRow.drafted_findings), else_=cast(null(), JSONB)), Text
        ).label("at_draft"),
        cast(StatementRow.content["findings"], Text).label("at_issue"),
    ).where(_ASKED, _VISIBLE)
)
"""What was found when the outcome was drafted and when it was issued."""
STATE_ON: Final = Query(
    select(cast(JournalRow.after, Text).label("after"))
    .join(StatementRow, StatementRow.id == JournalRow.subject_id)
    .where(
        JournalRow.subject == Subject.STATEMENT.value,
        _ASKED,
        _VISIBLE,
        JournalRow.decided_on <= bindparam("day", type_=Date),
        or_(_AGENCY, JournalRow.audience != Audience.AGENCY.value),
    )
    .order_by(JournalRow.decided_on.desc(), JournalRow.version.desc())
    .limit(1)
)
"""The state on a day for all whose unit is covered: the journal's own entries know the leading unit alone."""


@cache
def statements(filters: frozenset[str]) -> Query:
    """Return the list, open ones by their last day first, with those of `_FILTERS`."""
    conditions = [_FILTERS[name] for name in sorted(filters)]
    return Query(_SHOWN.where(_VISIBLE, *conditions), keys=_OPEN_FIRST)


@cache
def issued(*, of_kind: bool, of_unit: bool, of_year: bool) -> Query:
    """Return the public heads of what was issued, the latest first."""
    found = select(
        StatementRow.id,
        _NUMBER.label("number"),
        StatementRow.kind,
        StatementRow.applicant_name,
        StatementRow.applicant_ico,
        StatementRow.unit_ids,
        StatementRow.draft["outcome"].astext.label("outcome"),
        StatementRow.issued_on,
        StatementRow.digest,
        StatementRow.replaces,
        _REPLACED_BY.label("replaced_by"),
    ).where(_IS_ISSUED)
    if of_kind:
        found = found.where(_FILTERS["kind"])
    if of_unit:
        found = found.where(_FILTERS["unit"])
    if of_year:
        found = found.where(StatementRow.year == bindparam("year", type_=SmallInteger))
    return Query(
        found, keys=tuple(StatementRow.__table__.c[name] for name in ("issued_on", "id")), descending=True
    )
