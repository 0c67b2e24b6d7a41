"""Explanations from the ministry's workbook of 2023, where it lies beside the checkout."""

from pathlib import Path
from typing import Any

import pytest

from registry.seed import seed
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.registry import ADMINISTRATOR
from tests.support.service import ServiceUnderTest

DATA = Path(__file__).parents[4] / "shared/data"
WORKBOOK = DATA / "index-2023-half-published.xlsx"
POINTS = DATA / "ruian-definition-points-2019.geojson"
KNOWN = {
    "567337": ("Obrnice", 29, "222 222 222 222 122"),
    "570826": ("Kosmonosy", 1, "100 000 000 000 000"),
    "539597": ("Psáry", 1, "100 000 000 000 000"),
    "559482": ("Tis u Blatna", 0, "000 000 000 000 000"),
    "597775": ("Rusín", 10, "021 020 000 010 022"),
}

pytestmark = pytest.mark.skipif(
    not (WORKBOOK.exists() and POINTS.exists()), reason=f"the real workbook is not in {DATA}"
)


@pytest.fixture
async def published(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.transaction() as tx:
        await seed(tx)
    headers = {"Content-Type": "application/octet-stream"}
    async with registry.client(ADMINISTRATOR, **headers) as client:
        for address, path in (
            ("/geography/imports/points", POINTS),
            ("/index/imports/workbook?year=2023", WORKBOOK),
        ):
            answer = await client.post(address, content=path.read_bytes(), timeout=60)
            assert answer.status_code == 200, answer.text
    return registry


def scores(standing: dict[str, Any]) -> str:
    return " ".join(
        "".join(str(part["points"]) for part in indicator["components"])
        for indicator in standing["indicators"]
    )


async def test_known_municipalities_are_explained_as_they_were_published(
    published: ServiceUnderTest,
) -> None:
    found, told = {}, {}
    async with published.client() as client:
        for code in KNOWN:
            id_ = unit_id(UnitKind.MUNICIPALITY, code)
            answer = (await client.get(f"/index/units/{id_}/explanation?year=2023")).json()
            standing = answer["standing"]
            found[code] = (answer["name"], standing["index"], scores(standing))
            told[code] = standing
    assert found == KNOWN
    kosmonosy = told["570826"]["indicators"][0]["components"][0]
    assert (kosmonosy["value"], kosmonosy["more"], kosmonosy["fewer"]) == ("200.00", "1.0000", "101.0000")
    assert told["567337"]["size_class"]["mean_index"] == "1.93"
    assert told["597775"]["indicators"][4]["way"] == "nearest"
    assert told["567337"]["indicators"][0]["reference_percent"] == "9.9569"
