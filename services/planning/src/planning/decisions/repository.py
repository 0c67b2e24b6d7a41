"""Every statement on decisions of meetings."""

from functools import cache
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from planning.decisions.domain import Decision, DecisionStatus, Votes, Wording
from planning.decisions.refusals import DecisionUnknown
from planning.decisions.tables import DecisionCounterRow, DecisionRow
from planning.meetings.domain import MeetingStatus
from planning.meetings.tables import MeetingRow
from planning.partnerships.list_repository import own
from planning.partnerships.tables import BodyRow, BodyUnitRow
from shared.reads import Query

_DECISION: Final = DecisionRow.__table__.c
_OPEN: Final[ColumnElement[str]] = literal_column(f"'{DecisionStatus.OPEN.value}'", Text)
_SETTLED: Final = _DECISION.status != _OPEN
_DUE: Final = func.coalesce(DecisionRow.due_on, literal_column("DATE '9999-12-31'"), type_=Date())
_OVERDUE: Final = (_DECISION.status == _OPEN) & (bindparam("day", type_=Date) > _DUE)
_HELD_ON: Final = cast(func.timezone("Europe/Prague", MeetingRow.planned_at), Date)
_WHOLE: Final = (
    _DECISION.id,
    _DECISION.version,
    (cast(_DECISION.ordinal, Text) + "/" + cast(_DECISION.year, Text)).label("number"),
    _DECISION.body_id,
    BodyRow.name.label("body_name"),
    _DECISION.meeting_id,
    _HELD_ON.label("decided_on"),
    _DECISION.text,
    _DECISION.votes_for,
    _DECISION.votes_against,
    _DECISION.abstained,
    _DECISION.responsible,
    _DECISION.due_on,
    _DECISION.status,
    _OVERDUE.label("is_overdue"),
    _DECISION.settled_on,
    _DECISION.settlement_note,
)
State = Literal["open", "overdue", "done", "dropped"]


def _visible() -> Select[*tuple[object, ...]]:
    """Let the public read what approved minutes of public bodies have."""
    approved = BodyRow.is_public & (MeetingRow.status == MeetingStatus.APPROVED.value)
    return (
        select(*_WHOLE)
        .select_from(DecisionRow)
        .join(BodyRow, BodyRow.id == DecisionRow.body_id)
        .join(MeetingRow, MeetingRow.id == DecisionRow.meeting_id)
        .where(or_(own(), approved))
    )


ONE: Final = Query(
    _visible().where(DecisionRow.id == bindparam("decision_id", type_=Uuid)), version="version", moves_on=True
)


@cache
def register(*, of_body: bool, of_unit: bool, of_meeting: bool, due: bool, state: State | None) -> Query:
    """Return the register: open decisions by due day, so the overdue ones first, then those settled."""
    found = _visible()
    if of_body:
        found = found.where(DecisionRow.body_id == bindparam("body_id", type_=Uuid))
    if of_meeting:
        found = found.where(DecisionRow.meeting_id == bindparam("meeting_id", type_=Uuid))
    if of_unit:
        found = found.where(_for_unit())
    if due:
        found = found.where(DecisionRow.due_on <= bindparam("due", type_=Date))
    if state == "overdue":
        found = found.where(_OVERDUE)
    elif state is not None:
        found = found.where(DecisionRow.status == bindparam("state", type_=Text))
    return Query(found, keys=(_SETTLED, _DUE, _DECISION.id))


def _for_unit() -> ColumnElement[bool]:
    unit = BodyUnitRow.unit_id == bindparam("unit_id", type_=Uuid)
    return exists().where(BodyUnitRow.body_id == BodyRow.id, unit)


async def next_ordinal(session: AsyncSession, body_id: UUID, year: int) -> int:
    """Take the next number of the body and year; who comes meanwhile waits, a rollback gives it back."""
    row = DecisionCounterRow
    taken = upsert(row).values(body_id=body_id, year=year, last=1)
    statement = taken.on_conflict_do_update(index_elements=["body_id", "year"], set_={"last": row.last + 1})
    return (await session.scalars(statement.returning(row.last))).one()


async def add(session: AsyncSession, decision: Decision) -> None:
    await session.execute(
        insert(DecisionRow).values(
            id=decision.id,
            meeting_id=decision.meeting_id,
            body_id=decision.body_id,
            year=decision.year,
            ordinal=decision.ordinal,
            **_values(decision),
        )
    )


async def save(session: AsyncSession, decision: Decision) -> None:
    await session.execute(
        update(DecisionRow).where(DecisionRow.id == decision.id).values(**_values(decision))
    )


async def meeting_of(session: AsyncSession, decision_id: UUID) -> UUID:
    """Raise DecisionUnknown."""
    found = await session.scalar(select(DecisionRow.meeting_id).where(DecisionRow.id == decision_id))
    if found is None:
        raise DecisionUnknown
    return found


async def of_meeting(session: AsyncSession, meeting_id: UUID) -> list[Decision]:
    found = select(DecisionRow).where(DecisionRow.meeting_id == meeting_id).order_by(DecisionRow.ordinal)
    return [_decision(row) for row in await session.scalars(found)]


def _values(decision: Decision) -> dict[str, object]:
    wording, votes = decision.wording, decision.wording.votes
    return {
        "version": decision.version,
        "text": wording.text,
        "votes_for": votes.votes_for if votes else None,
        "votes_against": votes.votes_against if votes else None,
        "abstained": votes.abstained if votes else None,
        "responsible": wording.responsible,
        "due_on": wording.due_on,
        "status": decision.status.value,
        "settled_on": decision.settled_on,
        "settlement_note": decision.settlement_note,
    }


def _decision(row: DecisionRow) -> Decision:
    counted = None
    if row.votes_for is not None and row.votes_against is not None and row.abstained is not None:
        counted = Votes(votes_for=row.votes_for, votes_against=row.votes_against, abstained=row.abstained)
    return Decision(
        id=row.id,
        version=row.version,
        meeting_id=row.meeting_id,
        body_id=row.body_id,
        year=row.year,
        ordinal=row.ordinal,
        wording=Wording(text=row.text, votes=counted, responsible=row.responsible, due_on=row.due_on),
        status=DecisionStatus(row.status),
        settled_on=row.settled_on,
        settlement_note=row.settlement_note,
    )
