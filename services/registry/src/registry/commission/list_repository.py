"""Reads of members: the worklist, an application that a member may see, all rounds of sealed scores."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Text, Uuid, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from registry.applications.tables import ApplicationRow
from registry.commission.scoring import Score
from registry.commission.tables import AssessedApplicationRow, ScoreSheetRow, SealedScoreRow
from shared.reads import Query
from shared.stored import from_row

_SEALED, _LATER = aliased(SealedScoreRow), aliased(SealedScoreRow)
_SUPERSEDED: Final = (
    select(_LATER.round).where(_LATER.sheet_id == _SEALED.sheet_id, _LATER.round > _SEALED.round).exists()
)
_OF_SHEET: Final = (_SEALED.sheet_id == ScoreSheetRow.id) & ~_SUPERSEDED

WORKLIST: Final = Query(
    select(
        ScoreSheetRow.application_id,
        AssessedApplicationRow.number,
        AssessedApplicationRow.unit_id,
        AssessedApplicationRow.unit_name,
        ScoreSheetRow.version,
        ScoreSheetRow.declaration,
        ScoreSheetRow.ground,
        ScoreSheetRow.recusal,
        ScoreSheetRow.absence,
        ScoreSheetRow.sealed_at,
        ScoreSheetRow.draft,
        _SEALED.score,
    )
    .join(AssessedApplicationRow, AssessedApplicationRow.application_id == ScoreSheetRow.application_id)
    .outerjoin(_SEALED, _OF_SHEET)
    .where(
        ScoreSheetRow.assessment_id == bindparam("assessment_id", type_=Uuid),
        ScoreSheetRow.person == bindparam("caller", type_=Text),
    ),
    keys=(AssessedApplicationRow.number, ScoreSheetRow.application_id),
)
"""The caller's own sheets, in the order of numbers: nobody's else."""

ASSESSED: Final = Query(
    select(
        AssessedApplicationRow.application_id,
        AssessedApplicationRow.number,
        AssessedApplicationRow.unit_id,
        AssessedApplicationRow.unit_name,
        ApplicationRow.form,
        ApplicationRow.areas,
        ApplicationRow.attachments,
        ApplicationRow.resolution,
    )
    .join(ApplicationRow, ApplicationRow.id == AssessedApplicationRow.application_id)
    .where(AssessedApplicationRow.application_id == bindparam("application_id", type_=Uuid))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A sealed score: the first one, or the one changed after the reveal."""

    round: int
    score: Score
    reason: str
    at: datetime


async def rounds(session: AsyncSession, sheet_ids: Collection[UUID]) -> dict[UUID, list[Round]]:
    """Return all that was sealed on the sheets, the first rounds first."""
    found: dict[UUID, list[Round]] = {sheet_id: [] for sheet_id in sheet_ids}
    sealed = select(*SealedScoreRow.__table__.c).where(SealedScoreRow.sheet_id.in_(sheet_ids))
    for row in await session.execute(sealed.order_by(SealedScoreRow.round)):
        kept = from_row(Round, row._asdict())
        found[row.sheet_id].append(kept)
    return found
