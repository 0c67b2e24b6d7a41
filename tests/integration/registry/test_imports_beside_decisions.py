"""Imports beside decisions on single units: nobody waits in a circle, nothing is decided on what was."""

import asyncio
from dataclasses import replace
from datetime import date
from uuid import UUID

from registry.imports.domain import OnBadRows
from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.units import repository as units
from registry.units.codes import unit_id
from registry.units.use_cases import register_unit
from registry.workbooks.use_cases import import_workbook
from shared.contracts.registry import IndexPublished, UnitKind
from tests.support.files import a_csv, an_item, relations
from tests.support.geography import a_feature, a_geojson, a_municipality, a_pou, register_all
from tests.support.imports import ANALYST, counted, taken_over
from tests.support.interleaving import somebody_waits
from tests.support.registry import MOST_DISTRICT, OBRNICE, some_details
from tests.support.service import ServiceUnderTest
from tests.support.statistics import TOWNS, a_sheet, an_upload, seeded, workbook_imported


async def test_an_import_locks_units_in_the_order_in_which_memberships_do(
    registry: ServiceUnderTest,
) -> None:
    codes = sorted(("567337", "556912"), key=lambda code: unit_id(UnitKind.MUNICIPALITY, code))
    first, last = (unit_id(UnitKind.MUNICIPALITY, code) for code in codes)
    async with registry.client(ANALYST) as client:
        await taken_over(client, "code-list", a_csv([an_item(code, f"Ves {code}") for code in codes[::-1]]))
        renamed = a_csv([an_item(code, f"Nová Ves {code}") for code in codes[::-1]])
        async with registry.transaction() as tx:
            await units.lock(tx.session, first, to_lean_on=True)
            importing = asyncio.create_task(taken_over(client, "code-list", renamed))
            await somebody_waits(registry)
            await units.lock(tx.session, last, to_lean_on=True)
        report = await importing
    assert counted(report) == {"changed": 2}


async def test_a_workbook_reads_who_is_registered_after_it_has_waited_for_a_registration(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    async with registry.transaction() as tx:
        details = some_details(name="Havraň", code="567141", parent_id=MOST_DISTRICT)
        await register_unit(
            tx,
            kind=UnitKind.MUNICIPALITY,
            details=details,
            valid_from=date(2010, 1, 1),
            valid_until=None,
        )
        importing = asyncio.create_task(workbook_imported(registry, a_sheet()))
        await somebody_waits(registry)
    done = await importing
    assert done.run.changes["registered"] == 3, "Most, the POÚ, the ORP"
    assert done.run.problems == ()
    assert await pous_of(registry, unit_id(UnitKind.MUNICIPALITY, "567141")) == ["42081"]


async def test_a_workbook_leaves_the_pou_that_somebody_sets_at_the_same_time(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    other = a_pou("42091", "Jiný")
    await register_all(registry, [other])
    async with registry.transaction() as tx:
        told = MembershipTold(OBRNICE, other[0].id, date(2000, 1, 1))
        await set_memberships(tx, [told], source="by-hand")
        importing = asyncio.create_task(workbook_imported(registry, a_sheet()))
        await somebody_waits(registry)
    await importing
    assert await pous_of(registry, OBRNICE) == ["42091"]


async def test_a_relation_leaves_since_when_a_pou_holds_that_somebody_sets_at_the_same_time(
    registry: ServiceUnderTest,
) -> None:
    await register_all(registry, [a_municipality(), a_pou("42091"), a_pou("42081", "Litvínov")])
    told = MembershipTold(OBRNICE, unit_id(UnitKind.POU, "42081"), date(2000, 1, 1))
    relation = a_csv(relations("43", "61", [("567337", "42091")]))
    async with registry.client(ANALYST) as client:
        async with registry.transaction() as tx:
            await set_memberships(tx, [told], source="by-hand")
            importing = asyncio.create_task(
                taken_over(client, "relations", relation, valid_from="2024-01-01")
            )
            await somebody_waits(registry)
        await importing
    assert await pous_of(registry, OBRNICE, "2023-12-31") == ["42081"]
    assert await pous_of(registry, OBRNICE, "2024-01-01") == ["42091"]


async def test_points_and_a_workbook_at_once_leave_nothing_to_compute_and_versions_in_order(
    registry: ServiceUnderTest,
) -> None:
    await seeded(registry)
    points = a_geojson(
        a_feature(567337, 13.6951, 50.5046),
        a_feature(567027, 13.6362, 50.5030),
        a_feature(567141, 13.6000, 50.4500),
    )

    async def workbook_computed(exe: int) -> None:
        async with registry.transaction() as tx:
            await import_workbook(
                tx,
                a_sheet(replace(TOWNS[0], exe=exe), *TOWNS[1:]),
                upload=an_upload(),
                year=2023,
                on_bad_rows=OnBadRows.REFUSE_ALL,
                dry_run=False,
            )

    async with registry.client(ANALYST) as client:
        answer, *_ = await asyncio.gather(
            client.post("/geography/imports/points", content=points),
            workbook_computed(750),
            workbook_computed(760),
        )
        assert answer.status_code == 200, answer.text
        assert (await client.post("/index/recompute", json={})).json()["published"] == []
        ways = (await client.get("/index/donors")).json()["items"]
    versions = [told.version for told in await registry.told(IndexPublished)]
    assert versions == list(range(1, len(versions) + 1))
    assert len(versions) >= 2
    assert [each["way"] for each in ways] == ["nearest"]


async def pous_of(registry: ServiceUnderTest, unit: UUID, day: str = "2024-01-01") -> list[str]:
    async with registry.client() as client:
        answer = await client.get(f"/units/{unit}/groups", params={"as_of": day})
    return [each["code"] for each in answer.json()["items"]]
