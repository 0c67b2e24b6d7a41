import asyncio
from datetime import date
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from registry.exclusion.use_cases import enact_method, recompute_all
from registry.units.use_cases import close_unit
from shared.contracts.base import Role
from tests.support.exclusion import Country, a_country, a_method, store_figures
from tests.support.forecasts import ANALYST, forecast_made
from tests.support.registry import COORDINATOR, MOST_DISTRICT, code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor

EVERYTHING = (
    "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM (SELECT unit_id, indicator, year, numerator,"
    " numerator_low_95, denominator_high_80, share, share_low_80 FROM forecast_value) t"
)

SUCCESSION = text(
    "INSERT INTO succession (predecessor_id, successor_id, happened_on, manner, note, recorded_at)"
    " VALUES (:other, :merged, :day, 'merge', '', now())"
)


async def a_forecast_country(
    registry: ServiceUnderTest, years: int = 7, municipalities: int = 150
) -> Country:
    return await a_country(registry, years=range(2017, 2017 + years), municipalities=municipalities)


async def test_forecasts_are_made_once_from_the_same_editions(registry: ServiceUnderTest) -> None:
    await a_forecast_country(registry)
    async with registry.client(ANALYST) as client:
        first = await client.post("/forecasts", json={})
        second = await client.post("/forecasts", json={"method": "ISV-2020"})

        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json() == second.json()
        assert first.json()["last_year"] == 2023
        assert first.json()["horizon"] == 3
        assert first.json()["municipalities"] == first.json()["forecast"] == 150
        assert len((await client.get("/forecasts")).json()["items"]) == 1


async def test_of_two_requests_at_once_one_makes_the_run(registry: ServiceUnderTest) -> None:
    await a_forecast_country(registry, years=5, municipalities=60)
    async with registry.client(ANALYST) as client:
        answers = await asyncio.gather(*(client.post("/forecasts", json={}) for _ in range(3)))

    assert sorted(answer.status_code for answer in answers) == [200, 200, 201]
    assert len({answer.json()["results_digest"] for answer in answers}) == 1


async def test_the_same_inputs_give_the_same_forecasts_digit_by_digit(registry: ServiceUnderTest) -> None:
    await a_forecast_country(registry)
    digests = []
    async with registry.client(ANALYST) as client:
        for _ in range(2):
            run = (await client.post("/forecasts", json={})).json()
            async with registry.transaction() as tx:
                stored = await tx.session.scalar(text(EVERYTHING))
                for table in ("trial", "unit", "value", "index", "gap", "run"):
                    await tx.session.execute(text(f"DELETE FROM forecast_{table}"))  # noqa: S608
            digests.append((run["id"], run["inputs_digest"], run["results_digest"], stored))

    assert digests[0] == digests[1]


async def test_a_newly_published_index_calls_for_another_run(registry: ServiceUnderTest) -> None:
    country = await a_forecast_country(registry, years=5, municipalities=60)
    async with registry.client(ANALYST) as client:
        first = await forecast_made(client)
        changed = country.inputs[2021]
        changed.numerators[0, 0] += 7
        async with registry.transaction() as tx:
            await store_figures(tx, changed)
            await recompute_all(tx)
        assert (await client.get(first)).json()["newer_edition"] is True

        second = await forecast_made(client)

        assert second != first
        assert (await client.get(second)).json()["newer_edition"] is False
        assert [
            f"/forecasts/runs/{each['id']}" for each in (await client.get("/forecasts")).json()["items"]
        ] == [
            second,
            first,
        ]
        old = await client.get(f"/forecasts/units/{country.unit_ids[0]}?run={first.rpartition('/')[2]}")
        new = await client.get(f"/forecasts/units/{country.unit_ids[0]}")
        assert old.json()["run"]["newer_edition"] is True
        assert new.json()["indicators"][0]["history"][-1] != old.json()["indicators"][0]["history"][-1]


async def test_an_edition_whose_import_began_before_the_run_and_ended_after_it_is_newer(
    registry: ServiceUnderTest,
) -> None:
    country = await a_forecast_country(registry, years=5, municipalities=60)
    changed = country.inputs[2021]
    changed.numerators[0, 0] += 7
    async with registry.client(ANALYST) as client:
        async with registry.transaction() as tx:
            await store_figures(tx, changed)
            await recompute_all(tx)
            first = await forecast_made(client)
            assert (await client.get(first)).json()["newer_edition"] is False
        assert (await client.get(first)).json()["newer_edition"] is True


async def test_an_edition_that_is_published_again_makes_its_run_the_newest_again(
    registry: ServiceUnderTest,
) -> None:
    country = await a_forecast_country(registry, years=5, municipalities=60)
    async with registry.client(ANALYST) as client:
        first = await forecast_made(client)
        for difference in (7, -7):
            country.inputs[2021].numerators[0, 0] += difference
            async with registry.transaction() as tx:
                await store_figures(tx, country.inputs[2021])
                await recompute_all(tx)
            assert (await client.get(first)).json()["newer_edition"] is (difference > 0)
            assert await forecast_made(client) == first or difference > 0
        shown = (await client.get(f"/forecasts/units/{country.unit_ids[0]}")).json()["run"]
    assert first.endswith(shown["id"])
    assert shown["newer_edition"] is False


async def test_a_municipality_closed_back_in_time_keeps_its_forecast(registry: ServiceUnderTest) -> None:
    country = await a_forecast_country(registry, years=5, municipalities=60)
    async with registry.client(ANALYST) as client:
        run = await forecast_made(client)
        unit, results = f"/forecasts/units/{country.unit_ids[0]}", f"{run}/results?filter[year]=2022"
        before = [(await client.get(address)).json() for address in (unit, results)]
        async with registry.transaction() as tx:
            await close_unit(tx, country.unit_ids[0], expected=1, last_day=date(2021, 6, 30))
        after = [(await client.get(address)).json() for address in (unit, results)]
    assert len(before[1]["items"]) > 0
    assert after == before


async def test_with_fewer_than_five_years_nothing_is_forecast(registry: ServiceUnderTest) -> None:
    await a_country(registry, years=range(2020, 2024), municipalities=60)
    async with registry.client(ANALYST) as client:
        answer = await client.post("/forecasts", json={})

        assert (answer.status_code, code_of(answer)) == (409, "history-too-short")
        assert (
            "je třeba 5 let"
            in (await client.post("/forecasts", json={}, headers={"Accept-Language": "cs"})).json()["title"]
        )
        assert (await client.get("/forecasts")).json() == {"items": [], "next": None}


async def test_a_year_that_is_missing_cuts_the_history(registry: ServiceUnderTest) -> None:
    await a_country(registry, years=[2015, 2016, 2017, 2018, 2020, 2021, 2022, 2023], municipalities=60)
    async with registry.client(ANALYST) as client:
        answer = await client.post("/forecasts", json={})

    assert code_of(answer) == "history-too-short"


async def test_a_method_without_editions_has_no_history(registry: ServiceUnderTest) -> None:
    await a_forecast_country(registry, years=5, municipalities=60)
    async with registry.client(ANALYST) as client:
        answer = await client.post("/forecasts", json={"method": "ISV-2030"})

    assert code_of(answer) == "history-too-short"


async def test_every_number_of_a_municipality_has_its_error_beside_it(registry: ServiceUnderTest) -> None:
    country = await a_forecast_country(registry)
    async with registry.client(ANALYST) as client:
        await forecast_made(client)
        with registry.counted_statements() as statements:
            answer = await client.get(f"/forecasts/units/{country.unit_ids[5]}")

    assert len(statements) == 1
    told = answer.json()
    assert [each["code"] for each in told["indicators"]] == ["EXE", "PNB", "PNZ", "UOZ", "PO"]
    for indicator in told["indicators"][:4]:
        assert [year["year"] for year in indicator["history"]] == list(range(2017, 2024))
        assert [year["year"] for year in indicator["forecast"]] == [2024, 2025, 2026]
        assert indicator["gap"] is None
        for year in indicator["forecast"]:
            for quantity in ("numerator", "denominator", "share"):
                number = year[quantity]
                ends = [float(number[end]) for end in ("low_95", "low_80", "value", "high_80", "high_95")]
                assert ends == sorted(ends)
                assert {"mase", "mase_of_last_year", "beats_last_year"} <= number.keys()
        assert {error["size_class"] for error in indicator["errors"]} == {told["size_class"]}
        assert all(error["verdict"]["cs"] and error["verdict"]["en"] for error in indicator["errors"])
        assert all(error["model"]["cs"] for error in indicator["errors"] if error["quantity"] == "share")
    for year in told["index"]["forecast"]:
        assert sum(float(band["percent"]) for band in year["odds"]) == pytest.approx(100, abs=0.3)
        assert [band["band"] for band in year["odds"]] == [1, 2, 3, 4]


async def test_history_is_told_in_whole_persons_and_benefits(registry: ServiceUnderTest) -> None:
    country = await a_forecast_country(registry, years=5, municipalities=60)
    async with registry.client(ANALYST) as client:
        await forecast_made(client)
        told = (await client.get(f"/forecasts/units/{country.unit_ids[7]}")).json()

    last = country.inputs[2021]
    benefits = told["indicators"][1]["history"][-1]
    assert float(benefits["numerator"]) == pytest.approx(last.numerators[7, 1] / 12, abs=1e-4)
    assert benefits["denominator"] == last.denominators[7, 1]
    assert float(benefits["share"]) == pytest.approx(
        100 * last.numerators[7, 1] / 12 / last.denominators[7, 1], abs=1e-5
    )


async def test_a_run_tells_its_errors_by_size_class_and_what_it_was_made_from(
    registry: ServiceUnderTest,
) -> None:
    await a_forecast_country(registry, years=5)
    async with registry.client(ANALYST) as client:
        run = (await client.get(await forecast_made(client))).json()

    assert [edition["year"] for edition in run["editions"]] == list(range(2017, 2022))
    assert len(run["errors"]) == 9 * (5 * 3 + 1)
    index = next(each for each in run["errors"] if each["indicator"] == "INDEX" and each["size_class"] == 0)
    assert index["series"] == 150
    assert index["verdict"]["cs"].startswith("Na roce 2021")
    models = [each for each in run["errors"] if each["quantity"] == "share" and each["size_class"]]
    assert all(each["settings"]["family"] and each["model"]["en"] for each in models)


async def test_results_are_listed_in_two_statements_by_region_year_and_band(
    registry: ServiceUnderTest,
) -> None:
    country = await a_forecast_country(registry, years=5)
    region = country.inputs[2021].region_ids[country.inputs[2021].regions[0]]
    async with registry.client(ANALYST) as client:
        run = await forecast_made(client)
        with registry.counted_statements() as statements:
            answer = await client.get(f"{run}/results?filter[year]=2022&filter[region]={region}&limit=200")
            assert len(statements) == 2
        everything = await all_pages(client, f"{run}/results?filter[year]=2022&limit=60")
        banded = await all_pages(client, f"{run}/results?filter[band]=1&limit=200")

    inside = (country.inputs[2021].regions == country.inputs[2021].regions[0]).sum()
    assert len(answer.json()["items"]) == inside
    assert len({each["unit_id"] for each in everything}) == len(everything) == 150
    assert all(each["index"] in {0, 1} for each in banded)
    assert all(sum(each["odds"]) == each["draws"] for each in everything)
    assert all(each["last_index"] is not None and each["size_class"] for each in everything)


async def all_pages(client: httpx.AsyncClient, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    address: str | None = path
    while address:
        answer = await client.get(address)
        found += answer.json()["items"]
        address = answer.links.get("next", {}).get("url")
    return found


async def test_what_is_not_forecast_is_listed_with_its_reason(registry: ServiceUnderTest) -> None:
    country = await a_forecast_country(registry, years=5)
    without_school = (country.inputs[2021].denominators[:, 4] < 0).sum()
    async with registry.client(ANALYST) as client:
        run = await forecast_made(client)
        with registry.counted_statements() as statements:
            await client.get(f"{run}/gaps?filter[reason]=no-school&filter[indicator]=PO")
            assert len(statements) == 2
        listed = await all_pages(client, f"{run}/gaps?limit=100")

    assert len(listed) == without_school
    assert {each["reason"] for each in listed} == {"no-school"}


async def test_a_changed_territory_is_refused_with_the_years_that_count(registry: ServiceUnderTest) -> None:
    country = await a_forecast_country(registry, years=7, municipalities=60)
    merged, other = country.unit_ids[3], country.unit_ids[4]
    async with registry.transaction() as tx:
        await tx.session.execute(SUCCESSION, {"other": other, "merged": merged, "day": date(2021, 1, 1)})
    async with registry.client(ANALYST) as client:
        run = await forecast_made(client)
        answer = await client.get(f"/forecasts/units/{merged}")
        gaps = await all_pages(client, f"{run}/gaps?filter[reason]=territory-changed")

    assert (answer.status_code, code_of(answer)) == (409, "history-too-short")
    assert {each["unit_id"] for each in gaps} >= {str(merged)}
    assert {each["years"] for each in gaps} == {3}


async def test_a_change_of_territory_after_the_last_year_does_no_harm(registry: ServiceUnderTest) -> None:
    country = await a_forecast_country(registry, years=5, municipalities=60)
    async with registry.transaction() as tx:
        await tx.session.execute(
            SUCCESSION, {"other": country.unit_ids[4], "merged": country.unit_ids[3], "day": date(2022, 1, 1)}
        )
    async with registry.client(ANALYST) as client:
        await forecast_made(client)

        assert (await client.get(f"/forecasts/units/{country.unit_ids[3]}")).status_code == 200


async def test_without_a_choice_the_method_in_force_is_shown(registry: ServiceUnderTest) -> None:
    country = await a_forecast_country(registry, years=5, municipalities=60)
    async with registry.client(ANALYST) as client:
        await forecast_made(client)
        async with registry.transaction() as tx:
            await enact_method(tx, a_method(code="ISV-OTHER", name_cs="Jiná", name_en="Another"))
            await recompute_all(tx)
        other = await client.post("/forecasts", json={"method": "ISV-OTHER"})
        shown = (await client.get(f"/forecasts/units/{country.unit_ids[0]}")).json()["run"]
        asked = await client.get(f"/forecasts/units/{country.unit_ids[0]}?run={other.json()['id']}")

    assert other.status_code == 201, other.text
    assert shown["method"] == "ISV-2020"
    assert asked.json()["run"]["method"] == "ISV-OTHER"


async def test_there_is_nothing_to_read_before_the_first_run(registry: ServiceUnderTest) -> None:
    country = await a_country(registry, years=[2023], municipalities=60)
    async with registry.client() as client:
        answer = await client.get(f"/forecasts/units/{country.unit_ids[0]}")

    assert (answer.status_code, code_of(answer)) == (404, "nothing-forecast-yet")


async def test_a_unit_that_is_no_municipality_of_the_index_is_not_forecast(
    registry: ServiceUnderTest,
) -> None:
    await a_forecast_country(registry, years=5, municipalities=60)
    nobody = "00000000-0000-0000-0000-000000000001"
    async with registry.client(ANALYST) as client:
        await forecast_made(client)
        district = await client.get(f"/forecasts/units/{MOST_DISTRICT}")
        unknown = await client.get(f"/forecasts/units/{nobody}")
        run = await client.get(f"/forecasts/runs/{nobody}/results")

    assert (district.status_code, code_of(district)) == (409, "unit-not-forecast")
    assert (unknown.status_code, code_of(unknown)) == (404, "unit-unknown")
    assert (run.status_code, code_of(run)) == (404, "forecast-unknown")


async def test_only_analysts_and_administrators_have_forecasts_made(registry: ServiceUnderTest) -> None:
    async with registry.client(COORDINATOR) as client:
        assert (await client.post("/forecasts", json={})).status_code == 403
    async with registry.client() as client:
        assert (await client.post("/forecasts", json={})).status_code == 401
    async with registry.client(an_actor(Role.SYSTEM)) as client:
        assert code_of(await client.post("/forecasts", json={})) == "history-too-short"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/forecasts/units/nobody", "unit_id"),
        ("/forecasts/runs/00000000-0000-0000-0000-000000000001/results?filter[year]=x", "filter[year]"),
        ("/forecasts/runs/00000000-0000-0000-0000-000000000001/results?filter[colour]=x", "filter[colour]"),
        ("/forecasts/runs/00000000-0000-0000-0000-000000000001/gaps?filter[reason]=bad", "filter[reason]"),
        (
            "/forecasts/runs/00000000-0000-0000-0000-000000000001/gaps?filter[indicator]=%00",
            "filter[indicator]",
        ),
    ],
)
async def test_what_makes_no_sense_is_refused_by_name(
    registry: ServiceUnderTest, path: str, field: str
) -> None:
    async with registry.client() as client:
        answer = await client.get(path)

    assert answer.status_code == 422
    assert field in answer.text


async def test_a_method_that_is_no_code_is_refused(registry: ServiceUnderTest) -> None:
    async with registry.client(ANALYST) as client:
        answer = await client.post("/forecasts", json={"method": "isv\u0000"})

    assert answer.status_code == 422
