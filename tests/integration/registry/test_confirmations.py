"""Confirmations: numbered without a gap, immutable, proved again from the editions they stand on."""

import asyncio

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.averages.schemas import ConfirmationOut
from shared.auth import Actor
from shared.canonical import canonical_json, digest
from shared.contracts.base import Role
from tests.support.comparisons import OBRNICE, SLUKNOV, TRMICE, USTI, an_edition, id_of, some_municipalities
from tests.support.registry import ADMINISTRATOR, CONSULTANT, COORDINATOR, code_of, registered
from tests.support.service import ServiceUnderTest
from tests.support.tokens import BY_ROLE

PURPOSE = "Žádost do výzvy 02_23_017, akční plánování v území"


@pytest.fixture
async def published(registry: ServiceUnderTest) -> ServiceUnderTest:
    await some_municipalities(registry)
    for year, index in ((2020, 10), (2021, 9), (2022, 4)):
        told = {OBRNICE: (index, 1000), TRMICE: (8, 3000), SLUKNOV: (None, 10)}
        await an_edition(registry, told, year=year)
    return registry


def a_request(**changes: object) -> dict[str, object]:
    return {
        "purpose": PURPOSE,
        "applicant_id": str(id_of(OBRNICE)),
        "municipalities": [OBRNICE, TRMICE],
        "years": [2022, 2020, 2021],
        "averaging": "mean-of-municipalities",
        **changes,
    }


async def issued(client: httpx.AsyncClient, **changes: object) -> dict[str, object]:
    answer = await client.post("/index/confirmations", json=a_request(**changes))
    assert answer.status_code == 201, answer.text
    told: dict[str, object] = answer.json()
    return told


async def test_a_confirmation_says_all_that_it_stands_on(published: ServiceUnderTest) -> None:
    async with published.client(CONSULTANT) as client:
        answer = await client.post("/index/confirmations", json=a_request())
        again = await client.get(answer.headers["Location"])
    told = answer.json()
    assert ConfirmationOut.model_validate(again.json()) == ConfirmationOut.model_validate(told)
    content = told["content"]
    year = content["issued_on"][:4]
    assert content["number"] == f"ISV/{year}/0001"
    assert (content["exact"], content["rounded"], content["reaches_threshold"]) == ("47/6", "7.83", False)
    assert (content["years"], content["purpose"]) == ([2020, 2021, 2022], PURPOSE)
    assert content["applicant"]["name"] == "Obrnice"
    assert [(each["code"], each["name"]) for each in content["municipalities"]] == [
        (OBRNICE, "Obrnice"),
        (TRMICE, "Trmice"),
    ]
    assert [each["index"] for each in content["values"]] == [10, 9, 4, 8, 8, 8]
    assert len({edition["results_digest"] for edition in content["editions"]}) == 3


async def test_the_digest_is_that_of_the_canonical_content(published: ServiceUnderTest) -> None:
    async with published.client(CONSULTANT) as client:
        told = (await client.post("/index/confirmations", json=a_request())).json()
    assert told["digest"] == digest(canonical_json(told["content"]))
    assert told["digest"] in told["text_cs"]
    assert told["digest"] in told["text_en"]


async def test_the_text_is_ready_to_print_in_both_languages(published: ServiceUnderTest) -> None:
    changes: dict[str, object] = {"missing": "leave-out", "municipalities": [OBRNICE, SLUKNOV]}
    async with published.client(CONSULTANT) as client:
        told = (await client.post("/index/confirmations", json=a_request(**changes))).json()
    czech, english = (told[name].replace("\N{NO-BREAK SPACE}", " ") for name in ("text_cs", "text_en"))
    assert "Průměrný index činí 7,67 (přesně 23/3) a nedosahuje hranice 8." in czech
    assert "Datové roky: 2020, 2021 a 2022. Území: 2 obce, stav ke dni " in czech
    assert "567337 Obrnice: 10, 9, 4\n562858 Šluknov: –, –, –" in czech
    assert "Vynecháno pro chybějící údaj: 562858 Šluknov 2020, 562858 Šluknov 2021" in czech
    assert "The average Index is 7.67 (exactly 23/3) and does not reach the threshold of 8." in english
    assert "plain mean of municipalities and years" in english


async def test_numbers_are_unbroken_though_requests_come_at_once_and_some_fail(
    published: ServiceUnderTest,
) -> None:
    async with published.client(CONSULTANT) as client:
        requests = [
            client.post("/index/confirmations", json=a_request(applicant_id=str(applicant)))
            for applicant in (id_of(OBRNICE), id_of("500011"), id_of(TRMICE)) * 4
        ]
        answers = await asyncio.gather(*requests)
    numbers = sorted(a.json()["content"]["number"][-4:] for a in answers if a.status_code == 201)
    assert numbers == [f"{n:04d}" for n in range(1, 9)]
    assert {code_of(a) for a in answers if a.status_code != 201} == {"applicant-unknown"}


async def test_a_request_sent_twice_draws_one_number(published: ServiceUnderTest) -> None:
    async with published.client(CONSULTANT, **{"Idempotency-Key": "once"}) as client:
        first, second = await issued(client), await issued(client)
    assert first == second


async def test_a_later_edition_changes_nothing_and_is_told(published: ServiceUnderTest) -> None:
    async with published.client(CONSULTANT) as client:
        before = await issued(client)
        await an_edition(published, {OBRNICE: (30, 1000)}, year=2021, version=2)
        after = (await client.get(f"/index/confirmations/{before['id']}")).json()
        proof = (await client.get(f"/index/confirmations/{before['id']}/verification")).json()
        listed = (await client.get("/index/confirmations")).json()["items"]
    told = {**before, "newer_edition": True}
    assert ConfirmationOut.model_validate(after) == ConfirmationOut.model_validate(told)
    assert (proof["equal"], proof["digest_matches"], proof["newer_edition"]) == (True, True, True)
    assert [each["newer_edition"] for each in listed] == [True]


async def test_everybody_can_prove_a_confirmation(published: ServiceUnderTest) -> None:
    async with published.client(CONSULTANT) as client:
        confirmation = await issued(client)
    async with published.client() as anybody:
        proof = (await anybody.get(f"/index/confirmations/{confirmation['id']}/verification")).json()
        shut = await anybody.get(f"/index/confirmations/{confirmation['id']}")
    assert proof == {
        "number": proof["number"],
        "digest": confirmation["digest"],
        "digest_matches": True,
        "equal": True,
        "exact": "47/6",
        "differences": [],
        "newer_edition": False,
    }
    assert shut.status_code == 401


async def test_a_result_changed_under_a_confirmation_is_found(published: ServiceUnderTest) -> None:
    async with published.client(CONSULTANT) as client:
        confirmation = await issued(client)
        async with published.transaction() as tx:
            changed = text("UPDATE index_result SET index = 20 WHERE unit_id = :unit AND index = 10")
            await tx.session.execute(changed, {"unit": id_of(OBRNICE)})
        proof = (await client.get(f"/index/confirmations/{confirmation['id']}/verification")).json()
    assert (proof["equal"], proof["digest_matches"], proof["exact"]) == (False, True, "19/2")
    assert [(d["code"], d["year"], d["confirmed_index"], d["found_index"]) for d in proof["differences"]] == [
        (OBRNICE, 2020, 10, 20)
    ]


@pytest.mark.parametrize("statement", ["UPDATE confirmation SET digest = 'x'", "DELETE FROM confirmation"])
async def test_a_confirmation_is_never_changed(published: ServiceUnderTest, statement: str) -> None:
    async with published.client(CONSULTANT) as client:
        await issued(client)
    with pytest.raises(DBAPIError, match="a confirmation is never changed"):
        async with published.transaction() as tx:
            await tx.session.execute(text(statement))


async def test_the_list_shows_the_latest_first_in_at_most_two_statements(published: ServiceUnderTest) -> None:
    async with published.client(CONSULTANT) as client:
        for applicant in (OBRNICE, TRMICE, OBRNICE):
            await issued(client, applicant_id=str(id_of(applicant)))
        with published.counted_statements() as statements:
            first = await client.get("/index/confirmations", params={"limit": 2})
            assert 1 <= len(statements) <= 2
        second = await client.get(first.links["next"]["url"])
        of_trmice = await client.get("/index/confirmations", params={"filter[applicant]": str(id_of(TRMICE))})
        of_2001 = await client.get("/index/confirmations", params={"filter[year]": "2001"})
    numbers = [each["number"][-4:] for page in (first, second) for each in page.json()["items"]]
    assert numbers == ["0003", "0002", "0001"]
    assert [each["number"][-4:] for each in of_trmice.json()["items"]] == ["0002"]
    assert of_2001.json()["items"] == []


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"applicant_id": str(id_of("500011"))}, 422, "applicant-unknown"),
        ({"municipalities": [], "within": str(USTI)}, 409, "set-without-municipalities"),
        ({"municipalities": [OBRNICE, SLUKNOV]}, 409, "index-missing"),
        ({"years": [2020, 2019]}, 409, "years-not-published"),
        ({"years": []}, 422, "malformed"),
        ({"years": [True]}, 422, "malformed"),
        ({"years": [10**20]}, 422, "malformed"),
        ({"purpose": " "}, 422, "malformed"),
        ({"purpose": "a\0b"}, 422, "malformed"),
        ({"threshold": "NaN"}, 422, "malformed"),
        ({"number": "ISV/2026/9999"}, 422, "malformed"),
    ],
)
async def test_what_cannot_be_confirmed_is_refused_and_draws_no_number(
    published: ServiceUnderTest, changes: dict[str, object], status: int, code: str
) -> None:
    async with published.client(CONSULTANT) as client:
        refused = await client.post("/index/confirmations", json=a_request(**changes))
        left = (await client.get("/index/confirmations")).json()["items"]
    assert (refused.status_code, code_of(refused), left) == (status, code, [])


@pytest.mark.parametrize("role", sorted(Role))
async def test_the_agency_and_systems_issue_confirmations(published: ServiceUnderTest, role: Role) -> None:
    actor: Actor = BY_ROLE[role]
    issuing = {Role.CONSULTANT, Role.ANALYST, Role.ADMINISTRATOR, Role.SYSTEM}
    async with published.client(actor) as client:
        answer = await client.post("/index/confirmations", json=a_request())
    assert answer.status_code == (201 if role in issuing else 403)


async def test_others_see_the_confirmations_of_their_own_units(published: ServiceUnderTest) -> None:
    async with published.client(CONSULTANT) as client:
        mine = await issued(client)
        theirs = await issued(client, applicant_id=str(id_of(TRMICE)))
    async with published.client(COORDINATOR) as coordinator:
        listed = (await coordinator.get("/index/confirmations")).json()["items"]
        own = await coordinator.get(f"/index/confirmations/{mine['id']}")
        other = await coordinator.get(f"/index/confirmations/{theirs['id']}")
    assert [each["id"] for each in listed] == [mine["id"]]
    assert (own.status_code, other.status_code) == (200, 404)


async def test_an_applicant_younger_than_the_set_may_ask(published: ServiceUnderTest) -> None:
    async with published.client(ADMINISTRATOR) as client:
        group = {"kind": "local-action-group", "code": "14117223", "name": "MAS Mostecko"}
        applicant = (await registered(client, **group, valid_from="2024-01-01")).json()["id"]
    async with published.client(CONSULTANT) as client:
        asked = a_request(applicant_id=applicant, set_on="2023-12-31")
        told = await client.post("/index/confirmations", json=asked)
        early = await client.post("/index/confirmations", json=a_request(set_on="1999-12-31"))
    assert told.json()["content"]["applicant"]["name"] == "MAS Mostecko"
    assert (early.status_code, code_of(early)) == (422, "municipalities-unknown")


async def test_an_unknown_confirmation_is_not_found(published: ServiceUnderTest) -> None:
    async with published.client(COORDINATOR) as client:
        one = await client.get(f"/index/confirmations/{id_of(OBRNICE)}")
        proof = await client.get(f"/index/confirmations/{id_of(OBRNICE)}/verification")
    assert {(a.status_code, code_of(a)) for a in (one, proof)} == {(404, "confirmation-unknown")}
