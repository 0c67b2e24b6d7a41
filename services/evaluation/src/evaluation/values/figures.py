"""Values that are taken from statistics: which figures of the registry make one, and in which vintage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from evaluation.definitions.kinds import SUMMABLE
from evaluation.values.domain import Obligation, Report
from evaluation.values.refusals import (
    FiguresMissing,
    FiguresNeverSummed,
    NothingInStatistics,
    RegistryOutOfReach,
)
from shared.canonical import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure in force of one unit; `period` is its first day, `digest` that of its vintage."""

    unit_id: UUID
    period: date
    vintage: int
    digest: str
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What the registry told of a series; None: it could not be asked. `vintage`: how far it is."""

    series: str
    figures: tuple[Figure, ...] | None
    vintage: int = 0


def calendar_start(label: str, starts_on: date) -> date:
    """Return the first day of the calendar period; the obligation may begin later, with its plan."""
    months = 12 if label.isdecimal() else {"Q": 3, "H": 6}.get(label[-2], 1)
    return date(starts_on.year, (starts_on.month - 1) // months * months + 1, 1)


def taken(obligation: Obligation, quoted: Quoted | None, *, today: date) -> Report:
    """Return the report of the last figures in the period, summed over the plan's units where that is sound.

    A figure that is suppressed is missing. Raises NothingInStatistics, RegistryOutOfReach, FiguresMissing,
    FiguresNeverSummed (409).
    """
    content = obligation.content_on(obligation.ends_on)
    if content is None or content.series is None or quoted is None or quoted.series != content.series:
        raise NothingInStatistics
    if quoted.figures is None:
        raise RegistryOutOfReach
    if len(obligation.unit_ids) > 1 and content.kind not in SUMMABLE:
        raise FiguresNeverSummed(units=len(obligation.unit_ids))
    last = last_of(
        quoted.figures, calendar_start(obligation.period, obligation.starts_on), obligation.ends_on
    )
    values = [each.value for each in last if each.unit_id in obligation.unit_ids and each.value is not None]
    if len(values) < len(obligation.unit_ids):
        missing = len(obligation.unit_ids) - len(values)
        raise FiguresMissing(series=content.series, period=obligation.period, units=missing)
    return Report(
        value=sum(values, Decimal(0)),
        measured_on=min(obligation.ends_on, today),
        source=f"{content.source}: {content.series}",
        note="",
        derivation={"kind": "table", "series": content.series, "figures": plain(tuple(last))},
    )


def last_of(figures: Iterable[Figure], since: date, until: date) -> Sequence[Figure]:
    """Return of each unit the last figure of the period."""
    inside = sorted((each for each in figures if since <= each.period <= until), key=lambda each: each.period)
    by_unit = {each.unit_id: each for each in inside}
    return [by_unit[unit_id] for unit_id in sorted(by_unit)]
