"""What is done with readings: load, decide, save, tell."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from evaluation.quality.refusals import CriteriaSetUnknown
from evaluation.readings import domain, repository
from evaluation.readings import sheet as sheets
from evaluation.readings.domain import Agreement, Reading, ReadingMove, ReadingStatus
from evaluation.readings.refusals import NothingToRead, ReadingUnderWay, ReadingUnknown
from evaluation.readings.sheet import AgreedLevel, Criteria, Rating, Sheet
from evaluation.shifts import domain as shifts
from evaluation.shifts import repository as shift_repository
from shared.contracts.quality import AssessedLevel, QualityAssessed, ReadingPhase
from shared.errors import expect_version
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A reading to begin; `raters` is how many sealed sheets it takes."""

    phase: ReadingPhase
    assessed_on: date
    raters: int


async def open_reading(tx: Transaction, set_id: UUID, wanted: Wanted) -> Reading:
    """Begin a reading of a set that none is under way of."""
    rated = await repository.lock_set(tx.session, set_id)
    if rated is None:
        raise CriteriaSetUnknown
    if await repository.is_under_way(tx.session, set_id):
        raise ReadingUnderWay
    reading = Reading(
        id=tx.new_id(),
        version=1,
        set_id=set_id,
        cooperation_id=rated.cooperation_id,
        unit_id=rated.unit_id,
        domain=rated.domain,
        phase=wanted.phase,
        assessed_on=wanted.assessed_on,
        status=ReadingStatus.OPEN,
        raters=wanted.raters,
    )
    last = await repository.last_agreed(tx.session, set_id)
    domain.expect_time(reading, last, starts_on=rated.starts_on, today=tx.today)
    if not await _criteria(tx, reading):
        raise NothingToRead
    await repository.add(tx.session, reading, by=tx.actor.id, now=tx.now)
    return reading


async def own_sheet(tx: Transaction, reading_id: UUID) -> Sheet:
    """Return one's own sheet, or an empty one of version 0."""
    reading = await repository.load(tx.session, reading_id)
    if reading is None:
        raise ReadingUnknown
    return await _own_sheet(tx, reading)


async def write_sheet(
    tx: Transaction, reading_id: UUID, ratings: tuple[Rating, ...], *, expected: int
) -> Sheet:
    reading = await _locked(tx, reading_id)
    sheet = await _own_sheet(tx, reading)
    domain.expect_rating(reading, sheet)
    expect_version(expected, sheet.version)
    written = sheets.write(sheet, ratings, await _criteria(tx, reading))
    await repository.save_sheet(tx.session, written, now=tx.now)
    return written


async def seal_sheet(tx: Transaction, reading_id: UUID, *, expected: int) -> Sheet:
    """Let one's own sheet count; from now on the others' can be read, and nothing can be changed."""
    reading = await _locked(tx, reading_id)
    sheet = await _own_sheet(tx, reading)
    domain.expect_rating(reading, sheet)
    expect_version(expected, sheet.version)
    domain.expect_complete(reading, sheet, await _criteria(tx, reading))
    sealed = sheets.seal(sheet, at=tx.now)
    await repository.save_sheet(tx.session, sealed, now=tx.now)
    return sealed


async def read_sheets(tx: Transaction, reading_id: UUID) -> tuple[Reading, list[Sheet], Criteria]:
    """Return the sealed sheets; raises SheetsAreBlind."""
    reading = await repository.load(tx.session, reading_id)
    if reading is None:
        raise ReadingUnknown
    sealed = await repository.sealed_sheets(tx.session, reading_id)
    mine = next((sheet for sheet in sealed if sheet.rater == tx.actor.id), None)
    domain.expect_readable(reading, mine)
    return reading, sealed, await _criteria(tx, reading)


async def close_rating(tx: Transaction, reading_id: UUID, *, expected: int) -> Reading:
    reading = await _locked(tx, reading_id, expected)
    sealed = await repository.sealed_sheets(tx.session, reading_id)
    closed = domain.close(reading, sealed=len(sealed))
    await repository.save(tx.session, closed, closed_at=tx.now)
    return closed


async def cancel_reading(tx: Transaction, reading_id: UUID, *, reason: str, expected: int) -> Reading:
    cancelled = domain.cancel(await _locked(tx, reading_id, expected), reason)
    await repository.save(tx.session, cancelled)
    return cancelled


async def record_agreement(
    tx: Transaction, reading_id: UUID, agreement: Agreement, *, expected: int
) -> Reading:
    reading = await _locked(tx, reading_id, expected)
    criteria = await _criteria(tx, reading)
    sealed = await repository.sealed_sheets(tx.session, reading_id)
    agreed = domain.agree(reading, agreement, sealed, criteria)
    return await _keep(tx, agreed, agreement, criteria)


async def correct_agreement(
    tx: Transaction, reading_id: UUID, corrected: Agreement, *, reason: str, expected: int
) -> Reading:
    """Append another entry; what was agreed before stays as it was said."""
    reading = await _locked(tx, reading_id, expected)
    reading.after(ReadingMove.CORRECTION)
    criteria = await _criteria(tx, reading)
    sealed = await repository.sealed_sheets(tx.session, reading_id)
    standing = await repository.levels_of(tx.session, reading)
    newer, whole = domain.correct(reading, corrected, standing, sealed, criteria)
    return await _keep(tx, newer, whole, criteria, reason=reason)


async def _keep(
    tx: Transaction, reading: Reading, agreement: Agreement, criteria: Criteria, *, reason: str = ""
) -> Reading:
    await repository.save(tx.session, reading)
    await repository.add_entry(
        tx.session,
        reading,
        agreement.levels,
        agreed_by=list(agreement.agreed_by),
        reason=reason,
        recorded_by=tx.actor.id,
        recorded_at=tx.now,
    )
    tx.emit(await _told(tx, reading, agreement.levels, criteria))
    return reading


async def _told(
    tx: Transaction, reading: Reading, levels: tuple[AgreedLevel, ...], criteria: Criteria
) -> QualityAssessed:
    measured = await shift_repository.measured_of_set(tx.session, reading.set_id, as_of=reading.assessed_on)
    travelled = shifts.whole(shifts.by_area(measured).values())
    now = {each.criterion_id: each.level for each in levels}
    return QualityAssessed(
        version=reading.version,
        reading_id=reading.id,
        set_id=reading.set_id,
        cooperation_id=reading.cooperation_id,
        unit_id=reading.unit_id,
        domain=reading.domain,
        phase=reading.phase,
        assessed_on=reading.assessed_on,
        entry=reading.entries,
        levels=tuple(
            AssessedLevel(
                area=each.area,
                criterion=each.code,
                edition=each.edition,
                baseline=each.baseline,
                level=now.get(each.id),
            )
            for each in criteria.values()
        ),
        **{change.value.replace("-", "_"): count for change, count in travelled.counts.items()},
        shift=shifts.rounded(travelled.shift),
    )


async def _criteria(tx: Transaction, reading: Reading) -> Criteria:
    return await repository.rated_criteria(tx.session, reading.set_id, before=reading.assessed_on)


async def _own_sheet(tx: Transaction, reading: Reading) -> Sheet:
    found = await repository.sheet_of(tx.session, reading.id, tx.actor.id)
    return found or Sheet(reading_id=reading.id, rater=tx.actor.id, affiliation=tx.actor.affiliation)


async def _locked(tx: Transaction, reading_id: UUID, expected: int | None = None) -> Reading:
    """Lock a reading; without `expected` the version of a sheet is what is decided on."""
    found = await repository.lock(tx.session, reading_id)
    if found is None:
        raise ReadingUnknown
    if expected is not None:
        expect_version(expected, found.version)
    return found
