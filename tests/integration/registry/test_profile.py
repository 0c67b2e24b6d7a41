"""The page of a municipality: it says what the parts that it is made of say."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import numpy as np
import pytest
from sqlalchemy import insert

from registry.plans.reactions import copy_plans
from registry.successions.tables import SuccessionRow
from registry.units.codes import unit_id
from shared.contracts.planning import ImplementationStarted
from shared.contracts.registry import UnitKind
from tests.support.disclosure import SERIES, TOWNS, released_figures, some_towns, town
from tests.support.exclusion import Country, a_country
from tests.support.forecasts import ANALYST, forecast_made
from tests.support.geography import an_association, register_all
from tests.support.profiles import PLAN, Json, an_approved_plan, page_of
from tests.support.registry import (
    ADMINISTRATOR,
    CONSULTANT,
    COORDINATOR,
    MOST_DISTRICT,
    OBRNICE,
    USTI_REGION,
    code_of,
    decided_on,
    started,
)
from tests.support.service import ServiceUnderTest
from tests.support.statistics import seeded

COMPARED = ("unit_id", "region", "population_15_plus", "index", "band", "supported", "distance")
ASSOCIATION = unit_id(UnitKind.MUNICIPALITY_ASSOCIATION, "14117223")


@pytest.fixture
async def country(registry: ServiceUnderTest) -> Country:
    return await a_country(registry, years=range(2019, 2024), municipalities=120)


async def read(registry: ServiceUnderTest, address: str, **parameters: str | int) -> Json:
    async with registry.client(CONSULTANT) as client:
        answer = await client.get(address, params=parameters)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def test_the_page_says_what_the_explanation_says(registry: ServiceUnderTest, country: Country) -> None:
    for unit in country.unit_ids[::9]:
        page = await page_of(registry, unit)
        told = await read(registry, f"/index/units/{unit}/explanation")
        index, change = page["municipal"]["index"], page["municipal"]["change"]

        assert page["summary"] == told["said"]
        assert (index["index"], index["band"]) == (told["standing"]["index"], told["standing"]["band"])
        assert index["size_class"] == told["standing"]["size_class"]
        assert [(each["code"], each["points"], each["share_percent"]) for each in index["indicators"]] == [
            (each["code"], each["points"], each["share_percent"]) for each in told["standing"]["indicators"]
        ]
        assert [(each["cause"], each["points"]) for each in change["effects"]] == [
            (each["cause"], each["points"]) for each in told["change"]["totals"]
        ]
        assert sum(Decimal(each["points"]) for each in change["effects"]) == change["difference"]


async def test_the_nearest_bounds_are_those_of_the_explanation(
    registry: ServiceUnderTest, country: Country
) -> None:
    for unit in country.unit_ids[::13]:
        page = await page_of(registry, unit)
        told = await read(registry, f"/index/units/{unit}/explanation")
        expected = {}
        for indicator in told["standing"]["indicators"]:
            if indicator["way"] == "own":
                for step, way in (("gained", "more"), ("lost", "fewer")):
                    found = [Decimal(part[way]) for part in indicator["components"] if part[way] is not None]
                    if found:
                        expected[indicator["code"], step] = min(found)
        got = {
            (each["indicator"], each["step"]): Decimal(each["by"]) for each in page["municipal"]["thresholds"]
        }
        assert got == expected
        assert list(got.values()) == sorted(got.values())


async def test_similar_municipalities_are_the_five_nearest(
    registry: ServiceUnderTest, country: Country
) -> None:
    for unit in country.unit_ids[::17]:
        page = await page_of(registry, unit, CONSULTANT)
        told = await read(registry, f"/index/units/{unit}/peers", year=2023, count=5)
        assert [{name: each[name] for name in COMPARED} for each in page["municipal"]["peers"]["peers"]] == [
            {name: {**each, **each["municipality"]}[name] for name in COMPARED} for each in told["peers"]
        ]
        assert page["municipal"]["peers"]["caveat"] == {"cs": told["caveat_cs"], "en": told["caveat_en"]}


async def test_all_years_stand_in_the_trend_with_the_shares_of_its_own_figures(
    registry: ServiceUnderTest, country: Country
) -> None:
    heir = int(np.flatnonzero(country.inputs[2023].denominators[:, 4] < 0)[0])
    page = await page_of(registry, country.unit_ids[heir])

    years = page["municipal"]["index_years"]
    assert [each["year"] for each in years] == [2019, 2020, 2021, 2022, 2023]
    assert not any(each["break_before"] for each in years)
    shares = {each["code"]: each["years"] for each in page["municipal"]["shares"]}
    for year, inputs in country.inputs.items():
        count, people = inputs.numerators[heir, 0], inputs.denominators[heir, 0]
        (told,) = [each for each in shares["EXE"] if each["year"] == year]
        share = Decimal(int(100 * count)) / int(people)
        assert abs(Decimal(told["share_percent"]) - share) < Decimal("0.0001")
    assert {each["share_percent"] for each in shares["PO"]} == {None}
    assert page["municipal"]["index"]["way"] == "nearest"


@pytest.mark.usefixtures("country")
async def test_another_year_can_be_asked_for_and_one_not_computed_is_told(
    registry: ServiceUnderTest,
) -> None:
    before = await page_of(registry, year=2021)
    assert (before["municipal"]["index"]["year"], before["municipal"]["change"]["since"]) == (2021, 2020)

    missing = await page_of(registry, year=2030)
    assert missing["municipal"]["index"] is None
    assert missing["summary"]["cs"] == (
        "Index pro „Obrnice“ za rok 2030 nebyl vypočten. Vypočtené roky: 2019, 2020, 2021, 2022, 2023."
    )
    assert len(missing["municipal"]["index_years"]) == 5


async def test_where_nothing_is_known_the_page_says_so(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    page = await page_of(registry, OBRNICE, CONSULTANT)

    assert page["summary"]["cs"] == "Index pro „Obrnice“ zatím nebyl vypočten."
    assert {name: said["cs"] for name, said in page["empty"].items()} == {
        "cooperations": "S Agenturou zatím nespolupracuje a ani v minulosti nespolupracovala.",
        "plans": "Žádný schválený plán není evidován.",
        "figures": "Žádné statistické údaje nejsou evidovány.",
        "forecast": "Předpověď pro tuto obec zatím nebyla vypočtena.",
    }
    assert page["municipal"]["index"] is None
    assert [way["hierarchy"] for way in page["hierarchies"]] == ["district", "orp"]
    assert [unit["name"] for unit in page["hierarchies"][0]["units"]] == [
        "Most",
        "Ústecký kraj",
        "Česká republika",
    ]


async def test_there_is_no_page_of_an_unknown_unit(registry: ServiceUnderTest) -> None:
    async with registry.client() as client:
        for address in (f"/profiles/{uuid4()}", f"/profiles/{uuid4()}/workbook"):
            assert code_of(await client.get(address)) == "unit-unknown"


async def test_cooperation_of_itself_and_of_its_association_then_is_shown(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await register_all(registry, [an_association(name="Mikroregion Most")])
    async with registry.client(ADMINISTRATOR) as client:
        member = {"unit_id": str(OBRNICE), "group_id": str(ASSOCIATION), "valid_from": "2015-01-01"}
        joined = await client.post("/memberships", json={**member, "valid_until": "2019-12-31"})
        assert joined.status_code == 201, joined.text
    async with registry.client(CONSULTANT) as client:
        await started(client, regime="VIP", starts_on="2010-01-01", ends_on="2012-12-31")
        await started(client, starts_on="2026-01-01")
        await started(
            client, unit_id=str(ASSOCIATION), regime="IKP", starts_on="2019-06-01", ends_on="2022-05-31"
        )
        await started(client, unit_id=str(ASSOCIATION), regime="IKP", starts_on="2023-06-01")  # after it left

    page = await page_of(registry, OBRNICE, CONSULTANT)
    assert [
        (each["regime"], each["course"], each["course_name"]["cs"], each["through"])
        for each in page["cooperations"]
    ] == [
        ("VEX", "running", "probíhá", None),
        ("IKP", "past", "skončila", "Mikroregion Most"),
        ("VIP", "past", "skončila", None),
    ]
    assert page["cooperation_count"] == 3
    assert "cooperations" not in page["empty"]


async def test_who_cooperates_is_told_to_everybody(registry: ServiceUnderTest, country: Country) -> None:
    async with registry.client(CONSULTANT) as client:
        for unit in country.unit_ids:
            await started(client, unit_id=str(unit))
    page = await page_of(registry)

    assert ([each["regime"] for each in page["cooperations"]], page["cooperation_count"]) == (["VEX"], 1)
    assert {each["supported"] for each in page["municipal"]["peers"]["peers"]} == {True}
    assert await page_of(registry, OBRNICE, COORDINATOR) == page


async def test_plans_of_itself_and_of_its_association_are_shown(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    await register_all(registry, [an_association(name="Mikroregion Most")])
    async with registry.client(ADMINISTRATOR) as client:
        member = {"unit_id": str(OBRNICE), "group_id": str(ASSOCIATION), "valid_from": "2015-01-01"}
        assert (await client.post("/memberships", json=member)).status_code == 201
    shared = UUID("01900000-0000-7000-8000-000000000002")
    await registry.hear(
        an_approved_plan(),
        ImplementationStarted(plan_id=PLAN, version=4, revision=1, unit_ids=(OBRNICE,)),
        an_approved_plan(
            plan_id=shared, unit_ids=(ASSOCIATION,), title="Společný plán", approved_on=date(2024, 3, 1)
        ),
        an_approved_plan(plan_id=uuid4(), unit_ids=(MOST_DISTRICT,), title="Cizí plán"),
    )
    page = await page_of(registry)

    assert [
        (plan["title"], plan["state"], [unit["name"] for unit in plan["units"]]) for plan in page["plans"]
    ] == [
        ("Plán sociálního začleňování", "in-implementation", ["Obrnice"]),
        ("Společný plán", "approved", ["Mikroregion Most"]),
    ]
    assert page["plans"][0]["href"] == f"/api/planning/plans/{PLAN}"
    assert (page["plan_count"], [group["name"] for group in page["groups"]]) == (2, ["Mikroregion Most"])


async def test_a_hidden_figure_is_hidden_on_the_page_too(registry: ServiceUnderTest) -> None:
    await some_towns(registry)
    counts = {code: 10 + number for number, code in enumerate(TOWNS)}
    vintage = await released_figures(registry, {**counts, TOWNS[0]: 3})

    hidden = {figure["series"]: figure for figure in (await page_of(registry, town(0)))["figures"]}[SERIES]
    assert (hidden["value"], hidden["status"], hidden["shown"]) == (None, "suppressed", "< 5")
    page = await page_of(registry, town(11))
    (figure,) = page["figures"]
    assert (figure["value"], figure["vintage_id"], figure["source"]) == ("21", vintage, "COLLECTED")
    assert [(source["code"], [each["id"] for each in source["vintages"]]) for source in page["sources"]] == [
        ("COLLECTED", [vintage])
    ]


async def test_each_figure_is_the_newest_in_force_and_its_source_stands_on_the_page(
    registry: ServiceUnderTest, country: Country
) -> None:
    page = await page_of(registry)
    at = country.unit_ids.index(OBRNICE)

    figures = {figure["series"]: figure for figure in page["figures"]}
    assert figures["POP15"]["value"] == str(country.inputs[2023].denominators[at, 0])
    assert {figure["period"] for figure in figures.values()} == {"2023-01-01"}
    vintages = {each["id"] for source in page["sources"] for each in source["vintages"]}
    assert {figure["vintage_id"] for figure in figures.values()} <= vintages
    assert len(vintages) == 5  # the Index of each of the five years stands on one
    assert [method["code"] for method in page["methods"]] == ["ISV-2020"]


async def test_the_forecast_of_the_next_year_stands_on_the_page(registry: ServiceUnderTest) -> None:
    country = await a_country(registry, years=range(2017, 2024), municipalities=150)
    async with registry.client(ANALYST) as client:
        await forecast_made(client)
    for unit in country.unit_ids[::30]:
        forecast = (await page_of(registry, unit))["municipal"]["forecast"]
        told = (await read(registry, f"/forecasts/units/{unit}"))["index"]
        first = told["forecast"][0]
        size = first["index"]
        assert (forecast["year"], str(forecast["index"])) == (2024, size["value"])
        assert (str(forecast["low_80"]), str(forecast["high_80"])) == (size["low_80"], size["high_80"])
        assert forecast["band"]["number"] == first["band"]
        (odds,) = [each["percent"] for each in first["odds"] if each["band"] == first["band"]]
        assert forecast["band_percent"] == odds
        verdicts = [each["verdict"] for each in told["errors"] if each["horizon"] == 1]
        assert forecast["said"] in verdicts
        assert not forecast["is_outdated"]


async def test_why_nothing_is_forecast_stands_on_the_page(registry: ServiceUnderTest) -> None:
    country = await a_country(registry, years=range(2017, 2024), municipalities=150)
    merged, other = country.unit_ids[:2]
    async with registry.transaction() as tx:
        await tx.session.execute(
            insert(SuccessionRow).values(
                predecessor_id=other,
                successor_id=merged,
                happened_on=date(2022, 1, 1),
                manner="merge",
                note="",
                recorded_at=tx.now,
            )
        )
    async with registry.client(ANALYST) as client:
        await forecast_made(client)
    forecast = (await page_of(registry, merged))["municipal"]["forecast"]

    assert (forecast["year"], forecast["index"], forecast["band"]) == (None, None, None)
    assert forecast["said"]["cs"].startswith("Index předpovědět nelze")


async def test_the_page_of_a_closed_unit_shows_its_last_state(registry: ServiceUnderTest) -> None:
    await seeded(registry)
    async with registry.client(ADMINISTRATOR) as client:
        closed = await client.post(
            f"/units/{OBRNICE}/closure", json={"valid_until": "2024-12-31"}, headers=decided_on(1)
        )
        assert closed.status_code == 200, closed.text
    page = await page_of(registry)

    assert (page["unit"]["name"], page["unit"]["valid_until"]) == ("Obrnice", "2024-12-31")
    assert page["hierarchies"][0]["units"][0]["name"] == "Most"


@pytest.mark.usefixtures("country")
async def test_a_page_that_did_not_change_is_not_sent_again(registry: ServiceUnderTest) -> None:
    async with registry.client() as client:
        first = await client.get(f"/profiles/{OBRNICE}")
        tag = first.headers["ETag"]
        again = await client.get(f"/profiles/{OBRNICE}", headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        await registry.hear(an_approved_plan())
        changed = await client.get(f"/profiles/{OBRNICE}", headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["ETag"] == tag) == (200, False)
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert "Vary" not in first.headers


@pytest.mark.usefixtures("country")
async def test_a_page_takes_thirteen_statements_and_one_where_nothing_was_written_since(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(CONSULTANT) as client:
        await client.get(f"/profiles/{OBRNICE}")  # the edition is in memory from now on
        await started(client, regime="VIP", starts_on="2010-01-01", ends_on="2012-12-31")
        with registry.counted_statements() as statements:
            await client.get(f"/profiles/{OBRNICE}")
        few = len(statements)
        await registry.hear(an_approved_plan(), an_approved_plan(plan_id=uuid4()))
        with registry.counted_statements() as statements:
            first = await client.get(f"/profiles/{OBRNICE}")
        many = len(statements)
        with registry.counted_statements() as statements:
            await client.get(f"/profiles/{USTI_REGION}")
        of_region = len(statements)
        with registry.counted_statements() as statements:
            again = await client.get(f"/profiles/{OBRNICE}")
    assert (few, many, of_region, len(statements)) == (13, 13, 11, 1)
    assert again.content == first.content


@pytest.mark.usefixtures("country")
async def test_whatever_is_written_the_page_is_made_anew(registry: ServiceUnderTest) -> None:
    titles = []
    later = an_approved_plan(version=5, revision=2, title="Plán po změně")
    for events in ([], [an_approved_plan()], [later]):
        if events:
            await registry.hear(*events)
        titles.append([plan["title"] for plan in (await page_of(registry))["plans"]])
    assert titles == [[], ["Plán sociálního začleňování"], ["Plán po změně"]]


@pytest.mark.usefixtures("country")
async def test_a_page_made_while_somebody_writes_is_not_kept_beyond_the_commit(
    registry: ServiceUnderTest,
) -> None:
    async with registry.transaction() as tx:
        await copy_plans(tx, [an_approved_plan()])
        await tx.session.flush()
        meanwhile = await page_of(registry)
        again = await page_of(registry)
    after = await page_of(registry)

    assert (meanwhile["plan_count"], again["plan_count"], after["plan_count"]) == (0, 0, 1)
