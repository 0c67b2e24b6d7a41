"""What is to be communicated after acts of the other services."""

from documents.communications import use_cases
from documents.communications.domain import ActToTell
from documents.communications.kinds import ActKind
from shared.contracts.consultation import ConsultationOpened, SettlementPublished
from shared.contracts.intake import CallAnnounced, MemorandumConcluded
from shared.contracts.planning import PlanApproved
from shared.contracts.registry import CooperationStarted
from shared.contracts.reports import EvaluationCompleted
from shared.days import day_of
from shared.transaction import Transaction


async def tell_of_cooperation(tx: Transaction, event: CooperationStarted) -> None:
    act = ActToTell(
        kind=ActKind.COOPERATION_STARTED,
        key=f"cooperation-started:{event.cooperation_id}",
        on=event.starts_on,
        about_id=event.cooperation_id,
        unit_ids=(event.unit_id,),
        cooperation_id=event.cooperation_id,
    )
    await use_cases.ask_for_outputs(tx, act)


async def tell_of_memorandum(tx: Transaction, event: MemorandumConcluded) -> None:
    act = ActToTell(
        kind=ActKind.MEMORANDUM_CONCLUDED,
        key=f"memorandum-concluded:{event.memorandum_id}",
        on=event.concluded_on,
        about_id=event.memorandum_id,
        unit_ids=(event.unit_id,),
    )
    await use_cases.ask_for_outputs(tx, act)


async def tell_of_consultation(tx: Transaction, event: ConsultationOpened) -> None:
    act = ActToTell(
        kind=ActKind.CONSULTATION_OPENED,
        key=f"consultation-opened:{event.consultation_id}",
        on=day_of(event.opens_at),
        about_id=event.consultation_id,
        unit_ids=event.unit_ids,
        plan_id=event.plan_id,
    )
    await use_cases.ask_for_outputs(tx, act)


async def tell_of_settlement(tx: Transaction, event: SettlementPublished) -> None:
    act = ActToTell(
        kind=ActKind.SETTLEMENT_PUBLISHED,
        key=f"settlement-published:{event.consultation_id}",
        on=event.published_on,
        about_id=event.consultation_id,
        unit_ids=event.unit_ids,
        plan_id=event.plan_id,
    )
    await use_cases.ask_for_outputs(tx, act)


async def tell_of_approved_plan(tx: Transaction, event: PlanApproved) -> None:
    """Every approved revision is told of."""
    act = ActToTell(
        kind=ActKind.PLAN_APPROVED,
        key=f"plan-approved:{event.plan_id}:{event.revision}",
        on=event.approved_on,
        about_id=event.plan_id,
        unit_ids=event.unit_ids,
        plan_id=event.plan_id,
    )
    await use_cases.ask_for_outputs(tx, act)


async def tell_of_evaluation(tx: Transaction, event: EvaluationCompleted) -> None:
    """Ask once: a corrected edition of the report asks for nothing more."""
    act = ActToTell(
        kind=ActKind.EVALUATION_COMPLETED,
        key=f"evaluation-completed:{event.evaluation_id}",
        on=event.completed_on,
        about_id=event.evaluation_id,
        unit_ids=event.unit_ids,
        plan_id=event.plan_id,
    )
    await use_cases.ask_for_outputs(tx, act)


async def tell_of_call(tx: Transaction, event: CallAnnounced) -> None:
    """Ask the Agency: a call is of no unit."""
    act = ActToTell(
        kind=ActKind.CALL_ANNOUNCED,
        key=f"call-announced:{event.call_id}",
        on=event.announced_on,
        about_id=event.call_id,
    )
    await use_cases.ask_for_outputs(tx, act)
