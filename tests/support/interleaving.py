"""Two transactions at once, step by step: one goes on only when the other is known to wait for it."""

from sqlalchemy import text

from tests.support.eventually import eventually
from tests.support.service import ServiceUnderTest

_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def somebody_waits(service: ServiceUnderTest) -> None:
    """Return when a transaction waits for a lock that another one holds."""

    async def waiting() -> int:
        async with service.resources.engine.connect() as connection:
            return await connection.scalar(_WAITING) or 0

    await eventually("a transaction waits for a lock", waiting)
