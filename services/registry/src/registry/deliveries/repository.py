"""SQL of deliveries: of which series there are figures of a data year."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from registry.statistics.tables import VintagePartRow


async def series_of_years(session: AsyncSession, years: Collection[int]) -> dict[int, set[str]]:
    """Return the series with figures of the years, whichever vintage they are of."""
    part = VintagePartRow
    rows = select(part.series, part.period).where(part.period.in_([date(year, 1, 1) for year in years]))
    found: dict[int, set[str]] = {}
    for series, period in await session.execute(rows.distinct()):
        found.setdefault(period.year, set()).add(series)
    return found
