"""HTTP of forecasts: open to everybody; analysts have them made."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from registry.forecasts import repository, run_repository, use_cases
from registry.forecasts.backtest import LEAST_HISTORY
from registry.forecasts.domain import (
    FiguresNotKnown,
    ForecastUnknown,
    HistoryTooShort,
    NothingForecastYet,
    UnitNotForecast,
)
from registry.forecasts.history import Reason
from registry.forecasts.report import StoredRun
from registry.forecasts.schemas import (
    ForecastGapList,
    ForecastIn,
    ForecastResultList,
    ForecastRunList,
    ForecastRunMade,
    ForecastRunOut,
    IndicatorCode,
)
from registry.forecasts.unit_schemas import UnitForecastOut
from registry.units.domain import UnitUnknown
from shared.contracts.base import Role
from shared.http import InDigits, Page, Reads, Tx, allow, public, router

forecasts = router("/forecasts", tag="forecasts")

Year = Annotated[int | None, Field(ge=2000, le=2200), InDigits, Query(alias="filter[year]")]
Band = Annotated[int | None, Field(ge=1, le=99), InDigits, Query(alias="filter[band]")]
Region = Annotated[UUID | None, Query(alias="filter[region]", description="Id of the kraj")]


@forecasts.post(
    "",
    status_code=201,
    response_model=ForecastRunMade,
    dependencies=[allow(Role.ANALYST, Role.ADMINISTRATOR, Role.SYSTEM)],
    responses={200: {"model": ForecastRunMade, "description": "The same editions were forecast before"}},
)
async def make_forecasts(
    tx: Tx, reads: Reads, body: ForecastIn, request: Request, response: Response
) -> ForecastRunMade:
    """Forecast from the editions of the Index in force; the same editions give the run that is there."""
    run, is_new = await use_cases.forecast(tx, reads, method=body.method)
    response.headers["Location"] = f"{request.url.path}/runs/{run.id}"
    response.status_code = 201 if is_new else 200
    return ForecastRunMade.model_validate(run)


@forecasts.get("", response_model=ForecastRunList, dependencies=[public()])
async def list_forecast_runs(reads: Reads, page: Page) -> Response:
    """List runs, the latest first, with their errors over all municipalities."""
    return await reads.page(repository.RUNS, page)


@forecasts.get("/runs/{run_id}", response_model=ForecastRunOut, dependencies=[public()])
async def get_forecast_run(reads: Reads, run_id: UUID) -> ForecastRunOut:
    """Show a run with its errors by size class and the models that were chosen, in words."""
    found = await repository.run(reads, run_id)
    if found is None:
        raise ForecastUnknown
    return ForecastRunOut.of(found)


@forecasts.get("/runs/{run_id}/results", response_model=ForecastResultList, dependencies=[public()])
async def list_forecast_results(
    reads: Reads, page: Page, *, run_id: UUID, year: Year = None, band: Band = None, region: Region = None
) -> Response:
    """List the forecast Index of municipalities in Czech order; read it beside the size class."""
    await _expect_run(reads, run_id)
    given = {"year": year, "band": band, "region": region}
    query = run_repository.results(frozenset(name for name, value in given.items() if value is not None))
    return await reads.page(query, page, run_id=run_id, **given)


@forecasts.get("/runs/{run_id}/gaps", response_model=ForecastGapList, dependencies=[public()])
async def list_forecast_gaps(
    reads: Reads,
    page: Page,
    *,
    run_id: UUID,
    indicator: Annotated[IndicatorCode | None, Query(alias="filter[indicator]")] = None,
    reason: Annotated[Reason | None, Query(alias="filter[reason]")] = None,
    region: Region = None,
) -> Response:
    """List what is not forecast, and why."""
    await _expect_run(reads, run_id)
    given = {"indicator": indicator, "reason": reason.value if reason else None, "region": region}
    query = run_repository.gaps(frozenset(name for name, value in given.items() if value is not None))
    return await reads.page(query, page, run_id=run_id, **given)


@forecasts.get("/units/{unit_id}", response_model=UnitForecastOut, dependencies=[public()])
async def get_unit_forecast(
    reads: Reads,
    unit_id: UUID,
    run: Annotated[UUID | None, Query(description="The newest run where it is left out")] = None,
) -> UnitForecastOut:
    """Show history and forecast of a municipality, with the errors of a year held out beside each number."""
    found = await repository.unit(reads, unit_id, run_id=run)
    if found is None:
        raise ForecastUnknown if run else NothingForecastYet
    if isinstance(found, StoredRun):
        if await reads.row(repository.UNIT_KNOWN, unit_id=unit_id) is None:
            raise UnitUnknown
        raise UnitNotForecast(year=found.last_year)
    told = UnitForecastOut.of(found)
    if all(indicator.gap for indicator in told.indicators):
        _refuse(told)
    return told


def _refuse(told: UnitForecastOut) -> None:
    """Say why nothing of a municipality is forecast."""
    years = max(indicator.gap.years for indicator in told.indicators if indicator.gap)
    if years:
        raise HistoryTooShort(needed=LEAST_HISTORY, known=years)
    raise FiguresNotKnown


async def _expect_run(reads: Reads, run_id: UUID) -> None:
    if await reads.row(repository.EXISTS, run_id=run_id) is None:
        raise ForecastUnknown
