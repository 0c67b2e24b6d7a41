"""A call for cooperation: what it holds, where it stands, whether it takes applications."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from registry.calls.window import Window, window_of
from shared.contracts.registry import ThematicArea, UnitKind
from shared.errors import Invalid, NotFound, RuleBroken
from shared.procedure import MoveRefused, Procedure, StandsInTheWay


class Status(StrEnum):
    """What was decided about the call; whether it takes applications follows from the time (`Phase`)."""

    DRAFT = "draft"  # příprava
    ANNOUNCED = "announced"  # vyhlášena
    CANCELLED = "cancelled"  # zrušena


class Move(StrEnum):
    EDIT = "edit"
    ANNOUNCE = "announce"
    EXTEND = "extend"
    CANCEL = "cancel"


class Phase(StrEnum):
    """Where the call stands at an instant."""

    DRAFT = "draft"
    ANNOUNCED = "announced"  # vyhlášena, příjem ještě nezačal
    OPEN = "open"  # příjem běží
    CLOSED = "closed"  # příjem skončil
    CANCELLED = "cancelled"


class CallDoesNotMove(MoveRefused):
    pass


PROCEDURE: Procedure[Status, Move] = Procedure(
    moves={
        Move.EDIT: (frozenset({Status.DRAFT}), Status.DRAFT),
        Move.ANNOUNCE: (frozenset({Status.DRAFT}), Status.ANNOUNCED),
        Move.EXTEND: (frozenset({Status.ANNOUNCED}), Status.ANNOUNCED),
        Move.CANCEL: (frozenset({Status.ANNOUNCED}), Status.CANCELLED),
    },
    labels={
        Status.DRAFT: ("příprava", "draft"),
        Status.ANNOUNCED: ("vyhlášena", "announced"),
        Status.CANCELLED: ("zrušena", "cancelled"),
        Move.EDIT: ("upravit", "to edit"),
        Move.ANNOUNCE: ("vyhlásit", "to announce"),
        Move.EXTEND: ("prodloužit příjem", "to extend the intake"),
        Move.CANCEL: ("zrušit", "to cancel"),
    },
    refusal=CallDoesNotMove,
)


class CallUnknown(NotFound):
    cs = "Taková výzva v registru není."
    en = "There is no such call."


class CallCodeTaken(RuleBroken):
    cs = "Výzvu s kódem „{code}“ už registr má."
    en = "The registry has a call with the code “{code}” already."


class CallIncomplete(StandsInTheWay):
    cs = "Výzvu zatím nelze vyhlásit: něco v ní chybí nebo nesouhlasí."
    en = "The call cannot be announced yet: something is missing or does not fit."


class IntakeIsOver(StandsInTheWay):
    cs = "Příjem přihlášek do výzvy „{code}“ skončil {closes_at}."
    en = "The intake of the call “{code}” ended at {closes_at}."


class NotAnExtension(Invalid):
    cs = "Příjem teď končí {closes_on}; prodloužit jej lze jen na pozdější den."
    en = "The intake ends on {closes_on} now; it can only be extended to a later day."


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What the commission scores; `min_points` is the least that a recommended application has."""

    code: str
    name_cs: str
    name_en: str
    weight: Decimal
    max_points: int
    min_points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentKind:
    """What an application brings along."""

    code: str
    name_cs: str
    name_en: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All of a call that can be edited until it is announced; what is missing is None or empty.

    `opens_on` and `closes_on` both belong to the intake; `form` is a JSON Schema of the answers;
    `capacity` is how many may be accepted, None for all; days of the Agency and of completion are
    working days.
    """

    code: str
    title: str
    text: str
    contact: str
    methodology: str
    opens_on: date | None
    closes_on: date | None
    eligible_kinds: frozenset[UnitKind]
    areas: frozenset[ThematicArea]
    form: dict[str, object]
    attachments: tuple[AttachmentKind, ...]
    criteria: tuple[Criterion, ...]
    minimum_points: Decimal | None
    capacity: int | None
    formal_check_days: int
    completion_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Content):
    """`closes_on` is the day of `closes_at` in Prague, which an outage may have moved into the next one."""

    id: UUID
    version: int
    status: Status
    announced_on: date | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    cancelled_on: date | None = None
    cancellation_cs: str | None = None
    cancellation_en: str | None = None

    @property
    def window(self) -> Window | None:
        return window_of(self.opens_at, self.closes_at)

    @property
    def highest_points(self) -> Decimal:
        """The weighted total of the best possible application."""
        return sum((each.weight * each.max_points for each in self.criteria), Decimal(0))

    def phase(self, now: datetime) -> Phase:
        return phase_of(self.status, self.window, now)


def phase_of(status: Status, window: Window | None, now: datetime) -> Phase:
    if status is not Status.ANNOUNCED or window is None:
        return Phase.CANCELLED if status is Status.CANCELLED else Phase.DRAFT
    if now < window.opens_at:
        return Phase.ANNOUNCED
    return Phase.OPEN if now <= window.closes_at else Phase.CLOSED
