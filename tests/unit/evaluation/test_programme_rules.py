"""Projects: registration numbers, money by source, targets that agree, forecast, what fulfils an output."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.programmes.domain import Assignment, Output, assign
from evaluation.programmes.refusals import (
    ApprovalHalfTold,
    ApprovedInTheFuture,
    DocumentOfAnotherKind,
    DocumentOfAnotherUnit,
    UnitOfOutputMissing,
    UnitOutsideTheProject,
)
from evaluation.projects.budget import Source, expect_whole, financed
from evaluation.projects.domain import expect_sound, normalised
from evaluation.projects.forecast import forecast
from evaluation.projects.refusals import (
    AttendanceUnitNotRecognised,
    DocumentTargetsDiffer,
    KeyActivityOutsideTheProject,
    KeyActivityTwice,
    OutputCodeTwice,
    ProjectEndsBeforeItStarts,
    RegistrationNumberMalformed,
    SharesDoNotMakeWhole,
    SourceTwice,
    TargetOverUnits,
)
from evaluation.projects.schemas import ProjectIn
from evaluation.projects.sums import ActivitySum, OutputSum, of_activity
from shared.contracts.documents import OutputKind
from shared.errors import Refusal
from tests.support.programmes import Json, a_key_activity, an_output, innovation, ostrava, rssz, systemic

FIRST, SECOND = (uuid5(NAMESPACE_URL, f"urn:pospolu:tested:unit:{number}") for number in (1, 2))
STARTS, ENDS = date(2023, 1, 1), date(2024, 12, 31)


def shares(*percents: str) -> tuple[Source, ...]:
    return tuple(
        Source(name=f"Zdroj {number}", share_percent=Decimal(percent))
        for number, percent in enumerate(percents)
    )


def test_the_money_of_ostrava_is_85_10_5_to_the_haler() -> None:
    amounts = [each.amount_czk for each in financed(Decimal("3648425.00"), shares("85", "10", "5"))]
    assert amounts == [Decimal("3101161.25"), Decimal("364842.50"), Decimal("182421.25")]


@given(
    st.decimals(0, 10**11, places=2),
    st.lists(st.integers(1, 100), min_size=1, max_size=6),
)
def test_the_sources_always_make_the_total_and_none_is_below_nothing(
    total: Decimal, parts: list[int]
) -> None:
    whole = sum(parts)
    percents = [Decimal(part * 100 // whole) for part in parts[:-1]]
    percents.append(100 - sum(percents, Decimal(0)))
    amounts = [each.amount_czk for each in financed(total, shares(*map(str, percents)))]
    known = [amount for amount in amounts if amount is not None]
    assert len(known) == len(amounts)
    assert sum(known) == total
    assert min(known) >= 0
    assert all(amount == amount.quantize(Decimal("0.01")) for amount in known)


def test_shares_that_are_no_whole_and_sources_said_twice_are_refused() -> None:
    with pytest.raises(SharesDoNotMakeWhole) as refusal:
        expect_whole(shares("85", "10"))
    assert refusal.value.facts["total"] == "95"
    with pytest.raises(SourceTwice):
        expect_whole((*shares("50"), *shares("50")))
    expect_whole(())
    assert [each.amount_czk for each in financed(None, shares("85", "15"))] == [None, None]


@pytest.mark.parametrize("body", [rssz(), systemic(), innovation(), ostrava()])
def test_the_four_published_projects_are_sound(body: Json) -> None:
    expect_sound(ProjectIn.model_validate(body).project(FIRST))


def test_a_number_printed_with_stray_dots_and_spaces_is_the_same_number() -> None:
    assert normalised(" cz.03.2.63/0.0./0.0/15_030/ 0000605 ") == "CZ.03.2.63/0.0/0.0/15_030/0000605"


TWICE = [a_key_activity("KA1"), a_key_activity("KA1")]
SAME_CODE = [a_key_activity("KA1", an_output("1", OutputKind.PLAN), an_output("1", OutputKind.PLAN))]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"registration_number": "CZ.03.2.63/0.0/0.0/16_063"}, RegistrationNumberMalformed),
        ({"registration_number": "CZ.03.2.63/0.0/0.0/16_063/0006590"}, RegistrationNumberMalformed),
        ({"document_target": 84}, DocumentTargetsDiffer),
        ({"unit_ids": [str(FIRST)]}, TargetOverUnits),
        ({"ends_on": "2022-01-01"}, ProjectEndsBeforeItStarts),
        ({"ends_on": "2024-06-30"}, KeyActivityOutsideTheProject),
        ({"sources": [{"name": "ESF", "share_percent": "85"}]}, SharesDoNotMakeWhole),
        ({"attendance_unit": "hour-45"}, AttendanceUnitNotRecognised),
        ({"key_activities": TWICE, "document_target": None}, KeyActivityTwice),
        ({"key_activities": SAME_CODE, "document_target": None}, OutputCodeTwice),
    ],
)
def test_a_project_that_contradicts_itself_is_refused(changes: Json, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        expect_sound(ProjectIn.model_validate({**rssz(), **changes}).project(FIRST))
    assert refused.value.pointer


@pytest.mark.parametrize(
    ("actual", "on", "expected"),
    [
        (0, date(2023, 12, 31), 0),
        (40, date(2023, 12, 31), 80),  # 365 of 731 days: 80.1
        (5, date(2023, 3, 1), None),  # before a tenth
        (5, date(2022, 1, 1), None),
        (41, date(2024, 12, 30), 41),
        (41, date(2030, 1, 1), 41),
    ],
)
def test_the_pace_so_far_goes_on_to_the_end(actual: int, on: date, expected: int | None) -> None:
    assert forecast(actual, starts_on=STARTS, ends_on=ENDS, on=on) == expected


@given(st.integers(0, 10_000), st.dates(STARTS, ENDS))
def test_a_forecast_is_never_below_what_is_there(actual: int, on: date) -> None:
    found = forecast(actual, starts_on=STARTS, ends_on=ENDS, on=on)
    assert found is None or found >= actual


def an_output_sum(target: int | None, counted: int) -> OutputSum:
    return OutputSum(
        id=FIRST,
        code="1",
        title="Výstup",
        kind=OutputKind.PLAN,
        target=target,
        per_unit=False,
        in_indicator=True,
        counted=counted,
        incomplete=0,
        withdrawn=0,
        not_yet=0,
    )


def test_more_of_one_output_never_hides_what_is_missing_of_another() -> None:
    activity = ActivitySum(
        id=FIRST,
        number="KA1",
        title="Aktivita",
        starts_on=STARTS,
        ends_on=ENDS,
        outputs=(an_output_sum(2, 5), an_output_sum(3, 0), an_output_sum(None, 7)),
    )
    progress = of_activity(activity, on=date(2025, 1, 1))
    assert (progress.target, progress.actual, progress.missing, progress.fulfilled) == (5, 5, 3, False)


OUTPUT = Output(
    id=FIRST, code="1", kind=OutputKind.COUNSELLING_REPORT, per_unit=True, unit_ids=frozenset({FIRST})
)
WANTED = Assignment(
    document_id=SECOND, output_id=FIRST, unit_id=None, approved_by="Rada města", approved_on=date(2024, 1, 1)
)


def assigned(wanted: Assignment, *of_units: UUID, output: Output = OUTPUT) -> Assignment:
    return assign(
        wanted, output, of_units=of_units, output_kind=OutputKind.COUNSELLING_REPORT, today=date(2024, 1, 1)
    )


def test_the_unit_of_a_document_about_one_unit_need_not_be_told() -> None:
    assert assigned(WANTED, FIRST).unit_id == FIRST
    anywhere = replace(OUTPUT, per_unit=False)
    assert assigned(WANTED, FIRST, SECOND, output=anywhere).unit_id is None
    assert assigned(replace(WANTED, unit_id=SECOND), output=anywhere).unit_id == SECOND


@pytest.mark.parametrize(
    ("changes", "of_units", "refusal"),
    [
        ({}, (), UnitOfOutputMissing),
        ({}, (FIRST, SECOND), UnitOfOutputMissing),
        ({}, (SECOND,), UnitOutsideTheProject),
        ({"unit_id": FIRST}, (SECOND,), DocumentOfAnotherUnit),
        ({"approved_on": None}, (FIRST,), ApprovalHalfTold),
        ({"approved_by": None}, (FIRST,), ApprovalHalfTold),
        ({"approved_on": date(2024, 1, 2)}, (FIRST,), ApprovedInTheFuture),
    ],
)
def test_a_document_fulfils_only_what_it_is(
    changes: dict[str, object], of_units: tuple[UUID, ...], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        assigned(replace(WANTED, **changes), *of_units)  # type: ignore[arg-type]
    with pytest.raises(DocumentOfAnotherKind):
        assigned(WANTED, FIRST, output=replace(OUTPUT, kind=OutputKind.PLAN))
