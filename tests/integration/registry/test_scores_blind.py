"""Blind scoring: each member and role asks for each application by every route that could tell."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest

from shared.auth import Actor
from shared.contracts.base import Role
from tests.support.commission import FIRST_RECEIPT, SECRETARY, Bench, a_bench, a_member, points_of
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, ANALYST, CONSULTANT, DIRECTOR, EVALUATOR, an_actor

MEMBERS = [a_member(number) for number in range(1, 6)]
CHAIR, SECOND, THIRD, RECUSED, LAST = MEMBERS
AGENCY = [ADMINISTRATOR, CONSULTANT, ANALYST, EVALUATOR, DIRECTOR, SECRETARY]
MARK = "Důvod"
"""Stands in every reason that a member writes: no answer to others may hold it."""


@pytest.fixture
async def bench(registry: ServiceUnderTest) -> Bench:
    """Three applications: RECUSED is recused from the first; LAST has not sealed any; the others all."""
    bench = await a_bench(
        registry, members=5, receipts=[FIRST_RECEIPT + timedelta(hours=hour) for hour in range(3)]
    )
    first = bench.filed[0].id
    points = {each.id: points_of(7, 7, 7) for each in bench.filed}
    for member in (CHAIR, SECOND, THIRD):
        await bench.sealed(member, points)
    await bench.declare(RECUSED, {first: "Bývalý zaměstnanec žadatele"})
    open_to_all = {id_: points for id_, points in points.items() if id_ != first}
    await bench.score(RECUSED, open_to_all)
    await bench.seal(RECUSED, list(open_to_all))
    await bench.declare(LAST)
    await bench.score(LAST, points)
    return bench


def routes_of(bench: Bench, application: UUID) -> Iterable[str]:
    """Every address that says anything of an assessment, relative to it or absolute."""
    yield f"{bench.address}/applications/{application}/scores"
    yield from (
        f"{bench.address}{path}" for path in ("", "/progress", "/results", "/ranking", "/ranking.csv")
    )
    yield from (f"{bench.address}{path}" for path in ("/ranking.xlsx", "/minutes"))
    yield "/assessments"
    yield f"/applications/{application}"
    yield f"/applications/{application}/assessment"
    yield f"{bench.address}/applications/{application}"
    yield "/applications?limit=200"
    yield "/journal?limit=200"


async def test_until_all_have_sealed_no_route_tells_anybody_of_points(bench: Bench) -> None:
    told = []
    for actor, filed in product([*MEMBERS, *AGENCY], bench.filed):
        async with bench.service.client(actor) as client:
            for route in routes_of(bench, filed.id):
                answer = await client.get(route)
                assert answer.status_code < 500, answer.text
                if MARK in answer.text or '"result":"' in answer.text:
                    told.append((actor.id, route))
            for id_ in await entries(bench, actor):
                answer = await client.get(f"/journal/{id_}")
                if MARK in answer.text or "points" in answer.text.replace("max_points", "").replace(
                    "min_points", ""
                ).replace("minimum_points", ""):
                    told.append((actor.id, f"/journal/{id_}"))
    assert told == []


async def entries(bench: Bench, actor: Actor) -> list[str]:
    async with bench.service.client(actor) as client:
        answer = await client.get("/journal?limit=200&filter[subject]=assessment")
    return [item["id"] for item in answer.json()["items"]]


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.id)
async def test_a_member_reads_own_points_alone(bench: Bench, member: Actor) -> None:
    answer = await bench.get(member, "/worklist?limit=200")
    others = [each.id for each in MEMBERS if each is not member]
    assert f"({member.id})" in answer.text
    assert not any(f"({other})" in answer.text for other in others)


async def test_only_counts_are_seen_and_who_is_missing_by_the_officers(bench: Bench) -> None:
    first = bench.filed[0].number
    for actor in (*MEMBERS, *AGENCY):
        items = {each["number"]: each for each in (await bench.get(actor, "/progress")).json()["items"]}
        is_officer = actor in (CHAIR, SECRETARY)
        assert (items[first]["sealed"], items[first]["expected"]) == (3, 4)
        assert items[first]["missing"] == ([LAST.name] if is_officer else None)


async def test_when_all_have_sealed_members_without_conflict_and_the_secretary_read(bench: Bench) -> None:
    first, second = bench.filed[0].id, bench.filed[1].id
    await bench.seal(LAST, [first])
    read = {}
    for actor in (*MEMBERS, *AGENCY):
        for application in (first, second):
            answer = await bench.get(actor, f"/applications/{application}/scores")
            read[actor.id, application] = (answer.status_code, code_of(answer) if answer.is_error else "")
    may = {CHAIR.id, SECOND.id, THIRD.id, LAST.id, SECRETARY.id}
    assert {
        actor for (actor, application), (status, _) in read.items() if application == first and status == 200
    } == may
    assert read[RECUSED.id, first] == (403, "recused-reads-after-closure")
    assert {read[actor.id, first] for actor in AGENCY if actor is not SECRETARY} == {
        (403, "scores-read-after-closure")
    }
    assert read[CHAIR.id, second] == (409, "scores-are-blind")
    assert not any(status == 200 for (_, application), (status, _) in read.items() if application == second)


async def test_a_recused_member_learns_no_result_before_the_closure(bench: Bench) -> None:
    await bench.seal(LAST)
    lines = {}
    for actor in (CHAIR, RECUSED):
        items = (await bench.get(actor, "/results")).json()["items"]
        lines[actor.id] = [each["result"] for each in items]
    assert lines == {CHAIR.id: ["21.00"] * 3, RECUSED.id: [None, "21.00", "21.00"]}


async def test_after_the_closure_every_member_and_the_agency_read_all(bench: Bench) -> None:
    await bench.seal(LAST)
    await bench.decided(CHAIR, "/closure", {})
    for actor, filed in product([*MEMBERS, *AGENCY], bench.filed):
        answer = await bench.get(actor, f"/applications/{filed.id}/scores")
        assert (answer.status_code, MARK in answer.text) == (200, True)
        assert (await bench.get(actor, "/ranking")).status_code == 200


async def test_the_applicant_gets_points_and_reasons_without_names_after_the_decision(bench: Bench) -> None:
    filed = bench.filed[0]
    mayor = an_actor(Role.MAYOR, units=[filed.unit_id], affiliation="Obec 001", sub="mayor-1")
    other = an_actor(Role.MAYOR, units=[bench.filed[1].unit_id], affiliation="Obec 002", sub="mayor-2")
    path = f"/applications/{filed.id}/assessment"
    await bench.seal(LAST)
    await bench.decided(CHAIR, "/closure", {})
    async with bench.service.client(mayor) as client, bench.service.client(DIRECTOR) as director:
        early = await client.get(path)
        current = (await director.get(f"/applications/{filed.id}")).json()["version"]
        approved = await director.post(
            f"/applications/{filed.id}/approval",
            json={"reasons": "Potřebnost je doložená."},
            headers={"If-Match": f'"{current}"'},
        )
        assert approved.status_code == 200, approved.text
        given = await client.get(path)
    async with bench.service.client(other) as client:
        hidden = await client.get(path)
    found = given.json()
    assert (early.status_code, hidden.status_code, given.status_code) == (404, 404, 200)
    assert (found["scores"], found["result"], found["rank"]) == (4, "21.00", 1)
    assert [len(texts) for texts in found["reasons"].values()] == [4, 4, 4]
    assert not any(member.name in given.text for member in MEMBERS)


async def test_the_applicant_learns_neither_rank_nor_points_before_the_decision(bench: Bench) -> None:
    filed = bench.filed[0]
    mayor = an_actor(Role.MAYOR, units=[filed.unit_id], affiliation="Obec 001", sub="mayor-1")
    await bench.seal(LAST)
    await bench.decided(CHAIR, "/closure", {})
    async with bench.service.client(mayor) as client, bench.service.client(DIRECTOR) as director:
        current = await client.get(f"/applications/{filed.id}")
        journal = await client.get("/journal", params={"filter[subject_id]": str(filed.id), "limit": "200"})
        of_agency = await director.get(f"/applications/{filed.id}")
    assert (current.status_code, current.json()["status"]) == (200, "recommended")
    assert journal.status_code == 200, journal.text
    assert "místo" not in current.text + journal.text
    assert of_agency.json()["evaluation_note"] == "1. místo, 21.00 bodu"


async def test_lists_take_two_statements_however_many_members(bench: Bench) -> None:
    counted = {}
    for path in ("/worklist", "/results", "/progress", "/ranking"):
        with bench.service.counted_statements() as statements:
            await bench.get(CHAIR, path)
        counted[path] = len(statements)
    assert max(counted.values()) <= 2, counted
    assert counted["/worklist"] == 1
