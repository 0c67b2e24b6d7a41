"""Relation files of the statistical office: who belongs to whom."""

import pytest

from registry.seed import seed
from shared.contracts.registry import UnitChanged
from tests.support.files import a_csv, a_relation, an_item, relations
from tests.support.imports import ANALYST, counted, sent, taken_over, unit_named
from tests.support.registry import MOST_DISTRICT, OBRNICE, USTI_REGION
from tests.support.service import ServiceUnderTest

OTHER = "562858"


@pytest.fixture
async def country(registry: ServiceUnderTest) -> ServiceUnderTest:
    """Give a registry with the seed, two ORP and two POÚ, all from code lists."""
    async with registry.transaction() as tx:
        await seed(tx)
    orps = [an_item(code, name, code_list="65") for code, name in (("4209", "Most"), ("4203", "Chomutov"))]
    pous = [an_item(code, name, code_list="61") for code, name in (("42091", "Most"), ("42031", "Jirkov"))]
    more = [an_item(OTHER, "Šluknov"), an_item("556912", "Želechovice")]
    async with registry.client(ANALYST) as client:
        for rows in (orps, pous, more):
            await taken_over(client, "code-list", a_csv(rows))
    return registry


async def test_a_parent_that_was_not_known_holds_since_the_unit_exists(country: ServiceUnderTest) -> None:
    file = a_csv(relations("43", "101", [("556912", "CZ0425")]))
    async with country.client(ANALYST) as client:
        report = await taken_over(client, "relations", file, valid_from="2026-01-01")
        again = await taken_over(client, "relations", file, valid_from="2026-06-01")
        unit = await unit_named(client, "Želechovice", "municipality", as_of="2000-01-01")
    assert (counted(report), counted(again)) == ({"changed": 1}, {"unchanged": 1})
    assert unit["parent_id"] == str(MOST_DISTRICT)
    assert [told.parent_id for told in await country.told(UnitChanged)][-1] == MOST_DISTRICT


async def test_another_parent_than_was_known_holds_from_the_day_on(country: ServiceUnderTest) -> None:
    file = a_csv(relations("43", "101", [("567337", "CZ0426")]))
    async with country.client(ANALYST) as client:
        await taken_over(client, "relations", file, valid_from="2026-01-01")
        before = (await client.get(f"/units/{OBRNICE}", params={"as_of": "2025-12-31"})).json()
        after = (await client.get(f"/units/{OBRNICE}", params={"as_of": "2026-01-01"})).json()
    assert before["parent_id"] == str(MOST_DISTRICT)
    assert after["parent_id"] not in {None, str(MOST_DISTRICT)}


async def test_units_are_found_by_the_numbers_of_the_statistical_office_too(
    country: ServiceUnderTest,
) -> None:
    file = a_csv(relations("101", "100", [("CZ0425", "3069")]))
    async with country.client(ANALYST) as client:
        report = await taken_over(client, "relations", file)
        most = await unit_named(client, "Most", "district")
    assert counted(report) == {"unchanged": 1}
    assert most["parent_id"] == str(USTI_REGION)


async def test_municipalities_become_members_of_their_pou(country: ServiceUnderTest) -> None:
    file = a_csv(relations("43", "61", [("567337", "42091"), (OTHER, "42031")]))
    moved = a_csv(relations("43", "61", [("567337", "42031")]))
    async with country.client(ANALYST) as client:
        report = await taken_over(client, "relations", file, valid_from="2026-01-01")
        again = await taken_over(client, "relations", file, valid_from="2026-03-01")
        then = await taken_over(client, "relations", moved, valid_from="2026-06-01")
    assert counted(report) == {"memberships_begun": 2}
    assert counted(again) == {}
    assert counted(then) == {"memberships_begun": 1, "memberships_changed": 1}


async def test_a_file_of_orp_is_compared_with_the_orp_of_the_pou(country: ServiceUnderTest) -> None:
    pous = a_csv(relations("43", "61", [("567337", "42091"), (OTHER, "42031")]))
    orps = a_csv(relations("43", "65", [("567337", "4209"), (OTHER, "4209"), ("556912", "4209")]))
    async with country.client(ANALYST) as client:
        await taken_over(client, "relations", pous)
        report = await taken_over(client, "relations", orps, on_bad_rows="keep-good")
    assert counted(report) == {"unchanged": 1}
    assert [(problem["row"], problem["column"]) for problem in report["problems"]] == [
        (3, "chodnota2"),
        (4, "chodnota2"),
    ]
    assert "4203" in report["problems"][0]["cs"]
    assert "0043_0061" in report["problems"][1]["cs"]


async def test_a_dry_run_of_memberships_leaves_none(country: ServiceUnderTest) -> None:
    file = a_csv(relations("43", "61", [("567337", "42091")]))
    async with country.client(ANALYST) as client:
        tried = await taken_over(client, "relations", file, dry_run="true")
        done = await taken_over(client, "relations", file)
    assert (tried["id"], tried["accepted"]) == (None, 1)
    assert counted(done) == {"memberships_begun": 1}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (a_relation(("43", "999997"), ("101", "CZ0425")), "chodnota1"),
        (a_relation(("43", "567337"), ("101", "CZ0999")), "chodnota2"),
        (a_relation(("43", ""), ("101", "CZ0425")), "chodnota1"),
        (a_relation(("65", "4209"), ("100", "3069")), "kodcis1"),
    ],
)
async def test_a_row_about_what_is_not_there_is_told_by_row_and_column(
    country: ServiceUnderTest, row: dict[str, str], column: str
) -> None:
    file = a_csv([a_relation(("43", OTHER), ("101", "CZ0421")), row])
    async with country.client(ANALYST) as client:
        refused = await sent(client, "relations", file)
        report = await taken_over(client, "relations", file, on_bad_rows="keep-good")
    assert refused.status_code == 422
    (problem,) = report["problems"]
    assert (problem["row"], problem["column"]) == (3, column)


@pytest.mark.parametrize("pair", [("101", "43"), ("43", "100"), ("9999", "43")])
async def test_a_relation_that_we_do_not_keep_is_refused(
    country: ServiceUnderTest, pair: tuple[str, str]
) -> None:
    async with country.client(ANALYST) as client:
        answer = await sent(client, "relations", a_csv(relations(*pair, [("567337", "567337")])))
    assert answer.json()["type"] == "urn:pospolu:problem:relation-unknown"


async def test_a_whole_municipality_is_no_part_of_itself(country: ServiceUnderTest) -> None:
    file = a_csv(relations("51", "43", [("567337", "567337"), ("500054", "554782")]))
    async with country.client(ANALYST) as client:
        report = await taken_over(client, "relations", file, on_bad_rows="keep-good")
    assert (report["rows"], report["problems"][0]["value"]) == (1, "500054")
