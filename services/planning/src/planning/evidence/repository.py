"""Statements that write evidence, lock it, and find what a new edition casts doubt on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from planning.evidence.domain import (
    OF_INDEX,
    Citation,
    Claim,
    Evidence,
    Freshness,
    Judgement,
    Measure,
    StepKind,
    Upheld,
)
from planning.evidence.tables import EvidenceRow, EvidenceStepRow, HeardEditionRow
from shared.canonical import plain
from shared.reads import Compiled, create_read_pool
from shared.stored import from_row
from shared.transaction import Transaction

E = EvidenceRow
_CITED: Final = (
    "title",
    "unit_id",
    "series",
    "period",
    "vintage",
    "method",
    "value",
    "url",
    "document_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A unit of which a series (None: the Index) is cited, and the oldest period of it that is."""

    series: str | None
    unit_id: UUID
    since: date


async def lock(session: AsyncSession, evidence_id: UUID) -> Evidence | None:
    """Load a link; nobody else decides on it until we commit."""
    row = await session.scalar(
        select(E).where(E.id == evidence_id).with_for_update().execution_options(populate_existing=True)
    )
    return _evidence(row) if row is not None else None


async def plan_of(session: AsyncSession, evidence_id: UUID) -> UUID | None:
    return await session.scalar(select(E.plan_id).where(E.id == evidence_id))


async def count_of_plan(session: AsyncSession, plan_id: UUID) -> int:
    found = select(func.count()).where(E.plan_id == plan_id, E.removed_on.is_(None))
    return await session.scalar(found) or 0


async def of_plan(session: AsyncSession, plan_id: UUID) -> list[Evidence]:
    """Return the links of a plan that were not removed, the oldest first; nodes of some may be gone."""
    rows = await session.scalars(select(E).where(E.plan_id == plan_id, E.removed_on.is_(None)).order_by(E.id))
    return [_evidence(row) for row in rows]


async def lock_citing(session: AsyncSession, series: str | None, *, until: date) -> list[Evidence]:
    """Lock all links that cite a series, or the Index, up to a day, in the order of their ids."""
    rows = await session.scalars(
        select(E)
        .where(_cites(series), E.period <= until, E.removed_on.is_(None))
        .order_by(E.id)
        .with_for_update()
    )
    return [_evidence(row) for row in rows]


async def citing(session: AsyncSession, until: Mapping[str | None, date]) -> list[Cited]:
    """Return of which units each series is cited for a period up to the day given with it."""
    if not until:
        return []
    rows = await session.execute(_citing(until))
    return [from_row(Cited, dict(row)) for row in rows.mappings()]


async def read_citing(database_url: str, until: Mapping[str | None, date]) -> list[Cited]:
    """Return the same on a connection of its own, for a question that is asked outside any transaction."""
    if not until:
        return []
    sql = Compiled(_citing(until))
    pool = await create_read_pool(database_url, 1)
    try:
        rows = await pool.fetch(sql.sql, *sql.arguments({}))
    finally:
        await pool.close()
    return [from_row(Cited, row) for row in rows]


def _citing(until: Mapping[str | None, date]) -> Select[*tuple[object, ...]]:
    wanted = [and_(_cites(series), E.period <= day) for series, day in until.items()]
    cited = case((E.measure == Measure.FIGURE.value, E.series)).label("series")
    return (
        select(cited, E.unit_id, func.min(E.period).label("since"))
        .where(or_(*wanted), E.removed_on.is_(None))
        .group_by(literal_column("1"), E.unit_id)
        .order_by(literal_column("1"), E.unit_id)
    )


async def reach(session: AsyncSession, positions: Mapping[str | None, int]) -> dict[str | None, int]:
    """Note how far the registry is and return how far it was ever heard to be.

    Whoever notes the same series waits until we commit.
    """
    rows = [{"series": s or "", "position": positions[s]} for s in sorted(positions, key=lambda s: s or "")]
    statement = upsert(HeardEditionRow).values(rows)
    farthest = func.greatest(HeardEditionRow.position, statement.excluded.position)
    told = statement.on_conflict_do_update(index_elements=["series"], set_={"position": farthest})
    found = await session.execute(told.returning(HeardEditionRow.series, HeardEditionRow.position))
    return {series or None: position for series, position in found}


def _cites(series: str | None) -> ColumnElement[bool]:
    if series is None:
        return E.measure.in_(sorted(OF_INDEX))
    return and_(E.measure == Measure.FIGURE.value, E.series == series)


async def add(session: AsyncSession, evidence: Evidence, *, now: datetime) -> None:
    await session.execute(
        insert(E).values(
            id=evidence.id,
            plan_id=evidence.plan_id,
            node_id=evidence.node_id,
            created_at=now,
            changed_at=now,
            **_values(evidence),
        )
    )


async def save(session: AsyncSession, links: Sequence[Evidence], *, now: datetime) -> None:
    if links:
        rows = [{"id": each.id, "changed_at": now, **_values(each)} for each in links]
        await session.execute(update(E), rows)


async def note_checked(
    session: AsyncSession, evidence_ids: Collection[UUID], *, position: int, now: datetime
) -> None:
    """Note of many links at once how far the registry was when they were checked."""
    await session.execute(update(E).where(E.id.in_(evidence_ids)).values(position=position, checked_at=now))


async def add_steps(tx: Transaction, links: Sequence[Evidence], kind: StepKind, note: str = "") -> None:
    """Note what became of links, all in the same way."""
    said = {
        "kind": kind.value,
        "note": note,
        "actor": tx.actor.id,
        "affiliation": tx.actor.affiliation,
        "at": tx.now,
    }
    if links:
        await tx.session.execute(insert(EvidenceStepRow), [{**_step(each), **said} for each in links])


def _step(evidence: Evidence) -> dict[str, object]:
    judgement = evidence.judgement
    return {
        "evidence_id": evidence.id,
        "version": evidence.version,
        "state": judgement.state.value,
        "reason_cs": judgement.reason_cs,
        "reason_en": judgement.reason_en,
        "citation": plain(evidence.citation),
    }


def _values(evidence: Evidence) -> dict[str, object]:
    citation, claim, judgement = evidence.citation, evidence.citation.claim, evidence.judgement
    return {
        "version": evidence.version,
        "measure": citation.measure.value,
        **{name: getattr(citation, name) for name in _CITED},
        "claim": claim.text,
        "at_least": claim.at_least,
        "at_most": claim.at_most,
        "tolerance_percent": claim.tolerance_percent,
        "state": judgement.state.value,
        "reason_cs": judgement.reason_cs,
        "reason_en": judgement.reason_en,
        "current_value": judgement.value,
        "current_from": judgement.period,
        "current_vintage": judgement.vintage,
        "position": evidence.position,
        "upheld": plain(asdict(evidence.upheld)) if evidence.upheld else None,
        "removed_on": evidence.removed_on,
    }


def _evidence(row: EvidenceRow) -> Evidence:
    claim = Claim(
        text=row.claim,
        at_least=row.at_least,
        at_most=row.at_most,
        tolerance_percent=row.tolerance_percent,
    )
    cited = {name: getattr(row, name) for name in _CITED}
    return Evidence(
        id=row.id,
        version=row.version,
        plan_id=row.plan_id,
        node_id=row.node_id,
        citation=Citation(measure=Measure(row.measure), claim=claim, **cited),
        judgement=Judgement(
            state=Freshness(row.state),
            reason_cs=row.reason_cs,
            reason_en=row.reason_en,
            value=row.current_value,
            period=row.current_from,
            vintage=row.current_vintage,
        ),
        position=row.position,
        upheld=from_row(Upheld, row.upheld) if row.upheld else None,
        removed_on=row.removed_on,
    )
