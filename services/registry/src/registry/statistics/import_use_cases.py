"""Published files become vintages: population, enforcement, jobseekers, figures that we collect ourselves."""

import asyncio
from collections.abc import Mapping
from typing import Final

from registry.imports import use_cases as imports
from registry.imports.domain import ImportRun, described, expect_no_bad_rows
from registry.reading import Sheet
from registry.receiving import Upload
from registry.statistics import repository
from registry.statistics.by_municipality import ENFORCEMENT, JOBSEEKERS, read_by_municipality
from registry.statistics.collected import read_collected
from registry.statistics.domain import (
    COLLECTED,
    WORKBOOK_SOURCE,
    FileOf,
    ImportAsked,
    Imported,
    NothingToImport,
    NoticedFigure,
    Series,
    SourceHasFileOfItsOwn,
    SourceUnknown,
)
from registry.statistics.population import read_population
from registry.statistics.resolving import Resolved, resolve
from registry.statistics.told import Telling
from registry.statistics.totals import differing_totals
from registry.statistics.vintage_use_cases import LOCK, noticed_on_arrival, store_vintage
from shared.contracts.registry import UnitKind
from shared.transaction import Transaction

_POPULATION: Final = "CSU-130149"
_BY_AGE: Final = "CSU-AGE"
_SOURCES: Final = {FileOf.ENFORCEMENT: "EKCR", FileOf.JOBSEEKERS: "MPSV-JOBSEEKERS"}


async def import_published(tx: Transaction, sheet: Sheet, *, upload: Upload, asked: ImportAsked) -> Imported:
    """Import a file of figures as a vintage of its source; the same content again changes nothing.

    Raises what is wrong with the columns, PeriodMissing, SourceUnknown, SourceHasFileOfItsOwn,
    RowsRefused, NothingToImport.
    """
    if asked.source == WORKBOOK_SOURCE:
        raise SourceHasFileOfItsOwn(pointer="query/source", source=asked.source)
    await imports.take_turn(tx, LOCK)
    series = await repository.all_series(tx.session)
    telling = await asyncio.to_thread(_read, sheet, asked, series)
    source = asked.source or _source_of(asked.of, telling)
    if await repository.source_of(tx.session, source) is None:
        raise SourceUnknown(pointer="query/source", source=source)
    known = await repository.known_units(tx.session, _kinds_of(telling))
    resolved = await asyncio.to_thread(resolve, telling, known, series)
    content = resolved.content
    found = await repository.vintage_with(tx.session, source, content.digest())
    findings: list[NoticedFigure] = []
    if found is None:
        findings = await noticed_on_arrival(tx, content)
        findings += differing_totals(telling.figures, telling.totals, known)
    run = _run_of(telling, resolved, asked=asked, upload=upload, is_new=found is None, findings=len(findings))
    expect_no_bad_rows(run, asked.on_bad_rows)
    if not content.blocks and not asked.dry_run:
        raise NothingToImport
    if found is None and not asked.dry_run:
        found = await store_vintage(
            tx, source, content, findings=findings, details=asked.details, upload=upload
        )
    return Imported(
        run=run,
        run_id=await imports.record(tx, run),
        vintage_id=found,
        is_new=bool(run.changes["vintages"]) and not asked.dry_run,
        findings=len(findings),
        parts=content.parts,
    )


def _read(sheet: Sheet, asked: ImportAsked, series: Mapping[str, Series]) -> Telling:
    match asked.of:
        case FileOf.POPULATION:
            return read_population(sheet)
        case FileOf.ENFORCEMENT:
            return read_by_municipality(sheet, ENFORCEMENT, period=asked.period)
        case FileOf.JOBSEEKERS:
            return read_by_municipality(sheet, JOBSEEKERS, period=asked.period)
        case FileOf.FIGURES:
            return read_collected(sheet, series, source=asked.source or COLLECTED)


def _source_of(of: FileOf, telling: Telling) -> str:
    if of is FileOf.POPULATION:
        by_age = any(told.series != "POP" for told in telling.figures)
        return _BY_AGE if by_age else _POPULATION
    return _SOURCES.get(of, COLLECTED)


def _kinds_of(telling: Telling) -> frozenset[UnitKind]:
    """Return the kinds of the units told of; for totals, all that lies between them and municipalities."""
    kinds = {told.kind for told in telling.figures} | {UnitKind.MUNICIPALITY}
    if telling.totals:
        kinds |= {UnitKind.STATE, UnitKind.REGION, UnitKind.DISTRICT, UnitKind.ORP, UnitKind.POU}
    return frozenset(kinds)


def _run_of(
    telling: Telling, resolved: Resolved, *, asked: ImportAsked, upload: Upload, is_new: bool, findings: int
) -> ImportRun:
    return ImportRun(
        kind=f"statistics-{asked.of.value}",
        file_name=upload.name,
        file_digest=upload.digest,
        size_bytes=upload.size_bytes,
        accepted=telling.rows - resolved.bad_rows,
        refused=resolved.bad_rows,
        dry_run=asked.dry_run,
        changes={
            "vintages": int(is_new),
            "figures": resolved.content.figure_count if is_new else 0,
            "findings": findings,
            **{f"ignored-{reason}": count for reason, count in sorted(telling.ignored.items())},
        },
        problems=described(resolved.problems),
    )
