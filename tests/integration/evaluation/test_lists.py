"""Lists: one statement a page, in order, of what the caller may see."""

from uuid import uuid5

import httpx
import pytest

from evaluation.evaluations.schedule import evaluation_id
from evaluation.evaluations.schemas import EvaluationList, EvaluationOut
from evaluation.monitoring.calendar import obligation_id
from evaluation.programmes.schemas import DeliverableList, DeliverableTotals
from evaluation.values.schemas import ObligationDetail, ObligationList
from shared.contracts.evaluation import EvaluationKind
from shared.contracts.planning import Periodicity
from shared.http import ApiModel
from tests.support.evaluation import (
    CONSULTANT,
    COORDINATOR,
    NEIGHBOUR,
    PLAN,
    a_document_published,
    a_plan_approved,
    an_indicator,
    indicator_id,
    report_value,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, TRMICE

OTHER = uuid5(PLAN, "other")


@pytest.fixture
async def two_plans(evaluation: ServiceUnderTest) -> ServiceUnderTest:
    indicators = [an_indicator(1, periodicity=Periodicity.MONTHLY), an_indicator(2, owner="Škola")]
    other = an_indicator(1, OTHER)
    await evaluation.hear(
        a_plan_approved(indicators=indicators),
        a_plan_approved(plan_id=OTHER, indicators=[other], unit_ids=[TRMICE]),
    )
    return evaluation


async def all_pages(client: httpx.AsyncClient, address: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    following: str | None = address
    while following:
        answer = await client.get(following)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        link = answer.links.get("next")
        following = link["url"] if link else None
        assert (answer.json()["next"] is None) == (following is None)
    return found


async def test_pages_hold_every_obligation_once_in_order_of_due_date(two_plans: ServiceUnderTest) -> None:
    async with two_plans.client(CONSULTANT) as client:
        paged = await all_pages(client, "/obligations?limit=7")
        whole = (await client.get("/obligations?limit=200")).json()["items"]
    assert paged == whole
    assert len(paged) == 60 + 5 + 5
    keys = [(row["due_on"], row["id"]) for row in paged]
    assert keys == sorted(keys, key=str)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (f"filter[plan]={PLAN}", 65),
        (f"filter[plan]={uuid5(PLAN, 'unknown')}", 0),
        (f"filter[unit]={TRMICE}", 5),
        (f"filter[unit]={OBRNICE}&filter[owner]=Škola", 5),
        (f"filter[indicator]={indicator_id(1)}", 60),
        ("filter[status]=submitted", 1),
        ("filter[status]=open&filter[owner]=Škola", 4),
        ("filter[due_before]=2026-02-20", 0),
        ("filter[due_before]=2026-02-21", 1),
    ],
)
async def test_obligations_can_be_filtered(two_plans: ServiceUnderTest, asked: str, count: int) -> None:
    await report_value(two_plans, obligation_id(indicator_id(2), "2026"), value="1")
    async with two_plans.client(CONSULTANT) as client:
        answer = await client.get(f"/obligations?limit=200&{asked}")
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["items"]) == count


@pytest.mark.parametrize("path", ["/obligations", "/evaluations"])
async def test_towns_see_their_own_and_the_agency_sees_all(two_plans: ServiceUnderTest, path: str) -> None:
    seen = {}
    for name, actor in (("agency", CONSULTANT), ("obrnice", COORDINATOR), ("trmice", NEIGHBOUR)):
        async with two_plans.client(actor) as client:
            seen[name] = {row["plan_id"] for row in await all_pages(client, path)}
    assert seen == {"agency": {str(PLAN), str(OTHER)}, "obrnice": {str(PLAN)}, "trmice": {str(OTHER)}}


@pytest.mark.parametrize(
    "asked",
    [
        "filter[plans]=1",
        "filter[plan]=x",
        "limit=0",
        "limit=201",
        "cursor=x",
        "filter[status]=done",
        "sort=x",
    ],
)
@pytest.mark.parametrize("path", ["/obligations", "/evaluations", "/deliverables"])
async def test_what_a_list_does_not_know_is_refused(
    evaluation: ServiceUnderTest, path: str, asked: str
) -> None:
    async with evaluation.client(CONSULTANT) as client:
        answer = await client.get(f"{path}?{asked}")
    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("path", ["/obligations", "/evaluations", f"/monitoring/{PLAN}"])
async def test_nobody_reads_without_a_login(evaluation: ServiceUnderTest, path: str) -> None:
    async with evaluation.client() as client:
        assert (await client.get(path)).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/obligations",
        "/evaluations",
        "/deliverables",
        "/deliverables/totals",
        f"/monitoring/{PLAN}",
        f"/obligations/{obligation_id(indicator_id(2), '2026')}",
    ],
)
async def test_a_read_is_one_statement(two_plans: ServiceUnderTest, path: str) -> None:
    async with two_plans.client(CONSULTANT) as client:
        with two_plans.counted_statements() as statements:
            answer = await client.get(path)
            assert len(statements) == 1
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("model", "path"),
    [
        (ObligationList, "/obligations?limit=200"),
        (ObligationDetail, f"/obligations/{obligation_id(indicator_id(2), '2026')}"),
        (EvaluationList, "/evaluations"),
        (EvaluationOut, f"/evaluations/{evaluation_id(PLAN, EvaluationKind.ENTRY)}"),
        (DeliverableList, "/deliverables"),
        (DeliverableTotals, "/deliverables/totals"),
    ],
)
async def test_the_json_of_the_database_is_the_one_of_the_schema(
    two_plans: ServiceUnderTest, model: type[ApiModel], path: str
) -> None:
    await two_plans.hear(a_document_published())
    await report_value(two_plans, obligation_id(indicator_id(2), "2026"), value="1.5")
    async with two_plans.client(CONSULTANT) as client:
        answer = await client.get(path)
    found = model.model_validate_json(answer.content)
    assert found.model_fields_set == set(model.model_fields)
    assert answer.json().get("items") != []
