"""HTTP of published files of figures."""

from typing import Annotated

from fastapi import Depends, Query, Response

from registry.deliveries import use_cases
from registry.deliveries.schemas import DeliveredOut
from registry.imports.domain import OnBadRows
from registry.imports.schemas import BadRows, DryRun
from registry.receiving import COUNTED_HERE, IMPORTERS, RAW_FILE, Table, Uploaded
from registry.statistics.domain import FileOf, ImportAsked, VintageDetails
from registry.statistics.schemas import Code
from shared.http import Day, ShortText, Title, Tx, router

deliveries = router("/statistics", tag="statistics")


def _details(
    label: Annotated[Title | None, Query(description="Of the edition; else the name of the file")] = None,
    published_on: Annotated[Day | None, Query(description="When the publisher published it")] = None,
    note: Annotated[ShortText, Query(description="What the readers of its figures should know")] = "",
) -> VintageDetails:
    return VintageDetails(label=label, published_on=published_on, note=note)


@deliveries.post(
    "/imports/{file}",
    response_model=DeliveredOut,
    dependencies=[IMPORTERS],
    max_body_size=COUNTED_HERE,
    openapi_extra=RAW_FILE,
)
async def import_figures(  # noqa: PLR0913, PLR0917 - each is a parameter of the address
    upload: Uploaded,
    sheet: Table,
    tx: Tx,
    file: FileOf,
    response: Response,
    details: Annotated[VintageDetails, Depends(_details)],
    period: Annotated[Day | None, Query(description="The month, where the file does not say it")] = None,
    source: Annotated[Code | None, Query(description="Of a table of figures; COLLECTED otherwise")] = None,
    dry_run: DryRun = "false",
    on_bad_rows: BadRows = OnBadRows.REFUSE_ALL,
) -> DeliveredOut:
    """Import a published file of figures as a new vintage; the same content again changes nothing.

    `Content-Location` names the vintage. The Index that counts these figures is
    computed anew. `figures` is a table of series, period, code, value and note.
    """
    asked = ImportAsked(
        of=file,
        details=details,
        period=period,
        source=source if file is FileOf.FIGURES else None,
        on_bad_rows=on_bad_rows,
        dry_run=dry_run == "true",
    )
    done = await use_cases.import_figures(tx, sheet, upload=upload, asked=asked)
    if done.imported.vintage_id is not None:
        response.headers["Content-Location"] = f"/statistics/vintages/{done.imported.vintage_id}"
    return DeliveredOut.told(done)
