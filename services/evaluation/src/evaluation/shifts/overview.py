"""Cooperations and the programme: what each came to, and what they come to together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from evaluation.shifts.domain import Measured, Travelled, by_area, whole
from shared.contracts.intake import CooperationDomain
from shared.contracts.quality import ReadingPhase
from shared.contracts.registry import ThematicArea
from shared.names import sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A criterion of a cooperation with the reading that its level now is of."""

    unit_id: UUID
    unit_name: str | None
    cooperation_id: UUID
    domain: CooperationDomain
    measured: Measured
    phase: ReadingPhase | None
    assessed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CooperationShift:
    """`assessed_on` is the day of the newest reading that was compared."""

    unit_id: UUID
    unit_name: str | None
    cooperation_id: UUID
    assessed_on: date | None
    areas: Mapping[ThematicArea, Travelled]
    whole: Travelled
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """`areas` and `whole` are means of cooperations, each of the same weight."""

    cooperations: Sequence[CooperationShift]
    areas: Mapping[ThematicArea, Travelled]
    whole: Travelled
    compared: int


def overview(lines: Iterable[Line]) -> Overview:
    """Sum up lines that come by cooperation; the list is by the name of the unit."""
    cooperations = sorted(
        (_cooperation(list(of_one)) for _, of_one in groupby(lines, key=lambda line: line.cooperation_id)),
        key=lambda each: (sort_key(each.unit_name or ""), each.unit_id, each.cooperation_id),
    )
    return Overview(
        cooperations=cooperations,
        areas={
            area: whole([each.areas[area] for each in cooperations if area in each.areas])
            for area in ThematicArea
            if any(area in each.areas for each in cooperations)
        },
        whole=whole([each.whole for each in cooperations]),
        compared=sum(each.whole.shift is not None for each in cooperations),
    )


def _cooperation(lines: Sequence[Line]) -> CooperationShift:
    areas = by_area(line.measured for line in lines)
    first = lines[0]
    return CooperationShift(
        unit_id=first.unit_id,
        unit_name=first.unit_name,
        cooperation_id=first.cooperation_id,
        assessed_on=max((line.assessed_on for line in lines if line.assessed_on), default=None),
        areas=areas,
        whole=whole(areas.values()),
        lines=lines,
    )
