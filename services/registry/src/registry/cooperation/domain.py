"""A cooperation of a unit with the Agency: how it begins, through which phases it goes, how it ends."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from registry.cooperation.phases import Phase, Status
from registry.cooperation.refusals import CooperationDoesNotAllow
from registry.cooperation.regimes import REGIMES, Form, Grounds
from shared.contracts.documents import DocumentRef
from shared.contracts.registry import CooperationRegime
from shared.procedure import Procedure


class Move(StrEnum):
    """What can be decided on a cooperation; an agreed description activates, the rest are requests."""

    ACTIVATE = "activate"
    CANCEL = "cancel"
    SUSPEND = "suspend"
    RESUME = "resume"
    BEGIN_EXIT = "begin-exit"
    BEGIN_EX_POST = "begin-ex-post"
    END = "end"


class EndKind(StrEnum):
    """How a cooperation came to its end."""

    AS_AGREED = "as-agreed"  # uplynutím dohodnuté doby
    BY_UNIT = "by-unit"  # ze strany územního celku
    BY_AGENCY = "by-agency"  # ze strany Agentury
    NOT_FULFILLED = "not-fulfilled"  # pro neplnění


_S: Final = Status
LIVE: Final = frozenset({_S.ACTIVE, _S.SUSPENDED, _S.EXIT, _S.EX_POST})
"""The unit cooperates, even where the work stands still at present."""
PROCEDURE: Final = Procedure(
    moves={
        Move.ACTIVATE: (frozenset({_S.PREPARATION}), _S.ACTIVE),
        Move.CANCEL: (frozenset({_S.PREPARATION}), _S.CANCELLED),
        Move.SUSPEND: (frozenset({_S.ACTIVE}), _S.SUSPENDED),
        Move.RESUME: (frozenset({_S.SUSPENDED}), _S.ACTIVE),
        Move.BEGIN_EXIT: (frozenset({_S.ACTIVE}), _S.EXIT),
        Move.BEGIN_EX_POST: (frozenset({_S.EXIT}), _S.EX_POST),
        Move.END: (LIVE, _S.ENDED),
    },
    labels={
        _S.PREPARATION: ("v přípravě", "in preparation"),
        _S.ACTIVE: ("aktivní", "active"),
        _S.SUSPENDED: ("pozastavená", "suspended"),
        _S.EXIT: ("exit", "exit"),
        _S.EX_POST: ("ex-post", "ex-post"),
        _S.ENDED: ("ukončená", "ended"),
        _S.CANCELLED: ("zrušená", "cancelled"),
        Move.ACTIVATE: ("zahájit dohodnutým popisem spolupráce", "begin by an agreed description"),
        Move.CANCEL: ("zrušit přípravu", "cancel the preparation"),
        Move.SUSPEND: ("pozastavit", "suspend"),
        Move.RESUME: ("obnovit", "resume"),
        Move.BEGIN_EXIT: ("zahájit exit", "begin the exit"),
        Move.BEGIN_EX_POST: ("zahájit ex-post podporu", "begin ex-post support"),
        Move.END: ("ukončit", "end"),
    },
    refusal=CooperationDoesNotAllow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who approved remote partial support, when, and under which number."""

    body: str
    approved_on: date
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """`starts_on` is None until the first day is agreed, `ends_on` while the end is open.

    `started_at` and `ended_at` are the instants when the start and the end were told.
    """

    id: UUID
    unit_id: UUID
    regime: CooperationRegime
    form: Form | None = None
    grounds: Grounds | None = None
    grounds_note: str = ""
    approval: Approval | None = None
    status: Status
    starts_on: date | None
    ends_on: date | None
    end_kind: EndKind | None = None
    exit_strategy: DocumentRef | None = None
    exit_note: str = ""
    phases: tuple[Phase, ...]
    version: int
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def phase_from(self) -> date:
        """The first day of the present phase."""
        return next(each.from_on for each in reversed(self.phases) if each.status is self.status)

    def overlaps(self, other: "Cooperation") -> bool:
        """Whether they have a day in common; one whose first day is not agreed has none."""
        if self.starts_on is None or other.starts_on is None:
            return False
        return self.starts_on <= (other.ends_on or date.max) and other.starts_on <= (self.ends_on or date.max)

    def excludes(self, other: "Cooperation") -> bool:
        """Whether the regimes may never run beside each other in one unit."""
        return other.regime in REGIMES[self.regime].excludes
