"""Descriptions of cooperation through the API: Ostrava's five areas, the locked baseline, both sides."""

import asyncio
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text

from shared.contracts.intake import CooperationDescribed
from shared.contracts.registry import CooperationStarted, ThematicArea
from tests.support.memoranda import (
    COORDINATOR,
    FIVE_AREAS,
    MAYOR,
    NEIGHBOUR,
    OSTRAVA,
    a_baseline_json,
    a_description_json,
    a_result_json,
    agreed_description,
    concluded_memorandum,
    cooperation_of,
    done,
    drafted_description,
    registered_towns,
    sent,
)
from tests.support.registry import code_of, decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT, DIRECTOR

MEMORANDUM = {
    "adopted_on": "2021-12-08",
    "unit_signed_on": "2022-01-05",
    "agency_signed_on": "2022-01-10",
}
UNIT_SIDE = {"side": "unit", "name": "Jan Starosta", "function": "primátor"}
AGENCY_SIDE = {"side": "agency", "name": "Martin Šimáček", "function": "ředitel"}


@pytest.fixture
async def towns(registry: ServiceUnderTest) -> ServiceUnderTest:
    await registered_towns(registry)
    return registry


@pytest.fixture
async def ostrava(towns: ServiceUnderTest) -> tuple[ServiceUnderTest, str]:
    """The memorandum of Ostrava in force, and a cooperation in preparation."""
    await concluded_memorandum(towns, OSTRAVA, **MEMORANDUM)
    return towns, await cooperation_of(towns, OSTRAVA)


Prepared = tuple[ServiceUnderTest, str]


async def test_the_description_of_ostrava_is_agreed_with_five_areas_and_begins_the_cooperation(
    ostrava: Prepared,
) -> None:
    registry, cooperation_id = ostrava
    address = await drafted_description(registry, cooperation_id)
    agreed = await agreed_description(registry, address)
    async with registry.client() as anybody:
        read = await anybody.get(address)
        cooperation = (await anybody.get(f"/cooperations/{cooperation_id}")).json()
    assert read.json() == agreed
    assert (agreed["status"], agreed["agreed_on"]) == ("agreed", "2022-03-21")
    assert (agreed["in_force_from"], agreed["in_force_until"]) == ("2022-04-01", "2025-03-31")
    assert (cooperation["starts_on"], cooperation["ends_on"]) == ("2022-04-01", "2025-03-31")
    (told,) = await registry.told(CooperationDescribed)
    assert told.areas == tuple(ThematicArea(area) for area in FIVE_AREAS)
    assert {(level.area.value, level.level) for level in told.baseline} == {(a, 1) for a in FIVE_AREAS}
    assert (told.starts_on, told.digest) == (date(2022, 4, 1), agreed["digest"])
    (began,) = await registry.told(CooperationStarted)
    assert began.starts_on == date(2022, 4, 1)


async def test_an_incomplete_description_is_refused_with_everything_that_is_missing(
    ostrava: Prepared,
) -> None:
    registry, cooperation_id = ostrava
    lacking = {
        "outputs": "",
        "results": [a_result_json("DLU", due_on=None), a_result_json("BEZ", due_on="2026-01-01")],
        "baseline": [
            a_baseline_json("DLU", level=4),
            a_baseline_json("BEZ", level=None, assessed_on=None),
            a_baseline_json("ZAM", assessed_on="2099-01-01"),
        ],
    }
    address = await drafted_description(registry, cooperation_id, lacking)
    async with registry.client(COORDINATOR) as coordinator:
        asked = (await coordinator.get(f"{address}/completeness")).json()
        refused = await sent(coordinator, f"{address}/proposal", 1, {})
    problem = refused.json()
    found = {(each["pointer"], each["code"]) for each in asked["findings"]}
    assert found == {
        ("/outputs", "missing"),
        ("/results/0/due_on", "missing"),
        ("/results/1/due_on", "due-outside-the-cooperation"),
        *((f"/areas/{at}", "area-without-result") for at in (2, 3, 4)),
        *((f"/areas/{at}", "area-without-baseline") for at in (3, 4)),
        ("/baseline/0/justification", "missing"),
        ("/baseline/1/not_assessed_reason", "missing"),
        ("/baseline/2/assessed_on", "assessed-in-the-future"),
    }
    assert (refused.status_code, code_of(refused)) == (409, "description-is-incomplete")
    assert len(problem["errors"]) == len(found)
    assert "propose" in problem["allowed_moves"]


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"areas": ["VZD"], "results": [], "baseline": []}, "area-outside-domain", "/areas/0"),
        ({"areas": ["BYD", "BYD"], "results": [], "baseline": []}, "area-named-twice", "/areas/1"),
        ({"results": [a_result_json("SLU")]}, "area-not-described", "/results/0/area"),
        ({"baseline": [a_baseline_json("SLU")]}, "area-not-described", "/baseline/0/area"),
        (
            {"baseline": [a_baseline_json("BYD"), a_baseline_json("BYD")]},
            "criterion-named-twice",
            "/baseline/1/code",
        ),
        ({"methodology": "Jiná"}, "methodology-unknown", "/methodology"),
        ({"ends_on": "2022-03-31"}, "description-ends-before-it-starts", "/ends_on"),
        ({"baseline": [a_baseline_json("BYD", level=5)]}, "malformed", "/baseline/0/level"),
        ({"baseline": [a_baseline_json("BYD", name="a\0")]}, "malformed", "/baseline/0/name"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_its_place(
    ostrava: Prepared, changes: dict[str, object], code: str, pointer: str
) -> None:
    registry, cooperation_id = ostrava
    body = {"cooperation_id": cooperation_id, "domain": "social-inclusion", **a_description_json(), **changes}
    async with registry.client(COORDINATOR) as coordinator:
        refused = await coordinator.post("/descriptions", json=body)
        listed = (await coordinator.get("/descriptions")).json()["items"]
    assert (refused.status_code, code_of(refused)) == (422, code)
    assert pointer in {each["pointer"] for each in refused.json()["errors"]}
    assert listed == []


async def test_a_description_needs_a_memorandum_in_force_on_the_day(towns: ServiceUnderTest) -> None:
    cooperation_id = await cooperation_of(towns, OSTRAVA)
    baseline = [a_baseline_json(area, assessed_on="2022-01-03") for area in FIVE_AREAS]
    address = await drafted_description(towns, cooperation_id, {"baseline": baseline})
    async with towns.client(CONSULTANT) as consultant:
        await done(consultant, f"{address}/proposal", 1, on="2022-01-09")
        refused = await sent(consultant, f"{address}/agreements", 2, {**UNIT_SIDE, "on": "2022-01-09"})
        await concluded_memorandum(towns, OSTRAVA, **MEMORANDUM)
        early = await sent(consultant, f"{address}/agreements", 2, {**UNIT_SIDE, "on": "2022-01-09"})
        on_time = await sent(consultant, f"{address}/agreements", 2, {**UNIT_SIDE, "on": "2022-01-10"})
    assert (refused.status_code, code_of(refused)) == (409, "memorandum-not-in-force")
    assert (early.status_code, on_time.status_code) == (409, 200)
    assert refused.json()["allowed_moves"] == ["return", "agree", "discard"]


async def test_an_agreed_description_is_changed_by_nothing_but_a_new_edition(ostrava: Prepared) -> None:
    registry, cooperation_id = ostrava
    address = await drafted_description(registry, cooperation_id)
    agreed = await agreed_description(registry, address)
    async with registry.client(CONSULTANT) as consultant:
        written = await consultant.put(address, json=a_description_json(), headers=decided_on(4))
        moves = [
            await sent(consultant, f"{address}/{move}", 4, {"reason": "Zkouška"})
            for move in ("return", "discarding")
        ]
        again = await sent(consultant, f"{address}/agreements", 4, UNIT_SIDE)
        second = await consultant.post(
            "/descriptions", json={"cooperation_id": cooperation_id, "domain": "social-inclusion"}
        )
        read = (await consultant.get(address)).json()
    for refused in (written, *moves, again):
        assert (refused.status_code, code_of(refused)) == (409, "description-does-not-allow")
        assert refused.json()["allowed_moves"] == ["draft-anew", "end"]
    assert written.json()["rule"] == "edit-only-from-draft"
    assert (second.status_code, code_of(second)) == (409, "description-exists")
    assert read == agreed


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE description SET baseline = '[]'",
        "UPDATE description SET content = '{}'",
        "UPDATE description SET digest = NULL, agreed_on = NULL",
        "DELETE FROM description",
    ],
)
async def test_the_database_itself_keeps_what_was_agreed(ostrava: Prepared, change: str) -> None:
    registry, cooperation_id = ostrava
    await agreed_description(registry, await drafted_description(registry, cooperation_id))
    with pytest.raises(Exception, match="never changed"):
        async with registry.transaction() as tx:
            await tx.session.execute(text(change))


async def a_new_edition(registry: ServiceUnderTest, address: str, changes: dict[str, object]) -> str:
    """Draft the next edition of an agreed one with other content; return its address."""
    async with registry.client(CONSULTANT) as consultant:
        drafted = await consultant.post(f"{address}/editions", headers=decided_on(4))
        assert drafted.status_code == 201, drafted.text
        found: str = drafted.headers["Location"]
        written = await consultant.put(found, json={**a_description_json(), **changes}, headers=decided_on(1))
        assert written.status_code == 200, written.text
    return found


async def test_a_new_edition_carries_the_baseline_and_only_adds_to_it(ostrava: Prepared) -> None:
    registry, cooperation_id = ostrava
    first = await drafted_description(registry, cooperation_id)
    agreed = await agreed_description(registry, first)
    areas = ("DLU", "BEZ", "ZAM", "ZDR", "SLU")
    kept = [a_baseline_json(area) for area in FIVE_AREAS]
    added = a_baseline_json("SLU", level=2, assessed_on="2024-05-02")
    results = [a_result_json(area, due_on="2026-12-31") for area in areas]
    changes = {
        "areas": list(areas),
        "results": results,
        "baseline": [*kept, added],
        "ends_on": "2026-12-31",
        "focus": "Nově",
    }
    second = await a_new_edition(registry, first, changes)
    settled = await agreed_description(registry, second, 2, on="2024-06-03")
    async with registry.client() as anybody:
        old = (await anybody.get(first)).json()
        told = (await anybody.get(f"{second}/changes")).json()
        nothing_before = await anybody.get(f"{first}/changes")
        cooperation = (await anybody.get(f"/cooperations/{cooperation_id}")).json()
    assert (old["status"], old["in_force_until"], old["digest"]) == (
        "superseded",
        "2024-06-02",
        agreed["digest"],
    )
    assert old["baseline"] == agreed["baseline"]
    assert isinstance(settled["baseline"], list)
    assert settled["baseline"][:5] == agreed["baseline"]
    assert (told["areas_added"], told["areas_removed"]) == (["SLU"], ["BYD"])
    assert {each["field"] for each in told["fields"]} == {"focus", "ends_on"}
    assert [each["area"] for each in told["baseline_added"]] == ["SLU"]
    assert (nothing_before.status_code, code_of(nothing_before)) == (404, "no-edition-to-compare")
    assert cooperation["ends_on"] == "2026-12-31"
    async with registry.client() as anybody:
        for day, editions in {"2022-03-31": [], "2022-04-01": [1], "2024-06-03": [2]}.items():
            found = (await anybody.get("/descriptions", params={"as_of": day})).json()["items"]
            assert [each["edition"] for each in found] == editions


@pytest.mark.parametrize(
    "baseline",
    [
        [a_baseline_json(area, level=2 if area == "BYD" else 1) for area in FIVE_AREAS],
        [a_baseline_json(area) for area in FIVE_AREAS[:4]],
        [*(a_baseline_json(area) for area in FIVE_AREAS), a_baseline_json("BYD", code="BYD-2")],
        [a_baseline_json(area, assessed_on="2022-03-02") for area in FIVE_AREAS],
    ],
    ids=["another level", "left out", "another criterion of a measured area", "another day"],
)
async def test_a_baseline_agreed_before_cannot_be_written_anew(
    ostrava: Prepared, baseline: list[dict[str, object]]
) -> None:
    registry, cooperation_id = ostrava
    first = await drafted_description(registry, cooperation_id)
    await agreed_description(registry, first)
    async with registry.client(CONSULTANT) as consultant:
        second = (await consultant.post(f"{first}/editions", headers=decided_on(4))).headers["Location"]
        body = {**a_description_json(), "baseline": baseline}
        refused = await consultant.put(second, json=body, headers=decided_on(1))
    assert (refused.status_code, code_of(refused)) == (409, "baseline-is-locked")
    assert refused.json()["rule"] == "baseline-stays"


async def test_of_two_new_editions_at_once_one_is_drafted(ostrava: Prepared) -> None:
    registry, cooperation_id = ostrava
    first = await drafted_description(registry, cooperation_id)
    await agreed_description(registry, first)
    async with registry.client(CONSULTANT) as consultant:
        answers = await asyncio.gather(
            *(consultant.post(f"{first}/editions", headers=decided_on(4)) for _ in range(4))
        )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_of_two_agreements_at_once_one_has_to_look_again(ostrava: Prepared) -> None:
    registry, cooperation_id = ostrava
    address = await drafted_description(registry, cooperation_id)
    async with registry.client(MAYOR) as mayor, registry.client(DIRECTOR) as director:
        await done(mayor, f"{address}/proposal", 1)
        answers = await asyncio.gather(
            sent(mayor, f"{address}/agreements", 2, UNIT_SIDE),
            sent(director, f"{address}/agreements", 2, AGENCY_SIDE),
        )
        agreements = (await mayor.get(address)).json()["agreements"]
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert len(agreements) == 1


async def test_who_wrote_it_alone_does_not_agree_for_the_agency(ostrava: Prepared) -> None:
    registry, cooperation_id = ostrava
    address = await drafted_description(registry, cooperation_id, by=CONSULTANT)
    async with (
        registry.client(CONSULTANT) as consultant,
        registry.client(MAYOR) as mayor,
        registry.client(COORDINATOR) as coordinator,
    ):
        await done(consultant, f"{address}/proposal", 1)
        alone = await sent(consultant, f"{address}/agreements", 2, AGENCY_SIDE)
        not_his = await sent(mayor, f"{address}/agreements", 2, AGENCY_SIDE)
        no_role = await sent(coordinator, f"{address}/agreements", 2, UNIT_SIDE)
        await done(mayor, f"{address}/return", 2, reason="Doplňte výstupy")
        changed = await coordinator.put(address, json=a_description_json(), headers=decided_on(3))
        assert changed.status_code == 200
        await done(mayor, f"{address}/proposal", 4)
        with_others = await sent(consultant, f"{address}/agreements", 5, AGENCY_SIDE)
        same = await sent(mayor, f"{address}/agreements", 6, {**UNIT_SIDE, "name": AGENCY_SIDE["name"]})
    assert (alone.status_code, code_of(alone)) == (409, "author-agrees-alone")
    assert (not_his.status_code, code_of(not_his)) == (403, "other-side-agrees")
    assert no_role.status_code == 403
    assert with_others.status_code == 200
    assert (same.status_code, code_of(same)) == (409, "same-person-agrees")


async def test_education_has_a_description_of_its_own_beside_the_first(ostrava: Prepared) -> None:
    registry, cooperation_id = ostrava
    await agreed_description(registry, await drafted_description(registry, cooperation_id))
    education = {
        **a_description_json(("VZD",)),
        "domain": "inclusive-education",
        "ends_on": "2025-12-31",
    }
    address = await drafted_description(registry, cooperation_id, education)
    await agreed_description(registry, address, on="2022-05-02")
    async with registry.client() as anybody:
        both = (await anybody.get("/descriptions", params={"as_of": "2022-06-01"})).json()["items"]
        one = (await anybody.get("/descriptions", params={"filter[area]": "VZD"})).json()["items"]
        cooperation = (await anybody.get(f"/cooperations/{cooperation_id}")).json()
    assert {each["domain"] for each in both} == {"social-inclusion", "inclusive-education"}
    assert [each["domain"] for each in one] == ["inclusive-education"]
    assert cooperation["ends_on"] == "2025-12-31"


async def test_a_draft_is_unknown_to_other_towns_and_to_the_public(ostrava: Prepared) -> None:
    registry, cooperation_id = ostrava
    address = await drafted_description(registry, cooperation_id)
    async with registry.client(NEIGHBOUR) as neighbour, registry.client() as anybody:
        for client in (neighbour, anybody):
            for path in (address, f"{address}/completeness", f"{address}/changes"):
                assert (await client.get(path)).status_code == 404
            assert (await client.get("/descriptions")).json()["items"] == []
        written = await neighbour.put(address, json=a_description_json(), headers=decided_on(1))
        foreign = {"cooperation_id": cooperation_id, "domain": "inclusive-education"}
        begun = await neighbour.post("/descriptions", json=foreign)
    assert (written.status_code, begun.status_code) == (404, 403)


async def test_a_description_ended_before_its_time_holds_until_that_day(ostrava: Prepared) -> None:
    registry, cooperation_id = ostrava
    address = await drafted_description(registry, cooperation_id)
    await agreed_description(registry, address)
    body = {"reason": "Dohoda stran"}
    async with registry.client(DIRECTOR) as director, registry.client(COORDINATOR) as coordinator:
        late = await sent(director, f"{address}/end", 4, {**body, "on": "2025-04-01"})
        ended = await done(director, f"{address}/end", 4, **body, on="2023-06-30")
        day = {"as_of": "2022-03-21"}
        before = (await coordinator.get(address, params=day)).json()
        listed = (await coordinator.get("/descriptions", params={"as_of": "2023-07-01"})).json()["items"]
    assert (late.status_code, code_of(late)) == (409, "ends-outside-its-time")
    assert (ended["status"], ended["in_force_until"]) == ("ended", "2023-06-30")
    assert (before["status"], before["in_force_until"], listed) == ("agreed", "2025-03-31", [])


async def test_a_list_of_descriptions_takes_one_statement_whatever_is_asked(ostrava: Prepared) -> None:
    registry, cooperation_id = ostrava
    await agreed_description(registry, await drafted_description(registry, cooperation_id))
    filters = {
        "filter[unit]": str(OSTRAVA),
        "filter[cooperation]": cooperation_id,
        "filter[status]": "agreed",
        "filter[domain]": "social-inclusion",
        "filter[area]": "ZDR",
        "as_of": "2022-04-01",
    }
    async with registry.client() as anybody:
        with registry.counted_statements() as statements:
            answer = await anybody.get("/descriptions", params=filters)
        other = await anybody.get("/descriptions", params={"filter[region]": str(UUID(int=1))})
        levels = (await anybody.get("/descriptions/levels")).json()["items"]
    assert len(statements) <= 2
    assert [each["unit_name"] for each in answer.json()["items"]] == ["Ostrava"]
    assert other.json()["items"] == []
    assert [each["name"] for each in levels][:2] == ["chybí", "nahodilé"]
