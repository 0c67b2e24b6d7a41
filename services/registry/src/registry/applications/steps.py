"""The way of an application: its states, and the moves that lead from one to another."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from shared.procedure import MoveRefused, Procedure


class Status(StrEnum):
    """Where an application stands (stav přihlášky)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    FORMALLY_CORRECT = "formally-correct"
    IN_EVALUATION = "in-evaluation"
    RECOMMENDED = "recommended"
    NOT_RECOMMENDED = "not-recommended"
    RESERVE = "reserve"
    APPROVED = "approved"
    MEMORANDUM_SIGNED = "memorandum-signed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What may be done with an application."""

    SUBMIT = "submit"
    RETURN = "return"
    RESUBMIT = "resubmit"
    PASS_FORMAL_CHECK = "pass-formal-check"  # noqa: S105 - a move, not a password
    REJECT_FORMALLY = "reject-formally"
    OPEN_EVALUATION = "open-evaluation"
    RECOMMEND = "recommend"
    DO_NOT_RECOMMEND = "do-not-recommend"
    PLACE_IN_RESERVE = "place-in-reserve"
    APPROVE = "approve"
    REJECT = "reject"
    SIGN_MEMORANDUM = "sign-memorandum"
    WITHDRAW = "withdraw"


class ApplicationDoesNotAllow(MoveRefused):
    """The application stands elsewhere than the move needs."""


FINAL: Final = frozenset({Status.MEMORANDUM_SIGNED, Status.REJECTED, Status.WITHDRAWN})
EDITABLE: Final = frozenset({Status.DRAFT, Status.RETURNED})
"""Where the applicant may change what is written in it."""
CONCLUSIONS: Final = frozenset({Move.RECOMMEND, Move.DO_NOT_RECOMMEND, Move.PLACE_IN_RESERVE})
"""How an evaluation may end."""
DEAD: Final = frozenset({Status.REJECTED, Status.WITHDRAWN})
"""After these the unit may file another application in the same call."""

LABELS: Final[Mapping[StrEnum, tuple[str, str]]] = {
    Status.DRAFT: ("rozpracovaná", "draft"),
    Status.SUBMITTED: ("podaná", "submitted"),
    Status.RETURNED: ("vrácená k doplnění", "returned for completion"),
    Status.FORMALLY_CORRECT: ("formálně v pořádku", "formally correct"),
    Status.IN_EVALUATION: ("v hodnocení", "in evaluation"),
    Status.RECOMMENDED: ("doporučená", "recommended"),
    Status.NOT_RECOMMENDED: ("nedoporučená", "not recommended"),
    Status.RESERVE: ("náhradník", "in reserve"),
    Status.APPROVED: ("schválená", "approved"),
    Status.MEMORANDUM_SIGNED: ("memorandum podepsáno", "memorandum signed"),
    Status.REJECTED: ("zamítnutá", "rejected"),
    Status.WITHDRAWN: ("stažená", "withdrawn"),
    Move.SUBMIT: ("podat", "to submit"),
    Move.RETURN: ("vrátit k doplnění", "to return for completion"),
    Move.RESUBMIT: ("podat po doplnění", "to submit again"),
    Move.PASS_FORMAL_CHECK: ("uznat formálně správnou", "to pass the formal check"),
    Move.REJECT_FORMALLY: ("zamítnout z formálních důvodů", "to reject on formal grounds"),
    Move.OPEN_EVALUATION: ("předat k hodnocení", "to open the evaluation"),
    Move.RECOMMEND: ("doporučit", "to recommend"),
    Move.DO_NOT_RECOMMEND: ("nedoporučit", "not to recommend"),
    Move.PLACE_IN_RESERVE: ("zařadit mezi náhradníky", "to place in reserve"),
    Move.APPROVE: ("schválit", "to approve"),
    Move.REJECT: ("zamítnout", "to reject"),
    Move.SIGN_MEMORANDUM: ("podepsat memorandum", "to sign the memorandum"),
    Move.WITHDRAW: ("stáhnout", "to withdraw"),
}

PROCEDURE: Final[Procedure[Status, Move]] = Procedure(
    moves={
        Move.SUBMIT: (frozenset({Status.DRAFT}), Status.SUBMITTED),
        Move.RETURN: (frozenset({Status.SUBMITTED}), Status.RETURNED),
        Move.RESUBMIT: (frozenset({Status.RETURNED}), Status.SUBMITTED),
        Move.PASS_FORMAL_CHECK: (frozenset({Status.SUBMITTED}), Status.FORMALLY_CORRECT),
        Move.REJECT_FORMALLY: (frozenset({Status.SUBMITTED, Status.RETURNED}), Status.REJECTED),
        Move.OPEN_EVALUATION: (frozenset({Status.FORMALLY_CORRECT}), Status.IN_EVALUATION),
        Move.RECOMMEND: (frozenset({Status.IN_EVALUATION}), Status.RECOMMENDED),
        Move.DO_NOT_RECOMMEND: (frozenset({Status.IN_EVALUATION}), Status.NOT_RECOMMENDED),
        Move.PLACE_IN_RESERVE: (frozenset({Status.IN_EVALUATION}), Status.RESERVE),
        Move.APPROVE: (frozenset({Status.RECOMMENDED, Status.RESERVE}), Status.APPROVED),
        Move.REJECT: (
            frozenset({Status.RECOMMENDED, Status.RESERVE, Status.NOT_RECOMMENDED}),
            Status.REJECTED,
        ),
        Move.SIGN_MEMORANDUM: (frozenset({Status.APPROVED}), Status.MEMORANDUM_SIGNED),
        Move.WITHDRAW: (frozenset(Status) - FINAL, Status.WITHDRAWN),
    },
    labels=LABELS,
    refusal=ApplicationDoesNotAllow,
)
