"""The explanation over HTTP: of a municipality among a whole country, in both languages."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import select

from registry.exclusion.frame import UNKNOWN
from registry.exclusion.tables import IndexComputationRow, IndexResultRow
from registry.exclusion.use_cases import enact_method, recompute_all
from registry.units.use_cases import close_unit
from tests.support.exclusion import Country, a_country, a_method, some_bounds
from tests.support.registry import OBRNICE, USTI_REGION, code_of
from tests.support.service import ServiceUnderTest

Json = dict[str, Any]


@pytest.fixture
async def country(registry: ServiceUnderTest) -> Country:
    return await a_country(registry, years=(2021, 2022, 2023), municipalities=80)


async def explained(service: ServiceUnderTest, unit_id: UUID, **asked: object) -> Json:
    async with service.client() as client:
        answer = await client.get(f"/index/units/{unit_id}/explanation", params=cast("Any", asked))
    assert answer.status_code == 200, answer.text
    return cast("Json", answer.json())


def exactly(effects: list[Json]) -> Fraction:
    return sum((Fraction(each["points_exact"]) for each in effects), Fraction(0))


def rounded(effects: list[Json]) -> Decimal:
    return sum((Decimal(each["points"]) for each in effects), Decimal(0))


async def test_every_municipality_is_explained_and_the_effects_sum_to_the_difference(
    registry: ServiceUnderTest, country: Country
) -> None:
    changed = 0
    for unit_id in country.unit_ids:
        told = await explained(registry, unit_id)
        standing, change = told["standing"], told["change"]
        points = [indicator["points"] for indicator in standing["indicators"]]
        assert standing["index"] == sum(points)
        for indicator in standing["indicators"]:
            assert sum(part["points"] for part in indicator["components"]) == indicator["points"]
        assert (change["since"], change["until"]) == (2022, 2023)
        assert exactly(change["totals"]) == rounded(change["totals"]) == change["difference"]
        for indicator in change["indicators"]:
            assert exactly(indicator["effects"]) == rounded(indicator["effects"]) == indicator["difference"]
        changed += change["difference"] != 0
    assert changed > 5


async def test_the_index_explained_is_the_index_stored(registry: ServiceUnderTest, country: Country) -> None:
    rows = select(IndexResultRow.unit_id, IndexResultRow.index, IndexResultRow.points, IndexResultRow.scores)
    of_2023 = rows.join(IndexComputationRow, IndexComputationRow.id == IndexResultRow.computation_id)
    async with registry.transaction() as tx:
        stored = (await tx.session.execute(of_2023.where(IndexComputationRow.year == 2023))).all()
    assert len(stored) == len(country.unit_ids)
    for row in stored:
        standing = (await explained(registry, row.unit_id, year=2023))["standing"]
        parts = [part["points"] for each in standing["indicators"] for part in each["components"]]
        assert "".join(map(str, parts)) == row.scores
        assert "".join(str(each["points"]) for each in standing["indicators"]) == row.points
        assert standing["index"] == row.index


async def test_a_taken_over_indicator_names_its_donor_and_shows_the_donors_figures(
    registry: ServiceUnderTest, country: Country
) -> None:
    inputs = country.inputs[2023]
    heir = int(np.flatnonzero(inputs.numerators[:, 4] == UNKNOWN)[0])
    told = await explained(registry, country.unit_ids[heir])
    school = told["standing"]["indicators"][4]
    assert (school["way"], school["donor"] is None) == ("nearest", False)
    giver = country.unit_ids.index(UUID(school["donor"]["unit_id"]))
    assert school["denominator"] == inputs.denominators[giver, 4]
    assert school["donor"]["name"] in school["said"]["cs"]
    assert Decimal(school["donor"]["distance_m"]) > 0
    assert {effect["cause"] for effect in told["change"]["indicators"][4]["effects"]} == {"donor"}


async def test_the_mean_of_the_size_class_stands_beside_the_index(
    registry: ServiceUnderTest, country: Country
) -> None:
    told = await explained(registry, country.unit_ids[0])
    size = told["standing"]["size_class"]
    assert size["lowest"] <= told["standing"]["population_15_plus"] <= (size["highest"] or 10**9)
    assert 1 <= size["municipalities"] <= len(country.unit_ids)
    assert size["said"]["cs"] in told["standing"]["said"]["cs"]


@pytest.mark.usefixtures("country")
async def test_any_two_years_are_compared_and_the_way_back_is_the_opposite(
    registry: ServiceUnderTest,
) -> None:
    there = (await explained(registry, OBRNICE, since=2021, year=2023))["change"]
    back = (await explained(registry, OBRNICE, since=2023, year=2021))["change"]
    assert there["difference"] == -back["difference"]
    assert [Fraction(each["points_exact"]) for each in there["totals"]] == [
        -Fraction(each["points_exact"]) for each in back["totals"]
    ]


@pytest.mark.usefixtures("country")
async def test_the_same_year_by_two_methods_differs_by_the_effect_of_the_method_alone(
    registry: ServiceUnderTest,
) -> None:
    exe, *others = a_method().indicators
    strict = a_method(
        code="ISV-STRICT",
        indicators=(replace(exe, absolute=some_bounds("0", "0"), share=some_bounds("0", "0")), *others),
    )
    async with registry.transaction() as tx:
        await enact_method(tx, strict)
        await recompute_all(tx, methods=["ISV-STRICT"])
    told = await explained(
        registry, OBRNICE, year=2023, method="ISV-STRICT", since=2023, since_method="ISV-2020"
    )
    totals = {each["cause"]: Fraction(each["points_exact"]) for each in told["change"]["totals"]}
    assert totals["method"] == told["change"]["difference"]
    assert [each["code"] for each in told["change"]["methods"]] == ["ISV-2020", "ISV-STRICT"]
    assert told["said"]["cs"].startswith("Index obce Obrnice za rok 2023 je podle metodiky ISV-2020 ")


async def test_an_explanation_takes_four_statements(registry: ServiceUnderTest, country: Country) -> None:
    with registry.counted_statements() as statements:
        await explained(registry, country.unit_ids[3])
    assert len(statements) == 4


@pytest.mark.usefixtures("country")
async def test_what_is_not_computed_is_said_and_not_invented(registry: ServiceUnderTest) -> None:
    missing = await explained(registry, OBRNICE, year=1999)
    assert (missing["standing"], missing["change"], missing["years"]) == (None, None, [2021, 2022, 2023])
    assert missing["said"]["cs"] == (
        "Index pro „Obrnice“ za rok 1999 nebyl vypočten. Vypočtené roky: 2021, 2022, 2023."
    )
    region = await explained(registry, USTI_REGION)
    assert (region["standing"], region["years"]) == (None, [])
    first = await explained(registry, OBRNICE, year=2021)
    assert first["change"] is None
    assert first["said"] == first["standing"]["said"]
    alone = await explained(registry, OBRNICE, since=1999)
    assert alone["change"] is None
    assert alone["said"]["cs"].endswith("Srovnání chybí: Index za rok 1999 nebyl vypočten.")


@pytest.mark.usefixtures("country")
async def test_questions_that_make_no_sense_are_refused(registry: ServiceUnderTest) -> None:
    async with registry.client() as client:
        unknown = await client.get(f"/index/units/{UUID(int=1)}/explanation")
        itself = await client.get(f"/index/units/{OBRNICE}/explanation?year=2023&since=2023")
        wrong = await client.get(f"/index/units/{OBRNICE}/explanation?year=true")
        stray = await client.get(f"/index/units/{OBRNICE}/explanation?rok=2023")
        nul = await client.get(f"/index/units/{OBRNICE}/explanation?method=%00")
    assert (unknown.status_code, code_of(unknown)) == (404, "unit-unknown")
    assert (itself.status_code, code_of(itself)) == (422, "year-compared-to-itself")
    assert {answer.status_code for answer in (wrong, stray, nul)} == {422}


async def test_a_municipality_closed_back_in_time_keeps_what_was_published_of_it(
    registry: ServiceUnderTest, country: Country
) -> None:
    unit_id = country.unit_ids[0]
    before = await explained(registry, unit_id)
    async with registry.transaction() as tx:
        await close_unit(tx, unit_id, expected=1, last_day=date(2022, 6, 30))
    assert await explained(registry, unit_id) == before
