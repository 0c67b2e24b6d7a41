"""The life of a reading: raters fill sheets, rating is closed, they agree; a correction is a new entry."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from evaluation.readings.refusals import (
    AgreedByWhoDidNotRate,
    AgreementIsIncomplete,
    NothingCorrected,
    PhaseIsOver,
    ReadBeforeTheStart,
    ReadingDoesNotAllow,
    ReadInTheFuture,
    ReadNoLaterThanTheLast,
    SheetIsIncomplete,
    SheetIsSealed,
    SheetMissing,
    SheetsAreBlind,
    TooFewSheets,
)
from evaluation.readings.sheet import AgreedLevel, Criteria, Sheet, expect_sense, finding, findings
from shared.contracts.intake import CooperationDomain
from shared.contracts.quality import ReadingPhase
from shared.errors import Finding
from shared.procedure import Labels, Procedure


class ReadingStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    AGREED = "agreed"
    CANCELLED = "cancelled"


class ReadingMove(StrEnum):
    RATING = "rating"
    CLOSING = "closing"
    AGREEMENT = "agreement"
    CORRECTION = "correction"
    CANCELLATION = "cancellation"


_S = ReadingStatus
LABELS: Final[Labels] = {
    _S.OPEN: ("probíhá hodnocení", "being rated"),
    _S.CLOSED: ("hodnocení uzavřeno", "rating closed"),
    _S.AGREED: ("dohodnuto", "agreed"),
    _S.CANCELLED: ("zrušeno", "cancelled"),
    ReadingMove.RATING: ("hodnotit", "rate"),
    ReadingMove.CLOSING: ("uzavřít hodnocení", "close rating"),
    ReadingMove.AGREEMENT: ("zapsat dohodu", "record the agreement"),
    ReadingMove.CORRECTION: ("opravit dohodnuté", "correct what was agreed"),
    ReadingMove.CANCELLATION: ("zrušit", "cancel"),
}
PROCEDURE: Final[Procedure[ReadingStatus, ReadingMove]] = Procedure(
    moves={
        ReadingMove.RATING: (frozenset({_S.OPEN}), _S.OPEN),
        ReadingMove.CLOSING: (frozenset({_S.OPEN}), _S.CLOSED),
        ReadingMove.AGREEMENT: (frozenset({_S.CLOSED}), _S.AGREED),
        ReadingMove.CORRECTION: (frozenset({_S.AGREED}), _S.AGREED),
        ReadingMove.CANCELLATION: (frozenset({_S.OPEN, _S.CLOSED}), _S.CANCELLED),
    },
    labels=LABELS,
    refusal=ReadingDoesNotAllow,
)
_PHASES: Final = tuple(ReadingPhase)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`raters` is how many sealed sheets it takes to close; `entries` counts what was agreed."""

    id: UUID
    version: int
    set_id: UUID
    cooperation_id: UUID
    unit_id: UUID
    domain: CooperationDomain
    phase: ReadingPhase
    assessed_on: date
    status: ReadingStatus
    raters: int
    entries: int = 0
    cancel_reason: str = ""

    @property
    def standing(self) -> Mapping[str, object]:
        return PROCEDURE.facts(self.status)

    def after(self, move: ReadingMove) -> ReadingStatus:
        return PROCEDURE.after(self.status, move)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastReading:
    phase: ReadingPhase
    assessed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`agreed_by` are raters; those who are not among them are the minority."""

    agreed_by: tuple[str, ...]
    levels: tuple[AgreedLevel, ...]


def expect_time(reading: Reading, last: LastReading | None, *, starts_on: date, today: date) -> None:
    """Raise where the day or the phase has no place after what was agreed before."""
    on = reading.assessed_on
    if on > today:
        raise ReadInTheFuture(pointer="/assessed_on", assessed_on=on, today=today)
    if on < starts_on:
        raise ReadBeforeTheStart(pointer="/assessed_on", assessed_on=on, starts_on=starts_on)
    if last is None:
        return
    if on <= last.assessed_on:
        raise ReadNoLaterThanTheLast(pointer="/assessed_on", last_on=last.assessed_on)
    if _PHASES.index(reading.phase) < _PHASES.index(last.phase):
        raise PhaseIsOver(last=last.phase.value, phase=reading.phase.value)


def expect_rating(reading: Reading, sheet: Sheet) -> None:
    """Raise ReadingDoesNotAllow, SheetIsSealed."""
    reading.after(ReadingMove.RATING)
    if sheet.sealed_at is not None:
        raise SheetIsSealed(reading.standing, sealed_at=sheet.sealed_at)


def expect_complete(reading: Reading, sheet: Sheet, criteria: Criteria) -> None:
    """Raise SheetMissing, or SheetIsIncomplete with everything that is missing."""
    if not sheet.version:
        raise SheetMissing(reading.standing)
    lacking = findings(sheet.ratings, criteria)
    if lacking:
        raise SheetIsIncomplete(reading.standing, count=len(lacking), findings=lacking)


def expect_readable(reading: Reading, mine: Sheet | None) -> None:
    """Raise SheetsAreBlind: nobody is led by others, a rater neither nor who may yet become one.

    Not by cancelling either: the same criteria are rated again.
    """
    blind = reading.status in {ReadingStatus.OPEN, ReadingStatus.CANCELLED}
    if blind and (mine is None or mine.sealed_at is None):
        raise SheetsAreBlind(reading.standing)


def close(reading: Reading, *, sealed: int) -> Reading:
    """End the rating; sheets that are not sealed never count. Raises TooFewSheets."""
    status = reading.after(ReadingMove.CLOSING)
    if sealed < reading.raters:
        raise TooFewSheets(reading.standing, sealed=sealed, raters=reading.raters)
    return replace(reading, status=status, version=reading.version + 1)


def cancel(reading: Reading, reason: str) -> Reading:
    status = reading.after(ReadingMove.CANCELLATION)
    return replace(reading, status=status, cancel_reason=reason, version=reading.version + 1)


def agree(reading: Reading, agreement: Agreement, sheets: Sequence[Sheet], criteria: Criteria) -> Reading:
    """Take what raters agreed on, for all criteria.

    Raises AgreedByWhoDidNotRate, AgreementIsIncomplete and what `expect_sense` raises.
    """
    status = reading.after(ReadingMove.AGREEMENT)
    expect_agreement(reading, agreement, sheets, criteria)
    return replace(reading, status=status, entries=1, version=reading.version + 1)


def correct(
    reading: Reading,
    corrected: Agreement,
    standing: Sequence[AgreedLevel],
    sheets: Sequence[Sheet],
    criteria: Criteria,
) -> tuple[Reading, Agreement]:
    """Make the next entry of what stands and what is corrected; raises NothingCorrected too."""
    reading.after(ReadingMove.CORRECTION)
    expect_sense(corrected.levels, criteria, place="levels")
    changed = {each.criterion_id: each for each in corrected.levels}
    before = {each.criterion_id: each for each in standing}
    if all(before.get(criterion) == level for criterion, level in changed.items()):
        raise NothingCorrected(pointer="/levels")
    whole = replace(corrected, levels=tuple((before | changed).values()))
    expect_agreement(reading, whole, sheets, criteria)
    return replace(reading, entries=reading.entries + 1, version=reading.version + 1), whole


def expect_agreement(
    reading: Reading, agreement: Agreement, sheets: Sequence[Sheet], criteria: Criteria
) -> None:
    raters = {sheet.rater for sheet in sheets}
    for at, rater in enumerate(agreement.agreed_by):
        if rater not in raters:
            raise AgreedByWhoDidNotRate(pointer=f"/agreed_by/{at}")
    expect_sense(agreement.levels, criteria, place="levels")
    minority = [sheet for sheet in sheets if sheet.rater not in agreement.agreed_by]
    lacking = [
        *findings(agreement.levels, criteria, place="levels"),
        *_unheard(agreement.levels, minority, criteria),
        *_unrated(agreement.levels, sheets, criteria),
    ]
    if lacking:
        raise AgreementIsIncomplete(reading.standing, count=len(lacking), findings=lacking)


def _unrated(levels: Sequence[AgreedLevel], sheets: Sequence[Sheet], criteria: Criteria) -> list[Finding]:
    """Return the levels of criteria that stand in no sheet: nobody can agree on what nobody rated."""
    rated = {rating.criterion_id for sheet in sheets for rating in sheet.ratings}
    return [
        finding(criteria[each.criterion_id], "level", pointer=f"/levels/{at}/level")
        for at, each in enumerate(levels)
        if each.level is not None and each.criterion_id not in rated
    ]


def _unheard(levels: Sequence[AgreedLevel], minority: Collection[Sheet], criteria: Criteria) -> list[Finding]:
    """Return where a rater who did not agree holds another level and no note says why."""
    held = [sheet.levels for sheet in minority]
    return [
        finding(criteria[each.criterion_id], "minority_note", pointer=f"/levels/{at}/minority_note")
        for at, each in enumerate(levels)
        if not each.minority_note
        and any(levels_of.get(each.criterion_id, each.level) != each.level for levels_of in held)
    ]
