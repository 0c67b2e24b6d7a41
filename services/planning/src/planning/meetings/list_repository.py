"""What is read of meetings: all by a unit's people, approved minutes of public bodies by everybody."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from planning.decisions.tables import DecisionRow
from planning.meetings.domain import MeetingStatus
from planning.meetings.tables import MeetingRow, ProtocolRow
from planning.partnerships.list_repository import own
from planning.partnerships.tables import BodyRow, BodyUnitRow, MandateRow
from shared.reads import Query, json_object

_MEETING: Final = MeetingRow.__table__.c
MEETING_ID: Final = bindparam("meeting_id", type_=Uuid)
HELD_ON: Final = cast(func.timezone("Europe/Prague", MeetingRow.planned_at), Date)
WHILE_MEMBER: Final = (MandateRow.starts_on <= HELD_ON) & or_(
    MandateRow.ends_on.is_(None), MandateRow.ends_on >= HELD_ON
)


def _visible() -> ColumnElement[bool]:
    approved = BodyRow.is_public & (MeetingRow.status == MeetingStatus.APPROVED.value)
    return or_(own(), approved)


def _for_own(column: ColumnElement[object], name: str) -> ColumnElement[object]:
    return case((own(), column)).label(name)


_HEAD: Final = (
    _MEETING.id,
    _MEETING.version,
    _MEETING.body_id,
    BodyRow.name.label("body_name"),
    _MEETING.title,
    _MEETING.planned_at,
    _MEETING.minutes_planned,
    _MEETING.place,
    _for_own(_MEETING.online_url, "online_url"),
    _MEETING.is_training,
    _MEETING.status,
    _MEETING.cancelled_because,
    _MEETING.members,
    _MEETING.present,
    _MEETING.quorate,
)


def _decisions() -> ColumnElement[object]:
    one = json_object(
        {
            "id": DecisionRow.id,
            "version": DecisionRow.version,
            "number": cast(DecisionRow.ordinal, Text) + "/" + cast(DecisionRow.year, Text),
            "text": DecisionRow.text,
            "votes_for": DecisionRow.votes_for,
            "votes_against": DecisionRow.votes_against,
            "abstained": DecisionRow.abstained,
            "responsible": DecisionRow.responsible,
            "due_on": DecisionRow.due_on,
            "status": DecisionRow.status,
        }
    )
    taken = select(func.json_agg(aggregate_order_by(one, DecisionRow.ordinal))).where(
        DecisionRow.meeting_id == MeetingRow.id
    )
    return func.coalesce(taken.correlate(MeetingRow).scalar_subquery(), func.json_build_array())


def _joined(found: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    return found.select_from(MeetingRow).join(BodyRow, BodyRow.id == MeetingRow.body_id).where(_visible())


ONE: Final = Query(
    _joined(
        select(
            *_HEAD,
            _MEETING.agenda,
            _MEETING.summary,
            _MEETING.notes,
            _for_own(_MEETING.guests, "guests"),
            _decisions().label("decisions"),
            select(ProtocolRow.digest)
            .where(ProtocolRow.meeting_id == MeetingRow.id)
            .correlate(MeetingRow)
            .scalar_subquery()
            .label("digest"),
        )
    ).where(MeetingRow.id == MEETING_ID),
    version="version",
    moves_on=True,
)
MINUTES: Final = Query(
    _joined(select(ProtocolRow.content, ProtocolRow.digest, ProtocolRow.text_cs, ProtocolRow.text_en))
    .join(ProtocolRow, ProtocolRow.meeting_id == MeetingRow.id)
    .where(MeetingRow.id == MEETING_ID)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; their values are parameters of the query."""

    of_body: bool = False
    of_unit: bool = False
    of_status: bool = False
    since: bool = False
    until: bool = False


@cache
def meetings(filters: Filters) -> Query:
    """Return the query for meetings, the latest first."""
    found = _joined(select(*_HEAD))
    if filters.of_body:
        found = found.where(MeetingRow.body_id == bindparam("body_id", type_=Uuid))
    if filters.of_unit:
        unit = BodyUnitRow.unit_id == bindparam("unit_id", type_=Uuid)
        found = found.where(exists().where(BodyUnitRow.body_id == BodyRow.id, unit))
    if filters.of_status:
        found = found.where(MeetingRow.status == bindparam("status", type_=Text))
    if filters.since:
        found = found.where(bindparam("since", type_=Date) <= HELD_ON)
    if filters.until:
        found = found.where(bindparam("until", type_=Date) >= HELD_ON)
    return Query(found, keys=(_MEETING.planned_at, _MEETING.id), descending=True)


_MOST: Final = 1_000
_DATED: Final = (
    _MEETING.id,
    _MEETING.sequence,
    _MEETING.title,
    BodyRow.name.label("body_name"),
    _MEETING.planned_at,
    _MEETING.minutes_planned,
    _MEETING.place,
    _MEETING.online_url,
    _MEETING.agenda,
    (_MEETING.status == literal_column(f"'{MeetingStatus.CANCELLED.value}'")).label("is_cancelled"),
    _MEETING.cancelled_because,
    _MEETING.changed_at,
)


def _dated(which: ColumnElement[bool]) -> Query:
    since = MeetingRow.planned_at >= bindparam("since", type_=DateTime(timezone=True))
    found = select(*_DATED).select_from(MeetingRow).join(BodyRow, BodyRow.id == MeetingRow.body_id)
    return Query(found.where(which, since).order_by(_MEETING.planned_at, _MEETING.id).limit(_MOST))


FEED_OF_BODY: Final = _dated(MeetingRow.body_id == bindparam("body_id", type_=Uuid))
FEED_OF_PERSON: Final = _dated(
    exists().where(
        MandateRow.body_id == MeetingRow.body_id,
        MandateRow.person == bindparam("person", type_=Text),
        WHILE_MEMBER,
    )
)
