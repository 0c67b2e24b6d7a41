"""Memberships over HTTP and in bulk: who belongs to whom on a day, both hierarchies, lists from files."""

import asyncio
from datetime import date
from uuid import UUID

import httpx
import pytest

from registry.memberships.use_cases import MembershipTold, set_memberships
from shared.contracts.base import Role
from shared.contracts.registry import UnitKind
from tests.support.geography import (
    Registered,
    a_country_of_units,
    a_municipality,
    a_pou,
    an_association,
    register_all,
    registered_unit,
)
from tests.support.registry import ADMINISTRATOR, CONSULTANT, MOST_DISTRICT, OBRNICE, USTI_REGION, code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor

ANALYST = an_actor(Role.ANALYST, sub="anna.datova")
STATE = registered_unit(UnitKind.STATE, "CZ", "Česká republika")
REGION = registered_unit(UnitKind.REGION, "CZ042", "Ústecký kraj", STATE[0])
DISTRICT = registered_unit(UnitKind.DISTRICT, "CZ0425", "Most", REGION[0])
ORP = registered_unit(UnitKind.ORP, "4209", "Most", REGION[0])
POU = a_pou("42091", "Most", ORP[0])
OTHER_POU = a_pou("42092", "Jiný", ORP[0])
OBEC = a_municipality(parent=DISTRICT[0])
TRMICE = a_municipality("553697", "Trmice", DISTRICT[0])
DSO = an_association()
MAS = an_association("27033015", "MAS Naše", UnitKind.LOCAL_ACTION_GROUP)
UNION = an_association("00551023", "Svaz", UnitKind.OTHER_ASSOCIATION)
EVERYTHING = [STATE, REGION, DISTRICT, ORP, POU, OTHER_POU, OBEC, TRMICE, DSO, MAS, UNION]


@pytest.fixture
async def places(registry: ServiceUnderTest) -> ServiceUnderTest:
    await register_all(registry, EVERYTHING)
    return registry


def told(unit: Registered = OBEC, group: Registered = POU, **days: str | None) -> dict[str, str | None]:
    return {
        "unit_id": str(unit[0].id),
        "group_id": str(group[0].id),
        "valid_from": "2000-01-01",
        **days,
    }


async def added(client: httpx.AsyncClient, **changes: Registered | str | None) -> None:
    answer = await client.post("/memberships", json=told(**changes))  # type: ignore[arg-type]
    assert answer.status_code == 201, answer.text


async def names(client: httpx.AsyncClient, unit: UUID, what: str, **filters: str) -> list[str]:
    answer = await client.get(f"/units/{unit}/{what}", params=filters)
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["items"]]


async def test_a_member_is_seen_from_both_sides_on_the_days_of_its_membership(
    places: ServiceUnderTest,
) -> None:
    async with places.client(ANALYST) as client:
        await added(client, group=DSO, valid_from="2014-07-01", valid_until="2020-12-31")
        await added(client, unit=TRMICE, group=DSO)
    async with places.client() as anybody:
        assert await names(anybody, DSO[0].id, "members", as_of="2020-12-31") == ["Obrnice", "Trmice"]
        assert await names(anybody, DSO[0].id, "members", as_of="2021-01-01") == ["Trmice"]
        assert await names(anybody, OBRNICE, "groups", as_of="2014-06-30") == []
        assert await names(anybody, OBRNICE, "groups", as_of="2014-07-01") == ["Mikroregion"]
        kinds = {"as_of": "2020-01-01", "filter[kind]": "city-part"}
        assert await names(anybody, DSO[0].id, "members", **kinds) == []


async def test_a_membership_is_ended_and_begun_again(places: ServiceUnderTest) -> None:
    end = {"unit_id": str(OBRNICE), "group_id": str(MAS[0].id), "valid_until": "2015-12-31"}
    async with places.client(ADMINISTRATOR) as client:
        await added(client, group=MAS)
        ended = await client.post("/memberships/end", json=end)
        assert (ended.status_code, ended.json()["valid_until"]) == (200, "2015-12-31")
        later = await client.post("/memberships/end", json={**end, "valid_until": "2016-01-01"})
        assert (later.status_code, code_of(later)) == (404, "no-member-then")
        await added(client, group=MAS, valid_from="2021-01-01")
        assert await names(client, OBRNICE, "groups", as_of="2018-01-01") == []
        assert await names(client, OBRNICE, "groups", as_of="2021-01-01") == ["MAS Naše"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"valid_from": "2010-01-01"}, 409, "membership-overlaps"),
        ({"group": OTHER_POU}, 409, "belongs-to-another-pou"),
        ({"group": REGION}, 422, "group-of-wrong-kind"),
        ({"unit": DSO, "group": MAS}, 422, "group-of-wrong-kind"),
        ({"group": MAS, "valid_from": "1999-12-31"}, 409, "members-do-not-exist-then"),
        ({"group": MAS, "valid_until": "1999-12-31"}, 422, "membership-ends-before-it-begins"),
        ({"group": a_pou("42099", "Nikde")}, 422, "group-unknown"),
        ({"unit": a_municipality("562858"), "group": MAS}, 422, "member-unknown"),
    ],
)
async def test_a_membership_that_cannot_be_is_refused(
    places: ServiceUnderTest, changes: dict[str, Registered | str], status: int, code: str
) -> None:
    async with places.client(ADMINISTRATOR) as client:
        await added(client)
        refused = await client.post("/memberships", json=told(**changes))  # type: ignore[arg-type]
        assert await names(client, OBRNICE, "groups") == ["Most"]
    assert (refused.status_code, code_of(refused)) == (status, code)


async def test_of_two_memberships_told_at_once_one_is_kept(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        answers = await asyncio.gather(
            *(client.post("/memberships", json=told(group=pou)) for pou in (POU, OTHER_POU, POU, OTHER_POU))
        )
        groups = await names(client, OBRNICE, "groups")
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert len(groups) == 1


async def test_only_those_who_keep_the_data_write_memberships(places: ServiceUnderTest) -> None:
    async with places.client(CONSULTANT) as consultant, places.client() as anybody:
        assert (await consultant.post("/memberships", json=told())).status_code == 403
        assert (await anybody.post("/memberships", json=told())).status_code == 401


async def test_ancestors_are_told_in_both_hierarchies(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        await added(client, valid_from="2010-01-01")
        found = (await client.get(f"/units/{OBRNICE}/ancestors")).json()["hierarchies"]
        before = (await client.get(f"/units/{OBRNICE}/ancestors", params={"as_of": "2009-12-31"})).json()
        district = (await client.get(f"/units/{MOST_DISTRICT}/ancestors")).json()["hierarchies"]
        unknown = await client.get(f"/units/{UUID(int=7)}/ancestors")
    ways = {way["hierarchy"]: [unit["kind"] for unit in way["units"]] for way in found}
    assert ways == {"district": ["district", "region", "state"], "orp": ["pou", "orp", "region", "state"]}
    assert before["hierarchies"][1]["units"] == []
    assert [way["hierarchy"] for way in district] == ["district"]
    assert (unknown.status_code, code_of(unknown)) == (404, "unit-unknown")


async def test_lists_of_members_cost_two_statements_and_unknown_units_are_not_found(
    places: ServiceUnderTest,
) -> None:
    async with places.client() as client:
        with places.counted_statements() as statements:
            await names(client, DSO[0].id, "members")
        assert len(statements) == 2
        assert (await client.get(f"/units/{UUID(int=7)}/members")).status_code == 404


async def within(service: ServiceUnderTest, unit: UUID, **filters: str) -> set[str]:
    async with service.client() as client:
        answer = await client.get(
            "/units", params={"filter[kind]": "municipality", "filter[within]": str(unit), **filters}
        )
    assert answer.status_code == 200, answer.text
    return {each["name"] for each in answer.json()["items"]}


async def test_municipalities_within_a_unit_are_found_whatever_its_kind(places: ServiceUnderTest) -> None:
    async with places.client(ADMINISTRATOR) as client:
        await added(client, group=POU)
        await added(client, unit=TRMICE, group=DSO, valid_until="2020-12-31")
        await added(client, unit=DSO, group=UNION)
        await added(client, unit=OBEC, group=UNION, valid_from="2022-01-01")
    both = {"Obrnice", "Trmice"}
    for unit in (STATE, REGION, DISTRICT):
        assert await within(places, unit[0].id) == both
    for unit in (ORP, POU):
        assert await within(places, unit[0].id) == {"Obrnice"}
    assert await within(places, OTHER_POU[0].id) == set()
    assert await within(places, OBRNICE) == {"Obrnice"}
    assert await within(places, DSO[0].id, as_of="2020-12-31") == {"Trmice"}
    assert await within(places, DSO[0].id, as_of="2021-01-01") == set()
    assert await within(places, UNION[0].id, as_of="2020-06-30") == {"Trmice"}
    assert await within(places, UNION[0].id) == {"Obrnice"}


async def test_members_of_an_association_do_not_lie_in_its_region(registry: ServiceUnderTest) -> None:
    seated = registered_unit(UnitKind.MUNICIPALITY_ASSOCIATION, "14117223", "Mikroregion", REGION[0])
    stranger = a_municipality("553697", "Trmice")
    await register_all(registry, [STATE, REGION, DISTRICT, OBEC, stranger, seated])
    async with registry.client(ADMINISTRATOR) as client:
        await added(client, unit=stranger, group=seated)
        answer = await client.get("/units", params={"filter[within]": str(USTI_REGION)})
    assert await within(registry, USTI_REGION) == {"Obrnice"}
    listed = {each["name"] for each in answer.json()["items"]}
    assert listed == {"Ústecký kraj", "Most", "Obrnice", "Mikroregion"}


async def test_the_country_set_in_bulk_moves_to_other_pous_and_again_changes_nothing(
    registry: ServiceUnderTest,
) -> None:
    country = await a_country_of_units(registry, municipalities=500)
    rows = [
        MembershipTold(unit, country.pous[n % 7], date(2024, 1, 1))
        for n, unit in enumerate(country.municipalities)
    ]
    async with registry.transaction() as tx:
        first = await set_memberships(tx, rows, source="2024")
    async with registry.transaction() as tx:
        with registry.counted_statements() as statements:
            again = await set_memberships(tx, rows, source="2024")
    stayed = 500 - first.begun
    assert (first.changed, first.refused, stayed < 10) == (first.begun, {}, True)
    assert (again.begun, again.changed, again.refused) == (0, 0, {})
    assert len(statements) <= 3


FILE = "IČO;Kód obce;od;do\n14117223;567337;01.07.2014;\n14117223;553697;2015-01-01;31.12.2020\n"
IMPORTS = "/memberships/imports"


async def test_members_of_an_association_come_from_a_file_and_again_change_nothing(
    places: ServiceUnderTest,
) -> None:
    async with places.client(ANALYST) as client:
        dry = await client.post(IMPORTS, content=FILE.encode("cp1250"), params={"dry_run": "true"})
        assert await names(client, DSO[0].id, "members") == []
        first = await client.post(IMPORTS, content=FILE.encode("cp1250"))
        again = await client.post(IMPORTS, content=FILE.encode())
        assert await names(client, DSO[0].id, "members", as_of="2020-12-31") == ["Obrnice", "Trmice"]
        assert await names(client, DSO[0].id, "members") == ["Obrnice"]
    assert dry.json()["changes"] == first.json()["changes"] == {"begun": 2, "changed": 0}
    assert again.json()["changes"] == {"begun": 0, "changed": 0}


async def test_bad_rows_of_a_list_of_members_are_told_by_row_and_column(places: ServiceUnderTest) -> None:
    bad = (
        "14117224;567337;2014-07-01;\n14117223;567338;2014-07-01;\n14117223;567337;července;\n"
        "14117223;567337;;\n66002222;567337;2014-07-01;\n14117223;562858;2014-07-01;\n"
        "14117223;567337;1999-07-01;\n14117223;567337;2016-01-01;2015-01-01\n14117223;553697;2014-01-01;\n"
    )
    content = FILE + bad
    async with places.client(ANALYST) as client:
        refused = await client.post(IMPORTS, content=content.encode())
        assert await names(client, DSO[0].id, "members") == []
        kept = await client.post(IMPORTS, content=content.encode(), params={"on_bad_rows": "keep-good"})
        assert await names(client, DSO[0].id, "members", as_of="2018-01-01") == ["Obrnice", "Trmice"]
    assert (refused.status_code, code_of(refused)) == (422, "rows-refused")
    report = kept.json()
    found = {problem["row"]: problem["column"] for problem in report["problems"]}
    assert (report["accepted"], report["refused"]) == (3, 8)
    assert found == {
        4: "ičo",
        5: "kód obce",
        6: "od",
        7: "od",
        8: "ičo",
        9: "kód obce",
        10: None,
        11: "do",
    }
