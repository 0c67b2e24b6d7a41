"""What happens here when the registry tells of an expert activity and who attended it."""

from collections.abc import Sequence

from evaluation.participants import attendance_use_cases
from shared.contracts.intake import ActivityRecorded
from shared.transaction import Transaction


async def import_attendance(tx: Transaction, events: Sequence[ActivityRecorded]) -> None:
    await attendance_use_cases.import_attendance(tx, events)
