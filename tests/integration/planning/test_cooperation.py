"""Who may draft a plan follows what registry tells of cooperation, in whatever order it is heard."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from planning.units import repository
from shared.contracts.registry import CooperationChanged, CooperationEnded, CooperationStarted
from tests.support.approvals import KRECANY, RUMBURK
from tests.support.hostile import assert_problem
from tests.support.planning import a_head, a_registered_unit, a_started_cooperation
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, OBRNICE, TRMICE

STARTED = replace(a_started_cooperation(), ends_on=date(2026, 12, 31))
PUT_OFF = CooperationChanged(
    version=2,
    cooperation_id=STARTED.cooperation_id,
    unit_id=STARTED.unit_id,
    regime=STARTED.regime,
    starts_on=STARTED.starts_on,
    ends_on=date(2027, 12, 31),
)
ENDED = CooperationEnded(
    version=3, cooperation_id=STARTED.cooperation_id, unit_id=STARTED.unit_id, ended_on=date(2027, 6, 30)
)
Told = CooperationStarted | CooperationChanged | CooperationEnded


async def cooperates(planning: ServiceUnderTest, on: date) -> bool:
    async with planning.transaction() as tx:
        return await repository.cooperating(tx.session, [OBRNICE], on=on) == {OBRNICE}


async def test_a_unit_whose_cooperation_was_put_off_cooperates_until_the_later_day(
    planning: ServiceUnderTest,
) -> None:
    await planning.hear(STARTED)
    assert not await cooperates(planning, date(2027, 1, 1))
    await planning.hear(PUT_OFF)
    assert await cooperates(planning, date(2027, 1, 1))
    assert await cooperates(planning, date(2027, 12, 31))
    assert not await cooperates(planning, date(2028, 1, 1))


async def test_a_unit_whose_cooperation_was_cut_short_cooperates_until_the_earlier_day(
    planning: ServiceUnderTest,
) -> None:
    await planning.hear(STARTED, replace(PUT_OFF, ends_on=date(2026, 6, 30)))
    assert await cooperates(planning, date(2026, 6, 30))
    assert not await cooperates(planning, date(2026, 7, 1))


@pytest.mark.parametrize("events", list(permutations((STARTED, PUT_OFF, ENDED))))
async def test_the_newest_word_on_a_cooperation_counts_in_whatever_order_it_is_heard(
    planning: ServiceUnderTest, events: tuple[Told, ...]
) -> None:
    await planning.hear(*events, *events)
    assert await cooperates(planning, date(2027, 6, 30))
    assert not await cooperates(planning, date(2027, 7, 1))


async def test_a_plan_of_several_units_names_those_that_do_not_cooperate(planning: ServiceUnderTest) -> None:
    others = {TRMICE: "Trmice", KRECANY: "Staré Křečany", RUMBURK: "Čáslav"}
    known = [a_registered_unit(unit, name=name) for unit, name in {OBRNICE: "Obrnice", **others}.items()]
    await planning.hear(*known, a_started_cooperation())
    head = a_head(unit_ids=[str(unit) for unit in (OBRNICE, *others)])
    async with planning.client(CONSULTANT) as client:
        refused = await client.post("/plans", json=head)
    assert_problem(refused, 409, code="unit-not-cooperating")
    told = refused.json()["title"]
    assert told.startswith("S Agenturou nyní nespolupracuje: Čáslav, Staré Křečany, Trmice. ")
