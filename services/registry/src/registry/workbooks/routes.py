"""HTTP of the ministry's workbook of the Index."""

from typing import Annotated

from fastapi import Query
from pydantic import Field

from registry.imports.domain import OnBadRows
from registry.imports.schemas import BadRows, DryRun
from registry.reading import FileKind, read_table
from registry.receiving import COUNTED_HERE, RAW_FILE, Uploaded
from registry.workbooks import use_cases
from registry.workbooks.schemas import WorkbookOut
from shared.contracts.base import Role
from shared.http import InDigits, Tx, allow, router

workbooks = router("/index/imports", tag="index")


@workbooks.post(
    "/workbook",
    response_model=WorkbookOut,
    dependencies=[allow(Role.ADMINISTRATOR, Role.ANALYST, Role.SYSTEM)],
    max_body_size=COUNTED_HERE,
    openapi_extra=RAW_FILE,
)
async def import_index_workbook(
    upload: Uploaded,
    tx: Tx,
    year: Annotated[int, Field(ge=1990, le=2100), InDigits, Query(description="Data year of the workbook")],
    dry_run: DryRun = "false",
    on_bad_rows: BadRows = OnBadRows.REFUSE_ALL,
) -> WorkbookOut:
    """Take over the ministry's yearly workbook (XLSX), compute the Index of that year and publish it."""
    sheet = await read_table(upload.path, kind=FileKind.XLSX)
    done = await use_cases.import_workbook(
        tx, sheet, upload=upload, year=year, on_bad_rows=on_bad_rows, dry_run=dry_run == "true"
    )
    return WorkbookOut.of(done)
