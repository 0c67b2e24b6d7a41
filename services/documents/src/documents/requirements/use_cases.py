"""What requires documents is kept as its services tell it; what is required comes in editions."""

from datetime import date

from documents.requirements import domain, repository
from documents.requirements.domain import (
    Milestone,
    Requirement,
    RequirementEdition,
    Subject,
    SubjectKind,
)
from shared.contracts.intake import CooperationDescribed, MemorandumConcluded
from shared.contracts.planning import PlanApproved, PlanClosed
from shared.contracts.registry import CooperationChanged, CooperationEnded, CooperationStarted
from shared.errors import expect_version
from shared.transaction import Transaction


async def follow_cooperation(tx: Transaction, event: CooperationStarted | CooperationChanged) -> None:
    subject = Subject(
        id=event.cooperation_id,
        kind=SubjectKind.COOPERATION,
        version=event.version,
        variant=event.regime.value,
        title="",
        unit_ids=(event.unit_id,),
        begins_on=event.starts_on,
        ends_on=event.ends_on,
    )
    await repository.save_subject(tx.session, subject)


async def end_cooperation(tx: Transaction, event: CooperationEnded) -> None:
    """Note that it is over; its beginning may be told later."""
    await repository.end_subject(
        tx.session, event.cooperation_id, version=event.version, ended_on=event.ended_on
    )


async def follow_plan(tx: Transaction, event: PlanApproved) -> None:
    """Require documents from the first approval on: a later revision does not begin anew."""
    subject = Subject(
        id=event.plan_id,
        kind=SubjectKind.PLAN,
        version=event.version,
        variant=event.kind.value,
        title=event.title,
        unit_ids=event.unit_ids,
        begins_on=event.approved_on,
        ends_on=event.valid_until,
    )
    await repository.save_subject(tx.session, subject)


async def end_plan(tx: Transaction, event: PlanClosed) -> None:
    """Note that a plan is over; its approval may be told later, one never approved requires nothing."""
    await repository.end_subject(tx.session, event.plan_id, version=event.version, ended_on=event.closed_on)


async def note_memorandum(tx: Transaction, event: MemorandumConcluded) -> None:
    """Count from it for the cooperations of the unit: the event does not name one."""
    await repository.save_milestone(
        tx.session,
        event.unit_id,
        Milestone.MEMORANDUM,
        version=event.version,
        reached_on=event.concluded_on,
        source_id=event.memorandum_id,
    )


async def note_description(tx: Transaction, event: CooperationDescribed) -> None:
    await repository.save_milestone(
        tx.session,
        event.cooperation_id,
        Milestone.DESCRIPTION,
        version=event.version,
        reached_on=event.starts_on,
        source_id=event.description_id,
    )


async def set_requirements(
    tx: Transaction,
    requirements: tuple[Requirement, ...],
    *,
    valid_from: date,
    note: str,
    expected: int,
) -> RequirementEdition:
    """Add an edition; `expected` is the number of the last one, 0 before the first."""
    await repository.lock_editions(tx.session)
    last = await repository.last_edition(tx.session)
    expect_version(expected, last.number if last else 0)
    edition = domain.next_edition(last, requirements, valid_from=valid_from, note=note)
    await repository.add_edition(tx, edition)
    return edition
