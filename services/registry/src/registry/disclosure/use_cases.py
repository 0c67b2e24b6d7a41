"""Decide what of a vintage is hidden, protect a table that somebody brings, and answer for a sum."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Final
from uuid import UUID

from registry.disclosure import release_repository, repository
from registry.disclosure.decisions import Country, SumAnswer, answered, decide
from registry.disclosure.domain import NothingReleased, Part, Policy
from registry.disclosure.lattice import Table
from registry.disclosure.protection import Protected, protect
from registry.disclosure.system import Released
from shared.transaction import Transaction

_ONE_AT_A_TIME: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="protection")


async def protect_vintage(tx: Transaction, vintage_id: int) -> int:
    """Decide once and for all what of the vintage is hidden, sums included; return how many cells that is.

    Nothing is decided for a source that is shown as it was published. Asked again, it decides only on
    sums that were not there before (a new association, say).
    """
    policy = await repository.policy_of(tx.session, vintage_id)
    if policy is None or policy.suppress_below is None:
        return 0
    await release_repository.hold(tx.session)
    parts = await repository.parts_of(tx.session, vintage_id)
    countries: dict[date, Country] = {}
    hidden = 0
    for part in parts:
        if part.last_day not in countries:
            countries[part.last_day] = await _country_on(tx, part.last_day)
        hidden += await _release(tx, part, vintage_id, policy, countries[part.last_day])
    return hidden


async def protect_table(table: Table, k: int, earlier: Sequence[Released]) -> Protected:
    """Protect a table beside the event loop, one at a time in a process; nothing is kept of it."""
    return await asyncio.get_running_loop().run_in_executor(_ONE_AT_A_TIME, protect, table, k, earlier)


async def answer_for_sum(
    tx: Transaction, *, series: str, period: date, unit_ids: frozenset[UUID]
) -> SumAnswer:
    """Return the sum of the units as it may be told, by the latest release of the series and period.

    Figures, releases and what they are made of are of one state: nobody releases meanwhile.
    """
    await release_repository.hold_to_read(tx.session)
    part = await repository.part_of(tx.session, series, period)
    if part is None:
        raise NothingReleased
    figures = await release_repository.figures_of(tx.session, part)
    releases = await release_repository.releases_of(tx.session, part)
    country = await _country_on(tx, part.last_day)
    return await asyncio.to_thread(answered, figures, releases, country, unit_ids)


async def _country_on(tx: Transaction, day: date) -> Country:
    return Country(
        edges=await release_repository.edges_on(tx.session, day),
        towns=await release_repository.municipalities(tx.session),
        towns_then=await release_repository.municipalities_on(tx.session, day),
    )


async def _release(tx: Transaction, part: Part, vintage_id: int, policy: Policy, country: Country) -> int:
    figures = await release_repository.figures_of(tx.session, part)
    releases = await release_repository.releases_of(tx.session, part)
    decision = await asyncio.to_thread(
        decide,
        figures,
        releases,
        country,
        vintage_id=vintage_id,
        source=policy.source,
        k=policy.suppress_below or 0,
    )
    if decision is None:
        return 0
    await release_repository.add_release(tx, part, vintage_id, decision)
    return len(decision.hidden)
