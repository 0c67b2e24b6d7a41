"""The life of one value: reported, then approved or returned; what counts is changed by corrections alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, TypedDict
from uuid import UUID

from evaluation.definitions.domain import Content, Definition, level_values
from evaluation.definitions.kinds import Accumulation, Kind, ValueSource
from evaluation.monitoring.domain import ObligationStatus
from evaluation.values.breakdown import NO_BREAKDOWN, Breakdown, expect_breakdown
from evaluation.values.life import LIFE, ValueMove
from evaluation.values.refusals import (
    ApproverReportedTheValue,
    CountNegative,
    LevelUnknown,
    MeasuredBeforeThePeriod,
    MeasuredInTheFuture,
    NumberExpected,
    PeriodLocked,
    ReporterNotOfThePlan,
    ShareOutOfRange,
    ValueIsComputed,
    ValueNotApproved,
    ValueNotAwaited,
    WordingExpected,
)
from shared.contracts.base import Event
from shared.contracts.documents import DocumentRef
from shared.contracts.evaluation import ReportSubmitted, ValueApproved, ValueCorrected, WordingApproved

PERCENT: Final = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedAs:
    """An indicator of the catalogue in one of its editions."""

    code: str
    edition: int

    @classmethod
    def of(cls, definition: Definition, day: date) -> "DefinedAs":
        return cls(code=definition.code, edition=definition.on(day).edition)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One value of one indicator for one period, and how far its collection is.

    `definition` is what the indicator is linked to; `defined_as` under which words the value was reported.
    """

    obligation_id: UUID
    plan_id: UUID
    unit_ids: frozenset[UUID]
    indicator_id: UUID
    period: str
    starts_on: date
    ends_on: date
    status: ObligationStatus
    version: int
    value: Decimal | None
    measured_on: date | None
    reported_by: str | None
    wording: str | None = None
    definition: Definition | None = None
    defined_as: DefinedAs | None = None
    accumulation: Accumulation | None = None
    locked_until: date | None = None

    @property
    def is_locked(self) -> bool:
        return self.locked_until is not None and self.ends_on <= self.locked_until

    def content_on(self, day: date) -> Content | None:
        return self.definition.on(day).content if self.definition else None

    def accumulates(self, day: date) -> Accumulation:
        """Return what was said of the indicator itself, or else by its definition."""
        content = self.content_on(day)
        said = self.accumulation or (content and content.accumulation)
        return said or Accumulation.STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is said of a period. `derivation` tells of what a computed value was made."""

    value: Decimal | None
    measured_on: date
    source: str
    note: str
    wording: str | None = None
    breakdown: Breakdown = NO_BREAKDOWN
    evidence: tuple[DocumentRef, ...] = ()
    derivation: Mapping[str, object] | None = None
    late_reason: str | None = None


def report_value(
    obligation: Obligation, report: Report, *, by: str, units: Iterable[UUID], today: date
) -> tuple[Obligation, ReportSubmitted]:
    """Take a value that is awaited, from somebody who acts for a unit of the plan."""
    if obligation.unit_ids.isdisjoint(units):
        raise ReporterNotOfThePlan
    status = LIFE.after(obligation.status, ValueMove.REPORT, refusal=ValueNotAwaited)
    expect_unlocked(obligation, report.late_reason)
    submitted = replace(_said(obligation, report, today=today), status=status, reported_by=by)
    return submitted, ReportSubmitted(**_facts(submitted))


def approve_value(
    obligation: Obligation, *, by: str, late_reason: str | None = None
) -> tuple[Obligation, Event]:
    """Let the submitted value count; four eyes see it."""
    status = LIFE.after(obligation.status, ValueMove.APPROVE)
    expect_unlocked(obligation, late_reason)
    if obligation.reported_by == by:
        raise ApproverReportedTheValue
    approved = replace(obligation, status=status, version=obligation.version + 1)
    if approved.value is None:
        return approved, WordingApproved(**_facts(approved))
    return approved, ValueApproved(**_facts(approved), value=approved.value)


def return_value(obligation: Obligation) -> Obligation:
    """Ask for a better value; the one that was reported stays in the trail."""
    status = LIFE.after(obligation.status, ValueMove.RETURN)
    return replace(obligation, status=status, version=obligation.version + 1)


def correct_value(
    obligation: Obligation, report: Report, *, by: str, today: date
) -> tuple[Obligation, ValueCorrected]:
    """Put another value in place of one that counts; the old one stays in the trail, and the reason there.

    Not by the one who reported it: four eyes see a correction as they see an approval.
    """
    status = LIFE.after(obligation.status, ValueMove.CORRECT, refusal=ValueNotApproved)
    if obligation.reported_by == by:
        raise ApproverReportedTheValue
    corrected = replace(_said(obligation, report, today=today), status=status)
    return corrected, ValueCorrected(**_facts(corrected), value=corrected.value, late=corrected.is_locked)


def recompute_value(
    obligation: Obligation, report: Report, *, today: date
) -> tuple[Obligation, ValueCorrected | None]:
    """Put what the formula gives now in place of the value; it stays submitted or approved, as it was."""
    recomputed = replace(_said(obligation, report, today=today), status=obligation.status)
    if obligation.status is not ObligationStatus.APPROVED:
        return recomputed, None
    return recomputed, ValueCorrected(**_facts(recomputed), value=recomputed.value, late=recomputed.is_locked)


def expect_unlocked(obligation: Obligation, late_reason: str | None) -> None:
    """Raise PeriodLocked (409) unless the period is open, or somebody says why it moves after all."""
    if obligation.is_locked and not late_reason:
        raise PeriodLocked(
            pointer="/late_reason", locked_until=obligation.locked_until, **LIFE.facts(obligation.status)
        )


class _Facts(TypedDict):
    version: int
    obligation_id: UUID
    plan_id: UUID
    indicator_id: UUID
    period: str


def _facts(obligation: Obligation) -> _Facts:
    """Return what every event about an obligation tells."""
    return _Facts(
        version=obligation.version,
        obligation_id=obligation.obligation_id,
        plan_id=obligation.plan_id,
        indicator_id=obligation.indicator_id,
        period=obligation.period,
    )


def _said(obligation: Obligation, report: Report, *, today: date) -> Obligation:
    day = report.measured_on
    if day > today:
        raise MeasuredInTheFuture(pointer="/measured_on", measured_on=day, today=today)
    if day < obligation.starts_on:
        raise MeasuredBeforeThePeriod(pointer="/measured_on", measured_on=day, starts_on=obligation.starts_on)
    content = obligation.content_on(day)
    _expect_fits(content, report)
    expect_breakdown(
        report.breakdown,
        report.value,
        kind=content.kind if content else None,
        asked=content.dimensions if content else (),
    )
    return replace(
        obligation,
        version=obligation.version + 1,
        value=report.value,
        wording=report.wording,
        measured_on=day,
        defined_as=DefinedAs.of(obligation.definition, day) if obligation.definition else None,
    )


def _expect_fits(content: Content | None, report: Report) -> None:
    if content is not None and content.kind is Kind.QUALITATIVE:
        if report.value is not None or not report.wording:
            raise WordingExpected(pointer="/wording")
        return
    value = report.value
    if value is None or report.wording is not None:
        raise NumberExpected(pointer="/value")
    if content is None:
        return
    if content.value_source is ValueSource.FORMULA and report.derivation is None:
        raise ValueIsComputed(formula=content.formula)
    if content.kind is Kind.ORDINAL and value not in level_values(content):
        levels = ", ".join(f"{level.value} {level.cs}" for level in content.levels)
        raise LevelUnknown(pointer="/value", value=format(value, "f"), levels=levels)
    if content.kind is Kind.COUNT and value < 0:
        raise CountNegative(pointer="/value", value=format(value, "f"))
    if content.kind is Kind.SHARE and content.unit == "%" and not 0 <= value <= PERCENT:
        raise ShareOutOfRange(pointer="/value", value=format(value, "f"))
