"""What a round of approval is made of: steps, parties, verdicts, and where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypedDict
from uuid import UUID

from planning.approvals.chain import ChainStep
from planning.approvals.refusals import RoundOver
from shared.contracts.base import Role


class RoundStatus(StrEnum):
    RUNNING = "running"
    QUIET = "quiet"
    APPROVED = "approved"
    RETURNED = "returned"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


class StepState(StrEnum):
    WAITING = "waiting"
    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"


class Labels(TypedDict):
    label_cs: str
    label_en: str
    level: str


STANDS: Final[Mapping[RoundStatus, tuple[str, str]]] = {
    RoundStatus.RUNNING: ("schvaluje se", "it is being decided"),
    RoundStatus.QUIET: ("běží ochranná lhůta před zveřejněním", "the quiet period before publication runs"),
    RoundStatus.APPROVED: ("plán je schválen", "the plan is approved"),
    RoundStatus.RETURNED: ("plán byl vrácen", "the plan was returned"),
    RoundStatus.STOPPED: ("zveřejnění bylo zastaveno", "the publication was stopped"),
    RoundStatus.WITHDRAWN: ("plán byl vzat zpět", "the plan was withdrawn"),
}
LIVE = frozenset({RoundStatus.RUNNING, RoundStatus.QUIET})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Who decides: with which roles, for which units, leading which bodies (chair or manager today)."""

    id: str
    roles: frozenset[Role]
    units: frozenset[UUID]
    is_agency: bool
    leads: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """That a party agreed: who recorded it, the day, the body and the number of its resolution."""

    by: str
    affiliation: str
    decided_on: date
    body: str
    reference: str
    decision_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    unit_id: UUID | None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundStep:
    step: ChainStep
    state: StepState
    parties: tuple[Party, ...]
    opened_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None

    @property
    def open_parties(self) -> tuple[Party, ...]:
        return tuple(party for party in self.parties if party.verdict is None)

    @property
    def labels(self) -> Labels:
        """What every refusal of the step tells."""
        return Labels(label_cs=self.step.label_cs, label_en=self.step.label_en, level=self.step.level.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One way of a submitted plan, or of the draft of its next revision, through its chain."""

    id: UUID
    version: int
    plan_id: UUID
    revision: int
    number: int
    unit_ids: tuple[UUID, ...]
    submitted_by: str
    opened_on: date
    status: RoundStatus
    position: int
    steps: tuple[RoundStep, ...]
    quiet_days: int
    quiet_until: date | None = None
    ended_on: date | None = None
    ended_by: str | None = None
    reason: str = ""
    hindered_by: str = ""

    @property
    def current(self) -> RoundStep:
        """The step that is being decided; raises RoundOver."""
        if self.status is not RoundStatus.RUNNING:
            raise self.over()
        return self.steps[self.position]

    def over(self) -> RoundOver:
        """Return the refusal of a decision, with where the round stands and what is possible."""
        label_cs, label_en = STANDS[self.status]
        return RoundOver(
            label_cs=label_cs, label_en=label_en, state=self.status.value, allowed_moves=self.allowed_moves
        )

    @property
    def allowed_moves(self) -> list[str]:
        moves = {RoundStatus.RUNNING: ["decide", "return"], RoundStatus.QUIET: ["stop"]}
        return moves.get(self.status, [])

    @property
    def verdicts(self) -> Iterator[tuple[int, Verdict]]:
        for place, step in enumerate(self.steps):
            for party in step.parties:
                if party.verdict is not None:
                    yield place, party.verdict
