"""A cooperation of a unit with the Agency: when it may begin, beside which others, when it ends."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from registry.units.places import Place
from shared.contracts.registry import (
    CooperationChanged,
    CooperationEnded,
    CooperationRegime,
    CooperationStarted,
)
from shared.errors import Invalid, NotFound, RuleBroken

KPSVL = frozenset({CooperationRegime.IKP, CooperationRegime.VIP, CooperationRegime.VEX})
"""The regimes of the coordinated approach 2014–2020, beside which no partial support may run."""


class CooperationUnknown(NotFound):
    cs = "Taková spolupráce v registru není."
    en = "There is no such cooperation."


class CooperatingUnitUnknown(Invalid):
    cs = "Územní celek v registru není."
    en = "The unit is not in the registry."


class EndsBeforeItStarts(Invalid):
    cs = "Konec {ends_on} předchází začátku {starts_on}."
    en = "The end {ends_on} comes before the start {starts_on}."


class UnitDoesNotExistThen(RuleBroken):
    cs = "Celek po celou tu dobu neexistuje (platí od {unit_from} do {unit_until})."
    en = "The unit does not exist all that time (it is valid from {unit_from} until {unit_until})."


class CooperationOverlaps(RuleBroken):
    cs = "V režimu {regime} celek v té době už spolupracuje (od {other_from} do {other_until})."
    en = "The unit cooperates under {regime} at that time already (from {other_from} until {other_until})."


class RegimesExclude(RuleBroken):
    cs = "Režim {regime} nemůže běžet souběžně s režimem {other_regime} (od {other_from} do {other_until})."
    en = "{regime} cannot run beside {other_regime} (from {other_from} until {other_until})."


class CooperationAlreadyEnded(RuleBroken):
    cs = "Spolupráce skončila {ends_on}."
    en = "The cooperation ended on {ends_on}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """`ends_on` is the last day agreed, None while it is open; `ended_at` says that the end was told."""

    id: UUID
    unit_id: UUID
    regime: CooperationRegime
    starts_on: date
    ends_on: date | None
    version: int
    started_at: datetime
    ended_at: datetime | None = None

    def overlaps(self, other: "Cooperation") -> bool:
        """Whether they have a day in common."""
        return self.starts_on <= (other.ends_on or date.max) and other.starts_on <= (self.ends_on or date.max)

    def excludes(self, other: "Cooperation") -> bool:
        """Whether the regimes may never run beside each other in one unit."""
        pair = {self.regime, other.regime}
        return CooperationRegime.VDP in pair and not KPSVL.isdisjoint(pair)


def start(
    cooperation: Cooperation, unit: Place, others: Iterable[Cooperation]
) -> tuple[Cooperation, CooperationStarted]:
    """Begin the cooperation; `others` are those of the same unit."""
    _expect_fit(cooperation, unit, others)
    return cooperation, CooperationStarted(
        cooperation_id=cooperation.id,
        version=cooperation.version,
        unit_id=cooperation.unit_id,
        regime=cooperation.regime,
        starts_on=cooperation.starts_on,
        ends_on=cooperation.ends_on,
    )


def end(
    cooperation: Cooperation,
    on: date,
    *,
    unit: Place,
    others: Iterable[Cooperation],
    today: date,
    now: datetime,
) -> tuple[Cooperation, CooperationChanged | CooperationEnded]:
    """Set the last day, earlier or later than agreed before.

    A day that has come ends the cooperation at once; one to come is agreed, and ends it when it is over
    (`conclude`).
    """
    if cooperation.ended_at is not None:
        raise CooperationAlreadyEnded(ends_on=cooperation.ends_on)
    agreed = replace(cooperation, ends_on=on, version=cooperation.version + 1)
    _expect_fit(agreed, unit, others)
    return _changed(agreed) if on > today else _ended(agreed, on, now)


def conclude(
    cooperation: Cooperation, *, today: date, now: datetime
) -> tuple[Cooperation, CooperationEnded] | None:
    """End a cooperation whose last agreed day is over; None while it runs or when it has ended."""
    last_day = cooperation.ends_on
    if cooperation.ended_at is not None or last_day is None or last_day >= today:
        return None
    return _ended(replace(cooperation, version=cooperation.version + 1), last_day, now)


def _changed(cooperation: Cooperation) -> tuple[Cooperation, CooperationChanged]:
    return cooperation, CooperationChanged(
        cooperation_id=cooperation.id,
        version=cooperation.version,
        unit_id=cooperation.unit_id,
        regime=cooperation.regime,
        starts_on=cooperation.starts_on,
        ends_on=cooperation.ends_on,
    )


def _ended(cooperation: Cooperation, on: date, now: datetime) -> tuple[Cooperation, CooperationEnded]:
    return replace(cooperation, ended_at=now), CooperationEnded(
        cooperation_id=cooperation.id, version=cooperation.version, unit_id=cooperation.unit_id, ended_on=on
    )


def _expect_fit(cooperation: Cooperation, unit: Place, others: Iterable[Cooperation]) -> None:
    first, last = cooperation.starts_on, cooperation.ends_on
    if last is not None and last < first:
        raise EndsBeforeItStarts(pointer="/ends_on", starts_on=first, ends_on=last)
    if not unit.exists_between(first, last):
        raise UnitDoesNotExistThen(unit_from=unit.first_day, unit_until=unit.last_day or "–")
    for other in others:
        if other.id != cooperation.id and other.overlaps(cooperation):
            _expect_compatible(cooperation, other)


def _expect_compatible(cooperation: Cooperation, other: Cooperation) -> None:
    if other.regime is cooperation.regime:
        raise CooperationOverlaps(
            regime=cooperation.regime.value, other_from=other.starts_on, other_until=other.ends_on or "–"
        )
    if cooperation.excludes(other):
        raise RegimesExclude(
            regime=cooperation.regime.value,
            other_regime=other.regime.value,
            other_from=other.starts_on,
            other_until=other.ends_on or "–",
        )
