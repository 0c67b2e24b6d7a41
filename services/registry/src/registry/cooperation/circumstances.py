"""What a decision on a cooperation has to fit: the unit, its other cooperations, the time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from registry.cooperation.domain import PROCEDURE, Cooperation
from registry.cooperation.refusals import (
    CooperationOverlaps,
    EndsBeforeItStarts,
    LongerThanTheRegime,
    RegimesExclude,
    UnitDoesNotExistThen,
)
from registry.cooperation.regimes import REGIMES
from registry.units.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """The unit, all its cooperations, the day and the instant of the decision."""

    unit: Place
    others: Iterable[Cooperation]
    today: date
    at: datetime


def expect_fit(cooperation: Cooperation, first: date, given: Circumstances) -> None:
    """Raise what the days collide with: the regime, the unit's life, its other cooperations."""
    last = cooperation.ends_on
    if last is not None and last < first:
        raise EndsBeforeItStarts(pointer="/ends_on", starts_on=first, ends_on=last)
    latest = REGIMES[cooperation.regime].latest_end(first)
    if latest is not None and (last is None or last > latest):
        raise LongerThanTheRegime(
            _standing(cooperation),
            regime=cooperation.regime.value,
            longest_months=REGIMES[cooperation.regime].longest_months,
            latest_ends_on=latest,
        )
    if not given.unit.exists_between(first, last):
        raise outside(given.unit, _standing(cooperation))
    for other in given.others:
        if other.id != cooperation.id and other.overlaps(cooperation):
            _expect_compatible(cooperation, other)


def _standing(cooperation: Cooperation) -> Mapping[str, object]:
    """Return what a refusal tells of a cooperation that is there; a new one has no status yet."""
    return PROCEDURE.facts(cooperation.status) if cooperation.version > 1 else {}


def outside(unit: Place, standing: Mapping[str, object]) -> UnitDoesNotExistThen:
    return UnitDoesNotExistThen(standing, unit_from=unit.first_day, unit_until=unit.last_day or "–")


def _expect_compatible(cooperation: Cooperation, other: Cooperation) -> None:
    facts = {
        "regime": cooperation.regime.value,
        "other_from": other.starts_on,
        "other_until": other.ends_on or "–",
        **_standing(cooperation),
    }
    if other.regime is cooperation.regime:
        raise CooperationOverlaps(facts)
    if cooperation.excludes(other):
        raise RegimesExclude(facts, other_regime=other.regime.value)
