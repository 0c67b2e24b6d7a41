"""How far a municipality is to the next point, up and down: only the nearest bound of each indicator."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from registry.exclusion.method import Indicator
from registry.explanation.distances import Component, SubScore, components
from registry.explanation.nouns import counted_by
from registry.explanation.standing import Standing
from registry.explanation.wording import Said


class Step(StrEnum):
    GAINED = "gained"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A point gained by at least `by` more persons or benefits, or lost by that many fewer."""

    indicator: Indicator
    kind: SubScore
    step: Step
    by: Fraction
    said: Said


def nearest_thresholds(standing: Standing) -> list[Threshold]:
    """Return at most one bound up and one down for each indicator of its own, the nearest first.

    The reference and the population are held. Figures of a donor are not the municipality's to change.
    """
    return sorted(_all(standing), key=lambda each: each.by)


def _all(standing: Standing) -> Iterator[Threshold]:
    for indicator, basis in zip(standing.method.indicators, standing.bases, strict=True):
        if not basis.is_own or basis.evidence is None:
            continue
        found = components(standing.method, indicator, basis.evidence)
        up = [(each.more, each) for each in found if each.more is not None]
        down = [(each.fewer, each) for each in found if each.fewer is not None]
        if up:
            yield _threshold(indicator, *min(up, key=_distance), step=Step.GAINED)
        if down:
            yield _threshold(indicator, *min(down, key=_distance), step=Step.LOST)


def _distance(found: tuple[Fraction, Component]) -> Fraction:
    return found[0]


def _threshold(indicator: Indicator, by: Fraction, component: Component, *, step: Step) -> Threshold:
    noun = counted_by(indicator).counted(by)
    if step is Step.GAINED:
        said = Said(
            f"{indicator.name_cs}: bod by přibyl při nárůstu nejméně o {noun.cs}.",
            f"{indicator.name_en}: a point would be gained with at least {noun.en} more.",
        )
    else:
        said = Said(
            f"{indicator.name_cs}: bod by ubyl při poklesu nejméně o {noun.cs}.",
            f"{indicator.name_en}: a point would be lost with at least {noun.en} fewer.",
        )
    return Threshold(indicator=indicator, kind=component.kind, step=step, by=by, said=said)
