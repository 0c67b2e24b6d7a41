"""HTTP of distance travelled: the programme, one cooperation, and a table of all criteria."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from evaluation.shifts import repository
from evaluation.shifts.overview import Overview, overview
from evaluation.shifts.refusals import CooperationNotMeasured
from evaluation.shifts.schemas import CooperationShiftDetail, ShiftOverview
from evaluation.shifts.shift_table import table_of
from shared.csv_files import Delimiter
from shared.http import Caller, Csv, Day, Reads, language_of, logged_in, router, today

shifts = router("/quality-shifts", tag="quality")
tables = router("", tag="quality")

AsOf = Annotated[Day | None, Query(description="What was agreed of readings until this day")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    as_of: date
    filters: dict[str, object]


async def _asked(
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    as_of: AsOf = None,
) -> Asked:
    return Asked(as_of=as_of or today(), filters={} if unit is None else {"unit": unit})


@shifts.get("", dependencies=[logged_in()])
async def get_shift_overview(
    reads: Reads, caller: Caller, asked: Annotated[Asked, Depends(_asked)]
) -> ShiftOverview:
    """Say what changed since the baseline in all cooperations; units see their own, the Agency all."""
    return ShiftOverview.of(await _overview(reads, caller, asked), asked.as_of)


@tables.get("/quality-shifts.csv", response_class=Csv, response_model=None, dependencies=[logged_in()])
async def get_shifts_as_csv(
    reads: Reads,
    caller: Caller,
    request: Request,
    asked: Annotated[Asked, Depends(_asked)],
    delimiter: Annotated[Delimiter, Query()] = Delimiter.SEMICOLON,
) -> Response:
    """Give every criterion of every cooperation, headings by Accept-Language."""
    language = language_of(request)
    found = await _overview(reads, caller, asked)
    content = table_of(found, language=language, delimiter=delimiter)
    name = f'attachment; filename="quality-shifts-{asked.as_of}.csv"'
    return Csv(content, headers={"Content-Disposition": name, "Content-Language": language})


@shifts.get("/{cooperation_id}", dependencies=[logged_in()])
async def get_cooperation_shift(
    reads: Reads, caller: Caller, cooperation_id: UUID, as_of: AsOf = None
) -> CooperationShiftDetail:
    """Give one cooperation, criterion by criterion."""
    day = as_of or today()
    asked = Asked(as_of=day, filters={"cooperation": cooperation_id})
    found = await _overview(reads, caller, asked)
    if not found.cooperations:
        raise CooperationNotMeasured
    return CooperationShiftDetail.on(found.cooperations[0], day)


async def _overview(reads: Reads, caller: Caller, asked: Asked) -> Overview:
    query = repository.measured(frozenset(asked.filters), of_all_units=caller.is_agency)
    rows = await reads.rows(query, **asked.filters, as_of=asked.as_of, units=list(caller.units))
    return overview(repository.line_in(row) for row in rows)
