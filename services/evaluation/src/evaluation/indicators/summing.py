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
    UNIT_NESTED = "unit-nested"  # území už započteno: leží v započteném celku, nebo jej obsahuje
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
    `covered` are the units themselves with all that lies in them at the end of the window.
    """

    plan_id: UUID
    indicator_id: UUID
    unit_ids: frozenset[UUID]
    accumulation: Accumulation | None
    values: tuple[Approved, ...]
    crossing: int = 0
    missing: int = 0
    covered: frozenset[UUID] = frozenset()

    @property
    def territory(self) -> frozenset[UUID]:
        return self.unit_ids | self.covered


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """`overlaps` are the plans that were counted and share territory with the one that is left out."""

    contribution: Contribution
    value: Decimal | None
    left_out: LeftOut | None
    overlaps: tuple[UUID, ...] = ()


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
    """Count each territory once: of plans that share one, that which was measured last, or else the wider.

    A microregion and a municipality of it share one, as do two microregions with one member. Values are
    carried to `edition`; shares, means and levels are listed and never summed.
    """
    newest_first = sorted(contributions, key=_recency, reverse=True)
    seen: list[Contribution] = []
    found: list[Counted] = []
    for contribution in newest_first:
        value, why = _value(contribution, accumulation, edition, bridges)
        others = [each for each in seen if not each.territory.isdisjoint(contribution.territory)]
        if why is None and others:
            is_same = any(not each.unit_ids.isdisjoint(contribution.unit_ids) for each in others)
            why = LeftOut.UNIT_COUNTED if is_same else LeftOut.UNIT_NESTED
            overlaps = tuple(dict.fromkeys(each.plan_id for each in others))
            found.append(Counted(contribution=contribution, value=value, left_out=why, overlaps=overlaps))
            continue
        if why is None:
            seen.append(contribution)
        found.append(Counted(contribution=contribution, value=value, left_out=why))
    values = [each.value for each in found if each.left_out is None and each.value is not None]
    total = sum(values, Decimal(0)) if kind in SUMMABLE and values else None
    return RollUp(total=total, counted=tuple(found))


def _recency(contribution: Contribution) -> tuple[date, int, UUID, UUID]:
    last = contribution.values[-1].measured_on if contribution.values else date.min
    return last, len(contribution.territory), contribution.plan_id, contribution.indicator_id


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
