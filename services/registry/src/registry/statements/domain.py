"""A request for a statement, its procedure and its clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from registry.deadline import Deadline
from registry.statements.refusals import StatementMoveRefused
from shared.contracts.documents import DocumentRef
from shared.contracts.intake import StatementKind, StatementOutcome
from shared.procedure import Procedure

AGENCY_DATA_BOX: Final = "26iaava"
"""The data box of the ministry's department for social inclusion, to which requests are sent."""
FOUNDED_ON: Final = date(2008, 1, 23)
"""The government founded the Agency (resolution 85): no request is older."""
LARGEST_SET: Final = 200
"""Units in one request."""


class Status(StrEnum):
    RECEIVED = "received"  # přijato
    RETURNED = "returned"  # vráceno k doplnění
    DRAFTED = "drafted"  # navrženo, čeká na podpis
    ISSUED = "issued"  # vydáno
    WITHDRAWN = "withdrawn"  # vzato zpět žadatelem
    REFUSED = "refused"  # Agentura není příslušná


class Move(StrEnum):
    RETURN = "return"
    COMPLETE = "complete"
    DRAFT = "draft"
    RETURN_DRAFT = "return-draft"
    ISSUE = "issue"
    WITHDRAW = "withdraw"
    REFUSE = "refuse"


OPEN: Final = frozenset({Status.RECEIVED, Status.RETURNED, Status.DRAFTED})
_RECEIVED, _DRAFTED = frozenset({Status.RECEIVED}), frozenset({Status.DRAFTED})
LABELS: Final[Mapping[StrEnum, tuple[str, str]]] = {
    Status.RECEIVED: ("přijato", "received"),
    Status.RETURNED: ("vráceno k doplnění", "returned for completion"),
    Status.DRAFTED: ("navrženo", "drafted"),
    Status.ISSUED: ("vydáno", "issued"),
    Status.WITHDRAWN: ("vzato zpět", "withdrawn"),
    Status.REFUSED: ("odmítnuto pro nepříslušnost", "refused as outside competence"),
    Move.RETURN: ("vrátit k doplnění", "return for completion"),
    Move.COMPLETE: ("doplnit", "complete"),
    Move.DRAFT: ("navrhnout výsledek", "draft an outcome"),
    Move.RETURN_DRAFT: ("vrátit návrh", "return the draft"),
    Move.ISSUE: ("vydat", "issue"),
    Move.WITHDRAW: ("vzít zpět", "withdraw"),
    Move.REFUSE: ("odmítnout pro nepříslušnost", "refuse as outside competence"),
}
PROCEDURE: Final[Procedure[Status, Move]] = Procedure(
    moves={
        Move.RETURN: (_RECEIVED, Status.RETURNED),
        Move.COMPLETE: (frozenset({Status.RETURNED}), Status.RECEIVED),
        Move.DRAFT: (_RECEIVED, Status.DRAFTED),
        Move.RETURN_DRAFT: (_DRAFTED, Status.RECEIVED),
        Move.ISSUE: (_DRAFTED, Status.ISSUED),
        Move.WITHDRAW: (OPEN, Status.WITHDRAWN),
        Move.REFUSE: (_RECEIVED, Status.REFUSED),
    },
    labels=LABELS,
    refusal=StatementMoveRefused,
)


class Alarm(StrEnum):
    """Whether somebody must hurry; a clock that stands rings no alarm."""

    NONE = "none"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What holds for statements of a kind; a request keeps the days that held when it was received.

    `index_years` and `index_threshold` bound the average Index that gives priority; no years: none asked.
    `version` 0 is that of the code.
    """

    working_days: int = 10
    alarm_days: int = 3
    index_years: tuple[int, ...] = ()
    index_threshold: Decimal = Decimal(8)
    version: int = 0


RULES: Final[Mapping[StatementKind, Rule]] = {
    StatementKind.RECOMMENDING_STATEMENT: Rule(),
    StatementKind.MAP_CONFIRMATION: Rule(index_years=(2020, 2021, 2022)),
}
"""Ten working days: call OP JAK 02_23_017; for KPSVL no other term was published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    name: str
    ico: str
    data_box: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the drafter proposes; `has_capacity` is stated where the Index gives no priority.

    `unmet` are the preconditions not met on the day of the draft; the digest is of all that was found.
    """

    outcome: StatementOutcome
    reasons: str
    conditions: tuple[str, ...]
    has_capacity: bool | None
    drafted_by: str
    drafted_on: date
    unmet: tuple[str, ...]
    findings_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """The number unbroken within kind and year, who signed, and the digest of all that was said."""

    number: str
    issued_on: date
    signed_by: str
    signatory_function: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """`unit_ids` in the order given: the first one leads. `selected_on`: the day of selection for KPSVL."""

    id: UUID
    version: int
    kind: StatementKind
    status: Status
    applicant: Applicant
    unit_ids: tuple[UUID, ...]
    project_title: str
    call_code: str
    requested_amount_czk: Decimal | None
    selected_on: date | None
    received_on: date
    message_id: str | None
    form: DocumentRef
    replaces: UUID | None
    clock: Deadline
    alarm_days: int
    draft: Draft | None = None
    issue: Issue | None = None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def due_on(self) -> date | None:
        """The last day of the clock, None while it stands."""
        return self.clock.due_on

    @property
    def alarm_on(self) -> date | None:
        """The first day of the alarm: so many working days are left on it, None while the clock stands."""
        due_on = self.clock.due_on
        if due_on is None:
            return None
        day = due_on
        while self.clock.days_left(day - timedelta(days=1)) <= self.alarm_days and day > self.received_on:
            day -= timedelta(days=1)
        return day

    @property
    def clock_on(self) -> date:
        """The day when the clock began, stopped or ran on last."""
        pauses = self.clock.pauses
        return (pauses[-1].until or pauses[-1].since) if pauses else self.received_on

    def days_left(self, today: date) -> int | None:
        """Return the working days left, negative when overdue; None when all is over."""
        return self.clock.days_left(today) if self.is_open else None

    def alarm(self, today: date) -> Alarm:
        due_on, alarm_on = self.due_on, self.alarm_on
        if not self.is_open or due_on is None or alarm_on is None or today < alarm_on:
            return Alarm.NONE
        return Alarm.OVERDUE if today > due_on else Alarm.SOON


def number_of(ordinal: int, year: int) -> str:
    """Return the number as it is cited; unbroken within the year and the kind."""
    return f"{ordinal}/{year}"
