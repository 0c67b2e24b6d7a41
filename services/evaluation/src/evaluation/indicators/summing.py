"""Sums over plans and units: each unit once, under one edition, and what was left out with its reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from evaluation.definitions.bridging import Bridge, bridged
from evaluation.definitions.kinds import SUMMABLE, Accumulation, Kind


class LeftOut(StrEnum):
    """Why a plan is not in the sum."""

    UNIT_COUNTED = "unit-counted"  # celek už započten z jiného plánu
    NOT_COMPARABLE = "not-comparable"  # jiné vydání definice bez přepočtu
    NOTHING_APPROVED = "nothing-approved"  # žádná schválená hodnota v období
    CROSSES_WINDOW = "crosses-window"  # období hodnoty přesahuje okno
    SAID_OTHERWISE = "said-otherwise"  # v plánu se hodnoty v čase skládají jinak


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """A value that counts; `edition` is None where it was reported under no definition."""

    measured_on: date
    value: Decimal
    edition: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """The approved values of one indicator of a plan in the window with their editions, the oldest first.

    `crossing` are approved values whose periods lie partly outside; `missing` are those not approved yet.
    """

    plan_id: UUID
    indicator_id: UUID
    unit_ids: frozenset[UUID]
    accumulation: Accumulation | None
    values: tuple[Approved, ...]
    crossing: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    contribution: Contribution
    value: Decimal | None
    left_out: LeftOut | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """`total` is None where the kind cannot be summed, or where nothing was counted: unknown is never 0."""

    total: Decimal | None
    counted: tuple[Counted, ...]


def roll_up(
    contributions: Iterable[Contribution],
    *,
    kind: Kind,
    accumulation: Accumulation,
    edition: int,
    bridges: Mapping[int, Bridge],
) -> RollUp:
    """Count each unit once: of plans that share a unit, the one that was measured last is counted.

    Values are carried to `edition`; shares, means and levels are listed and never summed.
    """
    newest_first = sorted(contributions, key=_recency, reverse=True)
    seen: set[UUID] = set()
    found: list[Counted] = []
    for contribution in newest_first:
        value, why = _value(contribution, accumulation, edition, bridges)
        if why is None and not seen.isdisjoint(contribution.unit_ids):
            why = LeftOut.UNIT_COUNTED
        if why is None:
            seen |= contribution.unit_ids
        found.append(Counted(contribution=contribution, value=value, left_out=why))
    values = [each.value for each in found if each.left_out is None and each.value is not None]
    total = sum(values, Decimal(0)) if kind in SUMMABLE and values else None
    return RollUp(total=total, counted=tuple(found))


def _recency(contribution: Contribution) -> tuple[date, UUID, UUID]:
    last = contribution.values[-1].measured_on if contribution.values else date.min
    return last, contribution.plan_id, contribution.indicator_id


def _value(
    contribution: Contribution, accumulation: Accumulation, edition: int, bridges: Mapping[int, Bridge]
) -> tuple[Decimal | None, LeftOut | None]:
    if accumulation is Accumulation.INCREMENTAL and contribution.crossing:
        return None, LeftOut.CROSSES_WINDOW
    if not contribution.values:
        return None, LeftOut.NOTHING_APPROVED
    if contribution.accumulation not in {None, accumulation}:
        return None, LeftOut.SAID_OTHERWISE
    used = contribution.values
    if accumulation is not Accumulation.INCREMENTAL:
        used = used[-1:]
    carried = [bridged(each.value, since=each.edition or 1, until=edition, bridges=bridges) for each in used]
    known = [value for value in carried if value is not None]
    if len(known) < len(carried):
        return None, LeftOut.NOT_COMPARABLE
    return sum(known, Decimal(0)), None
