"""The life of a consultation; whether it is open or closed follows from its window and the time."""

from collections.abc import Mapping
from dataclasses import dataclass
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


NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "preparation": ("příprava", "preparation"),
    "announced": ("vyhlášeno", "announced"),
    "open": ("otevřeno", "open"),
    "closed": ("uzavřeno", "closed"),
    "settled": ("vypořádáno", "settled"),
    "published": ("vypořádání zveřejněno", "settlement published"),
    "cancelled": ("zrušeno", "cancelled"),
    "change": ("změnit", "change"),
    "opening": ("otevřít", "open"),
    "prolongation": ("prodloužit", "prolong"),
    "cancellation": ("zrušit", "cancel"),
    "hearing": ("zapsat veřejné projednání", "record the hearing"),
    "commenting": ("podat připomínku", "comment"),
    "entry": ("zapsat připomínku", "enter a comment"),
    "sorting": ("třídit připomínky", "sort comments"),
    "disposition": ("vypořádat připomínku", "settle a comment"),
    "withdrawal": ("vzít připomínku zpět", "withdraw a comment"),
    "release": ("kontrolovat osobní údaje", "check for personal data"),
    "settlement": ("uzavřít vypořádání", "finish the settlement"),
    "publication": ("zveřejnit vypořádání", "publish the settlement"),
}
_S = ConsultationStatus
_TAKING: Final = frozenset({_S.OPEN, _S.CLOSED})
MOVES: Final[Mapping[str, frozenset[ConsultationStatus]]] = {
    "change": frozenset({_S.PREPARATION}),
    "opening": frozenset({_S.PREPARATION}),
    "prolongation": frozenset({_S.ANNOUNCED, _S.OPEN}),
    "cancellation": frozenset({_S.PREPARATION, _S.ANNOUNCED, _S.OPEN, _S.CLOSED}),
    "hearing": frozenset({_S.PREPARATION, _S.ANNOUNCED, _S.OPEN, _S.CLOSED, _S.SETTLED}),
    "commenting": _TAKING,
    "entry": _TAKING,
    "sorting": _TAKING,
    "disposition": _TAKING,
    "withdrawal": _TAKING,
    "settlement": frozenset({_S.CLOSED}),
    "release": frozenset({_S.SETTLED}),
    "publication": frozenset({_S.SETTLED}),
}
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


def expect_allows(consultation: Consultation, move: str, *, now: datetime) -> None:
    """Raise ConsultationDoesNotAllow unless the move is possible where the consultation stands."""
    status = consultation.status_at(now)
    if status not in MOVES[move]:
        allowed = [each for each, sources in MOVES.items() if status in sources]
        raise ConsultationDoesNotAllow(NAMES, state=status.value, move=move, allowed_moves=allowed)


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
