"""What stands on what in time: memoranda, descriptions agreed under them, and their ends."""

import asyncio

import pytest

from tests.support.memoranda import (
    FIVE_AREAS,
    OSTRAVA,
    a_result_json,
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
from tests.support.tokens import ADMINISTRATOR, CONSULTANT, DIRECTOR

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


async def test_of_an_agreement_and_the_end_of_the_unit_at_once_one_is_refused(
    ostrava: ServiceUnderTest,
) -> None:
    await concluded_memorandum(ostrava, OSTRAVA, **CONCLUDED)
    address = await drafted_description(ostrava, await cooperation_of(ostrava, OSTRAVA))
    async with ostrava.client(CONSULTANT) as consultant, ostrava.client(DIRECTOR) as director:
        await done(consultant, f"{address}/proposal", 1, on=AGREED_ON)
        unit_side = {"side": "unit", "name": "Jan Starosta", "function": "primátor", "on": AGREED_ON}
        await done(consultant, f"{address}/agreements", 2, **unit_side)
        agency_side = {"side": "agency", "name": "Martin Šimáček", "function": "ředitel", "on": AGREED_ON}
        async with ostrava.client(ADMINISTRATOR) as administrator:
            answers = await asyncio.gather(
                sent(director, f"{address}/agreements", 3, agency_side),
                sent(administrator, f"/units/{OSTRAVA}/closure", 1, {"valid_until": "2023-12-31"}),
            )
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_description_is_ended_before_it_begins_and_another_takes_its_place(
    ostrava: ServiceUnderTest,
) -> None:
    await concluded_memorandum(ostrava, OSTRAVA, **CONCLUDED)
    results = [a_result_json(area, due_on="2099-06-30") for area in FIVE_AREAS]
    later = {"starts_on": "2099-01-01", "ends_on": "2099-12-31", "results": results}
    address = await drafted_description(ostrava, await cooperation_of(ostrava, OSTRAVA), later)
    await agreed_description(ostrava, address)
    async with ostrava.client(CONSULTANT) as consultant:
        ended = await done(consultant, f"{address}/end", 4, reason="Jiný začátek", on="2022-03-22")
        after = await consultant.get(f"/descriptions?as_of=2099-01-01&filter[unit]={OSTRAVA}")
        anew = await done(consultant, f"{address}/editions", 5)
    assert (ended["status"], ended["in_force_until"]) == ("ended", "2098-12-31")
    assert after.json()["items"] == []
    second = await agreed_description(ostrava, f"/descriptions/{anew['id']}", on="2022-04-01")
    assert (second["status"], second["in_force_from"], second["edition"]) == ("agreed", "2099-01-01", 2)
