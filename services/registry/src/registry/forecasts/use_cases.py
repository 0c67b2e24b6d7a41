"""Forecast what the editions of the Index say of the years to come."""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

from registry.exclusion.frame import Edition
from registry.exclusion.repository import edition
from registry.forecasts import run_repository
from registry.forecasts.backtest import LEAST_HISTORY, horizons
from registry.forecasts.domain import (
    EditionUsed,
    HistoryTooShort,
    Run,
    digest_of_inputs,
    id_of,
    seed_of,
)
from registry.forecasts.history import gaps, index_gaps, panel_of
from registry.forecasts.index_outlook import index_outlook
from registry.forecasts.outlook import outlook
from registry.forecasts.records import Records, records_of
from shared.reads import Reader
from shared.transaction import Transaction


async def forecast(tx: Transaction, reads: Reader, *, method: str | None) -> tuple[Run, bool]:
    """Forecast from the editions in force; return the run and whether it is new.

    The method is that of the newest year unless it is named; all years are taken by it, as far back as they
    follow one another. The same editions give the run that is there. Raises HistoryTooShort. Of two requests
    at once the second waits and finds what the first has made.
    """
    await run_repository.wait_for_others(tx.session)
    editions = await _history(tx, reads, method)
    used = [EditionUsed.of(each) for each in editions]
    changed = await run_repository.territories_changed(tx.session)
    inside = {unit_id: year for unit_id, year in changed.items() if used[0].year < year <= used[-1].year}
    inputs_digest = digest_of_inputs(editions[-1].method.code, used, changed=list(inside.items()))
    run_id = id_of(inputs_digest)
    known = await run_repository.known_run(tx.session, run_id)
    if known is not None:
        return known, False
    records = await asyncio.to_thread(
        compute, editions, run_id=run_id, changed=inside, seed=seed_of(inputs_digest)
    )
    run = Run(
        id=run_id,
        method=editions[-1].method.code,
        editions=used,
        horizon=len(horizons(len(used))),
        inputs_digest=inputs_digest,
        results_digest=records.digest,
        municipalities=len(records.units),
        forecast=records.index["unit_id"].n_unique(),
        computed_by=tx.actor.id,
        computed_at=tx.now,
    )
    await run_repository.add(tx.session, run, records)
    return run, True


async def _history(tx: Transaction, reads: Reader, method: str | None) -> list[Edition]:
    """Return the editions of consecutive years up to the newest, oldest first, all of one method."""
    known = await run_repository.years_in_force(tx.session, method)
    if known and method is None:
        method = known[0][1]
        known = await run_repository.years_in_force(tx.session, method)
    years = [year for i, (year, _) in enumerate(known) if year == known[0][0] - i]
    if len(years) < LEAST_HISTORY:
        raise HistoryTooShort(needed=LEAST_HISTORY, known=len(years))
    found = [await edition(reads, year=year, method=method) for year in reversed(years)]
    return [each for each in found if each is not None]


def compute(editions: Sequence[Edition], *, run_id: UUID, changed: Mapping[UUID, int], seed: int) -> Records:
    """Return all that a run says: pure, some seconds for a whole country."""
    panel = panel_of(editions, changed=changed)
    found = outlook(panel)
    index = index_outlook(editions, found, seed=seed)
    missing = list(gaps(editions, panel, changed=changed))
    missing += index_gaps(editions, panel, missing, donors=editions[-1].results.donors)
    return records_of(run_id, editions, found, index, missing)
