"""What happens here when a report is frozen, a memorandum concluded, a cooperation described."""

from documents.renditions.domain import Taken
from documents.renditions.use_cases import ask, fetch_report, freeze_description, freeze_memorandum
from shared.contracts.intake import CooperationDescribed, MemorandumConcluded
from shared.contracts.reports import EvaluationCompleted
from shared.reactions import prepare
from shared.transaction import Transaction


@prepare(fetch_report)
async def render_completed_report(tx: Transaction, _event: EvaluationCompleted, report: Taken) -> None:
    await ask(tx, report)


@prepare(freeze_memorandum)
async def render_concluded_memorandum(tx: Transaction, _event: MemorandumConcluded, page: Taken) -> None:
    await ask(tx, page)


@prepare(freeze_description)
async def render_agreed_description(tx: Transaction, _event: CooperationDescribed, page: Taken) -> None:
    await ask(tx, page)
