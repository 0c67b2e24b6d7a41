"""SQL of statistics: sources and series, vintages with their figures by COPY, which of them is in force."""

import csv
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from io import StringIO
from typing import Final, cast

from sqlalchemy import ColumnElement, Table, or_, select, text
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from registry.memberships.tables import MembershipRow
from registry.statistics.domain import NewVintage, NoticedFigure, Periodicity, Series, Source
from registry.statistics.figures import COLUMNS, Content
from registry.statistics.newcomers import KnownUnit
from registry.statistics.tables import FigureRow, FindingRow, SeriesRow, SourceRow, VintagePartRow, VintageRow
from registry.units.tables import UnitRow, UnitStateRow
from shared.bulk import copy_in
from shared.contracts.registry import UnitKind

_MANY: Final = 10_000
"""So many new figures mislead the planner until it counts them: 30 ms now, or slow lists for a minute."""
_FINDING_COLUMNS: Final = ("vintage_id", "number", "kind", "series", "period", "unit_id", "facts")


async def add_sources(session: AsyncSession, sources: Sequence[Source]) -> set[str]:
    """Insert those that are not there yet and return their codes."""
    statement = insert(SourceRow).on_conflict_do_nothing().returning(SourceRow.code)
    return set(await session.scalars(statement, [asdict(source) for source in sources]))


async def add_series(session: AsyncSession, series: Sequence[Series]) -> set[str]:
    """Insert those that are not there yet and return their codes."""
    statement = insert(SeriesRow).on_conflict_do_nothing().returning(SeriesRow.code)
    return set(await session.scalars(statement, [asdict(each) for each in series]))


async def source_of(session: AsyncSession, code: str) -> Source | None:
    row = await session.get(SourceRow, code)
    if row is None:
        return None
    return Source(
        code=row.code,
        name_cs=row.name_cs,
        name_en=row.name_en,
        publisher=row.publisher,
        licence=row.licence,
        url=row.url,
        suppress_below=row.suppress_below,
        in_parts=row.in_parts,
    )


async def all_series(session: AsyncSession) -> dict[str, Series]:
    rows = await session.scalars(select(SeriesRow))
    return {
        row.code: Series(
            code=row.code,
            name_cs=row.name_cs,
            name_en=row.name_en,
            definition_cs=row.definition_cs,
            definition_en=row.definition_en,
            unit_of_measure=row.unit_of_measure,
            periodicity=Periodicity(row.periodicity),
            source=row.source,
            denominator=row.denominator,
        )
        for row in rows
    }


async def known_units(
    session: AsyncSession, kinds: Collection[UnitKind]
) -> dict[tuple[UnitKind, str], KnownUnit]:
    """Return the units of these kinds by kind and code, each in its latest state, with its present POÚ."""
    is_pou = (MembershipRow.group_kind == UnitKind.POU.value) & MembershipRow.valid_until.is_(None)
    members = await session.execute(select(MembershipRow.unit_id, MembershipRow.group_id).where(is_pou))
    groups = {row.unit_id: row.group_id for row in members}
    rows = await session.execute(
        select(
            UnitRow.kind,
            UnitStateRow.code,
            UnitRow.id,
            UnitStateRow.name,
            UnitStateRow.parent_id,
            UnitRow.valid_from,
            UnitRow.valid_until,
            UnitStateRow.csu_code,
        )
        .join(UnitStateRow, UnitStateRow.unit_id == UnitRow.id)
        .where(UnitRow.kind.in_([kind.value for kind in kinds]))
        .ext(distinct_on(UnitRow.id))
        .order_by(UnitRow.id, UnitStateRow.valid_from.desc())
    )
    by_name = {kind.value: kind for kind in kinds}
    return {
        (by_name[kind], code or ""): KnownUnit(
            id=id_,
            name=name,
            parent_id=parent_id,
            valid_from=valid_from,
            valid_until=valid_until,
            csu_code=csu_code,
            group_id=groups.get(id_),
        )
        for kind, code, id_, name, parent_id, valid_from, valid_until, csu_code in rows
    }


async def vintage_with(session: AsyncSession, source: str, content_digest: str) -> int | None:
    """Return the latest vintage of the source with exactly this content, unless it was outdone since.

    A later vintage of the source outdoes a part that it holds too; one in parts, where it has a unit of it.
    """
    same = select(VintageRow.id).where(
        VintageRow.source == source, VintageRow.content_digest == content_digest
    )
    latest = await session.scalar(same.order_by(VintageRow.id.desc()).limit(1))
    if latest is None or await session.scalar(select(_outdone(source, latest))):
        return None
    return latest


def _outdone(source: str, vintage_id: int) -> ColumnElement[bool]:
    part, newer, of_newer = aliased(VintagePartRow), aliased(VintagePartRow), aliased(VintageRow)
    figure, again = aliased(FigureRow), aliased(FigureRow)
    same_unit = (
        select(figure.unit_id)
        .join(
            again,
            (again.series == figure.series)
            & (again.period == figure.period)
            & (again.unit_id == figure.unit_id),
        )
        .where(
            figure.series == part.series,
            figure.period == part.period,
            figure.vintage_id == part.vintage_id,
            again.vintage_id == newer.vintage_id,
        )
        .correlate(part, newer)
    )
    return (
        select(newer.vintage_id)
        .join(part, (part.series == newer.series) & (part.period == newer.period))
        .join(of_newer, of_newer.id == newer.vintage_id)
        .where(
            part.vintage_id == vintage_id,
            newer.vintage_id > vintage_id,
            of_newer.source == source,
            or_(newer.in_parts.is_(False), same_unit.exists()),
        )
        .exists()
    )


async def add_vintage(
    session: AsyncSession, vintage: NewVintage, content: Content, *, own_series: Collection[str]
) -> int:
    """Store an edition with all its figures and return its id."""
    source = vintage.source
    statement = insert(VintageRow).values(
        source=source.code,
        label=vintage.label,
        published_on=vintage.published_on,
        licence=source.licence,
        note=vintage.note,
        content_digest=content.digest(),
        file_name=vintage.file_name,
        file_digest=vintage.file_digest,
        figure_count=content.figure_count,
        imported_by=vintage.imported_by,
        imported_at=vintage.imported_at,
    )
    id_ = (await session.scalars(statement.returning(VintageRow.id))).one()
    parts = [
        {
            "vintage_id": id_,
            "series": block.series,
            "period": block.period,
            "figure_count": len(block.lines),
            "of_own_source": block.series in own_series,
            "in_parts": source.in_parts,
        }
        for block in content.blocks
    ]
    await session.execute(insert(VintagePartRow), parts)
    await copy_in(session, cast(Table, FigureRow.__table__), COLUMNS, content.csv(id_))
    if content.figure_count >= _MANY:
        await session.execute(text("ANALYZE figure (series, period, vintage_id), vintage_part"))
    return id_


async def add_findings(session: AsyncSession, vintage_id: int, findings: Iterable[NoticedFigure]) -> None:
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    for number, found in enumerate(findings, start=1):
        facts = json.dumps(dict(found.facts), ensure_ascii=False)
        rows.writerow(
            (vintage_id, number, found.kind.value, found.series, found.period, found.unit_id, facts)
        )
    await copy_in(session, cast(Table, FindingRow.__table__), _FINDING_COLUMNS, out.getvalue().encode())
