"""Revisions re-plan only what changed and lose no value; sums over plans count a unit once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from evaluation.monitoring.calendar import PlannedObligation, collection_calendar, obligation_id
from shared.contracts.planning import Periodicity, PlannedIndicator
from shared.contracts.registry import UnitPlace, UnitPlaced
from tests.support.definitions import define, link
from tests.support.evaluation import (
    CONSULTANT,
    COORDINATOR,
    EVALUATOR,
    NEIGHBOUR,
    PLAN,
    a_plan_approved,
    a_report_in,
    an_indicator,
    decide,
    indicator_id,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, TRMICE, an_actor

CONSUMER = "evaluation-monitoring-from-planning"
PERIODICITIES = st.sampled_from([Periodicity.QUARTERLY, Periodicity.HALF_YEARLY, Periodicity.YEARLY])
VALID_FROM, VALID_UNTIL, APPROVED_ON = date(2024, 1, 1), date(2026, 12, 31), date(2026, 1, 20)
REVISIONS = st.lists(
    st.dictionaries(
        st.integers(1, 5), st.tuples(PERIODICITIES, st.sampled_from(["Odbor", "Škola"])), max_size=5
    ),
    min_size=10,
    max_size=10,
)


def a_planned(which: int, periodicity: Periodicity, owner: str) -> PlannedIndicator:
    return an_indicator(
        which,
        periodicity=periodicity,
        owner=owner,
        baseline_on=date(2023, 12, 31),
        target_on=VALID_UNTIL,
    )


@dataclass(slots=True)
class Model:
    """What is awaited after revisions in a row: a changed periodicity leaves the past as it was."""

    awaited: set[UUID] = field(default_factory=set)
    periodicities: dict[UUID, Periodicity] = field(default_factory=dict)
    since: dict[UUID, date] = field(default_factory=dict)
    periods: dict[UUID, tuple[UUID, date]] = field(default_factory=dict)

    def take(self, indicators: Sequence[PlannedIndicator]) -> tuple[PlannedObligation, ...]:
        for each in indicators:
            if self.periodicities.get(each.indicator_id, each.periodicity) is not each.periodicity:
                self.since[each.indicator_id] = APPROVED_ON
            self.periodicities[each.indicator_id] = each.periodicity
        whole = collection_calendar(indicators, valid_from=VALID_FROM, valid_until=VALID_UNTIL)
        calendar = tuple(
            each for each in whole if each.period.ends_on >= self.since.get(each.indicator_id, date.min)
        )
        self.periods |= {each.obligation_id: (each.indicator_id, each.period.ends_on) for each in whole}
        there = {each.indicator_id for each in indicators}
        was_over = {
            each
            for each in self.awaited
            if self.periods[each][0] in there
            and self.periods[each][1] < self.since.get(self.periods[each][0], date.min)
        }
        self.awaited = was_over | {each.obligation_id for each in calendar}
        return calendar


async def rows_of(evaluation: ServiceUnderTest, table: str) -> dict[object, tuple[object, ...]]:
    """Return for each row what wrote it: a row that was touched has another one."""
    key = "obligation_id" if table == "obligation" else "indicator_id"
    async with evaluation.resources.engine.connect() as connection:
        asked = f"SELECT {key}, indicator_id, xmin::text FROM {table}"  # noqa: S608 - our own names
        found = await connection.execute(text(asked))
        return {row[0]: tuple(row) for row in found}


async def test_a_revision_that_changes_5_of_60_touches_only_their_rows(evaluation: ServiceUnderTest) -> None:
    sixty = [an_indicator(number) for number in range(1, 61)]
    await evaluation.hear(a_plan_approved(indicators=sixty))
    before = {table: await rows_of(evaluation, table) for table in ("obligation", "monitored_indicator")}
    changed = [an_indicator(number, owner="Škola") for number in range(1, 6)]
    await evaluation.hear(a_plan_approved(revision=2, indicators=changed + sixty[5:]))
    theirs = {indicator_id(number) for number in range(1, 6)}
    for table, rows in before.items():
        after = await rows_of(evaluation, table)
        touched = {key for key, row in after.items() if row != rows[key]}
        assert touched == {key for key, row in rows.items() if row[1] in theirs}
        assert len(after) == len(rows)


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(revisions=REVISIONS)
async def test_ten_revisions_in_a_row_lose_no_value_and_leave_the_calendar_of_the_last(
    evaluation: ServiceUnderTest, revisions: list[dict[int, tuple[Periodicity, str]]]
) -> None:
    await evaluation.empty()
    reported: dict[str, str] = {}
    model = Model()
    for number, said in enumerate(revisions, 1):
        indicators = [a_planned(which, *how) for which, how in said.items()]
        await evaluation.hear(
            a_plan_approved(
                revision=number, indicators=indicators, valid_from=VALID_FROM, valid_until=VALID_UNTIL
            ),
            consumer=CONSUMER,
        )
        calendar = model.take(indicators)
        for planned in calendar[:1]:
            body = a_report_in(value=str(number), measured_on=str(planned.period.starts_on))
            answer = await decide(evaluation, planned.obligation_id, "report", actor=COORDINATOR, body=body)
            is_first = str(planned.obligation_id) not in reported
            assert answer.status_code == (200 if is_first else 409), answer.text
            if is_first:
                reported[str(planned.obligation_id)] = str(number)
    async with evaluation.resources.engine.connect() as connection:
        found = await connection.execute(
            text("SELECT obligation_id::text, status, value::text FROM obligation")
        )
        rows = {row[0]: (row[1], row[2]) for row in found}
    assert {key: value for key, (_, value) in rows.items() if value is not None} == reported
    still_open = {key for key, (status, _) in rows.items() if status == "open"}
    assert still_open == {str(each) for each in model.awaited} - reported.keys()


async def test_a_sum_over_plans_counts_each_unit_once_and_names_what_it_left_out(
    evaluation: ServiceUnderTest,
) -> None:
    await define(evaluation, "X_D", name_cs="Zabydlené domácnosti")
    await define(evaluation, "X_S", kind="share", unit="%")
    values = (
        (PLAN, OBRNICE, "20"),
        (uuid5(PLAN, "other"), OBRNICE, "25"),
        (uuid5(PLAN, "third"), TRMICE, "7"),
    )
    for day, (plan_id, unit, value) in enumerate(values, 1):
        planned = an_indicator(1, plan_id, name="Zabydlené domácnosti")
        await evaluation.hear(a_plan_approved(plan_id=plan_id, unit_ids=[unit], indicators=[planned]))
        reporter = an_actor(*COORDINATOR.roles, units=[unit])
        of_plan = obligation_id(indicator_id(1, plan_id), "2026")
        body = a_report_in(value=value, measured_on=f"2026-06-0{day}")
        await decide(evaluation, of_plan, "report", actor=reporter, body=body)
        await decide(evaluation, of_plan, "approval", actor=CONSULTANT)
    year = {"since": "2026-01-01", "until": "2026-12-31"}
    async with evaluation.client(EVALUATOR) as client:
        with evaluation.counted_statements() as statements:
            found = (await client.get("/roll-ups/X_D", params=year)).json()
        assert len(statements) == 2
        unknown = await client.get("/roll-ups/X_NENI", params=year)
        backwards = await client.get("/roll-ups/X_D", params={"since": "2026-12-31", "until": "2026-01-01"})
        nothing = (await client.get("/roll-ups/X_S", params=year)).json()
        of_unit = (await client.get("/roll-ups/X_D", params=year | {"filter[unit]": str(OBRNICE)})).json()
    assert (found["total"], found["counted"], found["left_out"]) == ("32", 2, 1)
    assert {(each["value"], each["left_out"]) for each in found["contributions"]} == {
        ("20", "unit-counted"),
        ("25", None),
        ("7", None),
    }
    assert (unknown.status_code, backwards.status_code) == (404, 422)
    assert (nothing["total"], nothing["is_summable"], of_unit["total"]) == (None, False, "25")
    ways = ((2, None, "7"), (3, date(2026, 12, 30), "32"), (2, None, "32"))  # the last word is stale
    for version, last_day, total in ways:
        place = UnitPlace(group_id=OBRNICE, valid_from=date(2020, 1, 1), valid_until=last_day)
        await evaluation.hear(UnitPlaced(version=version, unit_id=TRMICE, places=(place,)))
        async with evaluation.client(EVALUATOR) as client:
            nested = (await client.get("/roll-ups/X_D", params=year)).json()
        assert nested["total"] == total
    async with evaluation.client(NEIGHBOUR) as client:
        mine = (await client.get("/roll-ups/X_D", params=year)).json()
    assert (mine["total"], len(mine["contributions"])) == ("7", 1)


async def test_a_link_by_a_person_outlives_revisions_and_one_by_name_follows_the_name(
    evaluation: ServiceUnderTest,
) -> None:
    for code, name in (("X_A", "Zabydlené domácnosti"), ("X_B", "Domácnosti v nájmu"), ("X_C", "Jiné")):
        await define(evaluation, code, name_cs=name)
    named = [
        an_indicator(1, name="Zabydlené domácnosti"),
        an_indicator(2),
        an_indicator(3, name="Jiné", unit="%"),
    ]
    await evaluation.hear(a_plan_approved(indicators=named))
    assert (await link(evaluation, 2, "X_C")).status_code == 200
    assert (await link(evaluation, 9, "X_C")).status_code == 404
    assert (await link(evaluation, 2, "X_NENI", version=2)).json()["errors"][0]["pointer"] == "/code"
    renamed = [an_indicator(1, name="Domácnosti v nájmu"), an_indicator(2, name="Zabydlené domácnosti")]
    await evaluation.hear(a_plan_approved(revision=2, indicators=renamed))
    async with evaluation.client(CONSULTANT) as client:
        shown = (await client.get(f"/monitoring/{PLAN}")).json()["indicators"]
    assert [each["definition_code"] for each in shown] == ["X_B", "X_C"]
