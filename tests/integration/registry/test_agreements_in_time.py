"""What stands on what: no decision on a memorandum takes the ground from an agreed description."""

import asyncio

import pytest

from tests.support.memoranda import (
    OSTRAVA,
    agreed_description,
    concluded_memorandum,
    cooperation_of,
    done,
    drafted_description,
    registered_towns,
    sent,
)
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, DIRECTOR

CONCLUDED = {"adopted_on": "2021-12-07", "unit_signed_on": "2021-12-14", "agency_signed_on": "2021-12-20"}
AGREED_ON = "2022-03-21"


@pytest.fixture
async def ostrava(registry: ServiceUnderTest) -> ServiceUnderTest:
    await registered_towns(registry)
    return registry


async def test_a_memorandum_is_not_terminated_before_a_description_was_agreed_on_under_it(
    ostrava: ServiceUnderTest,
) -> None:
    memorandum = await concluded_memorandum(ostrava, OSTRAVA, **CONCLUDED)
    await agreed_description(
        ostrava, await drafted_description(ostrava, await cooperation_of(ostrava, OSTRAVA))
    )
    async with ostrava.client(DIRECTOR) as director:
        early = await sent(director, f"{memorandum}/termination", 4, {"reason": "Dohoda", "on": "2022-03-20"})
        ended = await done(director, f"{memorandum}/termination", 4, reason="Dohoda", on=AGREED_ON)
    assert (early.status_code, code_of(early)) == (409, "description-agreed-later")
    assert (early.json()["agreed_on"], early.json()["allowed_moves"]) == (AGREED_ON, ["terminate"])
    assert (ended["status"], ended["in_force_until"]) == ("terminated", AGREED_ON)


async def test_of_an_agreement_and_a_termination_before_it_at_once_one_is_refused(
    ostrava: ServiceUnderTest,
) -> None:
    memorandum = await concluded_memorandum(ostrava, OSTRAVA, **CONCLUDED)
    address = await drafted_description(ostrava, await cooperation_of(ostrava, OSTRAVA))
    async with ostrava.client(CONSULTANT) as consultant, ostrava.client(DIRECTOR) as director:
        await done(consultant, f"{address}/proposal", 1, on=AGREED_ON)
        unit_side = {"side": "unit", "name": "Jan Starosta", "function": "primátor", "on": AGREED_ON}
        await done(consultant, f"{address}/agreements", 2, **unit_side)
        agency_side = {"side": "agency", "name": "Martin Šimáček", "function": "ředitel", "on": AGREED_ON}
        answers = await asyncio.gather(
            sent(director, f"{address}/agreements", 3, agency_side),
            sent(director, f"{memorandum}/termination", 4, {"reason": "Dohoda", "on": "2022-02-01"}),
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (refused,) = [code_of(answer) for answer in answers if answer.status_code == 409]
    assert refused in {"description-agreed-later", "memorandum-not-in-force"}
