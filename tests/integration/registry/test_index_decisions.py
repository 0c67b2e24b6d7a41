import httpx
import pytest

from registry.exclusion.frame import Way
from registry.exclusion.repository import edition
from registry.units.codes import unit_id
from shared.contracts.base import Role
from shared.contracts.registry import IndexPublished, UnitKind
from tests.support.exclusion import Country, a_country, a_reader, method_json
from tests.support.registry import ADMINISTRATOR, CONSULTANT, code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor

ANALYST = an_actor(Role.ANALYST, affiliation="Agentura", sub="jana.analyticka")


@pytest.fixture
async def country(registry: ServiceUnderTest) -> Country:
    return await a_country(registry, years=[2022, 2023], municipalities=200)


async def chosen(service: ServiceUnderTest, **body: object) -> httpx.Response:
    asked = {"from_year": 2023, "reason": "Děti dojíždějí do jiné obce", **body}
    async with service.client(ANALYST) as client:
        return await client.post("/index/donors", json=asked)


def an_heir_and_a_far_school(country: Country) -> tuple[str, str]:
    leavers = country.inputs[2023].denominators[:, 4]
    heir = next(i for i, count in enumerate(leavers.tolist()) if count < 0)
    schools = [i for i, count in enumerate(leavers.tolist()) if count > 0]
    x, y = country.inputs[2023].x, country.inputs[2023].y
    far = max(schools, key=lambda i: (x[i] - x[heir]) ** 2 + (y[i] - y[heir]) ** 2)
    return str(country.unit_ids[heir]), str(country.unit_ids[far])


async def test_a_chosen_donor_gives_its_points_from_its_year_on(
    registry: ServiceUnderTest, country: Country
) -> None:
    heir, donor = an_heir_and_a_far_school(country)
    answer = await chosen(registry, unit_id=heir, donor_id=donor)

    assert answer.status_code == 200, answer.text
    assert [(each["year"], each["version"]) for each in answer.json()["published"]] == [(2023, 2)]
    assert answer.json()["unchanged"] == 1
    found = await edition(a_reader(registry), year=2023)
    assert found is not None
    position = [str(unit) for unit in found.inputs.unit_ids].index(heir)
    assert found.results.ways[position] is Way.CHOSEN
    assert str(found.inputs.unit_ids[found.results.donors[position]]) == donor
    before = await edition(a_reader(registry), year=2022)
    assert before is not None
    assert before.results.ways[position] is Way.NEAREST


async def test_taking_a_choice_back_publishes_the_first_computation_again(
    registry: ServiceUnderTest, country: Country
) -> None:
    heir, donor = an_heir_and_a_far_school(country)
    first = await edition(a_reader(registry), year=2023)
    await chosen(registry, unit_id=heir, donor_id=donor)
    answer = await chosen(registry, unit_id=heir, donor_id=None, reason="Omyl")

    again = await edition(a_reader(registry), year=2023)
    assert first is not None
    assert again is not None
    assert (again.computation_id, again.results_digest) == (first.computation_id, first.results_digest)
    assert [each["version"] for each in answer.json()["published"]] == [3]
    told = [(event.year, event.version) for event in await registry.told(IndexPublished)]
    assert told == [(2022, 1), (2023, 1), (2023, 2), (2023, 3)]


@pytest.mark.parametrize(("side", "code"), [("unit_id", "heir-unknown"), ("donor_id", "donor-unknown")])
async def test_only_municipalities_give_and_take(
    registry: ServiceUnderTest, country: Country, side: str, code: str
) -> None:
    heir, donor = an_heir_and_a_far_school(country)
    region = str(unit_id(UnitKind.REGION, "CZ042"))
    answer = await chosen(registry, **{"unit_id": heir, "donor_id": donor, side: region})

    assert (answer.status_code, code_of(answer)) == (422, code)
    assert len(await registry.told(IndexPublished)) == 2


async def test_nobody_is_a_donor_of_itself_and_a_reason_is_needed(
    registry: ServiceUnderTest, country: Country
) -> None:
    heir, _ = an_heir_and_a_far_school(country)

    assert code_of(await chosen(registry, unit_id=heir, donor_id=heir)) == "donor-unknown"
    assert (await chosen(registry, unit_id=heir, donor_id=None, reason="  ")).status_code == 422


async def test_a_method_is_enacted_once_and_for_good(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        first = await client.post("/index/methods", json=method_json(code="ISV-X"))
        same = await client.post("/index/methods", json=method_json(code="ISV-X", state_weight="1/2"))
        other = await client.post("/index/methods", json=method_json(code="ISV-X", first_year=2017))
        got = await client.get(first.headers["Location"])

    assert (first.status_code, same.status_code) == (201, 200)
    assert (other.status_code, code_of(other)) == (409, "method-already-enacted")
    assert got.json()["definition"] == first.json() == method_json(code="ISV-X")


async def test_a_method_that_cannot_be_is_refused_with_its_place(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        answer = await client.post("/index/methods", json=method_json(state_weight="0.4"))

    assert (answer.status_code, code_of(answer)) == (422, "weights-missing")
    assert answer.json()["errors"][0]["pointer"] == "/state_weight"


async def test_without_figures_there_is_nothing_to_compute(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        nothing = await client.post("/index/recompute", json={})
        unknown = await client.post("/index/recompute", json={"methods": ["ISV-1999"]})

    assert (nothing.status_code, code_of(nothing)) == (409, "nothing-to-compute")
    assert (unknown.status_code, code_of(unknown)) == (404, "method-unknown")


async def test_a_consultant_decides_nothing_about_the_index(registry: ServiceUnderTest) -> None:
    async with registry.client(CONSULTANT) as client:
        for address in ("/index/recompute", "/index/methods", "/index/donors"):
            assert (await client.post(address, json={})).status_code == 403
