"""HTTP of indicators of plans: what they measure, their series, and sums over plans."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from evaluation.definitions import repository as definitions
from evaluation.definitions.kinds import SUMMABLE
from evaluation.definitions.refusals import DefinitionUnknown
from evaluation.indicators import repository, use_cases
from evaluation.indicators.refusals import MonitoredIndicatorUnknown, WindowBackwards
from evaluation.indicators.schemas import (
    Code,
    IndicatorSeries,
    MeaningIn,
    MeaningState,
    RollUpOut,
    StoredSeries,
    contribution_in,
    contributions_out,
)
from evaluation.indicators.summing import roll_up
from shared.contracts.base import Role
from shared.http import Caller, Day, ExpectedVersion, Reads, Tx, allow, etag, logged_in, router

indicators = router("/monitoring", tag="monitoring")
sums = router("/roll-ups", tag="monitoring")


@indicators.get("/{plan_id}/indicators/{indicator_id}", dependencies=[logged_in()])
async def get_series(
    reads: Reads, caller: Caller, plan_id: UUID, indicator_id: UUID, response: Response
) -> IndicatorSeries:
    """Give the values of an indicator over time, under the words of their time and the newest ones."""
    query = repository.one_indicator(of_all_units=caller.is_agency)
    asked = {"plan_id": plan_id, "indicator_id": indicator_id, "units": list(caller.units)}
    found = await reads.one(query, **asked)
    if found is None:
        raise MonitoredIndicatorUnknown
    series = StoredSeries.model_validate_json(bytes(found.body))
    definition = None
    if series.definition_code is not None:
        rows = await reads.rows(definitions.EDITIONS, code=series.definition_code)
        definition = definitions.definition_in(rows)
    response.headers.update(etag(series.version))
    return IndicatorSeries.of(series, definition)


@indicators.put(
    "/{plan_id}/indicators/{indicator_id}/definition",
    dependencies=[allow(Role.CONSULTANT, Role.EVALUATOR, Role.ANALYST)],
)
async def say_what_it_measures(
    tx: Tx,
    plan_id: UUID,
    indicator_id: UUID,
    body: MeaningIn,
    expected: ExpectedVersion,
    response: Response,
) -> MeaningState:
    """Link an indicator to the catalogue, say how its values follow each other, and what its parts aim at."""
    done = await use_cases.say_what_it_measures(
        tx, plan_id, indicator_id, body.said(), expected_version=expected
    )
    response.headers.update(etag(done.version))
    return MeaningState.of(done)


@sums.get("/{code}", dependencies=[logged_in()])
async def get_roll_up(
    reads: Reads,
    caller: Caller,
    code: Code,
    since: Annotated[Day, Query(description="Periods that begin on this day or later")],
    until: Annotated[Day, Query(description="Periods that end on this day or before")],
    unit: Annotated[UUID | None, Query(alias="filter[unit]", description="A unit of the plans")] = None,
) -> RollUpOut:
    """Sum an indicator over plans, each unit once; of one's own units, the Agency of all."""
    if until < since:
        raise WindowBackwards(pointer="query/until", since=since, until=until)
    definition = definitions.definition_in(await reads.rows(definitions.EDITIONS, code=code))
    if definition is None:
        raise DefinitionUnknown
    query = repository.contributions(of_all_units=caller.is_agency, of_unit=unit is not None)
    asked = {"code": code, "since": since, "until": until, "unit": unit, "units": list(caller.units)}
    rows = await reads.rows(query, **asked)
    edition = definition.on(until)
    rolled = roll_up(
        map(contribution_in, rows),
        kind=edition.content.kind,
        accumulation=edition.content.accumulation,
        edition=edition.edition,
        bridges=definition.bridges,
    )
    left_out = sum(each.left_out is not None for each in rolled.counted)
    return RollUpOut(
        code=code,
        edition=edition.edition,
        kind=edition.content.kind,
        unit=edition.content.unit,
        accumulation=edition.content.accumulation,
        is_summable=edition.content.kind in SUMMABLE,
        since=since,
        until=until,
        total=rolled.total,
        counted=len(rolled.counted) - left_out,
        left_out=left_out,
        contributions=contributions_out(rolled, rows),
    )
