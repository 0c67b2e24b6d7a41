"""SQL of sheets and scores. A draft leaves the database for its own member alone."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final
from uuid import UUID

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from registry.applications.steps import Status as ApplicationStatus
from registry.applications.tables import ApplicationRow
from registry.commission.scoring import Score
from registry.commission.sheet import Declaration, Recusal, Sheet
from registry.commission.tables import (
    AssessedApplicationRow,
    ScoreSheetRow,
    SealedScoreRow,
)
from shared.canonical import plain
from shared.stored import from_row

_OF_SHEET: Final = (
    *("id", "assessment_id", "application_id", "person", "version", "ground", "declared_at"),
    *("recused_at", "absence", "sealed_at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """An application as the commission has it; `is_live` is False once it was withdrawn.

    `checkers` are those who checked it formally.
    """

    application_id: UUID
    unit_id: UUID
    unit_name: str
    number: str
    received_at: datetime
    index: Fraction | None
    index_year: int | None
    discussion: str | None
    is_live: bool
    checkers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A sheet with what stands around it; `score` is the one sealed last, never a draft."""

    sheet: Sheet
    applicant: Applicant
    score: Score | None


_LATER: Final = aliased(SealedScoreRow)
_APPLICANT: Final = tuple(column.label(f"of_{column.name}") for column in AssessedApplicationRow.__table__.c)


def _held() -> Select[*tuple[object, ...]]:
    later = select(_LATER.round).where(
        _LATER.sheet_id == SealedScoreRow.sheet_id, _LATER.round > SealedScoreRow.round
    )
    last = (SealedScoreRow.sheet_id == ScoreSheetRow.id) & ~later.exists()
    return (
        select(
            *ScoreSheetRow.__table__.c,
            *_APPLICANT,
            ApplicationRow.status.label("application_status"),
            ApplicationRow.checkers,
            SealedScoreRow.score,
        )
        .join(AssessedApplicationRow, AssessedApplicationRow.application_id == ScoreSheetRow.application_id)
        .join(ApplicationRow, ApplicationRow.id == ScoreSheetRow.application_id)
        .outerjoin(SealedScoreRow, last)
        .order_by(AssessedApplicationRow.number, ScoreSheetRow.person)
    )


async def sheets(
    session: AsyncSession, assessment_id: UUID, *, application_id: UUID | None = None
) -> list[Held]:
    """Return the sheets of all members, in order of numbers: one statement."""
    found = _held().where(ScoreSheetRow.assessment_id == assessment_id)
    if application_id is not None:
        found = found.where(ScoreSheetRow.application_id == application_id)
    return [_of(row) for row in await session.execute(found)]


async def lock_sheets(
    session: AsyncSession, assessment_id: UUID, person: str, application_ids: Collection[UUID] | None = None
) -> dict[UUID, Held]:
    """Load sheets of one member for a decision, by application; all of them where none are named.

    Two statements: the second sees what those wrote for whose end the first had to wait.
    """
    of_member = (ScoreSheetRow.assessment_id == assessment_id) & (ScoreSheetRow.person == person)
    if application_ids is not None:
        of_member &= ScoreSheetRow.application_id.in_(application_ids)
    locked = select(ScoreSheetRow.id).where(of_member).order_by(ScoreSheetRow.id).with_for_update()
    await session.execute(locked)
    rows = await session.execute(_held().where(of_member))
    return {held.sheet.application_id: held for held in map(_of, rows)}


async def drafts(session: AsyncSession, sheet_ids: Collection[UUID]) -> dict[UUID, Score]:
    """Return the drafts of sheets that the caller holds."""
    found = select(ScoreSheetRow.id, ScoreSheetRow.draft).where(
        ScoreSheetRow.id.in_(sheet_ids), ScoreSheetRow.draft.is_not(None)
    )
    return {row.id: from_row(Score, row.draft) for row in await session.execute(found)}


async def add_applicants(session: AsyncSession, assessment_id: UUID, found: Iterable[Applicant]) -> None:
    rows = [
        {
            "application_id": each.application_id,
            "assessment_id": assessment_id,
            "unit_id": each.unit_id,
            "unit_name": each.unit_name,
            "number": each.number,
            "received_at": each.received_at,
            "index_exact": None if each.index is None else str(each.index),
            "index_year": each.index_year,
        }
        for each in found
    ]
    await session.execute(insert(AssessedApplicationRow), rows)


async def add_sheets(session: AsyncSession, found: Iterable[Sheet]) -> None:
    rows = [
        {
            "id": sheet.id,
            "assessment_id": sheet.assessment_id,
            "application_id": sheet.application_id,
            "person": sheet.person,
            "version": sheet.version,
            "ground": "",
        }
        for sheet in found
    ]
    await session.execute(insert(ScoreSheetRow), rows)


async def applicants(session: AsyncSession, assessment_id: UUID) -> list[Applicant]:
    found = (
        select(*_APPLICANT, ApplicationRow.status.label("application_status"), ApplicationRow.checkers)
        .join(ApplicationRow, ApplicationRow.id == AssessedApplicationRow.application_id)
        .where(AssessedApplicationRow.assessment_id == assessment_id)
        .order_by(AssessedApplicationRow.number)
    )
    return [_applicant(row) for row in await session.execute(found)]


async def save_sheets(session: AsyncSession, changed: Iterable[Sheet]) -> None:
    rows = [
        {
            **{name: getattr(sheet, name) for name in _OF_SHEET},
            "declaration": sheet.declaration.value if sheet.declaration else None,
            "recusal": sheet.recusal.value if sheet.recusal else None,
        }
        for sheet in changed
    ]
    if rows:
        await session.execute(update(ScoreSheetRow), rows)


async def save_drafts(session: AsyncSession, found: Mapping[UUID, Score]) -> None:
    if found:
        rows = [{"id": sheet_id, "draft": plain(score)} for sheet_id, score in found.items()]
        await session.execute(update(ScoreSheetRow), rows)


async def add_sealed(
    session: AsyncSession, found: Mapping[UUID, Score], *, at: datetime, reason: str | None = None
) -> None:
    """Keep sealed scores for ever; with a reason they are the second and last round."""
    rows = [
        {
            "sheet_id": sheet_id,
            "round": 1 if reason is None else 2,
            "score": plain(score),
            "reason": reason or "",
            "at": at,
        }
        for sheet_id, score in found.items()
    ]
    if rows:
        await session.execute(insert(SealedScoreRow), rows)


async def save_discussion(
    session: AsyncSession, application_id: UUID, note: str, *, by: str, at: datetime
) -> None:
    changed = update(AssessedApplicationRow).where(AssessedApplicationRow.application_id == application_id)
    await session.execute(changed.values(discussion=note, discussed_by=by, discussed_at=at))


def _of(row: Row[*tuple[object, ...]]) -> Held:
    sheet = Sheet(
        **{name: getattr(row, name) for name in _OF_SHEET},
        unit_id=row.of_unit_id,
        number=row.of_number,
        declaration=Declaration(row.declaration) if row.declaration else None,
        recusal=Recusal(row.recusal) if row.recusal else None,
    )
    return Held(
        sheet=sheet, applicant=_applicant(row), score=from_row(Score, row.score) if row.score else None
    )


def _applicant(row: Row[*tuple[object, ...]]) -> Applicant:
    return Applicant(
        application_id=row.of_application_id,
        unit_id=row.of_unit_id,
        unit_name=row.of_unit_name,
        number=row.of_number,
        received_at=row.of_received_at,
        index=Fraction(row.of_index_exact) if row.of_index_exact else None,
        index_year=row.of_index_year,
        discussion=row.of_discussion,
        is_live=row.application_status == ApplicationStatus.IN_EVALUATION.value,
        checkers=tuple(row.checkers),
    )
