"""The Index with which an application comes to the commission: whose, of which year."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from registry.commission import score_repository
from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.applications import announced, draft_json, version_of
from tests.support.commission import (
    FIRST_RECEIPT,
    SECRETARY,
    a_commission,
    checked_application,
    the_call,
)
from tests.support.comparisons import OBRNICE, SLUKNOV, TRMICE, an_edition, id_of, some_municipalities
from tests.support.geography import an_association, register_all
from tests.support.registry import code_of
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR

MIKROREGION = unit_id(UnitKind.MUNICIPALITY_ASSOCIATION, "14117223")
KINDS = frozenset({UnitKind.MUNICIPALITY, UnitKind.MUNICIPALITY_ASSOCIATION})


async def test_the_index_is_that_of_the_year_before_the_call_closed(registry: ServiceUnderTest) -> None:
    await some_municipalities(registry)
    await register_all(registry, [an_association()])
    async with registry.transaction() as tx:
        since = date(2020, 1, 1)
        rows = [MembershipTold(id_of(code), MIKROREGION, since) for code in (OBRNICE, TRMICE)]
        await set_memberships(tx, rows, source="test")
    told = {OBRNICE: (10, 1000), TRMICE: (5, 3000), SLUKNOV: (None, 4000)}
    await an_edition(registry, dict.fromkeys(told, (1, 1000)), year=2021)
    await an_edition(registry, told, year=2022)
    await an_edition(registry, dict.fromkeys(told, (30, 1000)), year=2023)
    call = await announced(registry, replace(the_call(), eligible_kinds=KINDS))
    commission_id = await a_commission(registry, members=1)
    units = [id_of(OBRNICE), MIKROREGION, id_of(SLUKNOV)]
    for hour, unit in enumerate(units):
        await checked_application(registry, unit, FIRST_RECEIPT + timedelta(hours=hour))
    async with registry.client(SECRETARY) as client:
        body = {"call_id": str(call.id), "commission_id": str(commission_id)}
        opened = (await client.post("/assessments", json=body)).json()
    async with registry.transaction() as tx:
        found = await score_repository.applicants(tx.session, opened["id"])
    assert [(each.index, each.index_year) for each in found] == [
        (Fraction(10), 2022),
        (Fraction(25, 4), 2022),
        (None, None),
    ]
    assert [each.unit_name for each in found] == ["Obrnice", "Mikroregion", "Šluknov"]


async def test_an_assessment_waits_for_the_intake_the_formal_checks_and_the_commission(
    registry: ServiceUnderTest,
) -> None:
    await some_municipalities(registry)
    call = await announced(registry, the_call())
    commission_id = await a_commission(registry, members=1)
    body = {"call_id": str(call.id), "commission_id": str(commission_id)}
    async with registry.client(SECRETARY) as client, registry.client(ADMINISTRATOR) as administrator:
        empty = await client.post("/assessments", json=body)
        early = await client.post("/assessments", json={**body, "on": "2023-04-06"})
        draft = await administrator.post("/applications", json=draft_json(id_of(OBRNICE)))
        await administrator.post(
            f"/applications/{draft.json()['id']}/submission",
            json={"received_at": FIRST_RECEIPT.isoformat()},
            headers=version_of(draft),
        )
        unchecked = await client.post("/assessments", json=body)
        found = await administrator.get(f"/commissions/{commission_id}")
        secretary = next(each["id"] for each in found.json()["seats"] if each["duty"] == "secretary")
        await administrator.post(
            f"/commissions/{commission_id}/seats/{secretary}/end",
            json={"ends_on": "2023-04-30"},
            headers=version_of(found),
        )
        incomplete = await client.post("/assessments", json=body)
    assert (empty.status_code, code_of(empty)) == (409, "nothing-to-assess")
    assert (early.status_code, code_of(early)) == (409, "call-still-takes-applications")
    assert (unchecked.status_code, code_of(unchecked)) == (409, "applications-await-formal-check")
    assert unchecked.json()["numbers"] == "KPSV21-2/001"
    assert (incomplete.status_code, code_of(incomplete)) == (409, "commission-incomplete")
