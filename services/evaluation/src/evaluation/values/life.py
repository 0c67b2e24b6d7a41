"""The states of a value and the moves between them."""

from enum import StrEnum
from typing import Final

from evaluation.monitoring.domain import ObligationStatus
from evaluation.values.refusals import ValueNotSubmitted
from shared.procedure import Labels, Procedure


class Act(StrEnum):
    """What was done with a value; each act is a row that never changes."""

    REPORTED = "reported"
    APPROVED = "approved"
    RETURNED = "returned"
    CORRECTED = "corrected"
    RECOMPUTED = "recomputed"
    UPHELD = "upheld"


PUT_THERE: Final = (Act.REPORTED.value, Act.CORRECTED.value, Act.RECOMPUTED.value)
"""Acts that put a value there; the others only decide on it."""


class ValueMove(StrEnum):
    REPORT = "report"
    APPROVE = "approval"
    RETURN = "return"
    CORRECT = "correction"


LABELS: Final[Labels] = {
    ObligationStatus.OPEN: ("očekávaná", "awaited"),
    ObligationStatus.SUBMITTED: ("nahlášená", "submitted"),
    ObligationStatus.APPROVED: ("schválená", "approved"),
    ObligationStatus.RETURNED: ("vrácená", "returned"),
    ObligationStatus.CANCELLED: ("zrušená", "cancelled"),
    ValueMove.REPORT: ("nahlásit", "report"),
    ValueMove.APPROVE: ("schválit", "approve"),
    ValueMove.RETURN: ("vrátit", "return"),
    ValueMove.CORRECT: ("opravit", "correct"),
}
_SUBMITTED: Final = frozenset({ObligationStatus.SUBMITTED})
_APPROVED: Final = frozenset({ObligationStatus.APPROVED})
LIFE: Final = Procedure(
    moves={
        ValueMove.REPORT: (
            frozenset({ObligationStatus.OPEN, ObligationStatus.RETURNED}),
            ObligationStatus.SUBMITTED,
        ),
        ValueMove.APPROVE: (_SUBMITTED, ObligationStatus.APPROVED),
        ValueMove.RETURN: (_SUBMITTED, ObligationStatus.RETURNED),
        ValueMove.CORRECT: (_APPROVED, ObligationStatus.APPROVED),
    },
    labels=LABELS,
    refusal=ValueNotSubmitted,
)
