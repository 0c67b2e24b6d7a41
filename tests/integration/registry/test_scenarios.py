"""What-if over HTTP: computed for the whole country, kept only with a name, the same when asked again."""

from collections import OrderedDict
from datetime import date
from typing import Any, cast

import httpx
import numpy as np
import pytest
from sqlalchemy import func, select

from registry.exclusion import repository as editions
from registry.exclusion.use_cases import recompute_all
from registry.scenarios.tables import ScenarioRow
from registry.units.use_cases import close_unit
from shared.contracts.base import Role
from tests.support.exclusion import Country, a_country, store_figures
from tests.support.registry import ADMINISTRATOR, COORDINATOR, OBRNICE, USTI_REGION, code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor

ANALYST = an_actor(Role.ANALYST, sub="jana.analyticka")
Json = dict[str, Any]


@pytest.fixture
async def country(registry: ServiceUnderTest) -> Country:
    return await a_country(registry, years=(2023,), municipalities=150)


def a_question(**changes: object) -> Json:
    return {"year": 2023, "changes": [{"indicator": "EXE", "factor": "3"}], **changes}


async def asked(client: httpx.AsyncClient, **changes: object) -> Json:
    answer = await client.post("/index/what-if?limit=1000", json=a_question(**changes))
    assert answer.status_code == 200, answer.text
    return cast("Json", answer.json())


async def kept(client: httpx.AsyncClient, **changes: object) -> Json:
    answer = await client.post("/index/scenarios", json=a_question(**{"name": "Exekuce", **changes}))
    assert answer.status_code == 201, answer.text
    return cast("Json", answer.json())


async def how_many(service: ServiceUnderTest) -> int:
    async with service.transaction() as tx:
        return await tx.session.scalar(select(func.count()).select_from(ScenarioRow)) or 0


async def test_a_question_moves_the_country_and_is_not_kept(
    registry: ServiceUnderTest, country: Country
) -> None:
    async with registry.client(COORDINATOR) as client:
        answer = await asked(client, hold_reference=True)
    summary = answer["summary"]
    assert summary["index_changed"] > 10
    assert answer["move_count"] == len(answer["moves"]) >= summary["index_changed"]
    assert all(move["index_after"] >= move["index_before"] for move in answer["moves"])
    assert sum(each["municipalities"] for each in summary["after"]["bands"]) == len(country.unit_ids)
    assert answer["touched"] == [{"municipalities": 150, "indicators": ["EXE"]}]
    assert float(answer["mean_difference"]) > 0
    assert all(move["name"] for move in answer["moves"])
    for count, crossing in zip(summary["crossings"], answer["crossings"], strict=True):
        assert (count["rising"], count["falling"]) == (len(crossing["rising"]), len(crossing["falling"]))
    assert await how_many(registry) == 0


async def test_the_reference_moves_with_the_figures_unless_it_is_held(
    registry: ServiceUnderTest, country: Country
) -> None:
    async with registry.client(COORDINATOR) as client:
        moved, held = await asked(client), await asked(client, hold_reference=True)
    assert float(held["summary"]["after"]["mean_index"]) > float(moved["summary"]["after"]["mean_index"])
    assert len(country.unit_ids) == moved["summary"]["after"]["municipalities"]


async def test_a_change_within_a_region_touches_its_municipalities_alone(
    registry: ServiceUnderTest, country: Country
) -> None:
    inputs = country.inputs[2023]
    ours = inputs.region_ids.index(USTI_REGION)
    change = {"indicator": "EXE", "add": "500", "within": str(USTI_REGION)}
    async with registry.client(COORDINATOR) as client:
        answer = await asked(client, changes=[change], hold_reference=True)
        obrnice = {"indicator": "UOZ", "set": "0", "municipalities": [str(OBRNICE)]}
        one = await asked(client, changes=[obrnice], hold_reference=True)
    assert answer["touched"][0]["municipalities"] == int((inputs.regions == ours).sum())
    inside = {str(inputs.unit_ids[at]) for at in np.flatnonzero(inputs.regions == ours).tolist()}
    assert {move["unit_id"] for move in answer["moves"]} <= inside
    assert {move["code"] for move in one["moves"]} <= {"567337"}
    assert one["touched"][0]["municipalities"] == 1


async def test_a_municipality_that_moves_is_named_when_it_was_closed_back_in_time(
    registry: ServiceUnderTest, country: Country
) -> None:
    async with registry.client(ANALYST) as client:
        name = {move["unit_id"]: move["name"] for move in (await asked(client))["moves"]}
        moved = next(unit_id for unit_id in country.unit_ids if str(unit_id) in name)
        async with registry.transaction() as tx:
            await close_unit(tx, moved, expected=1, last_day=date(2023, 6, 30))
        again = {move["unit_id"]: move["name"] for move in (await asked(client))["moves"]}
    assert again[str(moved)] == name[str(moved)] != ""


async def test_a_kept_scenario_is_computed_by_another_process_after_one_of_its_municipalities_was_closed(
    registry: ServiceUnderTest, country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [str(unit_id) for unit_id in country.unit_ids[:2]]
    async with registry.client(ANALYST) as client:
        change = {"indicator": "EXE", "factor": "3", "municipalities": chosen}
        scenario = await kept(client, changes=[change])
        async with registry.transaction() as tx:
            await close_unit(tx, country.unit_ids[0], expected=1, last_day=date(2023, 6, 30))
        monkeypatch.setattr(editions, "_cache", OrderedDict())
        answer = await client.get(f"/index/scenarios/{scenario['id']}/outcome")
    assert answer.status_code == 200, answer.text
    assert answer.json()["touched"][0]["municipalities"] in {1, 2}


@pytest.mark.usefixtures("country")
async def test_other_bounds_and_weights_are_computed_too(registry: ServiceUnderTest) -> None:
    nobody = {"indicator": "PNB", "sub_score": "share", "first": "1000", "second": "1000"}
    async with registry.client(COORDINATOR) as client:
        stricter = await asked(client, changes=[], thresholds=[nobody])
        state_alone = await asked(client, changes=[], state_weight="1")
    assert float(stricter["mean_difference"]) < 0
    assert all(move["index_after"] < move["index_before"] for move in stricter["moves"])
    assert state_alone["move_count"] > 0


@pytest.mark.usefixtures("country")
async def test_the_list_of_moves_comes_in_parts(registry: ServiceUnderTest) -> None:
    async with registry.client(COORDINATOR) as client:
        whole = await asked(client)
        first = (await client.post("/index/what-if?limit=3", json=a_question())).json()
        then = (await client.post("/index/what-if?limit=3&offset=3", json=a_question())).json()
    assert [*first["moves"], *then["moves"]] == whole["moves"][:6]
    assert first["move_count"] == whole["move_count"]


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(
    ("question", "code", "pointer"),
    [
        ({"changes": []}, "nothing-asked", None),
        ({"changes": [{"indicator": "XXX", "factor": "2"}]}, "indicator-unknown", "/changes/0/indicator"),
        ({"changes": [{"indicator": "EXE", "factor": "2", "add": "1"}]}, "one-amount-expected", "/changes/0"),
        ({"changes": [{"indicator": "EXE"}]}, "one-amount-expected", "/changes/0"),
        ({"changes": [{"indicator": "EXE", "add": "-999999"}]}, "count-below-zero", "/changes/0"),
        ({"changes": [{"indicator": "EXE", "set": "1", "within": str(OBRNICE)[:-1] + "0"}]}, None, None),
        (
            {"changes": [{"indicator": "EXE", "set": "1", "municipalities": [str(USTI_REGION)]}]},
            "municipality-without-index",
            "/changes/0/municipalities/0",
        ),
        (
            {
                "changes": [
                    {
                        "indicator": "EXE",
                        "set": "1",
                        "within": str(USTI_REGION),
                        "municipalities": [str(OBRNICE)],
                    }
                ]
            },
            "one-area-expected",
            "/changes/0",
        ),
        ({"support": [31]}, "support-out-of-scale", "/support/0"),
        (
            {"thresholds": [{"indicator": "EXE", "sub_score": "share", "first": "2", "second": "1"}]},
            "bounds-reversed",
            "/thresholds/0",
        ),
        ({"hold_reference": "true"}, "malformed", None),
        ({"state_weight": "1.1"}, "malformed", None),
        ({"changes": [{"indicator": "EXE", "factor": "NaN"}]}, "malformed", None),
        ({"changes": [{"indicator": "EXE", "factor": "1e400"}]}, "malformed", None),
    ],
)
async def test_questions_that_make_no_sense_are_refused_with_their_place(
    registry: ServiceUnderTest, question: Json, code: str | None, pointer: str | None
) -> None:
    async with registry.client(COORDINATOR) as client:
        answer = await client.post("/index/what-if", json=a_question(**question))
    assert answer.status_code == 422
    assert code is None or code_of(answer) == code
    if pointer is not None:
        assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.usefixtures("country")
async def test_a_year_that_is_not_computed_is_not_found(registry: ServiceUnderTest) -> None:
    async with registry.client(COORDINATOR) as client:
        year = await client.post("/index/what-if", json=a_question(year=1999))
        other = await client.post("/index/what-if", json=a_question(other_method="ISV-NONE"))
    assert [(each.status_code, code_of(each)) for each in (year, other)] == [(404, "edition-unknown")] * 2


async def test_a_kept_scenario_gives_the_same_again_even_when_the_edition_is_no_longer_in_force(
    registry: ServiceUnderTest, country: Country
) -> None:
    async with registry.client(ANALYST) as client:
        within = {"indicator": "EXE", "factor": "2.5", "within": str(USTI_REGION)}
        scenario = await kept(client, changes=[within])
        address = f"/index/scenarios/{scenario['id']}"
        before = (await client.get(f"{address}/outcome")).json()
        async with registry.transaction() as tx:
            inputs = country.inputs[2023]
            inputs.numerators[:, 0] += 100
            await store_figures(tx, inputs)
            await recompute_all(tx)
        after = (await client.get(f"{address}/outcome")).json()
        head = (await client.get(address)).json()
    assert (before["equal"], before["newer_edition"]) == (True, False)
    assert (after["equal"], after["newer_edition"]) == (True, True)
    assert scenario["outcome_digest"] == before["outcome_digest"] == after["outcome_digest"]
    assert head["summary"] == scenario["summary"] == after["summary"]
    assert head["question"]["changes"][0]["within"] == str(USTI_REGION)


@pytest.mark.usefixtures("country")
async def test_a_private_scenario_is_seen_by_its_owner_and_a_shared_one_by_colleagues(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(ANALYST) as analyst, registry.client(ADMINISTRATOR) as colleague:
        private = await kept(analyst)
        shared = await kept(analyst, name="Sdílený", visibility="shared", note="k poradě")
        mine = (await analyst.get("/index/scenarios")).json()["items"]
        theirs = (await colleague.get("/index/scenarios?filter[year]=2023")).json()["items"]
        own = (await colleague.get("/index/scenarios?filter[owner]=me")).json()["items"]
        hidden = [await colleague.get(f"/index/scenarios/{private['id']}{rest}") for rest in ("", "/outcome")]
        seen = await colleague.get(f"/index/scenarios/{shared['id']}")
    assert [each["name"] for each in mine] == ["Sdílený", "Exekuce"]
    assert [each["id"] for each in theirs] == [shared["id"]]
    assert own == []
    assert [(each.status_code, code_of(each)) for each in hidden] == [(404, "scenario-unknown")] * 2
    assert (seen.status_code, seen.json()["note"]) == (200, "k poradě")


@pytest.mark.usefixtures("country")
async def test_a_name_is_given_once_by_each_owner(registry: ServiceUnderTest) -> None:
    async with registry.client(ANALYST) as analyst, registry.client(ADMINISTRATOR) as colleague:
        await kept(analyst)
        again = await analyst.post("/index/scenarios", json=a_question(name="Exekuce"))
        await kept(colleague)
        nameless = await analyst.post("/index/scenarios", json=a_question(name=" "))
    assert (again.status_code, code_of(again)) == (409, "scenario-name-taken")
    assert nameless.status_code == 422
    assert await how_many(registry) == 2


@pytest.mark.usefixtures("country")
async def test_only_the_agency_keeps_scenarios_and_nobody_asks_without_a_login(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(COORDINATOR) as coordinator, registry.client() as anybody:
        forbidden = await coordinator.post("/index/scenarios", json=a_question(name="Můj"))
        anonymous = await anybody.post("/index/what-if", json=a_question())
    assert (forbidden.status_code, anonymous.status_code) == (403, 401)


@pytest.mark.usefixtures("country")
async def test_a_list_of_scenarios_takes_one_statement(registry: ServiceUnderTest) -> None:
    async with registry.client(ANALYST) as client:
        for number in range(3):
            await kept(client, name=f"Scénář {number}")
        with registry.counted_statements() as statements:
            page = await client.get("/index/scenarios?limit=2")
            assert len(statements) == 1
        rest = await client.get(page.links["next"]["url"])
    assert [each["name"] for each in [*page.json()["items"], *rest.json()["items"]]] == [
        "Scénář 2",
        "Scénář 1",
        "Scénář 0",
    ]
