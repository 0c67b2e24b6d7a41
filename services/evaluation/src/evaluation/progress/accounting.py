"""What an indicator has reached: the last of its values, or their sum, under one edition of its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from evaluation.definitions.bridging import Bridge, bridged
from evaluation.definitions.kinds import Accumulation, Kind
from evaluation.progress.domain import Aim, Light, Progress, Reading, Reason, progress_of

FIRST: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """An approved value and the edition of the definition under which it was reported."""

    value: Decimal | None
    measured_on: date
    edition: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How far an indicator is, and by what: `actual` is compared with baseline and target."""

    progress: Progress
    actual: Decimal | None


def judge(
    aim: Aim,
    reported: Sequence[Reported],
    *,
    accumulation: Accumulation,
    edition: int | None,
    bridges: Mapping[int, Bridge],
    today: date,
) -> Judged:
    """Judge an indicator by its approved values, the newest last; `edition` is that of baseline and target.

    Increments are added to the baseline. What no bridge carries to the newest edition is not compared.
    """
    if not reported:
        return Judged(progress=progress_of(aim, None, today=today), actual=None)
    newest = reported[-1]
    if aim.kind is Kind.QUALITATIVE or newest.value is None:
        return Judged(progress=_grey(Reason.QUALITATIVE), actual=None)
    until = newest.edition or edition or FIRST
    ends = [bridged(each, since=edition or until, until=until, bridges=bridges) for each in _ends(aim)]
    if accumulation is Accumulation.INCREMENTAL:
        parts = [_under(each, until, bridges) for each in reported]
    else:
        parts = [newest.value]
    known = [part for part in parts if part is not None]
    baseline, target = ends
    if baseline is None or target is None or len(known) < len(parts):
        return Judged(progress=_grey(Reason.DEFINITION_CHANGED), actual=None)
    start = baseline if accumulation is Accumulation.INCREMENTAL else Decimal(0)
    actual = start + sum(known, Decimal(0))
    reading = Reading(value=actual, measured_on=newest.measured_on)
    moved = replace(aim, baseline=baseline, target=target)
    return Judged(progress=progress_of(moved, reading, today=today), actual=actual)


def _ends(aim: Aim) -> tuple[Decimal, Decimal]:
    return aim.baseline, aim.target


def _under(reported: Reported, until: int, bridges: Mapping[int, Bridge]) -> Decimal | None:
    if reported.value is None:
        return None
    return bridged(reported.value, since=reported.edition or until, until=until, bridges=bridges)


def _grey(reason: Reason) -> Progress:
    return Progress(progress=None, expected=None, light=Light.GREY, reason=reason)
