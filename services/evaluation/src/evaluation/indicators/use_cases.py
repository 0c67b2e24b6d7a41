"""Say what an indicator of a plan measures."""

from dataclasses import dataclass
from uuid import UUID

from evaluation.definitions import repository as definitions
from evaluation.definitions.domain import Edition
from evaluation.definitions.kinds import Accumulation
from evaluation.indicators import repository
from evaluation.indicators.domain import Meaning, MonitoredIndicator, give_meaning
from evaluation.indicators.refusals import MonitoredIndicatorUnknown, UnknownInCatalogue
from evaluation.values.breakdown import PartValue
from shared.errors import expect_version
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of an indicator; without a code it is no indicator of the catalogue."""

    code: str | None
    accumulation: Accumulation | None
    part_targets: tuple[PartValue, ...]


async def say_what_it_measures(
    tx: Transaction, plan_id: UUID, indicator_id: UUID, said: Said, *, expected_version: int
) -> MonitoredIndicator:
    """Raise MonitoredIndicatorUnknown, UnknownInCatalogue, and what stands against the link."""
    indicator = await repository.lock(tx.session, plan_id, indicator_id)
    if indicator is None:
        raise MonitoredIndicatorUnknown
    expect_version(expected_version, indicator.version)
    edition = await _newest(tx, said.code)
    meaning = Meaning(
        code=said.code,
        edition=edition.edition if edition else None,
        content=edition.content if edition else None,
        accumulation=said.accumulation,
        part_targets=said.part_targets,
    )
    after = give_meaning(indicator, meaning)
    await repository.save(tx.session, after)
    return after


async def _newest(tx: Transaction, code: str | None) -> Edition | None:
    if code is None:
        return None
    found = (await definitions.definitions(tx.session, [code])).get(code)
    if found is None:
        raise UnknownInCatalogue(pointer="/code", code=code)
    return found.on(tx.today)
