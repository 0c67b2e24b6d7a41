"""What is done with places: take over points and boundaries from a file."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from registry.exclusion.use_cases import recompute_all
from registry.geography import domain, grid, repository
from registry.geography.domain import Point, Table
from registry.geography.repository import Written
from registry.imports import use_cases as imports
from registry.imports.domain import ImportRun, OnBadRows, RowProblem, described, expect_no_bad_rows
from registry.reading import FileKind, Sheet
from registry.receiving import Upload
from shared.contracts.registry import UnitKind
from shared.transaction import Transaction

POINTS = "definition-points"
BOUNDARIES = "boundaries"


async def import_points(
    tx: Transaction, sheet: Sheet, *, upload: Upload, kind: UnitKind, dry_run: bool, on_bad_rows: OnBadRows
) -> tuple[ImportRun, UUID | None]:
    """Keep where units of a kind lie, of units that are not registered yet too; the Index follows.

    Raises RowsRefused where bad rows shall stop all, ColumnsOfPointsMissing.
    """
    points, problems = await asyncio.to_thread(_points, sheet, kind)
    await imports.take_turn(tx, POINTS)
    written = await repository.write_points(
        tx.session, points, source=_source(upload), now=tx.now, dry_run=dry_run
    )
    run = _run(POINTS, upload, written, problems, dry_run=dry_run)
    id_ = await _finish(tx, run, on_bad_rows)
    if id_ is not None and (written.added or written.changed):
        await recompute_all(tx)
    return run, id_


async def import_boundaries(
    tx: Transaction, sheet: Sheet, *, upload: Upload, kind: UnitKind, dry_run: bool, on_bad_rows: OnBadRows
) -> tuple[ImportRun, UUID | None]:
    """Keep the boundaries of units of a kind; raises RowsRefused, GeometryOfWrongKind."""
    boundaries, problems = await asyncio.to_thread(domain.boundaries_of, _table(sheet), kind)
    await imports.take_turn(tx, BOUNDARIES)
    written = await repository.write_boundaries(
        tx.session, boundaries, source=_source(upload), now=tx.now, dry_run=dry_run
    )
    run = _run(BOUNDARIES, upload, written, problems, dry_run=dry_run)
    return run, await _finish(tx, run, on_bad_rows)


def _points(sheet: Sheet, kind: UnitKind) -> tuple[list[Point], list[RowProblem]]:
    found, problems = domain.positions_of(_table(sheet), kind)
    return grid.points(kind, found), problems


def _table(sheet: Sheet) -> Table:
    return Table(
        columns=sheet.columns,
        rows=sheet.rows,
        first_row=sheet.first_row,
        of_features=sheet.kind is FileKind.GEOJSON,
    )


def _source(upload: Upload) -> str:
    return upload.name or upload.digest


def _run(
    what: str, upload: Upload, written: Written, problems: Sequence[RowProblem], *, dry_run: bool
) -> ImportRun:
    return ImportRun(
        kind=what,
        file_name=upload.name,
        file_digest=upload.digest,
        size_bytes=upload.size_bytes,
        accepted=written.added + written.changed + written.unchanged,
        refused=len(problems),
        dry_run=dry_run,
        changes={"added": written.added, "changed": written.changed, "unchanged": written.unchanged},
        problems=described(problems),
    )


async def _finish(tx: Transaction, run: ImportRun, on_bad_rows: OnBadRows) -> UUID | None:
    expect_no_bad_rows(run, on_bad_rows)
    return await imports.record(tx, run)
