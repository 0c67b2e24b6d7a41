"""What is done with bodies and mandates: load, decide, save."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from planning.partnerships import domain, repository
from planning.partnerships.domain import Body, ErasureGround, Mandate
from planning.partnerships.refusals import (
    BodyNotYours,
    BodyPlanUnknown,
    BodyUnitUnknown,
    BodyUnknown,
    MandatesLastLonger,
    MandateUnknown,
    MembersRefused,
)
from shared.errors import Finding, Refusal, expect_version
from shared.transaction import Transaction

RETENTION_DAYS: Final = int(os.environ.get("PLANNING_MEMBER_RETENTION_DAYS") or 3 * 365)
"""So long the data of a member who left are kept; then an administrator erases them."""


async def set_up_body(tx: Transaction, body: Body) -> Body:
    """Raise BodyNotYours, BodyUnitUnknown, BodyPlanUnknown, BodyEndsBeforeItBegins."""
    await _expect_places(tx, domain.expect_body(body))
    await repository.add(tx.session, body)
    return body


async def change_body(tx: Transaction, wanted: Body, *, expected: int) -> Body:
    """Say it all anew. Raises MandatesLastLonger where members would be left without their body."""
    before = await load_own(tx, wanted.id)
    expect_version(expected, before.version)
    after = domain.expect_body(replace(wanted, version=before.version + 1))
    if after.unit_ids != before.unit_ids or after.plan_id != before.plan_id:
        await _expect_places(tx, after)
    outside = [
        each
        for each in await repository.mandates(tx.session, after.id)
        if each.starts_on < after.starts_on or (each.ends_on or each.starts_on) > after.last_day
    ]
    if outside:
        raise MandatesLastLonger(mandates=len(outside))
    await repository.save(tx.session, after)
    return after


async def dissolve_body(
    tx: Transaction, body_id: UUID, *, last_day: date, reason: str, expected: int
) -> Body:
    """End a body, and with it the mandates that run."""
    before = await load_own(tx, body_id)
    expect_version(expected, before.version)
    after = domain.dissolve(before, last_day)
    later = [each for each in await repository.mandates(tx.session, body_id) if each.starts_on > last_day]
    if later:
        raise MandatesLastLonger(mandates=len(later))
    await repository.end_mandates(tx.session, body_id, last_day, reason=reason)
    await repository.save(tx.session, after)
    return after


async def give_mandates(tx: Transaction, body_id: UUID, wanted: Sequence[Mandate]) -> None:
    """Take members in, all or none. Raises MandateOverlaps, BodyHasItsChair and more of `expect_fit`."""
    body = await load_own(tx, body_id)
    known = await repository.mandates(tx.session, body_id)
    for position, mandate in enumerate(wanted):
        try:
            domain.expect_fit(mandate, body, known)
        except Refusal as refusal:
            refusal.pointer = f"/members/{position}{refusal.pointer or ''}"
            raise
        known.append(mandate)
    await repository.add_mandates(tx.session, wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intended:
    """A mandate of a list, with its row."""

    row: int
    mandate: Mandate


async def import_mandates(
    tx: Transaction,
    body_id: UUID,
    wanted: Sequence[Intended],
    *,
    problems: Sequence[Finding],
    dry_run: bool,
) -> list[Finding]:
    """Take a list of members in and return what is wrong with it, by row; with anything wrong nobody.

    Raises `MembersRefused` with every problem, unless it is a dry run.
    """
    body = await load_own(tx, body_id, to_decide=not dry_run)
    known = await repository.mandates(tx.session, body_id)
    found = list(problems)
    for each in wanted:
        try:
            domain.expect_fit(each.mandate, body, known)
        except Refusal as refusal:
            found.append(_at_row(refusal, each.row))
        else:
            known.append(each.mandate)
    found.sort(key=lambda each: int(each.pointer.split("/")[2]))
    if dry_run:
        return found
    if found:
        raise MembersRefused(refused=len({each.pointer.split("/")[2] for each in found}), findings=found)
    await repository.add_mandates(tx.session, [each.mandate for each in wanted])
    return found


def _at_row(refusal: Refusal, row: int) -> Finding:
    at = f"/rows/{row}{refusal.pointer or ''}"
    return Finding(pointer=at, code=refusal.code, cs=refusal.title("cs"), en=refusal.title("en"))


async def correct_mandate(tx: Transaction, wanted: Mandate, *, expected: int) -> Mandate:
    """Say it all anew: a name, a contact, a role, the days."""
    body, before, of_body = await _load_mandate(tx, wanted.id, expected)
    domain.expect_not_erased(before)
    after = replace(
        wanted, body_id=body.id, end_reason=before.end_reason, version=before.version + 1, is_erased=False
    )
    domain.expect_fit(after, body, of_body)
    await repository.save_mandate(tx.session, after)
    return after


async def end_mandate(
    tx: Transaction, mandate_id: UUID, *, ends_on: date, reason: str, expected: int
) -> Mandate:
    _, before, _ = await _load_mandate(tx, mandate_id, expected)
    after = domain.leave(before, ends_on=ends_on, reason=reason)
    await repository.save_mandate(tx.session, after)
    return after


async def erase_member(tx: Transaction, mandate_id: UUID, *, ground: ErasureGround, expected: int) -> Mandate:
    _, before, _ = await _load_mandate(tx, mandate_id, expected)
    after = domain.erase(before, ground, today=tx.today, retention_days=RETENTION_DAYS)
    await repository.save_mandate(tx.session, after)
    return after


async def load_own(tx: Transaction, body_id: UUID, *, to_decide: bool = True) -> Body:
    """Load a body to work with it: one of another town that is not public does not exist for the caller."""
    body = await repository.load(tx.session, body_id, to_decide=to_decide)
    if not tx.actor.may_see(body.unit_ids):
        raise BodyNotYours if body.is_public else BodyUnknown
    return body


async def _load_mandate(
    tx: Transaction, mandate_id: UUID, expected: int
) -> tuple[Body, Mandate, list[Mandate]]:
    """Return the body, the mandate and all of the body; two who write the same one come one by one."""
    body_id = await repository.body_of_mandate(tx.session, mandate_id)
    try:
        body = await load_own(tx, body_id)
    except BodyUnknown:
        raise MandateUnknown from None
    of_body = await repository.mandates(tx.session, body_id)
    mandate = next(each for each in of_body if each.id == mandate_id)
    expect_version(expected, mandate.version)
    return body, mandate, of_body


async def _expect_places(tx: Transaction, body: Body) -> None:
    if not tx.actor.is_agency and not tx.actor.units.issuperset(body.unit_ids):
        raise BodyNotYours
    if await repository.known_units(tx.session, body.unit_ids) < len(body.unit_ids):
        raise BodyUnitUnknown(pointer="/unit_ids")
    if body.plan_id is not None:
        of_plan = await repository.units_of_plan(tx.session, body.plan_id)
        if of_plan.isdisjoint(body.unit_ids):
            raise BodyPlanUnknown(pointer="/plan_id")
