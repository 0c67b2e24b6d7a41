"""What the record keeps of what the services tell."""

from uuid import UUID

from documents.record import use_cases
from shared.contracts.consultation import ConsultationOpened, ConsultationSettled
from shared.contracts.evaluation import RecommendationIssued
from shared.contracts.intake import (
    ApplicationDecided,
    CallAnnounced,
    CallExtended,
    CooperationDescribed,
    MemorandumConcluded,
    StatementIssued,
)
from shared.contracts.planning import PlanApproved, PlanClosed, RecommendationAnswered
from shared.contracts.registry import (
    CooperationChanged,
    CooperationEnded,
    CooperationStarted,
    FiguresPublished,
    IndexPublished,
)
from shared.contracts.reports import EvaluationCompleted
from shared.transaction import Transaction

Decided = CallAnnounced | CallExtended | ApplicationDecided | StatementIssued
Agreed = MemorandumConcluded | CooperationDescribed
Cooperated = CooperationStarted | CooperationChanged | CooperationEnded
Published = IndexPublished | FiguresPublished
Planned = PlanApproved | PlanClosed | ConsultationOpened | ConsultationSettled
Evaluated = EvaluationCompleted | RecommendationIssued | RecommendationAnswered
Official = Decided | Agreed | Cooperated | Published | Planned | Evaluated


async def enter_act(tx: Transaction, event: Official) -> None:
    """Enter the act under the id of its event, by which it is known when it comes again."""
    await use_cases.enter(tx, event, UUID(tx.causation_id) if tx.causation_id else tx.new_id())
