"""What happens here when the report of an evaluation is frozen."""

from documents.renditions.domain import Taken
from documents.renditions.use_cases import ask, fetch_report
from shared.contracts.reports import EvaluationCompleted
from shared.reactions import prepare
from shared.transaction import Transaction


@prepare(fetch_report)
async def render_completed_report(tx: Transaction, _event: EvaluationCompleted, report: Taken) -> None:
    await ask(tx, report)
