"""What is done to explain: gather what the Index stands on, choose the years, split the change."""

from datetime import date

from registry.explanation import repository
from registry.explanation.decomposition import change
from registry.explanation.domain import Asked, Explained, chosen
from registry.units import repository as units
from registry.units.domain import UnitUnknown
from shared.reads import Reader


async def explain(reads: Reader, asked: Asked, *, today: date) -> Explained:
    """Explain the Index of a municipality in at most six statements; four where one method is asked for.

    Raises UnitUnknown, YearComparedToItself.
    """
    unit = await reads.row(units.ONE_AT_PRESENT, unit_id=asked.unit_id, day=today)
    if unit is None:
        raise UnitUnknown
    standings = await repository.standings(reads, asked.unit_id, method=asked.method)
    earlier = standings
    if asked.since_method is not None and asked.since_method != asked.method:
        earlier = await repository.standings(reads, asked.unit_id, method=asked.since_method)
    standing, before = chosen(asked, standings, earlier)
    return Explained(
        unit_id=asked.unit_id,
        code=unit["code"],
        name=unit["name"],
        asked=asked,
        years=[each.year for each in standings],
        standing=standing,
        before=before,
        change=change(before, standing) if standing and before else None,
        size=await repository.size_mean(reads, standing) if standing else None,
    )
