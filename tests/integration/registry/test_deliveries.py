"""Files of figures and the Index that counts them: computed anew when they arrive, and never by halves."""

import httpx
import pytest
from fastapi.routing import APIRoute

from registry.app import SERVICE
from shared.contracts.registry import IndexPublished
from tests.support.exclusion import a_country, method_json
from tests.support.registry import ADMINISTRATOR, code_of
from tests.support.service import ServiceUnderTest
from tests.support.statistics import ANALYST, csv_of, seeded, sent, state_of

HEADER = ["rada", "obdobi", "kod", "hodnota"]
FROM_15_ON = "410015799999000"
BY_AGE = ["hodnota", "stapro_kod", "pohlavi_kod", "vek_kod", "vuzemi_cis", "vuzemi_kod", "rok", "casref_do"]


async def a_method_of_flats(service: ServiceUnderTest) -> None:
    """Enact a method that counts flats in excluded localities among all flats, from 2024 on."""
    of_all = {"unit_of_measure": "flat", "periodicity": "year", "source": "COLLECTED"}
    texts = {f"{name}_{language}": "Byty" for name in ("name", "definition") for language in ("cs", "en")}
    [indicator, *_] = method_json()["indicators"]
    rule = method_json(
        code="FLATS-2024",
        first_year=2024,
        indicators=[{**indicator, "code": "FLATS", "numerator": "SVL-FLATS", "denominator": "FLATS"}],
        bands=[{**method_json()["bands"][0], "lowest": 0, "highest": 6}],
    )
    async with service.client(ADMINISTRATOR) as client:
        for code in ("FLATS", "SVL-FLATS"):
            series = await client.post("/statistics/series", json={"code": code, **texts, **of_all})
            assert series.status_code == 201, series.text
        enacted = await client.post("/index/methods", json=rule)
    assert enacted.status_code == 201, enacted.text


async def delivered(
    service: ServiceUnderTest, *rows: tuple[str, str, str], **parameters: str
) -> list[tuple[str, int, int]]:
    """Import figures of Obrnice: series, period, value; return method, year and version published anew."""
    table = [HEADER, *([series, period, "567337", value] for series, period, value in rows)]
    async with service.client(ANALYST) as client:
        return published_by(await sent(client, "figures", csv_of(table), **parameters))


def published_by(answer: httpx.Response) -> list[tuple[str, int, int]]:
    assert answer.status_code == 200, answer.text
    return [(each["method"], each["year"], each["version"]) for each in answer.json()["published"]]


async def test_figures_that_a_method_counts_are_computed_when_all_of_them_are_there(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    await a_method_of_flats(registry)
    assert await delivered(registry, ("FLATS", "2025", "1000")) == []
    assert await delivered(registry, ("SVL-FLATS", "2024", "10")) == [], "of another year"
    assert await delivered(registry, ("SVL-FLATS", "2025", "150")) == [("FLATS-2024", 2025, 1)]
    told = [(event.method, event.year) for event in await registry.told(IndexPublished)]
    assert told == [("FLATS-2024", 2025)], "ISV-2020 counts none of them"


async def test_a_corrected_figure_moves_the_index_and_taken_back_moves_it_back(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    await a_method_of_flats(registry)
    first = (("FLATS", "2025", "1000"), ("SVL-FLATS", "2025", "150"))
    assert await delivered(registry, *first) == [("FLATS-2024", 2025, 1)]
    assert await delivered(registry, ("SVL-FLATS", "2025", "350")) == [("FLATS-2024", 2025, 2)]
    async with registry.client() as client:
        moved = await client.get("/index/editions/2025", params={"method": "FLATS-2024"})
    assert moved.json()["version"] == 2, moved.text
    assert await delivered(registry, *first) == [("FLATS-2024", 2025, 3)]
    before = await state_of(registry)
    assert await delivered(registry, *first) == []
    assert await state_of(registry) == before


async def test_a_dry_run_publishes_nothing(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await a_method_of_flats(registry)
    before = await state_of(registry)
    rows = (("FLATS", "2025", "1000"), ("SVL-FLATS", "2025", "150"))
    assert await delivered(registry, *rows, dry_run="true") == []
    assert await state_of(registry) == before


async def test_a_year_before_the_method_has_no_index(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await a_method_of_flats(registry)
    assert await delivered(registry, ("FLATS", "2023", "1000"), ("SVL-FLATS", "2023", "150")) == []


async def test_the_population_alone_is_no_index_and_moves_none_of_the_ministry(
    registry: ServiceUnderTest,
) -> None:
    country = await a_country(registry, years=[2023], municipalities=60)
    for year in (2023, 2025):
        rows = [
            ["700", "2406", "", FROM_15_ON, "43", code, str(year), f"{year}-12-31"] for code in country.codes
        ]
        async with registry.client(ANALYST) as client:
            answer = await sent(client, "population", csv_of([BY_AGE, *rows]))
        assert published_by(answer) == []
        assert answer.json()["changes"]["figures"] > 0
    assert [event.year for event in await registry.told(IndexPublished)] == [2023]


IMPORTS = sorted(
    route.path.replace("{file}", "figures")
    for router in SERVICE.routers
    for route in router.routes
    if isinstance(route, APIRoute) and "POST" in (route.methods or ()) and "/imports" in route.path
)


def test_the_imports_are_all_here() -> None:
    assert len(IMPORTS) == 9


@pytest.mark.parametrize("address", IMPORTS)
async def test_no_connection_is_held_while_a_file_is_being_read(
    registry: ServiceUnderTest, address: str
) -> None:
    await seeded(registry)
    async with registry.client(ANALYST, **{"Idempotency-Key": "a-key"}) as client:
        with registry.counted_statements() as statements:
            year = {"year": "2023"} if address.endswith("/workbook") else {}
            answer = await client.post(address, content=b"PK\x03\x04 no workbook", params=year)
    assert answer.status_code == 422
    assert code_of(answer) in {"file-not-readable", "file-of-wrong-kind"}
    assert statements == []
