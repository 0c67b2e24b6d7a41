"""What is done with statistics: a new source or series, the yearly workbook of the Index."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from registry.imports import use_cases as imports
from registry.imports.domain import ImportRun, OnBadRows, RowProblem, described, expect_no_bad_rows
from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.reading import Sheet
from registry.receiving import Upload
from registry.statistics import domain, repository
from registry.statistics.contradictions import contradictions_in
from registry.statistics.domain import (
    WORKBOOK_SOURCE,
    CodeTaken,
    NothingToImport,
    NoticedFigure,
    Series,
    Source,
    SourceUnknown,
    VintageDetails,
    WorkbookImported,
)
from registry.statistics.figures import Block, Content, block_of_numbers, content_of
from registry.statistics.index_workbook import COUNTS, IndexWorkbook, read_workbook
from registry.statistics.newcomers import Known, Placed, place_units
from registry.statistics.vintage_use_cases import LOCK, noticed_on_arrival, store_vintage
from registry.units import history_repository
from registry.units.use_cases import register_missing
from shared.contracts.registry import UnitKind
from shared.transaction import Transaction

PLACES: Final = (UnitKind.REGION, UnitKind.DISTRICT, UnitKind.ORP, UnitKind.POU, UnitKind.MUNICIPALITY)


async def add_source(tx: Transaction, source: Source) -> None:
    if not await repository.add_sources(tx.session, [source]):
        raise CodeTaken(pointer="/code", code_taken=source.code)


async def add_series(tx: Transaction, series: Series) -> None:
    """Raise SourceUnknown, DenominatorUnknown, CodeTaken."""
    if await repository.source_of(tx.session, series.source) is None:
        raise SourceUnknown(pointer="/source", source=series.source)
    known = await repository.all_series(tx.session)
    if series.denominator is not None and series.denominator not in known:
        raise domain.DenominatorUnknown(pointer="/denominator", denominator=series.denominator)
    if not await repository.add_series(tx.session, [series]):
        raise CodeTaken(pointer="/code", code_taken=series.code)


async def seed_statistics(tx: Transaction, sources: Sequence[Source], series: Sequence[Series]) -> None:
    """Put in the sources and series that are not there yet; those that are stay as they were made."""
    await repository.add_sources(tx.session, sources)
    await repository.add_series(tx.session, series)


async def import_workbook(
    tx: Transaction,
    sheet: Sheet,
    *,
    upload: Upload,
    year: int,
    on_bad_rows: OnBadRows = OnBadRows.REFUSE_ALL,
    dry_run: bool = False,
) -> WorkbookImported:
    """Import the ministry's workbook of one data year: who is new, then its figures as a vintage.

    Raises ColumnsNotAsExpected, HeadingOfAnotherYear, YearNotOver, NothingToImport, and RowsRefused where
    bad rows shall stop all. A dry run tells of problems and changes nothing, as does the same content again.
    """
    domain.expect_data_year(year, today=tx.today)
    book = await asyncio.to_thread(read_workbook, sheet, year=year)
    await imports.take_turn(tx, LOCK)
    await history_repository.write_alone(tx.session)
    known = await repository.known_units(tx.session, PLACES)
    placed, content = await asyncio.to_thread(_placed, book, known)
    found = await repository.vintage_with(tx.session, WORKBOOK_SOURCE, content.digest())
    findings: list[NoticedFigure] = []
    if found is None:
        findings += contradictions_in(placed.book, placed.unit_ids)
        findings += await noticed_on_arrival(tx, content)
    run = _run_of(placed, content, findings, upload=upload, dry_run=dry_run, is_new=found is None)
    expect_no_bad_rows(run, on_bad_rows)
    vintage_id = found
    if not dry_run:
        if not content.blocks:
            raise NothingToImport
        refused = await _register(tx, placed)
        run = replace(run, problems=described([*run.problems, *refused]))
        if found is None:
            details = VintageDetails(label=sheet.name or f"Index {year}")
            vintage_id = await store_vintage(
                tx, WORKBOOK_SOURCE, content, findings=findings, details=details, upload=upload
            )
    told = zip(placed.unit_ids, placed.book.values["ISV"], strict=True)
    return WorkbookImported(
        run=run,
        run_id=await imports.record(tx, run),
        vintage_id=vintage_id,
        is_new=found is None and not dry_run,
        findings=len(findings),
        parts=content.parts,
        year=year,
        unit_ids=placed.unit_ids,
        published={id_: int(points) for id_, points in told if points >= 0},
        without_school=int(placed.book.without_school.sum()),
    )


async def _register(tx: Transaction, placed: Placed) -> list[RowProblem]:
    """Register who is new, and return the memberships that cannot be."""
    if placed.registrations:
        await register_missing(tx, placed.registrations)
    if not placed.memberships:
        return []
    told = [MembershipTold(new.unit_id, new.group_id, new.valid_from) for new in placed.memberships]
    done = await set_memberships(tx, told, source=WORKBOOK_SOURCE, only_where_none=True)
    heading = placed.book.headings["pou_code"]
    return [
        RowProblem.of(refusal, row=placed.memberships[place].row, column=heading)
        for place, refusal in done.refused.items()
    ]


def _placed(book: IndexWorkbook, known: Known) -> tuple[Placed, Content]:
    placed = place_units(book, known)
    return placed, content_of(_blocks_of(placed))


def _blocks_of(placed: Placed) -> Iterable[Block]:
    """Give the counts and the published Index; where the Index is blank there is no figure of it."""
    book = placed.book
    period = date(book.year, 1, 1)
    ids = np.array([str(id_) for id_ in placed.unit_ids])
    order = np.argsort(ids)
    in_order = ids[order].tolist()
    for name in COUNTS:
        yield block_of_numbers(
            name,
            period,
            in_order,
            book.values[name][order],
            not_applicable=book.without_school[order] if name in {"PO", "LEAVERS"} else None,
        )
    index = book.values["ISV"][order]
    told = ~np.isnan(index)
    yield block_of_numbers("ISV", period, ids[order][told].tolist(), index[told])


def _run_of(
    placed: Placed,
    content: Content,
    findings: Sequence[NoticedFigure],
    *,
    upload: Upload,
    dry_run: bool,
    is_new: bool,
) -> ImportRun:
    book: IndexWorkbook = placed.book
    problems: list[RowProblem] = [*book.problems, *placed.notices]
    return ImportRun(
        kind="index-workbook",
        file_name=upload.name,
        file_digest=upload.digest,
        size_bytes=upload.size_bytes,
        accepted=len(book.rows),
        refused=book.row_count - len(book.rows),
        dry_run=dry_run,
        changes={
            "registered": len(placed.registrations),
            "memberships": len(placed.memberships),
            "vintages": int(is_new),
            "figures": content.figure_count if is_new else 0,
            "findings": len(findings) if is_new else 0,
        },
        problems=described(problems),
    )
