"""SQL with which readings are decided on; `list_repository` reads them for answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_update
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.criteria.domain import Level
from evaluation.criteria.tables import CriterionEditionRow, CriterionRow, ScaleRow
from evaluation.quality.repository import OF_ITS_EDITION
from evaluation.quality.tables import BaselineRow, CriteriaSetRow
from evaluation.readings.domain import LastReading, Reading, ReadingStatus
from evaluation.readings.sheet import AgreedLevel, RatedCriterion, Sheet
from evaluation.readings.tables import AgreedLevelRow, AgreementRow, RatingSheetRow, ReadingRow
from shared.canonical import plain
from shared.contracts.intake import CooperationDomain
from shared.contracts.quality import ReadingPhase
from shared.contracts.registry import ThematicArea
from shared.stored import from_row

AGREED: Final = ReadingStatus.AGREED.value
_UNDER_WAY: Final = (ReadingStatus.OPEN.value, ReadingStatus.CLOSED.value)
_OF_READING: Final = ("id", "version", "set_id", "assessed_on", "raters", "entries", "cancel_reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedSet:
    id: UUID
    cooperation_id: UUID
    unit_id: UUID
    domain: CooperationDomain
    starts_on: date


async def lock_set(session: AsyncSession, set_id: UUID) -> RatedSet | None:
    row = await session.scalar(select(CriteriaSetRow).where(CriteriaSetRow.id == set_id).with_for_update())
    if row is None:
        return None
    return RatedSet(
        id=row.id,
        cooperation_id=row.cooperation_id,
        unit_id=row.unit_id,
        domain=CooperationDomain(row.domain),
        starts_on=row.starts_on,
    )


async def is_under_way(session: AsyncSession, set_id: UUID) -> bool:
    found = select(ReadingRow.id).where(ReadingRow.set_id == set_id, ReadingRow.status.in_(_UNDER_WAY))
    return await session.scalar(found) is not None


async def last_agreed(session: AsyncSession, set_id: UUID) -> LastReading | None:
    found = await session.execute(
        select(ReadingRow.phase, ReadingRow.assessed_on)
        .where(ReadingRow.set_id == set_id, ReadingRow.status == AGREED)
        .order_by(ReadingRow.assessed_on.desc())
        .limit(1)
    )
    row = found.one_or_none()
    return row and LastReading(phase=ReadingPhase(row.phase), assessed_on=row.assessed_on)


async def rated_criteria(session: AsyncSession, set_id: UUID, *, before: date) -> dict[UUID, RatedCriterion]:
    """Return the criteria of a set with the levels agreed last before the day: one statement."""
    last = (
        select(AgreedLevelRow.level)
        .join(ReadingRow, ReadingRow.id == AgreedLevelRow.reading_id)
        .where(
            AgreedLevelRow.entry == ReadingRow.entries,
            AgreedLevelRow.criterion_id == BaselineRow.criterion_id,
            AgreedLevelRow.level.is_not(None),
            ReadingRow.set_id == BaselineRow.set_id,
            ReadingRow.assessed_on < before,
        )
        .order_by(ReadingRow.assessed_on.desc())
        .limit(1)
        .correlate(BaselineRow)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(
            CriterionRow.id,
            CriterionRow.area,
            CriterionRow.code,
            CriterionEditionRow.name,
            BaselineRow.edition,
            BaselineRow.level.label("baseline"),
            func.coalesce(last, BaselineRow.level).label("last"),
            ScaleRow.levels,
        )
        .join(CriterionRow, CriterionRow.id == BaselineRow.criterion_id)
        .join(CriterionEditionRow, OF_ITS_EDITION)
        .join(ScaleRow, ScaleRow.code == CriterionEditionRow.scale)
        .where(BaselineRow.set_id == set_id)
        .order_by(CriterionRow.area, CriterionRow.code)
    )
    return {row.id: _criterion(row._asdict()) for row in rows}


def _criterion(row: Mapping[str, object]) -> RatedCriterion:
    """`row` names the columns of `rated_criteria`."""
    levels = [from_row(Level, each).level for each in row["levels"]]  # type: ignore[attr-defined]
    told = {name: value for name, value in row.items() if name not in {"levels", "area"}}
    return from_row(
        RatedCriterion,
        {**told, "area": ThematicArea(str(row["area"])), "lowest": min(levels), "highest": max(levels)},
    )


async def lock(session: AsyncSession, reading_id: UUID) -> Reading | None:
    """Return the reading under lock, as those left it for whose end the lock had to wait."""
    await session.execute(select(ReadingRow.id).where(ReadingRow.id == reading_id).with_for_update())
    return await load(session, reading_id)


async def load(session: AsyncSession, reading_id: UUID) -> Reading | None:
    found = await session.execute(
        select(
            *(getattr(ReadingRow, name) for name in (*_OF_READING, "phase", "status")),
            CriteriaSetRow.cooperation_id,
            CriteriaSetRow.unit_id,
            CriteriaSetRow.domain,
        )
        .join(CriteriaSetRow, CriteriaSetRow.id == ReadingRow.set_id)
        .where(ReadingRow.id == reading_id)
    )
    row = found.one_or_none()
    return row and from_row(Reading, row._asdict())


async def add(session: AsyncSession, reading: Reading, *, by: str, now: datetime) -> None:
    await session.execute(
        insert(ReadingRow).values(
            **{name: getattr(reading, name) for name in _OF_READING},
            phase=reading.phase.value,
            status=reading.status.value,
            opened_by=by,
            opened_at=now,
        )
    )


async def save(session: AsyncSession, reading: Reading, *, closed_at: datetime | None = None) -> None:
    changed: dict[str, object] = {
        "version": reading.version,
        "status": reading.status.value,
        "entries": reading.entries,
        "cancel_reason": reading.cancel_reason,
    }
    if closed_at is not None:
        changed["closed_at"] = closed_at
    await session.execute(update(ReadingRow).where(ReadingRow.id == reading.id).values(**changed))


async def sheet_of(session: AsyncSession, reading_id: UUID, rater: str) -> Sheet | None:
    found = select(*_SHEET).where(RatingSheetRow.reading_id == reading_id, RatingSheetRow.rater == rater)
    row = (await session.execute(found)).one_or_none()
    return None if row is None else _sheet(row)


async def sealed_sheets(session: AsyncSession, reading_id: UUID) -> list[Sheet]:
    """Return the sheets that count, the first sealed first."""
    rows = await session.execute(
        select(*_SHEET)
        .where(RatingSheetRow.reading_id == reading_id, RatingSheetRow.sealed_at.is_not(None))
        .order_by(RatingSheetRow.sealed_at, RatingSheetRow.rater)
    )
    return [_sheet(row) for row in rows]


async def save_sheet(session: AsyncSession, sheet: Sheet, *, now: datetime) -> None:
    told = {
        "affiliation": sheet.affiliation,
        "version": sheet.version,
        "ratings": plain(sheet.ratings),
        "saved_at": now,
        "sealed_at": sheet.sealed_at,
    }
    statement = insert_or_update(RatingSheetRow).values(
        reading_id=sheet.reading_id, rater=sheet.rater, **told
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["reading_id", "rater"], set_={name: statement.excluded[name] for name in told}
        )
    )


async def add_entry(
    session: AsyncSession,
    reading: Reading,
    levels: Sequence[AgreedLevel],
    **told: str | list[str] | datetime,
) -> None:
    """Append what was agreed as the newest entry of the reading."""
    entry = {"reading_id": reading.id, "entry": reading.entries}
    await session.execute(insert(AgreementRow).values(**entry, **told))
    rows = [
        {**entry, **{name: getattr(each, name) for name in _OF_LEVEL}, "evidence": plain(each.evidence)}
        for each in levels
    ]
    await session.execute(insert(AgreedLevelRow), rows)


async def levels_of(session: AsyncSession, reading: Reading) -> list[AgreedLevel]:
    """Return the levels of the entry that counts."""
    rows = await session.execute(
        select(*(getattr(AgreedLevelRow, name) for name in (*_OF_LEVEL, "evidence")))
        .where(AgreedLevelRow.reading_id == reading.id, AgreedLevelRow.entry == reading.entries)
        .order_by(AgreedLevelRow.criterion_id)
    )
    return [from_row(AgreedLevel, row._asdict()) for row in rows]


_SHEET: Final = tuple(
    getattr(RatingSheetRow, name)
    for name in ("reading_id", "rater", "affiliation", "version", "ratings", "sealed_at")
)
_OF_LEVEL: Final = ("criterion_id", "level", "not_assessed_reason", "justification", "minority_note")


def _sheet(row: Row[*tuple[object, ...]]) -> Sheet:
    return from_row(Sheet, row._asdict())
