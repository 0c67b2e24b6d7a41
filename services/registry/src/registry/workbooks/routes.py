"""HTTP of the ministry's workbook of the Index."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field

from registry.exclusion.comparison import compare
from registry.exclusion.domain import EditionUnknown
from registry.exclusion.repository import edition
from registry.exclusion.schemas import MethodCode
from registry.imports.domain import OnBadRows
from registry.imports.schemas import BadRows, DryRun
from registry.reading import FileKind, Sheet
from registry.receiving import COUNTED_HERE, IMPORTERS, RAW_FILE, Uploaded, reading
from registry.workbooks import repository, use_cases
from registry.workbooks.domain import named, units_of
from registry.workbooks.schemas import ComparisonOut, WorkbookOut
from shared.http import InDigits, Reads, Tx, public, router

YearAsked = Annotated[int, Field(ge=1990, le=2100), InDigits]
workbooks = router("/index", tag="index")


@workbooks.post(
    "/imports/workbook",
    response_model=WorkbookOut,
    dependencies=[IMPORTERS],
    max_body_size=COUNTED_HERE,
    openapi_extra=RAW_FILE,
)
async def import_index_workbook(
    upload: Uploaded,
    sheet: Annotated[Sheet, Depends(reading(kind=FileKind.XLSX))],
    tx: Tx,
    year: Annotated[YearAsked, Query(description="Data year of the workbook")],
    dry_run: DryRun = "false",
    on_bad_rows: BadRows = OnBadRows.REFUSE_ALL,
) -> WorkbookOut:
    """Take over the ministry's yearly workbook (XLSX), compute the Index of that year and publish it."""
    done = await use_cases.import_workbook(
        tx, sheet, upload=upload, year=year, on_bad_rows=on_bad_rows, dry_run=dry_run == "true"
    )
    return WorkbookOut.of(done)


@workbooks.get("/editions/{year}/differences", response_model=ComparisonOut, dependencies=[public()])
async def list_index_differences(
    reads: Reads,
    year: YearAsked,
    method: Annotated[MethodCode | None, Query(description="The one that applies to the year")] = None,
) -> ComparisonOut:
    """Compare the computed Index of a year with the published one: who differs, with donor and distance."""
    found = await edition(reads, year=year, method=method)
    if found is None:
        raise EditionUnknown(year=year)
    comparison = compare(found.method, found.inputs, found.results)
    ids = list(units_of(comparison.differences, found.inputs))
    names = {row["unit_id"]: row["name"] for row in await reads.rows(repository.NAMES, ids=ids)}
    return ComparisonOut.of(comparison, named(comparison, found.inputs, names), rows=len(found.inputs.codes))
