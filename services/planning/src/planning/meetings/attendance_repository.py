"""Who is invited to a meeting, who came, and what that comes to for a body."""

from functools import cache
from typing import Final

from sqlalchemy import Date, Select, Uuid, bindparam, case, func, or_, select

from planning.meetings.list_repository import HELD_ON, MEETING_ID, WHILE_MEMBER
from planning.meetings.presence import THERE, Presence
from planning.meetings.tables import AttendanceRow, MeetingRow
from planning.partnerships.list_repository import own
from planning.partnerships.tables import BodyRow, MandateRow
from shared.reads import Query

_MEETING: Final = MeetingRow.__table__.c
_MANDATE: Final = MandateRow.__table__.c


def _attendants() -> Select[*tuple[object, ...]]:
    """Return who is invited, and once attendance is written down who is in it."""
    invited = (MeetingRow.quorate.is_(None)) & WHILE_MEMBER
    return (
        select(
            _MANDATE.id.label("mandate_id"),
            _MANDATE.name,
            _MANDATE.organisation,
            _MANDATE.role,
            _MANDATE.alternate_for,
            AttendanceRow.presence,
            AttendanceRow.minutes,
            case((MeetingRow.is_training, func.coalesce(AttendanceRow.minutes, 0)), else_=0).label(
                "training_minutes"
            ),
        )
        .select_from(MeetingRow)
        .join(BodyRow, BodyRow.id == MeetingRow.body_id)
        .join(MandateRow, MandateRow.body_id == MeetingRow.body_id)
        .outerjoin(
            AttendanceRow,
            (AttendanceRow.meeting_id == MeetingRow.id) & (AttendanceRow.mandate_id == MandateRow.id),
        )
        .where(MeetingRow.id == MEETING_ID, own(), or_(AttendanceRow.presence.is_not(None), invited))
    )


ATTENDANCE: Final = Query(_attendants(), keys=(_MANDATE.sort_key, _MANDATE.id))
KNOWN: Final = Query(
    select(_MEETING.id)
    .select_from(MeetingRow)
    .join(BodyRow, BodyRow.id == MeetingRow.body_id)
    .where(MeetingRow.id == MEETING_ID, own())
)
"""Whether the caller may read who came."""


def _summed() -> Select[*tuple[object, ...]]:
    there = AttendanceRow.presence.in_(sorted(each.value for each in THERE))
    excused = AttendanceRow.presence == Presence.EXCUSED.value
    there_in_training = there & MeetingRow.is_training
    minutes = func.coalesce(func.sum(AttendanceRow.minutes), 0)
    training = func.coalesce(func.sum(AttendanceRow.minutes).filter(there_in_training), 0)
    return (
        select(
            _MANDATE.id.label("mandate_id"),
            _MANDATE.sort_key,
            _MANDATE.name,
            _MANDATE.organisation,
            _MANDATE.role,
            func.count().label("meetings"),
            func.count().filter(there).label("there"),
            func.count().filter(excused).label("excused"),
            minutes.label("minutes"),
            training.label("training_minutes"),
        )
        .select_from(AttendanceRow)
        .join(MeetingRow, MeetingRow.id == AttendanceRow.meeting_id)
        .join(MandateRow, MandateRow.id == AttendanceRow.mandate_id)
        .join(BodyRow, BodyRow.id == MeetingRow.body_id)
        .where(MeetingRow.body_id == bindparam("body_id", type_=Uuid), own())
        .where(HELD_ON.between(bindparam("since", type_=Date), bindparam("until", type_=Date)))
        .group_by(_MANDATE.id)
    )


@cache
def attendance_of_body() -> Query:
    """Return how often each member of a body came in a time, in Czech order of names."""
    summed = _summed().subquery("summed")
    shown = [column for column in summed.c if column.key != "sort_key"]
    return Query(select(*shown), keys=(summed.c.sort_key, summed.c.mandate_id))
