"""SQL of retention rules, legal holds and disposals."""

from datetime import date, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import (
    Text,
    Uuid,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.files.tables import VersionRow
from documents.retention.domain import (
    Basis,
    Disposal,
    DisposalState,
    Hold,
    Mark,
    Rule,
)
from documents.retention.tables import DisposalRow, DisposedVersionRow, LegalHoldRow, RetentionRuleRow
from shared.reads import Query


async def latest_rule(session: AsyncSession, kind: str) -> date | None:
    """Return the day of the newest edition for a kind, under a lock of the table's editions."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"retention\n{kind}", 0))))
    return await session.scalar(
        select(func.max(RetentionRuleRow.valid_from)).where(RetentionRuleRow.kind == kind)
    )


async def insert_rule(session: AsyncSession, rule: Rule, *, by: str, now: datetime) -> None:
    await session.execute(
        insert(RetentionRuleRow).values(
            id=rule.id,
            kind=rule.kind,
            valid_from=rule.valid_from,
            mark=rule.mark.value,
            years=rule.years,
            trigger=rule.trigger.value,
            source=rule.source,
            created_at=now,
            created_by=by,
            version=1,
        )
    )


async def insert_hold(session: AsyncSession, hold: Hold) -> None:
    await session.execute(
        insert(LegalHoldRow).values(
            id=hold.id,
            document_id=hold.document_id,
            reason=hold.reason,
            placed_at=hold.placed_at,
            placed_by=hold.placed_by,
            version=hold.version,
        )
    )


async def lock_hold(session: AsyncSession, hold_id: UUID) -> Hold | None:
    row = await session.scalar(select(LegalHoldRow).where(LegalHoldRow.id == hold_id).with_for_update())
    if row is None:
        return None
    return Hold(
        id=row.id,
        document_id=row.document_id,
        reason=row.reason,
        placed_at=row.placed_at,
        placed_by=row.placed_by,
        lifted_at=row.lifted_at,
        version=row.version,
    )


async def lift_hold(session: AsyncSession, hold_id: UUID, *, by: str, because: str, now: datetime) -> None:
    await session.execute(
        update(LegalHoldRow)
        .where(LegalHoldRow.id == hold_id)
        .values(lifted_at=now, lifted_by=by, lifted_because=because, version=LegalHoldRow.version + 1)
    )


async def insert_disposal(session: AsyncSession, disposal: Disposal, *, now: datetime) -> bool:
    """Insert; return False where a disposal of the document stands already."""
    statement = upsert(DisposalRow).values(
        id=disposal.id,
        document_id=disposal.document_id,
        kind=disposal.kind,
        basis=disposal.basis.value,
        reason=disposal.reason,
        mark=disposal.mark.value if disposal.mark else None,
        due_on=disposal.due_on,
        state=disposal.state.value,
        proposed_at=now,
        proposed_by=disposal.proposed_by,
        version=disposal.version,
    )
    made = await session.scalar(statement.on_conflict_do_nothing().returning(DisposalRow.id))
    return made is not None


async def lock_disposal(session: AsyncSession, disposal_id: UUID) -> Disposal | None:
    row = await session.scalar(select(DisposalRow).where(DisposalRow.id == disposal_id).with_for_update())
    if row is None:
        return None
    return Disposal(
        id=row.id,
        document_id=row.document_id,
        kind=row.kind,
        basis=Basis(row.basis),
        reason=row.reason,
        mark=Mark(row.mark) if row.mark else None,
        due_on=row.due_on,
        state=DisposalState(row.state),
        proposed_by=row.proposed_by,
        version=row.version,
    )


async def save_decision(
    session: AsyncSession, disposal: Disposal, *, by: str, because: str | None, now: datetime
) -> None:
    await session.execute(
        update(DisposalRow)
        .where(DisposalRow.id == disposal.id)
        .values(
            state=disposal.state.value,
            decided_at=now,
            decided_by=by,
            decided_because=because,
            version=disposal.version,
        )
    )


async def record_disposed(session: AsyncSession, disposal: Disposal, *, now: datetime) -> None:
    """Keep what each version was, by all its formats; from here on it holds no bytes in the store."""
    main = select(
        VersionRow.document_id,
        VersionRow.number,
        bindparam("disposal_id", disposal.id, type_=Uuid),
        VersionRow.digest,
        VersionRow.size_bytes,
        VersionRow.media_type,
    ).where(VersionRow.document_id == disposal.document_id)
    names = ["document_id", "number", "disposal_id", "digest", "size_bytes", "media_type"]
    disposed = upsert(DisposedVersionRow).from_select(names, main)
    await session.execute(disposed.on_conflict_do_nothing())  # what an earlier disposal took has its record
    await session.execute(
        update(DisposalRow)
        .where(DisposalRow.id == disposal.id)
        .values(state=DisposalState.CARRIED_OUT.value, carried_out_at=now, version=DisposalRow.version + 1)
    )


_RULES = RetentionRuleRow.__table__.c


@cache
def rules(*filters: str) -> Query:
    listed = select(
        *(_RULES[name] for name in ("id", "kind", "valid_from", "mark", "years", "trigger", "source"))
    )
    if "kind" in filters:
        listed = listed.where(RetentionRuleRow.kind == bindparam("kind", type_=Text))
    return Query(listed, keys=(_RULES.kind, _RULES.valid_from))


_HOLDS = LegalHoldRow.__table__.c


@cache
def holds(*filters: str) -> Query:
    listed = select(
        *(
            _HOLDS[name]
            for name in (
                *("id", "document_id", "reason", "placed_at", "placed_by"),
                *("lifted_at", "lifted_by", "lifted_because", "version"),
            )
        )
    )
    if "document" in filters:
        listed = listed.where(LegalHoldRow.document_id == bindparam("document", type_=Uuid))
    return Query(listed, keys=(_HOLDS.placed_at, _HOLDS.id), descending=True)


_DISPOSALS = DisposalRow.__table__.c
_DISPOSAL = select(*(column for column in _DISPOSALS))
DISPOSAL = Query(_DISPOSAL.where(DisposalRow.id == bindparam("id", type_=Uuid)), version="version")


@cache
def disposals(*filters: str) -> Query:
    listed = _DISPOSAL
    if "state" in filters:
        listed = listed.where(DisposalRow.state == bindparam("state", type_=Text))
    return Query(listed, keys=(_DISPOSALS.proposed_at, _DISPOSALS.id), descending=True)
