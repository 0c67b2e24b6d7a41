"""The catalogue of indicators: everybody reads it, methodologists add editions, nothing is rewritten."""

import asyncio

import pytest
from sqlalchemy.exc import DBAPIError

from evaluation.seed import seed
from tests.support.definitions import a_definition_in, define, redefine
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR, EVALUATOR


async def test_the_catalogue_is_seeded_once_in_czech_order_and_found_without_diacritics(
    evaluation: ServiceUnderTest,
) -> None:
    for _ in range(2):
        async with evaluation.transaction() as tx:
            await seed(tx)
    async with evaluation.client() as client:
        with evaluation.counted_statements() as statements:
            page = (await client.get("/definitions", params={"limit": 60})).json()
        assert len(statements) <= 2
        rest = (await client.get("/definitions", params={"limit": 60, "cursor": page["next"]})).json()
        found = (await client.get("/definitions", params={"q": "UBYTOVNACH"})).json()
        money = (await client.get("/definitions", params={"filter[kind]": "money"})).json()
        dimensions = (await client.get("/dimensions")).json()
    names = [item["name_cs"] for item in page["items"] + rest["items"]]
    assert len(names) == 99
    assert rest["next"] is None
    assert names.index("byty se sociálním určením") < names.index("celkový počet účastníků")
    assert {item["code"] for item in found["items"]} == {"OB_ZARIZ", "P04"}
    assert [item["code"] for item in money["items"]] == ["P09_KC"]
    assert [each["dimension"] for each in dimensions] == ["sex", "age", "status"]


async def test_a_new_edition_tells_why_and_the_old_one_stays(evaluation: ServiceUnderTest) -> None:
    created = await define(evaluation, "X_BYTY")
    assert (created.status_code, created.headers["etag"]) == (201, '"1"')
    assert created.headers["location"] == "/definitions/X_BYTY"
    bridge = {"kind": "linear", "factor": "2.5", "offset": "0"}
    changed = await redefine(evaluation, "X_BYTY", unit="byty", bridge=bridge)
    assert (changed.status_code, changed.json()["edition"]) == (201, 2)
    async with evaluation.client() as client:
        found = (await client.get("/definitions/X_BYTY")).json()
    first, second = found["editions"]
    assert (first["unit"], first["bridge"], second["unit"]) == ("domácnosti", None, "byty")
    assert (second["bridge"], second["bridge_factor"], second["reason"]) == ("linear", "2.5", "Nová metodika")
    stale = await redefine(evaluation, "X_BYTY", unit="pokoje", valid_from="2028-01-01")
    assert stale.status_code == 412
    for statement in ("UPDATE definition_edition SET unit = 'x'", "DELETE FROM definition_edition"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with evaluation.resources.engine.begin() as connection:
                await connection.exec_driver_sql(statement)


async def test_a_code_is_defined_once_even_by_two_at_once(evaluation: ServiceUnderTest) -> None:
    answers = await asyncio.gather(define(evaluation, "X_A"), define(evaluation, "X_A"))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    redefined = await asyncio.gather(*(redefine(evaluation, "X_A", unit=unit) for unit in ("byty", "pokoje")))
    assert sorted(answer.status_code for answer in redefined) == [201, 412]


async def test_a_formula_counts_only_with_numbers_of_the_catalogue(evaluation: ServiceUnderTest) -> None:
    await define(evaluation, "X_SLOVA", kind="qualitative")
    asked: dict[str, object] = {"value_source": "formula", "kind": "ratio"}
    unknown = await define(evaluation, "X_F", formula="X_NENI / X_SLOVA", **asked)
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/formula")
    assert "X_NENI, X_SLOVA" in unknown.json()["title"]
    await define(evaluation, "X_CITATEL")
    assert (await define(evaluation, "X_F", formula="X_CITATEL * 2", **asked)).status_code == 201


async def test_what_is_no_definition_is_refused_and_not_every_role_defines(
    evaluation: ServiceUnderTest,
) -> None:
    for changes in ({"name_cs": "a\0"}, {"name_cs": " "}, {"area": "byd"}, {"valid_from": 0}):
        assert (await define(evaluation, "X_A", **changes)).status_code == 422
    async with evaluation.client(COORDINATOR) as client:
        assert (await client.post("/definitions", json=a_definition_in())).status_code == 403
    async with evaluation.client(EVALUATOR) as client:
        assert (await client.get("/definitions/X_A")).status_code == 404
        headers = {"If-Match": '"1"'}
        body = a_definition_in(None, reason="x", bridge={"kind": "same"})
        missing = await client.post("/definitions/X_A/editions", json=body, headers=headers)
    assert missing.status_code == 404
