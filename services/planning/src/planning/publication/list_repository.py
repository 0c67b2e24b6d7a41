"""What is read of releases and of published settlements."""

import json
from functools import cache
from typing import Final, Literal

from sqlalchemy import func, literal_column, or_, select

from planning.comments.tables import CommentRow
from planning.consultations.list_repository import CONSULTATION_ID, own
from planning.consultations.tables import ConsultationRow
from planning.plans.tables import RevisionRow
from planning.publication.annex import Line
from planning.publication.tables import PublishedSettlementRow, ReleaseRow
from planning.settlement.list_repository import NUMBER
from planning.settlement.tables import DispositionRow
from shared.reads import Query
from shared.stored import from_row

_C: Final = CommentRow.__table__.c
_R: Final = ReleaseRow.__table__.c
_K: Final = ConsultationRow.__table__.c
_P: Final = PublishedSettlementRow.__table__.c
State = Literal["waiting", "released", "despite"]


@cache
def releases(state: State | None) -> Query:
    """Return the query for comments that are to be checked, by number; those withdrawn are not."""
    found = (
        select(
            _C.id.label("comment_id"),
            _C.number,
            func.coalesce(_R.version, literal_column("0")).label("version"),
            _R.comment_id.is_not(None).label("is_released"),
            func.coalesce(_R.despite, "").label("despite"),
            _R.released_at,
        )
        .select_from(CommentRow)
        .join(ConsultationRow, _K.id == _C.consultation_id)
        .outerjoin(ReleaseRow, _R.comment_id == _C.id)
        .where(_C.consultation_id == CONSULTATION_ID, _C.withdrawn_at.is_(None), own())
    )
    if state == "waiting":
        found = found.where(_R.comment_id.is_(None))
    elif state == "released":
        found = found.where(_R.comment_id.is_not(None))
    elif state == "despite":
        found = found.where(_R.despite != literal_column("''"))
    return Query(found, keys=(_C.number,))


PUBLISHED: Final = Query(select(_P.content, _P.digest).where(_P.consultation_id == CONSULTATION_ID))
"""The published settlement, for everybody."""
_REVISION: Final = (
    select(RevisionRow.snapshot)
    .where(
        RevisionRow.plan_id == _K.plan_id,
        RevisionRow.number == _K.revision,
        _K.draft_discarded_at.is_(None),
    )
    .correlate(ConsultationRow)
    .scalar_subquery()
)


def lines_of(content: str) -> list[Line]:
    """Read the comments of a published settlement."""
    return [from_row(Line, each) for each in json.loads(content)["comments"]]


PATH: Final = Query(
    select(
        _K.revision,
        _K.content.label("consulted"),
        _REVISION.label("approved"),
        _C.node_id,
        _C.number,
        func.coalesce(DispositionRow.result, "").label("result"),
        DispositionRow.change,
    )
    .select_from(ConsultationRow)
    .join(CommentRow, _C.consultation_id == _K.id)
    .outerjoin(
        DispositionRow,
        DispositionRow.comment_id == func.coalesce(_C.duplicate_of, _C.id),
    )
    .where(
        _K.id == CONSULTATION_ID,
        _C.number == NUMBER,
        _C.withdrawn_at.is_(None),
        or_(own(), _K.published_at.is_not(None)),
    )
)
"""From a comment to the text: what was consulted, what was decided, what was approved in the end."""
