"""The set of criteria that a cooperation is measured by, and its baseline, locked with the description."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from evaluation.criteria.domain import Criterion, Scale, criterion_id
from evaluation.quality.refusals import BaselineOutsideScale
from shared.contracts.intake import BaselineLevel, CooperationDomain

_SETS: Final = uuid5(NAMESPACE_URL, "urn:pospolu:criteria-set")


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The level at the start by one edition of a criterion; None: not assessed, which is never 0."""

    criterion_id: UUID
    edition: int
    level: int | None


def set_id(cooperation_id: UUID, domain: CooperationDomain) -> UUID:
    """Return the same id for all editions of one description."""
    return uuid5(_SETS, f"{cooperation_id}:{domain.value}")


def baseline_of(
    told: BaselineLevel, criterion: Criterion, scales: Mapping[str, Scale], *, on: date
) -> Baseline:
    """Rate by the edition of the first day; raises BaselineOutsideScale."""
    edition = criterion.edition_on(on)
    scale = scales[edition.scale]
    if told.level is not None and not scale.holds(told.level):
        raise BaselineOutsideScale(criterion=told.criterion, level=told.level, scale=scale.code)
    return Baseline(
        criterion_id=criterion_id(told.area, told.criterion), edition=edition.edition, level=told.level
    )
