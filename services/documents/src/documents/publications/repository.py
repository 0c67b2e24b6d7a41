"""Every statement on requests for release; `list_repository` reads them and what is public."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from documents.publications.domain import Request, RequestState
from documents.publications.findings import Finding, FindingKind, Verdict
from documents.publications.tables import ReleaseFindingRow, ReleaseRequestRow
from shared.transaction import Transaction

R = ReleaseRequestRow.__table__.c
F = ReleaseFindingRow.__table__.c
_OPEN = R.state.in_([RequestState.CHECKING.value, RequestState.OPEN.value])


async def document_of(session: AsyncSession, request_id: UUID) -> UUID | None:
    """Return the document that a request is about; it is locked before the request."""
    found: UUID | None = await session.scalar(select(R.document_id).where(R.id == request_id))
    return found


async def lock(session: AsyncSession, request_id: UUID) -> Request | None:
    row = await session.scalar(
        select(ReleaseRequestRow)
        .where(R.id == request_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return None if row is None else _request(row)


async def lock_open(session: AsyncSession, document_id: UUID) -> Request | None:
    """Lock the request that is open for a document."""
    row = await session.scalar(
        select(ReleaseRequestRow).where(R.document_id == document_id, _OPEN).with_for_update()
    )
    return None if row is None else _request(row)


def _request(row: ReleaseRequestRow) -> Request:
    return Request(
        id=row.id,
        document_id=row.document_id,
        number=row.number,
        version=row.version,
        state=RequestState(row.state),
        requested_by=row.requested_by,
        checked_at=row.checked_at,
    )


async def add(tx: Transaction, request: Request, *, note: str) -> None:
    await tx.session.execute(
        insert(ReleaseRequestRow).values(
            id=request.id,
            document_id=request.document_id,
            number=request.number,
            version=request.version,
            state=request.state.value,
            note=note,
            requested_by=request.requested_by,
            requester=tx.actor.name,
            requester_affiliation=tx.actor.affiliation,
            requested_at=tx.now,
        )
    )


async def save(tx: Transaction, request: Request, **decided: object) -> None:
    """Save where a request stands; `decided` are the columns of who decided and why."""
    values = {
        "version": request.version,
        "state": request.state.value,
        "checked_at": request.checked_at,
        **decided,
    }
    await tx.session.execute(update(ReleaseRequestRow).where(R.id == request.id).values(**values))


async def add_findings(session: AsyncSession, request_id: UUID, findings: Sequence[Finding]) -> None:
    rows = [
        {
            "request_id": request_id,
            "position": each.position,
            "kind": each.kind.value,
            "page": each.page,
            "page_label": each.page_label,
            "excerpt": each.excerpt,
        }
        for each in findings
    ]
    if rows:
        await session.execute(insert(ReleaseFindingRow), rows)


async def findings_of(session: AsyncSession, request_id: UUID) -> list[Finding]:
    rows = await session.execute(
        select(ReleaseFindingRow.__table__).where(F.request_id == request_id).order_by(F.position)
    )
    return [
        Finding(
            position=row.position,
            kind=FindingKind(row.kind),
            page=row.page,
            page_label=row.page_label,
            excerpt=row.excerpt,
            verdict=None if row.verdict is None else Verdict(row.verdict),
        )
        for row in rows
    ]


async def settle(tx: Transaction, request_id: UUID, said: Sequence[Finding], *, reason: str) -> None:
    """Write what was said to the findings; the same word to all."""
    if not said:
        return
    await tx.session.execute(
        update(ReleaseFindingRow)
        .where(F.request_id == request_id, F.position.in_([each.position for each in said]))
        .values(verdict=said[0].verdict, reason=reason, settled_by=tx.actor.id, settled_at=tx.now)
    )


async def waiting_for_check(session: AsyncSession) -> list[UUID]:
    """Return the requests whose check is not done."""
    found = await session.scalars(
        select(R.id).where(R.state == RequestState.CHECKING.value).order_by(R.id).limit(500)
    )
    return list(found)
