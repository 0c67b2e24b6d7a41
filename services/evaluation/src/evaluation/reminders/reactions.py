"""What is told by mail when planning says that an approval is late or that a measure lost its owner."""

from datetime import timedelta
from uuid import uuid5

from evaluation.reminders import notice_repository
from evaluation.reminders.domain import Notice, Stage
from shared.contracts.planning import ApprovalOverdue, OwnerLapsed
from shared.transaction import Transaction

TOLD_UNTIL = timedelta(days=60)
"""What is older is history: a consumer that begins anew hears all of it."""


async def note_overdue_approval(tx: Transaction, event: ApprovalOverdue) -> None:
    if event.due_on < tx.today - TOLD_UNTIL:
        return
    notice = Notice(
        notice_id=uuid5(event.round_id, f"{event.type}:{event.label}:{event.due_on}"),
        stage=Stage.APPROVAL_OVERDUE,
        plan_id=event.plan_id,
        revision=event.revision,
        unit_ids=event.unit_ids,
        due_on=event.due_on,
        label=event.label,
    )
    await notice_repository.keep_notice(tx.session, notice, now=tx.now)


async def note_lapsed_owner(tx: Transaction, event: OwnerLapsed) -> None:
    """Tell that nobody stands behind a measure; what has no day of its own is told for today."""
    notice = Notice(
        notice_id=uuid5(event.measure_id, f"{event.type}:{event.plan_id}:{event.version}"),
        stage=Stage.OWNER_LAPSED,
        plan_id=event.plan_id,
        revision=event.revision,
        unit_ids=event.unit_ids,
        due_on=tx.today,
        number=event.number,
        owner=event.owner,
    )
    await notice_repository.keep_notice(tx.session, notice, now=tx.now)
