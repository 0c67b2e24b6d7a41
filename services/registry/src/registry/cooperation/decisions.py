"""Decisions on a cooperation: each gives its new state and, where others are to know, what is told."""

from dataclasses import replace
from datetime import date, datetime

from registry.cooperation.circumstances import Circumstances, expect_fit, outside
from registry.cooperation.domain import PROCEDURE, Cooperation, EndKind, Move
from registry.cooperation.phases import Status, ending, turned
from registry.cooperation.refusals import BeforeThePhase, CooperationInPreparation, ExitWithoutStrategy
from shared.contracts.documents import DocumentRef
from shared.contracts.registry import CooperationChanged, CooperationEnded, CooperationStarted

Told = CooperationStarted | CooperationChanged | CooperationEnded
Outcome = tuple[Cooperation, Told | None]


def prepare(cooperation: Cooperation, on: date, given: Circumstances) -> Cooperation:
    """Begin to prepare a cooperation whose days are not agreed yet."""
    if not given.unit.exists_between(on, on):
        raise outside(given.unit, {})
    for other in given.others:
        if other.regime is cooperation.regime and other.status is Status.PREPARATION:
            raise CooperationInPreparation(
                PROCEDURE.facts(other.status), regime=other.regime.value, other_from=other.phase_from
            )
    return replace(cooperation, phases=turned((), Status.PREPARATION, on, ends_on=None))


def start(cooperation: Cooperation, on: date, given: Circumstances) -> Outcome:
    """Begin with agreed days; it is in preparation until the first of them has come."""
    if cooperation.starts_on is not None and cooperation.starts_on > on:
        prepared = turned((), Status.PREPARATION, on, ends_on=None)
        cooperation = replace(cooperation, phases=prepared)
    return _agreed(cooperation, given)


def activate(
    cooperation: Cooperation, *, starts_on: date, ends_on: date | None, given: Circumstances
) -> Outcome:
    """Agree on the days of a cooperation in preparation; it is active from the first of them.

    Where days are agreed already, it lasts from the earlier first day to the later last one.
    """
    PROCEDURE.after(cooperation.status, Move.ACTIVATE)
    if cooperation.starts_on is not None:
        starts_on = min(starts_on, cooperation.starts_on)
        ends_on = max(ends_on, cooperation.ends_on) if ends_on and cooperation.ends_on else None
    agreed = replace(cooperation, starts_on=starts_on, ends_on=ends_on, version=cooperation.version + 1)
    return _agreed(agreed, given)


def begin_due(cooperation: Cooperation, given: Circumstances) -> Outcome | None:
    """Make a cooperation active whose first day has come; None where there is nothing to do."""
    first = cooperation.starts_on
    if cooperation.status is not Status.PREPARATION or first is None or first > given.today:
        return None
    begun = replace(cooperation, status=Status.ACTIVE, version=cooperation.version + 1, started_at=given.at)
    return begun, _told_start(begun, first)


def turn(cooperation: Cooperation, move: Move, on: date) -> Cooperation:
    """Lead the cooperation into another phase from a day on; not to be used for its start and its end."""
    is_over = cooperation.ends_on is not None and cooperation.ends_on < on
    status = PROCEDURE.after(Status.ENDED if is_over else cooperation.status, move)
    _expect_after_phase(cooperation, on)
    return replace(
        cooperation,
        status=status,
        phases=turned(cooperation.phases, status, on, ends_on=cooperation.ends_on),
        version=cooperation.version + 1,
    )


def begin_exit(cooperation: Cooperation, on: date, *, strategy: DocumentRef | None, note: str) -> Cooperation:
    if strategy is None and not note:
        raise ExitWithoutStrategy(pointer="/strategy")
    exiting = turn(cooperation, Move.BEGIN_EXIT, on)
    return replace(exiting, exit_strategy=strategy, exit_note=note)


def cancel(cooperation: Cooperation, on: date) -> Cooperation:
    """Give a preparation up; days that were agreed count no more."""
    status = PROCEDURE.after(cooperation.status, Move.CANCEL)
    _expect_after_phase(cooperation, on)
    return replace(
        cooperation,
        status=status,
        starts_on=None,
        ends_on=None,
        phases=turned(cooperation.phases, status, on, ends_on=None),
        version=cooperation.version + 1,
    )


def end(cooperation: Cooperation, ends_on: date, given: Circumstances, *, kind: EndKind) -> Outcome:
    """Set the last day, earlier or later than agreed before.

    A day that has come ends the cooperation at once; one to come is agreed, and ends it when it is over
    (`conclude`). The day before the start of the present phase is too early.
    """
    PROCEDURE.after(cooperation.status, Move.END)
    return _with_end(cooperation, ends_on, given, kind=kind)


def agree_on_end(cooperation: Cooperation, ends_on: date, given: Circumstances) -> Outcome:
    """Agree on another last day, also of a cooperation whose first day is agreed and has not come.

    The day that is agreed already changes nothing.
    """
    if cooperation.ends_on == ends_on and cooperation.ended_at is None:
        return cooperation, None
    if cooperation.status is Status.PREPARATION and cooperation.starts_on is not None:
        agreed = replace(cooperation, ends_on=ends_on, version=cooperation.version + 1)
        return _agreed(agreed, given)
    return end(cooperation, ends_on, given, kind=EndKind.AS_AGREED)


def conclude(cooperation: Cooperation, given: Circumstances) -> tuple[Cooperation, CooperationEnded] | None:
    """End a cooperation whose last agreed day is over; None while it runs or when it has ended."""
    last_day = cooperation.ends_on
    is_live = Move.END in PROCEDURE.allowed(cooperation.status)
    if not is_live or last_day is None or last_day >= given.today:
        return None
    kind = cooperation.end_kind or EndKind.AS_AGREED
    concluded = replace(cooperation, version=cooperation.version + 1, end_kind=kind)
    return _ended(concluded, last_day, given.at)


def _agreed(cooperation: Cooperation, given: Circumstances) -> Outcome:
    """Line up the phases by the agreed days, and begin at once where the first day has come."""
    first = cooperation.starts_on
    if first is None:
        raise ValueError("a cooperation begins with a first day")
    expect_fit(cooperation, first, given)
    phases = turned(cooperation.phases, Status.ACTIVE, first, ends_on=cooperation.ends_on)
    if first > given.today:
        return replace(cooperation, status=Status.PREPARATION, phases=phases), None
    active = replace(cooperation, status=Status.ACTIVE, phases=phases, started_at=given.at)
    return active, _told_start(active, first)


def _with_end(cooperation: Cooperation, ends_on: date, given: Circumstances, *, kind: EndKind) -> Outcome:
    first = cooperation.starts_on or ends_on  # what runs has its first day
    agreed = replace(cooperation, ends_on=ends_on, end_kind=kind, version=cooperation.version + 1)
    expect_fit(agreed, first, given)
    _expect_after_phase(cooperation, ends_on)
    agreed = replace(agreed, phases=ending(agreed.phases, ends_on))
    if ends_on > given.today:
        return agreed, _told_change(agreed, first)
    return _ended(agreed, ends_on, given.at)


def _ended(cooperation: Cooperation, on: date, now: datetime) -> tuple[Cooperation, CooperationEnded]:
    return replace(cooperation, status=Status.ENDED, ended_at=now), CooperationEnded(
        cooperation_id=cooperation.id, version=cooperation.version, unit_id=cooperation.unit_id, ended_on=on
    )


def _told_start(cooperation: Cooperation, starts_on: date) -> CooperationStarted:
    return CooperationStarted(
        cooperation_id=cooperation.id,
        version=cooperation.version,
        unit_id=cooperation.unit_id,
        regime=cooperation.regime,
        starts_on=starts_on,
        ends_on=cooperation.ends_on,
    )


def _told_change(cooperation: Cooperation, starts_on: date) -> CooperationChanged:
    return CooperationChanged(
        cooperation_id=cooperation.id,
        version=cooperation.version,
        unit_id=cooperation.unit_id,
        regime=cooperation.regime,
        starts_on=starts_on,
        ends_on=cooperation.ends_on,
    )


def _expect_after_phase(cooperation: Cooperation, day: date) -> None:
    if day < cooperation.phase_from:
        standing = PROCEDURE.facts(cooperation.status)
        raise BeforeThePhase(standing, day=day, phase_from=cooperation.phase_from)
