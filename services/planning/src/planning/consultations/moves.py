"""The moves of a consultation: changed, opened, prolonged, cancelled, its hearing recorded."""

from dataclasses import replace
from datetime import datetime

from planning.consultations.domain import (
    MOMENT,
    Consultation,
    ConsultationMove,
    Hearing,
    Prolongation,
    expect_window,
    moved,
)
from planning.consultations.freezing import FrozenDraft
from planning.consultations.refusals import CommentsSentAlready, WindowIsOver, WindowOnlyProlonged
from shared.contracts.consultation import ConsultationOpened
from shared.days import day_of


def change(before: Consultation, wanted: Consultation, *, now: datetime) -> Consultation:
    """Say it all anew while it is being prepared."""
    version = moved(before, ConsultationMove.CHANGE, now=now).version
    return expect_window(replace(wanted, version=version))


def open_up(
    consultation: Consultation, frozen: FrozenDraft, *, now: datetime
) -> tuple[Consultation, ConsultationOpened]:
    """Put the frozen draft before the public; a window that should have begun begins now."""
    opened = moved(consultation, ConsultationMove.OPENING, now=now)
    if consultation.closes_at <= now:
        raise WindowIsOver(closes_at=consultation.closes_at)
    opened = replace(
        opened,
        opens_at=max(consultation.opens_at, now),
        opened_at=now,
        revision=frozen.revision,
        unit_ids=frozen.unit_ids,
        digest=frozen.digest,
    )
    return opened, ConsultationOpened(
        version=opened.version,
        consultation_id=opened.id,
        plan_id=opened.plan_id,
        revision=opened.revision,
        unit_ids=opened.unit_ids,
        opens_at=opened.opens_at,
        closes_at=opened.closes_at,
        digest=frozen.digest,
    )


def prolong(consultation: Consultation, closes_at: datetime, *, reason: str, now: datetime) -> Consultation:
    """Give more time, to the settlement as many days too; a window is never made shorter."""
    longer = moved(consultation, ConsultationMove.PROLONGATION, now=now)
    if closes_at <= consultation.closes_at:
        raise WindowOnlyProlonged(pointer="/closes_at", closes_at=consultation.closes_at)
    more = Prolongation(
        prolonged_at=now, closed_at=consultation.closes_at, closes_at=closes_at, reason=reason
    )
    days = day_of(closes_at - MOMENT) - consultation.last_day
    longer = replace(
        longer,
        closes_at=closes_at,
        settle_by_on=consultation.settle_by_on + days,
        prolongations=(*consultation.prolongations, more),
    )
    return expect_window(longer)


def cancel(consultation: Consultation, *, reason: str, now: datetime) -> Consultation:
    """Raise CommentsSentAlready once somebody has commented."""
    cancelled = moved(consultation, ConsultationMove.CANCELLATION, now=now)
    if consultation.last_number:
        raise CommentsSentAlready(comments=consultation.last_number)
    return replace(cancelled, cancel_reason=reason)


def record_hearing(consultation: Consultation, hearing: Hearing | None, *, now: datetime) -> Consultation:
    """Plan a hearing, or add the minutes of one that was held."""
    return replace(moved(consultation, ConsultationMove.HEARING, now=now), hearing=hearing)
