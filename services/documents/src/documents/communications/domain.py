"""A communication plan, its outputs, and the rules by which acts ask for them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from documents.communications.kinds import ActKind, CommunicationKind, OutputState
from documents.communications.refusals import (
    CommunicationPlanClosed,
    CommunicationPlanOfNothing,
    CommunicationUnitNotYours,
    DoneInFuture,
    OutputNotPlanned,
    PlanEndsBeforeItBegins,
    ProofMissing,
)
from shared.working_days import working_days_after

STALE: Final = timedelta(days=90)
"""An act asks for nothing that would be late by more: a service that starts anew hears of years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    kind: CommunicationKind
    promised: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunicationPlan:
    """`responsible` is an office or an organisation, never a person."""

    id: UUID
    title: str
    unit_ids: tuple[UUID, ...]
    responsible: str
    valid_from: date
    valid_until: date
    channels: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    cooperation_id: UUID | None = None
    plan_id: UUID | None = None
    project_id: UUID | None = None
    closed_on: date | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An output of the kind is due so many working days after the act."""

    id: UUID
    act: ActKind
    kind: CommunicationKind
    title: str
    channel: str
    target_group: str
    working_days: int
    is_active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ActToTell:
    """An act as its event told it; `key` names it once for all."""

    kind: ActKind
    key: str
    on: date
    about_id: UUID
    unit_ids: tuple[UUID, ...] = ()
    plan_id: UUID | None = None
    cooperation_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    id: UUID
    communication_plan_id: UUID | None
    unit_ids: tuple[UUID, ...]
    kind: CommunicationKind
    title: str
    due_on: date
    channel: str = ""
    target_group: str = ""
    responsible: str = ""
    state: OutputState = OutputState.PLANNED
    done_on: date | None = None
    proof_url: str | None = None
    document_id: UUID | None = None
    note: str | None = None
    rule_id: UUID | None = None
    act_key: str | None = None
    about_id: UUID | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """When an output was done, and by what that is proven."""

    done_on: date
    proof_url: str | None
    document_id: UUID | None
    note: str | None


def check_plan(plan: CommunicationPlan) -> CommunicationPlan:
    """Raise PlanEndsBeforeItBegins, CommunicationPlanOfNothing."""
    if plan.valid_until < plan.valid_from:
        raise PlanEndsBeforeItBegins(pointer="/valid_until")
    if plan.cooperation_id is None and plan.plan_id is None and plan.project_id is None:
        raise CommunicationPlanOfNothing
    return plan


def expect_own_units(
    unit_ids: Iterable[UUID], own: frozenset[UUID] | None, *, joint: frozenset[UUID] = frozenset()
) -> None:
    """Raise CommunicationUnitNotYours unless each unit is one's own; `own` is None for the Agency.

    `joint` are the units of the plan that is communicated: who belongs to one of them plans for all of them.
    """
    wanted = set(unit_ids)
    if own is None or (wanted and own.issuperset(wanted)):
        return
    if wanted != joint or own.isdisjoint(joint):
        raise CommunicationUnitNotYours


def expect_open(plan: CommunicationPlan) -> None:
    if plan.closed_on is not None:
        raise CommunicationPlanClosed(closed_on=plan.closed_on)


def due_of(rule: Rule, act: ActToTell, *, today: date) -> date | None:
    """Return the day on which the rule wants the output; None where it is long past."""
    due_on = working_days_after(act.on, rule.working_days)
    return due_on if due_on >= today - STALE else None


def expect_planned(output: Output) -> None:
    if output.state is not OutputState.PLANNED:
        raise OutputNotPlanned(state=output.state.value, allowed_moves=[])


def done(output: Output, completion: Completion, *, today: date) -> Output:
    """Note that it was done; raises OutputNotPlanned, ProofMissing, DoneInFuture."""
    expect_planned(output)
    if completion.proof_url is None and completion.document_id is None:
        raise ProofMissing(pointer="/proof_url")
    if completion.done_on > today:
        raise DoneInFuture(pointer="/done_on", done_on=completion.done_on)
    return replace(
        output,
        state=OutputState.DONE,
        done_on=completion.done_on,
        proof_url=completion.proof_url,
        document_id=completion.document_id,
        note=completion.note,
        version=output.version + 1,
    )


def cancelled(output: Output, *, reason: str) -> Output:
    expect_planned(output)
    return replace(output, state=OutputState.CANCELLED, note=reason, version=output.version + 1)
