"""HTTP of averages: open to everybody, nothing is stored."""

import json
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from registry.averages import use_cases
from registry.averages.domain import Asked, Averaging, Missing
from registry.averages.report import report_of
from registry.averages.schemas import AverageOut, MethodCode, MunicipalityNamed, ThresholdNamed, YearNamed
from shared.http import Day, Tx, public, router

averages = router("/index/averages", tag="index averages")


@averages.get("", response_model=AverageOut, dependencies=[public()])
async def average_index(  # noqa: PLR0913
    tx: Tx,
    *,
    year: Annotated[list[YearNamed], Query(min_length=1, max_length=30, description="Data years")],
    municipality: Annotated[
        list[MunicipalityNamed], Query(max_length=1000, description="Codes or ids of the municipalities")
    ] = [],  # noqa: B006
    within: Annotated[
        UUID | None, Query(description="Instead of them: all within a unit (ORP, DSO, MAS, region…)")
    ] = None,
    as_of: Annotated[Day | None, Query(description="The day on which they lie in it; today")] = None,
    averaging: Averaging = Averaging.MEAN_OF_MUNICIPALITIES,
    threshold: ThresholdNamed = "8",
    missing: Annotated[Missing, Query(description="What to do where there is no Index")] = Missing.REFUSE,
    method: MethodCode | None = None,
) -> Response:
    """Average over municipalities and years. The way of averaging is no source's rule: it is printed."""
    asked = Asked(
        municipalities=tuple(municipality),
        within=within,
        set_on=as_of or tx.today,
        years=tuple(year),
        averaging=averaging,
        missing=missing,
        method=method,
    )
    average, editions = await use_cases.average_index(tx, asked)
    report = report_of(average, asked, editions, threshold=Decimal(threshold))
    return Response(json.dumps(report, ensure_ascii=False), media_type="application/json")
