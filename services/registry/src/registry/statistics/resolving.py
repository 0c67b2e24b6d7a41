"""Figures told by codes become figures of units: who is unknown, who did not exist, what is told twice."""

import calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from registry.imports.domain import RowProblem
from registry.statistics import faults
from registry.statistics.domain import Periodicity, Series
from registry.statistics.figures import Content, block_of_figures, content_of
from registry.statistics.newcomers import Known, KnownUnit
from registry.statistics.told import Telling, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The good figures as content, and what is wrong with the rest of the file."""

    content: Content
    problems: Sequence[RowProblem]

    @property
    def bad_rows(self) -> int:
        return len({problem.row for problem in self.problems})


def resolve(telling: Telling, known: Known, series: Mapping[str, Series]) -> Resolved:
    """Return the content of a file. A row with any problem brings nothing."""
    problems = [*telling.problems, *_unresolved(telling, known, series)]
    bad = {problem.row for problem in problems}
    blocks: dict[tuple[str, date], list[tuple[str, Told]]] = defaultdict(list)
    for told in telling.figures:
        if told.row not in bad:
            unit = known[(told.kind, told.code)]
            blocks[(told.series, told.period)].append((str(unit.id), told))
    content = content_of(block_of_figures(*place, figures) for place, figures in blocks.items())
    return Resolved(content=content, problems=problems)


def last_day_of(period: date, periodicity: Periodicity) -> date:
    """Return the last day of a period; a school year counts by the calendar year in which it ends."""
    if periodicity is Periodicity.MONTH:
        return period.replace(day=calendar.monthrange(period.year, period.month)[1])
    return period.replace(month=12, day=31)


def _unresolved(telling: Telling, known: Known, series: Mapping[str, Series]) -> Iterator[RowProblem]:
    first: dict[tuple[str, date, UUID], int] = {}
    heading = telling.headings.get("kod") or telling.headings.get("kod_obce")
    for told in telling.figures:
        unit = known.get((told.kind, told.code))
        if unit is None:
            yield faults.UNIT_UNKNOWN.at(told.row, heading, told.code)
            continue
        if not existed_on(unit, last_day_of(told.period, series[told.series].periodicity)):
            until = unit.valid_until or "–"
            yield faults.NOT_ALIVE.at(told.row, heading, told.code, since=unit.valid_from, until=until)
        earlier = first.setdefault((told.series, told.period, unit.id), told.row)
        if earlier != told.row:
            yield faults.TWICE.at(told.row, heading, told.code, first=earlier)


def existed_on(unit: KnownUnit, day: date) -> bool:
    return unit.valid_from <= day and (unit.valid_until is None or unit.valid_until >= day)
