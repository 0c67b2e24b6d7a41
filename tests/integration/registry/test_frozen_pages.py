"""Frozen pages of the registry: exact bytes under their digest, for whom the page itself is."""

from datetime import date
from uuid import UUID, uuid4

import httpx

from documents.renditions.domain import Source
from documents.renditions.papers import PAGES, Filing, filing_of
from registry.units.codes import unit_id
from shared.auth import Actor
from shared.canonical import digest
from shared.contracts.registry import UnitKind
from shared.stored import from_json
from tests.support.commission import SECRETARY, a_bench, a_member, points_of
from tests.support.exclusion import a_country
from tests.support.memoranda import (
    agreed_description,
    concluded_memorandum,
    cooperation_of,
    drafted_description,
    drafted_memorandum,
    registered_towns,
)
from tests.support.registry import CONSULTANT, COORDINATOR, code_of
from tests.support.service import ServiceUnderTest
from tests.support.statements import all_that_it_takes, an_issued
from tests.support.statistics import seeded
from tests.support.tokens import COORDINATOR_OF_TRMICE, EVALUATOR

JIHLAVA = unit_id(UnitKind.MUNICIPALITY, "586846")


async def freeze(
    registry: ServiceUnderTest, kind: str, subject_id: UUID | str, actor: Actor | None = CONSULTANT
) -> httpx.Response:
    async with registry.client(actor) as client:
        return await client.post("/frozen-pages", json={"kind": kind, "subject_id": str(subject_id)})


async def read(registry: ServiceUnderTest, address: str, actor: Actor | None = None) -> httpx.Response:
    async with registry.client(actor) as client:
        return await client.get(address)


def on_paper(frozen: httpx.Response) -> Filing:
    """Return what documents makes of the page: what registry serves is what documents reads."""
    source = Source(frozen.json()["kind"])
    return filing_of(from_json(PAGES[source], frozen.content), digest=digest(frozen.content))


async def test_a_profile_is_frozen_byte_by_byte_and_everybody_reads_it(registry: ServiceUnderTest) -> None:
    country = await a_country(registry, years=range(2021, 2024), municipalities=60)
    unit = country.unit_ids[0]
    frozen = await freeze(registry, "unit-profile", unit, COORDINATOR)
    again = await freeze(registry, "unit-profile", unit)
    assert frozen.status_code == again.status_code == 201
    assert frozen.content == again.content
    assert frozen.headers["ETag"] == f'"{digest(frozen.content)}"'
    assert frozen.headers["Location"] == f"/frozen-pages/{digest(frozen.content)}"
    assert (await read(registry, frozen.headers["Location"])).content == frozen.content

    page = (await read(registry, f"/profiles/{unit}")).json()
    assert frozen.json()["content"] == page
    paper = on_paper(frozen).paper
    assert (paper.title, paper.made_on) == (page["unit"]["name"], date.fromisoformat(page["shown_on"]))
    area = await freeze(registry, "unit-profile", page["hierarchies"][0]["units"][-1]["id"])
    assert on_paper(area).paper.blocks


async def test_freezing_wants_a_login_and_a_unit_that_is_there(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    assert (await freeze(registry, "unit-profile", uuid4(), None)).status_code == 401
    assert (await freeze(registry, "unit-profile", uuid4())).status_code == 404
    assert (await freeze(registry, "diary", uuid4())).status_code == 422
    assert code_of(await read(registry, f"/frozen-pages/{'0' * 64}")) == "frozen-page-unknown"
    assert (await read(registry, "/frozen-pages/last")).status_code == 422


async def test_a_memorandum_is_frozen_with_what_was_agreed_under_it(registry: ServiceUnderTest) -> None:
    await registered_towns(registry)
    draft = (await drafted_memorandum(registry, JIHLAVA)).rpartition("/")[2]
    early = await freeze(registry, "memorandum", draft)
    assert (early.status_code, code_of(early)) == (409, "memorandum-not-concluded")
    assert early.json()["state"] == "draft"
    assert (await freeze(registry, "memorandum", draft, COORDINATOR_OF_TRMICE)).status_code == 404


async def test_a_memorandum_comes_to_paper_with_its_descriptions(
    registry: ServiceUnderTest,
) -> None:
    await registered_towns(registry)
    address = await concluded_memorandum(registry, JIHLAVA, agency_party="office-of-government")
    concluded = address.rpartition("/")[2]
    bare = await freeze(registry, "memorandum", concluded, COORDINATOR_OF_TRMICE)
    assert bare.json()["as_of"] == "2019-02-21"
    assert bare.json()["content"]["agency_party"]["name"] == "Úřad vlády České republiky"
    assert "recorded_by" not in bare.text
    cooperation = await cooperation_of(registry, JIHLAVA)
    await agreed_description(registry, await drafted_description(registry, cooperation, by=CONSULTANT))
    whole = await freeze(registry, "memorandum", concluded)
    described = whole.json()["content"]["descriptions"]
    assert len(described) == 1
    assert whole.json()["as_of"] == max(["2019-02-21", *(each["agreed_on"] for each in described)])
    assert on_paper(whole).unit_ids == (JIHLAVA,)
    assert (await read(registry, bare.headers["Location"])).content == bare.content


async def test_a_description_comes_to_paper_with_its_cooperation_phases_and_team(
    registry: ServiceUnderTest,
) -> None:
    await registered_towns(registry)
    await concluded_memorandum(registry, JIHLAVA, agency_party="office-of-government")
    cooperation = await cooperation_of(registry, JIHLAVA)
    address = await drafted_description(registry, cooperation, by=CONSULTANT)
    described = address.rpartition("/")[2]
    early = await freeze(registry, "description", described)
    assert (early.status_code, code_of(early)) == (409, "description-not-agreed")
    assert (await freeze(registry, "description", described, COORDINATOR_OF_TRMICE)).status_code == 404
    await agreed_description(registry, address)
    frozen = await freeze(registry, "description", described, COORDINATOR_OF_TRMICE)
    assert frozen.status_code == 201, frozen.text
    content = frozen.json()["content"]
    agreed = (await read(registry, address)).json()
    assert content["description"]["digest"] == agreed["digest"]
    assert content["memorandum"]["unit_party"]["name"] == "Jihlava"
    assert (content["cooperation"]["regime"], content["levels"][0]["cs"]) == ("KPSV21", "chybí")
    assert "active" in {each["status"] for each in content["phases"]}
    assert frozen.json()["as_of"] >= agreed["agreed_on"]
    assert "recorded_by" not in frozen.text
    assert (await freeze(registry, "description", described)).content == frozen.content
    filing = on_paper(frozen)
    assert (filing.unit_ids, filing.about.cooperation_id) == ((JIHLAVA,), UUID(str(cooperation)))
    place = frozen.headers["Location"]
    for reader, status in ((CONSULTANT, 200), (COORDINATOR_OF_TRMICE, 404), (None, 404)):
        assert (await read(registry, place, reader)).status_code == status


async def test_minutes_are_frozen_for_the_commission_and_the_agency(registry: ServiceUnderTest) -> None:
    bench = await a_bench(registry, quorum=2)
    early = await freeze(registry, "minutes", bench.id)
    assert (early.status_code, code_of(early)) == (409, "minutes-after-closure")
    chair, second, third = (a_member(number) for number in (1, 2, 3))
    for member in (chair, second, third):
        await bench.sealed(member, {each.id: points_of(8, 7, 6) for each in bench.filed})
    await bench.decided(SECRETARY, "/closure", {})
    unsigned = await freeze(registry, "minutes", bench.id)
    await bench.decided(chair, "/minutes/signatures")
    signed = await freeze(registry, "minutes", bench.id, chair)
    assert digest(unsigned.content) != digest(signed.content)
    assert signed.json()["content"]["digest"] == (await bench.get(chair, "/minutes")).json()["digest"]
    assert on_paper(signed).label == "podpisů: 1"

    address = signed.headers["Location"]
    for reader, status in ((second, 200), (EVALUATOR, 200), (COORDINATOR, 404), (None, 404)):
        assert (await read(registry, address, reader)).status_code == status
    refused = await freeze(registry, "minutes", bench.id, COORDINATOR)
    assert (refused.status_code, code_of(refused)) == (403, "minutes-for-commission")


async def test_a_statement_is_frozen_for_its_units_and_the_agency(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await all_that_it_takes(registry)
    issued = await an_issued(registry)
    frozen = await freeze(registry, "statement", issued["id"])
    assert frozen.status_code == 201, frozen.text
    assert frozen.json()["content"]["digest"] == issued["issue"]["digest"]
    assert {str(each) for each in on_paper(frozen).unit_ids} == set(issued["unit_ids"])
    address = frozen.headers["Location"]
    for reader, status in ((COORDINATOR, 200), (EVALUATOR, 200), (None, 404)):
        assert (await read(registry, address, reader)).status_code == status
    assert (await freeze(registry, "statement", uuid4())).status_code == 404
