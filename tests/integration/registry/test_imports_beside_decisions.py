"""Imports beside decisions on single units: nobody waits in a circle, nothing is decided on what was."""

import asyncio

from registry.units import repository as units
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.files import a_csv, an_item
from tests.support.imports import ANALYST, counted, taken_over
from tests.support.interleaving import somebody_waits
from tests.support.service import ServiceUnderTest


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
