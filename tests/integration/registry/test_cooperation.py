"""Cooperation over HTTP on a real database; its rules also against two requests at once."""

import asyncio
from datetime import date

import asyncpg
import pytest

from registry.cooperation import repository
from shared.contracts.registry import CooperationRegime, CooperationStarted
from tests.support.registry import (
    ADMINISTRATOR,
    CONSULTANT,
    COORDINATOR,
    OBRNICE,
    a_cooperation,
    code_of,
    cooperation_json,
    decided_on,
    started,
    unit_json,
)
from tests.support.service import ServiceUnderTest


@pytest.fixture
async def obrnice(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.client(ADMINISTRATOR) as client:
        assert (await client.post("/units", json=unit_json())).status_code == 201
    return registry


async def test_a_started_cooperation_can_be_read_and_is_told_of(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(CONSULTANT) as client, obrnice.client(COORDINATOR) as coordinator:
        created = await client.post("/cooperations", json=cooperation_json())
        read = await coordinator.get(created.headers["Location"])
    cooperation = created.json()
    assert (created.status_code, created.headers["ETag"], read.headers["ETag"]) == (201, '"1"', '"1"')
    assert {**read.json(), "started_at": cooperation["started_at"], "proposed_ends_on": None} == cooperation
    assert (cooperation["unit_id"], cooperation["regime"]) == (str(OBRNICE), "VEX")
    assert (cooperation["status"], cooperation["allowed_moves"]) == (
        "active",
        ["suspend", "begin-exit", "end"],
    )
    assert cooperation["phases"] == [{"status": "active", "from_on": "2026-01-01", "until_on": None}]
    assert (cooperation["ends_on"], cooperation["ended_at"]) == (None, None)
    (event,) = await obrnice.told(CooperationStarted)
    assert (event.unit_id, event.regime, event.starts_on, event.ends_on) == (
        OBRNICE,
        CooperationRegime.VEX,
        date(2026, 1, 1),
        None,
    )


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"ends_on": "2025-12-31"}, 422, "ends-before-it-starts"),
        ({"starts_on": "1999-12-31"}, 409, "unit-does-not-exist-then"),
        ({"unit_id": "00000000-0000-0000-0000-000000000000"}, 422, "cooperating-unit-unknown"),
        ({"regime": "IKP", "starts_on": "2026-06-30"}, 409, "cooperation-overlaps"),
        ({"regime": "VDP", "starts_on": "2026-06-30"}, 409, "regimes-exclude"),
        ({"regime": "XYZ"}, 422, "malformed"),
        ({"starts_on": None}, 422, "start-missing"),
        ({"regime": "KPSV21", "starts_on": "2026-01-01"}, 422, "days-come-with-the-description"),
        ({"regime": "VDP", "form": None}, 422, "regime-needs"),
        ({"form": "standard"}, 422, "regime-has-no"),
        ({"regime": "VDP", "grounds": "other"}, 422, "grounds-unexplained"),
        (
            {"regime": "VDP", "starts_on": "2027-01-01", "ends_on": "2028-01-01"},
            409,
            "longer-than-the-regime",
        ),
        ({"on": "2999-01-01"}, 422, "decided-in-the-future"),
    ],
)
async def test_a_cooperation_against_the_rules_is_refused_and_leaves_nothing(
    obrnice: ServiceUnderTest, changes: dict[str, str | None], status: int, code: str
) -> None:
    async with obrnice.client(CONSULTANT) as client:
        await started(client, regime="IKP", ends_on="2026-06-30")
        refused = await client.post("/cooperations", json=cooperation_json(**changes))
        listed = await client.get("/cooperations")
    assert (refused.status_code, code_of(refused)) == (status, code)
    assert len(listed.json()["items"]) == 1
    assert len(await obrnice.told(CooperationStarted)) == 1


@pytest.mark.parametrize("regimes", [("VEX",) * 6, ("VDP", "IKP", "VDP", "IKP", "VDP", "IKP")])
async def test_of_starts_at_once_that_exclude_each_other_one_wins(
    obrnice: ServiceUnderTest, regimes: tuple[str, ...]
) -> None:
    async with obrnice.client(CONSULTANT) as client:
        answers = await asyncio.gather(
            *(client.post("/cooperations", json=cooperation_json(regime=regime)) for regime in regimes)
        )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert len(await obrnice.told(CooperationStarted)) == 1


@pytest.mark.parametrize("regime", [CooperationRegime.IKP, CooperationRegime.VDP])
async def test_the_database_itself_refuses_what_the_rules_forbid(
    obrnice: ServiceUnderTest, regime: CooperationRegime
) -> None:
    async with obrnice.transaction() as tx:
        await repository.add(tx.session, a_cooperation(CooperationRegime.IKP, number=1))
    with pytest.raises(Exception, match="ex_cooperation_") as refused:
        async with obrnice.transaction() as tx:
            await repository.add(tx.session, a_cooperation(regime, date(2027, 1, 1), number=2))
    causes = [refused.value, refused.value.__cause__, getattr(refused.value.__cause__, "__cause__", None)]
    assert any(isinstance(cause, asyncpg.ExclusionViolationError) for cause in causes)


async def test_a_cooperation_and_the_closing_of_its_unit_at_once_do_not_both_succeed(
    obrnice: ServiceUnderTest,
) -> None:
    closing = {"valid_until": "2026-06-30"}
    async with obrnice.client(ADMINISTRATOR) as client:
        start, closed = await asyncio.gather(
            client.post("/cooperations", json=cooperation_json()),
            client.post(f"/units/{OBRNICE}/closure", json=closing, headers=decided_on(1)),
        )
    assert sorted([start.status_code == 201, closed.status_code == 200]) == [False, True]
    assert {start.status_code, closed.status_code} & {409}


async def test_a_unit_is_not_closed_while_it_cooperates(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(ADMINISTRATOR) as client:
        await started(client, ends_on="2026-06-30")
        address = f"/units/{OBRNICE}/closure"
        early = await client.post(address, json={"valid_until": "2026-06-29"}, headers=decided_on(1))
        last_day = await client.post(address, json={"valid_until": "2026-06-30"}, headers=decided_on(1))
    assert (early.status_code, code_of(early)) == (409, "unit-cooperates")
    assert last_day.status_code == 200


async def test_cooperations_are_found_by_unit_regime_and_day(obrnice: ServiceUnderTest) -> None:
    async with obrnice.client(CONSULTANT) as client:
        await started(client, regime="IKP", starts_on="2016-01-01", ends_on="2018-12-31")
        await started(client, regime="VIP", starts_on="2019-01-01", ends_on="2019-12-31")
        await started(client, regime="VEX", starts_on="2023-07-01")

        async def regimes(**filters: str) -> list[str]:
            answer = await client.get("/cooperations", params=filters)
            assert answer.status_code == 200, answer.text
            return [cooperation["regime"] for cooperation in answer.json()["items"]]

        assert await regimes() == ["VEX", "VIP", "IKP"]
        assert await regimes(as_of="2018-12-31") == ["IKP"]
        assert await regimes(as_of="2020-01-01") == []
        assert await regimes(as_of="9999-12-31") == ["VEX"]
        assert await regimes(**{"filter[regime]": "VIP"}) == ["VIP"]
        assert await regimes(**{"filter[unit]": str(OBRNICE), "filter[regime]": "IKP"}) == ["IKP"]
        assert await regimes(**{"filter[unit]": "00000000-0000-0000-0000-000000000000"}) == []


async def test_pages_of_cooperations_give_each_once_with_at_most_two_statements(
    obrnice: ServiceUnderTest,
) -> None:
    async with obrnice.client(CONSULTANT) as client:
        for year in range(2000, 2005):
            await started(client, starts_on=f"{year}-01-01", ends_on=f"{year}-12-31")
        found: list[str] = []
        address = "/cooperations?limit=2"
        while address:
            with obrnice.counted_statements() as statements:
                answer = await client.get(address)
            assert 1 <= len(statements) <= 2
            found += [cooperation["starts_on"] for cooperation in answer.json()["items"]]
            address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert found == [f"{year}-01-01" for year in (2004, 2003, 2002, 2001, 2000)]


async def test_only_the_agency_decides_on_cooperation_and_everybody_reads_it(
    obrnice: ServiceUnderTest,
) -> None:
    async with obrnice.client(COORDINATOR) as coordinator, obrnice.client() as anybody:
        assert (await coordinator.post("/cooperations", json=cooperation_json())).status_code == 403
        assert (await anybody.post("/cooperations", json=cooperation_json())).status_code == 401
        async with obrnice.client(CONSULTANT) as consultant:
            address = await started(consultant)
        one = await anybody.get(address)
        listed = await anybody.get("/cooperations")
    assert (one.status_code, one.json()["regime"]) == (200, "VEX")
    assert (listed.status_code, [each["id"] for each in listed.json()["items"]]) == (200, [one.json()["id"]])


async def test_an_unknown_cooperation_is_not_found(obrnice: ServiceUnderTest) -> None:
    address = f"/cooperations/{OBRNICE}"
    async with obrnice.client(CONSULTANT) as client:
        assert (await client.get(address)).status_code == 404
        unknown = await client.post(f"{address}/end", json={"ends_on": "2026-01-01"}, headers=decided_on(1))
    assert (unknown.status_code, code_of(unknown)) == (404, "cooperation-unknown")
