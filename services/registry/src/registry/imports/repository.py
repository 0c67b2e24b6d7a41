"""SQL of the log of imports."""

from dataclasses import asdict
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from registry.imports.domain import ImportRun
from registry.imports.tables import ImportRunRow
from shared.reads import Query

_SUMMARY = (
    ImportRunRow.id,
    ImportRunRow.kind,
    ImportRunRow.file_name,
    ImportRunRow.file_digest,
    ImportRunRow.size_bytes,
    (ImportRunRow.accepted_rows + ImportRunRow.refused_rows).label("rows"),
    ImportRunRow.accepted_rows.label("accepted"),
    ImportRunRow.refused_rows.label("refused"),
    ImportRunRow.outcome.label("changes"),
    ImportRunRow.imported_by,
    ImportRunRow.imported_at,
)
_LATEST = (ImportRunRow.__table__.c.imported_at, ImportRunRow.__table__.c.id)

ONE = Query(select(*_SUMMARY, ImportRunRow.problems).where(ImportRunRow.id == bindparam("id")))


@cache
def imports(*, of_kind: bool) -> Query:
    """Return the query for import runs, the latest first."""
    found = select(*_SUMMARY)
    if of_kind:
        found = found.where(ImportRunRow.kind == bindparam("kind"))
    return Query(found, keys=_LATEST, descending=True)


async def add(session: AsyncSession, run: ImportRun, *, id_: UUID, by: str, at: datetime) -> None:
    await session.execute(
        insert(ImportRunRow).values(
            id=id_,
            kind=run.kind,
            file_name=run.file_name,
            file_digest=run.file_digest,
            size_bytes=run.size_bytes,
            accepted_rows=run.accepted,
            refused_rows=run.refused,
            problems=[asdict(problem) for problem in run.problems],
            outcome=dict(run.changes),
            imported_by=by,
            imported_at=at,
        )
    )


async def wait_for_others(session: AsyncSession, what: str) -> None:
    """Hold the lock of one kind of import until the transaction ends."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"import {what}", 0))))
