"""Criteria are worded, and the baseline of a cooperation is locked with its description."""

import asyncio
from itertools import permutations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.contracts.intake import CooperationDomain
from tests.support.evaluation import a_unit_registered
from tests.support.quality import EVA, LEVELS, PETR, SET, a_description, id_of, opened
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR

CONSUMER = "evaluation-quality-from-registry"


async def baseline(evaluation: ServiceUnderTest) -> dict[str, int | None]:
    async with evaluation.client(EVA) as client:
        found = (await client.get(f"/criteria-sets/{SET}")).json()
    return {each["code"]: each["baseline"] for each in found["criteria"]}


async def test_the_baseline_is_that_of_the_newest_edition_whatever_the_order(
    evaluation: ServiceUnderTest,
) -> None:
    first, second = a_description(), a_description(LEVELS | {"ZAM-1": 0}, edition=2, version=4)
    for order in permutations((first, first, second)):
        await evaluation.empty()
        for event in order:
            await evaluation.hear(event, consumer=CONSUMER)
        assert await baseline(evaluation) == LEVELS | {"ZAM-1": 0}
        async with evaluation.client(EVA) as client:
            (found,) = (await client.get("/criteria-sets?filter[area]=ZAM")).json()["items"]
        assert found["described_edition"] == 2


async def test_what_was_locked_stays_even_if_it_is_told_otherwise(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_unit_registered(), a_description())
    await evaluation.hear(a_description({"BYD-1": 4, "BYD-2": 4, "DLU-1": 4}, edition=2))
    assert await baseline(evaluation) == LEVELS
    reading = await opened(evaluation)
    await reading.rate(EVA, {"BYD-1": 1, "BYD-2": 2, "DLU-1": None})
    for statement in (
        "UPDATE quality_baseline SET level = 4",
        "DELETE FROM quality_baseline",
        "UPDATE criterion_edition SET scale = 'x'",
        "UPDATE rating_sheet SET ratings = '[]'",
        "UPDATE quality_scale SET levels = '[1, 2]'",
    ):
        with pytest.raises(DBAPIError, match="immutable"):
            async with evaluation.resources.engine.begin() as connection:
                await connection.execute(text(statement))


async def test_two_descriptions_at_once_name_a_criterion_once(evaluation: ServiceUnderTest) -> None:
    education = a_description({"BYD-1": 1, "VZD-1": 2}, domain=CooperationDomain.INCLUSIVE_EDUCATION)
    await asyncio.gather(evaluation.hear(a_description()), evaluation.hear(education))
    async with evaluation.client() as client:
        listed = (await client.get("/quality-criteria")).json()["items"]
        of_housing = (await client.get("/quality-criteria?filter[area]=BYD&q=byd-1")).json()["items"]
    assert [each["code"] for each in listed] == ["BYD-1", "BYD-2", "DLU-1", "VZD-1"]
    assert [each["id"] for each in of_housing] == [str(id_of("BYD-1"))]
    async with evaluation.client(COORDINATOR) as client:
        assert len((await client.get("/criteria-sets")).json()["items"]) == 2


async def test_a_criterion_is_worded_in_editions_and_a_set_keeps_its_own(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_description())
    address = f"/quality-criteria/{id_of('BYD-1')}"
    wording = {"name": "Sociální bydlení", "description": "Obec má byty.", "valid_from": "2024-01-01"}
    async with evaluation.client(EVA) as client:
        described = await client.post(f"{address}/wording", json=wording, headers={"If-Match": '"1"'})
        assert [each["is_described"] for each in described.json()["editions"]] == [True]
        newer = wording | {"name": "Dostupné bydlení", "valid_from": "2025-01-01"}
        rewordings = await asyncio.gather(
            *(client.post(f"{address}/wording", json=newer, headers={"If-Match": '"2"'}) for _ in range(2))
        )
        assert sorted(answer.status_code for answer in rewordings) == [200, 412]
        of_set = (await client.get(f"/criteria-sets/{SET}")).json()["criteria"][0]
        assert (of_set["edition"], of_set["name"], len(of_set["levels"])) == (1, "Sociální bydlení", 5)
        (found,) = (await client.get("/quality-criteria?q=dostupne")).json()["items"]
        assert (found["code"], found["version"]) == ("BYD-1", 3)
        ended = await client.post(
            f"{address}/ending", json={"valid_until": "2025-12-31"}, headers={"If-Match": '"3"'}
        )
        assert ended.headers["etag"] == '"4"'
        in_force = (await client.get("/quality-criteria?filter[valid_on]=2026-01-01")).json()["items"]
        assert [each["code"] for each in in_force] == ["BYD-2", "DLU-1"]


async def test_scales_and_criteria_are_added_once_by_who_words_them(evaluation: ServiceUnderTest) -> None:
    scale = {
        "code": "1-3",
        "name": "Tři úrovně",
        "levels": [{"level": at, "name_cs": f"{at}", "name_en": f"{at}"} for at in (1, 2, 3)],
    }
    criterion = {"area": "ZDR", "code": "ZDR-1", "name": "Lékař", "valid_from": "2024-01-01"}
    async with evaluation.client(EVA) as client:
        unknown = await client.post("/quality-criteria", json=criterion | {"scale": "1-3"})
        assert (unknown.status_code, unknown.json()["type"].rpartition(":")[2]) == (422, "scale-unknown")
        assert (await client.post("/quality-scales", json=scale)).status_code == 201
        assert (await client.post("/quality-scales", json=scale)).status_code == 409
        assert (await client.post("/quality-scales", json=scale | {"code": "0-4"})).status_code == 409
        added = await asyncio.gather(
            *(client.post("/quality-criteria", json=criterion | {"scale": "1-3"}) for _ in range(2))
        )
        assert sorted(answer.status_code for answer in added) == [201, 409]
        (created,) = [answer for answer in added if answer.status_code == 201]
        assert (await client.get(created.headers["location"])).headers["etag"] == '"1"'
    async with evaluation.client(PETR) as client:
        assert (await client.post("/quality-criteria", json=criterion)).status_code == 403
