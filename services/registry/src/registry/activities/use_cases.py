"""What is done with the log of activities: write down, correct, strike out, copy."""

import os
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from registry.activities import domain, repository
from registry.activities.domain import Activity, ActivityStatus, Facts, People
from registry.activities.refusals import (
    ActivityUnitNotThereThen,
    ActivityUnitUnknown,
    ActivityUnknown,
)
from registry.caseload.use_cases import expect_acting_for
from registry.journal import use_cases as journal
from registry.journal.domain import Audience, Decision, Subject
from shared.contracts.base import Role
from shared.errors import expect_version
from shared.transaction import Transaction

LOCK_DAYS: Final = int(os.environ.get("REGISTRY_ACTIVITY_LOCK_DAYS") or 30)
"""So many days after the end of a month only administrators change what belongs to it."""


async def record_activity(tx: Transaction, facts: Facts, *, on: date | None) -> Activity:
    """Raise what is wrong with the facts, MonthClosed, NotYourUnit."""
    domain.expect_sound(facts, today=tx.today)
    await expect_units(tx, facts)
    await expect_acting_for(tx, *facts.unit_ids)
    _expect_open(tx, facts.held_on)
    return await write_down(tx, facts, on=journal.decision_day(tx, on))


async def write_down(tx: Transaction, facts: Facts, *, on: date) -> Activity:
    """Add an activity that was found right."""
    activity = Activity(
        **{name: getattr(facts, name) for name in Facts.__dataclass_fields__},
        id=tx.new_id(),
        version=1,
        status=ActivityStatus.RECORDED,
        recorded_by=tx.actor.id,
        recorded_at=tx.now,
    )
    await repository.add(tx.session, activity)
    await _note(tx, "record", before=None, after=activity, on=on, reason="")
    tx.emit(domain.told(activity))
    return activity


async def copy_activity(
    tx: Transaction, id_: UUID, *, held_on: date, minutes: int | None, people: tuple[People, ...]
) -> Activity:
    """Write the same down for another day; people, keys, notes and documents are told anew."""
    pattern = await repository.lock(tx.session, id_)
    if pattern is None:
        raise ActivityUnknown
    lasting = minutes or pattern.minutes
    staff = tuple(
        replace(each, minutes=lasting if each.minutes == pattern.minutes else min(each.minutes, lasting))
        for each in pattern.staff
    )
    facts = replace(
        facts_of(pattern),
        held_on=held_on,
        minutes=lasting,
        staff=staff,
        people=people,
        attendance=(),
        documents=(),
        note="",
    )
    return await record_activity(tx, facts, on=None)


async def correct_activity(
    tx: Transaction, id_: UUID, facts: Facts, *, expected: int, reason: str, on: date | None
) -> Activity:
    """Raise what `record_activity` and `strike_out_activity` raise, NothingCorrected."""
    activity = await _locked(tx, id_, expected=expected, also=facts.unit_ids)
    domain.expect_sound(facts, today=tx.today)
    corrected, told = domain.correct(activity, facts)
    _expect_open(tx, activity.held_on, facts.held_on, activity=activity)
    await expect_units(tx, facts)
    await repository.save(tx.session, corrected)
    day = journal.decision_day(tx, on)
    await _note(tx, "correct", before=activity, after=corrected, on=day, reason=reason)
    tx.emit(told)
    return corrected


async def strike_out_activity(
    tx: Transaction, id_: UUID, *, expected: int, reason: str, on: date | None
) -> Activity:
    """Raise ActivityUnknown, NotYourUnit, VersionIsStale, MonthClosed, ActivityStruckOut."""
    activity = await _locked(tx, id_, expected=expected)
    struck_out, told = domain.strike_out(activity)
    _expect_open(tx, activity.held_on, activity=activity)
    await repository.save(tx.session, struck_out)
    day = journal.decision_day(tx, on)
    await _note(tx, "strike-out", before=activity, after=struck_out, on=day, reason=reason)
    tx.emit(told)
    return struck_out


def facts_of(activity: Activity) -> Facts:
    return Facts(**{name: getattr(activity, name) for name in Facts.__dataclass_fields__})


async def expect_units(tx: Transaction, facts: Facts) -> None:
    """Raise ActivityUnitUnknown, ActivityUnitNotThereThen."""
    lifetimes = await repository.lean_on_units(tx.session, facts.unit_ids)
    for at, unit_id in enumerate(facts.unit_ids):
        if unit_id not in lifetimes:
            raise ActivityUnitUnknown(pointer=f"/unit_ids/{at}", unit_id=unit_id)
        if not lifetimes[unit_id].has(facts.held_on):
            raise ActivityUnitNotThereThen(pointer=f"/unit_ids/{at}", unit_id=unit_id, held_on=facts.held_on)


def may_change_closed_months(tx: Transaction) -> bool:
    return tx.actor.has_any({Role.ADMINISTRATOR})


def _expect_open(tx: Transaction, *held_on: date, activity: Activity | None = None) -> None:
    if not may_change_closed_months(tx):
        for day in held_on:
            domain.expect_open_month(day, today=tx.today, lock_days=LOCK_DAYS, activity=activity)


async def _locked(tx: Transaction, id_: UUID, *, expected: int, also: tuple[UUID, ...] = ()) -> Activity:
    activity = await repository.lock(tx.session, id_)
    if activity is None:
        raise ActivityUnknown
    await expect_acting_for(tx, *{*activity.unit_ids, *also})
    expect_version(expected, activity.version)
    return activity


async def _note(
    tx: Transaction, action: str, *, before: Activity | None, after: Activity, on: date, reason: str
) -> None:
    await journal.record(
        tx,
        Decision.on(
            Subject.ACTIVITY,
            before,
            after,
            audience=Audience.PARTIES,
            action=action,
            day=on,
            reason=reason,
            unit_id=after.journal_unit_id,
        ),
    )
