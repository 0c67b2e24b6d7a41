"""The life of one value: reported, then approved or returned."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from evaluation.monitoring.domain import AWAITED, ObligationStatus
from shared.contracts.evaluation import ReportSubmitted, ValueApproved
from shared.errors import Forbidden, Invalid, NotFound, RuleBroken


class Act(StrEnum):
    """What was done with a value; each act is a row that never changes."""

    REPORTED = "reported"
    APPROVED = "approved"
    RETURNED = "returned"


class ObligationNotFound(NotFound):
    cs = "Taková povinnost není."
    en = "There is no such obligation."


class ValueNotAwaited(RuleBroken):
    cs = "Hodnota se neočekává, povinnost je ve stavu „{status}“."
    en = "No value is awaited, the obligation is {status}."


class ValueNotSubmitted(RuleBroken):
    cs = "Žádná hodnota nečeká na schválení, povinnost je ve stavu „{status}“."
    en = "No value waits for approval, the obligation is {status}."


class ApproverReportedTheValue(RuleBroken):
    cs = "Hodnotu nemůže schválit ten, kdo ji nahlásil."
    en = "Who reported the value cannot approve it."


class ReporterNotOfThePlan(Forbidden):
    cs = "Hodnotu hlásí jen ten, kdo jedná za některý územní celek plánu."
    en = "Only those who act for a unit of the plan report its values."


class MeasuredInTheFuture(Invalid):
    cs = "Den zjištění {measured_on} teprve přijde, dnes je {today}."
    en = "The day of measurement {measured_on} is yet to come, today is {today}."


class MeasuredBeforeThePeriod(Invalid):
    cs = "Den zjištění {measured_on} je před začátkem období ({starts_on})."
    en = "The day of measurement {measured_on} is before the period begins ({starts_on})."


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One value of one indicator for one period, and how far its collection is."""

    obligation_id: UUID
    plan_id: UUID
    unit_ids: frozenset[UUID]
    indicator_id: UUID
    period: str
    starts_on: date
    status: ObligationStatus
    version: int
    value: Decimal | None
    measured_on: date | None
    reported_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    value: Decimal
    measured_on: date
    source: str
    note: str


def report_value(
    obligation: Obligation, report: Report, *, by: str, units: Iterable[UUID], today: date
) -> tuple[Obligation, ReportSubmitted]:
    """Take a value that is awaited, from somebody who acts for a unit of the plan."""
    if obligation.unit_ids.isdisjoint(units):
        raise ReporterNotOfThePlan
    if obligation.status not in AWAITED:
        raise ValueNotAwaited(status=obligation.status)
    _expect_plausible_day(report.measured_on, starts_on=obligation.starts_on, today=today)
    submitted = replace(
        obligation,
        status=ObligationStatus.SUBMITTED,
        version=obligation.version + 1,
        value=report.value,
        measured_on=report.measured_on,
        reported_by=by,
    )
    return submitted, ReportSubmitted(
        version=submitted.version,
        obligation_id=submitted.obligation_id,
        plan_id=submitted.plan_id,
        indicator_id=submitted.indicator_id,
        period=submitted.period,
    )


def _expect_plausible_day(measured_on: date, *, starts_on: date, today: date) -> None:
    if measured_on > today:
        raise MeasuredInTheFuture(pointer="/measured_on", measured_on=measured_on, today=today)
    if measured_on < starts_on:
        raise MeasuredBeforeThePeriod(pointer="/measured_on", measured_on=measured_on, starts_on=starts_on)


def approve_value(obligation: Obligation, *, by: str) -> tuple[Obligation, ValueApproved]:
    """Let the submitted value count; four eyes see it."""
    value = _submitted_value(obligation)
    if obligation.reported_by == by:
        raise ApproverReportedTheValue
    approved = replace(obligation, status=ObligationStatus.APPROVED, version=obligation.version + 1)
    return approved, ValueApproved(
        version=approved.version,
        obligation_id=approved.obligation_id,
        plan_id=approved.plan_id,
        indicator_id=approved.indicator_id,
        period=approved.period,
        value=value,
    )


def return_value(obligation: Obligation) -> Obligation:
    """Ask for a better value; the one that was reported stays in the trail."""
    _submitted_value(obligation)
    return replace(obligation, status=ObligationStatus.RETURNED, version=obligation.version + 1)


def _submitted_value(obligation: Obligation) -> Decimal:
    if obligation.status is not ObligationStatus.SUBMITTED or obligation.value is None:
        raise ValueNotSubmitted(status=obligation.status)
    return obligation.value
