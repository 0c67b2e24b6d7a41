"""SQL of releases: the figures and sums they are made of, and how they are kept."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from io import StringIO
from typing import Final, cast
from uuid import UUID

from sqlalchemy import Table, func, insert, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from registry.disclosure.assembly import Composition
from registry.disclosure.decisions import Decision, HiddenCell
from registry.disclosure.domain import MARKS, Part, StoredFigure, StoredRelease
from registry.disclosure.system import Mark
from registry.disclosure.tables import CompositionRow, ReleasedSumRow, ReleaseRow, SuppressedCellRow
from registry.memberships.repository import lasts_on
from registry.memberships.tables import MembershipRow
from registry.statistics.tables import FigureRow, SourceRow, VintageRow
from registry.units.codes import ASSOCIATIONS
from registry.units.tables import UnitRow, UnitStateRow
from shared.bulk import copy_in
from shared.canonical import canonical_json, digest
from shared.contracts.registry import UnitKind
from shared.transaction import Transaction

_LOCK: Final = "registry.disclosure"
_MARK_OF: Final = {name: mark for mark, name in MARKS.items()}
_SUM_COLUMNS: Final = ("release_id", "unit_id", "composition")
_CELL_COLUMNS: Final = ("vintage_id", "series", "period", "unit_id", "mark", "reason", "release_id")


async def hold(session: AsyncSession) -> None:
    """Wait for others that release, and let others wait."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0))))


async def hold_to_read(session: AsyncSession) -> None:
    """Wait for others that release and let them wait; those that only read go on beside each other."""
    await session.execute(select(func.pg_advisory_xact_lock_shared(func.hashtextextended(_LOCK, 0))))


async def figures_of(session: AsyncSession, part: Part) -> list[StoredFigure]:
    """Load the figures of all vintages of protected sources."""
    found = await session.execute(
        select(
            FigureRow.vintage_id,
            VintageRow.source,
            SourceRow.in_parts,
            FigureRow.unit_id,
            FigureRow.value,
            FigureRow.status,
        )
        .join(VintageRow, VintageRow.id == FigureRow.vintage_id)
        .join(SourceRow, SourceRow.code == VintageRow.source)
        .where(
            FigureRow.series == part.series,
            FigureRow.period == part.period,
            SourceRow.suppress_below.is_not(None),
        )
        .order_by(FigureRow.vintage_id, FigureRow.unit_id)
    )
    return [
        StoredFigure(
            vintage_id=vintage_id,
            source=source,
            in_parts=in_parts,
            unit_id=unit_id,
            value=value,
            is_confidential=status == "confidential",
        )
        for vintage_id, source, in_parts, unit_id, value, status in found
    ]


async def edges_on(session: AsyncSession, day: date) -> dict[UUID, frozenset[UUID]]:
    """Return whom each unit belongs to: parents, POÚ, associations. An association has no parent here."""
    then = literal(day)
    parents = select(UnitStateRow.unit_id, UnitStateRow.parent_id.label("group_id")).where(
        UnitStateRow.kind.not_in([kind.value for kind in ASSOCIATIONS]),
        lasts_on(UnitStateRow, then),
    )
    groups = select(MembershipRow.unit_id, MembershipRow.group_id).where(lasts_on(MembershipRow, then))
    found: dict[UUID, set[UUID]] = {}
    for edges in (parents, groups):
        for unit_id, group_id in (await session.execute(edges)).all():
            if group_id is not None:
                found.setdefault(unit_id, set()).add(group_id)
    return {unit: frozenset(above) for unit, above in found.items()}


async def municipalities(session: AsyncSession) -> frozenset[UUID]:
    """Return all that there ever were."""
    statement = select(UnitRow.id).where(UnitRow.kind == UnitKind.MUNICIPALITY.value)
    return frozenset(await session.scalars(statement))


async def municipalities_on(session: AsyncSession, day: date) -> frozenset[UUID]:
    statement = select(UnitStateRow.unit_id).where(
        UnitStateRow.kind == UnitKind.MUNICIPALITY.value, lasts_on(UnitStateRow, literal(day))
    )
    return frozenset(await session.scalars(statement))


async def releases_of(session: AsyncSession, part: Part) -> list[StoredRelease]:
    """Load what was released of the series and period, the oldest first."""
    releases = await session.execute(
        select(ReleaseRow, VintageRow.source)
        .join(VintageRow, VintageRow.id == ReleaseRow.vintage_id)
        .where(ReleaseRow.series == part.series, ReleaseRow.period == part.period)
        .order_by(ReleaseRow.id)
    )
    found = releases.all()
    sums: dict[int, dict[UUID, Composition]] = {row.id: {} for row, _ in found}
    for release_id, unit_id, members in await session.execute(
        select(ReleasedSumRow.release_id, ReleasedSumRow.unit_id, CompositionRow.members)
        .join(CompositionRow, CompositionRow.digest == ReleasedSumRow.composition)
        .where(ReleasedSumRow.release_id.in_(sums))
    ):
        sums[release_id][unit_id] = frozenset(members)
    marks = await _marks_of(session, part)
    return [
        StoredRelease(
            vintage_id=row.vintage_id,
            source=source,
            k=row.suppress_below,
            summed=row.summed,
            sums=sums[row.id],
            marks=marks,
        )
        for row, source in found
    ]


async def _marks_of(session: AsyncSession, part: Part) -> dict[tuple[int, UUID], Mark]:
    cells = await session.execute(
        select(SuppressedCellRow.vintage_id, SuppressedCellRow.unit_id, SuppressedCellRow.mark).where(
            SuppressedCellRow.series == part.series, SuppressedCellRow.period == part.period
        )
    )
    return {(vintage_id, unit_id): _MARK_OF[mark] for vintage_id, unit_id, mark in cells}


async def add_release(tx: Transaction, part: Part, vintage_id: int, decision: Decision) -> None:
    """Keep a decision: the release, the sums in it, and what of it all is hidden."""
    statement = (
        insert(ReleaseRow)
        .values(
            vintage_id=vintage_id,
            series=part.series,
            period=part.period,
            suppress_below=decision.k,
            summed=decision.summed,
            cells=decision.cells,
            small=decision.small,
            complementary=decision.complementary,
            exposed=decision.exposed,
            loss_percent=decision.loss_percent,
            released_by=tx.actor.id,
            released_at=tx.now,
        )
        .returning(ReleaseRow.id)
    )
    release_id = (await tx.session.execute(statement)).scalar_one()
    await _add_sums(tx.session, release_id, decision.sums)
    await _add_cells(tx.session, part, release_id, decision.hidden)


async def _add_sums(session: AsyncSession, release_id: int, sums: Mapping[UUID, Composition]) -> None:
    if not sums:
        return
    lists = {unit: sorted(members, key=str) for unit, members in sums.items()}
    digests = {unit: digest(canonical_json(members)) for unit, members in lists.items()}
    compositions = {digests[unit]: members for unit, members in lists.items()}
    await session.execute(
        upsert(CompositionRow).on_conflict_do_nothing(),
        [{"digest": key, "members": members} for key, members in sorted(compositions.items())],
    )
    rows = [(release_id, unit, digests[unit]) for unit in sums]
    await copy_in(session, cast(Table, ReleasedSumRow.__table__), _SUM_COLUMNS, _csv(rows))


async def _add_cells(
    session: AsyncSession, part: Part, release_id: int, hidden: Iterable[HiddenCell]
) -> None:
    rows = [
        (
            each.vintage_id,
            part.series,
            part.period,
            each.unit_id,
            MARKS[each.mark],
            "primary" if each.is_small else "complementary",
            release_id,
        )
        for each in hidden
    ]
    await copy_in(session, cast(Table, SuppressedCellRow.__table__), _CELL_COLUMNS, _csv(rows))


def _csv(rows: Iterable[tuple[object, ...]]) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
