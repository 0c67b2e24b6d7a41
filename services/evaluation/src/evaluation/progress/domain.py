"""How far an indicator is: the indicator arithmetic of the field, in decimals."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from evaluation.definitions.kinds import Kind
from shared.contracts.planning import Direction, Periodicity
from shared.errors import Invalid

GREEN_BEHIND = Decimal("0.10")
AMBER_BEHIND = Decimal("0.30")
TOLERANCE = Decimal("0.05")
SMALL_COUNT = 20
FRESH_DAYS = {
    Periodicity.MONTHLY: 46,
    Periodicity.QUARTERLY: 137,
    Periodicity.HALF_YEARLY: 274,
    Periodicity.YEARLY: 548,
}
"""One and a half of the periodicity: an older value says nothing of today."""
SHARE = Decimal("0.0001")
_PARTS = re.compile(r"\d+|\D+")


class LockInTheFuture(Invalid):
    cs = "Uzamknout lze jen období, která už skončila; {locked_until} teprve přijde."
    en = "Only periods that are over can be locked; {locked_until} is yet to come."


def expect_lockable(until: date | None, *, today: date) -> None:
    """Raise LockInTheFuture (422)."""
    if until is not None and until > today:
        raise LockInTheFuture(pointer="/locked_until", locked_until=until)


class Light(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


class Reason(StrEnum):
    """Why the light has its colour."""

    ON_TRACK = "on-track"
    BEHIND = "behind"
    FAR_BEHIND = "far-behind"
    WITHIN_TOLERANCE = "within-tolerance"
    OUTSIDE_TOLERANCE = "outside-tolerance"
    NO_VALUE = "no-value"
    VALUE_OUTDATED = "value-outdated"
    CONTEXT_ONLY = "context-only"
    QUALITATIVE = "qualitative"
    DEFINITION_CHANGED = "definition-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """From where to where an indicator should move, and by when."""

    direction: Direction
    periodicity: Periodicity
    unit: str
    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was reached, by approved values, and the day that the last of them describes."""

    value: Decimal
    measured_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`progress` 0 is the baseline, 1 the target (beyond either is possible); None is unknown, never 0."""

    progress: Decimal | None
    expected: Decimal | None
    light: Light
    reason: Reason


def progress_of(aim: Aim, reading: Reading | None, *, today: date) -> Progress:
    """Compare what was reached with what was to be expected on the day of the reading."""
    if reading is None:
        return Progress(progress=None, expected=None, light=Light.GREY, reason=Reason.NO_VALUE)
    if aim.direction is Direction.NONE:
        return Progress(progress=None, expected=None, light=Light.GREY, reason=Reason.CONTEXT_ONLY)
    judged = _kept(aim, reading) if _is_kept(aim) else _moved(aim, reading)
    if (today - reading.measured_on).days > FRESH_DAYS[aim.periodicity]:
        return Progress(
            progress=judged.progress,
            expected=judged.expected,
            light=Light.GREY,
            reason=Reason.VALUE_OUTDATED,
        )
    return judged


def _is_kept(aim: Aim) -> bool:
    return aim.direction is Direction.MAINTAIN or aim.baseline == aim.target


def _kept(aim: Aim, reading: Reading) -> Progress:
    fulfilled = abs(reading.value - aim.target) <= tolerance(aim.target, aim.unit, kind=aim.kind)
    return Progress(
        progress=None,
        expected=None,
        light=Light.GREEN if fulfilled else Light.RED,
        reason=Reason.WITHIN_TOLERANCE if fulfilled else Reason.OUTSIDE_TOLERANCE,
    )


def tolerance(target: Decimal, unit: str, *, kind: Kind | None = None) -> Decimal:
    """Allow 5 % of the target; nothing for counts below 20 and levels, where one more or less is no noise.

    Where nobody said what kind it is, whatever is no percentage is a count.
    """
    is_count = kind is Kind.COUNT or (kind is None and "%" not in unit)
    if kind is Kind.ORDINAL or (is_count and abs(target) < SMALL_COUNT):
        return Decimal(0)
    return abs(target) * TOLERANCE


def _moved(aim: Aim, reading: Reading) -> Progress:
    reached = (reading.value - aim.baseline) / (aim.target - aim.baseline)
    expected = expected_progress(aim.baseline_on, aim.target_on, on=reading.measured_on)
    light, reason = Light.RED, Reason.FAR_BEHIND
    if reached >= expected - GREEN_BEHIND:
        light, reason = Light.GREEN, Reason.ON_TRACK
    elif reached >= expected - AMBER_BEHIND:
        light, reason = Light.AMBER, Reason.BEHIND
    return Progress(
        progress=reached.quantize(SHARE), expected=expected.quantize(SHARE), light=light, reason=reason
    )


def expected_progress(baseline_on: date, target_on: date, *, on: date) -> Decimal:
    """Return the linear share of the way, 0 to 1; all of it where there is no time between the two days."""
    whole = (target_on - baseline_on).days
    if whole <= 0:
        return Decimal(1)
    return min(max(Decimal((on - baseline_on).days) / Decimal(whole), Decimal(0)), Decimal(1))


def in_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Return the key by which 1.2 comes before 1.10."""
    parts = _PARTS.findall(number)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
