"""The list of cooperations: with unit, region, areas, memorandum and consultants, as of any day."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import cast

import openpyxl
import pytest

from registry.units.codes import unit_id
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.registry import UnitKind
from tests.support.cooperations import History, store_histories
from tests.support.registry import CONSULTANT, COORDINATOR, OBRNICE, USTI_REGION, code_of, cooperation_json
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor

TOWNS = {
    "Šluknov": "562858",
    "Chomutov": "562971",
    "Obrnice": "567337",
    "Trmice": "553697",
    "Štramberk": "599948",
    "Ostrava": "554821",
    "Liberec": "563889",
    "Karviná": "598917",
}
IN_CZECH_ORDER = ["Chomutov", "Karviná", "Liberec", "Obrnice", "Ostrava", "Šluknov", "Štramberk", "Trmice"]
Item = dict[str, object]


@pytest.fixture
async def histories(registry: ServiceUnderTest) -> dict[str, History]:
    """Store a cooperation for each of the towns; those of Šluknov and Ostrava are over."""
    async with registry.transaction() as tx:
        assert registry.service.seed is not None
        await registry.service.seed(tx)
    units = [unit_id(UnitKind.MUNICIPALITY, code) for code in TOWNS.values()]
    return dict(zip(TOWNS, await store_histories(registry, units), strict=True))


async def listed(
    registry: ServiceUnderTest, params: dict[str, str] | None = None, actor: Actor | None = CONSULTANT
) -> list[Item]:
    """Return the list, read in at most two statements."""
    async with registry.client(actor) as client:
        with registry.counted_statements() as statements:
            answer = await client.get("/cooperations", params=params)
    assert answer.status_code == 200, answer.text
    assert 1 <= len(statements) <= 2
    return cast("list[Item]", answer.json()["items"])


async def names(registry: ServiceUnderTest, params: dict[str, str]) -> list[object]:
    return [each["unit_name"] for each in await listed(registry, {"sort": "name", **params})]


async def test_a_line_tells_of_the_unit_and_of_what_is_agreed_now(
    registry: ServiceUnderTest, histories: dict[str, History]
) -> None:
    (line,) = await listed(registry, {"filter[unit]": str(OBRNICE)})
    history = histories["Obrnice"]
    assert line == {
        "id": str(history.id),
        "unit_id": str(OBRNICE),
        "unit_name": "Obrnice",
        "unit_kind": "municipality",
        "unit_code": "567337",
        "region": {"id": str(USTI_REGION), "code": "CZ042", "name": "Ústecký kraj"},
        "regime": "KPSV21",
        "form": None,
        "status": "active",
        "status_from": str(history.starts_on + timedelta(days=90)),
        "starts_on": str(history.starts_on),
        "ends_on": str(history.ends_on),
        "areas": ["BYD", "VZD", "ZAM"],
        "memorandum_from": str(history.starts_on - timedelta(days=30)),
        "consultants": [{"person": history.person, "name": f"Jméno {history.person}"}],
        "version": 5,
    }


@pytest.mark.usefixtures("histories")
async def test_names_of_persons_are_for_the_agency_and_for_the_people_of_the_unit(
    registry: ServiceUnderTest,
) -> None:
    seen = {}
    for who, actor in {"agency": CONSULTANT, "town": COORDINATOR, "anybody": None}.items():
        lines = await listed(registry, {"limit": "100"}, actor)
        assert len(lines) == len(TOWNS)
        seen[who] = {each["unit_name"] for each in lines if each["consultants"]}
    assert seen == {"agency": set(TOWNS), "town": {"Obrnice"}, "anybody": set()}
    by_person = {"filter[consultant]": "konzultant-2"}
    found = [len(await listed(registry, by_person, actor)) for actor in (CONSULTANT, COORDINATOR, None)]
    assert found == [1, 1, 0]
    assert await listed(registry, {"filter[consultant]": "konzultant-1"}, None) == []


@pytest.mark.usefixtures("histories")
@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, IN_CZECH_ORDER),
        ({"filter[status]": "ended"}, ["Ostrava", "Šluknov"]),
        ({"filter[status]": "suspended"}, ["Karviná"]),
        ({"filter[status]": "active", "filter[region]": "CZ080"}, ["Štramberk"]),
        ({"filter[region]": "CZ042"}, ["Chomutov", "Obrnice", "Šluknov", "Trmice"]),
        ({"filter[region]": str(USTI_REGION), "q": "TRM"}, ["Trmice"]),
        ({"filter[regime]": "IKP"}, []),
        ({"filter[regime]": "KPSV21", "q": "OST"}, ["Ostrava"]),
        ({"q": "stramb"}, ["Štramberk"]),
        ({"q": "%"}, []),
        ({"filter[area]": "DLU"}, ["Chomutov"]),
        ({"filter[area]": "VZD", "filter[status]": "suspended"}, ["Karviná"]),
        ({"filter[consultant]": "konzultant-3"}, ["Trmice"]),
        ({"filter[consultant]": "nekdo-jiny"}, []),
        ({"filter[ends_before]": "2031-01-04"}, ["Chomutov", "Obrnice"]),
        ({"as_of": "2021-12-31"}, []),
        ({"as_of": "2021-12-31", "filter[status]": "preparation"}, IN_CZECH_ORDER),
        ({"as_of": "2022-01-03"}, ["Šluknov"]),
        ({"as_of": "2022-03-14", "filter[status]": "suspended"}, ["Chomutov", "Šluknov"]),
        ({"as_of": "2022-01-20", "filter[consultant]": "nekdo-jiny"}, ["Chomutov", "Obrnice", "Šluknov"]),
        ({"as_of": "2999-01-01"}, []),
    ],
)
async def test_cooperations_are_found_by_what_holds_on_the_day(
    registry: ServiceUnderTest, params: dict[str, str], found: list[str]
) -> None:
    assert await names(registry, params) == found


async def test_me_is_whoever_asks(registry: ServiceUnderTest, histories: dict[str, History]) -> None:
    actor = an_actor(Role.CONSULTANT, sub=histories["Liberec"].person)
    lines = await listed(registry, {"filter[consultant]": "me"}, actor)
    assert [each["unit_name"] for each in lines] == ["Liberec"]
    assert await listed(registry, {"filter[consultant]": "me"}, None) == []


@pytest.mark.usefixtures("histories")
@pytest.mark.parametrize("sort", ["starts_on", "-starts_on", "name", "-name", "ends_on", "-ends_on"])
async def test_pages_in_every_order_give_each_once(registry: ServiceUnderTest, sort: str) -> None:
    async with registry.client(CONSULTANT) as client:
        preparing = cooperation_json(regime="KPSV21", unit_id=str(USTI_REGION))
        assert (await client.post("/cooperations", json=preparing)).status_code == 201
        found: list[Item] = []
        address = f"/cooperations?limit=2&sort={sort}"
        while address:
            answer = await client.get(address)
            assert answer.status_code == 200, answer.text
            found += answer.json()["items"]
            address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert len({each["id"] for each in found}) == len(found) == len(TOWNS) + 1
    if sort.endswith("name"):
        in_order = [*IN_CZECH_ORDER, "Ústecký kraj"]
    else:
        days = {str(each["unit_name"]): str(each[sort.removeprefix("-")] or "infinity") for each in found}
        in_order = sorted(days, key=lambda name: days[name])
    actual = [each["unit_name"] for each in found]
    assert actual == (in_order[::-1] if sort.startswith("-") else in_order)


@pytest.mark.usefixtures("histories")
@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"filter[area]": "XXX"}, "malformed"),
        ({"filter[status]": "asleep"}, "malformed"),
        ({"filter[region]": "CZ0425"}, "malformed"),
        ({"filter[ends_before]": "1735689600"}, "malformed"),
        ({"filter[mayor]": "x"}, "unknown-parameter"),
        ({"sort": "regime"}, "malformed"),
        ({"q": ""}, "malformed"),
        ({"q": "a\0b"}, "malformed"),
        ({"cursor": "e30="}, "cursor-not-ours"),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(
    registry: ServiceUnderTest, params: dict[str, str], code: str
) -> None:
    async with registry.client() as client:
        answer = await client.get("/cooperations", params=params)
    assert (answer.status_code, code_of(answer)) == (422, code)


@pytest.mark.usefixtures("histories")
async def test_the_whole_list_goes_into_a_spreadsheet_in_the_language_of_the_reader(
    registry: ServiceUnderTest,
) -> None:
    params = {"filter[region]": "CZ042", "sort": "name", "delimiter": "semicolon"}
    async with registry.client(COORDINATOR, **{"Accept-Language": "cs"}) as client:
        answer = await client.get("/cooperations/export.csv", params=params)
        del params["delimiter"]
        book = await client.get("/cooperations/export.xlsx", params=params)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Language"] == "cs"
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["územní celek"], row["stav"]) for row in rows] == [
        ("Chomutov", "aktivní"),
        ("Obrnice", "aktivní"),
        ("Šluknov", "ukončená"),
        ("Trmice", "aktivní"),
    ]
    assert [row["lokální konzultanti"] for row in rows] == ["", "Jméno konzultant-2", "", ""]
    sheet = openpyxl.load_workbook(BytesIO(book.content)).active
    assert sheet is not None
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "Šluknov" in [row[0] for row in texts]


async def test_the_regimes_are_told_to_everybody(registry: ServiceUnderTest) -> None:
    async with registry.client() as client:
        regimes = {each["code"]: each for each in (await client.get("/cooperation-regimes")).json()["items"]}
    assert set(regimes) == {"IKP", "VIP", "VDP", "VEX", "KPSV21"}
    assert (regimes["IKP"]["default_months"], regimes["VDP"]["longest_months"]) == (36, 12)
    assert regimes["KPSV21"]["needs"] == ["memorandum", "description"]
    assert regimes["VDP"]["excludes"] == ["IKP", "VIP", "VEX"]
