"""Merging and splitting: who ends, who goes on, what belongs where, and the history of it all."""

import asyncio
from datetime import date

import httpx
import pytest

from registry.successions.repository import lineage
from registry.units.repository import lock
from registry.units.use_cases import close_unit
from shared.contracts.registry import UnitClosed, UnitRegistered
from tests.support.geography import a_municipality, a_pou, an_association, register_all
from tests.support.interleaving import somebody_waits
from tests.support.registry import ADMINISTRATOR, CONSULTANT, code_of, started
from tests.support.service import ServiceUnderTest

A = a_municipality("567337", "Obrnice")
B = a_municipality("553697", "Trmice")
C = a_municipality("562858", "Šluknov")
POU = a_pou("42091", "Most")
DSO = an_association()
OTHER_DSO = an_association("00551023", "Jiný svazek")
NEW = {"code": "500011", "name": "Želechovice"}
OTHER_NEW = {"code": "500020", "name": "Nová"}


@pytest.fixture
async def places(registry: ServiceUnderTest) -> ServiceUnderTest:
    await register_all(registry, [A, B, C, POU, DSO, OTHER_DSO])
    async with registry.client(ADMINISTRATOR) as client:
        for unit, group in ((A, POU), (A, DSO), (B, POU), (B, OTHER_DSO)):
            told = {
                "unit_id": str(unit[0].id),
                "group_id": str(group[0].id),
                "valid_from": "2000-01-01",
            }
            assert (await client.post("/memberships", json=told)).status_code == 201
    return registry


def an_act(*predecessors: object, **changes: object) -> dict[str, object]:
    units = predecessors or (A, B)
    return {
        "manner": "merge",
        "happened_on": "2024-01-01",
        "predecessors": [{"unit_id": str(unit[0].id), "version": 1} for unit in units],  # type: ignore[index]
        **changes,
    }


async def done(client: httpx.AsyncClient, act: dict[str, object]) -> list[dict[str, object]]:
    answer = await client.post("/successions", json=act)
    assert answer.status_code == 201, answer.text
    units: list[dict[str, object]] = answer.json()["units"]
    return units


async def groups(client: httpx.AsyncClient, unit: object, day: str = "2024-01-01") -> list[str]:
    answer = await client.get(f"/units/{unit}/groups", params={"as_of": day})
    return [each["name"] for each in answer.json()["items"]]


async def test_two_municipalities_merge_into_a_new_one_that_belongs_where_they_did(
    places: ServiceUnderTest,
) -> None:
    async with places.client(ADMINISTRATOR) as client:
        units = await done(client, an_act(new=[NEW], note="Rozhodnutí krajského úřadu"))
        new = units[2]
        assert [unit["valid_until"] for unit in units] == ["2023-12-31", "2023-12-31", None]
        assert (new["valid_from"], new["kind"]) == ("2024-01-01", "municipality")
        assert await groups(client, new["id"]) == ["Jiný svazek", "Mikroregion", "Most"]
        assert await groups(client, A[0].id, "2023-12-31") == ["Mikroregion", "Most"]
        assert await groups(client, A[0].id) == []
        was = await client.get(f"/units/{A[0].id}", params={"as_of": "2020-01-01"})
        found = (await client.get(f"/units/{new['id']}/successions")).json()["items"]
    assert was.json()["name"] == "Obrnice"
    assert {each["predecessor"]["name"] for each in found} == {"Obrnice", "Trmice"}
    assert {each["note"] for each in found} == {"Rozhodnutí krajského úřadu"}
    assert len(await places.told(UnitClosed)) == 2
    assert (await places.told(UnitRegistered))[-1].name == "Želechovice"


async def test_a_municipality_joins_one_that_lasts_and_keeps_its_own_pou(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        units = await done(client, an_act(A, successor_ids=[str(B[0].id)]))
        assert [unit["name"] for unit in units] == ["Obrnice", "Trmice"]
        assert await groups(client, B[0].id) == ["Jiný svazek", "Mikroregion", "Most"]
        assert (await client.get(f"/units/{B[0].id}")).json()["valid_until"] is None


async def test_a_part_is_taken_out_of_a_municipality_that_lasts(places: ServiceUnderTest) -> None:
    act = an_act(A, manner="split", predecessor_lasts=True, new=[NEW])
    async with places.client(ADMINISTRATOR) as client:
        units = await done(client, act)
        assert [unit["name"] for unit in units] == ["Želechovice"]
        assert await groups(client, units[0]["id"]) == ["Most"]
        assert await groups(client, A[0].id) == ["Mikroregion", "Most"]


async def test_a_municipality_is_divided_into_two(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        units = await done(client, an_act(A, manner="split", new=[NEW, OTHER_NEW]))
        assert [unit["valid_until"] for unit in units] == ["2023-12-31", None, None]
        assert await groups(client, units[2]["id"]) == ["Mikroregion", "Most"]


async def test_members_of_associations_that_merge_are_members_of_the_one_that_lasts(
    places: ServiceUnderTest,
) -> None:
    async with places.client(ADMINISTRATOR) as client:
        await done(client, an_act(DSO, successor_ids=[str(OTHER_DSO[0].id)]))
        members = await client.get(f"/units/{OTHER_DSO[0].id}/members", params={"as_of": "2024-01-01"})
    assert [each["name"] for each in members.json()["items"]] == ["Obrnice", "Trmice"]


async def test_the_history_is_told_from_the_first_to_the_last(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        merged = (await done(client, an_act(new=[NEW])))[2]
        later = an_act(C, manner="merge", happened_on="2025-01-01", successor_ids=[merged["id"]])
        await done(client, later)
        seen = [
            [
                (each["happened_on"], each["predecessor"]["name"])
                for each in (await client.get(f"/units/{unit}/successions")).json()["items"]
            ]
            for unit in (merged["id"], A[0].id)
        ]
        with places.counted_statements() as statements:
            await client.get(f"/units/{C[0].id}/successions")
    assert sorted(seen[0]) == [("2024-01-01", "Obrnice"), ("2024-01-01", "Trmice"), ("2025-01-01", "Šluknov")]
    assert ("2024-01-01", "Obrnice") in seen[1]
    assert len(statements) == 2
    async with places.transaction() as tx:
        line = lineage(merged["id"])  # type: ignore[arg-type]
        series = set(await tx.session.scalars(line))
    assert series == {A[0].id, B[0].id, C[0].id, *(unit for unit in series if str(unit) == merged["id"])}
    assert len(series) == 4


@pytest.mark.parametrize(
    ("act", "status", "code"),
    [
        (an_act(A, new=[NEW]), 422, "nothing-to-merge"),
        (an_act(new=[NEW, OTHER_NEW]), 422, "nothing-to-merge"),
        (an_act(), 422, "nothing-to-merge"),
        (an_act(new=[NEW], predecessor_lasts=True), 422, "nothing-to-merge"),
        (an_act(A, manner="split", new=[NEW]), 422, "nothing-to-split"),
        (an_act(manner="split", new=[NEW, OTHER_NEW]), 422, "nothing-to-split"),
        (an_act(A, A, new=[NEW]), 422, "named-twice"),
        (an_act(A, successor_ids=[str(A[0].id)]), 422, "named-twice"),
        (an_act(A, successor_ids=[str(DSO[0].id)]), 422, "kinds-differ"),
        (an_act(a_municipality("500011"), successor_ids=[str(A[0].id)]), 422, "predecessor-unknown"),
        (an_act(A, successor_ids=["00000000-0000-0000-0000-000000000009"]), 422, "successor-unknown"),
        (an_act(happened_on="2000-01-01", new=[NEW]), 409, "predecessor-does-not-exist-then"),
        (an_act(happened_on="0001-01-01", new=[NEW]), 409, "predecessor-does-not-exist-then"),
        (an_act(new=[{"code": "500012", "name": "X"}]), 422, "check-digit-wrong"),
        (an_act(new=[{"code": "562858", "name": "Šluknov"}]), 409, "unit-already-registered"),
    ],
)
async def test_an_act_without_sense_is_refused_and_leaves_nothing(
    places: ServiceUnderTest, act: dict[str, object], status: int, code: str
) -> None:
    async with places.client(ADMINISTRATOR) as client:
        refused = await client.post("/successions", json=act)
        assert (await client.get(f"/units/{A[0].id}")).json()["valid_until"] is None
        assert await groups(client, A[0].id) == ["Mikroregion", "Most"]
    assert (refused.status_code, code_of(refused)) == (status, code)


async def test_a_unit_that_cooperates_does_not_end_by_a_merger(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        await started(client)
        refused = await client.post("/successions", json=an_act(new=[NEW]))
    assert (refused.status_code, code_of(refused)) == (409, "unit-cooperates")


async def test_of_two_mergers_at_once_one_is_done(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        answers = await asyncio.gather(
            client.post("/successions", json=an_act(A, B, new=[NEW])),
            client.post("/successions", json=an_act(B, A, new=[OTHER_NEW])),
        )
    assert sorted(answer.status_code for answer in answers) in ([201, 409], [201, 412])
    assert len(await places.told(UnitClosed)) == 2


async def test_a_merger_waits_for_the_end_of_a_group_and_takes_over_what_is_left_of_it(
    places: ServiceUnderTest,
) -> None:
    dso = DSO[0].id
    async with places.client(ADMINISTRATOR) as client:
        async with places.transaction() as tx:
            assert await lock(tx.session, dso) is not None
            merging = asyncio.create_task(done(client, an_act(new=[NEW])))
            await somebody_waits(places)
            await close_unit(tx, dso, expected=1, last_day=date(2024, 6, 30))
        new = (await merging)[2]["id"]
        assert await groups(client, new, "2024-06-30") == ["Jiný svazek", "Mikroregion", "Most"]
        assert await groups(client, new, "2024-07-01") == ["Jiný svazek", "Most"]


async def test_only_an_administrator_merges_and_an_old_version_is_refused(places: ServiceUnderTest) -> None:
    stale = an_act(A, successor_ids=[str(B[0].id)])
    stale["predecessors"] = [{"unit_id": str(A[0].id), "version": 7}]
    async with places.client(CONSULTANT) as consultant, places.client(ADMINISTRATOR) as client:
        assert (await consultant.post("/successions", json=an_act(new=[NEW]))).status_code == 403
        assert (await client.post("/successions", json=stale)).status_code == 412


async def test_a_unit_that_is_closed_ends_its_memberships(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        closed = await client.post(
            f"/units/{A[0].id}/closure", json={"valid_until": "2023-12-31"}, headers={"If-Match": '"1"'}
        )
        assert closed.status_code == 200, closed.text
        assert await groups(client, A[0].id, "2023-12-31") == ["Mikroregion", "Most"]
        assert await groups(client, A[0].id) == []
