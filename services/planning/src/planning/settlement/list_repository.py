"""What is read of a settlement: one disposition, its history, the list to work through, and how far it is."""

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    bindparam,
    case,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import aliased

from planning.comments.tables import CommentRow
from planning.consultations.list_repository import CONSULTATION_ID, own, status
from planning.consultations.tables import ConsultationRow
from planning.partnerships.tables import BodyRow
from planning.settlement.tables import DispositionRow, DispositionStepRow, SettlementRow
from shared.reads import Query, json_object

NUMBER: Final = bindparam("number", type_=Integer)
_C: Final = CommentRow.__table__.c
_D: Final = DispositionRow.__table__.c
_S: Final = DispositionStepRow.__table__.c
_MAIN: Final = aliased(CommentRow)
_OF_MAIN: Final = aliased(DispositionRow)
State = Literal["waiting", "settled", "late", "withdrawn", "duplicate"]

RESULT: Final = func.coalesce(_D.result, _OF_MAIN.result, type_=Text())
"""The result of the comment, or of the one that it is settled with."""
_WAITS: Final = _C.withdrawn_at.is_(None) & RESULT.is_(None)
_ITEM: Final = (
    _C.id.label("comment_id"),
    _C.number,
    func.coalesce(_D.version, literal_column("0")).label("version"),
    _C.node_id,
    _C.node_number,
    _C.node_title,
    _C.kind,
    _C.is_timely,
    _C.withdrawn_at.is_not(None).label("is_withdrawn"),
    _MAIN.number.label("settled_with"),
    RESULT.label("result"),
    func.coalesce(_OF_MAIN.justification, _D.justification, "").label("justification"),
    func.coalesce(_OF_MAIN.settled_on, _D.settled_on, type_=Date()).label("settled_on"),
    _D.settled_for,
    _D.body_id,
    BodyRow.name.label("body_name"),
    func.coalesce(_OF_MAIN.change, _D.change).label("change"),
)


def _of_own(columns: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    """Select from comments of a consultation of the caller's own, each with what was decided."""
    return (
        columns.select_from(CommentRow)
        .join(ConsultationRow, ConsultationRow.id == _C.consultation_id)
        .outerjoin(DispositionRow, _D.comment_id == _C.id)
        .outerjoin(_MAIN, _MAIN.id == _C.duplicate_of)
        .outerjoin(_OF_MAIN, _OF_MAIN.comment_id == _C.duplicate_of)
        .outerjoin(BodyRow, BodyRow.id == func.coalesce(_OF_MAIN.body_id, _D.body_id))
        .where(_C.consultation_id == CONSULTATION_ID, own())
    )


DISPOSITION: Final = Query(
    _of_own(select(*_ITEM)).where(_C.number == NUMBER), version="version", moves_on=True
)
STEPS: Final = Query(
    _of_own(
        select(
            _S.version,
            _S.result,
            _S.justification,
            _S.change,
            _S.body_id,
            _S.settled_on,
            _S.reason,
            _S.affiliation,
            _S.at,
        )
    )
    .join(DispositionStepRow, _S.comment_id == _C.id)
    .where(_C.number == NUMBER),
    keys=(_S.version,),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    state: State | None = None
    of_result: bool = False
    of_node: bool = False


@cache
def dispositions(filters: Filters) -> Query:
    """Return the query for comments and what was decided on them, by number."""
    found = _of_own(select(*_ITEM))
    states: dict[State, ColumnElement[bool]] = {
        "waiting": _WAITS & _C.is_timely,
        "late": _WAITS & ~_C.is_timely,
        "settled": _C.withdrawn_at.is_(None) & RESULT.is_not(None),
        "withdrawn": _C.withdrawn_at.is_not(None),
        "duplicate": _C.duplicate_of.is_not(None),
    }
    if filters.state is not None:
        found = found.where(states[filters.state])
    if filters.of_result:
        found = found.where(bindparam("result", type_=Text) == RESULT)
    if filters.of_node:
        found = found.where(_C.node_id == bindparam("node_id", type_=_C.node_id.type))
    return Query(found, keys=(_C.number,))


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    counted = func.count(_C.id)
    return counted.filter(*conditions) if conditions else counted


def _with(result: str) -> ColumnElement[int]:
    return _count(_C.withdrawn_at.is_(None), literal_column(f"'{result}'") == RESULT)


_SETTLED: Final = SettlementRow.__table__.c
_APPROVAL: Final = case(
    (
        _SETTLED.consultation_id.is_not(None),
        json_object(
            {
                "body": _SETTLED.body,
                "approved_on": _SETTLED.approved_on,
                "note": _SETTLED.note,
                "approved_for": _SETTLED.approved_for,
            }
        ),
    )
)
_K: Final = ConsultationRow.__table__.c
PROGRESS: Final = Query(
    select(
        _K.id.label("consultation_id"),
        _K.version,
        status().label("status"),
        _K.settle_by_on,
        _count().label("comments"),
        _count(_WAITS, _C.is_timely).label("waiting"),
        _count(_WAITS, ~_C.is_timely).label("late_waiting"),
        case(
            (_K.settle_by_on < bindparam("day", type_=Date), _count(_WAITS, _C.is_timely)),
            else_=literal_column("0"),
        ).label("overdue"),
        _with("accepted").label("accepted"),
        _with("partly").label("partly"),
        _with("rejected").label("rejected"),
        _with("noted").label("noted"),
        _count(_C.withdrawn_at.is_not(None)).label("withdrawn"),
        _count(_C.duplicate_of.is_not(None)).label("duplicates"),
        _APPROVAL.label("approval"),
    )
    .select_from(ConsultationRow)
    .outerjoin(SettlementRow, _SETTLED.consultation_id == _K.id)
    .outerjoin(CommentRow, _C.consultation_id == _K.id)
    .outerjoin(DispositionRow, _D.comment_id == _C.id)
    .outerjoin(_OF_MAIN, _OF_MAIN.comment_id == _C.duplicate_of)
    .where(_K.id == CONSULTATION_ID, own())
    .group_by(_K.id, _SETTLED.consultation_id),
    version="version",
    moves_on=True,
)
"""How far the settlement is, in one statement."""
