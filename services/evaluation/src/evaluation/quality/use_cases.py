"""The baseline of a cooperation is locked when both parties agreed on its description."""

from datetime import date

from evaluation.criteria import repository as catalogue
from evaluation.criteria.domain import Criterion, criterion_id, named_by_baseline
from evaluation.criteria.use_cases import keep_default_scale
from evaluation.quality import repository
from evaluation.quality.domain import baseline_of, set_id
from shared.contracts.intake import BaselineLevel, CooperationDescribed
from shared.transaction import Transaction


async def lock_baseline(tx: Transaction, event: CooperationDescribed) -> None:
    """Take the baseline of an edition in; one that is not the newest changes nothing.

    A baseline only grows: what an earlier edition measured stands in every later one as it was.
    """
    of_set = set_id(event.cooperation_id, event.domain)
    if not await repository.take_description(tx.session, of_set, event):
        return
    criteria = await _criteria_of(tx, event.baseline, since=event.starts_on)
    scales = await catalogue.scales(
        tx.session, {edition.scale for each in criteria for edition in each.editions}
    )
    by_id = {each.id: each for each in criteria}
    baseline = [
        baseline_of(told, by_id[criterion_id(told.area, told.criterion)], scales, on=event.starts_on)
        for told in event.baseline
    ]
    await repository.lock_in(tx.session, of_set, baseline)


async def _criteria_of(tx: Transaction, told: tuple[BaselineLevel, ...], *, since: date) -> list[Criterion]:
    """Return the criteria that a baseline names; one that nobody described yet begins with its code."""
    if not told:
        return []
    await keep_default_scale(tx)
    named = [named_by_baseline(each.area, each.criterion, since=since) for each in told]
    await catalogue.add_missing(tx.session, named)
    return list((await catalogue.criteria(tx.session, [each.id for each in named])).values())
