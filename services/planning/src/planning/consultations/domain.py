"""The life of a consultation; whether it is open or closed follows from its window and the time."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from planning.consultations.refusals import (
    ClosesBeforeItOpens,
    ConsultationDoesNotAllow,
    SettledBeforeClosing,
    WindowTooLong,
)
from shared.days import day_of
from shared.procedure import Labels, Procedure

SETTLEMENT_DAYS: Final = 47
"""From the end of comments to their settlement, where nothing else is said (Ostrava, 6th plan)."""
LONGEST: Final = timedelta(days=366)
MOMENT: Final = timedelta(microseconds=1)


class ConsultationStatus(StrEnum):
    """`announced`, `open` and `closed` are what the time makes of one that is stored as open."""

    PREPARATION = "preparation"  # příprava
    ANNOUNCED = "announced"  # vyhlášeno, připomínky se ještě nepřijímají
    OPEN = "open"  # zveřejněno
    CLOSED = "closed"  # uzavřeno, probíhá vypořádání
    SETTLED = "settled"  # vypořádáno
    PUBLISHED = "published"  # vypořádání publikováno
    CANCELLED = "cancelled"  # zrušeno


class DeadlineRule(StrEnum):
    """What decides whether a comment came in time."""

    DELIVERED = "delivered"  # den doručení
    SENT = "sent"  # den odeslání


class Channel(StrEnum):
    """How a comment comes in."""

    WEB = "web"
    EMAIL = "e-mail"
    DATA_BOX = "data-box"  # datová schránka
    POST = "post"
    IN_PERSON = "in-person"  # osobně, podatelna
    PAPER = "paper"  # formulář do schránky na připomínky
    HEARING = "hearing"  # veřejné projednání


class ConsultationMove(StrEnum):
    CHANGE = "change"
    OPENING = "opening"
    PROLONGATION = "prolongation"
    CANCELLATION = "cancellation"
    HEARING = "hearing"
    COMMENTING = "commenting"
    ENTRY = "entry"
    SORTING = "sorting"
    DISPOSITION = "disposition"
    WITHDRAWAL = "withdrawal"
    SETTLEMENT = "settlement"
    RELEASE = "release"
    PUBLICATION = "publication"


_S = ConsultationStatus
_M = ConsultationMove
_TAKING: Final = frozenset({_S.OPEN, _S.CLOSED})
LABELS: Final[Labels] = {
    _S.PREPARATION: ("příprava", "preparation"),
    _S.ANNOUNCED: ("vyhlášeno", "announced"),
    _S.OPEN: ("otevřeno", "open"),
    _S.CLOSED: ("uzavřeno", "closed"),
    _S.SETTLED: ("vypořádáno", "settled"),
    _S.PUBLISHED: ("vypořádání zveřejněno", "settlement published"),
    _S.CANCELLED: ("zrušeno", "cancelled"),
    _M.CHANGE: ("změnit", "change"),
    _M.OPENING: ("otevřít", "open"),
    _M.PROLONGATION: ("prodloužit", "prolong"),
    _M.CANCELLATION: ("zrušit", "cancel"),
    _M.HEARING: ("zapsat veřejné projednání", "record the hearing"),
    _M.COMMENTING: ("podat připomínku", "comment"),
    _M.ENTRY: ("zapsat připomínku", "enter a comment"),
    _M.SORTING: ("třídit připomínky", "sort comments"),
    _M.DISPOSITION: ("vypořádat připomínku", "settle a comment"),
    _M.WITHDRAWAL: ("vzít připomínku zpět", "withdraw a comment"),
    _M.SETTLEMENT: ("uzavřít vypořádání", "finish the settlement"),
    _M.RELEASE: ("kontrolovat osobní údaje", "check for personal data"),
    _M.PUBLICATION: ("zveřejnit vypořádání", "publish the settlement"),
}
PROCEDURE: Final = Procedure(
    moves={
        _M.CHANGE: (frozenset({_S.PREPARATION}), None),
        _M.OPENING: (frozenset({_S.PREPARATION}), _S.OPEN),
        _M.PROLONGATION: (frozenset({_S.ANNOUNCED, _S.OPEN}), None),
        _M.CANCELLATION: (frozenset({_S.PREPARATION, _S.ANNOUNCED, _S.OPEN, _S.CLOSED}), _S.CANCELLED),
        _M.HEARING: (frozenset({_S.PREPARATION, _S.ANNOUNCED, _S.OPEN, _S.CLOSED, _S.SETTLED}), None),
        _M.COMMENTING: (_TAKING, None),
        _M.ENTRY: (_TAKING, None),
        _M.SORTING: (_TAKING, None),
        _M.DISPOSITION: (_TAKING, None),
        _M.WITHDRAWAL: (_TAKING, None),
        _M.SETTLEMENT: (frozenset({_S.CLOSED}), _S.SETTLED),
        _M.RELEASE: (frozenset({_S.SETTLED}), None),
        _M.PUBLICATION: (frozenset({_S.SETTLED}), _S.PUBLISHED),
    },
    labels=LABELS,
    refusal=ConsultationDoesNotAllow,
)
"""What can be done in which state; late comments are taken until the settlement is finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """A public hearing (veřejné projednání) of the working version; `minutes` names their document."""

    held_at: datetime
    place: str
    minutes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prolongation:
    prolonged_at: datetime
    closed_at: datetime
    closes_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """`status` is what was decided; ask `status_at` where it stands.

    The window is `opens_at` ≤ t < `closes_at`; `digest` is the SHA-256 of the draft frozen at the opening.
    """

    id: UUID
    version: int
    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    title: str
    status: ConsultationStatus
    opens_at: datetime
    closes_at: datetime
    deadline_rule: DeadlineRule
    channels: frozenset[Channel]
    form_required: bool
    settle_by_on: date
    contact: str
    paper_place: str
    instructions: str
    hearing: Hearing | None
    opened_at: datetime | None = None
    digest: str | None = None
    last_number: int = 0
    prolongations: tuple[Prolongation, ...] = ()
    cancel_reason: str = ""
    settled_at: datetime | None = None
    published_at: datetime | None = None

    @property
    def first_day(self) -> date:
        return day_of(self.opens_at)

    @property
    def last_day(self) -> date:
        """The last day on which a comment is in time; a window that ends at midnight ends the day before."""
        return day_of(self.closes_at - MOMENT)

    @property
    def days(self) -> int:
        """How many days the window has, the first and the last included."""
        return (self.last_day - self.first_day).days + 1

    @property
    def is_public(self) -> bool:
        return self.opened_at is not None

    def status_at(self, now: datetime) -> ConsultationStatus:
        if self.status is not ConsultationStatus.OPEN:
            return self.status
        if now < self.opens_at:
            return ConsultationStatus.ANNOUNCED
        return ConsultationStatus.OPEN if now < self.closes_at else ConsultationStatus.CLOSED


def expect_allows(consultation: Consultation, move: ConsultationMove, *, now: datetime) -> None:
    """Raise ConsultationDoesNotAllow unless the move is possible where the consultation stands."""
    PROCEDURE.after(consultation.status_at(now), move)


def moved(consultation: Consultation, move: ConsultationMove, *, now: datetime) -> Consultation:
    """Return its next version, where the move leads; raises ConsultationDoesNotAllow."""
    standing = consultation.status_at(now)
    reached = PROCEDURE.after(standing, move)
    status = consultation.status if reached is standing else reached
    return replace(consultation, version=consultation.version + 1, status=status)


def expect_window(consultation: Consultation) -> Consultation:
    """Raise ClosesBeforeItOpens, WindowTooLong, SettledBeforeClosing."""
    opens_at, closes_at = consultation.opens_at, consultation.closes_at
    if closes_at <= opens_at:
        raise ClosesBeforeItOpens(pointer="/closes_at", opens_at=opens_at, closes_at=closes_at)
    if closes_at - opens_at > LONGEST:
        raise WindowTooLong(pointer="/closes_at", days=LONGEST.days)
    if consultation.settle_by_on < consultation.last_day:
        raise SettledBeforeClosing(pointer="/settle_by_on", last_day=consultation.last_day)
    return consultation
