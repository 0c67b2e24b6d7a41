"""What is read of comments: submitters are shown to the parties' officers and the Agency alone."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from planning.comments.tables import CommentRow
from planning.consultations.list_repository import CONSULTATION_ID, own, visible
from planning.consultations.tables import ConsultationRow
from planning.publication.tables import ReleaseRow
from planning.settlement.tables import DispositionRow
from shared.reads import Query, json_object

C: Final = CommentRow.__table__.c
_MAIN: Final = CommentRow.__table__.alias("main")
_SAME: Final = CommentRow.__table__.alias("same")
_OFFERED: Final = 20
"""So many comments of the same text are offered to be joined."""


def _main_number() -> ColumnElement[object]:
    found = select(_MAIN.c.number).where(_MAIN.c.id == C.duplicate_of)
    return found.correlate(CommentRow).scalar_subquery()


_PUBLIC: Final = (
    C.id,
    C.version,
    C.consultation_id,
    C.number,
    C.channel,
    C.submitter_kind,
    C.node_id,
    C.node_number,
    C.node_title,
    C.kind,
    C.text,
    C.proposed_wording,
    C.reasons,
    C.sent_on,
    C.delivered_at,
    C.is_timely,
    C.late_reason,
    _main_number().label("duplicate_of_number"),
    C.withdrawn_at,
)
_OFFICERS: Final = (
    *_PUBLIC,
    C.duplicate_of,
    C.submitter_name,
    C.submitter_contact,
    C.is_erased,
    C.withdrawal_reason,
    C.attachments,
    C.recorded_at,
)


def _of_own(found: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    joined = found.select_from(CommentRow).join(ConsultationRow, ConsultationRow.id == C.consultation_id)
    return joined.where(own())


def _same_text() -> ColumnElement[object]:
    """Return the numbers of other comments with the same text that are neither joined nor withdrawn."""
    same = (
        select(_SAME.c.number)
        .where(
            _SAME.c.consultation_id == C.consultation_id,
            _SAME.c.text_key == C.text_key,
            _SAME.c.id != C.id,
            _SAME.c.withdrawn_at.is_(None),
        )
        .correlate(CommentRow)
        .order_by(_SAME.c.number)
        .limit(_OFFERED)
        .subquery()
    )
    numbers = func.json_agg(aggregate_order_by(same.c.number, same.c.number))
    return select(func.coalesce(numbers, func.json_build_array())).scalar_subquery()


def _joined_numbers() -> ColumnElement[object]:
    numbers = func.json_agg(aggregate_order_by(_SAME.c.number, _SAME.c.number))
    found = select(func.coalesce(numbers, func.json_build_array())).where(_SAME.c.duplicate_of == C.id)
    return found.correlate(CommentRow).scalar_subquery()


COMMENT: Final = Query(
    _of_own(
        select(*_OFFICERS, _same_text().label("same_text"), _joined_numbers().label("joined_with_it"))
    ).where(C.id == bindparam("comment_id", type_=Uuid)),
    version="version",
    moves_on=True,
)


def _outcome() -> ColumnElement[object]:
    """Return what became of the comment, or of the one that it is joined with, once it is published."""
    told = json_object(
        {
            "result": DispositionRow.result,
            "justification": ReleaseRow.justification,
            "settled_on": DispositionRow.settled_on,
        }
    )
    return (
        select(told)
        .select_from(DispositionRow)
        .join(ConsultationRow, ConsultationRow.id == DispositionRow.consultation_id)
        .outerjoin(ReleaseRow, ReleaseRow.comment_id == DispositionRow.comment_id)
        .where(
            DispositionRow.comment_id == func.coalesce(C.duplicate_of, C.id),
            DispositionRow.result.is_not(None),
            ConsultationRow.published_at.is_not(None),
        )
        .correlate(CommentRow)
        .scalar_subquery()
    )


OWN_COMMENT: Final = Query(
    select(*_PUBLIC, _outcome().label("outcome")).where(
        C.consultation_id == CONSULTATION_ID,
        C.number == bindparam("number", type_=Integer),
        C.receipt == bindparam("receipt", type_=Text),
    ),
    version="version",
    moves_on=True,
)
"""A comment as who sent it reads it, with the receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which filters are given; their values are parameters of the query."""

    of_node: bool = False
    of_kind: bool = False
    unsorted: bool = False
    of_channel: bool = False
    by_timeliness: bool = False
    by_withdrawal: bool = False
    by_joining: bool = False
    by_text: bool = False


@cache
def comments(filters: Filters) -> Query:
    """Return the query for comments of one's own consultation, by their numbers."""
    found = _of_own(select(*_OFFICERS)).where(C.consultation_id == CONSULTATION_ID)
    if filters.of_node:
        found = found.where(C.node_id == bindparam("node_id", type_=Uuid))
    if filters.of_kind:
        found = found.where(C.kind == bindparam("kind", type_=Text))
    if filters.unsorted:
        found = found.where(C.kind.is_(None))
    if filters.of_channel:
        found = found.where(C.channel == bindparam("channel", type_=Text))
    if filters.by_timeliness:
        found = found.where(C.is_timely == bindparam("timely", type_=Boolean))
    if filters.by_withdrawal:
        found = found.where(C.withdrawn_at.is_not(None) == bindparam("withdrawn", type_=Boolean))
    if filters.by_joining:
        found = found.where(C.duplicate_of.is_not(None) == bindparam("joined", type_=Boolean))
    if filters.by_text:
        found = found.where(C.search_text.like(bindparam("pattern", type_=Text)))
    return Query(found, keys=(C.number,))


BOOK: Final = Query(
    _of_own(select(*_OFFICERS)).where(C.consultation_id == CONSULTATION_ID).order_by(C.number)
)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    found = select(func.count()).select_from(CommentRow)
    return (
        found.where(C.consultation_id == ConsultationRow.id, condition)
        .correlate(ConsultationRow)
        .scalar_subquery()
    )


def _by_node() -> ColumnElement[object]:
    counted = (
        select(C.node_id, func.count().label("comments"))
        .where(C.consultation_id == ConsultationRow.id)
        .group_by(C.node_id)
        .correlate(ConsultationRow)
        .subquery()
    )
    line = func.json_build_object(
        literal("node_id"), counted.c.node_id, literal("comments"), counted.c.comments
    )
    ordered = aggregate_order_by(line, counted.c.comments.desc(), counted.c.node_id)
    return select(func.coalesce(func.json_agg(ordered), func.json_build_array())).scalar_subquery()


COUNTS: Final = Query(
    select(
        ConsultationRow.__table__.c.last_number.label("comments"),
        _count(~C.is_timely).label("late"),
        _count(C.withdrawn_at.is_not(None)).label("withdrawn"),
        _by_node().label("by_node"),
    ).where(and_(ConsultationRow.id == CONSULTATION_ID, visible()))
)
"""How many comments came, which everybody may know; the whole from the counter, the rest from indexes."""
