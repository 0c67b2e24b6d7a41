"""Participants and their support: entered, corrected by further entries, withdrawn, erased, merged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from evaluation.participants.refusals import (
    CorrectedByTheRegistry,
    CorrectionOfACorrection,
    MoreThanOneEntryHolds,
    MoreThanTheDayHas,
    NothingToCorrect,
    ParticipantDoesNotAllow,
    PersonMergedAlready,
    SameRegistration,
    SupportAfterWithdrawal,
    SupportedSince,
    SupportInTheFuture,
    SupportOutsideTheProject,
    UnitNotRecognised,
    WithdrawalInTheFuture,
)
from evaluation.projects.conversion import MOST, SupportUnit, credit_of
from shared.procedure import Procedure


class LegalBasis(StrEnum):
    """Why the key may be processed (právní základ)."""

    CONSENT = "consent"  # souhlas
    PUBLIC_TASK = "public-task"  # úkol ve veřejném zájmu
    CONTRACT = "contract"  # smlouva


class SupportKind(StrEnum):
    COUNSELLING = "counselling"  # poradenství
    TRAINING = "training"  # vzdělávání
    SOCIAL_WORK = "social-work"  # sociální práce
    EMPLOYMENT = "employment"  # podpora zaměstnání
    HOUSING = "housing"  # podpora bydlení
    ACTIVITY = "activity"  # odborná činnost ze záznamu činností
    OTHER = "other"


class Origin(StrEnum):
    ENTERED = "entered"  # zapsáno člověkem
    ATTENDANCE = "attendance"  # z docházky
    CORRECTION = "correction"  # oprava
    ERASURE = "erasure"  # souhrn po výmazu


class ParticipantState(StrEnum):
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class ParticipantMove(StrEnum):
    SUPPORT = "support"
    CORRECT = "correction"
    MERGE = "merger"
    WITHDRAW = "withdrawal"
    ERASE = "erasure"


_S = ParticipantState
_THERE: Final = frozenset({_S.ACTIVE, _S.WITHDRAWN})
PROCEDURE: Final = Procedure(
    moves={
        ParticipantMove.SUPPORT: (_THERE, _S.ACTIVE),
        ParticipantMove.CORRECT: (_THERE, _S.ACTIVE),
        ParticipantMove.MERGE: (_THERE, _S.ACTIVE),
        ParticipantMove.WITHDRAW: (frozenset({_S.ACTIVE}), _S.WITHDRAWN),
        ParticipantMove.ERASE: (_THERE, _S.ERASED),
    },
    labels={
        _S.ACTIVE: ("účastní se", "active"),
        _S.WITHDRAWN: ("odešel z projektu", "withdrawn"),
        _S.ERASED: ("vymazán", "erased"),
        ParticipantMove.SUPPORT: ("zapsat podporu", "record support"),
        ParticipantMove.CORRECT: ("opravit zápis", "correct an entry"),
        ParticipantMove.MERGE: ("sloučit registrace", "merge registrations"),
        ParticipantMove.WITHDRAW: ("zapsat odchod", "record the withdrawal"),
        ParticipantMove.ERASE: ("vymazat údaje", "erase"),
    },
    refusal=ParticipantDoesNotAllow,
)
DAY_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A person of one project; `key` is None once it was erased."""

    id: UUID
    version: int
    project_id: UUID
    key: str | None
    role: str
    legal_basis: LegalBasis | None
    same_as: UUID | None = None
    withdrawn_on: date | None = None
    erased_at: datetime | None = None

    @property
    def state(self) -> ParticipantState:
        if self.erased_at is not None:
            return ParticipantState.ERASED
        return ParticipantState.ACTIVE if self.withdrawn_on is None else ParticipantState.WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What is entered: minutes, or months of housing, on one day."""

    supported_on: date
    kind: SupportKind
    unit: SupportUnit
    amount: int
    key_activity_id: UUID | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Support):
    id: UUID
    participant_id: UUID
    origin: Origin
    activity_id: UUID | None = None
    corrects_id: UUID | None = None

    @property
    def credit(self) -> int:
        return credit_of(self.amount, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a project lets be recorded."""

    starts_on: date
    ends_on: date
    support_units: frozenset[SupportUnit]


def expect_supportable(participant: Participant, support: Support, terms: Terms, *, today: date) -> None:
    """Raise why the support cannot be recorded for the participant."""
    PROCEDURE.after(participant.state, ParticipantMove.SUPPORT)
    on = support.supported_on
    if on > today:
        raise SupportInTheFuture(pointer="/supported_on", supported_on=on)
    if not terms.starts_on <= on <= terms.ends_on:
        raise SupportOutsideTheProject(
            pointer="/supported_on", supported_on=on, starts_on=terms.starts_on, ends_on=terms.ends_on
        )
    if support.unit not in terms.support_units:
        raise UnitNotRecognised(pointer="/unit", unit=support.unit.value)
    _expect_amount(support.amount, support.unit)
    if participant.withdrawn_on is not None and on > participant.withdrawn_on:
        raise SupportAfterWithdrawal(
            supported_on=on, withdrawn_on=participant.withdrawn_on, **PROCEDURE.facts(participant.state)
        )


def _expect_amount(amount: int, unit: SupportUnit) -> None:
    if amount > MOST[unit]:
        raise MoreThanOneEntryHolds(pointer="/amount", unit=unit.value, most=MOST[unit], amount=amount)


def expect_within_a_day(participant: Participant, support: Support, *, minutes_of_day: int) -> None:
    """Raise MoreThanTheDayHas; months of housing are no minutes of a day."""
    in_minutes = support.unit is not SupportUnit.HOUSING_MONTH
    if in_minutes and minutes_of_day + support.amount > DAY_MINUTES:
        raise MoreThanTheDayHas(supported_on=support.supported_on, **PROCEDURE.facts(participant.state))


def correct(
    participant: Participant, entries: Sequence[Entry], *, amount: int, reason: str, entry_id: UUID
) -> Entry:
    """Return the entry that makes the first of `entries`, with its corrections so far, give `amount`.

    It stands on the day of what it corrects. Raises CorrectionOfACorrection, CorrectedByTheRegistry,
    NothingToCorrect.
    """
    PROCEDURE.after(participant.state, ParticipantMove.CORRECT)
    first = entries[0]
    if first.origin is Origin.CORRECTION:
        raise CorrectionOfACorrection(pointer="/entry_id")
    if first.origin is not Origin.ENTERED:
        raise CorrectedByTheRegistry(**PROCEDURE.facts(participant.state))
    _expect_amount(amount, first.unit)
    now = sum(entry.amount for entry in entries)
    if amount == now:
        raise NothingToCorrect(amount=now, **PROCEDURE.facts(participant.state))
    return replace(
        first,
        id=entry_id,
        amount=amount - now,
        origin=Origin.CORRECTION,
        corrects_id=first.id,
        reason=reason,
    )


def withdraw(
    participant: Participant, on: date, *, last_supported_on: date | None, today: date
) -> Participant:
    """Let a participant leave; what was recorded until that day counts on.

    Raises WithdrawalInTheFuture, SupportedSince.
    """
    PROCEDURE.after(participant.state, ParticipantMove.WITHDRAW)
    if on > today:
        raise WithdrawalInTheFuture(pointer="/withdrawn_on", withdrawn_on=on)
    if last_supported_on is not None and last_supported_on > on:
        raise SupportedSince(supported_on=last_supported_on, **PROCEDURE.facts(participant.state))
    return replace(participant, version=participant.version + 1, withdrawn_on=on)


def erase(participant: Participant, *, now: datetime) -> Participant:
    """Forget the key; that somebody was counted, and with how many hours, stays without it."""
    PROCEDURE.after(participant.state, ParticipantMove.ERASE)
    return replace(participant, version=participant.version + 1, key=None, erased_at=now)


def merge(participant: Participant, into: Participant, *, has_merged: bool) -> Participant:
    """Sum the hours of a second registration of one person under the first.

    `has_merged`: others are merged with the participant. Raises SameRegistration, PersonMergedAlready.
    """
    PROCEDURE.after(participant.state, ParticipantMove.MERGE)
    PROCEDURE.after(into.state, ParticipantMove.MERGE)
    if participant.id == into.id:
        raise SameRegistration(pointer="/same_as")
    if has_merged or participant.same_as is not None or into.same_as is not None:
        raise PersonMergedAlready(**PROCEDURE.facts(participant.state))
    return replace(participant, version=participant.version + 1, same_as=into.id)
