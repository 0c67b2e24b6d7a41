"""The life of one value."""

from datetime import date
from decimal import Decimal

import pytest

from evaluation.monitoring.domain import ObligationStatus
from evaluation.values.domain import Obligation, approve_value, report_value, return_value
from evaluation.values.refusals import (
    ApproverReportedTheValue,
    MeasuredBeforeThePeriod,
    MeasuredInTheFuture,
    ReporterNotOfThePlan,
    ValueNotAwaited,
    ValueNotSubmitted,
)
from shared.contracts.evaluation import ValueApproved
from tests.support.evaluation import a_report, an_obligation
from tests.support.tokens import OBRNICE, TRMICE

TODAY = date(2027, 1, 15)


def a_submitted_obligation() -> Obligation:
    return an_obligation(status=ObligationStatus.SUBMITTED, value=Decimal(20), reported_by="jana.malinova")


@pytest.mark.parametrize("status", [ObligationStatus.OPEN, ObligationStatus.RETURNED])
def test_a_value_that_is_awaited_can_be_reported(status: ObligationStatus) -> None:
    submitted, event = report_value(
        an_obligation(status=status), a_report(value="20.5"), by="jana.malinova", units=[OBRNICE], today=TODAY
    )
    assert submitted.status is ObligationStatus.SUBMITTED
    assert (submitted.value, submitted.reported_by, submitted.version) == (
        Decimal("20.5"),
        "jana.malinova",
        2,
    )
    assert (event.obligation_id, event.period, event.version) == (submitted.obligation_id, "2026", 2)


@pytest.mark.parametrize(
    "status", [ObligationStatus.SUBMITTED, ObligationStatus.APPROVED, ObligationStatus.CANCELLED]
)
def test_a_value_that_is_not_awaited_cannot_be_reported(status: ObligationStatus) -> None:
    with pytest.raises(ValueNotAwaited):
        report_value(an_obligation(status=status), a_report(), by="jana", units=[OBRNICE], today=TODAY)


def test_only_those_of_the_plans_units_report() -> None:
    with pytest.raises(ReporterNotOfThePlan):
        report_value(an_obligation(), a_report(), by="karel", units=[TRMICE], today=TODAY)


def test_a_value_cannot_be_measured_in_the_future() -> None:
    report = a_report(measured_on=date(2027, 1, 16))
    with pytest.raises(MeasuredInTheFuture) as refused:
        report_value(an_obligation(), report, by="jana", units=[OBRNICE], today=TODAY)
    assert refused.value.pointer == "/measured_on"


def test_a_value_cannot_be_measured_before_its_period() -> None:
    report = a_report(measured_on=date(2025, 12, 31))
    with pytest.raises(MeasuredBeforeThePeriod):
        report_value(an_obligation(), report, by="jana", units=[OBRNICE], today=TODAY)


def test_a_submitted_value_can_be_approved_by_another_person() -> None:
    approved, event = approve_value(a_submitted_obligation(), by="petr.konzultant")
    assert approved.status is ObligationStatus.APPROVED
    assert isinstance(event, ValueApproved)
    assert (event.value, event.version) == (Decimal(20), 2)


def test_nobody_approves_the_value_that_he_reported() -> None:
    with pytest.raises(ApproverReportedTheValue):
        approve_value(a_submitted_obligation(), by="jana.malinova")


@pytest.mark.parametrize("status", [s for s in ObligationStatus if s is not ObligationStatus.SUBMITTED])
def test_only_a_submitted_value_can_be_approved_or_returned(status: ObligationStatus) -> None:
    obligation = an_obligation(status=status)
    with pytest.raises(ValueNotSubmitted):
        approve_value(obligation, by="petr")
    with pytest.raises(ValueNotSubmitted):
        return_value(obligation)


def test_a_returned_value_is_awaited_again_and_not_forgotten() -> None:
    returned = return_value(a_submitted_obligation())
    assert (returned.status, returned.value) == (ObligationStatus.RETURNED, Decimal(20))
