"""Methodologies: which edition was valid on which day, and what it asks for."""

import asyncio

import pytest

from tests.support.calls import announced_call, drafted_call, seeded_methodologies, with_methodologies
from tests.support.registry import code_of, decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, DIRECTOR


@pytest.fixture
async def known(registry: ServiceUnderTest) -> ServiceUnderTest:
    await with_methodologies(registry)
    return registry


def an_edition(**changes: object) -> dict[str, object]:
    return {
        "name": "KPSV21",
        "edition": "1.1",
        "title_cs": "Metodika KPSV 2021+, specifická část",
        "title_en": "Methodology KPSV 2021+, specific part",
        "valid_from": "2026-01-01",
        "valid_until": None,
        "decided_by": "rozhodnutí ministra",
        "source": "",
        "rules": [{"code": "APP-1", "stage": "application", "cs": "Usnesení.", "en": "A resolution."}],
        **changes,
    }


async def codes(known: ServiceUnderTest, **parameters: str) -> list[str]:
    async with known.client() as anybody:
        answer = await anybody.get("/methodologies", params=parameters)
    assert answer.status_code == 200, answer.text
    return [each["code"] for each in answer.json()["items"]]


async def test_a_new_registry_knows_the_methodologies_by_the_days_of_their_validity(
    known: ServiceUnderTest,
) -> None:
    assert await codes(known) == ["KPSV21/1.0", "KPSV21-GEN/1.0", "VDP/2.0", "VDP/1.0", "KPSVL/1.0"]
    assert await codes(known, as_of="2015-01-18") == []
    assert await codes(known, as_of="2015-01-19") == ["KPSVL/1.0"]
    assert await codes(known, as_of="2019-10-15", **{"filter[name]": "VDP"}) == ["VDP/1.0"]
    assert await codes(known, as_of="2019-10-16", **{"filter[name]": "VDP"}) == ["VDP/2.0"]
    assert await codes(known, **{"filter[name]": "KPSV21"}) == ["KPSV21/1.0"]


async def test_the_rules_of_a_methodology_are_its_checklist(known: ServiceUnderTest) -> None:
    async with known.client() as anybody:
        found = await anybody.get("/methodologies/KPSV21/1.0")
        unknown = await anybody.get("/methodologies/KPSV21/9.9")
    assert (unknown.status_code, code_of(unknown)) == (404, "no-such-methodology")
    rules = {rule["code"]: rule for rule in found.json()["rules"]}
    assert rules["STA-1"] == {
        "code": "STA-1",
        "stage": "statement",
        "cs": "Potvrzení o spolupráci se vydává do 10 pracovních dnů.",
        "en": "A confirmation of cooperation is issued within 10 working days.",
    }


async def test_a_new_edition_ends_the_one_before_and_leaves_what_was_made_under_it(
    known: ServiceUnderTest,
) -> None:
    call_id = await announced_call(known)
    async with known.client(ADMINISTRATOR) as client:
        added = await client.post("/methodologies", json=an_edition())
        before = await client.get("/methodologies/KPSV21/1.0")
        call = await client.get(f"/calls/{call_id}")
        shown = await client.get("/methodologies/KPSV21/1.1")
    assert (added.status_code, added.headers["Location"]) == (201, "/methodologies/KPSV21/1.1")
    assert (shown.json(), before.json()["valid_until"]) == (added.json(), "2025-12-31")
    assert call.json()["methodology"] == "KPSV21/1.0"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"edition": "1.0"}, 409, "edition-taken"),
        ({"valid_from": "2021-06-07"}, 409, "edition-before-the-last"),
        ({"valid_until": "2025-12-31"}, 422, "validity-reversed"),
        ({"edition": "one"}, 422, "malformed"),
        ({"name": "KPSV21/1"}, 422, "malformed"),
        ({"rules": [{"code": "A", "stage": "lunch", "cs": "A", "en": "A"}]}, 422, "malformed"),
        ({"rules": [{"code": "A", "stage": "plan", "cs": "A", "en": "A"}] * 2}, 422, "malformed"),
        ({"title_cs": "A\0"}, 422, "malformed"),
    ],
    ids=repr,
)
async def test_an_edition_that_does_not_fit_is_refused_and_changes_nothing(
    known: ServiceUnderTest, changes: dict[str, object], status: int, code: str
) -> None:
    async with known.client(ADMINISTRATOR) as client:
        refused = await client.post("/methodologies", json=an_edition(**changes))
        before = await client.get("/methodologies/KPSV21/1.0")
    assert (refused.status_code, code_of(refused)) == (status, code)
    assert before.json()["valid_until"] is None


async def test_of_the_same_edition_sent_twice_at_once_one_is_added(known: ServiceUnderTest) -> None:
    async with known.client(ADMINISTRATOR) as client:
        answers = await asyncio.gather(
            *(client.post("/methodologies", json=an_edition(name="NEW")) for _ in range(3))
        )
    assert sorted(each.status_code for each in answers) == [201, 409, 409]


async def test_an_edition_does_not_end_before_a_call_was_announced_under_it(known: ServiceUnderTest) -> None:
    await announced_call(known)
    async with known.client(ADMINISTRATOR) as client:
        early = await client.post("/methodologies", json=an_edition(valid_from="2023-02-27"))
        later = await client.post("/methodologies", json=an_edition(valid_from="2023-02-28"))
    assert (early.status_code, code_of(early)) == (409, "edition-still-followed")
    assert (early.json()["announced_on"], later.status_code) == ("2023-02-27", 201)


async def test_of_a_new_edition_and_a_call_announced_under_the_old_one_at_once_one_is_refused(
    known: ServiceUnderTest,
) -> None:
    draft = (await drafted_call(known, opens_on="2026-03-20", closes_on="2026-04-06")).json()
    async with known.client(ADMINISTRATOR) as client, known.client(DIRECTOR) as director:
        address = f"/calls/{draft['id']}/announcement"
        announced, added = await asyncio.gather(
            director.post(address, json={"on": "2026-02-01"}, headers=decided_on(1)),
            client.post("/methodologies", json=an_edition()),
        )
    outcome = (announced.status_code, added.status_code)
    refused = added if announced.status_code == 200 else announced
    assert (outcome, code_of(refused)) in {
        ((200, 409), "edition-still-followed"),
        ((409, 201), "call-incomplete"),
    }


async def test_only_the_administrator_adds_an_edition(known: ServiceUnderTest) -> None:
    async with known.client(DIRECTOR) as director:
        assert (await director.post("/methodologies", json=an_edition())).status_code == 403


async def test_seeding_again_changes_nothing(known: ServiceUnderTest) -> None:
    async with known.client(ADMINISTRATOR) as client:
        await client.post("/methodologies", json=an_edition())
        await with_methodologies(known)
        before = await client.get("/methodologies/KPSV21/1.0")
    assert before.json()["valid_until"] == "2025-12-31"
    assert len(await codes(known)) == len(seeded_methodologies()) + 1
