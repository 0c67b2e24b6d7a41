"""The pulse of ownership: who is away, who could take over, how far a plan is adopted, who fell silent."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from planning.commitments import absence_repository, alarm_repository
from planning.commitments.absence import Absence, declare, deputies_on, end
from planning.commitments.adoption import Adoption, adoption_of
from planning.commitments.domain import months_before, parties_of
from planning.commitments.refusals import AbsenceUnknown, MeasureUnknown, PartyNotYours, PartyUnknown
from planning.commitments.succession import Candidate, candidates
from planning.commitments.use_cases import edition_shown, load_own, standings, standings_of
from planning.plans.tree import Measure
from shared.contracts.base import Role
from shared.contracts.planning import OwnerLapsed
from shared.errors import expect_version
from shared.transaction import Transaction

RENEWED_MONTHS: Final = int(os.environ.get("PLANNING_OWNER_RENEWAL_MONTHS") or 12)
"""An acceptance older than this is to be said again."""
SILENT_DAYS: Final = int(os.environ.get("PLANNING_OWNER_SILENT_DAYS") or 60)
"""So long after the approval of a revision its owners may say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Who could own a measure; `away` are those of them who are absent today."""

    candidates: tuple[Candidate, ...]
    away: dict[str, Absence]


async def declare_absence(
    tx: Transaction,
    plan_id: UUID,
    *,
    party: str,
    deputy: str,
    reason: str,
    days: tuple[date, date],
) -> Absence:
    """Say who answers for a party while it is away.

    Raises `PartyUnknown`, `PartyNotYours`, and what `declare` raises.
    """
    plan = await load_own(tx, plan_id, to_decide=True)
    named = {each.name for each in parties_of((await edition_shown(tx, plan, draft=True)).problems)}
    named |= {each.name for each in parties_of((await edition_shown(tx, plan, draft=False)).problems)}
    if party not in named:
        raise PartyUnknown(party=party, pointer="/party")
    _expect_own(tx, party)
    absence = Absence(
        id=tx.new_id(),
        version=1,
        plan_id=plan_id,
        party=party,
        deputy=deputy,
        reason=reason,
        starts_on=days[0],
        ends_on=days[1],
    )
    declare(absence, await absence_repository.of_plan(tx.session, plan_id))
    await absence_repository.add(tx, absence)
    return absence


async def end_absence(
    tx: Transaction, plan_id: UUID, absence_id: UUID, *, ends_on: date, expected: int
) -> Absence:
    """Cut an absence short; where the day lies before it, it never was."""
    await load_own(tx, plan_id, to_decide=True)
    known = await absence_repository.of_plan(tx.session, plan_id)
    absence = next((each for each in known if each.id == absence_id), None)
    if absence is None:
        raise AbsenceUnknown
    _expect_own(tx, absence.party)
    expect_version(expected, absence.version)
    ended = end(absence, ends_on)
    await absence_repository.save(tx.session, ended)
    return ended


def _expect_own(tx: Transaction, party: str) -> None:
    """Let a partner speak of its own absence alone; raises `PartyNotYours`."""
    office = tx.actor.is_agency or tx.actor.has_any({Role.COORDINATOR})
    if not office and tx.actor.affiliation != party:
        raise PartyNotYours(party=party)


async def propose_owners(tx: Transaction, plan_id: UUID, measure_id: UUID) -> Proposed:
    """Propose who could own a measure of what is being worked on. Raises `MeasureUnknown`."""
    plan = await load_own(tx, plan_id)
    edition = await edition_shown(tx, plan, draft=True)
    found = await standings_of(tx, plan, edition.problems, lapse_after_months=RENEWED_MONTHS)
    proposed = candidates(edition.problems, measure_id, found.standings)
    if proposed is None:
        raise MeasureUnknown
    absences = await absence_repository.of_plan(tx.session, plan_id)
    return Proposed(candidates=tuple(proposed), away=deputies_on(absences, tx.today))


async def measure_adoption(tx: Transaction, plan_id: UUID, *, lapse_after_months: int) -> Adoption:
    found = await standings(tx, plan_id, lapse_after_months=lapse_after_months)
    measures = tuple(placed.node.id for placed in found.measures if isinstance(placed.node, Measure))
    return adoption_of(measures, found.standings, found.words, today=tx.today)


async def report_lapsed_owners(tx: Transaction) -> None:
    """Tell of each measure in force that nobody stands behind, once for each word of its owner."""
    raised: Sequence[alarm_repository.Unowned] = await alarm_repository.raise_alarms(
        tx.session,
        today=tx.today,
        silent_since=tx.today - timedelta(days=SILENT_DAYS),
        lapsed_since=months_before(tx.today, RENEWED_MONTHS),
        now=tx.now,
    )
    for each in raised:
        tx.emit(
            OwnerLapsed(
                version=each.word_version + 1,
                measure_id=each.measure_id,
                plan_id=each.plan_id,
                revision=each.revision,
                unit_ids=each.unit_ids,
                number=each.number,
                owner=each.owner,
                trouble=each.trouble,
                said_on=each.said_on,
            )
        )
