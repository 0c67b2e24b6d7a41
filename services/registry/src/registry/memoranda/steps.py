"""The states of an edition of a memorandum, and the moves between them."""

from enum import StrEnum
from typing import Final

from registry.memoranda.refusals import MemorandumDoesNotAllow
from shared.procedure import Procedure


class Status(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    SIGNED = "signed"
    CONCLUDED = "concluded"
    SUPERSEDED = "superseded"
    TERMINATED = "terminated"
    DISCARDED = "discarded"


class Move(StrEnum):
    EDIT = "edit"
    APPROVE = "approve"
    SIGN = "sign"
    COUNTERSIGN = "countersign"
    DISCARD = "discard"
    TERMINATE = "terminate"


IN_THE_MAKING: Final = frozenset({Status.DRAFT, Status.APPROVED, Status.SIGNED})
PROCEDURE: Final[Procedure[Status, Move]] = Procedure(
    moves={
        Move.EDIT: (frozenset({Status.DRAFT}), Status.DRAFT),
        Move.APPROVE: (frozenset({Status.DRAFT}), Status.APPROVED),
        Move.SIGN: (frozenset({Status.APPROVED}), Status.SIGNED),
        Move.COUNTERSIGN: (frozenset({Status.SIGNED}), Status.CONCLUDED),
        Move.DISCARD: (IN_THE_MAKING, Status.DISCARDED),
        Move.TERMINATE: (frozenset({Status.CONCLUDED}), Status.TERMINATED),
    },
    labels={
        Status.DRAFT: ("rozpracované", "draft"),
        Status.APPROVED: ("schválené zastupitelstvem", "approved by the assembly"),
        Status.SIGNED: ("podepsané jednou stranou", "signed by one party"),
        Status.CONCLUDED: ("uzavřené", "concluded"),
        Status.SUPERSEDED: ("nahrazené novým zněním", "superseded by a new edition"),
        Status.TERMINATED: ("ukončené", "terminated"),
        Status.DISCARDED: ("zahozené", "discarded"),
        Move.EDIT: ("upravit", "to edit"),
        Move.APPROVE: ("zapsat schválení zastupitelstvem", "to record the assembly's approval"),
        Move.SIGN: ("podepsat jako první", "to sign first"),
        Move.COUNTERSIGN: ("podepsat jako druhý", "to sign second"),
        Move.DISCARD: ("zahodit", "to discard"),
        Move.TERMINATE: ("ukončit", "to terminate"),
    },
    refusal=MemorandumDoesNotAllow,
)
