"""What is done with scales and criteria."""

from datetime import date
from uuid import UUID

from evaluation.criteria import domain, repository
from evaluation.criteria.domain import DEFAULT_SCALE, Criterion, Scale, Wording
from evaluation.criteria.refusals import CriterionExists, CriterionUnknown, ScaleExists, ScaleUnknown
from shared.contracts.registry import ThematicArea
from shared.errors import expect_version
from shared.transaction import Transaction


async def add_scale(tx: Transaction, scale: Scale) -> Scale:
    """Raise ScaleExists, ScaleWithGaps."""
    kept = domain.expect_scale(scale)
    if scale.code == DEFAULT_SCALE.code or not await repository.add_scale(tx.session, kept, now=tx.now):
        raise ScaleExists(scale=scale.code)
    return kept


async def add_criterion(tx: Transaction, area: ThematicArea, code: str, wording: Wording) -> Criterion:
    """Raise CriterionExists, ScaleUnknown."""
    await _expect_scale(tx, wording)
    criterion = domain.first_edition(area, code, wording)
    if not await repository.add_missing(tx.session, [criterion]):
        raise CriterionExists(criterion=code, area=area.value)
    return criterion


async def reword_criterion(
    tx: Transaction, criterion_id: UUID, wording: Wording, *, expected: int
) -> Criterion:
    before = await _locked(tx, criterion_id, expected)
    await _expect_scale(tx, wording)
    return await _keep(tx, domain.reword(before, wording))


async def end_criterion(tx: Transaction, criterion_id: UUID, last_day: date, *, expected: int) -> Criterion:
    return await _keep(tx, domain.end(await _locked(tx, criterion_id, expected), last_day))


async def keep_default_scale(tx: Transaction) -> None:
    """Baselines come on the default scale, whether anybody looked at scales before or not."""
    await repository.add_scale(tx.session, DEFAULT_SCALE, now=tx.now)


async def _expect_scale(tx: Transaction, wording: Wording) -> None:
    if wording.scale == DEFAULT_SCALE.code:
        await keep_default_scale(tx)
    elif not await repository.scales(tx.session, [wording.scale]):
        raise ScaleUnknown(pointer="/scale", scale=wording.scale)


async def _locked(tx: Transaction, criterion_id: UUID, expected: int) -> Criterion:
    found = await repository.lock_criterion(tx.session, criterion_id)
    if found is None:
        raise CriterionUnknown
    expect_version(expected, found.version)
    return found


async def _keep(tx: Transaction, criterion: Criterion) -> Criterion:
    await repository.save_criterion(tx.session, criterion)
    return criterion
