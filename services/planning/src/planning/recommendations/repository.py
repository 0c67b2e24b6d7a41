"""Every statement on recommendations and replies; who may read which is decided here, in SQL."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Select,
    SmallInteger,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from planning.plans.repository import P, own, visible
from planning.plans.tree_repository import PLAN_ID
from planning.recommendations.domain import Recommendation, Reply, State
from planning.recommendations.tables import RecommendationRow, ReplyRow
from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.planning import RecommendationAnswer
from shared.reads import Query
from shared.transaction import Transaction

R: Final = RecommendationRow.__table__.c
_REPLY: Final = ReplyRow.__table__.c
_TODAY: Final = bindparam("today", type_=Date)
_ID: Final = bindparam("recommendation_id", type_=Uuid)
_HOLDS: Final = and_(_REPLY.recommendation_id == R.id, _REPLY.version == R.reply_version)


def _state() -> ColumnElement[str]:
    """Return `State` as the domain has it; a test compares the two."""
    return case(
        (R.reply_version.is_(None) & (R.response_due_on < _TODAY), _of(State.OVERDUE)),
        (R.reply_version.is_(None), _of(State.OPEN)),
        (_REPLY.fulfilled_on.is_not(None), _of(State.FULFILLED)),
        (_REPLY.due_on < _TODAY, _of(State.LATE)),
        else_=_of(State.ANSWERED),
    )


def _of(state: State) -> ColumnElement[str]:
    return literal_column(f"'{state.value}'", Text)


def _rank() -> ColumnElement[int]:
    places = {state.value: place for place, state in enumerate(State)}
    return cast(case(places, value=_state(), else_=len(State)), SmallInteger)


def _whole() -> Select[*tuple[object, ...]]:
    """Let everybody read what was answered of plans in force, units of the plan and the Agency all."""
    return (
        select(
            R.id,
            R.version,
            R.evaluation_id,
            R.plan_id,
            P.c.title.label("plan_title"),
            R.revision,
            R.unit_ids,
            R.number,
            R.text,
            R.addressee,
            R.priority,
            R.issued_on,
            R.response_due_on,
            R.node_ids,
            _state().label("state"),
            _REPLY.answer,
            _REPLY.reasons,
            _REPLY.responsible,
            _REPLY.due_on,
            _REPLY.node_ids.label("met_in"),
            _REPLY.fulfilled_on,
            _REPLY.evidence,
            _REPLY.replied_at,
            func.coalesce(R.version > R.reply_version, literal_column("false", Boolean)).label("worded_anew"),
        )
        .select_from(RecommendationRow)
        .join(P, P.c.id == R.plan_id)
        .outerjoin(ReplyRow, _HOLDS)
        .where(or_(own(), and_(visible(), R.reply_version.is_not(None))))
    )


ONE: Final = Query(_whole().where(R.id == _ID), version="version", moves_on=True)
REPLIES: Final = Query(
    select(
        _REPLY.version,
        _REPLY.answer,
        _REPLY.reasons,
        _REPLY.responsible,
        _REPLY.due_on,
        _REPLY.node_ids.label("met_in"),
        _REPLY.fulfilled_on,
        _REPLY.evidence,
        _REPLY.affiliation,
        _REPLY.replied_at,
    )
    .select_from(ReplyRow)
    .join(RecommendationRow, R.id == _REPLY.recommendation_id)
    .join(P, P.c.id == R.plan_id)
    .where(R.id == _ID, own()),
    keys=(_REPLY.version,),
)
"""All replies there ever were, the oldest first: for units of the plan and the Agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; their values are parameters of the query."""

    of_unit: bool = False
    of_plan: bool = False
    of_evaluation: bool = False
    in_state: bool = False


@cache
def recommendations(filters: Filters) -> Query:
    """Return the query for a list: without an answer after its day first, then by that day."""
    found = _whole()
    if filters.of_unit:
        found = found.where(bindparam("unit_id", type_=Uuid) == any_(R.unit_ids))
    if filters.of_plan:
        found = found.where(R.plan_id == PLAN_ID)
    if filters.of_evaluation:
        found = found.where(R.evaluation_id == bindparam("evaluation_id", type_=Uuid))
    if filters.in_state:
        found = found.where(_state() == bindparam("state", type_=Text))
    return Query(found, keys=(_rank(), R.response_due_on, R.id))


async def load(session: AsyncSession, recommendation_id: UUID) -> Recommendation | None:
    """Load a recommendation with the reply that holds; its plan is locked by then."""
    found = select(RecommendationRow, ReplyRow).outerjoin(ReplyRow, _HOLDS)
    row = (await session.execute(found.where(R.id == recommendation_id))).one_or_none()
    return None if row is None else _recommendation(row[0], row[1])


async def plan_of(session: AsyncSession, recommendation_id: UUID) -> UUID | None:
    return await session.scalar(select(R.plan_id).where(R.id == recommendation_id))


async def unanswered(session: AsyncSession, plan_id: UUID, *, before_revision: int) -> list[str]:
    """Return the numbers of recommendations of earlier revisions that nobody answered, by their day."""
    found = select(R.number).where(
        R.plan_id == plan_id, R.revision < before_revision, R.reply_version.is_(None)
    )
    return list(await session.scalars(found.order_by(R.response_due_on, R.id)))


async def save(session: AsyncSession, kept: Recommendation, *, now: datetime) -> None:
    """Insert a recommendation, or bring it forward."""
    values = {
        "version": kept.version,
        "issue_version": kept.issue_version,
        "evaluation_id": kept.evaluation_id,
        "plan_id": kept.plan_id,
        "revision": kept.revision,
        "unit_ids": list(kept.unit_ids),
        "number": kept.number,
        "text": kept.text,
        "addressee": kept.addressee,
        "priority": kept.priority.value,
        "issued_on": kept.issued_on,
        "response_due_on": kept.response_due_on,
        "node_ids": list(kept.node_ids),
        "reply_version": None if kept.reply is None else kept.reply.version,
    }
    statement = insert(RecommendationRow).values(id=kept.id, received_at=now, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


async def add_reply(tx: Transaction, replied: Recommendation, reply: Reply) -> None:
    await tx.session.execute(
        insert(ReplyRow).values(
            recommendation_id=replied.id,
            version=reply.version,
            answer=reply.answer.value,
            reasons=reply.reasons,
            responsible=reply.responsible,
            due_on=reply.due_on,
            node_ids=list(reply.node_ids),
            fulfilled_on=reply.fulfilled_on,
            evidence=reply.evidence,
            replied_by=tx.actor.id,
            affiliation=tx.actor.affiliation,
            replied_at=tx.now,
        )
    )


def _recommendation(row: RecommendationRow, reply: ReplyRow | None) -> Recommendation:
    return Recommendation(
        id=row.id,
        version=row.version,
        issue_version=row.issue_version,
        evaluation_id=row.evaluation_id,
        plan_id=row.plan_id,
        revision=row.revision,
        unit_ids=tuple(row.unit_ids),
        number=row.number,
        text=row.text,
        addressee=row.addressee,
        priority=RecommendationPriority(row.priority),
        issued_on=row.issued_on,
        response_due_on=row.response_due_on,
        node_ids=tuple(row.node_ids),
        reply=None if reply is None else _reply(reply),
    )


def _reply(row: ReplyRow) -> Reply:
    return Reply(
        version=row.version,
        answer=RecommendationAnswer(row.answer),
        reasons=row.reasons,
        responsible=row.responsible,
        due_on=row.due_on,
        node_ids=tuple(row.node_ids),
        fulfilled_on=row.fulfilled_on,
        evidence=row.evidence,
    )
