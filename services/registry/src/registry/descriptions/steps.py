"""The states of a description of cooperation, and the moves between them."""

from enum import StrEnum
from typing import Final

from registry.descriptions.refusals import DescriptionDoesNotAllow
from shared.procedure import Procedure


class Status(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    DISCARDED = "discarded"


class Move(StrEnum):
    EDIT = "edit"
    PROPOSE = "propose"
    RETURN = "return"
    AGREE = "agree"
    DISCARD = "discard"
    DRAFT_ANEW = "draft-anew"
    END = "end"


IN_THE_MAKING: Final = frozenset({Status.DRAFT, Status.PROPOSED})
PROCEDURE: Final[Procedure[Status, Move]] = Procedure(
    moves={
        Move.EDIT: (frozenset({Status.DRAFT}), Status.DRAFT),
        Move.PROPOSE: (frozenset({Status.DRAFT}), Status.PROPOSED),
        Move.RETURN: (frozenset({Status.PROPOSED}), Status.DRAFT),
        Move.AGREE: (frozenset({Status.PROPOSED}), Status.AGREED),
        Move.DISCARD: (IN_THE_MAKING, Status.DISCARDED),
        Move.DRAFT_ANEW: (frozenset({Status.AGREED, Status.ENDED}), Status.DRAFT),
        Move.END: (frozenset({Status.AGREED}), Status.ENDED),
    },
    labels={
        Status.DRAFT: ("rozpracovaný", "draft"),
        Status.PROPOSED: ("předložený stranám", "proposed to the parties"),
        Status.AGREED: ("sjednaný", "agreed"),
        Status.SUPERSEDED: ("nahrazený novým zněním", "superseded by a new edition"),
        Status.ENDED: ("ukončený", "ended"),
        Status.DISCARDED: ("zahozený", "discarded"),
        Move.EDIT: ("upravit", "to edit"),
        Move.PROPOSE: ("předložit stranám", "to propose"),
        Move.RETURN: ("vrátit k přepracování", "to return"),
        Move.AGREE: ("odsouhlasit", "to agree"),
        Move.DISCARD: ("zahodit", "to discard"),
        Move.DRAFT_ANEW: ("rozpracovat nové znění", "to draft a new edition"),
        Move.END: ("ukončit", "to end"),
    },
    refusal=DescriptionDoesNotAllow,
)
